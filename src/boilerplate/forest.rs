//! Boosted trees, shown many blocks at once: each tree's splits are gone through in turn for all of them, and rule out the
//! leaves that they lead away from (QuickScorer; Lucchese et al., SIGIR 2015). Nothing waits for the step before.

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
/// Places for features side by side: any number of a feature has one.
const COLUMNS: usize = 1 << u8::BITS;

/// A block's features; the places behind the last are not looked at.
pub(super) type Row = [f32; ROW];

/// A row of features from a block's features in their order.
pub(super) fn row(fill: impl FnOnce(&mut dyn FnMut(f32))) -> Row {
    let mut row = [0.0; ROW];
    let mut places = row.iter_mut();
    fill(&mut |value| places.next().into_iter().for_each(|place| *place = value));
    row
}

/// The features' keys.
type Keys = [i16; ROW];

fn keys_of(row: &Row) -> Keys {
    let mut keys = [0; ROW];
    keys.iter_mut().zip(row).for_each(|(key, value)| *key = key_of(*value));
    keys
}

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
#[derive(Debug, Default)]
pub(super) struct Forest {
    trees: Vec<Tree>,
    /// The features that the trees look at, ascending.
    features: Vec<u8>,
}

/// Where a split leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Child {
    Split(usize),
    Leaf(usize),
}

/// A split of a tree: the feature, the threshold, and where to go with values up to it, and above it.
pub(super) type Branching = (u8, f32, [Child; 2]);

#[derive(Debug)]
pub(super) struct Tree {
    /// The splits that rule out some of the first half of the leaves, and some of the second.
    splits: [Vec<Split>; 2],
    /// The leaves' values, from left to right.
    leaves: [f32; MAX_LEAVES],
}

#[derive(Debug, Clone, Copy)]
struct Split {
    /// Before the tree stands in a forest the feature; then its place among those that the forest looks at.
    feature: u8,
    threshold: i16,
    /// The leaves of the half left of the split, a bit each: keys above the threshold rule them out.
    left: u16,
}

/// Some blocks, side by side.
struct Group {
    blocks: Vec<usize>,
    columns: Box<[[i16; LANES]; COLUMNS]>,
}

impl Forest {
    pub(super) fn new(mut trees: Vec<Tree>) -> Self {
        let mut features: Vec<u8> = trees.iter().flat_map(Tree::all_splits).map(|split| split.feature).collect();
        features.sort_unstable();
        features.dedup();
        for split in trees.iter_mut().flat_map(|tree| tree.splits.iter_mut().flatten()) {
            split.feature = features.partition_point(|feature| *feature < split.feature) as u8;
        }
        Self { trees, features }
    }

    /// The features that the trees look at, ascending.
    #[cfg(test)]
    pub(super) fn features(&self) -> &[u8] {
        &self.features
    }

    /// Probabilities that blocks with these features are content. Blocks that are surely not content after some trees
    /// are not shown to the rest.
    pub(super) fn probabilities(&self, rows: &[Row]) -> Vec<f32> {
        let odds = self.log_odds_above((SURELY_NOT / (1.0 - SURELY_NOT)).ln(), rows);
        odds.into_iter().map(|odds| 1.0 / (1.0 + (-odds).exp())).collect()
    }

    /// The logarithm of the odds by one row alone.
    pub(super) fn log_odds_of(&self, row: &Row) -> f32 {
        let keys = keys_of(row);
        let keys: Vec<i16> = self.features.iter().map(|feature| keys[usize::from(*feature)]).collect();
        self.trees.iter().map(|tree| tree.leaf(&keys)).sum()
    }

    /// The logarithms of the odds that blocks are content.
    pub(super) fn log_odds(&self, rows: &[Row]) -> Vec<f32> {
        self.log_odds_above(f32::NEG_INFINITY, rows)
    }

    /// As long as they are above a least one.
    fn log_odds_above(&self, least: f32, rows: &[Row]) -> Vec<f32> {
        let mut odds = vec![0.0; rows.len()];
        let keys: Vec<Keys> = rows.iter().map(keys_of).collect();
        let mut undecided: Vec<usize> = (0..rows.len()).collect();
        let mut groups = self.groups(&keys, &undecided);
        for trees in self.trees.chunks(TREES_AT_ONCE) {
            for group in &groups {
                group.add_to(&mut odds, least, trees);
            }
            undecided.retain(|&block| odds[block] > least);
            if undecided.len().div_ceil(LANES) < groups.len() {
                groups = self.groups(&keys, &undecided);
            }
        }
        odds
    }

    fn groups(&self, keys: &[Keys], blocks: &[usize]) -> Vec<Group> {
        blocks.chunks(LANES).map(|blocks| Group::new(keys, blocks, &self.features)).collect()
    }
}

impl Group {
    fn new(keys: &[Keys], blocks: &[usize], features: &[u8]) -> Self {
        let mut columns = Box::new([[0; LANES]; COLUMNS]);
        for (lane, &block) in blocks.iter().enumerate() {
            for (column, feature) in columns.iter_mut().zip(features) {
                column[lane] = keys[block][usize::from(*feature)];
            }
        }
        Self { blocks: blocks.to_vec(), columns }
    }

    /// Adds what the trees say to the odds of those blocks that are undecided.
    fn add_to(&self, odds: &mut [f32], least: f32, trees: &[Tree]) {
        let mut sums = [0.0; LANES];
        for (sum, &block) in sums.iter_mut().zip(&self.blocks) {
            *sum = odds[block];
        }
        trees.iter().for_each(|tree| tree.add_to(&mut sums, &self.columns));
        for (sum, &block) in sums.iter().zip(&self.blocks) {
            if odds[block] > least {
                odds[block] = *sum;
            }
        }
    }
}

