//! How reading goes on behind what is broken: at the next member, frame or record that is proven to be one.

use std::io::Read;

use memchr::memmem;

use super::{GLANCE, Stream, begins_member, without_blank_lines};
use crate::document::DamageReason;
use crate::ingest::{frame, gzip, warc};

/// How much of a suspected member is inflated to prove it, and how far a suspected record's header may reach.
const TRIAL_INPUT: usize = 1 << 20;
/// What a suspected member may inflate to; pages of 1 MiB, compressed, have less.
const TRIAL_OUTPUT: usize = 16 << 20;
/// Bytes that all trials of one gap may read and make together; the search ends there, and with it the file.
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
        self.end_part();
        self.raw.rewind_to(start + 1);
        self.gap = true;
        let found = self.find_part();
        let length = self.raw.offset() - start;
        let outcome: String = match found {
            Found::Part if self.raw.available().starts_with(warc::MAGIC) => "reading goes on at the next record".into(),
            Found::Part => "reading goes on at the next member".into(),
            Found::End => "no further member follows".into(),
            Found::Nothing => {
                let tried = TRIAL_BUDGET >> 20;
                format!("the search for the next member was given up after trials of {tried} MiB; the rest is passed over")
            }
        };
        self.report(start, length, reason, format!("{detail}; {outcome}"));
    }

    /// Moves the raw position to the next bytes that are proven to be a member, or a record that is not compressed.
    fn find_part(&mut self) -> Found {
        let mut budget = TRIAL_BUDGET;
        loop {
            let bytes = self.raw.available();
            let Some(at) = next_magic(bytes) else {
                self.raw.consume(bytes.len().saturating_sub(warc::MAGIC.len() - 1));
                if self.raw.fill() == 0 {
                    self.pass_over_rest();
                    return Found::End;
                }
                continue;
            };
            self.raw.consume(at);
            self.raw.set_mark(self.raw.offset());
            if budget == 0 {
                self.pass_over_rest();
                return Found::Nothing;
            }
            match self.try_part(budget) {
                Trial::Part => return Found::Part,
                Trial::Chance { cost } => budget = budget.saturating_sub(cost),
            }
            self.raw.consume(1);
        }
    }

    fn pass_over_rest(&mut self) {
        loop {
            self.raw.consume(self.raw.available().len());
            if self.raw.fill() == 0 {
                return;
            }
        }
    }

    fn try_part(&mut self, budget: usize) -> Trial {
        let looked_at = TRIAL_INPUT.min(budget);
        let bytes = self.raw.want(looked_at);
        let bytes = &bytes[..bytes.len().min(looked_at)];
        if bytes.starts_with(warc::MAGIC) {
            return self.try_plain_record(looked_at);
        }
        if bytes.starts_with(&frame::MAGIC) {
            let frame = frame::try_frame(bytes, &self.dictionary, TRIAL_OUTPUT.min(budget));
            let is_part = frame.is_proven || (self.is_start)(&frame.beginning);
            return if is_part { Trial::Part } else { Trial::Chance { cost: frame.cost } };
        }
        let member = gzip::try_member(bytes, TRIAL_OUTPUT.min(budget));
        match member.ending {
            gzip::Ending::Proven => Trial::Part,
            gzip::Ending::Open if (self.is_start)(&member.beginning) => Trial::Part,
            _ => Trial::Chance { cost: member.cost },
        }
    }

    /// A broken member may show the record that it holds: but not with a part behind it.
    fn try_plain_record(&mut self, looked_at: usize) -> Trial {
        let bytes = self.raw.available();
        let bytes = &bytes[..bytes.len().min(looked_at)];
        let end = if (self.is_start)(bytes) { warc::declared_end(bytes) } else { None };
        let chance = Trial::Chance { cost: end.unwrap_or(looked_at).min(bytes.len()) };
        let Some(end) = end else { return chance };
        match self.raw.want(end + GLANCE).get(end..).map(without_blank_lines) {
            Some(rest) if rest.is_empty() || begins_member(rest) || (self.is_start)(rest) => Trial::Part,
            _ => chance,
        }
    }
}

/// How the search for the next part ended.
enum Found {
    Part,
    /// At the end of the input.
    End,
    /// Before that, because what it may cost was spent.
    Nothing,
}

/// What a suspected part turned out to be.
enum Trial {
    Part,
    /// Bytes that look like one, and how many were read and made to tell.
    Chance {
        cost: usize,
    },
}

/// The next place where a member, a frame or a record that is not compressed may begin.
fn next_magic(bytes: &[u8]) -> Option<usize> {
    let magics: [&[u8]; 3] = [&gzip::MAGIC, &frame::MAGIC, warc::MAGIC];
    magics.into_iter().fold(None, |first, magic| memmem::find(&bytes[..first.unwrap_or(bytes.len())], magic).or(first))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn member(content: &[u8]) -> Vec<u8> {
        gzip::member(content, flate2::Compression::fast())
    }

    /// What is told of bytes that are broken behind a first member.
    fn check(broken: &[u8], told: &str) {
        let file = [&member(b"a"), &b"x"[..], broken].concat();
        let mut stream = Stream::new(file.as_slice(), warc::is_start);
        while !stream.peek(1).is_empty() {
            stream.consume(usize::MAX);
        }
        let details: Vec<String> = stream.take_breaks().into_iter().map(|broken| broken.detail).collect();
        assert!(details.len() == 1 && details[0].contains(told), "{details:?} do not tell {told:?}");
    }

    #[test]
    fn a_frame_is_proven_by_its_checksum() -> std::io::Result<()> {
        let mut encoder = zstd::Encoder::new(Vec::new(), 3)?;
        encoder.include_checksum(true)?;
        encoder.write_all(b"{\"text\":\"x\"}\n")?;
        let frame = encoder.finish()?;
        check(&frame, "reading goes on at the next member");
        check(&frame[..frame.len() - 1], "no further member follows");
        check(&zstd::encode_all(&b"{\"text\":\"x\"}\n"[..], 3)?, "no further member follows");
        Ok(())
    }

    #[test]
    fn a_search_that_is_given_up_is_told() {
        let suspected = [&gzip::MAGIC[..], b"\xff"].concat();
        check(&suspected.repeat(10), "no further member follows");
        check(&suspected.repeat(70_000), "given up after trials of 256 MiB");
        check(&member(&vec![0; TRIAL_OUTPUT + 1]).repeat(TRIAL_BUDGET / TRIAL_OUTPUT + 1), "given up after trials of 256 MiB");
    }
}
