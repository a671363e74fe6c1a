//! How far the elements of a page are from the one with the most text.

use super::content::Content;
use super::facts::Facts;
use super::measures::Measures;
use super::outline::Outline;

/// How far an element is from the element whose children hold the most prose.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ToBest {
    /// Steps up to the first element that is also round the best one.
    pub(super) up: u16,
    /// Steps from there down to the best one.
    pub(super) down: u16,
}

/// The element whose own blocks and children hold the most prose stands where the text is (after Readability).
fn best_element(outline: &Outline, measures: &[Measures], contents: &[Content]) -> usize {
    let mut scores = vec![0.0f32; outline.elements.len()];
    for (block, measures) in outline.blocks.iter().zip(measures) {
        let prose = if block.facts.has(Facts::HIDDEN) { 0.0 } else { measures.prose() };
        let element = block.element as usize;
        let parent = outline.elements[element].parent as usize;
        scores[element] += prose / 2.0;
        scores[parent] += prose;
        scores[outline.elements[parent].parent as usize] += prose / 2.0;
    }
    let score = |i: usize| scores[i] * (1.0 - contents[i].link_share());
    (0..scores.len()).fold(0, |best, i| if score(i) > score(best) { i } else { best })
}

/// For each element how far it is from the best one.
pub(super) fn distances(outline: &Outline, measures: &[Measures], contents: &[Content]) -> Vec<ToBest> {
    let mut path = vec![best_element(outline, measures, contents)];
    while let Some(&at) = path.last()
        && at != 0
    {
        path.push(outline.elements[at].parent as usize);
    }
    let mut distances: Vec<ToBest> = Vec::with_capacity(outline.elements.len());
    let mut down = vec![None; outline.elements.len()];
    path.iter().zip(0..).for_each(|(&element, steps)| down[element] = Some(steps));
    for (i, element) in outline.elements.iter().enumerate() {
        let outer = distances.get(element.parent as usize).copied().unwrap_or_default();
        let below = ToBest { up: outer.up.saturating_add(1), ..outer };
        distances.push(down[i].map_or(below, |down| ToBest { up: 0, down }));
    }
    distances
}
