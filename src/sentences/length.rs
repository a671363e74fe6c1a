//! A bound on the length of sentences: text without any mark is broken at white space.

use std::ops::Range;

use crate::characters::is_of_phrases;
use crate::near;

/// Bytes of the longest sentence; of one in Thai, Lao, Burmese and Khmer, which put blanks between phrases.
const MAX_BYTES: usize = 4000;
const MAX_BYTES_OF_PHRASES: usize = 600;

/// Gives a sentence, or if it is too long its parts.
pub(super) fn bounded(text: &str, sentence: Range<usize>, mut take: impl FnMut(Range<usize>)) {
    let mut rest = sentence;
    while rest.len() > MAX_BYTES_OF_PHRASES
        && let Some(end) = break_of(&text[rest.clone()])
    {
        let (part, behind) = text[rest.clone()].split_at(end);
        take(rest.start..rest.start + part.trim_end().len());
        rest.start = rest.end - behind.trim_start().len();
    }
    if !rest.is_empty() {
        take(rest);
    }
}

/// Where a sentence that is too long is broken: at the last blank behind a sign that is not too near its beginning, or at the
/// last blank.
fn break_of(sentence: &str) -> Option<usize> {
    let max = if sentence.chars().next().is_some_and(is_of_phrases) { MAX_BYTES_OF_PHRASES } else { MAX_BYTES };
    if sentence.len() <= max {
        return None;
    }
    let near = near::beginning_of(sentence, max);
    let blanks = || near.char_indices().rev().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let is_behind_sign = |at: &usize| near[..*at].ends_with(|c: char| c.is_ascii_punctuation() || c == '—' || c == '–');
    let behind_sign = blanks().take_while(|at| *at > max / 2).find(is_behind_sign);
    let behind_words = || blanks().find(|at| !near[..*at].trim().is_empty());
    let beyond = || sentence[near.len()..].find(char::is_whitespace).map(|at| near.len() + at);
    behind_sign.or_else(behind_words).or_else(beyond)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        bounded(text, 0..text.len(), |part| parts.push(part));
        parts
    }

    fn check(text: &str, max: usize) {
        let parts = parts(text);
        assert!(parts.len() > 1 && parts.iter().all(|part| part.len() <= max), "{parts:?}");
        let whole = parts.iter().map(|part| &text[part.clone()]).collect::<Vec<_>>().join(" ");
        assert_eq!(whole, text);
    }

    #[test]
    fn text_without_marks_is_broken_at_blanks() {
        check("word ".repeat(2000).trim_end(), MAX_BYTES);
        check("สวัสดีครับ ".repeat(200).trim_end(), MAX_BYTES_OF_PHRASES);
    }

    #[test]
    fn a_blank_behind_a_sign_is_better() {
        let text = format!("{}; {}", "word ".repeat(600).trim_end(), "word ".repeat(600).trim_end());
        let parts = parts(&text);
        assert!(text[parts[0].clone()].ends_with(';'), "{parts:?}");
    }
}
