//! Boosted trees, shown many blocks at once: each tree's splits are gone through in turn for all of them, and rule out the
//! leaves that they lead away from (QuickScorer; Lucchese et al., SIGIR 2015). Nothing waits for the step before, and the
//! processor's widest vectors do it.

use std::ops::Range;

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, i16x32};

use crate::lanes::{self, SIDE};

/// Trees after which it is asked again which blocks are undecided.
const TREES_AT_ONCE: usize = 25;
/// A block that is less probable is surely not content, and is not looked at any longer.
pub(super) const SURELY_NOT: f32 = 0.05;
/// Leaves of a tree, at most.
const MAX_LEAVES: usize = 2 * HALF;
/// Leaves that fit into a mask.
const HALF: usize = u16::BITS as usize;
/// Blocks that are shown to a tree at once.
const LANES: usize = 32;
/// Places in a row of features.
pub(super) const ROW: usize = 160;
/// Places for the features of blocks side by side: any number of a feature has one.
const COLUMNS: usize = 1 << u8::BITS;

/// A block's features in their order; the places behind the last are not looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) values: [f32; ROW],
    n_values: usize,
}

impl Row {
    pub(super) fn new() -> Self {
        Self { values: [0.0; ROW], n_values: 0 }
    }

    /// Features behind the last place are left out.
    #[inline(always)]
    pub(super) fn push(&mut self, value: f32) {
        if let Some(place) = self.values.get_mut(self.n_values) {
            *place = value;
        }
        self.n_values += 1;
    }

    pub(super) fn keys(&self) -> Keys {
        self.values.map(key_of)
    }
}

/// The features' keys.
pub(super) type Keys = [i16; ROW];

/// A number of 16 bits that rises with the value: that of half precision (IEEE 754 binary16) next to it in the direction of
/// minus infinity, as steps from zero. As many again fit into a vector as of single precision.
fn key_of(value: f32) -> i16 {
    const GREATEST: f32 = 65504.0;
    // Half precision's exponent is biased by 15, single precision's by 127.
    const REBIAS: f32 = f32::from_bits((127 - 112) << 23);
    let half = ((value.abs().min(GREATEST) * REBIAS).to_bits() >> 13) as i16;
    if value < 0.0 { !half } else { half }
}

/// Trees whose leaves add up to the logarithm of the odds.
#[derive(Debug)]
pub(super) struct Forest {
    trees: Vec<Tree>,
    /// The splits of all trees, those of each side by side.
    splits: Vec<Split>,
    /// The values of all trees' leaves, those of each from left to right, and [`MAX_LEAVES`] zeros.
    leaves: Vec<f32>,
    /// The vectors that the processor has.
    level: Level,
}

impl Default for Forest {
    fn default() -> Self {
        Self { trees: Vec::new(), splits: Vec::new(), leaves: vec![0.0; MAX_LEAVES], level: Level::new() }
    }
}

/// Where a split leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Child {
    Split(usize),
    Leaf(usize),
}

/// A split of a tree: the feature, the threshold, and where to go with values up to it, and above it.
pub(super) type Branching = (u8, f32, [Child; 2]);

/// A tree's place among the others.
#[derive(Debug)]
struct Tree {
    /// The splits that rule out some of the first half of the leaves, and some of the second.
    splits: [Range<usize>; 2],
    first_leaf: usize,
}

#[derive(Debug, Clone, Copy)]
struct Split {
    feature: u8,
    threshold: i16,
    /// The leaves of the half left of the split, a bit each: keys above the threshold rule them out.
    left: i16,
}

/// For each feature the keys of some blocks.
type Columns = [[i16; LANES]; COLUMNS];

/// Some blocks, side by side.
struct Group {
    blocks: Vec<usize>,
    columns: Box<Columns>,
}

impl Forest {
    /// Adds a tree by its branchings, each before those below it, and the values of its leaves. `None` for what is no tree, or
    /// is too large.
    pub(super) fn add(&mut self, branchings: &[Branching], values: &[f32]) -> Option<()> {
        let order = left_to_right(branchings)?;
        let values = order.iter().map(|leaf| values.get(*leaf).copied()).collect::<Option<Vec<f32>>>()?;
        let first_leaf = self.leaves.len() - MAX_LEAVES;
        self.leaves.splice(first_leaf..first_leaf, values);
        let mut under = vec![0u32; branchings.len()];
        let mut halves = [Vec::new(), Vec::new()];
        for (i, &(feature, threshold, children)) in branchings.iter().enumerate().rev() {
            let [left, right] = children.map(|child| match child {
                Child::Split(split) => under[split],
                Child::Leaf(leaf) => order.iter().position(|other| *other == leaf).map_or(0, |place| 1 << place),
            });
            under[i] = left | right;
            for (splits, left) in halves.iter_mut().zip([left as u16, (left >> HALF) as u16]) {
                if left != 0 {
                    splits.push(Split { feature, threshold: key_of(threshold), left: left.cast_signed() });
                }
            }
        }
        let splits = halves.map(|half| {
            let start = self.splits.len();
            self.splits.extend(half);
            start..self.splits.len()
        });
        self.trees.push(Tree { splits, first_leaf });
        Some(())
    }

