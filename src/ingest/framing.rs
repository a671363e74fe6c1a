//! Where records begin and end in WARC and ARC files, and how reading goes on behind a broken one.

use std::io::Read;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::stream::{Mark, Stream};
use super::{Finding, Sink};
use crate::document::{Completeness, Damage, DamageReason, Origin, Record, RecordKind};

/// A header longer than this is not believed to be one.
const MAX_HEADER: usize = 16 << 20;
/// A block longer than this is passed over; only its beginning is kept.
pub(super) const MAX_BLOCK: usize = 64 << 20;
/// A declared length beyond this (1 TiB) is not believed.
const MAX_DECLARED: u64 = 1 << 40;
/// What is kept of a block that is passed over: enough for its HTTP headers.
const BEGINNING: usize = 64 << 10;
/// Bytes looked at in one step of a search.
const STEP: usize = 256 << 10;
/// Enough to tell whether a record begins.
const GLANCE: usize = 4096;

/// A record's header.
#[derive(Debug)]
pub(super) struct Head {
    /// Bytes of the header, with the empty line that ends it.
    pub(super) length: usize,
    pub(super) kind: RecordKind,
    pub(super) url: String,
    pub(super) date: String,
    pub(super) record_id: String,
    pub(super) content_type: String,
    pub(super) identified_language: String,
    /// The declared length of the block, or what stands there instead.
    pub(super) content_length: Result<u64, String>,
    /// The crawler says that it cut the block short.
    pub(super) truncated: bool,
}

/// What the bytes at a record's start are.
pub(super) enum Parsed {
    Head(Head),
    Incomplete,
    Bad(String),
}

/// What differs between crawl formats: how a record begins.
pub(super) trait Format {
    /// Whether a record begins with these bytes.
    fn is_start(bytes: &[u8]) -> bool;
    /// The first line start in `bytes` behind their first byte where a record begins.
    fn find_start(bytes: &[u8]) -> Option<usize>;
    /// Reads the header at the beginning of `bytes`.
    fn parse(&self, bytes: &[u8]) -> Parsed;
}

/// Reads all records of a stream.
pub(super) fn read_records<R: Read, F: Format>(
    stream: Stream<R>,
    format: F,
    source: &Arc<str>,
    sink: Sink<'_>,
) -> ControlFlow<()> {
    Reader { stream, format, source, sink }.run()
}

/// The block that follows a header, as offsets into the window.
struct Block {
    end: usize,
    completeness: Completeness,
    /// What was wrong with its declared length.
    damage: Option<(DamageReason, String)>,
}

impl Block {
    fn whole(end: usize) -> Self {
        Self { end, completeness: Completeness::Whole, damage: None }
    }

    fn mended(end: usize, detail: String) -> Self {
        Self { end, completeness: Completeness::Whole, damage: Some((DamageReason::WrongLength, detail)) }
    }

    fn truncated(end: usize, damage: Option<String>) -> Self {
        let damage = damage.map(|detail| (DamageReason::Truncated, detail));
        Self { end, completeness: Completeness::Truncated, damage }
    }
}

struct Reader<'a, R, F> {
    stream: Stream<R>,
    format: F,
    source: &'a Arc<str>,
    sink: Sink<'a>,
}

