//! From which probability on blocks are kept: from that on which promises the page the best F.

use super::features::Described;
use super::measures::{MOST_OF_PAGE, Measures};
use super::outline::Outline;
use crate::document::PageType;

/// What matters more where both cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Favor {
    /// Little boilerplate, though some content may be lost.
    Precision,
    /// Both alike.
    #[default]
    Balanced,
    /// All the content, though some boilerplate may stay.
    Recall,
}

impl Favor {
    /// What the texts of a kind of page ask for: of manuals the trees, which have seen few, are less sure than they might be.
    fn on(self, page_type: Option<PageType>) -> Self {
        match (self, page_type) {
            (Self::Balanced, Some(PageType::Documentation)) => Self::Recall,
            _ => self,
        }
    }

    /// What a text asks for that was written as text, not as a page: there is little boilerplate in it.
    fn on_written_text(self) -> Self {
        if self == Self::Balanced { Self::Recall } else { self }
    }

    /// How many times as much recall counts as precision (van Rijsbergen's beta).
    fn beta(self) -> f32 {
        match self {
            Self::Precision => 0.5,
            Self::Balanced => 1.0,
            Self::Recall => 2.0,
        }
    }

    /// A page has no content if its most probable block is less probable.
    fn least_of_page(self) -> f32 {
        match self {
            Self::Precision => 0.4,
            Self::Balanced => 0.35,
            Self::Recall => 0.05,
        }
    }

    /// Between which probabilities the threshold lies.
    pub(super) fn bounds(self) -> Bounds {
        match self {
            Self::Precision => (0.4, 0.8),
            Self::Balanced => (0.2, 0.7),
            Self::Recall => (0.05, 0.4),
        }
    }
}

/// The least and the greatest threshold.
pub(super) type Bounds = (f32, f32);

/// Draws that are looked at, evenly spaced between 0 and 1; a power of two.
const DRAWS: usize = 32;

/// The probabilities from which on blocks of a page are kept.
pub(super) struct Thresholds {
    pub(super) of_text: f32,
    /// Of paragraphs that may be labels.
    pub(super) of_labels: f32,
}

impl Thresholds {
    pub(super) fn of(
        described: &Described<'_>,
        words: &[f32],
        probabilities: &[f32],
        favor: Favor,
        page_type: Option<PageType>,
    ) -> Self {
        let has_content = probabilities.iter().any(|probability| *probability >= favor.least_of_page());
        let threshold = |favor: Favor| match has_content {
            true => best_threshold(probabilities, words, favor.beta(), favor.bounds()),
            false if is_all_prose(described.outline, &described.measures) => 0.0,
            false => 1.0,
        };
        if is_mostly_wrapped(described.outline, words) {
            let of_all = threshold(favor.on_written_text());
            return Self { of_text: of_all, of_labels: of_all };
        }
        let of_text = threshold(favor.on(page_type));
        Self { of_text, of_labels: if favor.on(page_type) == favor { of_text } else { threshold(favor) } }
    }
}

/// Whether plain text is nothing but running text: then there is no boilerplate beside it that it could be told from.
fn is_all_prose(outline: &Outline, measures: &[Measures]) -> bool {
    outline.is_plain_text && !measures.is_empty() && measures.iter().all(|measures| measures.prose() > 0.0)
}

/// Whether most of the words of plain text stand in paragraphs that were wrapped, as whoever renders markup seldom does.
fn is_mostly_wrapped(outline: &Outline, words: &[f32]) -> bool {
    let of_wrapped = || (0..words.len()).filter(|&line| outline.is_wrapped(line)).map(|line| words[line]).sum::<f32>();
    outline.is_plain_text && of_wrapped() > words.iter().sum::<f32>() * MOST_OF_PAGE
}

