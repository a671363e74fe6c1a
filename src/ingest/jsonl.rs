//! Lines of JSON with a page each: `{"id", "url", "html" or "text"}`.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::io::Read;
use std::ops::ControlFlow;
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use memchr::{memchr, memchr_iter, memmem};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::stream::{Break, Mark, Stream};
use super::{Finding, MAX_PAGE, Sink};
use crate::document::{Completeness, DamageReason, Media, Origin, Record};

/// JSON escapes a character in up to six bytes.
pub(super) const MAX_LINE: usize = 6 * MAX_PAGE;
const STEP: usize = 256 << 10;
/// What is kept of a line that is too long: enough to see that it is text.
const BEGINNING: usize = 1 << 10;

/// One line: the fields of a JSON object, of several by the same name the last. What nobody asks for may be anything.
#[derive(Debug)]
pub struct Line<'a>(HashMap<String, &'a RawValue>);

impl<'a> Line<'a> {
    /// Reads a line.
    ///
    /// # Errors
    /// A line that is no JSON object.
    pub fn parse(line: &'a [u8]) -> Result<Self, String> {
        let not_an_object = |e: serde_json::Error| if e.is_data() { "not a JSON object".into() } else { not_json(&e) };
        serde_json::from_slice(line.trim_ascii()).map(Self).map_err(not_an_object)
    }

    /// Any JSON value but `null`; it is given back as it came.
    pub fn id(&self) -> Option<&'a RawValue> {
        self.0.get("id").copied().filter(|id| id.get() != "null")
    }

    /// The `id` as text: a string as it is, anything else as JSON; empty if there is none.
    pub fn id_text(&self) -> String {
        self.id().map(text_of_id).unwrap_or_default()
    }

    /// Whether there is something in a field.
    pub fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| value.get() != "null")
    }

    /// A field that is a string, or is missing or `null`. Half of a surrogate pair, which JSON may have and Unicode has not
    /// (RFC 8259, 8.2), becomes U+FFFD.
    ///
    /// # Errors
    /// Anything else.
    pub fn text(&self, name: &str) -> Result<Option<String>, String> {
        let Some(value) = self.0.get(name) else { return Ok(None) };
        let text: Result<Option<Text>, _> = serde_json::from_str(value.get());
        text.map(|text| text.map(|Text(text)| text)).map_err(|_| format!("{name:?} is not a string"))
    }

    /// The page in `html`, or else in `text`.
    ///
    /// # Errors
    /// A line without one.
    pub fn page(&self) -> Result<(Media, String), String> {
        if let Some(html) = self.text("html")? {
            return Ok((Media::Html, html));
        }
        let text = self.text("text")?.ok_or("neither \"html\" nor \"text\"")?;
        Ok((Media::Text, text))
    }
}

fn text_of_id(id: &RawValue) -> String {
    serde_json::from_str(id.get()).unwrap_or_else(|_| id.get().to_owned())
}

/// A string with U+FFFD for each half of a surrogate pair.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // As bytes, strings may hold such halves, in three bytes each of which is invalid; the first is always the same.
        deserializer.deserialize_bytes(TextVisitor)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Text, E> {
        const FIRST_OF_SURROGATE: u8 = 0xed;
        let mut text = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            text.extend(chunk.invalid().first().filter(|byte| **byte == FIRST_OF_SURROGATE).map(|_| char::REPLACEMENT_CHARACTER));
        }
        Ok(Text(text))
    }
}

/// The parser's words without its line numbers: to it, every line is the first.
fn not_json(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or_default();
    format!("not JSON: {what} at byte {} of the line", error.column())
}

/// How line feeds are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Width {
    /// In UTF-8.
    Byte,
    Utf16(&'static Encoding),
}

