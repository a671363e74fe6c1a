//! Words that may begin a sentence though no mark stands before them: those that begin one often enough.

use std::array;

use super::bits::Bits;
use super::words::{Key, is_capital};
use crate::hash::SPREAD;

/// How many words are told apart: they are hashed to so many places.
const N_PLACES: usize = 1 << 16;
/// A prime that spreads 32 bits as [`SPREAD`] does 64.
const SPREAD_32: u32 = 0x9E37_79B1;
/// How many openings are told apart.
const N_OPENINGS: usize = 1 << 14;

/// The words of a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginnings {
    places: Bits<{ N_PLACES / 64 }>,
    openings: Bits<{ N_OPENINGS / 64 }>,
}

impl Beginnings {
    /// These words, without regard to capitals.
    pub fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut places = Bits::EMPTY;
        let mut openings = Bits::EMPTY;
        for word in words {
            places.insert(place(Key::of(word)));
            for written in [capitalized(word), word.to_uppercase()] {
                openings.insert(opening(first_four(written.as_bytes())));
            }
        }
        Self { places, openings }
    }

    /// Whether a text that begins with these bytes may begin with one of the words, in its capitals. Others may be among them.
    #[inline(always)]
    pub(super) fn may_begin(&self, bytes: [u8; 4]) -> bool {
        self.openings.have(opening(bytes))
    }

    /// Whether a text begins with a capital, in one of the words.
    pub(super) fn begin(&self, text: &str) -> bool {
        text.starts_with(is_capital) && self.places.have(place(Key::of_first_word(text)))
    }
}

/// The first bytes, zeros behind the last.
#[inline(always)]
pub(super) fn first_four(bytes: &[u8]) -> [u8; 4] {
    bytes.first_chunk().copied().unwrap_or_else(|| array::from_fn(|at| bytes.get(at).copied().unwrap_or(0)))
}

fn place(word: Key) -> usize {
    (word.0.wrapping_mul(SPREAD) >> (64 - N_PLACES.trailing_zeros())) as usize
}

/// A number for the first bytes of a word: what stands behind the word makes no difference.
#[inline(always)]
fn opening([first, second, third, fourth]: [u8; 4]) -> usize {
    let unless_behind = |before: u8, byte: u8| if before == 0 { 0 } else { OF_WORDS[usize::from(byte)] };
    let second = OF_WORDS[usize::from(second)];
    let third = unless_behind(second, third);
    let fourth = unless_behind(third, fourth);
    let bytes = u32::from_le_bytes([first, second, third, fourth]);
    (bytes.wrapping_mul(SPREAD_32) >> (32 - N_OPENINGS.trailing_zeros())) as usize
}

/// The bytes that words consist of; 0 for signs and white space, and for what most such characters begin with that are not ASCII.
static OF_WORDS: [u8; 256] = {
    let mut of_words = [0; 256];
    let mut byte = 0u8;
    while byte < u8::MAX {
        let is_sign = byte.is_ascii() && !byte.is_ascii_alphanumeric() || matches!(byte, 0xC2 | 0xE2 | 0xE3 | 0xEF);
        of_words[byte as usize] = if is_sign { 0 } else { byte };
        byte += 1;
    }
    of_words
};

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_opening_of_a_word_is_missed() {
        let words = ["i", "it", "was", "however", "él", "он"];
        let beginnings = Beginnings::of(words);
        for word in words {
            for written in [capitalized(word), word.to_uppercase()] {
                for behind in ["", " x", ", x", "’s", "«"] {
                    let text = format!("{written}{behind}");
                    assert!(beginnings.begin(&text) && beginnings.may_begin(first_four(text.as_bytes())), "{text}");
                }
            }
        }
        assert!(!beginnings.may_begin(*b"Item") && !beginnings.may_begin(*b"Ware") && !beginnings.begin("Ware"));
    }
}
