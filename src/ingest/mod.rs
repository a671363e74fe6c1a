//! From files to records, and from records to pages. Formats are told by content; a name tells only style sheets, scripts and
//! data from texts.

mod arc;
mod charset;
mod coding;
mod container;
mod controls;
mod dates;
mod decode;
mod fields;
mod frame;
mod framing;
mod gzip;
mod http;
mod identified;
mod jsonl;
mod media;
mod plan;
mod raw;
mod stream;
mod utf16;
mod wacz;
mod warc;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) use container::{format_of, is_html};
pub use decode::{MAX_PAGE, decode, page_of};
pub(crate) use jsonl::{Line, lines};
pub use plan::{Input, Output, Place, Plan, PlanError};

use crate::document::{Completeness, Damage, DamageReason, Origin, Record};
use container::{Container, is_record_start};
use stream::Stream;

/// Bytes looked at to tell a format.
const HEAD: usize = 64 << 10;
/// Bytes of a file that is itself too large a document up to which it is told how large: some compress a terabyte into some megabytes.
const MAX_MEASURED: u64 = 4 << 30;
/// Bytes that are told of what is not as it should be.
const MAX_TOLD: usize = 40;
const ZIP_MAGIC: &[u8] = b"PK\x03\x04";

/// What reading comes upon.
#[derive(Debug)]
pub enum Finding {
    /// A record, whole or not.
    Record(Record),
    /// Something broken; reading goes on behind it.
    Damage(Damage),
}

/// Takes findings in the order of the input; `Break` ends the reading.
pub type Sink<'a> = &'a mut dyn FnMut(Finding) -> ControlFlow<()>;

/// Reads one input to its end. `bytes_read` grows with the bytes taken from it.
pub fn read(input: &Input, bytes_read: &AtomicU64, sink: Sink<'_>) -> ControlFlow<()> {
    let outcome = match &input.place {
        Place::Stdin => read_unseekable(io::stdin().lock(), &input.label, bytes_read, sink),
        Place::File(path) => match File::open(path) {
            Ok(file) => read_file(file, &input.label, bytes_read, sink),
            Err(e) => Err(e),
        },
    };
    outcome.unwrap_or_else(|e| sink(Finding::Damage(unreadable(&input.label, &e))))
}

fn unreadable(label: &Arc<str>, error: &io::Error) -> Damage {
    let detail = format!("{error}; nothing of it was read");
    Damage { source: Arc::clone(label), offset: 0, length: 0, reason: DamageReason::Unreadable, detail }
}

fn read_file(mut file: File, label: &Arc<str>, bytes_read: &AtomicU64, sink: Sink<'_>) -> io::Result<ControlFlow<()>> {
    if !file.metadata()?.is_file() {
        return read_unseekable(file, label, bytes_read, sink);
    }
    let is_zip = head_of(&mut file)? == ZIP_MAGIC;
    file.seek(SeekFrom::Start(0))?;
    if is_zip {
        return Ok(wacz::read(file, label, bytes_read, sink));
    }
    let again = file.try_clone()?;
    let stream = Stream::new(Metered { reader: file, bytes_read }, is_record_start).of_file(again);
    Ok(read_records(stream, label, sink))
}

/// A zip archive's table of contents stands at its end; one that comes through a pipe is put aside first.
fn read_unseekable(
    mut reader: impl Read,
    label: &Arc<str>,
    bytes_read: &AtomicU64,
    sink: Sink<'_>,
) -> io::Result<ControlFlow<()>> {
    let head = head_of(&mut reader)?;
    let mut reader = head.as_slice().chain(reader);
    if head != ZIP_MAGIC {
        return Ok(read_stream(Metered { reader, bytes_read }, label, sink));
    }
    let mut file = tempfile::tempfile()?;
    io::copy(&mut reader, &mut file)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(wacz::read(file, label, bytes_read, sink))
}

fn head_of(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    reader.by_ref().take(ZIP_MAGIC.len() as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// A reader that counts.
struct Metered<'a, R> {
    reader: R,
    bytes_read: &'a AtomicU64,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.reader.read(buffer)?;
        self.bytes_read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl<R: Seek> Seek for Metered<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.reader.seek(to)
    }
}

