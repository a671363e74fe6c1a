//! Languages that are not known, told by words that the known one close to them has not.

use std::ops::RangeInclusive;

use foldhash::{HashMap, HashMapExt, HashSet};

use super::alphabet::is_of_word;
use super::codes;
use crate::document::Language;

/// Known languages with words that they have not, `*` for any letters before or behind.
const LIST: &str = include_str!("close/unknown.txt");
/// Letters of the endings and beginnings in the list, at least and at most.
const AFFIXES: RangeInclusive<usize> = 2..=6;
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
    beginnings: HashSet<&'static str>,
    endings: HashSet<&'static str>,
}

impl Default for UnknownLanguages {
    fn default() -> Self {
        let mut foreign: HashMap<Language, Foreign> = HashMap::new();
        for (code, words) in LIST.lines().filter_map(|line| line.split_once(": ").filter(|_| !line.starts_with('#'))) {
            let foreign = foreign.entry(codes::by_iso639_3(code)).or_default();
            for word in words.split(' ') {
                match (word.strip_prefix('*'), word.strip_suffix('*')) {
                    (Some(ending), _) => foreign.endings.insert(ending),
                    (_, Some(beginning)) => foreign.beginnings.insert(beginning),
                    _ => foreign.words.insert(word),
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
        let (mut n_words, mut n_found) = (0, 0);
        let mut small = String::new();
        for word in text.flat_map(words).take(MAX_WORDS) {
            n_words += 1;
            n_found += usize::from(foreign.has(word, &mut small));
        }
        n_found >= LEAST_FOUND && n_found * ONE_IN >= n_words
    }
}

/// What stands between blanks, without the signs round it. Parts that are joined by a hyphen or an apostrophe are no words.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let trimmed = text.split_whitespace().map(|word| word.trim_matches(|c: char| !is_of_word(c)));
    trimmed.filter(|word| !word.is_empty())
}

impl Foreign {
    fn has(&self, word: &str, small: &mut String) -> bool {
        let n_capitals = word.chars().filter(|c| c.is_uppercase()).count();
        small.clear();
        small.extend(word.chars().flat_map(char::to_lowercase));
        match n_capitals {
            0 => self.words.contains(&**small) || self.has_affix(small),
            1 => self.words.contains(&**small),
            _ => false,
        }
    }

    fn has_affix(&self, word: &str) -> bool {
        let behind = |n: usize| word.char_indices().nth(n).map(|(at, _)| &word[..at]);
        let before = |n: usize| word.char_indices().rev().nth(n - 1).filter(|(at, _)| *at > 0).map(|(at, _)| &word[at..]);
        !self.beginnings.is_empty() && AFFIXES.filter_map(behind).any(|beginning| self.beginnings.contains(beginning))
            || !self.endings.is_empty() && AFFIXES.filter_map(before).any(|ending| self.endings.contains(ending))
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
