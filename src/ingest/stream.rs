//! A file's bytes after decompression, with the places where its compressed members begin and where data is missing.

mod ahead;
mod search;
mod segments;
mod whole;

use std::collections::VecDeque;
use std::fs::File;
use std::io::Read;
use std::sync::Arc;

use crc32fast::Hasher;
use flate2::{Decompress, FlushDecompress, Status};
use zstd::stream::raw::{Decoder as Zstd, Operation};

use super::raw::Raw;
use super::{frame, gzip};
use crate::document::{Damage, DamageReason};
pub(super) use ahead::Ahead;
use segments::Segment;
use whole::WholeMembers;

/// Room made for one step of decompression.
const CHUNK: usize = 128 << 10;
/// Enough to tell what a place in the file is: a member, a frame or a record.
const GLANCE: usize = 4096;
/// Something broken in the container.
#[derive(Debug)]
pub(super) struct Break {
    pub(super) offset: u64,
    pub(super) length: u64,
    pub(super) reason: DamageReason,
    pub(super) detail: String,
}

impl Break {
    /// The same, with the file it is in.
    pub(super) fn damage(self, source: &Arc<str>) -> Damage {
        let Self { offset, length, reason, detail } = self;
        Damage { source: Arc::clone(source), offset, length, reason, detail }
    }
}

/// A place in the stream, in both ways of counting.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    logical: u64,
    /// Where the place is in the file, if it is one that can be read from there.
    physical: Option<u64>,
}

enum Mode {
    /// At the start of the file or behind a member.
    Between,
    Plain,
    Gzip {
        start: u64,
        crc: Hasher,
        opened: bool,
    },
    Zstd {
        start: u64,
        opened: bool,
    },
}

/// Uncompressed bytes with a window that can be looked into before they are consumed.
pub(super) struct Stream<R> {
    raw: Raw<R>,
    /// What `raw` reads, if it is a file.
    file: Option<File>,
    mode: Mode,
    inflate: Decompress,
    whole_members: WholeMembers,
    zstd: Option<Zstd<'static>>,
    dictionary: Vec<u8>,
    window: Vec<u8>,
    start: usize,
    end: usize,
    logical: u64,
    segments: VecDeque<Segment>,
    passed_end: u64,
    gap: bool,
    begun: bool,
    finished: bool,
    broken_off: bool,
    breaks: Vec<Break>,
    is_start: fn(&[u8]) -> bool,
}

impl<R: Read> Stream<R> {
    /// `is_start` tells whether bytes begin a record; with it a member is told from bytes that only look like one.
    pub(super) fn new(reader: R, is_start: fn(&[u8]) -> bool) -> Self {
        Self {
            raw: Raw::new(reader),
            file: None,
            mode: Mode::Between,
            inflate: Decompress::new(false),
            whole_members: WholeMembers::default(),
            zstd: None,
            dictionary: Vec::new(),
            window: Vec::new(),
            start: 0,
            end: 0,
            logical: 0,
            segments: VecDeque::new(),
            passed_end: 0,
            gap: false,
            begun: false,
            finished: false,
            broken_off: false,
            breaks: Vec::new(),
            is_start,
        }
    }

    /// At least `n` unread bytes where the input has them; whatever else is there already.
    pub(super) fn peek(&mut self, n: usize) -> &[u8] {
        while self.end - self.start < n && !self.finished {
            self.advance();
        }
        &self.window[self.start..self.end]
    }

    /// What is unread and in memory.
    pub(super) fn window(&self) -> &[u8] {
        &self.window[self.start..self.end]
    }

    /// Whether the input ends with the window.
    pub(super) fn is_finished(&self) -> bool {
        self.finished
    }

    /// Whether the input ends inside a member, which is reported already.
    pub(super) fn is_broken_off(&self) -> bool {
        self.broken_off
    }

    /// Passes over bytes of the window.
    pub(super) fn consume(&mut self, n: usize) {
        let n = n.min(self.end - self.start);
        self.start += n;
        self.logical += n as u64;
        self.drop_passed_segments();
    }

