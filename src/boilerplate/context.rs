//! What a first look at all blocks of a page says of each: how probable it is that what stands round it is content.
//!
//! Means are weighed by words and leave the block itself out; they are -1 where nothing else is there.

use super::features::{self, Described};
use super::position::FAR;
use super::thresholds::{self, Favor};

/// From this probability on a block is surely content.
const SURE: f32 = 0.8;
/// Blocks on each side that are near, and that are in the wider surroundings.
const NEAR: usize = 3;
const WIDE: usize = 8;
/// The least words that a block counts for.
pub(super) const LEAST_WORDS: f32 = 0.5;
/// Probabilities this near to 0 or 1 are as good as certain.
const CERTAIN: f32 = 1e-4;
/// What stands for a missing neighbour.
const NONE: f32 = -1.0;

/// The first look at a page.
pub(super) struct Context<'a> {
    described: &'a Described<'a>,
    probabilities: &'a [f32],
    /// All words and those expected to be content before each block, and at last altogether.
    before: Vec<Mass>,
    of_elements: Vec<Mass>,
    of_patterns: Vec<Mass>,
    of_sections: Vec<Mass>,
    /// For each block, the section that it stands in.
    sections: Vec<usize>,
    /// Share of the page's words that are more probable than each block.
    more_probable: Vec<f32>,
    since_sure: Vec<f32>,
    until_sure: Vec<f32>,
    most: f32,
    best_tenth: f32,
    threshold: f32,
    expected_f1: f32,
}

/// Words, and how many of them are expected to be content.
#[derive(Debug, Clone, Copy, Default)]
struct Mass {
    words: f64,
    expected: f64,
    blocks: u32,
}

impl Mass {
    fn of(words: f32, probability: f32) -> Self {
        let words = f64::from(words.max(LEAST_WORDS));
        Self { words, expected: words * f64::from(probability), blocks: 1 }
    }

    fn plus(self, other: Self) -> Self {
        Self { words: self.words + other.words, expected: self.expected + other.expected, blocks: self.blocks + other.blocks }
    }

    fn minus(self, other: Self) -> Self {
        Self { words: self.words - other.words, expected: self.expected - other.expected, blocks: self.blocks - other.blocks }
    }

    fn mean(self) -> f32 {
        if self.blocks > 0 { (self.expected / self.words) as f32 } else { NONE }
    }
}

impl<'a> Context<'a> {
    pub(super) fn new(described: &'a Described<'a>, probabilities: &'a [f32]) -> Self {
        let words: Vec<f32> = described.measures.iter().map(|measures| measures.words).collect();
        let masses: Vec<Mass> = words.iter().zip(probabilities).map(|(&words, &p)| Mass::of(words, p)).collect();
        let mut before = vec![Mass::default()];
        masses.iter().for_each(|mass| before.push(before[before.len() - 1].plus(*mass)));
        let element_of = |block: usize| described.element(block);
        let mut of_elements = sums(&masses, described.n_elements(), element_of);
        for i in (1..of_elements.len()).rev() {
            let outer = described.parent(i);
            of_elements[outer] = of_elements[outer].plus(of_elements[i]);
        }
        let sections = sections(described);
        let (more_probable, best_tenth) = ranks(probabilities, &masses);
        let threshold = thresholds::best_threshold(probabilities, &words, 1.0, Favor::Balanced.bounds());
        let is_sure = |&p: &f32| p >= SURE;
        let mut until_sure: Vec<f32> = distances(probabilities.iter().rev().map(is_sure));
        until_sure.reverse();
        Self {
            since_sure: distances(probabilities.iter().map(is_sure)),
            until_sure,
            most: probabilities.iter().copied().fold(0.0, f32::max),
            expected_f1: thresholds::expected_f(probabilities, &words, threshold, 1.0),
            described,
            probabilities,
            before,
            of_elements,
            of_patterns: sums(&masses, described.n_patterns(), |block| described.pattern(element_of(block))),
            of_sections: sums(&masses, sections.last().map_or(0, |last| last + 1), |block| sections[block]),
            sections,
            more_probable,
            best_tenth,
            threshold,
        }
    }

