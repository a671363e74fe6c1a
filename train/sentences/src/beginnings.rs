//! Words that may begin a sentence where no mark stands before them.

use std::collections::{BTreeMap, BTreeSet};

use crate::texts::Text;

/// How often a word must begin a sentence.
const MIN_BEGINNINGS: usize = 2;
/// The least share of a capitalized word's places at which a sentence begins, of those behind no mark and of beginnings.
const MIN_SHARE: f64 = 0.2;

/// For each language the words, in small letters.
pub fn of(texts: &[&Text]) -> BTreeMap<String, BTreeSet<String>> {
    let mut counts: BTreeMap<(&str, String), (usize, usize)> = BTreeMap::new();
    for text in texts {
        for (at, word) in capitalized(&text.text) {
            let before = text.text[..at].trim_end();
            let begins = text.ends_at(before.len());
            let (n_beginnings, n_inside) = counts.entry((&text.lang, word.to_lowercase())).or_default();
            *n_beginnings += usize::from(begins);
            *n_inside += usize::from(!begins && before.ends_with(char::is_alphanumeric));
        }
    }
    let mut words: BTreeMap<String, BTreeSet<String>> = texts.iter().map(|text| (text.lang.clone(), BTreeSet::new())).collect();
    for ((language, word), (n_beginnings, n_inside)) in counts {
        let share = n_beginnings as f64 / (n_beginnings + n_inside).max(1) as f64;
        if n_beginnings >= MIN_BEGINNINGS && share >= MIN_SHARE {
            words.entry(language.to_owned()).or_default().insert(word);
        }
    }
    words
}

/// Words behind white space that begin with a capital: letters and digits up to the first sign.
fn capitalized(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices(char::is_whitespace).filter_map(|(at, blank)| {
        let rest = &text[at + blank.len()..];
        let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
        word.starts_with(char::is_uppercase).then_some((at + blank.len(), word))
    })
}
