//! How far a record's block reaches, whatever its header says.

use std::fmt;
use std::io::Read;

use super::{Format, GLANCE, Head, OVERLAP, Reader, STEP};
use crate::document::{Completeness, DamageReason};
use crate::ingest::stream::{Ahead, begins_member, without_blank_lines};

/// A longer declared length is not believed: the longest blocks in crawls, disk images and videos, have some ten GiB.
const MAX_DECLARED: u64 = 64 << 30;
/// What is kept of a block that is passed over: enough for its HTTP headers.
const BEGINNING: usize = 64 << 10;

/// What was wrong with a declared length, and what was done about it.
pub(super) type Wrong = (DamageReason, String);

/// The block that follows a header.
pub(super) struct Block {
    /// Where it ends in the window, or what is kept of it.
    pub(super) end: usize,
    pub(super) extent: Extent,
}

/// How much of a block is in the window.
pub(super) enum Extent {
    /// All that there is, and what is wrong with its length.
    Held(Completeness, Option<Wrong>),
    /// Its beginning; the rest is too large.
    Beyond(Rest),
}

/// What follows in the block behind what is in the window.
pub(super) enum Rest {
    /// As many bytes as its header says, of which these are left.
    Declared { length: u64, left: u64 },
    /// All up to the next record.
    Undeclared(Doubt, u64),
}

/// Why a declared length is of no use.
pub(super) enum Doubt {
    /// There is none; with what stands there instead.
    NotALength(String),
    /// The block goes on behind it.
    Short(u64),
    /// No record ends there.
    Long(u64),
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotALength(found) => f.write_str(found),
            Self::Short(length) => write!(f, "Content-Length {length} ends inside the block"),
            Self::Long(length) => write!(f, "Content-Length {length} does not end at a record"),
        }
    }
}

impl Block {
    fn whole(end: usize) -> Self {
        Self { end, extent: Extent::Held(Completeness::Whole, None) }
    }

    fn mended(end: usize, detail: String) -> Self {
        Self { end, extent: Extent::Held(Completeness::Whole, Some((DamageReason::WrongLength, detail))) }
    }

    fn truncated(end: usize, wrong: Option<Wrong>) -> Self {
        Self { end, extent: Extent::Held(Completeness::Truncated, wrong) }
    }

    fn too_large(end: usize, rest: Rest) -> Self {
        Self { end, extent: Extent::Beyond(rest) }
    }
}

fn input_ends_before(missing: u64, kept: &str) -> Wrong {
    (DamageReason::Truncated, format!("the input ends {missing} bytes before the end of a record; {kept}"))
}