impl Width {
    /// By the byte order mark or the bracket at the beginning; no JSON has a zero byte (RFC 4627, 3).
    fn of(head: &[u8]) -> Self {
        match head {
            [0xff, 0xfe, ..] | [b'{', 0, ..] => Self::Utf16(UTF_16LE),
            [0xfe, 0xff, ..] | [0, b'{', ..] => Self::Utf16(UTF_16BE),
            _ => Self::Byte,
        }
    }

    /// Where the first line ends in bytes that begin with a whole character.
    fn line_end(self, bytes: &[u8]) -> Option<usize> {
        let line_feed: &[u8] = match self {
            Self::Byte => return memchr(b'\n', bytes).map(|at| at + 1),
            Self::Utf16(encoding) if encoding == UTF_16LE => b"\n\0",
            Self::Utf16(_) => b"\0\n",
        };
        memchr_iter(b'\n', bytes).map(|at| at & !1).find(|&at| bytes[at..].starts_with(line_feed)).map(|at| at + 2)
    }

    /// A line in UTF-8, without a byte order mark.
    fn decode(self, line: &[u8]) -> Vec<u8> {
        match self {
            Self::Byte => line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).to_vec(),
            Self::Utf16(encoding) => encoding.decode_with_bom_removal(line).0.into_owned().into_bytes(),
        }
    }
}

/// Whether the first line begins as an object does, and does not end.
pub(super) fn is_open(head: &[u8]) -> bool {
    let width = Width::of(head);
    width.line_end(head).is_none() && width.decode(&head[..head.len().min(BEGINNING)]).trim_ascii_start().starts_with(b"{")
}

/// Whether the first line has the makings.
pub(super) fn is_start(head: &[u8]) -> bool {
    let width = Width::of(head);
    let line = width.decode(&head[..width.line_end(head).unwrap_or(head.len())]);
    let line = line.trim_ascii_start();
    line.starts_with(b"{") && (memmem::find(line, b"\"html\"").is_some() || memmem::find(line, b"\"text\"").is_some())
}

pub(super) fn read(stream: Stream<impl Read>, label: &Arc<str>, sink: Sink<'_>) -> ControlFlow<()> {
    let damage = |broken: Break| Finding::Damage(broken.damage(label));
    let origin = |(offset, length)| Origin { source: Arc::clone(label), offset, length, record_id: String::new() };
    for piece in Lines::of(stream) {
        match piece {
            Piece::Line((offset, length), line) => match record(&line, origin((offset, length))) {
                Ok(record) => sink(Finding::Record(record))?,
                Err(detail) => sink(damage(Break { offset, length, reason: DamageReason::BadLine, detail }))?,
            },
            Piece::TooLong { place, n_bytes, beginning } => {
                let (content_type, completeness) = ("text/plain".into(), Completeness::TooLarge { n_bytes });
                sink(Finding::Record(Record { content_type, completeness, ..Record::bare(origin(place), beginning) }))?;
            }
            Piece::Broken(broken) => sink(damage(broken))?,
        }
    }
    ControlFlow::Continue(())
}

/// The lines of a file that may be compressed, blank ones left out; in their place in between, what is broken about it.
pub fn lines(reader: impl Read) -> impl Iterator<Item = Result<Vec<u8>, String>> {
    let stream = Stream::new(reader, |bytes| bytes.starts_with(b"{"));
    Lines::of(stream).map(|piece| match piece {
        Piece::Line(_, line) => Ok(line),
        Piece::TooLong { place: (offset, _), .. } => Err(format!("byte {offset}: the line is over {} MiB", MAX_LINE >> 20)),
        Piece::Broken(broken) => Err(format!("byte {}: {}", broken.offset, broken.detail)),
    })
}

enum Piece {
    /// Offset and length, and the text in UTF-8.
    Line((u64, u64), Vec<u8>),
    TooLong {
        place: (u64, u64),
        n_bytes: u64,
        beginning: Vec<u8>,
    },
    Broken(Break),
}

