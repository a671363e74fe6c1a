//! What the judge is given to judge pages by, for those who train it.

use super::context::Context;
use super::features::Described;
use super::lexicon::Lexicon;
use super::markup::Markup;
use super::outline::Block;
use super::scanner::Scanned;
use super::{HtmlEngine, judge, lists, page_type, scanned, text};
use crate::document::Page;

/// A block of a page with what the judge is given to judge it by.
#[derive(Debug, Clone)]
pub struct DescribedBlock {
    /// Its text; lines inside are separated by line feeds.
    pub text: String,
    /// The features in the order of [`feature_names`]; those of a lexicon that knows nothing are 0.
    pub features: Vec<f32>,
    /// The element that it stands in, an index into the page's elements.
    pub element: usize,
    /// The hashed words of a short text.
    pub tokens: Vec<u32>,
    /// The hashed words of a text that is not short.
    pub prose_tokens: Vec<u32>,
    /// The last heading before it, and the last heading or label, as indices into the page's blocks.
    pub above: [Option<usize>; 2],
    /// The number of the list or table that it is an item or row of.
    pub list: Option<usize>,
}

/// A page as training needs it.
#[derive(Debug, Clone)]
pub struct DescribedPage {
    /// Each element's parent and the hashed tokens of its tag, class, id, role and itemprop; the root is its own parent.
    pub elements: Vec<(usize, Vec<u32>)>,
    /// The blocks in reading order.
    pub blocks: Vec<DescribedBlock>,
    /// What its address says of its kind.
    pub address: Vec<f32>,
}

/// Describes a page without the help of anything learned: what training begins with.
pub fn describe(page: &Page) -> DescribedPage {
    let Scanned { outline, markup, .. } = scanned(page, HtmlEngine::Scanner);
    let described = Described::new(&outline, &markup, &Lexicon::default());
    let lists = lists::of_blocks(&outline);
    let block = |(i, block): (usize, &Block)| {
        let mut features = Vec::new();
        described.features(i, |_, value| features.push(value));
        DescribedBlock {
            text: outline.text_of(block).to_owned(),
            features,
            element: block.element as usize,
            tokens: described.text_tokens(i),
            prose_tokens: described.prose_tokens(i),
            above: described.blocks_above(i),
            list: lists[i],
        }
    };
    let element = |i: usize| (outline.elements[i].parent as usize, described.element_tokens(i));
    DescribedPage {
        elements: (0..outline.elements.len()).map(element).collect(),
        blocks: outline.blocks.iter().enumerate().map(block).collect(),
        address: page_type::address(&page.provenance.url).to_vec(),
    }
}

/// The names of the features that blocks are judged by, in their order.
pub fn feature_names() -> Vec<&'static str> {
    let outline = text::outline("x");
    let mut names = Vec::new();
    Described::new(&outline, &Markup::default(), &Lexicon::default()).features(0, |name, _| names.push(name));
    names
}

/// What a first look at a page, which found these probabilities, says of each of its blocks: what training goes on with.
pub fn describe_in_context(page: &Page, mut probabilities: Vec<f32>) -> Vec<Vec<f32>> {
    let Scanned { outline, markup, .. } = scanned(page, HtmlEngine::Scanner);
    let described = Described::new(&outline, &markup, &Lexicon::default());
    judge::rule_out(&judge::ruled_out(&outline, &described), &mut probabilities);
    let context = Context::new(&described, &probabilities);
    let of_block = |block| {
        let mut features = Vec::new();
        context.features(block, |_, value| features.push(value));
        features
    };
    (0..outline.blocks.len()).map(of_block).collect()
}

/// The names of what a first look says of a block, in their order: they follow the features.
pub fn context_names() -> Vec<&'static str> {
    let outline = text::outline("x");
    let described = Described::new(&outline, &Markup::default(), &Lexicon::default());
    let mut names = Vec::new();
    Context::new(&described, &[0.0]).features(0, |name, _| names.push(name));
    names
}
