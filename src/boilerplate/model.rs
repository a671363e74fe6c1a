//! The learned weights in models/boilerplate.bin, and what they say of a block: boosted trees over its features, two
//! forests for HTML and two for plain text. models/boilerplate.md is their card; train/ makes them.
//!
//! The file, little-endian: `CMB2`; u32 number of features, u32 number of those of a second look; the lexicon: u32 n, n tokens as
//! u32, ascending, f32 scale, n weights as i8; then for the first and the second look at HTML, and those at plain text: u32
//! number of trees, f32 scale of leaves, for each tree u8 number of splits,
//! for each split u8 feature, f32 threshold, i8 left, i8 right (from 0 a split, below the leaf `!n`), and the leaves as i16;
//! at last u8 n and n pairs of f32, expected and measured F1, ascending.

use std::sync::LazyLock;

use super::forest::{Branching, Child, Forest};
use super::lexicon::Lexicon;
use super::outline::Outline;

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let bytes = include_bytes!("../../models/boilerplate.bin");
    Model::read(&mut Reader::new(bytes)).unwrap_or_default()
});

/// The model that is shipped.
pub(super) fn model() -> &'static Model {
    &MODEL
}

/// Everything that was learned.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) lexicon: Lexicon,
    html: Looks,
    plain_text: Looks,
    calibration: Vec<(f32, f32)>,
}

/// What judges the blocks of a page one by one, and what judges them again when it is known how the first look judged
/// what stands round them (stacking; Wolpert, "Stacked generalization", Neural Networks 1992).
#[derive(Debug, Default)]
pub(super) struct Looks {
    pub(super) first: Forest,
    pub(super) second: Forest,
}

impl Model {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        if reader.take(4)? != b"CMB2" {
            return None;
        }
        // Weights for other features than the program's are worse than none.
        let n_features = [super::feature_names().len(), super::context_names().len()];
        if [reader.u32()?, reader.u32()?].map(|n| n as usize) != n_features {
            return None;
        }
        let lexicon = reader.lexicon()?;
        let (html, plain_text) = (reader.looks()?, reader.looks()?);
        let calibration = (0..reader.u8()?).map(|_| Some((reader.f32()?, reader.f32()?))).collect::<Option<_>>()?;
        Some(Self { lexicon, html, plain_text, calibration })
    }

    pub(super) fn looks_at(&self, outline: &Outline) -> &Looks {
        if outline.is_plain_text { &self.plain_text } else { &self.html }
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

/// Reads weights; `None` where there are no more of them.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    pub(super) fn take(&mut self, n: usize) -> Option<&'a [u8]> {
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

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn f32(&mut self) -> Option<f32> {
        self.array().map(f32::from_le_bytes)
    }

    fn lexicon(&mut self) -> Option<Lexicon> {
        let n = self.u32()?;
        let tokens: Vec<u32> = (0..n).map(|_| self.u32()).collect::<Option<_>>()?;
        let scale = self.f32()?;
        let weights: Vec<i8> = (0..n).map(|_| self.i8()).collect::<Option<_>>()?;
        Some(Lexicon::new(&tokens, &weights, scale))
    }

    fn looks(&mut self) -> Option<Looks> {
        Some(Looks { first: self.forest()?, second: self.forest()? })
    }

    pub(super) fn forest(&mut self) -> Option<Forest> {
        let n_trees = self.u32()?;
        let scale = self.f32()?;
        let mut forest = Forest::default();
        for _ in 0..n_trees {
            self.tree(scale, &mut forest)?;
        }
        Some(forest)
    }

    fn tree(&mut self, scale: f32, forest: &mut Forest) -> Option<()> {
        let n_splits = self.u8()?;
        let splits = (0..n_splits).map(|_| self.branching()).collect::<Option<Vec<_>>>()?;
        let leaves = (0..=n_splits).map(|_| Some(f32::from(self.i16()?) * scale)).collect::<Option<Vec<_>>>()?;
        forest.add(&splits, &leaves)
    }

    fn branching(&mut self) -> Option<Branching> {
        let (feature, threshold) = (self.u8()?, self.f32()?);
        let child = |to: i8| usize::try_from(to).map_or(Child::Leaf(!to as usize), Child::Split);
        Some((feature, threshold, [child(self.i8()?), child(self.i8()?)]))
    }
}

#[cfg(test)]
mod tests {
    use super::super::forest::ROW;
    use super::*;

    #[test]
    fn the_shipped_model_is_whole() {
        let mut reader = Reader::new(include_bytes!("../../models/boilerplate.bin"));
        let model = Model::read(&mut reader).unwrap_or_default();
        assert!(reader.bytes.is_empty());
        let n_features = super::super::feature_names().len();
        let n_with_context = n_features + super::super::context_names().len();
        assert!(n_with_context <= ROW);
        for looks in [&model.html, &model.plain_text] {
            for (forest, n_features) in [(&looks.first, n_features), (&looks.second, n_with_context)] {
                assert!((1..=n_features).contains(&forest.n_features()));
            }
        }
    }

    #[test]
    fn calibration_is_linear_between_its_points() {
        let model = Model { calibration: vec![(0.2, 0.1), (0.6, 0.9)], ..Model::default() };
        let calibrated = [0.0, 0.4, 1.0].map(|x| model.calibrated(x));
        assert!((calibrated[1] - 0.5).abs() < 1e-6);
        assert_eq!([calibrated[0], calibrated[2]], [0.1, 0.9]);
    }
}
