//! Character references (HTML standard, 13.2.5.72): named with and without semicolon, and by number.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr;

/// Where a reference stands: in an attribute, one without a semicolon before a letter is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Text,
    Attribute,
}

/// Hands the pieces of `text` on, references as what they mean.
pub(super) fn decoded(text: &str, place: Place, mut take: impl FnMut(&str)) {
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        if at > 0 {
            take(&rest[..at]);
        }
        rest = &rest[at..];
        match reference(&rest[1..], place) {
            Some((characters, length)) => {
                let mut buffer = [0; 8];
                let mut written = 0;
                for c in characters.into_iter().flatten() {
                    written += c.encode_utf8(&mut buffer[written..]).len();
                }
                take(std::str::from_utf8(&buffer[..written]).unwrap_or_default());
                rest = &rest[1 + length..];
            }
            None => {
                take("&");
                rest = &rest[1..];
            }
        }
    }
    if !rest.is_empty() {
        take(rest);
    }
}

/// A value as it is meant.
pub(super) fn decoded_value(value: &str) -> String {
    let mut decoded_value = String::with_capacity(value.len());
    decoded(value, Place::Attribute, |piece| decoded_value.push_str(piece));
    decoded_value
}

type Characters = [Option<char>; 2];

/// What the bytes behind an ampersand mean, and how many of them.
fn reference(text: &str, place: Place) -> Option<(Characters, usize)> {
    match text.as_bytes().first()? {
        b'#' => numeric(&text[1..]).map(|(c, length)| ([Some(c), None], length + 1)),
        b if b.is_ascii_alphabetic() => named(text, place),
        _ => None,
    }
}

/// Those that most references are, found without a look into the table.
const COMMON: [(&str, char); 5] = [("nbsp;", '\u{a0}'), ("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"')];

fn named(text: &str, place: Place) -> Option<(Characters, usize)> {
    if let Some((name, c)) = COMMON.iter().find(|(name, _)| text.starts_with(name)) {
        return Some(([Some(*c), None], name.len()));
    }
    let bytes = text.as_bytes();
    let name = bytes.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    if bytes.get(name) == Some(&b';')
        && let Some(characters) = NAMED_ENTITIES.get(&text[..=name]).and_then(characters_of)
    {
        return Some((characters, name + 1));
    }
    let mut longest = None;
    for length in 1..=name {
        let Some(entity) = NAMED_ENTITIES.get(&text[..length]) else { break };
        longest = characters_of(entity).map(|characters| (characters, length)).or(longest);
    }
    let (characters, length) = longest?;
    let is_open = bytes.get(length).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'=');
    (place == Place::Text || !is_open).then_some((characters, length))
}

/// The table has the beginnings of names, too, with nothing behind them.
fn characters_of((first, second): &(u32, u32)) -> Option<Characters> {
    let character = |number: u32| char::from_u32(number).filter(|c| *c != '\0');
    character(*first).map(|first| [Some(first), character(*second)])
}

fn numeric(text: &str) -> Option<(char, usize)> {
    let (digits, radix, prefix) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (text, 10, 0),
    };
    let n_digits = digits.bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
    if n_digits == 0 {
        return None;
    }
    let number = digits[..n_digits].bytes().fold(0u32, |number, b| {
        let digit = char::from(b).to_digit(radix).unwrap_or(0);
        number.saturating_mul(radix).saturating_add(digit)
    });
    let semicolon = usize::from(digits.as_bytes().get(n_digits) == Some(&b';'));
    Some((character(number), prefix + n_digits + semicolon))
}

fn character(number: u32) -> char {
    let c1 = number.checked_sub(0x80).and_then(|n| C1_REPLACEMENTS.get(n as usize)).copied().flatten();
    c1.or_else(|| char::from_u32(number).filter(|c| *c != '\0')).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, place: Place, expected: &str) {
        let mut found = String::new();
        decoded(text, place, |piece| found.push_str(piece));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn references_are_decoded_as_browsers_do() {
        check("&amp;&lt&gt;x &notin; &notit; &nGt; &bogus; & &; &#", Place::Text, "&<>x ∉ ¬it; ≫⃒ &bogus; & &; &#");
        check("&#65;&#x42&#0;&#xD800;&#x110000;&#99999999999;&#128;&#x;", Place::Text, "AB\u{fffd}\u{fffd}\u{fffd}\u{fffd}€&#x;");
        check("?a=1&copy=2&copy;&lt", Place::Attribute, "?a=1&copy=2©<");
    }
}
