//! Texts that a page's data has, so that blocks which say the same can be told: by their letters, since markup, numbers and signs
//! differ.

use foldhash::{HashSet, HashSetExt};

/// Bytes of letters that stand for the place they are from; what is shorter may be any words of the page.
const WINDOW: usize = 12;
/// Bytes of letters at most; longer texts are not known.
const MAX_LETTERS: usize = 1 << 17;

/// Some texts.
#[derive(Debug, Default)]
pub(super) struct Told {
    windows: HashSet<[u8; WINDOW]>,
    n_letters: usize,
}

impl Told {
    /// Texts without markup. None are known if there is too much of them.
    pub(super) fn of(texts: &[String]) -> Self {
        let letters: Vec<String> = texts.iter().map(|text| letters_of(text)).collect();
        let n_letters = letters.iter().map(String::len).sum();
        if n_letters > MAX_LETTERS {
            return Self::default();
        }
        let mut windows = HashSet::with_capacity(n_letters);
        letters
            .iter()
            .for_each(|letters| windows.extend(letters.as_bytes().windows(WINDOW).filter_map(|window| window.first_chunk())));
        Self { windows, n_letters }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.windows.is_empty()
    }

    /// Bytes of all their letters.
    pub(super) fn n_letters(&self) -> usize {
        self.n_letters
    }

    /// The letters of a text that is part of these.
    pub(super) fn part(&self, text: &str) -> Option<String> {
        let letters = letters_of(text);
        let bytes = letters.as_bytes();
        let last = bytes.len().checked_sub(WINDOW)?;
        let mut places = (0..last).step_by(WINDOW).chain([last]);
        let is_told = places.all(|at| bytes[at..].first_chunk().is_some_and(|window| self.windows.contains(window)));
        is_told.then_some(letters)
    }
}

fn letters_of(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_known_by_their_letters() {
        let told = Told::of(&["1. Stir the flour and the eggs. Knead it.".into(), "Bake until brown.".into()]);
        assert_eq!(told.part("2) STIR the Flour,\nand the eggs").as_deref(), Some("stirtheflourandtheeggs"));
        assert_eq!(told.part("the eggs. Knead it").as_deref(), Some("theeggskneadit"));
        for other in ["Knead it.", "Stir the flour and the milk.", "Knead it. Bake until brown.", "12", ""] {
            assert_eq!(told.part(other), None, "{other}");
        }
        assert!(Told::of(&["a".repeat(MAX_LETTERS + 1)]).is_empty());
    }
}
