//! Languages that are not known, told by words that the known one close to them has not.

use foldhash::{HashMap, HashMapExt, HashSet};

use super::codes;
use crate::document::Language;

/// Known languages with words that they have not, `*` for any letters before.
const LIST: &str = include_str!("close/unknown.txt");
/// Letters of the endings in the list, at least and at most.
const ENDINGS: std::ops::RangeInclusive<usize> = 3..=5;
/// Words of a text that are looked at: enough to find the commonest ones again and again.
const MAX_WORDS: usize = 150;
/// In a text of an unknown language so many of the words are in the list, and one in so many of all words at least.
const LEAST_FOUND: usize = 2;
const ONE_IN: usize = 9;

/// For each known language the words that it has not.
#[derive(Debug)]
pub(super) struct UnknownLanguages {
    foreign: HashMap<Language, Foreign>,
}

#[derive(Debug, Default)]
struct Foreign {
    words: HashSet<&'static str>,
    endings: HashSet<&'static str>,
}

impl Default for UnknownLanguages {
    fn default() -> Self {
        let mut foreign: HashMap<Language, Foreign> = HashMap::new();
        for (code, words) in LIST.lines().filter_map(|line| line.split_once(": ").filter(|_| !line.starts_with('#'))) {
            let foreign = foreign.entry(codes::by_iso639_3(code)).or_default();
            for word in words.split(' ') {
                match word.strip_prefix('*') {
                    Some(ending) => foreign.endings.insert(ending),
                    None => foreign.words.insert(word),
                };
            }
        }
        Self { foreign }
    }
}

impl UnknownLanguages {
    /// Whether text that is told as a language is in an unknown one that is close to it.
    pub(super) fn has<'a>(&self, language: Language, text: impl Iterator<Item = &'a str>) -> bool {
        let Some(foreign) = self.foreign.get(&language) else { return false };
        let words = text.flat_map(|part| part.split(|c: char| !c.is_alphabetic())).filter(|word| !word.is_empty());
        let (mut n_words, mut n_found) = (0, 0);
        for word in words.take(MAX_WORDS) {
            n_words += 1;
            n_found += usize::from(foreign.has(word));
        }
        n_found >= LEAST_FOUND && n_found * ONE_IN >= n_words
    }
}

impl Foreign {
    fn has(&self, word: &str) -> bool {
        let small = word.to_lowercase();
        let cut = |n: usize| small.char_indices().rev().nth(n - 1).filter(|(at, _)| *at > 0).map(|(at, _)| &small[at..]);
        let is_ending = |ending| self.endings.contains(ending);
        self.words.contains(&*small) || !self.endings.is_empty() && ENDINGS.filter_map(cut).any(is_ending)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn galician_is_neither_spanish_nor_portuguese() {
        let unknown = UnknownLanguages::default();
        let check = |code, text, expected| {
            assert_eq!(unknown.has(codes::by_iso639_3(code), [text].into_iter()), expected, "{code} {text}");
        };
        check("spa", "Unha das linguas que se falan na cidade", true);
        check("por", "Unha das linguas que se falan na cidade, tamén nas institucións", true);
        check("spa", "Una de las lenguas que se hablan en la ciudad e incluso en los Estados Unidos", false);
        check("por", "Uma das línguas que se falam na cidade, segundo o jornal de hoje", false);
        check("fra", "Unha das linguas que se falan na cidade", false);
    }
}
