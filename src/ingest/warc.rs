//! The header of a WARC record, versions 0.17 to 1.1, as ISO 28500 says it and as crawlers write it.

use memchr::{memchr, memchr_iter, memmem};

use super::fields::{LineEnd, Lines, field, joined};
use super::framing::{Format, Head, MAX_BLOCK, Parsed};
use super::{beginning_of, dates, text_of};
use crate::document::RecordKind;

/// What versions begin with, as crawlers write it.
pub(super) const MAGIC: &[u8] = b"WARC/";

/// WARC files: WET and WAT files too.
pub(super) struct Warc;

impl Format for Warc {
    fn is_start(bytes: &[u8]) -> bool {
        is_start(bytes)
    }

    fn find_start(bytes: &[u8]) -> Option<usize> {
        // A zero byte before it is left of a block of the disk that was lost.
        let begins_line = |at: usize| at > 0 && matches!(bytes[at - 1], b'\n' | 0);
        memmem::find_iter(bytes, MAGIC).find(|&at| begins_line(at) && is_start(&bytes[at..]))
    }

    fn parse(&self, bytes: &[u8]) -> Parsed {
        match header_length(bytes) {
            Some(length) => Parsed::Head(head(&bytes[..length])),
            None => Parsed::Incomplete,
        }
    }
}

/// Where the record that these bytes begin with ends by what its header says; `None` where the header is not whole, or says no
/// length that is believed.
pub(super) fn declared_end(bytes: &[u8]) -> Option<usize> {
    let Parsed::Head(head) = Warc.parse(bytes) else { return None };
    let length = usize::try_from(head.content_length.ok()?).ok().filter(|length| *length <= MAX_BLOCK)?;
    Some(head.length + length)
}

/// A version line, and a field behind it that only a WARC header has.
pub(super) fn is_start(bytes: &[u8]) -> bool {
    let Some(version_end) = memchr(b'\n', &bytes[..bytes.len().min(64)]) else { return false };
    let version = bytes[..version_end].trim_ascii_end();
    let is_version = version.len() >= MAGIC.len() + 3
        && version[..MAGIC.len()].eq_ignore_ascii_case(MAGIC)
        && version[MAGIC.len()..].iter().all(|b| b.is_ascii_digit() || *b == b'.');
    is_version && begins_field(&bytes[version_end + 1..])
}

fn begins_field(bytes: &[u8]) -> bool {
    let line = &bytes[..memchr(b'\n', bytes).unwrap_or(bytes.len())];
    let is_name = |name: &[u8]| !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    memchr(b':', line).is_some_and(|colon| is_name(line[..colon].trim_ascii_end()))
}

/// Bytes up to and with the empty line; `None` if there is none.
fn header_length(bytes: &[u8]) -> Option<usize> {
    memchr_iter(b'\n', bytes).find_map(|line_end| match &bytes[line_end + 1..] {
        [b'\n', ..] => Some(line_end + 2),
        [b'\r', b'\n', ..] => Some(line_end + 3),
        _ => None,
    })
}

/// The fields that are looked at; of one that comes twice the first counts.
#[derive(Default)]
struct Fields<'a> {
    warc_type: Option<&'a [u8]>,
    target_uri: Option<&'a [u8]>,
    date: Option<&'a [u8]>,
    record_id: Option<&'a [u8]>,
    content_type: Option<&'a [u8]>,
    content_length: Option<&'a [u8]>,
    identified_language: Option<&'a [u8]>,
    truncated: Option<&'a [u8]>,
    segment_number: Option<&'a [u8]>,
}

impl<'a> Fields<'a> {
    fn note(&mut self, line: &'a [u8]) {
        let Some((name, value)) = field(line) else { return };
        let target = match name.to_ascii_lowercase().as_slice() {
            b"warc-type" => &mut self.warc_type,
            b"warc-target-uri" => &mut self.target_uri,
            b"warc-date" => &mut self.date,
            b"warc-record-id" => &mut self.record_id,
            b"content-type" => &mut self.content_type,
            b"content-length" => &mut self.content_length,
            b"warc-identified-content-language" => &mut self.identified_language,
            b"warc-truncated" => &mut self.truncated,
            b"warc-segment-number" => &mut self.segment_number,
            _ => return,
        };
        target.get_or_insert(value);
    }
}