    /// Uncompressed bytes before the window.
    pub(super) fn position(&self) -> u64 {
        self.logical
    }

    /// The place of the next byte.
    pub(super) fn mark(&self) -> Mark {
        let physical = self.segments.front().and_then(|s| match s.compressed {
            false => Some(s.physical + (self.logical - s.logical)),
            true => (s.logical == self.logical).then_some(s.physical),
        });
        Mark { logical: self.logical, physical }
    }

    /// Offset and length of what lies between `from` and here: of the compressed members where it fills them exactly,
    /// else of the uncompressed bytes.
    pub(super) fn locate(&mut self, from: Mark) -> (u64, u64) {
        self.peek(1);
        match (from.physical, self.physical_end()) {
            (Some(start), Some(end)) if end >= start => (start, end - start),
            _ => (from.logical, self.logical - from.logical),
        }
    }

    /// Where in the file the bytes before this place end, if a segment ends here or was never compressed.
    fn physical_end(&self) -> Option<u64> {
        let segment = self.segments.front()?;
        match (segment.compressed, segment.logical == self.logical) {
            (false, false) => Some(segment.physical + (self.logical - segment.logical)),
            (_, true) => Some(self.passed_end),
            (true, false) => (self.finished && self.window().is_empty()).then_some(segment.physical_end),
        }
    }

    /// What was found broken since the last call.
    pub(super) fn take_breaks(&mut self) -> Vec<Break> {
        std::mem::take(&mut self.breaks)
    }

    /// Compressed members may follow uncompressed records: between records, a member header ends the plain part.
    pub(super) fn switch_if_compressed(&mut self) -> bool {
        if !self.is_plain_at(0) {
            return false;
        }
        self.peek(GLANCE);
        if !self.begins_member_at(0) {
            return false;
        }
        self.raw.take_back(&self.window[self.start..self.end]);
        self.end = self.start;
        self.close_segment();
        self.mode = Mode::Between;
        self.finished = false;
        true
    }

    /// Whether a compressed member begins at `at` of the window, in an uncompressed part of the file.
    pub(super) fn begins_member_at(&self, at: usize) -> bool {
        let bytes = self.window().get(at..).unwrap_or_default();
        begins_member(bytes) && self.is_plain_at(at)
    }

    /// Whether the bytes from `at` of the window on, and those to come, are not compressed, as far as is known.
    fn is_plain_at(&self, at: usize) -> bool {
        let begin = self.segments.back().map_or(self.logical, |segment| segment.logical);
        matches!(self.mode, Mode::Plain) && begin <= self.logical + at as u64
    }

    fn advance(&mut self) {
        match self.mode {
            Mode::Between => self.begin(),
            Mode::Plain => self.copy(),
            Mode::Gzip { .. } => self.inflate(),
            Mode::Zstd { .. } => self.decompress_frame(),
        }
        if let Some((offset, error)) = self.raw.take_error() {
            let detail = format!("{error}; what was read before it is kept");
            self.report(offset, 0, DamageReason::Unreadable, detail);
        }
    }

    fn report(&mut self, offset: u64, length: u64, reason: DamageReason, detail: impl Into<String>) {
        self.breaks.push(Break { offset, length, reason, detail: detail.into() });
    }

    /// Decides what the bytes at the raw position are.
    fn begin(&mut self) {
        let start = self.raw.offset();
        self.raw.set_mark(start);
        let bytes = self.raw.want(GLANCE);
        if bytes.is_empty() {
            self.finished = true;
        } else if gzip::begins_member(bytes) {
            self.begin_member(start);
        } else if bytes.starts_with(&frame::MAGIC) {
            self.begin_frame(start);
        } else if frame::is_skippable(bytes) {
            self.skip_frame(start);
        } else if !self.begun || (self.is_start)(without_blank_lines(bytes)) {
            self.mode = Mode::Plain;
            self.open_segment(start, false);
        } else if bytes[0] == 0 {
            self.skip_zeros(start);
        } else {
            self.resynchronise(start, DamageReason::Garbage, "not a compressed member");
        }
        self.begun = true;
    }

