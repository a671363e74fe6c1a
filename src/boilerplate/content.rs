//! How much text an element holds, and of what sort.

use super::facts::Facts;
use super::measures::Measures;
use super::outline::Outline;

pub(super) fn share(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// What an element, or all elements of a pattern, hold.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Content {
    pub(super) words: f32,
    pub(super) linked: f32,
    pub(super) prose: f32,
    pub(super) blocks: f32,
}

impl Content {
    pub(super) fn add(&mut self, other: Self) {
        self.words += other.words;
        self.linked += other.linked;
        self.prose += other.prose;
        self.blocks += other.blocks;
    }

    pub(super) fn of(measures: &Measures) -> Self {
        Self { words: measures.words, linked: measures.linked(), prose: measures.prose(), blocks: 1.0 }
    }

    pub(super) fn link_share(&self) -> f32 {
        share(self.linked, self.words)
    }

    pub(super) fn prose_share(&self) -> f32 {
        share(self.prose, self.words)
    }
}

/// What each element holds with all inside it.
pub(super) fn of_elements(outline: &Outline, measures: &[Measures]) -> Vec<Content> {
    let mut contents = vec![Content::default(); outline.elements.len()];
    for (block, measures) in outline.blocks.iter().zip(measures) {
        contents[block.element as usize].add(Content::of(measures));
    }
    for i in (1..contents.len()).rev() {
        let content = contents[i];
        contents[outline.elements[i].parent as usize].add(content);
    }
    contents
}

/// What stands in the blocks with a fact.
pub(super) fn of_blocks_with(outline: &Outline, measures: &[Measures], fact: Facts) -> Content {
    let mut content = Content::default();
    let blocks = outline.blocks.iter().zip(measures).filter(|(block, _)| block.facts.has(fact));
    blocks.for_each(|(_, measures)| content.add(Content::of(measures)));
    content
}
