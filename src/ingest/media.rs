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
/// The same for bytes that are declared to be text: old texts hold control characters of their own, for terminals and printers.
const MAX_CONTROLS_DECLARED: usize = 6;
/// Fewer control characters than these are no sign of anything.
const MIN_CONTROLS: usize = 8;
/// Bytes of the name of a field in the header of a mail, and its colon.
const MAX_FIELD_NAME: usize = 64;
/// End tags in the sample that make text without a leading tag HTML.
const MIN_END_TAGS: usize = 3;

/// Beginnings of formats that are neither HTML nor text, with their media types.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"\xd0\xcf\x11\xe0", "Microsoft Office, old format"),
    (b"\xfd7zXZ", "application/x-xz"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"wOFF\0\x01\0\0", "font/woff"),
    (b"wOFFOTTO", "font/woff"),
    (b"OggS\0", "application/ogg"),
    (b"\x7fELF", "an executable"),
    (b"PAR1\x15", "Apache Parquet"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
];

const JSON: &str = "application/json without \"html\" or \"text\" in its first line";
const JSON_ARRAY: &str = "application/json in one array, not an object a line";
/// Where tar archives say what they are (POSIX, `ustar`), behind the name of their first file and what fills it up.
const TAR_MAGIC: std::ops::Range<usize> = 257..262;

/// What stands behind `RIFF` and four bytes of length.
const RIFF_FORMS: &[&[u8]] = &[b"WAVE", b"AVI ", b"WEBP", b"RMID", b"ACON", b"CDXA", b"sfbk"];
/// What stands behind `BZh` and the size of blocks: a block, or the end of no blocks.
const BZIP2_PARTS: &[&[u8]] = &[&[0x31, 0x41, 0x59, 0x26, 0x53, 0x59], &[0x17, 0x72, 0x45, 0x38, 0x50, 0x90]];

/// Files that servers send as text of a kind that is no prose, by the ends of their names: what browsers and `wget` save beside pages.
const TEXTS_BY_NAME: &[(&[&str], &str)] = &[
    (&["css", "less", "scss"], "text/css"),
    (&["cjs", "js", "jsx", "mjs"], "text/javascript"),
    (&["json", "map", "webmanifest"], "application/json"),
    (&["csv"], "text/csv"),
    (&["tsv"], "text/tab-separated-values"),
    (&["svg"], "image/svg+xml"),
    (&["xpm"], "image/x-xpixmap"),
    (&["ics"], "text/calendar"),
    (&["vcf"], "text/vcard"),
    (&["rtf"], "application/rtf"),
    (&["m3u8"], "application/vnd.apple.mpegurl"),
];
/// Ends that compressors and browsers put behind that of a name.
const ADDED_ENDS: &[&str] = &["download", "gz", "zst"];

/// Tags that begin pages whose authors left out the doctype.
const LEADING_TAGS: &[&str] = &[
    "!doctype", "html", "head", "body", "title", "meta", "script", "style", "link", "!--", "div", "table", "p", "h1", "h2",
    "center", "font", "a", "b", "br", "iframe", "main", "article", "section", "header", "span", "ul", "form", "img", "noscript",
    "base",
];

const XML: &str = "application/xml";
/// First tags of XML that may say nothing of being such: feeds, site maps and lists of feeds.
const XML_ROOTS: &[&str] = &["rss", "feed", "rdf:rdf", "urlset", "sitemapindex", "opml"];

