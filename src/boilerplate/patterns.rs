//! Which elements of a page look alike.

use foldhash::{HashMap, HashMapExt};

use super::content::Content;
use super::outline::Outline;

/// The patterns of a page's elements: which of them look alike and stand in parents that look alike.
pub(super) struct Patterns {
    /// For each element the number of its pattern; 0 for those without text.
    pub(super) of_elements: Vec<u32>,
    pub(super) contents: Vec<Content>,
}

impl Patterns {
    pub(super) fn of(outline: &Outline, holds_text: &[bool], contents: &[Content]) -> Self {
        let mut numbers: HashMap<u64, u32> = HashMap::new();
        let mut patterns = Self { of_elements: vec![0; outline.elements.len()], contents: vec![Content::default()] };
        for i in (1..outline.elements.len()).filter(|&i| holds_text[i]) {
            let number = *numbers.entry(pattern(outline, i)).or_insert(patterns.contents.len() as u32);
            if number as usize == patterns.contents.len() {
                patterns.contents.push(Content::default());
            }
            patterns.of_elements[i] = number;
            patterns.contents[number as usize].add(contents[i]);
        }
        patterns
    }
}

/// Elements of one tag and class look alike.
fn look(outline: &Outline, element: usize) -> u64 {
    let element = &outline.elements[element];
    (element.class.index() as u64) << 8 | element.tag as u64
}

/// Elements that look alike inside elements that look alike.
fn pattern(outline: &Outline, element: usize) -> u64 {
    let parent = outline.elements[element].parent as usize;
    look(outline, element) << 32 | look(outline, parent) & 0xffff_ffff
}

/// For each element that holds text how many children of its parent look like it, with itself.
pub(super) fn siblings_alike(outline: &Outline, holds_text: &[bool]) -> Vec<u32> {
    let holders = || (1..outline.elements.len()).filter(|&i| holds_text[i]);
    let key = |i: usize| (outline.elements[i].parent, look(outline, i));
    let mut counts: HashMap<(u32, u64), u32> = HashMap::new();
    holders().for_each(|i| *counts.entry(key(i)).or_default() += 1);
    let mut alike = vec![0; outline.elements.len()];
    holders().for_each(|i| alike[i] = counts[&key(i)]);
    alike
}
