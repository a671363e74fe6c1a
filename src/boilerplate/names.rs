//! The classes, ids and the like of a page's elements, each written down once or few times however many elements have it.

use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::FixedState;
use foldhash::{HashMap, HashMapExt};

use crate::hash::SPREAD;
use crate::near;

/// One of the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
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
    /// By a slot, the name that was looked up last.
    memo: Vec<NameId>,
    /// By a hash of the whole name, the first that has it.
    known: HashMap<u64, NameId>,
}

impl Names {
    pub(super) fn new() -> Self {
        Self { text: String::new(), ends: vec![0], memo: vec![NameId::NONE; MEMO], known: HashMap::new() }
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

    /// The id of a name: all that are alike have the same.
    #[inline]
    pub(super) fn id_of(&mut self, name: &str) -> NameId {
        self.remembered(name, |names, name| {
            let hash = FixedState::default().hash_one(name);
            let known = names.known.get(&hash).copied();
            let id = known.filter(|id| names.is(*id, name)).unwrap_or_else(|| names.add(name));
            names.known.entry(hash).or_insert(id);
            id
        })
    }

    /// An id of a name, which may have several: for names of which most come once.
    #[inline]
    pub(super) fn any_id_of(&mut self, name: &str) -> NameId {
        self.remembered(name, Self::add)
    }

    #[inline]
    fn remembered(&mut self, name: &str, id_of: impl Fn(&mut Self, &str) -> NameId) -> NameId {
        if name.is_empty() {
            return NameId::NONE;
        }
        let name = near::beginning_of(name, MAX_NAME);
        let slot = slot_of(name.as_bytes());
        if !self.is(self.memo[slot], name) {
            self.memo[slot] = id_of(self, name);
        }
        self.memo[slot]
    }

    fn is(&self, id: NameId, name: &str) -> bool {
        &self.text.as_bytes()[self.range_of(id)] == name.as_bytes()
    }

    fn add(&mut self, name: &str) -> NameId {
        self.text.push_str(name);
        self.ends.push(self.text.len() as u32);
        NameId(self.ends.len() as u32 - 1)
    }
}

/// A slot by the length and the first, the middle and the last eight bytes.
fn slot_of(name: &[u8]) -> usize {
    let short = || name.iter().fold(0u64, |word, &byte| word << 8 | u64::from(byte));
    let first = name.first_chunk().map_or_else(short, |eight| u64::from_le_bytes(*eight));
    let last = name.last_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
    let middle = name[name.len() / 2..].first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
    let mixed = first ^ last.rotate_left(29) ^ middle.rotate_left(17) ^ name.len() as u64;
    (mixed.wrapping_mul(SPREAD) >> 32) as usize % MEMO
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
        let many: Vec<String> = (0..4 * MEMO).map(|number| format!("item-{number}")).collect();
        let ids: Vec<NameId> = many.iter().map(|name| names.id_of(name)).collect();
        assert!(many.iter().zip(ids).all(|(name, id)| names.id_of(name) == id));
        let long = names.id_of(&"é".repeat(MAX_NAME));
        assert_eq!(names.get(long).len(), MAX_NAME);
    }
}
