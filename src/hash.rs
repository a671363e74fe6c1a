//! Hashes of names and words that are only compared: FNV-1a (Fowler, Noll and Vo), and a factor that spreads numbers.

/// 2^64 by the golden ratio: multiplied by it, numbers that differ in a few bits differ in the high ones (Knuth, vol. 3, 6.4).
pub(crate) const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Of nothing.
pub(crate) const BASIS: u32 = 0x811c_9dc5;

/// The hash of what `hash` is of and one number behind it: a byte, or a character's code point.
pub(crate) const fn mix(hash: u32, number: u32) -> u32 {
    (hash ^ number).wrapping_mul(0x0100_0193)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_standard() {
        let of = |text: &str| text.bytes().fold(BASIS, |hash, byte| mix(hash, byte.into()));
        assert_eq!([of(""), of("a"), of("foobar")], [0x811c_9dc5, 0xe40c_292c, 0xbf9c_f968]);
    }
}