/// What browsers save under `.mht` and `.mhtml`, and mail with images in it.
const MHTML: &str = "multipart/related, as MHTML is; save such pages as HTML";
/// Mail of which the bytes are not the text.
const MAIL: &str = "message/rfc822, in parts or coded";

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
        "unknown/unknown" | "application/unknown" | "*/*" => return classify_undeclared(body),
        // Where no type was sent, ARC files say `no-type`.
        other if !other.contains('/') => return classify_undeclared(body),
        _ => return Err(mime),
    };
    match signature(body) {
        Some(found) => Err(format!("{found}, sent as {mime}")),
        None if is_feed(&body[..body.len().min(SAMPLE)]) => Err(format!("{XML}, sent as {mime}")),
        None if is_surely_binary(body) => Err(format!("binary data, sent as {mime}")),
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

/// A media type without its parameters, in lower case; some servers write a blank before them instead of a semicolon.
pub(super) fn essence(content_type: &str) -> String {
    content_type.trim().split([';', ',', ' ', '\t']).next().unwrap_or_default().to_ascii_lowercase()
}

/// The charset parameter of a media type.
pub(super) fn charset_parameter(content_type: &str) -> Option<&str> {
    let is_charset = |name: &str| name.split_whitespace().next_back().is_some_and(|name| name.eq_ignore_ascii_case("charset"));
    let value = content_type.split(';').filter_map(|p| p.split_once('=')).find(|(name, _)| is_charset(name))?.1;
    let value = value.trim_matches(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'');
    (!value.is_empty()).then_some(value)
}

/// The media type of a text that is no prose, by the name of its file; `wget` writes queries behind names.
pub(super) fn text_by_name(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next()?.split(['?', '@']).next()?;
    let mut ends = name.rsplit('.').map(str::to_ascii_lowercase).skip_while(|end| ADDED_ENDS.contains(&end.as_str()));
    let end = ends.next().filter(|_| ends.next().is_some())?;
    TEXTS_BY_NAME.iter().find(|(names, _)| names.contains(&end.as_str())).map(|&(_, mime)| mime)
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
    if is_feed(sample) {
        return Sniffed::Other(XML);
    }
    let is_xml = sample.trim_ascii_start().starts_with(b"<?xml");
    let is_html = begins_as_html(sample) || is_xml && is_xhtml(sample) || !is_xml && end_tags(sample) >= MIN_END_TAGS;
    match (is_html, is_xml) {
        (true, _) => Sniffed::Html,
        (false, true) => Sniffed::Other(XML),
        (false, false) => json(sample).map_or(Sniffed::Text, Sniffed::Other),
    }
}

/// An object with a quoted name, or an array of such objects or of arrays of values; wikis have links in two brackets.
fn json(sample: &[u8]) -> Option<&'static str> {
    let first = |bytes: &[u8]| bytes.trim_ascii_start().first().copied();
    let holds_objects = |array: &[u8]| match array {
        [b'{', rest @ ..] => matches!(first(rest), Some(b'"' | b'}')),
        [b'[', rest @ ..] => matches!(first(rest), Some(b'"' | b'[' | b']' | b'{' | b'-' | b'0'..=b'9')),
        _ => false,
    };
    match sample.trim_ascii_start() {
        [b'{', rest @ ..] if rest.trim_ascii_start().starts_with(b"\"") => Some(JSON),
        [b'[', rest @ ..] if holds_objects(rest.trim_ascii_start()) => Some(JSON_ARRAY),
        _ => None,
    }
}

/// The format that bytes are in by their beginning, if it is one that is neither HTML nor text.
pub(super) fn signature(bytes: &[u8]) -> Option<&'static str> {
    let begins = |beginnings: &[&[u8]], bytes: &[u8]| beginnings.iter().any(|beginning| bytes.starts_with(beginning));
    // Prose begins with these letters as well.
    match bytes {
        [b'R', b'I', b'F', b'F', _, _, _, _, form @ ..] if begins(RIFF_FORMS, form) => Some("audio, video or image in RIFF"),
        [b'I', b'D', b'3', 0..=0x0f, ..] => Some("audio/mpeg"),
        [b'B', b'Z', b'h', b'1'..=b'9', part @ ..] if begins(BZIP2_PARTS, part) => Some("application/x-bzip2"),
        _ if bytes.get(TAR_MAGIC) == Some(b"ustar") && bytes[..TAR_MAGIC.start].contains(&0) => Some("application/x-tar"),
        _ => mail(bytes).or_else(|| SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)).map(|&(_, name)| name)),
    }
}