fn read_stream(reader: impl Read, label: &Arc<str>, sink: Sink<'_>) -> ControlFlow<()> {
    read_records(Stream::new(reader, is_record_start), label, sink)
}

fn read_records(mut stream: Stream<impl Read>, label: &Arc<str>, sink: Sink<'_>) -> ControlFlow<()> {
    if !stream::begins_member(stream.peek(HEAD)) {
        return read_container(stream, label, sink);
    }
    // A file that was compressed twice, but no more than that: there are files that decompress to themselves.
    let mut inner = Unpacked(&mut stream);
    read_container(Stream::new(&mut inner as &mut dyn Read, is_record_start), label, sink)?;
    stream.take_breaks().into_iter().try_for_each(|broken| sink(Finding::Damage(broken.damage(label))))
}

/// What a stream holds, as something to read.
struct Unpacked<'a, R>(&'a mut Stream<R>);

impl<R: Read> Read for Unpacked<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.0.peek(1).read(buffer)?;
        self.0.consume(n);
        Ok(n)
    }
}

/// One page or text out of a file that may be compressed, or compressed twice, and what is broken about that. Of one that
/// is too large no more is unpacked than shows it.
pub(crate) fn unpacked(mut bytes: Vec<u8>) -> (Vec<u8>, Option<String>) {
    let mut told = None;
    let mut layers = 2;
    while layers > 0 && stream::begins_member(&bytes) {
        let mut stream = Stream::new(bytes.as_slice(), is_record_start);
        let inner = stream.peek(MAX_PAGE + 1).to_vec();
        let broken = stream.take_breaks().into_iter().next();
        told = told.or(broken.map(|broken| format!("byte {}: {}", broken.offset, broken.detail)));
        // What was cut here is not broken.
        layers = if inner.len() > MAX_PAGE { 0 } else { layers - 1 };
        bytes = inner;
    }
    (bytes, told)
}

fn read_container(mut stream: Stream<impl Read>, label: &Arc<str>, sink: Sink<'_>) -> ControlFlow<()> {
    match container::container(&mut stream) {
        Container::Warc => identified::with_languages(|sink| framing::read_records(stream, warc::Warc, label, sink), sink),
        Container::Arc => framing::read_records(stream, arc::Arc1, label, sink),
        Container::Jsonl => jsonl::read(stream, label, sink),
        Container::Bare => read_bare(stream, label, sink),
    }
}

fn read_bare(mut stream: Stream<impl Read>, label: &Arc<str>, sink: Sink<'_>) -> ControlFlow<()> {
    let from = stream.mark();
    let content = stream.peek(MAX_PAGE + 1);
    let is_too_large = content.len() > MAX_PAGE;
    let kept = if is_too_large { HEAD } else { content.len() };
    let body = content[..kept].to_vec();
    while !stream.peek(1).is_empty() && stream.position() < MAX_MEASURED {
        stream.consume(usize::MAX);
    }
    let n_bytes = stream.position();
    let (offset, length) = stream.locate(from);
    let breaks = stream.take_breaks();
    let is_whole = breaks.iter().all(|broken| broken.reason == DamageReason::ChecksumMismatch);
    let completeness = match (is_too_large, is_whole) {
        (true, _) => Completeness::TooLarge { n_bytes },
        (false, false) => Completeness::Truncated,
        (false, true) => Completeness::Whole,
    };
    for broken in breaks {
        sink(Finding::Damage(broken.damage(label)))?;
    }
    let origin = Origin { source: Arc::clone(label), offset, length, record_id: String::new() };
    sink(Finding::Record(Record { completeness, ..Record::bare(origin, body) }))
}

/// Bytes of a header as text; control characters, which belong in none, are left out.
fn text_of(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    if text.chars().any(char::is_control) { text.chars().filter(|c| !c.is_control()).collect() } else { text.into_owned() }
}

/// The first bytes of what is not as it should be, as text.
fn beginning_of(bytes: &[u8]) -> String {
    text_of(&bytes[..bytes.len().min(MAX_TOLD)])
}

#[cfg(test)]
mod tests {
    use flate2::Compression;

    use super::*;
    use crate::document::Reason;
    use framing::MAX_BLOCK;

