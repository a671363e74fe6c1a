//! The line feeds of some lines of plain text: whether they stand where lines are full, and inside of sentences.

use std::ops::Range;

use super::joints::divided_word;
use super::{FULL_LINE, MAX_RAGGED, are_unspaced, columns, is_final, parts};

/// The least share of lines in wrapped text that begin in small letters; scripts without capitals have none to go by.
const MIN_SMALL: f64 = 0.3;
/// The least share of line feeds before words that did not fit, in text that was wrapped as a whole.
const MIN_AT_FULL: f64 = 0.9;

/// The line feeds of some lines.
#[derive(Debug, Default)]
pub(super) struct Breaks {
    pub(super) n: usize,
    /// Where the next line's first word would have been too long for the line.
    pub(super) full: usize,
    before_small: usize,
    before_capital: usize,
    before_letter: usize,
    /// Behind lines that may be words.
    behind_words: usize,
    behind_final: usize,
}

impl Breaks {
    fn of(text: &str, lines: &[Range<usize>], width: usize) -> Self {
        let mut breaks = Self::default();
        for pair in lines.windows(2) {
            let [line, next] = [0, 1].map(|i| &text[pair[i].clone()]);
            breaks.n += 1;
            breaks.full += usize::from(columns(line) + columns_of_first_word(line, next) > width);
            breaks.behind_final += usize::from(line.ends_with(is_final));
            breaks.before_small += usize::from(next.starts_with(char::is_lowercase));
            breaks.before_capital += usize::from(next.starts_with(char::is_uppercase));
            breaks.before_letter += usize::from(next.starts_with(char::is_alphabetic));
            breaks.behind_words += usize::from(line.contains(' ') || !line.is_ascii());
        }
        breaks
    }

    /// Those inside of paragraphs.
    pub(super) fn inside(text: &str, stretch: &[Range<usize>], width: usize) -> Self {
        let mut breaks = Self::default();
        parts(text, stretch).for_each(|paragraph| breaks.add(&Self::of(text, paragraph, width)));
        breaks
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.n += other.n;
        self.full += other.full;
        self.before_small += other.before_small;
        self.before_capital += other.before_capital;
        self.before_letter += other.before_letter;
        self.behind_words += other.behind_words;
        self.behind_final += other.behind_final;
    }

    pub(super) fn are_where_lines_are_full(&self) -> bool {
        self.n > 0 && self.full as f64 >= MIN_AT_FULL * self.n as f64
    }

    /// Whether the lines are words, and so many begin in small letters as in running text, or with letters if there are no capitals.
    pub(super) fn are_inside_sentences(&self) -> bool {
        let begun = self.before_small + self.before_capital;
        let are_begun = match begun {
            0 => 2 * self.before_letter >= self.n && 2 * self.behind_final <= self.n,
            _ => self.before_small as f64 >= MIN_SMALL * begun as f64,
        };
        are_begun && self.are_behind_words()
    }

    pub(super) fn are_behind_words(&self) -> bool {
        2 * self.behind_words >= self.n
    }
}

/// Columns by which a line would have been longer with the first word of the next one.
fn columns_of_first_word(line: &str, next: &str) -> usize {
    match are_unspaced(line, next) {
        true => 1 + MAX_RAGGED,
        // A word was divided because the line was full.
        false if divided_word(line).is_some() => FULL_LINE.end,
        false => 1 + columns(next.split_whitespace().next().unwrap_or_default()),
    }
}
