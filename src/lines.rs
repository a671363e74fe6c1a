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
/// The least share of line feeds before words that did not fit, in text that was wrapped as a whole.
const MIN_AT_FULL: f64 = 0.9;
/// Bytes that are looked at for a blank between words, so that time is linear.
const MAX_WORD: usize = 400;

/// The paragraphs of plain text: stretches between empty lines if they are wrapped, else each line that is not empty.
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut paragraphs = Vec::new();
    for (stretch, is_wrapped) in judged_stretches(text) {
        match (stretch.first(), stretch.last()) {
            (Some(first), Some(last)) if is_wrapped => paragraphs.push(first.start..last.end),
            _ => add_lines(text, stretch, &mut paragraphs),
        }
    }
    paragraphs
}

/// Where those lines begin, behind their white space, that go on with the line before in a stretch that was wrapped.
pub(crate) fn continuations(text: &str) -> Vec<usize> {
    let wrapped = judged_stretches(text).filter(|(_, is_wrapped)| *is_wrapped);
    wrapped.flat_map(|(stretch, _)| stretch.into_iter().skip(1).map(|line| line.start)).collect()
}

/// The stretches between empty lines, and whether each is wrapped.
fn judged_stretches(text: &str) -> impl Iterator<Item = (Vec<Range<usize>>, bool)> {
    let stretches = stretches(text);
    let width = width_of_wrapped(text, &stretches);
    stretches.into_iter().map(move |stretch| {
        let fits_width = |width| Breaks::of(text, &stretch, width).are_where_lines_are_full();
        let is_wrapped = is_wrapped(text, &stretch) || width.is_some_and(fits_width);
        (stretch, is_wrapped)
    })
}

/// What stands between two lines of a paragraph when it is one line: a blank, but in scripts that have none between words.
pub(crate) fn joint(before: &str, behind: &str) -> &'static str {
    let is_unspaced = |c: char| matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}');
    if before.ends_with(is_unspaced) && behind.starts_with(is_unspaced) { "" } else { " " }
}

/// Lines without the white space around them, those between empty lines together.
fn stretches(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut stretches = vec![Vec::new()];
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let from = start + (line.len() - line.trim_start().len());
        match stretches.last_mut() {
            Some(stretch) if !content.is_empty() => stretch.push(from..from + content.len()),
            Some(stretch) if !stretch.is_empty() => stretches.push(Vec::new()),
            _ => {}
        }
        start += line.len();
    }
    stretches
}

/// The line feeds of some lines.
#[derive(Debug, Default)]
struct Breaks {
    n: usize,
    /// Where the next line's first word would have been too long for the line.
    full: usize,
    before_small: usize,
    before_capital: usize,
    before_letter: usize,
    /// Behind lines that may be words.
    behind_words: usize,
}

impl Breaks {
    fn of(text: &str, lines: &[Range<usize>], width: usize) -> Self {
        let mut breaks = Self::default();
        for pair in lines.windows(2) {
            let [line, next] = [0, 1].map(|i| &text[pair[i].clone()]);
            let word = next.split_whitespace().next().unwrap_or_default();
            breaks.n += 1;
            breaks.full += usize::from(line.chars().count() + 1 + word.chars().count() > width);
            breaks.before_small += usize::from(next.starts_with(char::is_lowercase));
            breaks.before_capital += usize::from(next.starts_with(char::is_uppercase));
            breaks.before_letter += usize::from(next.starts_with(char::is_alphabetic));
            breaks.behind_words += usize::from(line.contains(' ') || !line.is_ascii());
        }
        breaks
    }

    fn add(&mut self, other: &Self) {
        self.n += other.n;
        self.full += other.full;
        self.before_small += other.before_small;
        self.before_capital += other.before_capital;
        self.before_letter += other.before_letter;
        self.behind_words += other.behind_words;
    }

    fn are_where_lines_are_full(&self) -> bool {
        self.n > 0 && self.full as f64 >= MIN_AT_FULL * self.n as f64
    }

    /// Whether the lines are words, and so many begin in small letters as in running text, or with letters if there are no capitals.
    fn are_inside_sentences(&self) -> bool {
        let begun = self.before_small + self.before_capital;
        let are_begun =
            if begun == 0 { 2 * self.before_letter >= self.n } else { self.before_small as f64 >= MIN_SMALL * begun as f64 };
        are_begun && 2 * self.behind_words >= self.n
    }
}

/// The length in characters that all lines of a text were wrapped at.
fn width_of_wrapped(text: &str, stretches: &[Vec<Range<usize>>]) -> Option<usize> {
    let lengths = stretches.iter().flatten().map(|line| text[line.clone()].chars().count());
    let width = lengths.max().filter(|width| FULL_LINE.contains(width))?;
    let mut breaks = Breaks::default();
    stretches.iter().for_each(|stretch| breaks.add(&Breaks::of(text, stretch, width)));
    (breaks.are_where_lines_are_full() && breaks.are_inside_sentences()).then_some(width)
}

fn add_lines(text: &str, lines: Vec<Range<usize>>, paragraphs: &mut Vec<Range<usize>>) {
    let has_capitals = lines.first().is_some_and(|first| text[first.start..].starts_with(char::is_uppercase));
    for line in lines {
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
    let has_blank = before[before.floor_char_boundary(before.len().saturating_sub(MAX_WORD))..].contains([' ', '\n']);
    is_next_line && is_open && has_blank && feed_and_line.trim_start().starts_with(char::is_lowercase)
}

fn is_wrapped(text: &str, lines: &[Range<usize>]) -> bool {
    let lengths: Vec<usize> = lines.iter().map(|line| text[line.clone()].chars().count()).collect();
    let Some((_, but_last)) = lengths.split_last() else { return false };
    let longest = lengths.iter().copied().max().unwrap_or(0);
    if lines.len() < MIN_LINES || !FULL_LINE.contains(&longest) {
        return false;
    }
    let full = but_last.iter().filter(|&&length| length as f64 >= NEARLY_FULL * longest as f64).count();
    full as f64 >= MIN_FULL * but_last.len() as f64 && Breaks::of(text, lines, longest).are_inside_sentences()
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
    fn short_paragraphs_go_on_in_text_that_is_wrapped() {
        check(
            "The ferry leaves the harbour at seven, and the children wave\nuntil it is out of sight. Then they go home and tell their\nmothers.\n\n\
             The second ferry comes at noon and brings bread, and the\nletters that Margaret waits for.",
            2,
        );
    }

    #[test]
    fn data_does_not() {
        let log = "2001-03-04 09:10:11 INFO the ferry has left the harbour with 20 people";
        check(&[log; 5].join("\n"), 5);
        check(&["mQENBFqkX0cBCADHt5sBq5gKuTm8RzuoUv2lH8rVXhJm0yJYx4dA"; 5].join("\n"), 5);
    }

    #[test]
    fn lines_go_on_behind_their_white_space() {
        let text = "  The ferry leaves the harbour at seven, and the children wave\n  until it is out of sight. Then they go home and tell their\n\
                    mothers how high the waves have been today, and that\none has seen a seal.\n\nNext.";
        let lines: Vec<&str> = continuations(text).into_iter().map(|at| &text[at..at + 4]).collect();
        assert_eq!(lines, ["unti", "moth", "one "]);
        assert!(continuations("You will need\na big pot of soup\na sharp knife").is_empty());
        assert_eq!((joint("one", "two"), joint("図書館は", "来月から")), (" ", ""));
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