    #[derive(Debug, Clone, Copy)]
    enum Packing {
        Plain,
        Gzip,
        Zstd,
    }

    const PACKINGS: [Packing; 3] = [Packing::Plain, Packing::Gzip, Packing::Zstd];

    impl Packing {
        fn pack(self, record: &[u8]) -> Vec<u8> {
            match self {
                Self::Plain => record.to_vec(),
                Self::Gzip => gzip::member(record, Compression::default()),
                // As fast as that, much of the text stands in the frame as it is.
                Self::Zstd => zstd::encode_all(record, -5).unwrap_or_default(),
            }
        }
    }

    /// Gives `piece` bytes at a time.
    struct Slowly<'a> {
        rest: &'a [u8],
        piece: usize,
    }

    impl Read for Slowly<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = self.piece.min(buffer.len());
            self.rest.read(&mut buffer[..length])
        }
    }

    #[test]
    fn one_text_may_be_compressed_twice() {
        let text = record(5000);
        let check = |packings: &[Packing], expected: &[u8]| {
            let packed = packings.iter().fold(text.clone(), |bytes, packing| packing.pack(&bytes));
            assert_eq!(unpacked(packed), (expected.to_vec(), None), "{packings:?}");
        };
        check(&[Packing::Plain], &text);
        check(&[Packing::Zstd], &text);
        check(&[Packing::Zstd, Packing::Gzip], &text);
        check(&[Packing::Gzip; 3], &Packing::Gzip.pack(&text));
        let packed = Packing::Gzip.pack(&text);
        let (beginning, told) = unpacked(packed[..packed.len() / 2].to_vec());
        assert!(!beginning.is_empty() && text.starts_with(&beginning) && told.is_some_and(|told| told.contains("gzip member")));
        let large = Packing::Gzip.pack(&Packing::Gzip.pack(&vec![b'a'; MAX_PAGE + 100]));
        let (beginning, told) = unpacked(large);
        assert!(beginning.len() > MAX_PAGE && told.is_none());
    }

    fn findings_in(file: &[u8], piece: usize) -> (Vec<Record>, Vec<Damage>) {
        let (mut records, mut damages) = (Vec::new(), Vec::new());
        let _ = read_stream(Slowly { rest: file, piece }, &"x".into(), &mut |finding| {
            match finding {
                Finding::Record(record) => records.push(record),
                Finding::Damage(damage) => damages.push(damage),
            }
            ControlFlow::Continue(())
        });
        (records, damages)
    }

    /// The lengths of the records, and how many damages there are.
    fn found_in(file: &[u8], piece: usize) -> (Vec<usize>, usize) {
        let (records, damages) = findings_in(file, piece);
        (records.iter().map(|record| record.body.len()).collect(), damages.len())
    }

    /// Its text does not compress well.
    fn record(length: usize) -> Vec<u8> {
        let mut state = length as u32 | 1;
        let mut letter = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            char::from(b'a' + (state % 26) as u8)
        };
        let body: String = (0..length).map(|_| letter()).collect();
        format!("WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: {length}\r\n\r\n{body}\r\n\r\n").into_bytes()
    }

    /// A gzip member that holds the record as it is.
    fn stored(record: &[u8]) -> Vec<u8> {
        gzip::member(record, Compression::none())
    }

    /// All files of `n` records, each packed in one of three ways.
    fn orders(n: u32) -> impl Iterator<Item = Vec<Packing>> {
        (0..3usize.pow(n)).map(move |order| (0..n).map(|i| PACKINGS[order / 3usize.pow(i) % 3]).collect())
    }

    #[test]
    fn members_frames_and_plain_records_follow_each_other_in_any_order() {
        for lengths in [[20, 300, 90, 1500, 7], [700_000, 10, 400_000, 150_000, 30]] {
            for order in orders(5).step_by(if lengths[0] > 20 { 7 } else { 1 }) {
                let file: Vec<u8> = order.iter().zip(lengths).flat_map(|(packing, n)| packing.pack(&record(n))).collect();
                for piece in [1000, 4097, usize::MAX] {
                    assert_eq!(found_in(&file, piece), (lengths.to_vec(), 0), "{order:?} read by {piece}");
                }
            }
        }
    }

    #[test]
    fn a_cut_loses_no_record_before_it_and_is_told() {
        for order in orders(3) {
            let parts: Vec<Vec<u8>> = order.iter().map(|packing| packing.pack(&record(60))).collect();
            let ends: Vec<usize> = (0..=3).map(|n| parts[..n].concat().len()).collect();
            for cut in 1..ends[3] {
                let whole = ends.iter().filter(|&&end| end <= cut).count() - 1;
                let (records, damaged) = found_in(&parts.concat()[..cut], usize::MAX);
                assert!(records.len() >= whole, "{order:?} cut at {cut}");
                assert!(records.len() > whole || damaged > 0 || ends.contains(&cut), "{order:?} cut at {cut}");
            }
        }
    }

    #[test]
    fn a_member_that_is_cut_is_told_once() {
        for packing in [Packing::Gzip, Packing::Zstd] {
            let part = packing.pack(&record(60));
            let file = part.repeat(2);
            for cut in part.len() + 1..file.len() {
                assert_eq!(found_in(&file[..cut], usize::MAX).1, 1, "{packing:?} cut at {cut}");
            }
        }
    }

    #[test]
    fn a_page_may_stand_behind_long_fields_of_its_line() {
        for (n_bytes, page) in [(10, "text"), (200_000, "text"), (2_000_000, "html"), (200_000, "content")] {
            let line = format!("{{\"meta\":\"{}\",\"{page}\":\"A page.\"}}\n", "x".repeat(n_bytes));
            let file = format!("\u{feff} {line}{line}").into_bytes();
            let lengths = if page == "content" { vec![file.len()] } else { vec![7, 7] };
            for piece in [70_001, usize::MAX] {
                assert_eq!(found_in(&file, piece), (lengths.clone(), 0), "{page} behind {n_bytes} by {piece}");
            }
        }
    }

    #[test]
    fn what_is_broken_costs_nothing_beside_it() {
        let lengths = [4000, 300, 5000, 90];
        for order in orders(4) {
            let parts: Vec<Vec<u8>> = order.iter().zip(lengths).map(|(packing, n)| packing.pack(&record(n))).collect();
            for broken in (0..4).filter(|&i| !matches!(order[i], Packing::Plain)) {
                let others: Vec<usize> = (0..4).filter(|&i| i != broken).map(|i| lengths[i]).collect();
                for at in [5, 7, 9, parts[broken].len() / 2] {
                    let mut parts = parts.clone();
                    parts[broken][at..at + 4].iter_mut().for_each(|byte| *byte ^= 0x5a);
                    let (records, damaged) = found_in(&parts.concat(), 4097);
                    // A broken frame without a checksum may still decompress, as a gzip header with other flags does.
                    assert!(damaged > 0 || records == lengths, "{order:?}, {broken} at {at}");
                    assert!(others.iter().all(|n| records.contains(n)), "{order:?}, {broken} at {at}: {records:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_kept_of_a_broken_part_is_found_again() {
        for mut broken in [stored(&record(900_000)), Packing::Zstd.pack(&record(900_000))] {
            let half = broken.len() / 2;
            broken[half..].fill(0xff);
            let whole = broken.len() as u64;
            let (records, _) = findings_in(&[broken, Packing::Gzip.pack(&record(7))].concat(), usize::MAX);
            let Origin { offset, length, .. } = records[0].origin;
            assert_eq!((records.len(), records[0].completeness, offset), (2, Completeness::Truncated, 0));
            assert!((whole / 4..=whole).contains(&length), "{length} of {whole}");
        }
    }

    #[test]
    fn what_is_too_large_is_told_with_its_length() {
        for packing in [Packing::Plain, Packing::Gzip] {
            for (length, file) in [(40 << 20, vec![b'a'; 40 << 20]), (MAX_BLOCK + 5, record(MAX_BLOCK + 5))] {
                let (records, damages) = findings_in(&packing.pack(&file), usize::MAX);
                let rejections: Vec<_> = records.into_iter().filter_map(|record| decode(record).err()).collect();
                let told: Vec<_> = rejections.iter().map(|rejection| (rejection.reason, rejection.n_bytes)).collect();
                assert_eq!((told, damages.len()), (vec![(Reason::TooLarge, length as u64)], 0), "{packing:?}");
            }
        }
    }

    #[test]
    fn frames_that_are_skipped_may_be_cut() {
        for magic in [frame::DICTIONARY_MAGIC, [0x50, 0x2a, 0x4d, 0x18]] {
            let skipped = [&magic[..], &100u32.to_le_bytes(), &[b'd'; 100]].concat();
            for before in [Vec::new(), Packing::Zstd.pack(&record(9))] {
                for (cut, reasons) in [(60, vec![DamageReason::Truncated]), (0, vec![])] {
                    let file = [&before, &skipped[..skipped.len() - cut]].concat();
                    let (_, damages) = findings_in(&file, usize::MAX);
                    assert_eq!(damages.iter().map(|damage| damage.reason).collect::<Vec<_>>(), reasons, "{magic:?} {cut}");
                }
            }
        }
    }

    #[test]
    fn large_records_behind_what_is_broken_are_found_and_those_inside_are_not() {
        let (large, lengths) = (record(3 << 20), [1_500_000, 20, 2_000_000]);
        for (mut broken, at) in [(Packing::Gzip.pack(&large), 10), (Packing::Zstd.pack(&large), 5), (stored(&large), 10)] {
            broken[at..at + 4].iter_mut().for_each(|byte| *byte ^= 0x5a);
            for order in orders(3).step_by(2) {
                let parts = order.iter().zip(lengths).flat_map(|(packing, n)| packing.pack(&record(n)));
                let (records, damaged) = found_in(&broken.iter().copied().chain(parts).collect::<Vec<u8>>(), usize::MAX);
                assert!(damaged > 0 && records.ends_with(&lengths), "{order:?}: {records:?}");
            }
        }
    }

    #[test]
    fn marks_and_blanks_before_the_first_record_are_no_damage() {
        for before in ["\u{feff}", " \t\n", "\u{feff}\r\n "] {
            for packing in PACKINGS {
                let file = packing.pack(&[before.as_bytes(), &record(9), &record(7)].concat());
                assert_eq!(found_in(&file, usize::MAX), (vec![9, 7], 0), "{before:?} {packing:?}");
            }
            let file = [before.as_bytes(), b"http://a.example/ 127.0.0.1 20080430204825 text/html 3\nabc\n"].concat();
            let (records, damages) = findings_in(&file, usize::MAX);
            assert_eq!((records[0].origin.offset, damages.len()), (before.len() as u64, 0));
        }
    }

    #[test]
    fn a_file_may_be_compressed_twice_but_not_forever() {
        let lengths = [4000, 300, 90_000];
        for order in orders(3).filter(|order| !matches!(order[0], Packing::Plain)) {
            let parts: Vec<u8> = order.iter().zip(lengths).flat_map(|(packing, n)| packing.pack(&record(n))).collect();
            for outer in [Packing::Gzip, Packing::Zstd] {
                let file = outer.pack(&parts);
                assert_eq!(found_in(&file, 4097), (lengths.to_vec(), 0), "{order:?} in {outer:?}");
                let (records, damages) = findings_in(&file[..file.len() - 9], usize::MAX);
                assert!(records.len() >= 2 && !damages.is_empty(), "{order:?} in {outer:?}, cut");
            }
        }
        let thrice = (0..3).fold(record(300), |inner, _| Packing::Gzip.pack(&inner));
        let (records, _) = findings_in(&thrice, usize::MAX);
        assert_eq!(records.into_iter().map(|record| decode(record).is_err()).collect::<Vec<_>>(), [true]);
    }

    #[test]
    fn blank_lines_and_long_names_stand_between_parts() {
        let mut named = vec![0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3];
        named.extend([&[b'n'; 5000], &b"\0"[..], &Packing::Gzip.pack(&record(9))[10..]].concat());
        let unended = record(8).trim_ascii_end().to_vec();
        let file = [named.clone(), b"\r\n\n".to_vec(), record(7), named, unended, Packing::Zstd.pack(&record(6))].concat();
        assert_eq!(found_in(&file, usize::MAX), (vec![9, 7, 9, 8, 6], 0));
    }
}
