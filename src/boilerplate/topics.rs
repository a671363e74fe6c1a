//! Which of a block's words stand elsewhere on the page, too: teasers and notices are about something else than the text.

use std::ops::Range;

/// Counters for the words of a page, by a hash; a power of two.
pub(super) const WORD_COUNTERS: usize = 1 << 14;

/// The words of a page by block, without those that are common on the page; in scripts without blanks, pairs of characters.
#[derive(Debug, Default)]
pub(super) struct Topics {
    /// Each word as the number of a counter.
    words: Vec<u16>,
    /// Where the words of each block end.
    ends: Vec<usize>,
}

/// Shares of a block's words, 0 to 1.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shared {
    /// Of those that stand in other blocks of the page's main run of text.
    pub(super) with_run: f32,
    /// Of those that stand in other blocks.
    pub(super) with_page: f32,
}

/// How often each word comes.
struct Counts(Vec<u16>);

impl Topics {
    pub(super) fn push(&mut self, counter: u16) {
        self.words.push(counter);
    }

    pub(super) fn end_block(&mut self) {
        self.ends.push(self.words.len());
    }

    fn block(&self, block: usize) -> &[u16] {
        self.blocks(&(block..block + 1))
    }

    fn blocks(&self, blocks: &Range<usize>) -> &[u16] {
        let end = |n_blocks: usize| n_blocks.checked_sub(1).map_or(0, |last| self.ends[last]);
        &self.words[end(blocks.start)..end(blocks.end)]
    }

    /// What each block shares with the others, of which those in `run` are the main run.
    pub(super) fn shared(&self, run: &Range<usize>) -> Vec<Shared> {
        let (mut in_run, mut on_page) = (Counts::default(), Counts::default());
        in_run.add(self.blocks(run));
        on_page.add(&self.words);
        let mut shared = Vec::with_capacity(self.ends.len());
        for block in 0..self.ends.len() {
            let words = self.block(block);
            let with_run = if run.contains(&block) { in_run.share_elsewhere(words) } else { in_run.share_of(words) };
            shared.push(Shared { with_run, with_page: on_page.share_elsewhere(words) });
        }
        shared
    }
}

impl Default for Counts {
    fn default() -> Self {
        Self(vec![0; WORD_COUNTERS])
    }
}

impl Counts {
    fn add(&mut self, words: &[u16]) {
        words.iter().for_each(|&word| self.0[usize::from(word)] = self.0[usize::from(word)].saturating_add(1));
    }

    /// The share of the words that were counted.
    fn share_of(&self, words: &[u16]) -> f32 {
        let counted = words.iter().filter(|&&word| self.0[usize::from(word)] > 0).count();
        counted as f32 / words.len().max(1) as f32
    }

    /// The share of the words that were counted more often than they are among them.
    fn share_elsewhere(&mut self, words: &[u16]) -> f32 {
        words.iter().for_each(|&word| self.0[usize::from(word)] = self.0[usize::from(word)].wrapping_sub(1));
        let share = self.share_of(words);
        words.iter().for_each(|&word| self.0[usize::from(word)] = self.0[usize::from(word)].wrapping_add(1));
        share
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_does_not_share_words_with_itself() {
        let mut topics = Topics::default();
        for block in [&[1, 2, 2][..], &[1, 3], &[4, 3], &[]] {
            block.iter().for_each(|&word| topics.push(word));
            topics.end_block();
        }
        let shared = topics.shared(&(0..2));
        assert_eq!(shared.iter().map(|s| s.with_run).collect::<Vec<_>>(), [1.0 / 3.0, 0.5, 0.5, 0.0]);
        assert_eq!(shared.iter().map(|s| s.with_page).collect::<Vec<_>>(), [1.0 / 3.0, 1.0, 0.5, 0.0]);
    }
}
