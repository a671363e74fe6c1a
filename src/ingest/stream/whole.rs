//! Gzip members that are in memory from end to end: inflated at once, which takes half as long as piece by piece.

use std::io::Read;

use libdeflater::{Decompressor, crc32};
use memchr::memmem;

use super::Stream;
use super::segments::Packing;
use crate::ingest::gzip::{MAGIC, TRAILER};

/// The longest member that is waited for, in compressed bytes.
const MAX_LENGTH: usize = 1 << 20;
/// And what it may inflate to.
const MAX_SIZE: usize = 8 << 20;
/// Magic numbers that are looked at: one that stands inside compressed data seldom has a plausible size before it.
const MAX_ENDS: usize = 4;

/// What inflates them.
#[derive(Default)]
pub(super) struct WholeMembers(Decompressor);

/// Where a member may end, and what its trailer says there.
struct Extent {
    length: usize,
    checksum: u32,
    size: usize,
}

impl<R: Read> Stream<R> {
    /// Takes the member that begins here, behind a header of so many bytes, if it is whole and right and another one or the end
    /// of the input follows. Whatever else it may be is left as it is.
    pub(super) fn take_whole_member(&mut self, start: u64, header: usize) -> bool {
        let Some(Extent { length, checksum, size }) = self.extent_of_member(header) else { return false };
        self.make_room(size);
        let (deflated, trailer) = self.raw.available()[header..length].split_at(length - header - TRAILER);
        // What follows the deflated data is not looked at. If anything does, the trailer stands before it, too.
        if memmem::find(deflated, trailer).is_some() {
            return false;
        }
        let room = &mut self.window[self.end..self.end + size];
        if self.whole_members.0.deflate_decompress(deflated, room) != Ok(size) || crc32(room) != checksum {
            return false;
        }
        self.raw.consume(length);
        if size > 0 {
            self.open_segment(start, Packing::Compressed);
            self.end += size;
            self.close_segment();
        }
        true
    }

    /// The member's extent if it ends before one of the next magic numbers, or with the input.
    fn extent_of_member(&mut self, header: usize) -> Option<Extent> {
        let mut length = header;
        for _ in 0..MAX_ENDS {
            length = self.next_magic(length)?;
            let member = &self.raw.available()[..length];
            let Some((_, &[a, b, c, d, e, f, g, h])) = member[header..].split_last_chunk::<TRAILER>() else { continue };
            let size = u32::from_le_bytes([e, f, g, h]) as usize;
            if size <= MAX_SIZE {
                return Some(Extent { length, checksum: u32::from_le_bytes([a, b, c, d]), size });
            }
        }
        None
    }

    /// Where the next magic number stands behind `at`, or the input ends.
    fn next_magic(&mut self, at: usize) -> Option<usize> {
        let mut from = at + 1;
        loop {
            let bytes = self.raw.available();
            if let Some(found) = bytes.get(from..).and_then(|bytes| memmem::find(bytes, &MAGIC)) {
                return Some(from + found);
            }
            from = from.max((bytes.len() + 1).saturating_sub(MAGIC.len()));
            if bytes.len() > MAX_LENGTH {
                return None;
            }
            if self.raw.fill() == 0 {
                return (self.raw.available().len() > at).then_some(self.raw.available().len());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;

    use super::*;
    use crate::ingest::gzip::{self, Header, member};

    /// What the first member of a file inflates to, if it is taken at once.
    fn taken(file: &[u8]) -> Option<Vec<u8>> {
        let mut stream = Stream::new(file, |_| true);
        let Header::Complete(header) = gzip::header(stream.raw.want(64)) else { return None };
        stream.take_whole_member(0, header).then(|| stream.window().to_vec())
    }

    #[test]
    fn members_end_before_the_next_or_with_the_input() {
        let (small, large) = (member(b"small", Compression::best()), member(&vec![b'x'; 1 << 20], Compression::best()));
        for first in [&small, &large, &member(b"", Compression::best())] {
            for next in [&small, &large, &Vec::new()] {
                assert_eq!(taken(&[&first[..], next].concat()), taken(first));
            }
            assert_eq!(taken(&first[..first.len() - 1]), None);
        }
        assert_eq!(taken(&large).map(|content| content.len()), Some(1 << 20));
    }

    #[test]
    fn a_magic_number_inside_does_not_end_a_member() {
        let content = [&[0xff; 9][..], &MAGIC, &[0xff; 9], &MAGIC, b"end"].concat();
        assert_eq!(taken(&member(&content, Compression::none())), Some(content));
    }

    #[test]
    fn what_follows_a_member_is_not_taken_for_a_part_of_it() {
        let first = member(b"first", Compression::best());
        for n_repeated in [4, TRAILER, 12] {
            let garbage = [b"garbage", &first[first.len() - n_repeated..]].concat();
            assert_eq!(taken(&[&first[..], &garbage, &first].concat()), None);
        }
        let empty = member(b"", Compression::best());
        assert_eq!(taken(&[&empty[..], b"garbage", &[0; TRAILER], &first].concat()), None);
        assert_eq!(taken(&[&first[..], b"garbage"].concat()), None);
    }

    #[test]
    fn large_and_broken_members_are_left() {
        let mut broken = member(b"to be broken, to be broken", Compression::best());
        assert!(taken(&broken).is_some());
        broken[12] ^= 0x10;
        assert_eq!(taken(&broken), None);
        assert_eq!(taken(&member(&vec![0; MAX_SIZE + 1], Compression::best())), None);
    }
}
