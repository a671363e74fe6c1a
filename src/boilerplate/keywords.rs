//! Names of the HTML standard, found in a page by comparing numbers.

use crate::hash::SPREAD;
use crate::lanes::{self, Sixteen};

/// The longest name that is known, in bytes.
const MAX_NAME: usize = 15;

/// Names with what they mean. `SLOTS` is a power of two, several times the number of names, so that most are found at
/// the first slot.
pub(super) struct Keywords<T, const SLOTS: usize> {
    /// A name and its length as a number, at its slot or behind it; 0 is none.
    keys: [u128; SLOTS],
    meanings: [T; SLOTS],
}

impl<T: Copy, const SLOTS: usize> Keywords<T, SLOTS> {
    /// `unknown` is what all other names mean.
    pub(super) const fn new<const N: usize>(names: [(&[u8], T); N], unknown: T) -> Self {
        let mut table = Self { keys: [0; SLOTS], meanings: [unknown; SLOTS] };
        let mut i = 0;
        while i < N {
            let mut bytes = [0; MAX_NAME + 1];
            let (prefix, _) = bytes.split_at_mut(names[i].0.len());
            prefix.copy_from_slice(names[i].0);
            bytes[MAX_NAME] = names[i].0.len() as u8;
            let key = u128::from_le_bytes(bytes);
            let mut slot = Self::slot_of(key);
            while table.keys[slot] != 0 {
                slot = (slot + 1) % SLOTS;
            }
            table.keys[slot] = key;
            table.meanings[slot] = names[i].1;
            i += 1;
        }
        table
    }

    const fn slot_of(key: u128) -> usize {
        let mixed = (key as u64 ^ (key >> 64) as u64).wrapping_mul(SPREAD);
        (mixed >> 48) as usize % SLOTS
    }

    /// What the name of `length` bytes means that `bytes` begin with, in small or capital letters.
    #[inline(always)]
    pub(super) fn meaning(&self, bytes: Sixteen, length: usize) -> T {
        let is_capital = lanes::is_within(bytes, b'A', b'Z');
        self.meaning_as_written(bytes | (is_capital & Sixteen::splat(b'a' - b'A')), length)
    }

    /// What the name of `length` bytes means that `bytes` begin with, if it is written as in the table.
    #[inline(always)]
    pub(super) fn meaning_as_written(&self, bytes: Sixteen, length: usize) -> T {
        let key = key_of(bytes, length);
        let mut slot = Self::slot_of(key);
        while self.keys[slot] != key && self.keys[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        self.meanings[slot]
    }
}

/// A name with a `>` behind it.
#[derive(Clone, Copy)]
pub(super) struct Closed {
    bytes: [u8; MAX_NAME + 1],
    length: usize,
}

impl Closed {
    /// What is found nowhere: nothing of it is compared, and it is not nothing.
    pub(super) const NONE: Self = Self { bytes: [u8::MAX; MAX_NAME + 1], length: 0 };

    pub(super) const fn new(name: &[u8]) -> Self {
        let mut bytes = [0; MAX_NAME + 1];
        let (prefix, rest) = bytes.split_at_mut(name.len());
        prefix.copy_from_slice(name);
        rest[0] = b'>';
        Self { bytes, length: name.len() + 1 }
    }

    /// Where it ends if it begins at `start`.
    #[inline(always)]
    pub(super) fn end(&self, bytes: &[u8], start: usize) -> Option<usize> {
        let found = lanes::sixteen(bytes, start) & Sixteen::new(FIRST[self.length]);
        (found == Sixteen::new(self.bytes)).then_some(start + self.length)
    }
}

/// The first `length` bytes and the length; that of names that are too long is no name's.
#[inline(always)]
fn key_of(bytes: Sixteen, length: usize) -> u128 {
    let length = length.min(MAX_NAME + 1);
    let first = u128::from_le_bytes((bytes & Sixteen::new(FIRST[length])).to_array());
    first | (length as u128) << 120
}

/// By a number of bytes, what leaves as many of a key and clears the others.
static FIRST: [[u8; MAX_NAME + 1]; MAX_NAME + 2] = {
    let mut first = [[0; MAX_NAME + 1]; MAX_NAME + 2];
    let mut length = 0;
    while length < first.len() {
        let mut i = 0;
        while i < length && i < MAX_NAME {
            first[length][i] = u8::MAX;
            i += 1;
        }
        length += 1;
    }
    first
};
