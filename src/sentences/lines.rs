//! Whether a line feed in plain text ends a paragraph, or was put there because the line was full.

use std::ops::Range;

/// Lines that a stretch of text must have, before anything can be said of their lengths.
const MIN_LINES: usize = 3;
/// Characters of a full line: shorter ones are verses, addresses and lists, longer ones were never wrapped.
const FULL_LINE: Range<usize> = 40..121;
/// Wrapped lines are nearly full: so much of the longest.
const NEARLY_FULL: f64 = 0.75;
/// The least share of lines that are nearly full in wrapped text.
const MIN_FULL: f64 = 0.7;
/// The least share of lines in wrapped text that begin in small letters; scripts without capitals have none to go by.
const MIN_SMALL: f64 = 0.3;

/// The paragraphs of plain text: stretches between empty lines if they are wrapped, else each line that is not empty.
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut paragraphs = Vec::new();
    let mut stretch: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let from = start + (line.len() - line.trim_start().len());
        if content.is_empty() {
            close(text, &mut stretch, &mut paragraphs);
        } else {
            stretch.push(from..from + content.len());
        }
        start += line.len();
    }
    close(text, &mut stretch, &mut paragraphs);
    paragraphs
}

fn close(text: &str, stretch: &mut Vec<Range<usize>>, paragraphs: &mut Vec<Range<usize>>) {
    if let (Some(first), Some(last)) = (stretch.first(), stretch.last())
        && is_wrapped(text, stretch)
    {
        paragraphs.push(first.start..last.end);
        stretch.clear();
    }
    let has_capitals = stretch.first().is_some_and(|first| text[first.start..].starts_with(char::is_uppercase));
    for line in stretch.drain(..) {
        match paragraphs.last_mut() {
            Some(before) if has_capitals && goes_on(&text[before.clone()], &text[before.end..line.end]) => before.end = line.end,
            _ => paragraphs.push(line),
        }
    }
}

/// Whether a line that begins in small letters is the rest of the line before it.
fn goes_on(before: &str, feed_and_line: &str) -> bool {
    let is_next_line = feed_and_line.trim_start_matches([' ', '\t', '\r']).matches('\n').count() == 1;
    let is_open = !before.ends_with(|c: char| c.is_ascii_punctuation() || matches!(c, '。' | '…' | '»' | '”'));
    is_next_line && is_open && before.contains(' ') && feed_and_line.trim_start().starts_with(char::is_lowercase)
}

fn is_wrapped(text: &str, lines: &[Range<usize>]) -> bool {
    let lengths: Vec<usize> = lines.iter().map(|line| text[line.clone()].chars().count()).collect();
    let Some((_, but_last)) = lengths.split_last() else { return false };
    let longest = lengths.iter().copied().max().unwrap_or(0);
    if lines.len() < MIN_LINES || !FULL_LINE.contains(&longest) {
        return false;
    }
    let full = but_last.iter().filter(|&&length| length as f64 >= NEARLY_FULL * longest as f64).count();
    let begins = |is: fn(char) -> bool| lines[1..].iter().filter(|line| text[line.start..].starts_with(is)).count();
    let (small, capital) = (begins(char::is_lowercase), begins(char::is_uppercase));
    let goes_on = small + capital == 0 || small as f64 >= MIN_SMALL * (small + capital) as f64;
    full as f64 >= MIN_FULL * but_last.len() as f64 && goes_on
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: usize) {
        assert_eq!(paragraphs(text).len(), expected, "{text}");
    }

    #[test]
    fn full_lines_go_on() {
        check(
            "The ferry leaves the harbour at seven, and the children wave\nuntil it is out of sight. Then they go home and tell their\n\
             mothers how high the waves have been today, and that one of\nthem has seen a seal.\n\nA second paragraph.",
            2,
        );
    }

    #[test]
    fn lists_and_verses_do_not() {
        check("Bread\nButter\nA dozen eggs", 3);
        check(
            "The sea is calm tonight, the tide is full, the moon lies fair\nUpon the straits\nOn the French coast the light\n",
            3,
        );
    }
}
