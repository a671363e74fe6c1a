//! What a model is asked by about a place where a sentence may end: hashed features of the marks, the words and the
//! paragraph.

use std::ops::Range;

use super::breaks::Sides;
use super::place::{Place, Words};
use super::reasons::Reason;
use super::words::{Key, Shape, Word, is_capital, is_letter};
use crate::hash::SPREAD;
use crate::lanes::{self, N_LANES, is_within};

/// How many weights there are: features are hashed to so many places.
pub const N_WEIGHTS: usize = 1 << 15;
/// Features of a place.
pub const N_FEATURES: usize = 18;
/// Words of the sentence that are looked at for capitals, and their bytes, so that time is linear.
const MAX_WORDS: u64 = 4;
const MAX_BYTES: usize = 256;

/// A place where a sentence may end, and what speaks for and against it.
#[derive(Debug)]
pub struct Evidence<'a> {
    pub(super) place: &'a Place<'a>,
    pub(super) words: &'a Words<'a>,
    pub(super) sides: Sides,
    pub(super) reason: Reason,
}

impl Evidence<'_> {
    /// Whether no mark stands at the place, or a colon or semicolon.
    pub fn is_without_full_stop(&self) -> bool {
        matches!(self.reason, Reason::Blank | Reason::Pause | Reason::PauseBeforeSign)
    }

    /// Whether the place is behind an abbreviation that never ends a sentence, or an initial.
    pub fn is_behind_abbreviation(&self) -> bool {
        matches!(self.reason, Reason::Abbreviation | Reason::Initial)
    }

    /// Whether a full stop stands before a small letter, and behind what is no word in small letters.
    pub fn is_before_small_letter(&self) -> bool {
        self.reason == Reason::SmallLetter && self.place.marks == "." && self.words.last.shape != Shape::Small
    }

    /// Whether no mark stands at the place, but an address, a date, a ruler or the like on one side.
    pub fn is_beside_sign(&self) -> bool {
        self.place.marks.is_empty() && self.reason != Reason::Blank
    }

    /// The logarithm of the odds of an end by the rules alone.
    pub fn prior(&self) -> f32 {
        self.reason.log_odds()
    }

    /// The features of the place in a language: indexes below [`N_WEIGHTS`]; the same one may come twice.
    pub fn features(&self, language: &str) -> [u16; N_FEATURES] {
        let Words { last, gap, next, .. } = *self.words;
        let language = Key::of(language).0;
        let paragraph = self.place.paragraph;
        let marks = Key::of(&paragraph[self.place.at..self.place.end]).0;
        let reason = self.reason as u64;
        let sides = (self.sides.last as u64, self.sides.next as u64);
        let gap = Key::of(gap).0;
        let length = magnitude(self.place.at - self.place.start);
        let left = magnitude(paragraph.len() - self.place.end);
        let ends_with_sign = u64::from(paragraph.ends_with(|c: char| c.is_ascii_punctuation()));
        let is_first_sentence = u64::from(self.place.start == 0);
        let (n_capitalized, n_words) = capitalized(self.place.before());
        let values = [
            reason,
            mixed(&[marks, shape(last), shape(next)]),
            mixed(&[marks, gap, shape(next)]),
            mixed(&[reason, length]),
            mixed(&[reason, shape(last), last.n_chars.min(9) as u64]),
            mixed(&[marks, left, ends_with_sign]),
            mixed(&[marks, last.key.0]),
            mixed(&[marks, next.key.0]),
            mixed(&[next.key.0, shape(next)]),
            mixed(&[last.key.0, shape(last)]),
            mixed(&[is_first_sentence, next.key.0, reason]),
            mixed(&[is_first_sentence, length, shape(next), marks]),
            reason ^ language,
            mixed(&[reason, sides.0, sides.1, shape(next)]) ^ language,
            mixed(&[reason, sides.0, sides.1]),
            mixed(&[marks, shape(last), shape(next)]) ^ language,
            mixed(&[reason, n_capitalized, n_words]),
            mixed(&[reason, length, shape(last), shape(next)]) ^ language,
        ];
        // What has the language already loses it here: those features are the same in all languages.
        let mut hashes = [0; N_FEATURES];
        for (template, (hash, value)) in (0..).zip(hashes.iter_mut().zip(values)) {
            *hash = hashed(template, value ^ language);
        }
        hashes
    }
}

/// The words that begin with a capital among the last ones of a sentence, and those that begin with a letter.
fn capitalized(sentence: &str) -> (u64, u64) {
    let bytes = sentence.as_bytes();
    let (mut n_capitalized, mut n_words) = (0, 0);
    let mut end = bytes.len();
    while end > bytes.len().saturating_sub(MAX_BYTES) {
        let from = end.saturating_sub(N_LANES);
        let mut beginnings = word_beginnings(bytes, from..end);
        while let Some(at) = beginnings.checked_ilog2() {
            beginnings ^= 1 << at;
            let first = bytes[from + at as usize];
            let (begins_word, begins_capitalized) = if first.is_ascii() {
                (first.is_ascii_alphabetic(), first.is_ascii_uppercase())
            } else {
                sentence[from + at as usize..].chars().next().map_or((false, false), |c| (is_letter(c), is_capital(c)))
            };
            n_words += u64::from(begins_word);
            n_capitalized += u64::from(begins_capitalized);
            if n_words == MAX_WORDS {
                return (n_capitalized, n_words);
            }
        }
        end = from;
    }
    (n_capitalized, n_words)
}

/// The bytes of a range behind a blank, or at the beginning, that are none themselves: a bit each, the first the lowest.
fn word_beginnings(bytes: &[u8], range: Range<usize>) -> u32 {
    let is_inside_word = range.start > 0 && bytes[range.start - 1] > b' ';
    let blanks = is_within(lanes::sixteen(bytes, range.start), 0, b' ').to_bitmask();
    !blanks & (blanks << 1 | u32::from(!is_inside_word)) & ((1 << range.len()) - 1)
}

fn shape(word: Word) -> u64 {
    word.shape as u64
}

fn mixed(values: &[u64]) -> u64 {
    values.iter().fold(0, |mixed: u64, value| mixed.rotate_left(21) ^ value)
}

fn hashed(template: u64, value: u64) -> u16 {
    /// Another factor, so that values do not undo what templates were spread by.
    const MIX: u64 = 0xD6E8_FEB8_6659_FD93;
    let hash = (value ^ template.wrapping_mul(SPREAD)).wrapping_mul(MIX);
    (hash >> (64 - N_WEIGHTS.trailing_zeros())) as u16
}

/// A length, roughly: the number of its binary digits.
fn magnitude(length: usize) -> u64 {
    u64::from(length.checked_ilog2().unwrap_or(0))
}
