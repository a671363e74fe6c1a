//! Where records begin and end in WARC and ARC files, and how reading goes on behind a broken one.

mod block;

use std::io::Read;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::stream::{Mark, Stream};
use super::{Finding, Sink};
use crate::document::{Completeness, Damage, DamageReason, Origin, Record, RecordKind};
use block::{Block, Extent, Wrong};

/// A header longer than this is not believed to be one.
const MAX_HEADER: usize = 16 << 20;
/// A block longer than this is passed over; only its beginning is kept.
pub(super) const MAX_BLOCK: usize = 64 << 20;
/// Bytes looked at in one step of a search.
const STEP: usize = 256 << 10;
/// Enough to tell whether a record begins.
const GLANCE: usize = 4096;
/// What is looked at again in the next step of a search: as much as a header line of ARC may have.
const OVERLAP: usize = 64 << 10;

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
    Reader { stream, format, source, sink, max_block: MAX_BLOCK }.run()
}

struct Reader<'a, R, F> {
    stream: Stream<R>,
    format: F,
    source: &'a Arc<str>,
    sink: Sink<'a>,
    max_block: usize,
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
            } else if self.is_rest_of_broken_member() {
                self.stream.consume(usize::MAX);
            } else {
                self.skip_garbage(DamageReason::Garbage, "bytes that belong to no record".into())?;
            }
        }
    }

    /// Whether what is left is the beginning of a record in a member that is cut, which is told already.
    fn is_rest_of_broken_member(&self) -> bool {
        self.stream.is_broken_off() && self.stream.is_finished() && self.stream.boundaries(1..usize::MAX).next().is_none()
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
            (self.sink)(Finding::Damage(broken.damage(self.source)))?;
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
        self.skip_to_record();
        let place = self.stream.locate(from);
        self.damage(place, reason, format!("{detail}; passed over"))
    }

    /// Passes over at least one byte, to the next place where a record begins or to the end.
    fn skip_to_record(&mut self) {
        loop {
            self.stream.peek(STEP);
            let limit = self.first_record_boundary(1, usize::MAX).map(|(at, _)| at);
            let window = self.stream.window();
            let searched = &window[..limit.unwrap_or(window.len())];
            if let Some(at) = F::find_start(searched).or(limit) {
                self.stream.consume(at);
                return;
            }
            let kept = if self.stream.is_finished() { 0 } else { OVERLAP };
            self.stream.consume(searched.len().saturating_sub(kept).max(1));
            if self.stream.peek(1).is_empty() {
                return;
            }
        }
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
        let begin = self.stream.position() + head.length as u64;
        let Block { end, extent } = self.block(&head);
        let body = self.stream.window()[head.length..end.min(head.length + self.max_block)].to_vec();
        self.stream.consume(end);
        let (completeness, wrong) = match extent {
            Extent::Held(completeness, wrong) => (completeness, wrong),
            Extent::Beyond(rest) => {
                let wrong = self.pass_over(rest);
                (Completeness::TooLarge { n_bytes: self.stream.position() - begin }, wrong)
            }
        };
        self.skip_blank_lines();
        self.emit(from, head, (completeness, wrong), body)
    }

    fn emit(
        &mut self,
        from: Mark,
        head: Head,
        (completeness, wrong): (Completeness, Option<Wrong>),
        body: Vec<u8>,
    ) -> ControlFlow<()> {
        let (offset, length) = self.stream.locate(from);
        if let Some((reason, detail)) = wrong {
            self.damage((offset, length), reason, detail)?;
        }
        let cut = head.truncated && completeness == Completeness::Whole;
        let record = Record {
            origin: Origin { source: Arc::clone(self.source), offset, length, record_id: head.record_id },
            kind: head.kind,
            url: head.url,
            date: head.date,
            content_type: head.content_type,
            identified_language: head.identified_language,
            body,
            completeness: if cut { Completeness::Truncated } else { completeness },
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

    /// The first place in `from..to` of the window where a segment begins that begins a record or follows a gap, and
    /// whether it follows a gap.
    fn first_record_boundary(&self, from: usize, to: usize) -> Option<(usize, bool)> {
        let window = self.stream.window();
        self.stream.boundaries(from..to).find(|&(at, after_gap)| after_gap || F::is_start(&window[at.min(window.len())..]))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Seek, SeekFrom, Write};

    use super::*;
    use crate::ingest::{gzip, warc};

    /// A block longer than this is too large in these tests.
    const LARGE: usize = 1 << 20;

    /// How the bytes come to the reader.
    #[derive(Debug, Clone, Copy)]
    enum Through {
        Pipe,
        File,
        Gzip,
    }

    /// Lengths and completeness of the records, and reasons of the damages.
    type Found = (Vec<(usize, Completeness)>, Vec<DamageReason>);

    fn read(bytes: &[u8], from: Through) -> Found {
        match from {
            Through::Pipe => read_stream(Stream::new(bytes, warc::is_start)),
            Through::Gzip => read_stream(Stream::new(packed(bytes).as_slice(), warc::is_start)),
            Through::File => {
                let mut file = tempfile::tempfile().unwrap_or_else(|e| panic!("{e}"));
                let again = file.write_all(bytes).and_then(|()| file.seek(SeekFrom::Start(0))).and_then(|_| file.try_clone());
                read_stream(Stream::new(file, warc::is_start).of_file(again.unwrap_or_else(|e| panic!("{e}"))))
            }
        }
    }

    fn packed(bytes: &[u8]) -> Vec<u8> {
        gzip::member(bytes, flate2::Compression::fast())
    }

    fn read_stream(stream: Stream<impl Read>) -> Found {
        let (mut records, mut damages) = (Vec::new(), Vec::new());
        let source = "x".into();
        let mut take = |finding: Finding| {
            match finding {
                Finding::Record(record) => records.push((record.body.len(), record.completeness)),
                Finding::Damage(damage) => damages.push(damage.reason),
            }
            ControlFlow::Continue(())
        };
        let _ = Reader { stream, format: warc::Warc, source: &source, sink: &mut take, max_block: LARGE }.run();
        (records, damages)
    }

    fn record(length: impl std::fmt::Display, body: &str) -> Vec<u8> {
        format!("WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: {length}\r\n\r\n{body}\r\n\r\n").into_bytes()
    }

    fn good_records(n: usize) -> Vec<u8> {
        record(3, "abc").repeat(n)
    }

    /// One record that is too large, then whole ones.
    fn check(bytes: &[u8], from: Through, whole: usize, damages: &[DamageReason]) {
        let (records, found) = read(bytes, from);
        assert_eq!(found, damages, "{from:?}");
        assert!(matches!(records.first(), Some((_, Completeness::TooLarge { .. }))), "{from:?}");
        assert_eq!(records.len() - 1, whole, "{from:?}");
        assert!(records[1..].iter().all(|&(length, completeness)| (length, completeness) == (3, Completeness::Whole)));
    }

    #[test]
    fn a_large_block_behind_a_short_length_ends_at_the_next_record() {
        let large = "a".repeat(LARGE * 3);
        for from in [Through::Pipe, Through::File, Through::Gzip] {
            for length in ["10", "none"] {
                check(&[record(length, &large), good_records(50)].concat(), from, 50, &[DamageReason::WrongLength]);
            }
            check(&record(10, &large), from, 0, &[DamageReason::WrongLength]);
        }
    }

    #[test]
    fn a_large_record_of_the_right_length_may_hold_records() {
        let inside = String::from_utf8_lossy(&good_records(LARGE / 20)).into_owned();
        let large = ["a".repeat(LARGE * 2), inside].concat();
        for from in [Through::Pipe, Through::File, Through::Gzip] {
            for whole in [0, 50] {
                check(&[record(large.len(), &large), good_records(whole)].concat(), from, whole, &[]);
            }
        }
    }

    #[test]
    fn a_length_that_cannot_be_is_not_believed() {
        let large = "a".repeat(LARGE * 2);
        let whole = LARGE / 20;
        let behind = good_records(whole);
        for from in [Through::Pipe, Through::File, Through::Gzip] {
            check(&[record(80_000_000_000_u64, &large), behind.clone()].concat(), from, whole, &[DamageReason::WrongLength]);
        }
        for length in [LARGE * 3, LARGE * 4, 1 << 30] {
            let file = [record(length, &large), behind.clone()].concat();
            check(&file, Through::File, whole, &[DamageReason::WrongLength]);
            for from in [Through::Pipe, Through::Gzip] {
                let (records, damages) = read(&file, from);
                assert!(damages.contains(&DamageReason::WrongLength), "{length} from {from:?}: {damages:?}");
                assert!(matches!(records[0].1, Completeness::TooLarge { .. }));
            }
        }
    }

    #[test]
    fn a_large_record_that_is_cut_is_told() {
        for from in [Through::Pipe, Through::File, Through::Gzip] {
            check(&record(LARGE * 3, &"a".repeat(LARGE * 2)), from, 0, &[DamageReason::Truncated]);
            let (records, damages) = read(&record(LARGE * 3, &"a".repeat(LARGE / 2)), from);
            assert_eq!((records[0].1, damages.as_slice()), (Completeness::Truncated, &[DamageReason::Truncated][..]));
        }
    }

    #[test]
    fn a_block_in_very_many_members_is_read() {
        let file = [packed(b"WARC/1.0\r\nWARC-Type: resource\r\n\r\n"), packed(b"a").repeat(400_000)].concat();
        let (records, damages) = read_stream(Stream::new(file.as_slice(), warc::is_start));
        assert_eq!(records, [(400_000, Completeness::Whole)]);
        assert_eq!(damages, [DamageReason::WrongLength]);
    }

    #[test]
    fn members_are_told_apart_where_records_begin() {
        let boundaries = |member: &[u8]| {
            let file = packed(member).repeat(300_000);
            let mut stream = Stream::new(file.as_slice(), warc::is_start);
            stream.peek(member.len() * 300_000);
            stream.boundaries(0..usize::MAX).count()
        };
        assert_eq!(boundaries(b"WARC/1.0\nA:\n\n"), 299_999);
        assert!(boundaries(b"a") < 299_999);
    }
}