    /// The features of one block, behind those that do not know the others' probabilities.
    pub(super) fn features(&self, block: usize, mut take: impl features::Take) {
        let probability = self.probabilities[block];
        let bounded = probability.clamp(CERTAIN, 1.0 - CERTAIN);
        take("first_look.log_odds", (bounded / (1.0 - bounded)).ln());
        take("first_look.above_threshold", probability - self.threshold);
        take("first_look.more_probable_share", self.more_probable[block]);
        self.of_neighbours(block, &mut take);
        self.of_surroundings(block, &mut take);
        let whole = self.before[self.before.len() - 1];
        let share = |mass: Mass| if whole.expected > 0.0 { (mass.expected / whole.expected) as f32 } else { 0.0 };
        take("first_look.share_before", share(self.before[block]));
        take("first_look.share_behind", share(whole.minus(self.before[block + 1])));
        take("first_look.since_sure", features::log(self.since_sure[block]));
        take("first_look.until_sure", features::log(self.until_sure[block]));
        take("first_look.page_most", self.most);
        take("first_look.page_best_tenth", self.best_tenth);
        take("first_look.page_threshold", self.threshold);
        take("first_look.page_expected_f1", self.expected_f1);
        take("first_look.page_share", whole.mean());
        take("first_look.page_words", features::log(whole.expected as f32));
    }

    fn of_neighbours(&self, block: usize, take: &mut impl features::Take) {
        let neighbour = |distance| block.checked_add_signed(distance).and_then(|i| self.probabilities.get(i)).copied();
        take("first_look.previous_2", neighbour(-2).unwrap_or(NONE));
        take("first_look.previous", neighbour(-1).unwrap_or(NONE));
        take("first_look.next", neighbour(1).unwrap_or(NONE));
        take("first_look.next_2", neighbour(2).unwrap_or(NONE));
        take("first_look.near", self.round(block, NEAR).mean());
        take("first_look.wide", self.round(block, WIDE).mean());
        take("first_look.section", self.of_sections[self.sections[block]].minus(self.mass(block)).mean());
        take("first_look.heading", self.described.heading_before(block).map_or(NONE, |heading| self.probabilities[heading]));
    }

    fn of_surroundings(&self, block: usize, take: &mut impl features::Take) {
        const LEVELS: [&str; 5] = [
            "first_look.element",
            "first_look.parent",
            "first_look.ancestor_2",
            "first_look.ancestor_3",
            "first_look.ancestor_4",
        ];
        let own = self.mass(block);
        let element = self.described.element(block);
        let mut at = element;
        for name in LEVELS {
            take(name, self.of_elements[at].minus(own).mean());
            at = self.described.parent(at);
        }
        let pattern = self.of_patterns[self.described.pattern(element)];
        take("first_look.pattern", pattern.minus(own).mean());
        take("first_look.pattern_with_itself", pattern.mean());
    }

    fn mass(&self, block: usize) -> Mass {
        Mass::of(self.described.measures[block].words, self.probabilities[block])
    }

    /// What stands within a distance, without the block itself.
    fn round(&self, block: usize, distance: usize) -> Mass {
        let (start, end) = (block.saturating_sub(distance), (block + 1 + distance).min(self.probabilities.len()));
        self.before[end].minus(self.before[start]).minus(self.mass(block))
    }
}

/// What the blocks of each of `n` groups weigh together.
fn sums(masses: &[Mass], n: usize, group_of: impl Fn(usize) -> usize) -> Vec<Mass> {
    let mut sums = vec![Mass::default(); n];
    for (block, mass) in masses.iter().enumerate() {
        let sum = &mut sums[group_of(block)];
        *sum = sum.plus(*mass);
    }
    sums
}

/// For each block, how many headings stand before it, itself included.
fn sections(described: &Described<'_>) -> Vec<usize> {
    let mut section = 0;
    let count = |block| {
        section += usize::from(described.is_heading(block));
        section
    };
    (0..described.measures.len()).map(count).collect()
}

/// For each block the share of words that are more probable, and the probability that a tenth of the words exceed.
fn ranks(probabilities: &[f32], masses: &[Mass]) -> (Vec<f32>, f32) {
    let whole: f64 = masses.iter().map(|mass| mass.words).sum();
    let mut order: Vec<usize> = (0..masses.len()).collect();
    order.sort_by(|&a, &b| probabilities[b].total_cmp(&probabilities[a]));
    let mut more_probable = vec![0.0; masses.len()];
    let (mut above, mut best_tenth) = (0.0, None);
    for block in order {
        more_probable[block] = (above / whole) as f32;
        above += masses[block].words;
        if above * 10.0 >= whole {
            best_tenth = best_tenth.or(Some(probabilities[block]));
        }
    }
    (more_probable, best_tenth.unwrap_or(0.0))
}

/// For each block, how many blocks back the last is for which this holds, itself included.
fn distances(holds: impl Iterator<Item = bool>) -> Vec<f32> {
    let mut distance = FAR;
    let count = |holds: bool| {
        distance = if holds { 0.0 } else { (distance + 1.0).min(FAR) };
        distance
    };
    holds.map(count).collect()
}
