//! From bytes to Unicode: the WHATWG order of evidence, with UTF-8 that is valid preferred to a declaration that is wrong.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};
use memchr::{memchr, memchr2, memmem};

use super::{controls, utf16};
use crate::document::{Charset, CharsetSource, Media};

/// How far a `<meta>` element is looked for. The standard says 1,024 bytes; pages put scripts before it.
const PRESCAN: usize = 8 << 10;
/// Bytes that the detector sees. On whole pages it costs more than all other stages together.
const SAMPLE: usize = 16 << 10;
/// ASCII kept before the first other byte, as context for the detector.
const CONTEXT: usize = 512;
/// Valid UTF-8 sequences that outweigh a declared double-byte encoding, whose words can be UTF-8 by chance.
const MIN_SEQUENCES: usize = 16;

/// Text, and how it was decoded.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) charset: Charset,
    /// Some bytes were invalid and became U+FFFD.
    pub(super) invalid: bool,
}

/// Decodes a body. `declared` is the charset of the HTTP header, `tld` the last label of the host, both if known.
pub(super) fn decode(body: Vec<u8>, declared: Option<&str>, media: Media, tld: Option<&str>) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(&body) {
        return decode_as(encoding, CharsetSource::Bom, body, length);
    }
    if let Some(encoding) = utf16::detect(&body) {
        let is_declared = declared.and_then(|label| Encoding::for_label(label.as_bytes())) == Some(encoding);
        return decode_as(encoding, if is_declared { CharsetSource::Http } else { CharsetSource::Guess }, body, 0);
    }
    let body = match String::from_utf8(body) {
        Ok(text) => match evidence(text.as_bytes(), declared, media) {
            Some((encoding, source)) if overrides_valid_utf8(encoding, &text) => {
                return decode_as(encoding, source, text.into_bytes(), 0);
            }
            Some((encoding, source)) if encoding == UTF_8 => return as_is(text, source),
            _ if has_escapes(text.as_bytes()) => text.into_bytes(),
            _ => return as_is(text, CharsetSource::Utf8),
        },
        Err(e) => e.into_bytes(),
    };
    match evidence(&body, declared, media) {
        Some((encoding, source)) if encoding != UTF_8 || is_mostly_utf8(&body) => {
            let (encoding, source) = settled(encoding, source, &body, media, tld);
            decode_as(encoding, source, body, 0)
        }
        _ => decode_as(guess(&body, tld), CharsetSource::Guess, body, 0),
    }
}

/// Servers send their default whatever the page is in: where the page says otherwise and the detector agrees, it is believed.
fn settled(
    encoding: &'static Encoding,
    source: CharsetSource,
    body: &[u8],
    media: Media,
    tld: Option<&str>,
) -> (&'static Encoding, CharsetSource) {
    let in_page = if source == CharsetSource::Http { evidence(body, None, media) } else { None };
    match in_page {
        Some((other, from)) if other != encoding && guess(body, tld) == other => (other, from),
        _ => (encoding, source),
    }
}

fn as_is(text: String, source: CharsetSource) -> Decoded {
    Decoded { text: controls::as_meant(text), charset: charset(UTF_8, source), invalid: false }
}

fn charset(encoding: &'static Encoding, source: CharsetSource) -> Charset {
    Charset { name: lower_case_name(encoding), source }
}

/// The WHATWG names are defined in lower case; the crate has them as they are written by their makers.
fn lower_case_name(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "UTF-8" => "utf-8",
        "UTF-16LE" => "utf-16le",
        "UTF-16BE" => "utf-16be",
        "Shift_JIS" => "shift_jis",
        "EUC-JP" => "euc-jp",
        "ISO-2022-JP" => "iso-2022-jp",
        "EUC-KR" => "euc-kr",
        "GBK" => "gbk",
        "Big5" => "big5",
        "KOI8-R" => "koi8-r",
        "KOI8-U" => "koi8-u",
        "IBM866" => "ibm866",
        "ISO-8859-2" => "iso-8859-2",
        "ISO-8859-3" => "iso-8859-3",
        "ISO-8859-4" => "iso-8859-4",
        "ISO-8859-5" => "iso-8859-5",
        "ISO-8859-6" => "iso-8859-6",
        "ISO-8859-7" => "iso-8859-7",
        "ISO-8859-8" => "iso-8859-8",
        "ISO-8859-8-I" => "iso-8859-8-i",
        "ISO-8859-10" => "iso-8859-10",
        "ISO-8859-13" => "iso-8859-13",
        "ISO-8859-14" => "iso-8859-14",
        "ISO-8859-15" => "iso-8859-15",
        "ISO-8859-16" => "iso-8859-16",
        other => other,
    }
}