fn head(header: &[u8]) -> Head {
    let mut fields = Fields::default();
    Lines::new(header, LineEnd::LineFeed).skip(1).for_each(|line| fields.note(line));
    let text = |value: Option<&[u8]>| value.map(|value| text_of(&joined(value))).unwrap_or_default();
    let content_type = text(fields.content_type);
    let url = without_brackets(text(fields.target_uri));
    Head {
        length: header.len(),
        kind: kind(&text(fields.warc_type), &content_type, &url),
        url,
        date: dates::iso_date(&text(fields.date)),
        record_id: without_brackets(text(fields.record_id)),
        content_length: content_length(fields.content_length),
        identified_language: text(fields.identified_language),
        truncated: fields.truncated.is_some() || fields.segment_number.is_some_and(|n| n != b"0"),
        content_type,
    }
}

fn kind(warc_type: &str, content_type: &str, url: &str) -> RecordKind {
    match warc_type.to_ascii_lowercase().as_str() {
        "response" => RecordKind::Response,
        // As such wget keeps its log and its arguments, and Heritrix its settings.
        "resource" if url.starts_with("metadata:") => RecordKind::Metadata,
        "resource" => RecordKind::Resource,
        "conversion" => RecordKind::Conversion,
        "request" => RecordKind::Request,
        "metadata" => RecordKind::Metadata,
        "revisit" => RecordKind::Revisit,
        "warcinfo" => RecordKind::Warcinfo,
        "continuation" => RecordKind::Continuation,
        "" if content_type.contains("msgtype=response") => RecordKind::Response,
        _ => RecordKind::Unknown,
    }
}

/// wget 1.14 to 1.19 writes the URI in angle brackets.
fn without_brackets(text: String) -> String {
    match text.strip_prefix('<').and_then(|t| t.strip_suffix('>')) {
        Some(inner) => inner.to_owned(),
        None => text,
    }
}

fn content_length(value: Option<&[u8]>) -> Result<u64, String> {
    let Some(value) = value else { return Err("no Content-Length".into()) };
    let digits = std::str::from_utf8(value).ok().filter(|v| v.bytes().all(|b| b.is_ascii_digit()));
    let parsed = digits.and_then(|digits| digits.parse().ok());
    parsed.ok_or_else(|| format!("Content-Length {:?} is not a length", beginning_of(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(header: &str) -> Head {
        match Warc.parse(header.as_bytes()) {
            Parsed::Head(head) => head,
            _ => panic!("no header: {header:?}"),
        }
    }

    #[test]
    fn sloppy_headers_are_read() {
        let head = parse(
            "WARC/1.0\nwarc-type: Response\nWARC-Target-URI :<http://a/>\nno colon\n: x\nX: a\n b\nContent-Length:007\n\nbody",
        );
        assert_eq!((head.kind, head.url.as_str(), head.content_length), (RecordKind::Response, "http://a/", Ok(7)));
        assert_eq!(
            head.length,
            "WARC/1.0\nwarc-type: Response\nWARC-Target-URI :<http://a/>\nno colon\n: x\nX: a\n b\nContent-Length:007\n\n".len()
        );
    }

    #[test]
    fn what_a_crawler_says_of_its_work_is_no_page() {
        let kind = |uri: &str| parse(&format!("WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: {uri}\r\n\r\n")).kind;
        assert_eq!(kind("<metadata://gnu.org/software/wget/warc/wget.log>"), RecordKind::Metadata);
        assert_eq!(kind("http://example.org/metadata:"), RecordKind::Resource);
    }

    #[test]
    fn lengths_that_are_none_are_told() {
        for bad in ["-1", "abc", "+5", "18446744073709551621", ""] {
            assert!(parse(&format!("WARC/1.0\r\nContent-Length: {bad}\r\n\r\n")).content_length.is_err(), "{bad}");
        }
    }

    #[test]
    fn text_about_warc_does_not_begin_a_record() {
        assert!(is_start(b"WARC/1.1\r\nWARC-Type: response\r\n"));
        assert!(is_start(b"warc/0.17 \nContent-Length: 1\n"));
        assert!(!is_start(b"WARC/1.0 is the version line.\nIt comes first.\n"));
        assert_eq!(Warc::find_start(b"see WARC/1.0\r\nWARC-Type: x\r\n\nWARC/1.0\r\nWARC-Type: x\r\n"), Some(29));
    }
}
