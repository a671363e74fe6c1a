//! Numbered items of a list that runs on in one paragraph.

/// How the numbers of a list are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Digits,
    Letters,
}

/// The number of an item: `1.`, `1)`, `1.)`, `a.`, `a)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Marker<'t> {
    number: u32,
    style: Style,
    sign: &'t str,
}

/// The list that a paragraph begins with.
#[derive(Debug)]
pub(super) struct List<'t>(Marker<'t>);

impl<'t> List<'t> {
    pub(super) fn begun_by(paragraph: &'t str) -> Option<Self> {
        marker(paragraph.trim_start()).map(Self)
    }

    /// Whether `text` begins with the next item, numbered in the style of the one before.
    pub(super) fn goes_on_with(&mut self, text: &'t str) -> bool {
        let next = Marker { number: self.0.number + 1, ..self.0 };
        let goes_on = marker(text) == Some(next);
        if goes_on {
            self.0 = next;
        }
        goes_on
    }
}

fn marker(text: &str) -> Option<Marker<'_>> {
    let name_end = text.bytes().take(4).position(|byte| !byte.is_ascii_alphanumeric())?;
    let (name, rest) = text.split_at(name_end);
    let sign_end = rest.bytes().take(3).position(|byte| !matches!(byte, b'.' | b')'))?;
    let (sign, rest) = rest.split_at(sign_end);
    if !matches!(sign, "." | ")" | ".)") || !rest.starts_with(char::is_whitespace) {
        return None;
    }
    match name.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(Marker { number: u32::from(letter - b'a'), style: Style::Letters, sign }),
        digits if digits.iter().all(u8::is_ascii_digit) => {
            Some(Marker { number: name.parse().ok()?, style: Style::Digits, sign })
        }
        _ => None,
    }
}