    /// How many features a row must have at least.
    #[cfg(test)]
    pub(super) fn n_features(&self) -> usize {
        self.splits.iter().map(|split| usize::from(split.feature) + 1).max().unwrap_or(0)
    }

    /// Probabilities that blocks with these features are content. Blocks that are surely not content after some trees
    /// are not shown to the rest.
    pub(super) fn probabilities(&self, blocks: &[Keys]) -> Vec<f32> {
        let odds = self.log_odds_above((SURELY_NOT / (1.0 - SURELY_NOT)).ln(), blocks);
        odds.into_iter().map(|odds| 1.0 / (1.0 + (-odds).exp())).collect()
    }

    /// The logarithm of the odds by one row alone.
    pub(super) fn log_odds_of(&self, keys: &Keys) -> f32 {
        self.trees.iter().map(|tree| self.value(tree, keys)).sum()
    }

    /// What a tree says of one row.
    fn value(&self, tree: &Tree, keys: &Keys) -> f32 {
        let rule_out = |all, split: &Split| all | split.if_above(keys[usize::from(split.feature)]);
        let [first, second] = tree.splits.clone().map(|half| self.splits[half].iter().fold(0, rule_out));
        self.leaves[tree.first_leaf + joined(first, second).trailing_ones() as usize]
    }

    /// Adds what a tree says to the sums of some blocks.
    #[inline(always)]
    fn add_values<S: Simd>(&self, simd: S, tree: &Tree, columns: &Columns, sums: &mut [f32; LANES]) {
        let Some(leaves) = self.leaves[tree.first_leaf..].first_chunk::<MAX_LEAVES>() else { return };
        let [first, second] = tree.splits.clone().map(|half| ruled_out(simd, &self.splits[half], columns));
        for (sum, leaf) in sums.iter_mut().zip(first_left(first, second)) {
            *sum += leaves[leaf as usize % MAX_LEAVES];
        }
    }

    /// The logarithms of the odds that blocks are content, as long as they are above a least one.
    fn log_odds_above(&self, least: f32, blocks: &[Keys]) -> Vec<f32> {
        let mut odds = vec![0.0; blocks.len()];
        let mut undecided: Vec<usize> = (0..blocks.len()).collect();
        let mut groups: Vec<Group> = undecided.chunks(LANES).map(|_| Group::new()).collect();
        regroup(&mut groups, blocks, &undecided);
        let n_rounds = self.trees.len().div_ceil(TREES_AT_ONCE);
        for (round, trees) in self.trees.chunks(TREES_AT_ONCE).enumerate() {
            for group in &groups {
                self.add_to(&mut odds, least, trees, group);
            }
            undecided.retain(|&block| odds[block] > least);
            let n_groups = undecided.len().div_ceil(LANES);
            // To make a group costs about what it costs to show one to the trees of a round.
            if (groups.len() - n_groups) * (n_rounds - 1 - round) > n_groups {
                regroup(&mut groups, blocks, &undecided);
            }
        }
        odds
    }

    /// Adds what the trees say to the odds of a group's blocks that are undecided.
    fn add_to(&self, odds: &mut [f32], least: f32, trees: &[Tree], group: &Group) {
        let mut sums = [0.0; LANES];
        for (sum, &block) in sums.iter_mut().zip(&group.blocks) {
            *sum = odds[block];
        }
        dispatch!(self.level, simd => trees.iter().for_each(|tree| self.add_values(simd, tree, &group.columns, &mut sums)));
        for (sum, &block) in sums.iter().zip(&group.blocks) {
            if odds[block] > least {
                odds[block] = *sum;
            }
        }
    }
}

/// Leaves no more groups than the undecided blocks take.
fn regroup(groups: &mut Vec<Group>, blocks: &[Keys], undecided: &[usize]) {
    groups.truncate(undecided.len().div_ceil(LANES));
    for (group, undecided) in groups.iter_mut().zip(undecided.chunks(LANES)) {
        group.fill(blocks, undecided);
    }
}

impl Group {
    fn new() -> Self {
        Self { blocks: Vec::with_capacity(LANES), columns: Box::new([[0; LANES]; COLUMNS]) }
    }

    fn fill(&mut self, keys: &[Keys], blocks: &[usize]) {
        self.blocks.clear();
        self.blocks.extend_from_slice(blocks);
        for (at, some) in blocks.chunks(SIDE).enumerate() {
            // Lanes without a block of their own have the last one's keys.
            let rows: [&Keys; SIDE] = std::array::from_fn(|lane| &keys[some[lane.min(some.len() - 1)]]);
            let (squares, _) = self.columns.as_chunks_mut::<SIDE>();
            for (i, columns) in squares.iter_mut().take(ROW / SIDE).enumerate() {
                let square = lanes::transposed(rows.map(|row| row.as_chunks().0[i]));
                for (column, keys) in columns.iter_mut().zip(square) {
                    column.as_chunks_mut().0[at] = keys;
                }
            }
        }
    }
}