    fn copy(&mut self) {
        self.make_room(0);
        if self.raw.available().is_empty() {
            self.raw.set_mark(self.raw.offset());
            if self.raw.fill() == 0 {
                self.finished = true;
                return;
            }
        }
        let length = self.raw.available().len().min(CHUNK);
        self.make_room(length);
        self.window[self.end..self.end + length].copy_from_slice(&self.raw.available()[..length]);
        self.end += length;
        self.raw.consume(length);
    }

    /// Makes sure that `n` bytes fit behind the window.
    fn make_room(&mut self, n: usize) {
        if self.end + n <= self.window.len() {
            return;
        }
        self.window.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.end + n > self.window.len() {
            let grown = (self.end + n).max(self.window.len() + self.window.len() / 2);
            self.window.resize(grown, 0);
        }
    }

    fn begin_member(&mut self, start: u64) {
        let mut wanted = 64;
        let length = loop {
            let bytes = self.raw.want(wanted);
            match gzip::header(bytes) {
                gzip::Header::Complete(length) => break length,
                gzip::Header::Incomplete if bytes.len() >= wanted => wanted *= 4,
                gzip::Header::Incomplete => {
                    return self.resynchronise(start, DamageReason::Truncated, "the input ends inside a gzip member header");
                }
                gzip::Header::Invalid => {
                    return self.resynchronise(start, DamageReason::CorruptMember, "a gzip member header does not end");
                }
            }
        };
        if self.take_whole_member(start, length) {
            return;
        }
        self.raw.consume(length);
        self.inflate.reset(false);
        self.mode = Mode::Gzip { start, crc: Hasher::new(), opened: false };
    }

    fn inflate(&mut self) {
        self.make_room(CHUNK);
        let Mode::Gzip { start, .. } = self.mode else { return };
        if self.raw.available().is_empty() && self.raw.fill() == 0 {
            self.report_truncated(start, "gzip member");
            return;
        }
        let (before_in, before_out) = (self.inflate.total_in(), self.inflate.total_out());
        let room = &mut self.window[self.end..self.end + CHUNK];
        let status = self.inflate.decompress(self.raw.available(), room, FlushDecompress::None);
        let consumed = (self.inflate.total_in() - before_in) as usize;
        let produced = (self.inflate.total_out() - before_out) as usize;
        self.raw.consume(consumed);
        if produced > 0 {
            self.accept(produced);
        }
        match status {
            Ok(Status::StreamEnd) => self.end_member(start),
            Ok(_) if consumed + produced > 0 => {}
            _ => self.resynchronise(start, DamageReason::CorruptMember, "a gzip member does not inflate"),
        }
    }

    /// Takes decompressed bytes into the window, opening their segment with the first of them.
    fn accept(&mut self, produced: usize) {
        let begins = match &mut self.mode {
            Mode::Gzip { start, opened, .. } | Mode::Zstd { start, opened } => {
                (!std::mem::replace(opened, true)).then_some(*start)
            }
            _ => None,
        };
        if let Some(start) = begins {
            self.open_segment(start, true);
        }
        if let Mode::Gzip { crc, .. } = &mut self.mode {
            crc.update(&self.window[self.end..self.end + produced]);
        }
        self.end += produced;
    }

    fn end_member(&mut self, start: u64) {
        let trailer: Vec<u8> = self.raw.want(gzip::TRAILER).iter().copied().take(gzip::TRAILER).collect();
        self.raw.consume(trailer.len());
        let Mode::Gzip { crc, opened, .. } = std::mem::replace(&mut self.mode, Mode::Between) else { return };
        if opened {
            self.close_segment();
        }
        if trailer.len() < gzip::TRAILER {
            self.report(
                start,
                self.raw.offset() - start,
                DamageReason::Truncated,
                "the input ends inside a gzip trailer; its data is kept; fetch the file again if more should follow",
            );
        } else if !gzip::trailer_matches(&trailer, &crc, self.inflate.total_out()) {
            self.distrust_member(start);
        }
    }

