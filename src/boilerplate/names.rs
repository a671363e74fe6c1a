//! The classes, ids and the like of a page's elements, each written down once or few times however many elements have it.

use std::ops::Range;

/// One of the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NameId(u32);

impl NameId {
    pub(super) const NONE: Self = Self(0);

    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Longer names are cut: they are data, not names.
const MAX_NAME: usize = 1024;
/// Places for names that were looked up. Pages have some dozens that come again and again.
const MEMO: usize = 512;

/// Names as they are written in attributes.
#[derive(Debug)]
pub(super) struct Names {
    text: String,
    /// Where each name ends in `text`; it begins where the one before ends.
    ends: Vec<u32>,
    /// By a hash, the name that was looked up last.
    memo: Vec<NameId>,
}

impl Names {
    pub(super) fn new() -> Self {
        Self { text: String::new(), ends: vec![0], memo: vec![NameId::NONE; MEMO] }
    }

    /// How many there are, with that for none.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, id: NameId) -> &str {
        &self.text[self.range_of(id)]
    }

    fn range_of(&self, id: NameId) -> Range<usize> {
        let start = id.index().checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[id.index()] as usize
    }

    #[inline]
    pub(super) fn id_of(&mut self, name: &str) -> NameId {
        if name.is_empty() { NameId::NONE } else { self.id_of_some(beginning(name)) }
    }

    fn id_of_some(&mut self, name: &str) -> NameId {
        let slot = slot_of(name.as_bytes());
        let known = self.memo[slot];
        if &self.text.as_bytes()[self.range_of(known)] == name.as_bytes() {
            return known;
        }
        self.text.push_str(name);
        let id = NameId(self.ends.len() as u32);
        self.ends.push(self.text.len() as u32);
        self.memo[slot] = id;
        id
    }
}

fn beginning(name: &str) -> &str {
    if name.len() <= MAX_NAME {
        return name;
    }
    let mut end = MAX_NAME;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}

/// A slot by the length and the first, the middle and the last eight bytes.
fn slot_of(name: &[u8]) -> usize {
    let short = || name.iter().fold(0u64, |word, &byte| word << 8 | u64::from(byte));
    let first = name.first_chunk().map_or_else(short, |eight| u64::from_le_bytes(*eight));
    let last = name.last_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
    let middle = name[name.len() / 2..].first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
    let mixed = first ^ last.rotate_left(29) ^ middle.rotate_left(17) ^ name.len() as u64;
    (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % MEMO
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_id() {
        let mut names = Names::new();
        let ids = ["", "a", "b c", "a", "größe"].map(|name| names.id_of(name));
        assert_eq!(ids.map(|id| names.get(id).to_owned()), ["", "a", "b c", "a", "größe"]);
        assert_eq!(ids[1], ids[3]);
        assert_eq!(names.len(), 4);
        let long = names.id_of(&"é".repeat(MAX_NAME));
        assert_eq!(names.get(long).len(), MAX_NAME);
    }
}