impl Tree {
    /// Splits come before the splits below them. `None` for what is no tree, or is too large.
    pub(super) fn new(branchings: &[Branching], values: &[f32]) -> Option<Self> {
        let order = left_to_right(branchings)?;
        let mut leaves = [0.0; MAX_LEAVES];
        for (place, leaf) in leaves.iter_mut().zip(&order) {
            *place = *values.get(*leaf)?;
        }
        let mut under = vec![0u32; branchings.len()];
        let mut splits = [Vec::new(), Vec::new()];
        for (i, &(feature, threshold, children)) in branchings.iter().enumerate().rev() {
            let [left, right] = children.map(|child| match child {
                Child::Split(split) => under[split],
                Child::Leaf(leaf) => order.iter().position(|other| *other == leaf).map_or(0, |place| 1 << place),
            });
            under[i] = left | right;
            for (splits, left) in splits.iter_mut().zip([left as u16, (left >> HALF) as u16]) {
                if left != 0 {
                    splits.push(Split { feature, threshold: key_of(threshold), left });
                }
            }
        }
        Some(Self { splits, leaves })
    }

    fn all_splits(&self) -> impl Iterator<Item = &Split> {
        self.splits.iter().flatten()
    }

    /// The value of the leaf that the keys of one row lead to.
    fn leaf(&self, keys: &[i16]) -> f32 {
        let ruled_out = |split: &Split| split.if_above(keys[usize::from(split.feature)]);
        let [first, second] = [0, 1].map(|half: usize| self.splits[half].iter().fold(0, |all, split| all | ruled_out(split)));
        self.leaves[joined(first, second).trailing_ones() as usize % MAX_LEAVES]
    }

    fn add_to(&self, sums: &mut [f32; LANES], columns: &[[i16; LANES]; COLUMNS]) {
        let [first, second] = [0, 1].map(|half| ruled_out(&self.splits[half], columns));
        for (sum, leaf) in sums.iter_mut().zip(first_left(&first, &second)) {
            *sum += self.leaves[leaf as usize % MAX_LEAVES];
        }
    }
}

impl Split {
    /// The leaves that a key rules out, without a branch.
    #[inline(always)]
    fn if_above(&self, key: i16) -> u16 {
        u16::from(key > self.threshold).wrapping_neg() & self.left
    }
}

/// The leaves of both halves.
fn joined(first: u16, second: u16) -> u32 {
    u32::from(second) << HALF | u32::from(first)
}

/// For each block the first leaf that is not ruled out.
// Of a power of two, single precision's exponent is the place of its bit; vectors have no other way to find it.
#[inline(never)]
fn first_left(first: &[u16; LANES], second: &[u16; LANES]) -> [u32; LANES] {
    let mut leaves = [0; LANES];
    for (leaf, (first, second)) in leaves.iter_mut().zip(first.iter().zip(second)) {
        let ruled_out = joined(*first, *second);
        let lowest = !ruled_out & ruled_out.wrapping_add(1);
        *leaf = ((lowest as i32 as f32).to_bits() >> 23 & 0xff).wrapping_sub(127);
    }
    leaves
}

/// The leaves of a half that each block's keys rule out.
// By itself, so that the compiler makes vectors of the lanes.
#[inline(never)]
fn ruled_out(splits: &[Split], columns: &[[i16; LANES]; COLUMNS]) -> [u16; LANES] {
    let mut ruled_out = [0; LANES];
    for split in splits {
        let column = &columns[usize::from(split.feature)];
        for (ruled_out, key) in ruled_out.iter_mut().zip(column) {
            *ruled_out |= split.if_above(*key);
        }
    }
    ruled_out
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

    #[test]
    fn a_tree_sends_small_values_left() {
        let branchings = [(1, 1.0, [Child::Leaf(0), Child::Split(1)]), (0, 5.0, [Child::Leaf(1), Child::Leaf(2)])];
        let forest = Forest::new(Tree::new(&branchings, &[1.0, 2.0, 3.0]).into_iter().collect());
        let rows = [[0.0, 1.0], [5.0, 2.0], [6.0, 2.0]].map(|features| row(|take| features.into_iter().for_each(take)));
        assert_eq!(forest.log_odds(&rows), [1.0, 2.0, 3.0]);
        assert_eq!(rows.each_ref().map(|row| forest.log_odds_of(row)), [1.0, 2.0, 3.0]);
        assert!(forest.probabilities(&rows).is_sorted());
    }

    #[test]
    fn many_blocks_are_judged_as_each_alone() {
        let branchings = [(0, 10.0, [Child::Leaf(1), Child::Leaf(0)])];
        let tree = |_| Tree::new(&branchings, &[-0.5, 0.1]);
        let forest = Forest::new((0..100).filter_map(tree).collect());
        let rows: Vec<Row> = (0..50).map(|i| row(|take| take(i as f32))).collect();
        let alone: Vec<f32> = rows.iter().flat_map(|row| forest.probabilities(std::slice::from_ref(row))).collect();
        assert_eq!(forest.probabilities(&rows), alone);
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
        assert!(Tree::new(&[(0, 1.0, [Child::Split(0), Child::Leaf(0)])], &[1.0]).is_none());
        assert!(Tree::new(&[(0, 1.0, [Child::Leaf(0), Child::Leaf(1)])], &[1.0]).is_none());
        assert!(Tree::new(&[], &[1.0]).is_some());
    }
}
