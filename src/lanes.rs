//! Bytes looked at sixteen at a time.

pub(super) use wide::u8x16 as Sixteen;
use wide::{u16x8, u32x8};

/// Bytes of a [`Sixteen`].
pub(super) const N_LANES: usize = 16;
/// Bytes that are looked at together where few of them matter.
const MANY: usize = 4 * N_LANES;

/// Position of the first byte from `from` on that `is_wanted` marks.
#[inline(always)]
pub(super) fn position(bytes: &[u8], from: usize, is_wanted: impl Fn(Sixteen) -> Sixteen) -> Option<usize> {
    let mut at = from;
    while let Some(sixteen) = bytes.get(at..)?.first_chunk() {
        let wanted = is_wanted(Sixteen::new(*sixteen)).to_bitmask();
        if wanted != 0 {
            return Some(at + wanted.trailing_zeros() as usize);
        }
        at += N_LANES;
    }
    let rest = &bytes[at..];
    let wanted = is_wanted(Sixteen::new(padded(rest).to_le_bytes())).to_bitmask() & !(!0 << rest.len());
    (wanted != 0).then(|| at + wanted.trailing_zeros() as usize)
}

/// Position of the first of this byte from `from` on, for what ends after some dozens of bytes.
#[inline(always)]
pub(super) fn position_of(bytes: &[u8], from: usize, byte: u8) -> Option<usize> {
    let mut at = from;
    while let Some(many) = bytes.get(at..)?.first_chunk::<MANY>() {
        let (chunks, _) = many.as_chunks::<N_LANES>();
        let mask = |i: usize| u64::from(is(Sixteen::new(chunks[i]), byte).to_bitmask()) << (N_LANES * i);
        let found = mask(0) | mask(1) | mask(2) | mask(3);
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize);
        }
        at += MANY;
    }
    position(bytes, at, |bytes| is(bytes, byte))
}

/// Places of the numbers that are this one, a bit each.
#[inline(always)]
pub(super) fn places_of_number(numbers: [u32; 8], number: u32) -> u32 {
    u32x8::new(numbers).simd_eq(u32x8::splat(number)).to_bitmask()
}

/// Rows and columns that [`transposed`] takes.
pub(super) const SIDE: usize = 8;

/// The columns of some rows.
#[inline(always)]
pub(super) fn transposed(rows: [[i16; SIDE]; SIDE]) -> [[i16; SIDE]; SIDE] {
    let columns = u16x8::transpose(rows.map(|row| u16x8::new(row.map(i16::cast_unsigned))));
    columns.map(|column| column.to_array().map(u16::cast_signed))
}

/// Up to sixteen bytes from `at` on, zeros behind the last.
#[inline(always)]
pub(super) fn sixteen(bytes: &[u8], at: usize) -> Sixteen {
    let rest = bytes.get(at..).unwrap_or_default();
    Sixteen::new(rest.first_chunk().map_or_else(|| padded(rest).to_le_bytes(), |sixteen| *sixteen))
}

/// Fewer than sixteen bytes as a number, the first the lowest, zeros behind the last.
#[inline(never)]
fn padded(rest: &[u8]) -> u128 {
    let first = up_to_eight(rest);
    // Of the last eight bytes, those that the first eight do not hold.
    let second = rest.last_chunk().map_or(0, |last| u64::from_le_bytes(*last) >> (8 * (15 - rest.len())) >> 8);
    u128::from(second) << 64 | u128::from(first)
}

/// The first bytes as a number, the first of them the lowest; zeros where there are fewer than eight.
#[inline(always)]
pub(super) fn up_to_eight(bytes: &[u8]) -> u64 {
    if let Some(eight) = bytes.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => {
            let behind = u64::from(u32::from_le_bytes(*last)) << (8 * (bytes.len() - 4));
            u64::from(u32::from_le_bytes(*first)) | behind
        }
        _ => {
            let at = |i: usize| bytes.get(i).map_or(0, |&byte| u64::from(byte) << (8 * i));
            at(0) | at(1) | at(2)
        }
    }
}

/// Marks the bytes that are this one.
#[inline(always)]
pub(super) fn is(bytes: Sixteen, byte: u8) -> Sixteen {
    bytes.simd_eq(Sixteen::splat(byte))
}

/// Marks the bytes that are not greater than this one.
#[inline(always)]
pub(super) fn is_at_most(bytes: Sixteen, most: u8) -> Sixteen {
    bytes.min(Sixteen::splat(most)).simd_eq(bytes)
}

