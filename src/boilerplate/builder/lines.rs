//! The lines of a plain text, each of them a block.

use super::Builder;
use crate::boilerplate::outline::Chars;
use crate::boilerplate::white_space::{is_space, push_preformatted};

/// Lines of a plain text that are told apart; those behind belong to the last of them. A long novel has a fourth of them.
const MAX_LINES: usize = 1 << 18;

impl Builder {
    /// A line of plain text that goes on with the paragraph of the line before.
    pub(in crate::boilerplate) fn line_of_paragraph(&mut self, line: &str) {
        self.run.goes_on = true;
        self.line(line);
    }

    /// A line of plain text: a block of its own, unless it is blank.
    pub(in crate::boilerplate) fn line(&mut self, line: &str) {
        let line = line.trim_matches(is_space);
        if line.is_empty() {
            self.run.blank_lines = self.run.blank_lines.saturating_add(1);
            return;
        }
        let start = self.outline.text.len();
        self.run.offset = self.offset;
        let n_chars = push_preformatted(&mut self.outline.text, line.into());
        let chars = Chars { all: n_chars, ..Chars::default() };
        match self.outline.blocks.len() < MAX_LINES {
            true => self.push_block(start, chars),
            false => self.add_to_last_block(chars),
        }
    }
}
