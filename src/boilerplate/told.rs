//! A text that a page's data has, so that blocks which say a part of it can be told: by their letters, since markup, numbers and
//! signs differ.

use foldhash::HashSet;

/// Bytes of letters that stand for the place they are from; what is shorter may be any words of the page.
const WINDOW: usize = 12;
/// Bytes of letters at most; a longer text is not known.
const MAX_LETTERS: usize = 1 << 17;

/// A text, or none.
#[derive(Debug, Default)]
pub(super) struct Told {
    windows: HashSet<[u8; WINDOW]>,
    n_letters: usize,
}

impl Told {
    /// A text without markup, unless it is too long.
    pub(super) fn of(text: &str) -> Self {
        let letters = letters_of(text);
        let n_letters = letters.len();
        if n_letters > MAX_LETTERS {
            return Self::default();
        }
        let windows = letters.as_bytes().windows(WINDOW).filter_map(|window| window.first_chunk().copied()).collect();
        Self { windows, n_letters }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.windows.is_empty()
    }

    /// Bytes of all its letters.
    pub(super) fn n_letters(&self) -> usize {
        self.n_letters
    }

    /// The letters of a text that is part of it.
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
        let told = Told::of("1. Stir the flour and the eggs. Knead it.\n2. Bake until brown.");
        assert_eq!(told.part("2) STIR the Flour,\nand the eggs").as_deref(), Some("stirtheflourandtheeggs"));
        assert_eq!(told.part("the eggs. Knead it").as_deref(), Some("theeggskneadit"));
        for other in ["Knead it.", "Stir the flour and the milk.", "Bake it. Knead until brown.", "12", ""] {
            assert_eq!(told.part(other), None, "{other}");
        }
        assert!(Told::of(&"a".repeat(MAX_LETTERS + 1)).is_empty());
    }
}