/// Marks the bytes from one to another.
#[inline(always)]
pub(super) fn is_within(bytes: Sixteen, first: u8, last: u8) -> Sixteen {
    is_at_most(bytes - Sixteen::splat(first), last - first)
}

/// Whether two bytes beside each other that `is_wanted` marks, which is given sixteen and those one behind each, are meant, by the
/// position of the first. That one is not ASCII.
#[inline(always)]
pub(super) fn finds_pair(
    bytes: &[u8],
    is_wanted: impl Fn(Sixteen, Sixteen) -> Sixteen,
    mut is_meant: impl FnMut(usize) -> bool,
) -> bool {
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at..].first_chunk().is_some_and(are_ascii) {
            at += MANY;
            continue;
        }
        let here = sixteen(bytes, at);
        let mut wanted = is_wanted(here, sixteen(bytes, at + 1)).to_bitmask();
        while wanted != 0 {
            if is_meant(at + wanted.trailing_zeros() as usize) {
                return true;
            }
            wanted &= wanted - 1;
        }
        at += N_LANES;
    }
    false
}

/// Whether the first bit of none of the bytes is set.
#[inline(always)]
fn are_ascii(bytes: &[u8; MANY]) -> bool {
    let (chunks, _) = bytes.as_chunks::<N_LANES>();
    chunks.iter().fold(Sixteen::ZERO, |all, chunk| all | Sixteen::new(*chunk)).to_bitmask() == 0
}

/// Whether one of these pairs of small letters stands in the text, in small or capital letters.
pub(super) fn has_pair<const N: usize>(bytes: &[u8], pairs: [[u8; 2]; N]) -> bool {
    let to_lower = Sixteen::splat(b'a' - b'A');
    let begins_with_one = |here: Sixteen, behind: Sixteen| {
        let (here, behind) = (here | to_lower, behind | to_lower);
        let found = |[first, second]: [u8; 2]| is(here, first) & is(behind, second);
        pairs.into_iter().fold(Sixteen::ZERO, |all, pair| all | found(pair)).to_bitmask() != 0
    };
    let Some(last) = bytes.len().checked_sub(17) else {
        let all = u128::from_le_bytes(sixteen(bytes, 0).to_array());
        return begins_with_one(Sixteen::new(all.to_le_bytes()), Sixteen::new((all >> 8).to_le_bytes()));
    };
    let mut at = 0;
    while at < last {
        if begins_with_one(sixteen(bytes, at), sixteen(bytes, at + 1)) {
            return true;
        }
        at += N_LANES;
    }
    begins_with_one(sixteen(bytes, last), sixteen(bytes, last + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_become_rows() {
        let rows: [[i16; SIDE]; SIDE] = std::array::from_fn(|row| std::array::from_fn(|column| (10 * row + column) as i16 - 40));
        let columns = transposed(rows);
        assert!((0..SIDE).all(|row| (0..SIDE).all(|column| columns[column][row] == rows[row][column])));
    }

    #[test]
    fn the_first_wanted_byte_is_found_wherever_it_stands() {
        for length in 0..50 {
            let text = "a".repeat(length) + "x" + &"b".repeat(length / 2);
            for from in 0..=length {
                assert_eq!(position(text.as_bytes(), from, |bytes| is(bytes, b'x')), Some(length));
            }
            assert_eq!(position(text.as_bytes(), length + 1, |bytes| is(bytes, b'x')), None);
            assert_eq!(position(text.as_bytes(), length + 1, |bytes| is_at_most(bytes, b'a')), None);
            assert_eq!(sixteen(text.as_bytes(), 0).to_array()[..text.len().min(16)], text.as_bytes()[..text.len().min(16)]);
            assert!(sixteen(text.as_bytes(), 0).to_array().iter().skip(text.len()).all(|&byte| byte == 0));
            assert!(has_pair(format!("{text}MM").as_bytes(), [*b"no", *b"mm"]));
            assert!(!has_pair(format!("m{text}m").as_bytes(), [*b"no", *b"mm"]));
            let mut found = Vec::new();
            let is_wanted = |here, behind| is(here, 0xc3) & is(behind, 0xa4);
            assert!(!finds_pair(format!("{text}ää{text}ä").as_bytes(), is_wanted, |at| {
                found.push(at);
                false
            }));
            assert_eq!(found, [text.len(), text.len() + 2, 2 * text.len() + 4]);
        }
    }
}
