//! The FNV-1a hash (Fowler, Noll and Vo), for names and words that are only compared.

/// Of nothing.
pub(super) const BASIS: u32 = 0x811c_9dc5;

/// The hash of what `hash` is of and one number behind it: a byte, or a character's code point.
pub(super) const fn mix(hash: u32, number: u32) -> u32 {
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
