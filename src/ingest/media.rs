//! What a body is: HTML, plain text or neither, from what is declared and from its first bytes.

use encoding_rs::Encoding;
use memchr::memmem;

use crate::document::Media;

/// Bytes looked at: as many as show whether markup follows a long comment or licence.
const SAMPLE: usize = 8 << 10;
/// Share of control characters above which bytes are no text, in percent. Random bytes have ten times as many.
const MAX_CONTROLS: usize = 3;
/// End tags in the sample that make text without a leading tag HTML.
const MIN_END_TAGS: usize = 3;

/// Beginnings of formats that are neither HTML nor text, with their media types.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"RIFF", "audio, video or image in RIFF"),
    (b"\xd0\xcf\x11\xe0", "Microsoft Office, old format"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ", "application/x-xz"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
    (b"wOFF", "font/woff"),
    (b"OggS", "application/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\x7fELF", "an executable"),
    (b"PAR1", "Apache Parquet"),
    (b"SQLite format 3", "application/vnd.sqlite3"),
];

/// Tags that begin pages whose authors left out the doctype.
const LEADING_TAGS: &[&str] = &[
    "!doctype", "html", "head", "body", "title", "meta", "script", "style", "link", "!--", "div", "table", "p", "h1", "h2",
    "center", "font", "a", "b", "br", "iframe", "main", "article", "section", "header", "span", "ul", "form", "img", "noscript",
    "base",
];

/// What bytes are, by themselves.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sniffed {
    Html,
    Text,
    /// With the media type, or words for it.
    Other(&'static str),
}

/// The medium of a body with this declared media type (may be empty), and the type without parameters.
/// The error tells what it is instead.
pub(super) fn classify(content_type: &str, body: &[u8]) -> Result<(Media, String), String> {
    let mime = essence(content_type);
    let declared = match mime.as_str() {
        "text/html" | "application/xhtml+xml" | "application/vnd.wap.xhtml+xml" => Media::Html,
        "text/plain" => Media::Text,
        "application/xml" | "text/xml" if is_xhtml(body) => Media::Html,
        "" | "unknown/unknown" | "application/unknown" | "*/*" => return classify_undeclared(body),
        _ => return Err(mime),
    };
    match signature(body) {
        Some(found) => Err(format!("{found}, sent as {mime}")),
        None if declared == Media::Text && begins_as_html(body) => Ok((Media::Html, mime)),
        None => Ok((declared, mime)),
    }
}

fn classify_undeclared(body: &[u8]) -> Result<(Media, String), String> {
    match sniff(body) {
        Sniffed::Html => Ok((Media::Html, "text/html".into())),
        Sniffed::Text => Ok((Media::Text, "text/plain".into())),
        Sniffed::Other(found) => Err(format!("{found}, undeclared")),
    }
}

/// A media type without its parameters, in lower case.
fn essence(content_type: &str) -> String {
    content_type.split([';', ',']).next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The charset parameter of a media type.
pub(super) fn charset_parameter(content_type: &str) -> Option<&str> {
    let parameters = content_type.split(';').skip(1);
    let value = parameters.filter_map(|p| p.split_once('=')).find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?.1;
    let value = value.trim_matches(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'');
    (!value.is_empty()).then_some(value)
}

/// What bytes are, by themselves.
pub(super) fn sniff(bytes: &[u8]) -> Sniffed {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if let Some((encoding, _)) = Encoding::for_bom(sample) {
        return sniff_text(encoding.decode(sample).0.as_bytes());
    }
    match signature(sample) {
        Some(found) => Sniffed::Other(found),
        None if looks_like_utf16(sample) => Sniffed::Text,
        None if !is_text(sample) => Sniffed::Other("binary data"),
        None => sniff_text(sample),
    }
}

fn sniff_text(sample: &[u8]) -> Sniffed {
    let is_xml = sample.trim_ascii_start().starts_with(b"<?xml");
    let is_html = begins_as_html(sample) || is_xml && is_xhtml(sample) || !is_xml && end_tags(sample) >= MIN_END_TAGS;
    match (is_html, is_xml) {
        (true, _) => Sniffed::Html,
        (false, true) => Sniffed::Other("application/xml"),
        (false, false) if begins_as_json(sample) => Sniffed::Other("application/json"),
        (false, false) => Sniffed::Text,
    }
}

/// An object with a quoted name, or an array of objects or arrays.
fn begins_as_json(sample: &[u8]) -> bool {
    match sample.trim_ascii_start() {
        [b'{', rest @ ..] => rest.trim_ascii_start().starts_with(b"\""),
        [b'[', rest @ ..] => matches!(rest.trim_ascii_start().first(), Some(b'{' | b'[')),
        _ => false,
    }
}

fn signature(bytes: &[u8]) -> Option<&'static str> {
    SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)).map(|&(_, name)| name)
}

