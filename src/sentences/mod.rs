//! From paragraphs to sentences.

mod abbreviations;
mod lines;
mod rules;

use std::ops::Range;

pub use self::lines::paragraphs;
use self::rules::Rules;
use crate::document::{Languages, Sentence};

/// The sentences of a text, whose paragraphs end sentences. They are in order and apart; only white space lies between.
pub fn split(text: &str, paragraphs: &[Range<usize>], languages: &Languages) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut language = languages.main;
    let mut rules = Rules::of(language.bcp47);
    for (paragraph, place) in paragraphs.iter().enumerate() {
        if languages.at(place.start) != language {
            language = languages.at(place.start);
            rules = Rules::of(language.bcp47);
        }
        let found = ranges(&text[place.clone()], &rules).into_iter();
        sentences.extend(found.map(|r| Sentence { paragraph, range: place.start + r.start..place.start + r.end }));
    }
    sentences
}

/// Byte ranges of the sentences of one paragraph.
fn ranges(paragraph: &str, rules: &Rules) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for end in rules.ends(paragraph).into_iter().chain([paragraph.len()]) {
        let sentence = &paragraph[start..end];
        let trimmed = sentence.trim();
        if !trimmed.is_empty() {
            let from = start + (sentence.len() - sentence.trim_start().len());
            ranges.push(from..from + trimmed.len());
        }
        start = end;
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = ranges(text, &Rules::of("en")).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_are_slices_without_the_blanks_between_them() {
        check(" One.  Two!\tThree? ", &["One.", "Two!", "Three?"]);
        check("図書館は来月から。平日は夜九時まで。", &["図書館は来月から。", "平日は夜九時まで。"]);
        check("  ", &[]);
        check("", &[]);
    }

    #[test]
    fn paragraphs_end_sentences() {
        let sentences = split("A heading\nA sentence. Another.", &[0..9, 10..30], &Languages::unknown());
        assert_eq!(
            sentences.iter().map(|s| (s.paragraph, s.range.clone())).collect::<Vec<_>>(),
            [(0, 0..9), (1, 10..21), (1, 22..30)]
        );
    }
}