impl Split {
    /// The leaves that a key rules out, without a branch.
    #[inline(always)]
    fn if_above(&self, key: i16) -> i16 {
        i16::from(key > self.threshold).wrapping_neg() & self.left
    }
}

/// The leaves of both halves.
#[inline(always)]
fn joined(first: i16, second: i16) -> u32 {
    u32::from(second.cast_unsigned()) << HALF | u32::from(first.cast_unsigned())
}

/// For each block the first leaf that is not ruled out.
// Of a power of two, single precision's exponent is the place of its bit; not all vectors have another way to find it.
#[inline(always)]
fn first_left(first: [i16; LANES], second: [i16; LANES]) -> [u32; LANES] {
    let mut leaves = [0; LANES];
    for (leaf, (first, second)) in leaves.iter_mut().zip(first.into_iter().zip(second)) {
        let ruled_out = joined(first, second);
        let lowest = !ruled_out & ruled_out.wrapping_add(1);
        *leaf = ((lowest as i32 as f32).to_bits() >> 23 & 0xff).wrapping_sub(127);
    }
    leaves
}

/// The leaves of a half that each block's keys rule out.
#[inline(always)]
fn ruled_out<S: Simd>(simd: S, splits: &[Split], columns: &Columns) -> [i16; LANES] {
    let none = i16x32::splat(simd, 0);
    let mut ruled_out = none;
    for split in splits {
        let keys = i16x32::simd_from(simd, columns[usize::from(split.feature)]);
        let is_above = keys.simd_gt(i16x32::splat(simd, split.threshold));
        ruled_out |= is_above.select(i16x32::splat(simd, split.left), none);
    }
    ruled_out.into()
}

/// The leaves in the order in which they stand.
fn left_to_right(branchings: &[Branching]) -> Option<Vec<usize>> {
    let mut order = Vec::new();
    let mut ahead = vec![if branchings.is_empty() { Child::Leaf(0) } else { Child::Split(0) }];
    while let Some(child) = ahead.pop() {
        match child {
            Child::Leaf(_) if order.len() == MAX_LEAVES => return None,
            Child::Leaf(leaf) => order.push(leaf),
            Child::Split(split) => {
                let (_, _, [left, right]) = *branchings.get(split)?;
                let is_below = |child| !matches!(child, Child::Split(below) if below <= split);
                if !is_below(left) || !is_below(right) {
                    return None;
                }
                ahead.extend([right, left]);
            }
        }
    }
    Some(order)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row<const N: usize>(features: [f32; N]) -> Row {
        let mut row = Row::new();
        features.into_iter().for_each(|value| row.push(value));
        row
    }

    #[test]
    fn a_tree_sends_small_values_left() {
        let branchings = [(1, 1.0, [Child::Leaf(0), Child::Split(1)]), (0, 5.0, [Child::Leaf(1), Child::Leaf(2)])];
        let mut forest = Forest::default();
        assert!(forest.add(&branchings, &[1.0, 2.0, 3.0]).is_some());
        let rows = [[0.0, 1.0], [5.0, 2.0], [6.0, 2.0]].map(row);
        let keys = rows.each_ref().map(Row::keys);
        assert_eq!(forest.log_odds_above(f32::NEG_INFINITY, &keys), [1.0, 2.0, 3.0]);
        assert_eq!(keys.each_ref().map(|keys| forest.log_odds_of(keys)), [1.0, 2.0, 3.0]);
        assert!(forest.probabilities(&keys).is_sorted());
    }

    #[test]
    fn many_blocks_are_judged_as_each_alone() {
        let branchings = [(0, 10.0, [Child::Leaf(1), Child::Leaf(0)])];
        let mut forest = Forest::default();
        (0..100).for_each(|_| assert!(forest.add(&branchings, &[-0.5, 0.1]).is_some()));
        let keys: Vec<Keys> = (0..50).map(|i| row([i as f32]).keys()).collect();
        let alone: Vec<f32> = keys.iter().flat_map(|keys| forest.probabilities(std::slice::from_ref(keys))).collect();
        assert_eq!(forest.probabilities(&keys), alone);
        // Those that are surely not content are not shown to all trees.
        assert!(alone[10] > 0.99 && alone[11] > 1e-6);
    }

    #[test]
    fn keys_rise_with_values() {
        let values = [f32::NEG_INFINITY, -1e6, -2.5, -1.0, -1e-35, 0.0, 0.001, 0.5, 1.0, 1.002, 8.0, 8.01, 1e6];
        assert!(values.map(key_of).is_sorted());
        assert!(key_of(-1e-35) < key_of(0.0) && key_of(1e-35) < key_of(0.001) && key_of(8.0) < key_of(8.01));
    }

    #[test]
    fn what_is_no_tree_is_refused() {
        let add = |branchings: &[Branching]| Forest::default().add(branchings, &[1.0]).is_some();
        assert!(!add(&[(0, 1.0, [Child::Split(0), Child::Leaf(0)])]));
        assert!(!add(&[(0, 1.0, [Child::Leaf(0), Child::Leaf(1)])]));
        assert!(add(&[]));
    }
}