impl<R: Read, F: Format> Reader<'_, R, F> {
    fn run(mut self) -> ControlFlow<()> {
        loop {
            self.skip_blank_lines();
            self.pass_on_breaks()?;
            if self.stream.peek(GLANCE).is_empty() {
                return self.pass_on_breaks();
            }
            if self.stream.switch_if_compressed() {
                continue;
            }
            if F::is_start(self.stream.window()) {
                self.record()?;
            } else {
                self.skip_garbage(DamageReason::Garbage, "bytes that belong to no record".into())?;
            }
        }
    }

    fn skip_blank_lines(&mut self) {
        loop {
            let blank = self.stream.peek(GLANCE).iter().take_while(|&&b| b == b'\r' || b == b'\n').count();
            if blank == 0 {
                return;
            }
            self.stream.consume(blank);
        }
    }

    fn pass_on_breaks(&mut self) -> ControlFlow<()> {
        for broken in self.stream.take_breaks() {
            self.damage((broken.offset, broken.length), broken.reason, broken.detail)?;
        }
        ControlFlow::Continue(())
    }

    fn damage(&mut self, (offset, length): (u64, u64), reason: DamageReason, detail: String) -> ControlFlow<()> {
        let source = Arc::clone(self.source);
        (self.sink)(Finding::Damage(Damage { source, offset, length, reason, detail }))
    }

    /// Passes over at least one byte, to the next place where a record begins.
    fn skip_garbage(&mut self, reason: DamageReason, detail: String) -> ControlFlow<()> {
        let from = self.stream.mark();
        loop {
            self.stream.peek(STEP);
            let limit = self.first_record_boundary(1, usize::MAX).map(|(at, _)| at);
            let window = self.stream.window();
            let searched = &window[..limit.unwrap_or(window.len())];
            if let Some(at) = F::find_start(searched).or(limit) {
                self.stream.consume(at);
                break;
            }
            let kept = if self.stream.is_finished() { 0 } else { GLANCE };
            self.stream.consume(searched.len().saturating_sub(kept).max(1));
            if self.stream.peek(1).is_empty() {
                break;
            }
        }
        let place = self.stream.locate(from);
        self.damage(place, reason, format!("{detail}; passed over"))
    }

    fn record(&mut self) -> ControlFlow<()> {
        let from = self.stream.mark();
        let head = match self.head() {
            Ok(head) => head,
            Err(_) if self.stream.is_broken_off() => {
                self.stream.consume(usize::MAX);
                return self.pass_on_breaks();
            }
            Err(detail) => return self.skip_garbage(DamageReason::BadHeader, detail),
        };
        let block = self.block(&head);
        let body = self.stream.window()[head.length..block.end.min(head.length + MAX_BLOCK)].to_vec();
        self.stream.consume(block.end);
        if block.completeness == Completeness::TooLarge {
            self.pass_over(&head);
        }
        self.skip_blank_lines();
        self.emit(from, head, block, body)
    }

    fn emit(&mut self, from: Mark, head: Head, block: Block, body: Vec<u8>) -> ControlFlow<()> {
        let (offset, length) = self.stream.locate(from);
        if let Some((reason, detail)) = block.damage {
            self.damage((offset, length), reason, detail)?;
        }
        let cut = head.truncated && block.completeness == Completeness::Whole;
        let record = Record {
            origin: Origin { source: Arc::clone(self.source), offset, length, record_id: head.record_id },
            kind: head.kind,
            url: head.url,
            date: head.date,
            content_type: head.content_type,
            identified_language: head.identified_language,
            body,
            completeness: if cut { Completeness::Truncated } else { block.completeness },
        };
        (self.sink)(Finding::Record(record))
    }

    fn head(&mut self) -> Result<Head, String> {
        let mut wanted = GLANCE;
        loop {
            self.stream.peek(wanted);
            let limit = self.first_record_boundary(1, usize::MAX).map(|(at, _)| at);
            let window = self.stream.window();
            match self.format.parse(&window[..limit.unwrap_or(window.len())]) {
                Parsed::Head(head) => return Ok(head),
                Parsed::Bad(detail) => return Err(detail),
                Parsed::Incomplete if self.stream.is_finished() => return Err("the input ends inside a record header".into()),
                Parsed::Incomplete if limit.is_some() => return Err("a record header does not end within its member".into()),
                Parsed::Incomplete if wanted >= MAX_HEADER => {
                    return Err(format!("a record header does not end within {} MiB", MAX_HEADER >> 20));
                }
                Parsed::Incomplete => wanted *= 2,
            }
        }
    }

    /// Finds the block's end; its bytes are in the window then, unless it is too large.
    fn block(&mut self, head: &Head) -> Block {
        match &head.content_length {
            Ok(length) if *length <= MAX_BLOCK as u64 => self.declared_block(head.length, *length as usize),
            Ok(length) if *length <= MAX_DECLARED && self.reaches_next_record(head.length, *length) => {
                self.large_block(head.length)
            }
            Ok(length) => {
                self.undeclared_block(head.length, head.length, &format!("Content-Length {length} reaches past the end"))
            }
            Err(found) => self.undeclared_block(head.length, head.length, found),
        }
    }

    /// For a block too large to hold: whether nothing speaks against its length in what can be held.
    fn reaches_next_record(&mut self, from: usize, length: u64) -> bool {
        self.stream.peek(from + MAX_BLOCK);
        let ends_before = self.stream.is_finished() && (self.stream.window().len() - from) as u64 <= length;
        !ends_before && self.first_record_boundary(from, usize::MAX).is_none()
    }

    fn large_block(&mut self, from: usize) -> Block {
        let end = (from + BEGINNING).min(self.stream.window().len());
        Block { end, completeness: Completeness::TooLarge, damage: None }
    }

    /// Passes over the rest of a block whose beginning is consumed.
    fn pass_over(&mut self, head: &Head) {
        let Ok(length) = head.content_length else { return };
        let mut left = length - BEGINNING as u64;
        while left > 0 && !self.stream.peek(STEP).is_empty() {
            let boundary = self.first_record_boundary(0, usize::MAX).map_or(usize::MAX, |(at, _)| at);
            let passed = (self.stream.window().len() as u64).min(left).min(boundary as u64);
            self.stream.consume(passed as usize);
            left -= passed;
            if boundary as u64 == passed {
                return;
            }
        }
    }

    fn declared_block(&mut self, from: usize, length: usize) -> Block {
        let end = from + length;
        self.stream.peek(end + GLANCE);
        let window_end = self.stream.window().len();
        match self.first_record_boundary(from, end.min(window_end)) {
            Some((at, true)) => return Block::truncated(at, None),
            Some((at, false)) => {
                let detail =
                    format!("Content-Length {length} reaches past the record's member; cut where the next record begins");
                return Block::mended(self.without_blank_lines(from, at), detail);
            }
            None => {}
        }
        if window_end >= end && self.ends_at(end) {
            return Block::whole(end);
        }
        let body = &self.stream.window()[from..end.min(window_end)];
        if let Some(at) = F::find_start(body) {
            let detail = format!("Content-Length {length} reaches into the next record; cut where that begins");
            return Block::mended(self.without_blank_lines(from, from + at), detail);
        }
        if window_end < end && self.stream.is_broken_off() {
            return Block::truncated(window_end, None);
        }
        if window_end < end {
            let missing = end - window_end;
            return Block::truncated(
                window_end,
                Some(format!("the input ends {missing} bytes before the end of a record; what it holds is kept")),
            );
        }
        if self.has_trailer(end) {
            return Block::whole(end);
        }
        self.undeclared_block(from, end, &format!("Content-Length {length} ends inside the block"))
    }

    /// Whether a record, a member or the input begins or ends at `at`, blank lines aside.
    fn ends_at(&self, at: usize) -> bool {
        let after = &self.stream.window()[at..];
        let blank = after.iter().take_while(|&&b| b == b'\r' || b == b'\n').count();
        let reaches_end = blank == after.len();
        let ends_plain_part = self.stream.begins_member_at(at + blank);
        let ends_member = self.stream.boundaries().any(|(b, _)| b >= at && b <= at + blank);
        reaches_end || F::is_start(&after[blank..]) || ends_plain_part || ends_member
    }

    fn has_trailer(&self, at: usize) -> bool {
        let after = &self.stream.window()[at..];
        after.starts_with(b"\r\n\r\n") || after.starts_with(b"\n\n")
    }

    /// A block without a usable length: it reaches to the next record.
    fn undeclared_block(&mut self, from: usize, searched_from: usize, found: &str) -> Block {
        let mut searched = searched_from;
        let end = loop {
            let boundary = self.first_record_boundary(from, usize::MAX).map(|(at, _)| at);
            let window = self.stream.window();
            let limit = boundary.unwrap_or(window.len());
            let start = searched.saturating_sub(1).min(limit);
            if let Some(at) = F::find_start(&window[start..limit]) {
                break start + at;
            }
            if boundary.is_some() || self.stream.is_finished() {
                break limit;
            }
            if limit > from + MAX_BLOCK {
                return Block { end: from + BEGINNING, completeness: Completeness::TooLarge, damage: None };
            }
            searched = limit.saturating_sub(GLANCE).max(searched_from);
            self.stream.peek(limit + STEP);
        };
        let detail = format!("{found}; taken up to the next record");
        Block::mended(self.without_blank_lines(from, end), detail)
    }

    fn without_blank_lines(&self, from: usize, end: usize) -> usize {
        let block = &self.stream.window()[from..end];
        end - block.iter().rev().take_while(|&&b| b == b'\r' || b == b'\n').count().min(4)
    }

    /// The first place in `from..to` of the window where a segment begins that begins a record or follows a gap, and
    /// whether it follows a gap.
    fn first_record_boundary(&self, from: usize, to: usize) -> Option<(usize, bool)> {
        let window = self.stream.window();
        let boundaries = self.stream.boundaries().filter(|&(at, _)| at >= from && at < to);
        boundaries.into_iter().find(|&(at, after_gap)| after_gap || F::is_start(&window[at.min(window.len())..]))
    }
}
