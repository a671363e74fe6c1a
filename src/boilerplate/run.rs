//! The run of blocks that holds the most text and the least of what stands round it.
//!
//! Each block has a value, positive for running text, negative for menus, labels and the like; the run is the one with the
//! largest sum (Pasternack and Roth, "Extracting Article Text from the Web with Maximum Subsequence Segmentation", WWW 2009).

use std::ops::Range;

use super::facts::Facts;
use super::measures::{MENU_LINK_SHARE, Measures};
use super::outline::{Block, Kind};

/// Words that a block needs to count for content.
const ENOUGH_WORDS: f32 = 12.0;
/// Words beyond which a block counts no more, so that one long block does not outweigh a page.
const MANY_WORDS: f32 = 60.0;
/// What a block loses that does not end like a sentence.
const NO_SENTENCE_END: f32 = 6.0;
/// The value of a menu, or of what its markup puts round the content.
const CHROME_VALUE: f32 = -12.0;
/// The least value of headings, list items, table rows and captions, which are short in any text.
const SHORT_BY_NATURE: f32 = -3.0;

/// What a block is worth by itself.
pub(super) fn value(block: &Block, measures: &Measures) -> f32 {
    let chrome = Facts::CONTROL | Facts::NAVIGATION | Facts::HEADER | Facts::FOOTER | Facts::ASIDE | Facts::COMMENTS;
    if block.facts.has(Facts::HIDDEN) {
        return 0.0;
    }
    if block.facts.has(chrome) || measures.link_share > MENU_LINK_SHARE {
        return CHROME_VALUE;
    }
    let words = measures.words - measures.linked();
    let by_length = if words < ENOUGH_WORDS { words - ENOUGH_WORDS } else { words.min(MANY_WORDS) };
    let value = by_length - if measures.ends_sentence { 0.0 } else { NO_SENTENCE_END };
    match block.kind {
        Kind::Heading(_) | Kind::TableRow | Kind::ListItem | Kind::Caption => value.max(SHORT_BY_NATURE),
        Kind::Code | Kind::Quote => value.max(0.0),
        Kind::Paragraph => value,
    }
}

/// The run with the largest sum, and its sum; empty where no value is positive.
pub(super) fn best(values: &[f32]) -> (Range<usize>, f32) {
    let (mut best, mut best_sum) = (0..0, 0.0);
    let (mut start, mut sum) = (0, 0.0);
    for (i, value) in values.iter().enumerate() {
        if sum <= 0.0 {
            (start, sum) = (i, 0.0);
        }
        sum += value;
        if sum > best_sum {
            (best, best_sum) = (start..i + 1, sum);
        }
    }
    (best, best_sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_run_bridges_short_blocks() {
        assert_eq!(best(&[-5.0, 20.0, -3.0, 30.0, -40.0, 10.0]), (1..4, 47.0));
        assert_eq!(best(&[-1.0, -2.0]), (0..0, 0.0));
        assert_eq!(best(&[]), (0..0, 0.0));
    }
}