fn decode_as(encoding: &'static Encoding, source: CharsetSource, body: Vec<u8>, bom: usize) -> Decoded {
    let (text, invalid) = encoding.decode_without_bom_handling(&body[bom..]);
    Decoded { text: controls::as_meant(text.into_owned()), charset: charset(encoding, source), invalid }
}

/// What is declared in the header or, failing that, in the page, of bytes that are not UTF-16 whatever is declared.
fn evidence(body: &[u8], declared: Option<&str>, media: Media) -> Option<(&'static Encoding, CharsetSource)> {
    let is_utf16 = |encoding| encoding == UTF_16LE || encoding == UTF_16BE;
    if let Some(encoding) = declared.and_then(|label| usable(label.as_bytes())).filter(|&encoding| !is_utf16(encoding)) {
        return Some((encoding, CharsetSource::Http));
    }
    let head = &body[..body.len().min(PRESCAN)];
    let in_page = if media == Media::Html { prescan(head) } else { None };
    // A page whose declaration can be read as ASCII is not in UTF-16, and no page is in x-user-defined on purpose.
    let encoding = match in_page? {
        e if is_utf16(e) => UTF_8,
        e if e == X_USER_DEFINED => WINDOWS_1252,
        e => e,
    };
    Some((encoding, CharsetSource::Meta))
}

/// What a label stands for, if it is one that text can be in.
fn usable(label: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_label(label).filter(|&encoding| encoding != REPLACEMENT)
}

/// Whether a declared encoding is to be believed although the bytes are valid UTF-8.
fn overrides_valid_utf8(encoding: &'static Encoding, text: &str) -> bool {
    if encoding == UTF_8 {
        return false;
    }
    let non_ascii = text.chars().filter(|c| !c.is_ascii()).take(MIN_SEQUENCES).count();
    let by_chance = if encoding.is_single_byte() { 0 } else { MIN_SEQUENCES - 1 };
    // All ASCII: decoding changes nothing but for the encodings that are not supersets of it.
    non_ascii <= by_chance && (non_ascii > 0 || !encoding.is_ascii_compatible())
}

/// ISO-2022-JP is all ASCII, with escape sequences.
fn has_escapes(body: &[u8]) -> bool {
    memmem::find_iter(body, b"\x1b").any(|at| matches!(body.get(at + 1), Some(b'$' | b'(')))
}

/// At least as many valid sequences as invalid bytes.
fn is_mostly_utf8(body: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0, 0);
    for chunk in body.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += chunk.invalid().len();
    }
    valid >= invalid
}

fn guess(body: &[u8], tld: Option<&str>) -> &'static Encoding {
    let telling = body.iter().position(|&b| b >= 0x80 || b == 0x1b).unwrap_or(0);
    let from = telling.saturating_sub(CONTEXT);
    let to = body.len().min(from + SAMPLE);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // Half a character at the end speaks against an encoding, unless the sample was cut there.
    detector.feed(&body[from..to], to == body.len());
    let tld = tld.map(str::as_bytes).filter(|tld| tld.iter().all(u8::is_ascii_lowercase));
    detector.guess(tld, Utf8Detection::Allow)
}

/// The first usable encoding in a page's XML declaration or `<meta>` elements: the prescan of the HTML standard, 13.2.3.2.
fn prescan(head: &[u8]) -> Option<&'static Encoding> {
    if let Some(encoding) = xml_encoding(head).and_then(usable) {
        return Some(encoding);
    }
    let mut at = 0;
    while let Some(found) = memchr(b'<', &head[at..]) {
        let tag = &head[at + found..];
        at += found + tag_length(tag);
        if starts_with_tag(tag, b"meta")
            && let Some(encoding) = meta_charset(&tag[b"<meta".len()..]).as_deref().and_then(usable)
        {
            return Some(encoding);
        }
    }
    None
}