/// What a mail (RFC 5322), or a mailbox that begins with it, is by its header, where that says that it holds a page with what belongs to
/// it (RFC 2557), several parts, or letters written as others (RFC 2045).
fn mail(bytes: &[u8]) -> Option<&'static str> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let is_mailbox = sample.starts_with(b"From ");
    let header = if is_mailbox { &sample[memchr::memchr(b'\n', sample)? + 1..] } else { sample };
    let is_name = |name: &[u8]| name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    memchr::memchr(b':', &header[..header.len().min(MAX_FIELD_NAME)]).filter(|&at| at > 0 && is_name(&header[..at]))?;
    let lines = header.split(|&byte| byte == b'\n').map(|line| line.trim_ascii().to_ascii_lowercase());
    let (mut is_mail, mut found) = (false, None);
    for line in lines.take_while(|line| !line.is_empty()) {
        is_mail |= line.starts_with(b"mime-version:");
        let holds = |value: &[u8]| memmem::find(&line, value).is_some();
        found = match line.split(|&byte| byte == b':').next() {
            Some(b"content-type") if holds(b"multipart/related") => Some(MHTML),
            Some(b"content-type") if holds(b"multipart/") => found.or(Some(MAIL)),
            Some(b"content-transfer-encoding") if holds(b"base64") || holds(b"quoted-printable") => found.or(Some(MAIL)),
            _ => found,
        };
    }
    found.filter(|_| is_mail)
}

/// Whether bytes are text in some encoding that extends ASCII.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    !sample.is_empty() && controls(sample) * 100 <= sample.len() * MAX_CONTROLS
}

fn controls(sample: &[u8]) -> usize {
    sample.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b)).count()
}

/// Whether bytes are no text in any encoding, whatever they are declared to be.
fn is_surely_binary(bytes: &[u8]) -> bool {
    let Cow::Borrowed(sample) = sample(bytes) else { return false };
    let controls = controls(sample);
    // In UTF-8 they are those of logs with colours, or of manuals with letters struck over.
    let is_utf8 = std::str::from_utf8(sample).map_or_else(|e| e.error_len().is_none(), |_| true);
    let may_be_binary = !is_utf8 || memchr::memchr(0, sample).is_some();
    may_be_binary && controls >= MIN_CONTROLS && controls * 100 > sample.len() * MAX_CONTROLS_DECLARED
}

/// Whether the first tag behind processing instructions and comments is that of a feed or the like, which some servers send as HTML.
fn is_feed(sample: &[u8]) -> bool {
    let mut rest = sample.strip_prefix(b"\xef\xbb\xbf").unwrap_or(sample).trim_ascii_start();
    loop {
        let end: &[u8] = match rest {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            _ => return begins_with_tag(rest, XML_ROOTS),
        };
        let Some(at) = memmem::find(rest, end) else { return false };
        rest = rest[at + end.len()..].trim_ascii_start();
    }
}

fn begins_as_html(bytes: &[u8]) -> bool {
    begins_with_tag(bytes, LEADING_TAGS)
}

