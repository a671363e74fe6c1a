//! Words that may begin a sentence though no mark stands before them: those that begin one often enough.

use super::finder::Heads;
use super::words::{Key, is_capital};

/// How many words are told apart: they are hashed to so many places.
const N_PLACES: usize = 1 << 16;

/// The words of a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginnings {
    /// A bit for each place.
    places: Vec<u64>,
    heads: Heads,
}

impl Beginnings {
    /// These words, without regard to capitals.
    pub fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut places = vec![0; N_PLACES / 64];
        let mut heads = Vec::new();
        for word in words {
            let (number, bit) = place(Key::of(word));
            places[number] |= bit;
            heads.extend([capitalized(word), word.to_uppercase()]);
        }
        Self { places, heads: Heads::of(heads) }
    }

    /// What the words begin with, in capitals.
    pub(super) fn heads(&self) -> &Heads {
        &self.heads
    }

    /// Whether a text begins with a capital, in one of the words.
    pub(super) fn begin(&self, text: &str) -> bool {
        text.starts_with(is_capital) && {
            let (number, bit) = place(Key::of_first_word(text));
            self.places[number] & bit != 0
        }
    }
}

/// Which of the numbers has a word's bit, and the bit.
fn place(word: Key) -> (usize, u64) {
    let place = word.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - N_PLACES.trailing_zeros());
    ((place / 64) as usize, 1 << (place % 64))
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
