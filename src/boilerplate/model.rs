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
    pub(super) n_features: usize,
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
        let n_features = reader.u32()? as usize;
        let lexicon = reader.lexicon()?;
        let (html, plain_text) = (Forest::read(reader)?, Forest::read(reader)?);
        let calibration = (0..reader.u8()?).map(|_| Some((reader.f32()?, reader.f32()?))).collect::<Option<_>>()?;
        Some(Self { n_features, lexicon, html, plain_text, calibration })
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
const TREES_AT_ONCE: usize = 50;
/// The logarithm of the odds below which a block is surely not content: a probability of 3 %.
const SURELY_NOT: f32 = -3.5;

/// Trees whose leaves add up to the logarithm of the odds.
#[derive(Debug, Default)]
pub(super) struct Forest {
    splits: Vec<Split>,
    leaves: Vec<f32>,
    trees: Vec<Tree>,
}

/// Where a tree's splits and leaves begin. A tree without splits has one leaf.
#[derive(Debug)]
struct Tree {
    first_split: usize,
    first_leaf: usize,
    n_splits: u8,
}

#[derive(Debug, Clone, Copy)]
struct Split {
    threshold: f32,
    feature: u8,
    /// Where to go with values up to the threshold, and above it.
    children: [i8; 2],
}

impl Forest {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let mut forest = Self::default();
        let n_trees = reader.u32()?;
        let scale = reader.f32()?;
        for _ in 0..n_trees {
            let tree = Tree { first_split: forest.splits.len(), first_leaf: forest.leaves.len(), n_splits: reader.u8()? };
            for _ in 0..tree.n_splits {
                let (feature, threshold) = (reader.u8()?, reader.f32()?);
                forest.splits.push(Split { feature, threshold, children: [reader.i8()?, reader.i8()?] });
            }
            for _ in 0..=tree.n_splits {
                forest.leaves.push(f32::from(reader.i16()?) * scale);
            }
            forest.trees.push(tree);
        }
        Some(forest)
    }

    /// Probabilities that blocks are content: `rows` holds the features of one after the other. Blocks that are surely not
    /// content after some trees are not shown to the rest.
    pub(super) fn probabilities(&self, rows: &[f32], n_features: usize) -> Vec<f32> {
        let row = |block: usize| &rows[block * n_features..(block + 1) * n_features];
        let mut odds = vec![0.0; rows.len() / n_features.max(1)];
        let mut undecided: Vec<usize> = (0..odds.len()).collect();
        for trees in self.trees.chunks(TREES_AT_ONCE) {
            for tree in trees {
                undecided.iter().for_each(|&block| odds[block] += self.leaf(tree, row(block)));
            }
            undecided.retain(|&block| odds[block] > SURELY_NOT);
        }
        odds.into_iter().map(|odds: f32| 1.0 / (1.0 + (-odds).exp())).collect()
    }

    pub(super) fn log_odds(&self, features: &[f32]) -> f32 {
        self.trees.iter().map(|tree| self.leaf(tree, features)).sum()
    }

    fn leaf(&self, tree: &Tree, features: &[f32]) -> f32 {
        let mut at = if tree.n_splits == 0 { -1 } else { 0 };
        while at >= 0 {
            let split = &self.splits[tree.first_split + at as usize];
            at = split.children[usize::from(features[usize::from(split.feature)] > split.threshold)];
        }
        self.leaves[tree.first_leaf + !at as usize]
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
        let features = |forest: &Forest| forest.splits.iter().all(|split| usize::from(split.feature) < model.n_features);
        assert!(features(&model.html) && features(&model.plain_text));
        assert!(!model.html.trees.is_empty() && !model.plain_text.trees.is_empty());
    }

    #[test]
    fn a_tree_sends_small_values_left() {
        let splits = vec![Split { threshold: 1.0, feature: 0, children: [!0, !1] }];
        let tree = Tree { first_split: 0, first_leaf: 0, n_splits: 1 };
        let forest = Forest { splits, leaves: vec![-2.0, 2.0], trees: vec![tree] };
        assert_eq!([forest.log_odds(&[1.0]), forest.log_odds(&[1.1])], [-2.0, 2.0]);
        let probabilities = forest.probabilities(&[1.0, 1.1], 1);
        assert!(probabilities[0] < 0.5 && probabilities[1] > 0.5);
    }

    #[test]
    fn calibration_is_linear_between_its_points() {
        let model = Model { calibration: vec![(0.2, 0.1), (0.6, 0.9)], ..Model::default() };
        let calibrated = [0.0, 0.4, 1.0].map(|x| model.calibrated(x));
        assert!((calibrated[1] - 0.5).abs() < 1e-6);
        assert_eq!([calibrated[0], calibrated[2]], [0.1, 0.9]);
    }
}