fn begins_with_tag(bytes: &[u8], names: &[&str]) -> bool {
    let Some(tag) = bytes.trim_ascii_start().strip_prefix(b"<") else { return false };
    names.iter().any(|name| {
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
        assert_eq!(mime("text/html charset=utf-8", b"x"), Ok(Media::Html));
        assert_eq!(mime("text/plain", b"a < b"), Ok(Media::Text));
        assert_eq!(mime("text/plain", b"<\0p\0>\0x\0"), Ok(Media::Html));
        assert_eq!(mime("text/html", b"%PDF-1.4"), Err("application/pdf, sent as text/html".into()));
        assert_eq!(mime("application/xml", b"<?xml version='1.0'?><html xmlns='x'>"), Ok(Media::Html));
        assert_eq!(mime("application/json", b"{}"), Err("application/json".into()));
    }

    #[test]
    fn a_type_that_is_none_is_not_declared() {
        for none in ["no-type", "", "html", "unknown/unknown", "NO-TYPE; charset=utf-8"] {
            assert_eq!(classify(none, b"<html><p>x").map(|(media, _)| media), Ok(Media::Html), "{none}");
            assert!(classify(none, &noise(500)).is_err(), "{none}");
        }
    }

    /// Bytes without any order.
    fn noise(length: u32) -> Vec<u8> {
        let next = |state: &mut u32| {
            *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Some((*state >> 24) as u8)
        };
        (0..length).scan(length, |state, _| next(state)).collect()
    }

    #[test]
    fn binary_data_is_no_text_whatever_is_declared() {
        let mp4 = [b"\0\0\0\x18ftypmp42\0\0\0\0isommp42\0\0\x04\xc4moov\0\0\0lmvhd".to_vec(), vec![0; 40], noise(300)].concat();
        for body in [noise(500), noise(20_000), mp4, (0..=255).collect()] {
            for mime in ["text/plain", "text/html", "application/xhtml+xml"] {
                assert_eq!(classify(mime, &body), Err(format!("binary data, sent as {mime}")));
            }
        }
    }

    #[test]
    fn text_in_any_encoding_is_none() {
        let check = |text: &str, encoding: &'static Encoding| {
            let (bytes, _, unmappable) = encoding.encode(text);
            assert!(!unmappable && classify("text/plain", &bytes).is_ok(), "{} {text}", encoding.name());
        };
        use encoding_rs as e;
        let japanese = "図書館は来月から開館時間を延長すると発表しました。";
        let russian = "Библиотека будет работать дольше.";
        let chinese = "图书馆宣布，从下个月起延长开放时间。";
        let letters = [
            (japanese, e::ISO_2022_JP),
            (japanese, e::SHIFT_JIS),
            (japanese, e::EUC_JP),
            (chinese, e::GBK),
            (chinese, e::GB18030),
        ];
        letters.into_iter().for_each(|(text, encoding)| check(text, encoding));
        [e::KOI8_R, e::WINDOWS_1251, e::ISO_8859_5, e::IBM866].into_iter().for_each(|encoding| check(russian, encoding));
        check("圖書館宣布，從下個月起延長開放時間。", e::BIG5);
        check("도서관은 개관 시간을 연장한다고 발표했다.", e::EUC_KR);
        let utf16: Vec<u8> = "Городская библиотека объявила\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let struck = "N\u{8}NA\u{8}AM\u{8}ME\u{8}E\n     l\u{8}ls\u{8}s - list\n".repeat(40).into_bytes();
        let coloured = "[12:01] \u{3}04<anna>\u{3} good \u{2}morning\u{f}\n".repeat(40).into_bytes();
        let ended = b"Caf\xe9 at the river.\0\0\0\x1a".to_vec();
        for body in [utf16, struck, coloured, ended] {
            assert!(classify("text/plain", &body).is_ok(), "{:?}", String::from_utf8_lossy(&body));
        }
    }

    #[test]
    fn prose_may_begin_as_a_signature_does() {
        for prose in
            ["RIFFS AND SOLOS", "RIFF is a WAVE", "ID3 tags are", "BZh is", "GIF8 bits", "Rar! Rar!", "OggS and", "PAR1 of it"]
        {
            assert_eq!(signature(prose.as_bytes()), None, "{prose}");
        }
        let told: [&[u8]; 5] = [b"RIFF\x24\x08\0\0WAVEfmt ", b"RIFF\0\0\0\0WEBP", b"ID3\x03\0", b"BZh91AY&SY\x9d", b"GIF89a"];
        assert!(told.iter().all(|bytes| signature(bytes).is_some()));
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
        assert_eq!(sniff(b"[{\"html\": \"<p>x\"}]"), Sniffed::Other(JSON_ARRAY));
        for text in ["[[Harbour]] is a town by the sea.", "[{link}] The storm took the roof."] {
            assert_eq!(sniff(text.as_bytes()), Sniffed::Text, "{text}");
        }
        let archive = [&b"pages/a.html"[..], &[0; 245], b"ustar\x0000", &[b'a'; 9000]].concat();
        assert_eq!(sniff(&archive), Sniffed::Other("application/x-tar"));
    }

    #[test]
    fn names_tell_style_sheets_and_scripts() {
        let told = ["a/site.css", "main.JS?v=3", "main.js@v=3", "app.min.js.gz", "a.js.download", "data.csv", "a.b/.map.json"];
        assert!(told.iter().all(|name| text_by_name(name).is_some()));
        for name in ["page.txt", "css", "notes.js/readme", "about?style=a.css", "page.gz", "", "index.html", "how to.js.txt"] {
            assert_eq!(text_by_name(name), None, "{name}");
        }
    }

    #[test]
    fn saved_pages_that_are_mail_are_told() {
        let saved = "From: <Saved by Blink>\r\nSubject: Harbour\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\"\r\n\r\n";
        let page = "--b\r\nContent-Type: text/html\r\n\r\n<p>a</p><p>b</p><p>c</p>";
        assert_eq!(sniff(format!("{saved}{page}").as_bytes()), Sniffed::Other(MHTML));
        let header = "From: Anna\nMIME-Version: 1.0\nContent-Type: text/plain\n";
        let coded = ["Content-Type: multipart/alternative; boundary=b", "Content-Transfer-Encoding: BASE64"];
        for (line, before) in
            coded.into_iter().flat_map(|line| [(line, ""), (line, "From anna@example.org Mon Jan  1 10:00:00 2024\n")])
        {
            assert_eq!(sniff(format!("{before}{header}{line}\n\nRGVhciBCZW4s\n").as_bytes()), Sniffed::Other(MAIL), "{line}");
        }
        let letters = [
            "From: Anna\nMIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: 8bit\n\nDear Ben,\n",
            "From the harbour we saw:\nMIME-Version: 1.0\n\nDear Ben,\n",
            "Note: multipart/related is a type of mail.\n",
        ];
        for text in letters {
            assert_eq!(sniff(format!("{text}Content-Type: multipart/related\n").as_bytes()), Sniffed::Text, "{text}");
        }
    }

    #[test]
    fn feeds_need_not_say_that_they_are_xml() {
        let ended = "<title>a</title><link>b</link><description>c</description>";
        for root in ["rss version=\"2.0\"", "feed xmlns='http://www.w3.org/2005/Atom'", "rdf:RDF", "urlset"] {
            let feed = format!("\n<{root}>{ended}<![CDATA[<html>]]>");
            assert_eq!(sniff(feed.as_bytes()), Sniffed::Other(XML), "{root}");
            let declared = format!("\u{feff}<?xml version='1.0'?>\n<?xml-stylesheet href='a'?><!-- made by hand -->{feed}");
            for mime in ["text/html", "text/plain"] {
                assert_eq!(classify(mime, declared.as_bytes()), Err(format!("application/xml, sent as {mime}")), "{root}");
            }
        }
        assert!(classify("text/html", b"<?xml version='1.0'?><!-- <rss> --><html><p>x").is_ok());
        assert_eq!(sniff(format!("<feeds>{ended}").as_bytes()), Sniffed::Html);
    }

    #[test]
    fn charset_parameters_are_found_in_sloppy_headers() {
        assert_eq!(charset_parameter("text/html; charset='utf8' "), Some("utf8"));
        assert_eq!(charset_parameter("text/html;a=b; CHARSET = \"x\""), Some("x"));
        assert_eq!(charset_parameter("text/html charset=utf-8; a=b"), Some("utf-8"));
        assert_eq!(charset_parameter("text/html;charset="), None);
    }
}
