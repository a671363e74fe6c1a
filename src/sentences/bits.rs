//! Sets of numbers, for words that are told apart by hashes.

/// A set of numbers below 64 times `N`, a bit each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits<const N: usize>([u64; N]);

impl<const N: usize> Bits<N> {
    pub(super) const EMPTY: Self = Self([0; N]);

    pub(super) fn insert(&mut self, number: usize) {
        self.0[number / 64 % N] |= 1 << (number % 64);
    }

    #[inline(always)]
    pub(super) fn have(&self, number: usize) -> bool {
        self.0[number / 64 % N] >> (number % 64) & 1 == 1
    }
}
