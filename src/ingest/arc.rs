//! The header line of an ARC record, versions 1 and 2 (Internet Archive, "ARC File Format", 1996).

use memchr::{memchr, memchr_iter};

use super::dates::{self, is_arc_date};
use super::framing::{Format, Head, Parsed};
use super::text_of;
use crate::document::RecordKind;

/// URLs of several kilobytes occur; a longer line is no header.
const MAX_LINE: usize = 64 << 10;

/// ARC files.
pub(super) struct Arc1;

impl Format for Arc1 {
    fn is_start(bytes: &[u8]) -> bool {
        is_start(bytes)
    }

    fn find_start(bytes: &[u8]) -> Option<usize> {
        memchr_iter(b'\n', bytes).map(|newline| newline + 1).find(|&at| is_start(&bytes[at..]))
    }

    fn parse(&self, bytes: &[u8]) -> Parsed {
        match header_line(bytes).and_then(|line| Some((line.len() + 1, Fields::parse(line)?))) {
            Some((length, fields)) => Parsed::Head(fields.into_head(length)),
            None => Parsed::Bad("not an ARC header line".into()),
        }
    }
}

/// A line that begins with a URL and holds an address and a date.
pub(super) fn is_start(bytes: &[u8]) -> bool {
    let begins_with_scheme = bytes.first().is_some_and(u8::is_ascii_lowercase)
        && memchr(b':', &bytes[..bytes.len().min(16)]).is_some_and(|colon| bytes[..colon].iter().all(u8::is_ascii_alphanumeric));
    begins_with_scheme && header_line(bytes).and_then(Fields::parse).is_some()
}

fn header_line(bytes: &[u8]) -> Option<&[u8]> {
    memchr(b'\n', &bytes[..bytes.len().min(MAX_LINE)]).map(|end| &bytes[..end])
}

struct Fields<'a> {
    url: &'a [u8],
    date: &'a [u8],
    mime: &'a [u8],
    length: Option<&'a [u8]>,
}

impl<'a> Fields<'a> {
    /// The address and the date behind it are what can be told for sure: URLs hold blanks, and lengths are missing.
    fn parse(line: &'a [u8]) -> Option<Self> {
        let words: Vec<&[u8]> = line.trim_ascii_end().split(|&b| b == b' ').collect();
        let date = (2..words.len()).find(|&i| is_arc_date(words[i]) && is_address(words[i - 1]))?;
        let url_length = words[..date - 1].iter().map(|word| word.len() + 1).sum::<usize>() - 1;
        let last = words.len() - 1;
        Some(Self {
            url: &line[..url_length],
            date: words[date],
            mime: words.get(date + 1).copied().unwrap_or_default(),
            length: (last > date + 1).then(|| words[last]),
        })
    }

    fn into_head(self, length: usize) -> Head {
        let url = text_of(self.url);
        let is_about_the_file = url.starts_with("filedesc:");
        let content_type = if is_about_the_file { String::new() } else { text_of(self.mime) };
        Head {
            length,
            kind: if is_about_the_file { RecordKind::Warcinfo } else { RecordKind::Response },
            url,
            date: dates::iso_date(&text_of(self.date)),
            record_id: String::new(),
            content_type,
            identified_language: String::new(),
            content_length: declared_length(self.length),
            truncated: false,
        }
    }
}

fn declared_length(field: Option<&[u8]>) -> Result<u64, String> {
    let Some(field) = field else { return Err("no length in the ARC header line".into()) };
    let text = text_of(field);
    text.parse().map_err(|_| format!("ARC length {text:?} is not a length"))
}

fn is_address(word: &[u8]) -> bool {
    let is_ip = |b: &u8| b.is_ascii_hexdigit() || *b == b'.' || *b == b':';
    word == b"-" || word.len() >= 3 && word.iter().all(is_ip) && (word.contains(&b'.') || word.contains(&b':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Head {
        match Arc1.parse(line.as_bytes()) {
            Parsed::Head(head) => head,
            _ => panic!("no header: {line:?}"),
        }
    }

    #[test]
    fn both_versions_are_read() {
        let one = parse("http://a.example/x y 127.0.0.1 20080430204825 text/html 680\nHTTP/1.1 200 OK\n");
        assert_eq!(
            (one.url.as_str(), one.date.as_str(), one.content_length),
            ("http://a.example/x y", "2008-04-30T20:48:25Z", Ok(680))
        );
        let two = parse("http://a.example/ 127.0.0.1 20080430204825 text/html 200 - - 1000 a.arc 680\n");
        assert_eq!((two.content_type.as_str(), two.content_length), ("text/html", Ok(680)));
    }

    #[test]
    fn missing_lengths_are_told() {
        assert!(parse("http://a.example/ 127.0.0.1 20080430204825 text/html\n").content_length.is_err());
        assert!(parse("http://a.example/ 127.0.0.1 20080430204825 text/html -1\n").content_length.is_err());
    }

    #[test]
    fn prose_is_no_header() {
        assert!(!is_start(b"see: 127.0.0.1 was seen 20080430204825 times\n"));
        assert!(!is_start(b"The year 2008 and the address 127.0.0.1 12345678 stand here\n"));
    }
}
