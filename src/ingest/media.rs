//! What a body is: HTML, plain text or neither, from what is declared and from its first bytes.

use std::borrow::Cow;

use encoding_rs::Encoding;
use memchr::memmem;

use super::utf16;
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
        "application/xml" | "text/xml" if is_xhtml(&sample(body)) => Media::Html,
        "" | "unknown/unknown" | "application/unknown" | "*/*" => return classify_undeclared(body),
        _ => return Err(mime),
    };
    match signature(body) {
        Some(found) => Err(format!("{found}, sent as {mime}")),
        None if declared == Media::Text && begins_as_html(&sample(body)) => Ok((Media::Html, mime)),
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
    match (signature(bytes), sample(bytes)) {
        (Some(found), _) => Sniffed::Other(found),
        (None, Cow::Borrowed(sample)) if !is_text(sample) => Sniffed::Other("binary data"),
        (None, sample) => sniff_text(&sample),
    }
}

/// The first bytes, in UTF-8 if there is a byte order mark or they are UTF-16 without one.
fn sample(bytes: &[u8]) -> Cow<'_, [u8]> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    match Encoding::for_bom(sample).or_else(|| Some((utf16::detect(sample)?, 0))) {
        Some((encoding, bom)) => {
            let (text, _) = encoding.decode_without_bom_handling(&sample[bom..]);
            Cow::Owned(text.into_owned().into_bytes())
        }
        None => Cow::Borrowed(sample),
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

/// The format that bytes are in by their beginning, if it is one that is neither HTML nor text.
pub fn signature(bytes: &[u8]) -> Option<&'static str> {
    SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)).map(|&(_, name)| name)
}

/// Whether bytes are text in some encoding that extends ASCII.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let controls = sample.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b)).count();
    !sample.is_empty() && controls * 100 <= sample.len() * MAX_CONTROLS
}

fn begins_as_html(bytes: &[u8]) -> bool {
    let Some(tag) = bytes.trim_ascii_start().strip_prefix(b"<") else { return false };
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
        assert_eq!(mime("text/plain", b"<\0p\0>\0x\0"), Ok(Media::Html));
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
        assert_eq!(sniff(b"\0<\0p\0>\0 \x04\x10"), Sniffed::Html);
    }

    #[test]
    fn charset_parameters_are_found_in_sloppy_headers() {
        assert_eq!(charset_parameter("text/html; charset='utf8' "), Some("utf8"));
        assert_eq!(charset_parameter("text/html;a=b; CHARSET = \"x\""), Some("x"));
        assert_eq!(charset_parameter("text/html;charset="), None);
    }
}