/// Bytes to pass over: a whole comment, or a tag's opening bracket (attributes hold no `<` worth a mistake).
fn tag_length(tag: &[u8]) -> usize {
    match tag.starts_with(b"<!--") {
        // The dashes of its beginning may be those of its end.
        true => memmem::find(&tag[b"<!".len()..], b"-->").map_or(tag.len(), |end| b"<!".len() + end + b"-->".len()),
        false => 1,
    }
}

fn starts_with_tag(tag: &[u8], name: &[u8]) -> bool {
    tag.get(1..=name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))
        && tag.get(name.len() + 1).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/')
}

fn xml_encoding(head: &[u8]) -> Option<&[u8]> {
    let declaration = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let declaration = &declaration[..memchr(b'>', declaration)?];
    quoted(value_of(declaration, b"encoding")?)
}

fn quoted(value: &[u8]) -> Option<&[u8]> {
    let quote = *value.first().filter(|q| matches!(q, b'"' | b'\''))?;
    Some(&value[1..=memchr(quote, &value[1..])?])
}

/// The label in the attributes of a `<meta>` element.
fn meta_charset(attributes: &[u8]) -> Option<Vec<u8>> {
    let (mut charset, mut content, mut is_pragma) = (None, None, false);
    let mut rest = attributes;
    while let Some((name, value, after)) = attribute(rest) {
        rest = after;
        match name.to_ascii_lowercase().as_slice() {
            b"charset" if charset.is_none() => charset = Some(value.to_vec()),
            b"content" => content = content.or_else(|| charset_in_content(value)),
            b"http-equiv" => is_pragma |= value.eq_ignore_ascii_case(b"content-type"),
            _ => {}
        }
    }
    charset.or(content.filter(|_| is_pragma))
}

/// The next attribute's name and value, and what follows it. `None` at the tag's end.
fn attribute(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace() && *b != b'/')?;
    let bytes = &bytes[start..];
    if bytes[0] == b'>' {
        return None;
    }
    let name_end = bytes[1..].iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'>' | b'/')).map(|n| n + 1)?;
    let (name, after) = bytes.split_at(name_end);
    let Some(value) = after.trim_ascii_start().strip_prefix(b"=") else { return Some((name, b"", after)) };
    let value = value.trim_ascii_start();
    if let Some(inside) = quoted(value) {
        return Some((name, inside, &value[inside.len() + 2..]));
    }
    let end = value.iter().position(|b| b.is_ascii_whitespace() || *b == b'>')?;
    Some((name, &value[..end], &value[end..]))
}

fn charset_in_content(content: &[u8]) -> Option<Vec<u8>> {
    let lower = content.to_ascii_lowercase();
    let value = value_of(&lower, b"charset")?;
    let bare = || &value[..memchr2(b';', b' ', value).unwrap_or(value.len())];
    Some(quoted(value).unwrap_or_else(bare).to_vec())
}