    /// A member with a wrong checksum may have ended in the wrong place, too.
    fn distrust_member(&mut self, start: u64) {
        let detail = "a gzip member does not match its checksum or size; its data is kept";
        let length = self.raw.offset() - start;
        let next = self.raw.want(4);
        if next.is_empty() || next.starts_with(&gzip::MAGIC) {
            self.report(start, length, DamageReason::ChecksumMismatch, detail);
        } else {
            self.resynchronise(start, DamageReason::ChecksumMismatch, detail);
        }
    }

    fn report_truncated(&mut self, start: u64, what: &str) {
        let length = self.raw.offset() - start;
        let detail = format!("the input ends inside a {what}; what it holds so far is kept; fetch the file again for the rest");
        self.report(start, length, DamageReason::Truncated, detail);
        self.end_part();
        self.finished = true;
        self.broken_off = true;
    }

    fn begin_frame(&mut self, start: u64) {
        let decoder = match self.zstd.take() {
            Some(mut decoder) => decoder.reinit().map(|()| decoder),
            None => Zstd::with_dictionary(&self.dictionary),
        };
        match decoder {
            Ok(decoder) => {
                self.zstd = Some(decoder);
                self.mode = Mode::Zstd { start, opened: false };
            }
            Err(e) => self.resynchronise(start, DamageReason::CorruptMember, &format!("zstd: {e}")),
        }
    }

    fn decompress_frame(&mut self) {
        self.make_room(CHUNK);
        let Mode::Zstd { start, .. } = self.mode else { return };
        if self.raw.available().is_empty() && self.raw.fill() == 0 {
            self.report_truncated(start, "zstd frame");
            return;
        }
        let Some(decoder) = &mut self.zstd else { return };
        let room = &mut self.window[self.end..self.end + CHUNK];
        match decoder.run_on_buffers(self.raw.available(), room) {
            Ok(step) => {
                self.raw.consume(step.bytes_read);
                if step.bytes_written > 0 {
                    self.accept(step.bytes_written);
                }
                if step.remaining == 0 {
                    self.end_part();
                }
            }
            Err(e) => {
                self.zstd = None;
                self.resynchronise(start, DamageReason::CorruptMember, &format!("a zstd frame does not decompress ({e})"));
            }
        }
    }

    /// Leaves a member or frame where it ends, or goes on no further.
    fn end_part(&mut self) {
        if let Mode::Gzip { opened: true, .. } | Mode::Zstd { opened: true, .. } =
            std::mem::replace(&mut self.mode, Mode::Between)
        {
            self.close_segment();
        }
    }

    /// A skippable frame: a dictionary if it stands first, else nothing to us.
    fn skip_frame(&mut self, start: u64) {
        let head = self.raw.want(8);
        let size = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let is_dictionary = start == 0 && head[..4] == frame::DICTIONARY_MAGIC && size <= frame::MAX_DICTIONARY;
        self.raw.consume(8);
        if is_dictionary {
            match self.raw.want(size).get(..size).map(frame::dictionary) {
                Some(Ok(dictionary)) => self.dictionary = dictionary,
                Some(Err(e)) => self.report(
                    start,
                    8 + size as u64,
                    DamageReason::CorruptMember,
                    format!("the zstd dictionary cannot be read ({e})"),
                ),
                None => {}
            }
        }
        let mut left = size;
        while left > 0 && !self.raw.want(1).is_empty() {
            let n = left.min(self.raw.available().len());
            self.raw.consume(n);
            left -= n;
        }
        if left > 0 {
            let detail = "the input ends inside a zstd frame that is no text; fetch the file again if more should follow";
            self.report(start, self.raw.offset() - start, DamageReason::Truncated, detail);
            self.broken_off = true;
        }
    }
}

pub(super) fn begins_member(bytes: &[u8]) -> bool {
    gzip::begins_member(bytes) || bytes.starts_with(&frame::MAGIC) || frame::is_skippable(bytes)
}

pub(super) fn without_blank_lines(bytes: &[u8]) -> &[u8] {
    let blank = bytes.iter().take_while(|&&b| b == b'\r' || b == b'\n').count();
    &bytes[blank..]
}
