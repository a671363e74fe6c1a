//! The learned weights in models/boilerplate.bin, and what they say of a block: boosted trees over its features, one
//! forest for HTML and one for plain text. models/boilerplate.md is their card; train/ makes them.
//!
//! The file, little-endian: `CMB1`; u32 number of features; the lexicon: u32 n, n tokens as u32, ascending, f32 scale, n weights
//! as i8; then for HTML and for plain text: u32 number of trees, f32 scale of leaves, for each tree u8 number of splits,
//! for each split u8 feature, f32 threshold, i8 left, i8 right (from 0 a split, below the leaf `!n`), and the leaves as i16;
//! at last u8 n and n pairs of f32, expected and measured F1, ascending.

use std::sync::LazyLock;

use super::lexicon::Lexicon;
use super::outline::Outline;

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let bytes = include_bytes!("../../models/boilerplate.bin");
    Model::read(&mut Reader { bytes }).unwrap_or_default()
});

/// The model that is shipped.
pub(super) fn model() -> &'static Model {
    &MODEL
}

/// Everything that was learned.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) lexicon: Lexicon,
    html: Forest,
    plain_text: Forest,
    calibration: Vec<(f32, f32)>,
}

impl Model {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        if reader.take(4)? != b"CMB1" {
            return None;
        }
        // Weights for other features than the program's are worse than none.
        if reader.u32()? as usize != super::feature_names().len() {
            return None;
        }
        let lexicon = reader.lexicon()?;
        let (html, plain_text) = (Forest::read(reader)?, Forest::read(reader)?);
        let calibration = (0..reader.u8()?).map(|_| Some((reader.f32()?, reader.f32()?))).collect::<Option<_>>()?;
        Some(Self { lexicon, html, plain_text, calibration })
    }

    pub(super) fn forest_for(&self, outline: &Outline) -> &Forest {
        if outline.is_plain_text() { &self.plain_text } else { &self.html }
    }

    /// The F1 that pages have on which so much was expected, both 0 to 1.
    pub(super) fn calibrated(&self, expected: f32) -> f32 {
        let after = self.calibration.partition_point(|(x, _)| *x < expected);
        let (Some(&(x1, y1)), Some(&(x0, y0))) = (self.calibration.get(after), self.calibration.get(after.wrapping_sub(1)))
        else {
            let nearest = if after == 0 { self.calibration.first() } else { self.calibration.last() };
            return nearest.map_or(expected, |(_, y)| *y);
        };
        y0 + (y1 - y0) * (expected - x0) / (x1 - x0)
    }
}

/// Trees after which it is asked again which blocks are undecided.
const TREES_AT_ONCE: usize = 25;
/// The logarithm of the odds below which a block is surely not content: a probability of 5 %.
const SURELY_NOT: f32 = -3.0;
/// Nodes of a tree, at most; a power of two.
const MAX_NODES: usize = 64;
/// Blocks that go down a tree side by side, so that the processor need not wait for one.
const LANES: usize = 8;
/// Places in a row of features, a power of two.
const ROW: usize = 128;

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
}

#[derive(Debug)]
struct Tree {
    nodes: [Node; MAX_NODES],
    /// Steps to the leaf that is farthest from the root.
    depth: usize,
}

/// A split, or a leaf: that has itself for children, and its value for a threshold.
#[derive(Debug, Clone, Copy, Default)]
struct Node {
    threshold: f32,
    feature: u8,
    /// Where to go with values up to the threshold, and above it.
    children: [u8; 2],
}

impl Forest {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let n_trees = reader.u32()?;
        let scale = reader.f32()?;
        let trees = (0..n_trees).map(|_| Tree::read(reader, scale)).collect::<Option<_>>()?;
        Some(Self { trees })
    }

    /// Probabilities that blocks with these features are content. Blocks that are surely not content after some trees
    /// are not shown to the rest.
    pub(super) fn probabilities(&self, rows: &[Row]) -> Vec<f32> {
        let mut odds = vec![0.0; rows.len()];
        let mut undecided: Vec<usize> = (0..rows.len()).collect();
        for trees in self.trees.chunks(TREES_AT_ONCE) {
            for tree in trees {
                undecided.chunks(LANES).for_each(|lanes| tree.add_to(&mut odds, rows, lanes));
            }
            undecided.retain(|&block| odds[block] > SURELY_NOT);
        }
        odds.into_iter().map(|odds: f32| 1.0 / (1.0 + (-odds).exp())).collect()
    }

    /// The logarithm of the odds that a block is content.
    pub(super) fn log_odds(&self, row: &Row) -> f32 {
        let mut odds = [0.0];
        self.trees.iter().for_each(|tree| tree.add_to(&mut odds, std::slice::from_ref(row), &[0]));
        odds[0]
    }
}