/// What stands behind the first such name and an equals sign.
fn value_of<'a>(bytes: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let behind = &bytes[memmem::find(bytes, name)? + name.len()..];
    behind.trim_ascii_start().strip_prefix(b"=").map(<[u8]>::trim_ascii_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &[u8], declared: Option<&str>, name: &str, source: CharsetSource, text: &str) {
        let decoded = decode(body.to_vec(), declared, Media::Html, None);
        assert_eq!((decoded.charset.name, decoded.charset.source), (name, source));
        assert!(decoded.text.contains(text), "{:?} has no {text:?}", decoded.text);
    }

    #[test]
    fn evidence_counts_in_the_order_of_the_standard() {
        check(b"\xef\xbb\xbfp\xc3\xa9", Some("windows-1251"), "utf-8", CharsetSource::Bom, "pé");
        check(b"<meta charset=koi8-r>\xe9\xe9 \xff", Some("iso-8859-1"), "windows-1252", CharsetSource::Http, "éé");
        check(
            b"<!-- <meta charset=big5> --><meta charset='windows-1251'>\xe9\xff",
            None,
            "windows-1251",
            CharsetSource::Meta,
            "йя",
        );
        check(
            b"<meta content='text/html; charset=windows-1251' http-equiv=Content-Type>\xe9\xff",
            None,
            "windows-1251",
            CharsetSource::Meta,
            "йя",
        );
        check(b"<?xml version='1.0' encoding='iso-8859-2'?><p>\xb1\xff", None, "iso-8859-2", CharsetSource::Meta, "ą");
    }

    #[test]
    fn valid_utf8_outweighs_a_wrong_declaration() {
        check("<p>Добрый день".as_bytes(), Some("iso-8859-1"), "utf-8", CharsetSource::Utf8, "Добрый");
        check("<meta charset=utf-16><p>é".as_bytes(), None, "utf-8", CharsetSource::Meta, "é");
        for wrong in ["utf-16", "utf-16be", "unicode"] {
            check(b"<p>The river", Some(wrong), "utf-8", CharsetSource::Utf8, "<p>The river");
            check(b"<meta charset=iso-8859-2><p>\xb1\xff", Some(wrong), "iso-8859-2", CharsetSource::Meta, "ą");
        }
        check("<p>é".as_bytes(), Some("foo-8"), "utf-8", CharsetSource::Utf8, "é");
    }

    #[test]
    fn the_page_outweighs_the_server_where_its_letters_agree() {
        let russian = "<meta charset=windows-1251><p>Городская библиотека объявила, что будет работать дольше.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        check(&bytes, Some("iso-8859-1"), "windows-1251", CharsetSource::Meta, "библиотека");
        let french = "<meta charset=windows-1251><p>L'été dernier, la bibliothèque a été fermée après l'orage.";
        let (bytes, _, _) = WINDOWS_1252.encode(french);
        check(&bytes, Some("iso-8859-1"), "windows-1252", CharsetSource::Http, "été");
    }

    #[test]
    fn what_is_not_declared_is_guessed() {
        let russian = "Городская библиотека объявила, что со следующего месяца будет работать дольше.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        check(&bytes, None, "windows-1251", CharsetSource::Guess, "библиотека");
        check(&bytes, Some("utf-8"), "windows-1251", CharsetSource::Guess, "библиотека");
        check(&bytes, Some("hz-gb-2312"), "windows-1251", CharsetSource::Guess, "библиотека");
        let (bytes, _, _) = encoding_rs::ISO_2022_JP.encode("図書館は来月から開館時間を延長すると発表しました。");
        check(&bytes, None, "iso-2022-jp", CharsetSource::Guess, "図書館");
    }

    #[test]
    fn samples_may_end_inside_a_character() {
        let chinese = "市图书馆星期一宣布,从下个月起将延长开放时间,读者可以在晚上借阅图书。".repeat(300);
        for blanks in ["", " "] {
            let (bytes, _, _) = encoding_rs::GBK.encode(&chinese);
            let page = |head: &str| [head.as_bytes(), blanks.as_bytes(), &bytes].concat();
            check(&page("<p>"), None, "gbk", CharsetSource::Guess, &chinese);
            check(&page("<meta charset=gbk><p>"), Some("iso-8859-1"), "gbk", CharsetSource::Meta, &chinese);
        }
    }

    #[test]
    fn labels_that_are_none_are_passed_over() {
        let pragma = b"<meta http-equiv=content-type content='text/html; charset=windows-1251'>\xe9\xff";
        for none in ["<meta charset=none>", "<?xml version='1.0' encoding='none'?>"] {
            check(&[none.as_bytes(), pragma].concat(), None, "windows-1251", CharsetSource::Meta, "йя");
        }
    }

    #[test]
    fn utf16_is_known_whatever_is_declared() {
        let bytes: Vec<u8> = "<p>Городская библиотека".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&bytes, Some("utf-8"), "utf-16le", CharsetSource::Guess, "<p>Городская");
        check(&bytes, Some("utf-16"), "utf-16le", CharsetSource::Http, "<p>Городская");
    }

    #[test]
    fn invalid_bytes_are_marked() {
        let decoded = decode("<p>größer als \u{e9}\u{e8}".bytes().chain([0xff]).collect(), Some("utf-8"), Media::Html, None);
        assert!(decoded.invalid && decoded.text.ends_with('\u{fffd}') && decoded.text.contains("größer"));
    }
}
