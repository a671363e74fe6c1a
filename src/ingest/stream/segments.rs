//! Where in a stream the members, frames and uncompressed parts of its file begin and end.

use std::io::Read;
use std::ops::Range;

use super::Stream;

/// Segments that are told apart at a time, whatever they begin with; beyond it only those that begin a record are.
const MAX_SEGMENTS: usize = 1 << 18;

/// How a part of a file holds its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    /// In a member or a frame.
    Compressed,
}

/// A stretch of uncompressed bytes that came from one member, one frame or an uncompressed part of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment {
    pub(super) logical: u64,
    pub(super) physical: u64,
    /// Known once it is read to its end.
    pub(super) physical_end: u64,
    pub(super) packing: Packing,
    /// Data is missing before it.
    after_gap: bool,
}

impl<R: Read> Stream<R> {
    /// Where in this range of the window segments after the first begin, and whether data is missing there.
    pub(in crate::ingest) fn boundaries(&self, range: Range<usize>) -> impl Iterator<Item = (usize, bool)> + '_ {
        let from = self.logical + range.start.max(1) as u64;
        let first = self.segments.partition_point(|s| s.logical < from);
        let ahead = self.segments.range(first..).map(|s| ((s.logical - self.logical) as usize, s.after_gap));
        ahead.take_while(move |&(at, _)| at < range.end)
    }

    pub(super) fn drop_passed_segments(&mut self) {
        while self.segments.get(1).is_some_and(|next| next.logical <= self.logical) {
            self.passed_end = self.segments.pop_front().map_or(self.passed_end, |s| s.physical_end);
        }
    }

    pub(super) fn open_segment(&mut self, physical: u64, packing: Packing) {
        let logical = self.logical + (self.end - self.start) as u64;
        let after_gap = std::mem::take(&mut self.gap);
        if self.segments.len() >= MAX_SEGMENTS {
            self.join_last_segments();
        }
        self.segments.push_back(Segment { logical, physical, physical_end: physical, packing, after_gap });
        self.drop_passed_segments();
    }

    /// Makes one of the last two if the later one begins no record.
    fn join_last_segments(&mut self) {
        let Some(&last) = self.segments.back() else { return };
        let Some(at) = last.logical.checked_sub(self.logical) else { return };
        let begins_record = (self.is_start)(&self.window[self.start + at as usize..self.end]);
        if last.packing == Packing::Plain || last.after_gap || begins_record {
            return;
        }
        self.segments.pop_back();
        if let Some(before) = self.segments.back_mut() {
            before.physical_end = last.physical_end;
        }
    }

    /// Notes the raw position as the end of the segment that was read last.
    pub(super) fn close_segment(&mut self) {
        let end = self.raw.offset();
        if let Some(segment) = self.segments.back_mut() {
            segment.physical_end = end;
        }
    }
}
