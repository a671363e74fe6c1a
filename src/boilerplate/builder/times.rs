//! What stands before a time, which may say that it is that of something else than the publication.

use super::Builder;
use crate::boilerplate::markup::{Time, is_label};
use crate::near;

/// Bytes before a time that may say what it is the time of.
const MAX_BEFORE_TIME: usize = 60;

impl Builder {
    /// A time that stands here.
    pub(in crate::boilerplate) fn time(&self, value: String) -> Time {
        let near = near::end_of(&self.outline.text[self.run.start..], MAX_BEFORE_TIME).trim_end();
        let line = near.rsplit('\n').next().unwrap_or_default();
        let last = || {
            let block = self.outline.blocks.last().filter(|block| !block.kind.is_heading());
            block.map(|block| self.outline.text_of(block)).filter(|line| is_label(line)).unwrap_or_default()
        };
        let before = if line.is_empty() { last() } else { line };
        Time { value, block: self.outline.blocks.len(), before: before.to_owned(), is_of_other: false }
    }
}
