//! Boosted trees, shown many blocks at once: each tree's splits are gone through in turn for all of them, and rule out the
//! leaves that they lead away from (QuickScorer; Lucchese et al., SIGIR 2015). Nothing waits for the step before.

/// Trees after which it is asked again which blocks are undecided.
const TREES_AT_ONCE: usize = 25;
/// A block that is less probable is surely not content, and is not looked at any longer.
pub(super) const SURELY_NOT: f32 = 0.05;
/// Leaves of a tree, at most.
const MAX_LEAVES: usize = u32::BITS as usize;
/// Blocks that are shown to a tree at once.
const LANES: usize = 32;
/// Places in a row of features.
pub(super) const ROW: usize = 160;

/// A block's features; the places behind the last are not looked at.
pub(super) type Row = [f32; ROW];

/// A row of features from a block's features in their order.
pub(super) fn row(fill: impl FnOnce(&mut dyn FnMut(f32))) -> Row {
    let mut row = [0.0; ROW];
    let mut places = row.iter_mut();
    fill(&mut |value| places.next().into_iter().for_each(|place| *place = value));
    row
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
    splits: Vec<Split>,
    /// The leaves' values, from left to right.
    leaves: [f32; MAX_LEAVES],
}

#[derive(Debug, Clone, Copy)]
struct Split {
    /// Before the tree stands in a forest the feature; then its place among those that the forest looks at.
    feature: u8,
    threshold: f32,
    /// The leaves left of the split, a bit each: values above the threshold rule them out.
    left: u32,
}

/// Some blocks, side by side.
struct Group {
    blocks: Vec<usize>,
    columns: Box<[[f32; LANES]; ROW]>,
}

impl Forest {
    pub(super) fn new(mut trees: Vec<Tree>) -> Self {
        let mut features: Vec<u8> = trees.iter().flat_map(|tree| &tree.splits).map(|split| split.feature).collect();
        features.sort_unstable();
        features.dedup();
        for split in trees.iter_mut().flat_map(|tree| &mut tree.splits) {
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

    /// The logarithms of the odds that blocks are content.
    pub(super) fn log_odds(&self, rows: &[Row]) -> Vec<f32> {
        self.log_odds_above(f32::NEG_INFINITY, rows)
    }

    /// As long as they are above a least one.
    fn log_odds_above(&self, least: f32, rows: &[Row]) -> Vec<f32> {
        let mut odds = vec![0.0; rows.len()];
        let mut undecided: Vec<usize> = (0..rows.len()).collect();
        let mut groups = self.groups(rows, &undecided);
        for trees in self.trees.chunks(TREES_AT_ONCE) {
            for group in &groups {
                group.add_to(&mut odds, least, trees);
            }
            undecided.retain(|&block| odds[block] > least);
            if undecided.len().div_ceil(LANES) < groups.len() {
                groups = self.groups(rows, &undecided);
            }
        }
        odds
    }

    fn groups(&self, rows: &[Row], blocks: &[usize]) -> Vec<Group> {
        blocks.chunks(LANES).map(|blocks| Group::new(rows, blocks, &self.features)).collect()
    }
}

impl Group {
    fn new(rows: &[Row], blocks: &[usize], features: &[u8]) -> Self {
        let mut columns = Box::new([[0.0; LANES]; ROW]);
        for (lane, &block) in blocks.iter().enumerate() {
            for (column, feature) in columns.iter_mut().zip(features) {
                column[lane] = rows[block][usize::from(*feature)];
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
        let mut under = vec![0; branchings.len()];
        let mut splits = Vec::new();
        for (i, &(feature, threshold, children)) in branchings.iter().enumerate().rev() {
            let [left, right] = children.map(|child| match child {
                Child::Split(split) => under[split],
                Child::Leaf(leaf) => order.iter().position(|other| *other == leaf).map_or(0, |place| 1 << place),
            });
            under[i] = left | right;
            splits.push(Split { feature, threshold, left });
        }
        Some(Self { splits, leaves })
    }

    fn add_to(&self, sums: &mut [f32; LANES], columns: &[[f32; LANES]; ROW]) {
        let ruled_out = self.ruled_out(columns);
        for (sum, ruled_out) in sums.iter_mut().zip(ruled_out) {
            *sum += self.leaves[ruled_out.trailing_ones() as usize % MAX_LEAVES];
        }
    }

    // By itself, so that the compiler makes vectors of the lanes.
    #[inline(never)]
    fn ruled_out(&self, columns: &[[f32; LANES]; ROW]) -> [u32; LANES] {
        let mut ruled_out = [0u32; LANES];
        for split in &self.splits {
            let column = &columns[usize::from(split.feature) % ROW];
            for (ruled_out, value) in ruled_out.iter_mut().zip(column) {
                *ruled_out |= u32::from(*value > split.threshold).wrapping_neg() & split.left;
            }
        }
        ruled_out
    }
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
    fn what_is_no_tree_is_refused() {
        assert!(Tree::new(&[(0, 1.0, [Child::Split(0), Child::Leaf(0)])], &[1.0]).is_none());
        assert!(Tree::new(&[(0, 1.0, [Child::Leaf(0), Child::Leaf(1)])], &[1.0]).is_none());
        assert!(Tree::new(&[], &[1.0]).is_some());
    }
}
