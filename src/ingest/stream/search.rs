//! How reading goes on behind what is broken: at the next member, frame or record that is proven to be one.

use std::io::Read;

use memchr::memmem;

use super::{Mode, Stream, begins_member, without_blank_lines};
use crate::document::DamageReason;
use crate::ingest::{frame, gzip, warc};

/// How much of a suspected member is inflated to prove it.
const TRIAL_INPUT: usize = 1 << 20;
/// Suspected parts that are tried in one gap; the search ends there, and with it the file.
const MAX_TRIALS: usize = 1 << 16;
/// Input that all trials of one gap may look at together.
const TRIAL_BUDGET: usize = 256 << 20;

impl<R: Read> Stream<R> {
    /// Zero padding, which gzip allows at the end of a file.
    pub(super) fn skip_zeros(&mut self, start: u64) {
        while self.raw.want(1).first() == Some(&0) {
            let zeros = self.raw.available().iter().take_while(|&&b| b == 0).count();
            self.raw.consume(zeros);
        }
        if !self.raw.available().is_empty() {
            self.report(start, self.raw.offset() - start, DamageReason::Garbage, "zero bytes between compressed members");
        }
    }

    /// Goes on at the next part behind `start`, where what is broken begins.
    pub(super) fn resynchronise(&mut self, start: u64, reason: DamageReason, detail: &str) {
        self.raw.rewind_to(start + 1);
        self.mode = Mode::Between;
        self.gap = true;
        let found = self.find_part();
        let length = self.raw.offset() - start;
        let outcome = match found {
            true if self.raw.available().starts_with(warc::MAGIC) => "reading goes on at the next record",
            true => "reading goes on at the next member",
            false => "no further member follows",
        };
        self.report(start, length, reason, format!("{detail}; {outcome}"));
    }

    /// Moves the raw position to the next bytes that are proven to be a member, or a record that is not compressed.
    fn find_part(&mut self) -> bool {
        let (mut trials, mut budget) = (0, TRIAL_BUDGET);
        loop {
            let bytes = self.raw.available();
            let Some(at) = next_magic(bytes) else {
                self.raw.consume(bytes.len().saturating_sub(warc::MAGIC.len() - 1));
                if self.raw.fill() == 0 {
                    self.raw.consume(usize::MAX >> 1);
                    return false;
                }
                continue;
            };
            self.raw.consume(at);
            self.raw.set_mark(self.raw.offset());
            trials += 1;
            if trials > MAX_TRIALS {
                while self.raw.fill() > 0 {
                    self.raw.consume(usize::MAX >> 1);
                }
                return false;
            }
            let looked_at = TRIAL_INPUT.min(budget);
            if self.is_part(looked_at) {
                return true;
            }
            budget -= looked_at.min(self.raw.available().len());
            self.raw.consume(1);
        }
    }

    fn is_part(&mut self, looked_at: usize) -> bool {
        let bytes = self.raw.want(looked_at);
        let bytes = &bytes[..bytes.len().min(looked_at)];
        if bytes.starts_with(warc::MAGIC) {
            // A broken member may show the record that it holds: but not with a part behind it.
            let behind = warc::declared_end(bytes).and_then(|end| bytes.get(end..)).map(without_blank_lines);
            let is_end = |rest: &[u8]| rest.is_empty() || begins_member(rest) || (self.is_start)(rest);
            return (self.is_start)(bytes) && behind.is_some_and(is_end);
        }
        if bytes.starts_with(&frame::MAGIC) {
            return frame::begins_record(bytes, &self.dictionary, self.is_start);
        }
        gzip::try_member(bytes).is_some_and(|trial| trial.proven || (self.is_start)(&trial.beginning))
    }
}

/// The next place where a member, a frame or a record that is not compressed may begin.
fn next_magic(bytes: &[u8]) -> Option<usize> {
    let magics: [&[u8]; 3] = [&gzip::MAGIC, &frame::MAGIC, warc::MAGIC];
    magics.into_iter().fold(None, |first, magic| memmem::find(&bytes[..first.unwrap_or(bytes.len())], magic).or(first))
}