/// Whether bytes are text in some encoding that extends ASCII.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let controls = sample.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b)).count();
    !sample.is_empty() && controls * 100 <= sample.len() * MAX_CONTROLS
}

/// Every other byte is zero: UTF-16 of a language in Latin script, or its markup, without a byte order mark.
pub(super) fn looks_like_utf16(bytes: &[u8]) -> bool {
    utf16_zeros(bytes).is_some()
}

/// Which of each two bytes is zero in UTF-16 text: 1 for little endian, 0 for big endian.
pub(super) fn utf16_zeros(bytes: &[u8]) -> Option<usize> {
    let sample = &bytes[..bytes.len().min(1024) & !1];
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = sample.len() / 2 * 2 / 5;
    match sample.len() >= 8 {
        true if odd > many && even * 20 < odd => Some(1),
        true if even > many && odd * 20 < even => Some(0),
        _ => None,
    }
}

fn begins_as_html(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let Some(tag) = bytes.strip_prefix(b"<") else { return false };
    LEADING_TAGS.iter().any(|name| {
        let begins = tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()));
        begins && (name.starts_with('!') || tag.get(name.len()).is_none_or(|b| !b.is_ascii_alphanumeric()))
    })
}

fn is_xhtml(bytes: &[u8]) -> bool {
    let sample = bytes[..bytes.len().min(SAMPLE)].to_ascii_lowercase();
    memmem::find(&sample, b"<html").is_some()
}

fn end_tags(sample: &[u8]) -> usize {
    memmem::find_iter(sample, b"</")
        .filter(|&at| sample.get(at + 2).is_some_and(u8::is_ascii_alphabetic))
        .take(MIN_END_TAGS)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_types_decide_unless_the_bytes_say_otherwise() {
        let mime = |content_type: &str, body: &[u8]| classify(content_type, body).map(|(media, _)| media);
        assert_eq!(mime("TEXT/HTML ;Charset=\"UTF-8\"", b"x"), Ok(Media::Html));
        assert_eq!(mime("text/plain", b"<!DOCTYPE html><p>x"), Ok(Media::Html));
        assert_eq!(mime("text/plain", b"a < b"), Ok(Media::Text));
        assert_eq!(mime("text/html", b"%PDF-1.4"), Err("application/pdf, sent as text/html".into()));
        assert_eq!(mime("application/xml", b"<?xml version='1.0'?><html xmlns='x'>"), Ok(Media::Html));
        assert_eq!(mime("application/json", b"{}"), Err("application/json".into()));
    }

    #[test]
    fn undeclared_bytes_are_sniffed() {
        assert_eq!(sniff(b" \n<!-- a --><html>"), Sniffed::Html);
        assert_eq!(sniff(b"Old pages <b>begin</b> <i>with</i> <u>text</u>"), Sniffed::Html);
        assert_eq!(sniff(b"plain, with a < b and </3"), Sniffed::Text);
        assert_eq!(sniff(b"<?xml version='1.0'?><rss>"), Sniffed::Other("application/xml"));
        assert_eq!(sniff(b"\x00\x01\x02\x03\x04\x05"), Sniffed::Other("binary data"));
        assert_eq!(sniff(b"\xff\xfe<\0p\0>\0"), Sniffed::Html);
    }

    #[test]
    fn charset_parameters_are_found_in_sloppy_headers() {
        assert_eq!(charset_parameter("text/html; charset='utf8' "), Some("utf8"));
        assert_eq!(charset_parameter("text/html;a=b; CHARSET = \"x\""), Some("x"));
        assert_eq!(charset_parameter("text/html;charset="), None);
    }
}