struct Lines<R> {
    stream: Stream<R>,
    width: Width,
    breaks: VecDeque<Break>,
}

impl<R: Read> Lines<R> {
    fn of(mut stream: Stream<R>) -> Self {
        let width = Width::of(stream.peek(2));
        Self { stream, width, breaks: VecDeque::new() }
    }

    /// Goes to the end of a line of which `length` bytes are in the window.
    fn pass_over(&mut self, from: Mark, length: usize) -> Piece {
        let begin = self.stream.position();
        let beginning = self.width.decode(&self.stream.window()[..BEGINNING.min(length)]);
        self.stream.consume(length);
        loop {
            let window = self.stream.peek(STEP);
            let end = self.width.line_end(window);
            let length = end.unwrap_or(window.len() & !1);
            self.stream.consume(length);
            // A last byte that is half of a character belongs to the line as well.
            if length == 0 {
                self.stream.consume(1);
            }
            if end.is_some() || length == 0 {
                let n_bytes = self.stream.position() - begin;
                return Piece::TooLong { place: self.stream.locate(from), n_bytes, beginning };
            }
        }
    }
}

impl<R: Read> Iterator for Lines<R> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            let reach = next_line(&mut self.stream, self.width);
            self.breaks.extend(self.stream.take_breaks());
            if let Some(broken) = self.breaks.pop_front() {
                return Some(Piece::Broken(broken));
            }
            let from = self.stream.mark();
            let length = match reach {
                Reach::Whole(0) => return None,
                Reach::Whole(length) => length,
                Reach::Part(length) => return Some(self.pass_over(from, length)),
            };
            let line = self.width.decode(&self.stream.window()[..length]);
            self.stream.consume(length);
            if !line.trim_ascii().is_empty() {
                return Some(Piece::Line(self.stream.locate(from), line));
            }
        }
    }
}

fn record(line: &[u8], origin: Origin) -> Result<Record, String> {
    let line = Line::parse(line)?;
    let (media, content) = line.page()?;
    let content_type = match media {
        Media::Html => "text/html; charset=utf-8",
        Media::Text | Media::Rendering => "text/plain; charset=utf-8",
    };
    let origin = Origin { record_id: line.id_text(), ..origin };
    let (url, content_type) = (line.text("url")?.unwrap_or_default(), content_type.into());
    Ok(Record { url, content_type, ..Record::bare(origin, content.into_bytes()) })
}

/// Bytes of a line that are in the window.
enum Reach {
    /// All of it, with its end; none at the end of the input.
    Whole(usize),
    /// More than a line may have, and no end in them.
    Part(usize),
}

