//! The gzip member header (RFC 1952), and whether a member really starts where its magic number stands.

use crc32fast::Hasher;
use flate2::{Decompress, FlushDecompress, Status};

/// The first three bytes of every member: the magic number and the deflate method.
pub(super) const MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];
/// Length of the fields after the deflate data: CRC-32 and uncompressed size.
pub(super) const TRAILER: usize = 8;
/// The part of a header that is always there.
const FIXED: usize = 10;
/// Headers hold a file name and a comment; beyond this it is not a header.
const MAX_HEADER: usize = 1 << 16;
const FHCRC: u8 = 2;
const FEXTRA: u8 = 4;
const FNAME: u8 = 8;
const FCOMMENT: u8 = 16;
const RESERVED: u8 = 0xe0;

/// What the bytes at a place are, seen as a member header.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Header {
    /// A header of this many bytes.
    Complete(usize),
    /// The beginning of one.
    Incomplete,
    /// Something else.
    Invalid,
}

pub(super) fn header(bytes: &[u8]) -> Header {
    if bytes.len() < 4 {
        return if MAGIC.starts_with(&bytes[..bytes.len().min(3)]) { Header::Incomplete } else { Header::Invalid };
    }
    if bytes[..3] != MAGIC || bytes[3] & RESERVED != 0 {
        return Header::Invalid;
    }
    match optional_fields(bytes) {
        Some(length) => Header::Complete(length),
        None if bytes.len() < MAX_HEADER => Header::Incomplete,
        None => Header::Invalid,
    }
}

/// Whether bytes begin as a member does; its header may be longer than they are.
pub(super) fn begins_member(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC) && header(bytes) != Header::Invalid
}

fn optional_fields(bytes: &[u8]) -> Option<usize> {
    let flags = bytes[3];
    let mut at = FIXED;
    if flags & FEXTRA != 0 {
        let size = bytes.get(at..at + 2)?;
        at += 2 + usize::from(u16::from_le_bytes([size[0], size[1]]));
    }
    for text in [FNAME, FCOMMENT] {
        if flags & text != 0 {
            at += memchr::memchr(0, bytes.get(at..)?)? + 1;
        }
    }
    if flags & FHCRC != 0 {
        at += 2;
    }
    (at <= bytes.len()).then_some(at)
}

/// Checks a member's trailer against what it inflated to.
pub(super) fn trailer_matches(trailer: &[u8], crc: &Hasher, produced: u64) -> bool {
    let word = |i: usize| trailer.get(i..i + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
    word(0) == Some(crc.clone().finalize()) && word(4) == Some(produced as u32)
}

/// How a suspected member ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// It inflated to its end, and to its checksum.
    Proven,
    /// It has another checksum, or goes on behind what was looked at.
    Open,
    /// It does not inflate.
    Broken,
}

/// What a trial inflation of a suspected member found.
pub(super) struct Trial {
    /// The first bytes that it inflates to.
    pub(super) beginning: Vec<u8>,
    pub(super) ending: Ending,
    /// Bytes that were read and made.
    pub(super) cost: usize,
}

/// Inflates a suspected member, at most `bytes` of it and to about `room` bytes.
pub(super) fn try_member(bytes: &[u8], room: usize) -> Trial {
    const BEGINNING: usize = 4096;
    let mut trial = Trial { beginning: Vec::new(), ending: Ending::Broken, cost: MAX_HEADER.min(bytes.len()) };
    let Header::Complete(start) = header(bytes) else { return trial };
    let bytes = &bytes[start..];
    let mut inflate = Decompress::new(false);
    let mut crc = Hasher::new();
    let mut out = vec![0; 32 << 10];
    trial.ending = loop {
        let (read, made) = (inflate.total_in() as usize, inflate.total_out());
        let status = inflate.decompress(&bytes[read..], &mut out, FlushDecompress::None);
        let produced = &out[..(inflate.total_out() - made) as usize];
        crc.update(produced);
        let wanted = BEGINNING.saturating_sub(trial.beginning.len()).min(produced.len());
        trial.beginning.extend_from_slice(&produced[..wanted]);
        match status {
            Err(_) => break Ending::Broken,
            Ok(Status::StreamEnd) if trailer_matches(&bytes[inflate.total_in() as usize..], &crc, inflate.total_out()) => {
                break Ending::Proven;
            }
            Ok(Status::StreamEnd) => break Ending::Open,
            Ok(_) if produced.is_empty() || inflate.total_out() >= room as u64 => break Ending::Open,
            Ok(_) => {}
        }
    };
    trial.cost += (inflate.total_in() + inflate.total_out()) as usize;
    trial
}

/// A member that holds these bytes, for tests.
#[cfg(test)]
pub(super) fn member(content: &[u8], level: flate2::Compression) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
    encoder.write_all(content).and_then(|()| encoder.finish()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_with_every_optional_field_have_their_length() {
        let mut bytes = vec![0x1f, 0x8b, 8, FEXTRA | FNAME | FCOMMENT | FHCRC, 0, 0, 0, 0, 0, 3, 2, 0, b'x', b'y'];
        bytes.extend_from_slice(b"name\0comment\0");
        assert_eq!(header(&bytes), Header::Incomplete);
        bytes.extend_from_slice(&[1, 2]);
        assert_eq!(header(&bytes), Header::Complete(bytes.len()));
    }

    #[test]
    fn reserved_flags_make_no_header() {
        assert_eq!(header(&[0x1f, 0x8b, 8, 0x80, 0, 0, 0, 0, 0, 3]), Header::Invalid);
        assert_eq!(header(b"\x1f\x8b"), Header::Incomplete);
        assert_eq!(header(b"PK\x03\x04"), Header::Invalid);
    }

    #[test]
    fn a_trial_is_bounded() {
        let bomb = |length: usize| member(&vec![0; length], flate2::Compression::best());
        let trial = try_member(&bomb(8 << 20), 1 << 20);
        assert_eq!(trial.ending, Ending::Open);
        assert!((1 << 20..2 << 20).contains(&trial.cost), "{}", trial.cost);
        assert_eq!(try_member(&bomb(1 << 19), 1 << 20).ending, Ending::Proven);
        assert_eq!(try_member(&[&bomb(9)[..10], &[0xff; 9]].concat(), 1 << 20).ending, Ending::Broken);
    }
}