impl Tree {
    /// Splits come before the splits below them. `None` for a tree that is too large or leads outside of itself.
    fn read(reader: &mut Reader<'_>, scale: f32) -> Option<Self> {
        let n_splits = usize::from(reader.u8()?);
        let mut nodes = [Node::default(); MAX_NODES];
        let mut depths = [0; MAX_NODES];
        let (splits, leaves) = nodes.get_mut(..2 * n_splits + 1)?.split_at_mut(n_splits);
        for (i, split) in splits.iter_mut().enumerate() {
            let (feature, threshold) = (reader.u8()?, reader.f32()?);
            let children = [reader.i8()?, reader.i8()?].map(|to| if to < 0 { n_splits + !to as usize } else { to as usize });
            let below = depths[i] + 1;
            children.iter().try_for_each(|&child| depths.get_mut(child).map(|depth| *depth = below))?;
            *split = Node { threshold, feature, children: children.map(|child| child as u8) };
        }
        for (leaf, place) in leaves.iter_mut().zip(n_splits..) {
            *leaf = Node { threshold: f32::from(reader.i16()?) * scale, feature: 0, children: [place as u8; 2] };
        }
        let depth = depths.into_iter().max().unwrap_or(0);
        Some(Self { nodes, depth })
    }

    fn add_to(&self, odds: &mut [f32], rows: &[Row], lanes: &[usize]) {
        let mut at = [0; LANES];
        for _ in 0..self.depth {
            for (at, &block) in at.iter_mut().zip(lanes) {
                let node = self.node(*at);
                let value = rows[block][usize::from(node.feature) % ROW];
                *at = node.children[usize::from(value > node.threshold)];
            }
        }
        for (at, &block) in at.iter().zip(lanes) {
            odds[block] += self.node(*at).threshold;
        }
    }

    fn node(&self, at: u8) -> &Node {
        &self.nodes[usize::from(at) % MAX_NODES]
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(n)?;
        self.bytes = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn u8(&mut self) -> Option<u8> {
        self.array().map(u8::from_le_bytes)
    }

    fn i8(&mut self) -> Option<i8> {
        self.array().map(i8::from_le_bytes)
    }

    fn i16(&mut self) -> Option<i16> {
        self.array().map(i16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn f32(&mut self) -> Option<f32> {
        self.array().map(f32::from_le_bytes)
    }

    fn lexicon(&mut self) -> Option<Lexicon> {
        let n = self.u32()?;
        let tokens = (0..n).map(|_| self.u32()).collect::<Option<_>>()?;
        let scale = self.f32()?;
        let weights = (0..n).map(|_| Some(f32::from(self.i8()?) * scale)).collect::<Option<_>>()?;
        Some(Lexicon::new(tokens, weights))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_model_is_whole() {
        let mut reader = Reader { bytes: include_bytes!("../../models/boilerplate.bin") };
        let model = Model::read(&mut reader).unwrap_or_default();
        assert!(reader.bytes.is_empty());
        let n_features = super::super::feature_names().len();
        assert!(n_features <= ROW);
        for tree in model.html.trees.iter().chain(&model.plain_text.trees) {
            assert!(tree.nodes.iter().all(|node| usize::from(node.feature) < n_features));
        }
        assert!(!model.html.trees.is_empty() && !model.plain_text.trees.is_empty());
    }

    #[test]
    fn a_tree_sends_small_values_left() {
        let bytes =
            [&[2, 1][..], &1.0f32.to_le_bytes(), &[!0u8, 1, 0], &5.0f32.to_le_bytes(), &[!1, !2], &[1, 0, 2, 0, 3, 0]].concat();
        let tree = Tree::read(&mut Reader { bytes: &bytes }, 1.0).into_iter();
        let forest = Forest { trees: tree.collect() };
        let rows = [[0.0, 1.0], [5.0, 2.0], [6.0, 2.0]].map(|features| row(|take| features.into_iter().for_each(take)));
        assert_eq!(rows.each_ref().map(|row| forest.log_odds(row)), [1.0, 2.0, 3.0]);
        assert!(forest.probabilities(&rows).is_sorted());
        assert!(Tree::read(&mut Reader { bytes: &bytes[..9] }, 1.0).is_none());
    }

    #[test]
    fn calibration_is_linear_between_its_points() {
        let model = Model { calibration: vec![(0.2, 0.1), (0.6, 0.9)], ..Model::default() };
        let calibrated = [0.0, 0.4, 1.0].map(|x| model.calibrated(x));
        assert!((calibrated[1] - 0.5).abs() < 1e-6);
        assert_eq!([calibrated[0], calibrated[2]], [0.1, 0.9]);
    }
}