fn next_line(stream: &mut Stream<impl Read>, width: Width) -> Reach {
    let mut searched = 0;
    loop {
        let window = stream.peek(searched + 1);
        if let Some(end) = width.line_end(&window[searched..]) {
            return Reach::Whole(searched + end);
        }
        let length = window.len();
        // Half of a character may be there already.
        searched = length & !1;
        if stream.is_finished() {
            return Reach::Whole(length);
        }
        if searched > MAX_LINE {
            return Reach::Part(searched);
        }
        stream.peek(length + STEP);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &[&str]) {
        let found: Vec<String> = lines(bytes).flatten().map(|line| String::from_utf8_lossy(&line).into_owned()).collect();
        assert_eq!(found, expected);
        assert!(is_start(bytes));
    }

    #[test]
    fn ids_are_given_back_as_they_came() {
        let ids =
            [("18446744073709551616", "18446744073709551616"), ("1.50", "1.50"), ("[1, 2]", "[1, 2]"), (r#""a\u0042""#, "aB")];
        for (id, text) in ids {
            let json = format!("{{\"id\":0,\"text\":1,\"id\": {id} }}");
            let found = Line::parse(json.as_bytes()).map(|line| (line.id().map(RawValue::get), line.id_text()));
            assert_eq!(found, Ok((Some(id), text.into())));
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_one_line() {
        let text = format!("{{\"text\":\"a\"}}\n{{\"text\":\"{}\"}}\n{{\"text\":\"ab\"}}\n", "aé".repeat(MAX_LINE / 2));
        let length = (text.len() - "{\"text\":\"a\"}\n{\"text\":\"ab\"}\n".len()) as u64;
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, length) in [(text.as_bytes(), length), (&wide, wide.len() as u64 - 54)] {
            let answers: Vec<Result<Vec<u8>, String>> = lines(bytes).collect();
            assert_eq!(answers.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
            let mut found = Vec::new();
            let label = "x".into();
            let stream = Stream::new(bytes, |bytes| bytes.starts_with(b"{"));
            let read = read(stream, &label, &mut |finding| {
                found.push(finding);
                ControlFlow::Continue(())
            });
            assert!(read.is_continue() && found.len() == 3);
            let Finding::Record(record) = &found[1] else { panic!("a record") };
            assert_eq!((record.completeness, record.origin.length), (Completeness::TooLarge { n_bytes: length }, length));
        }
    }

    #[test]
    fn halves_of_surrogate_pairs_cost_no_page() {
        let check = |json: &str, expected: &str| {
            let line = format!(r#"{{"text":"{json}"}}"#);
            assert_eq!(Line::parse(line.as_bytes()).and_then(|line| line.text("text")), Ok(Some(expected.into())));
        };
        check(r"\ud83d\ude00 \ud7ff \u0041", "😀 \u{d7ff} A");
        check(r"cut \ud83d", "cut \u{fffd}");
        check(r"\ude00 x \ud83d\\ud83d \ud83d\ud83d\ude00", "\u{fffd} x \u{fffd}\\ud83d \u{fffd}😀");
    }

    #[test]
    fn a_page_is_read_whatever_the_other_fields_are() {
        let origin = || Origin { source: "x".into(), offset: 0, length: 0, record_id: String::new() };
        let nested = format!("{}{}", "[".repeat(9999), "]".repeat(9999));
        for other in [r#""lang":["eng_Latn"]"#, r#""html":null"#, r#""n":1e999"#, &format!(r#""meta":{nested}"#)] {
            let page = record(format!(r#"{{"text":"A page.",{other}}}"#).as_bytes(), origin());
            assert_eq!(page.map(|page| page.body).as_deref(), Ok(&b"A page."[..]), "{other}");
        }
        for bad in ["[]", "1", "{\"text\":1}", "{\"url\":2,\"text\":\"x\"}", "{\"text\":null}", "{\"text\":\"\u{1}\"}", "{} {}"] {
            assert!(record(bad.as_bytes(), origin()).is_err(), "{bad}");
        }
    }

    #[test]
    fn byte_order_marks_are_no_part_of_a_line() {
        let expected = ["{\"text\":\"Ċ上 a\"}\r\n", "{\"id\":\"ऊ\"}"];
        let text = expected.join("\n");
        let marked = format!("\u{feff}{text}");
        for text in [&text, &marked] {
            check(text.as_bytes(), &expected);
            check(&text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(), &expected);
            check(&text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>(), &expected);
        }
        check(
            format!("{marked}\n\u{feff}\n{marked}").as_bytes(),
            &[expected[0], &format!("{}\n", expected[1]), expected[0], expected[1]],
        );
    }

    #[test]
    fn fields_of_the_wrong_type_are_named() {
        let told = |line: &str, name| Line::parse(line.as_bytes()).and_then(|line| line.text(name)).err();
        assert_eq!(told(r#"{"url":["x"],"text":"x"}"#, "url").as_deref(), Some("\"url\" is not a string"));
        assert_eq!(told(r#"{"text":5}"#, "text").as_deref(), Some("\"text\" is not a string"));
        assert!(told(r#"{"text":"x","html":null,"length":5}"#, "html").is_none());
    }
}
