//! The numbers, words and signs that dates are made of, in any script.

use std::ops::RangeInclusive;

/// A number, a word or a sign of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    /// Whether nothing stands between it and the part before.
    pub(super) is_joined: bool,
}

impl Part<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn is_number(&self) -> bool {
        self.text.starts_with(|c| digit(c).is_some())
    }

    /// A number of so many digits.
    pub(super) fn number(&self, digits: RangeInclusive<usize>) -> Option<i32> {
        let is_number = self.is_number() && digits.contains(&self.text.chars().count());
        is_number.then(|| self.text.chars().filter_map(digit).fold(0, |number, digit| 10 * number + digit))
    }

    pub(super) fn is_sign(&self) -> bool {
        !self.text.starts_with(char::is_alphanumeric)
    }
}

pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let kind = |c: char| match c {
        _ if c.is_ascii_digit() => 0,
        _ if c.is_whitespace() => 1,
        // Those that are written without blanks between them.
        '年' | '月' | '日' | '년' | '월' | '일' => 2,
        _ if digit(c).is_some() => 4,
        _ if c.is_alphanumeric() || is_mark(c) => 3,
        _ => 2,
    };
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        let mut end = start + c.len_utf8();
        while kind(c) != 2
            && let Some((at, other)) = rest.next_if(|(_, other)| kind(*other) == kind(c))
        {
            end = at + other.len_utf8();
        }
        if kind(c) != 1 {
            let is_joined = parts.last().is_some_and(|last| last.end() == start);
            parts.push(Part { text: &text[start..end], start, is_joined });
        }
    }
    parts
}

/// Whether a character is part of the letter before it: accents; in the scripts of India what leaves out a vowel or is a dot, which
/// stand at the same place in the block of each; marks of Thai and Khmer.
fn is_mark(c: char) -> bool {
    let is_indic = || matches!(c, '\u{900}'..='\u{D7F}') && matches!(u32::from(c) % 0x80, 0x3C | 0x4D);
    matches!(c, '\u{300}'..='\u{36f}' | '\u{E47}'..='\u{E4E}' | '\u{17C9}'..='\u{17D3}' | '\u{200C}' | '\u{200D}') || is_indic()
}

/// What a digit of any script stands for, of those that dates are written in.
pub(super) fn digit(c: char) -> Option<i32> {
    const ZEROS: [char; 14] = ['0', '٠', '۰', '०', '০', '੦', '૦', '௦', '౦', '೦', '൦', '๐', '០', '０'];
    if !c.is_numeric() {
        return None;
    }
    ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|digit| *digit < 10)).map(|digit| digit as i32)
}

/// Whether a part goes on with a number before it, such as that of a version or a telephone.
pub(super) fn goes_on_with_number(parts: &[Part<'_>], at: usize) -> bool {
    let [.., number, sign] = &parts[..at] else { return false };
    let is_joined = parts[at].is_joined && sign.is_joined;
    is_joined && parts[at].is_number() && number.is_number() && matches!(sign.text, "." | "-" | "/")
}
