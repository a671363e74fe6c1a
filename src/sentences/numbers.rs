//! What numbers before a full stop count: items, days, centuries, years.

use super::words::{Shape, Word};

/// Digits of a part of the number of a section.
const MAX_SECTION: usize = 3;

/// Whether a word is the number of an item or of a section: `3`, `8.5.1`, `A.4`.
pub(super) fn is_number_of_item(word: Word) -> bool {
    let mut parts = word.text.split('.');
    let is_number = |part: &str| (1..=MAX_SECTION).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter = |part: &str| matches!(part.as_bytes(), [b'A'..=b'Z']);
    let begins = parts.next().is_some_and(|first| is_number(first) || is_letter(first) && word.text.len() > 1);
    word.shape == Shape::Digits || begins && parts.all(is_number)
}

/// Whether a number goes on with a dash and another one.
pub(super) fn is_end_of_range(follower: &str) -> bool {
    follower.strip_prefix(['-', '–']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// `1.-3`, `1./2` or `-3`: the last of several ordinal numbers.
pub(super) fn is_range(word: &str) -> bool {
    let Some((before, last)) = word.rsplit_once(['-', '–', '/']) else { return false };
    is_short(last) && (before.is_empty() || before.strip_suffix('.').is_some_and(|first| first.is_empty() || is_short(first)))
}

/// Whether a word is a Roman numeral, of those that count centuries, kings and chapters.
pub(super) fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| b"IVX".contains(&byte))
}

/// Whether a word is one digit or two.
fn is_short(word: &str) -> bool {
    (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `1.1` of `1.1. 1980`.
pub(super) fn is_day_and_month(word: &str) -> bool {
    let is_up_to =
        |number: &str, most: u8| is_short(number) && number.parse().is_ok_and(|number: u8| (1..=most).contains(&number));
    word.split_once('.').is_some_and(|(day, month)| is_up_to(day, 31) && is_up_to(month, 12))
}

pub(super) fn is_year(word: Word) -> bool {
    word.shape == Shape::Digits && word.n_chars == 4 && word.text.starts_with(['1', '2'])
}