/// The probability from which on blocks are kept, so that the expected F is largest.
pub(super) fn best_threshold(probabilities: &[f32], words: &[f32], beta: f32, (least, most): Bounds) -> f32 {
    let outlook = Outlook::of(probabilities, words);
    let mut ranked: Vec<(f32, f32)> = probabilities.iter().copied().zip(words.iter().copied()).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut kept, mut best) = (0.0, (0.0, most));
    for (probability, words) in ranked {
        kept += words;
        let expected = outlook.expected_f(kept, beta);
        if expected > best.0 {
            best = (expected, probability);
        }
    }
    best.1.clamp(least, most)
}

/// The F that is expected if all blocks from this probability on are kept.
pub(super) fn expected_f(probabilities: &[f32], words: &[f32], threshold: f32, beta: f32) -> f32 {
    let is_kept = |(probability, words): (&f32, &f32)| (*probability >= threshold).then_some(*words);
    let kept = probabilities.iter().zip(words).filter_map(is_kept).sum();
    Outlook::of(probabilities, words).expected_f(kept, beta)
}

/// What a page may turn out to be. Doubtful blocks of a page, all its comments or all its teasers, are content together or
/// not at all; so whether they are is decided by one draw for the whole page, not by one for each block.
struct Outlook {
    /// Words of the content, by the draw: of the blocks that are more probable than it.
    wanted: [f32; DRAWS],
}

impl Outlook {
    fn of(probabilities: &[f32], words: &[f32]) -> Self {
        let mut wanted = [0.0; DRAWS];
        for (probability, words) in probabilities.iter().zip(words) {
            let n_below = (probability * DRAWS as f32 + 0.5) as usize;
            wanted[..n_below.min(DRAWS)].iter_mut().for_each(|wanted| *wanted += words);
        }
        Self { wanted }
    }

    /// The F that is expected if so many words are kept, those of the most probable blocks.
    fn expected_f(&self, kept: f32, beta: f32) -> f32 {
        let mut scores = self.wanted.map(|wanted| f_score(kept.min(wanted), kept, wanted, beta));
        // Halves upon halves are vectors; one sum after the other is not.
        let mut half = DRAWS / 2;
        while half > 0 {
            let (first, second) = scores.split_at_mut(half);
            first.iter_mut().zip(second).for_each(|(sum, score)| *sum += *score);
            half /= 2;
        }
        scores[0] / DRAWS as f32
    }
}

fn f_score(hits: f32, kept: f32, wanted: f32, beta: f32) -> f32 {
    let square = beta * beta;
    if hits > 0.0 { (1.0 + square) * hits / (kept + square * wanted) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threshold_lies_where_the_most_is_expected() {
        let (probabilities, words) = ([0.9, 0.5, 0.1], [100.0, 50.0, 200.0]);
        let best = |beta, bounds| best_threshold(&probabilities, &words, beta, bounds);
        assert_eq!(best(1.0, (0.3, 0.6)), 0.5);
        assert_eq!(best(1.0, (0.55, 0.6)), 0.55);
        assert_eq!(best(0.5, (0.3, 0.8)), 0.8);
        assert_eq!(best(2.0, (0.2, 0.4)), 0.4);
        assert_eq!(best_threshold(&[], &[], 1.0, (0.3, 0.6)), 0.6);
    }

    #[test]
    fn doubtful_blocks_stand_or_fall_together() {
        let (mut probabilities, words) = (vec![0.4; 20], vec![60.0; 20]);
        probabilities[0] = 0.9;
        assert_eq!(best_threshold(&probabilities, &words, 1.0, (0.2, 0.9)), 0.9);
        probabilities[1..].fill(0.7);
        assert_eq!(best_threshold(&probabilities, &words, 1.0, (0.2, 0.9)), 0.7);
    }

    #[test]
    fn sure_pages_promise_more_than_doubtful_ones() {
        let sure = expected_f(&[1.0, 0.0], &[10.0, 10.0], 0.5, 1.0);
        let doubtful = expected_f(&[0.6, 0.5], &[10.0, 10.0], 0.5, 1.0);
        assert!(sure == 1.0 && doubtful < 0.8);
    }
}
