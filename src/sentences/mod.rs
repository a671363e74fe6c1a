//! From paragraphs to sentences.

use std::ops::Range;

use icu_segmenter::SentenceSegmenter;

use crate::document::Sentence;

/// The sentences of a text, whose paragraphs end sentences. They are in order and apart; only white space lies between.
pub fn split(text: &str, paragraphs: &[Range<usize>]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for (paragraph, place) in paragraphs.iter().enumerate() {
        let found = ranges(&text[place.clone()]).into_iter();
        sentences.extend(found.map(|r| Sentence { paragraph, range: place.start + r.start..place.start + r.end }));
    }
    sentences
}

/// Byte ranges of the sentences of one paragraph, by the Unicode rules (UAX #29).
pub fn ranges(paragraph: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for end in SentenceSegmenter::new(Default::default()).segment_str(paragraph) {
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
        let found: Vec<&str> = ranges(text).into_iter().map(|range| &text[range]).collect();
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
        let sentences = split("A heading\nA sentence. Another.", &[0..9, 10..30]);
        assert_eq!(
            sentences.iter().map(|s| (s.paragraph, s.range.clone())).collect::<Vec<_>>(),
            [(0, 0..9), (1, 10..21), (1, 22..30)]
        );
    }
}