impl<R: Read, F: Format> Reader<'_, R, F> {
    /// Finds the block's end; its bytes are in the window then, unless it is too large.
    pub(super) fn block(&mut self, head: &Head) -> Block {
        let from = head.length;
        match &head.content_length {
            Ok(length) if *length <= self.max_block as u64 => self.declared_block(from, *length as usize),
            Ok(length) if *length <= MAX_DECLARED && self.reaches_end_of_record(from, *length) => {
                let end = (from + BEGINNING).min(self.stream.window().len());
                let left = length - (end - from) as u64;
                Block::too_large(end, Rest::Declared { length: *length, left })
            }
            Ok(length) => self.undeclared_block(from, from, Doubt::Long(*length)),
            Err(found) => self.undeclared_block(from, from, Doubt::NotALength(found.clone())),
        }
    }

    /// For a block too large to hold: whether nothing speaks against its length in what can be held, nor where it ends, if
    /// that can be looked at.
    fn reaches_end_of_record(&mut self, from: usize, length: u64) -> bool {
        self.stream.peek(from + self.max_block);
        let end = usize::try_from(length).map_or(usize::MAX, |length| from.saturating_add(length));
        let ends_before = self.stream.is_finished() && ((self.stream.window().len() - from) as u64) < length;
        if ends_before || self.first_record_boundary(from, end).is_some() {
            return false;
        }
        match self.stream.look_ahead(from as u64 + length) {
            Ahead::Unknown => true,
            Ahead::PastEnd => false,
            Ahead::Bytes(after) => follows::<F>(&after),
        }
    }

    /// Passes over what is left of a block whose beginning is consumed, and tells what is wrong with its length.
    pub(super) fn pass_over(&mut self, rest: Rest) -> Option<Wrong> {
        match rest {
            Rest::Declared { length, left } => self.pass_over_declared(length, left),
            Rest::Undeclared(doubt, passed) => self.pass_over_undeclared(&doubt, passed),
        }
    }

    /// Where the end cannot be looked at beforehand, the length is believed until it turns out wrong.
    fn pass_over_declared(&mut self, length: u64, mut left: u64) -> Option<Wrong> {
        let mut inside = Inside::NoRecord;
        loop {
            let seen = self.stream.peek(STEP).len();
            let here = usize::try_from(left).unwrap_or(usize::MAX).min(seen);
            if let Some((at, after_gap)) = self.first_record_boundary(0, here) {
                self.stream.consume(at);
                let cut = format!("Content-Length {length} reaches past the record's member; passed over to the next record");
                return (!after_gap).then_some((DamageReason::WrongLength, cut));
            }
            if F::find_start(&self.stream.window()[..here]).is_some() {
                inside = Inside::Records;
            }
            if here as u64 == left || self.stream.is_finished() {
                return self.declared_end(length, left, inside);
            }
            let passed = here.saturating_sub(OVERLAP).max(1);
            self.stream.consume(passed);
            left -= passed as u64;
        }
    }

    fn declared_end(&mut self, length: u64, left: u64, inside: Inside) -> Option<Wrong> {
        let available = self.stream.peek(usize::try_from(left).unwrap_or(usize::MAX).saturating_add(GLANCE)).len() as u64;
        let here = left.min(available) as usize;
        let missing = left - here as u64;
        let (is_end, has_trailer) = (missing == 0 && self.ends_at(here), self.has_trailer(here));
        self.stream.consume(here);
        match inside {
            _ if is_end => None,
            Inside::Records => {
                let lost =
                    "and records begin before that, which are lost; unpack the file and give its name, they are found then";
                Some((DamageReason::WrongLength, format!("{}, {lost}", Doubt::Long(length))))
            }
            Inside::NoRecord if has_trailer || missing > 0 && self.stream.is_broken_off() => None,
            Inside::NoRecord if missing > 0 => Some(input_ends_before(missing, "it was too large to be kept")),
            Inside::NoRecord => self.pass_over_undeclared(&Doubt::Short(length), length),
        }
    }

    fn pass_over_undeclared(&mut self, doubt: &Doubt, passed: u64) -> Option<Wrong> {
        let from = self.stream.position();
        self.skip_to_record();
        let passed = passed + (self.stream.position() - from);
        let is_last = self.stream.peek(1).is_empty();
        match doubt {
            Doubt::Long(_) if is_last && self.stream.is_broken_off() => None,
            Doubt::Long(length) if is_last && passed < *length => {
                Some(input_ends_before(length - passed, "it was too large to be kept"))
            }
            _ => Some((DamageReason::WrongLength, format!("{doubt}; passed over to the next record"))),
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
            return Block::truncated(window_end, Some(input_ends_before((end - window_end) as u64, "what it holds is kept")));
        }
        if self.has_trailer(end) {
            return Block::whole(end);
        }
        self.undeclared_block(from, end, Doubt::Short(length as u64))
    }

    /// Whether a record, a member or the input begins or ends at `at`, blank lines aside.
    fn ends_at(&self, at: usize) -> bool {
        let after = &self.stream.window()[at..];
        let blank = after.len() - without_blank_lines(after).len();
        let ends_plain_part = self.stream.begins_member_at(at + blank);
        let ends_member = self.stream.boundaries(at..at + blank + 1).next().is_some();
        blank == after.len() || F::is_start(&after[blank..]) || ends_plain_part || ends_member
    }

    fn has_trailer(&self, at: usize) -> bool {
        let after = &self.stream.window()[at..];
        after.starts_with(b"\r\n\r\n") || after.starts_with(b"\n\n")
    }

    /// A block without a usable length: it reaches to the next record.
    fn undeclared_block(&mut self, from: usize, searched_from: usize, doubt: Doubt) -> Block {
        let mut searched = searched_from;
        let end = loop {
            let boundary = self.first_record_boundary(searched, usize::MAX);
            let window = self.stream.window();
            let limit = boundary.map_or(window.len(), |(at, _)| at);
            let start = searched.saturating_sub(1).min(limit);
            if let Some(at) = F::find_start(&window[start..limit]) {
                break start + at;
            }
            match (boundary, &doubt) {
                (Some((_, true)), Doubt::Long(_)) => return Block::truncated(limit, None),
                (Some(_), _) => break limit,
                _ if self.stream.is_finished() || limit > from + self.max_block => return self.unended_block(from, doubt),
                _ => {}
            }
            searched = limit.saturating_sub(OVERLAP).max(searched_from);
            self.stream.peek(limit + STEP);
        };
        self.block_to(from, end, doubt)
    }

    /// A block behind which no record was found in the window.
    fn unended_block(&self, from: usize, doubt: Doubt) -> Block {
        let end = self.stream.window().len();
        let held = (end - from) as u64;
        match doubt {
            Doubt::Long(length) if held <= self.max_block as u64 && held < length => {
                let is_told = self.stream.is_broken_off();
                Block::truncated(end, (!is_told).then(|| input_ends_before(length - held, "what it holds is kept")))
            }
            doubt => self.block_to(from, end, doubt),
        }
    }

    fn block_to(&self, from: usize, end: usize, doubt: Doubt) -> Block {
        if end - from > self.max_block {
            return Block::too_large(from + BEGINNING, Rest::Undeclared(doubt, BEGINNING as u64));
        }
        Block::mended(self.without_blank_lines(from, end), format!("{doubt}; taken up to the next record"))
    }

    fn without_blank_lines(&self, from: usize, end: usize) -> usize {
        let block = &self.stream.window()[from..end];
        end - block.iter().rev().take_while(|&&b| b == b'\r' || b == b'\n').count().min(4)
    }
}

/// Whether what stands behind a block begins a record or a member, or is nothing.
fn follows<F: Format>(after: &[u8]) -> bool {
    let after = without_blank_lines(after);
    after.is_empty() || F::is_start(after) || begins_member(after)
}

/// What was seen in a block that was passed over.
#[derive(Clone, Copy)]
enum Inside {
    NoRecord,
    Records,
}
