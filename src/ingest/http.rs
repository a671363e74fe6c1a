//! HTTP responses as crawlers stored them: status line and headers however sloppy, and the body without its chunks.

use memchr::{memchr, memchr2};

use super::coding::Ending;
use super::fields::{LineEnd, Lines, field, joined};
use super::text_of;

/// A longer line is no size of a chunk, whatever its extensions.
const MAX_SIZE_LINE: usize = 4096;

/// The parts of a response's head that matter for its text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Headers {
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) content_encoding: String,
    pub(super) content_language: String,
    pub(super) chunked: bool,
}

/// Reads a response's headers; behind them, up to the end of the block, is its body. `None` where the block does not begin with
/// a status line nor with markup.
pub(super) fn parse(block: &[u8]) -> Option<(Headers, &[u8])> {
    let mut rest = block;
    loop {
        let (headers, body) = parse_one(rest)?;
        // An interim response (RFC 9110, 15.2) is followed by the final one.
        if (100..200).contains(&headers.status) && status(body).is_some() {
            rest = body;
        } else {
            return Some((headers, body));
        }
    }
}

fn parse_one(block: &[u8]) -> Option<(Headers, &[u8])> {
    let Some(status) = status(block) else { return bare_markup(block) };
    let mut headers = Headers { status, ..Headers::default() };
    let mut lines = Lines::new(block, line_end(block));
    lines.next_unfolded();
    loop {
        let before = lines.rest();
        match lines.next() {
            Some([]) | None => return Some((headers, lines.rest())),
            // Some servers leave out the empty line.
            Some(line) if is_markup(line) => return Some((headers, before)),
            Some(line) => headers.note(line),
        }
    }
}

fn is_markup(line: &[u8]) -> bool {
    let line = first_line(line).trim_ascii_start();
    line.starts_with(b"<") && (!line.contains(&b':') || line.starts_with(b"<!"))
}

fn first_line(bytes: &[u8]) -> &[u8] {
    &bytes[..memchr2(b'\r', b'\n', bytes).unwrap_or(bytes.len())]
}

/// HTTP 0.9 has no headers, and some crawlers dropped them.
fn bare_markup(block: &[u8]) -> Option<(Headers, &[u8])> {
    let is_markup = block.trim_ascii_start().starts_with(b"<");
    is_markup.then(|| (Headers { status: 200, ..Headers::default() }, block))
}

/// The status code, if the block begins with a status line.
pub(super) fn status(block: &[u8]) -> Option<u16> {
    let mut words = first_line(block).split(|&b| b == b' ').filter(|word| !word.is_empty());
    let protocol = words.next()?;
    let is_http = protocol.len() >= 5 && protocol[..5].eq_ignore_ascii_case(b"HTTP/")
        || protocol == b"ICY"
        || protocol.eq_ignore_ascii_case(b"HTTP");
    let code = std::str::from_utf8(words.next()?).ok()?.parse().ok()?;
    is_http.then_some(code)
}

fn line_end(block: &[u8]) -> LineEnd {
    match memchr2(b'\r', b'\n', block).map(|at| &block[at..]) {
        Some([b'\r', b'\n', ..] | [b'\n', ..]) | None => LineEnd::LineFeed,
        Some(_) => LineEnd::CarriageReturn,
    }
}

impl Headers {
    /// Takes over a header line; of a field that comes twice the first counts.
    fn note(&mut self, line: &[u8]) {
        let Some((name, value)) = field(line) else { return };
        let target = match name.to_ascii_lowercase().as_slice() {
            b"content-type" => &mut self.content_type,
            b"content-encoding" => &mut self.content_encoding,
            b"content-language" => &mut self.content_language,
            b"transfer-encoding" => {
                self.chunked |= value.to_ascii_lowercase().windows(7).any(|w| w == b"chunked");
                return;
            }
            _ => return,
        };
        if target.is_empty() {
            *target = text_of(&joined(value));
        }
    }
}

/// A body without its chunks.
pub(super) struct Dechunked {
    pub(super) body: Vec<u8>,
    /// Cut where the last chunk is shorter than it says or is missing, a mismatch where a size is no number.
    pub(super) ending: Ending,
}

/// Undoes the chunked coding (RFC 9112, 7.1). `None` where the body is not chunked, whatever its headers say.
pub(super) fn dechunk(body: &[u8]) -> Option<Dechunked> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    chunk_size(rest)?;
    loop {
        let Some((size, line)) = chunk_size(rest) else {
            // What was cut inside a size says no more than that.
            if rest.len() < MAX_SIZE_LINE && rest.trim_ascii_end().iter().all(u8::is_ascii_hexdigit) {
                return Some(Dechunked { body: out, ending: Ending::Cut });
            }
            out.extend_from_slice(rest);
            return Some(Dechunked { body: out, ending: Ending::Mismatch });
        };
        rest = &rest[line..];
        if size == 0 {
            return Some(Dechunked { body: out, ending: Ending::Whole });
        }
        let taken = usize::try_from(size).unwrap_or(usize::MAX).min(rest.len());
        out.extend_from_slice(&rest[..taken]);
        rest = &rest[taken..];
        if (taken as u64) < size {
            return Some(Dechunked { body: out, ending: if size == u64::MAX { Ending::Mismatch } else { Ending::Cut } });
        }
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
}

/// Size of a chunk and length of the line that says so. A size that does not fit is as good as endless.
fn chunk_size(bytes: &[u8]) -> Option<(u64, usize)> {
    let end = memchr(b'\n', &bytes[..bytes.len().min(MAX_SIZE_LINE)])?;
    let line = bytes[..end].split(|&b| b == b';').next()?.trim_ascii();
    let is_hex = !line.is_empty() && line.iter().all(u8::is_ascii_hexdigit);
    let digits = is_hex.then_some(line).and_then(|line| std::str::from_utf8(line).ok())?;
    Some((u64::from_str_radix(digits, 16).unwrap_or(u64::MAX), end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(block: &str, status: u16, content_type: &str, body: &str) {
        let (headers, found) = parse(block.as_bytes()).unwrap_or_default();
        assert_eq!((headers.status, headers.content_type.as_str(), found), (status, content_type, body.as_bytes()));
    }

    #[test]
    fn sloppy_responses_are_read() {
        check("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>", 200, "text/html", "<p>");
        check("http/1.0 404\ncontent-type:text/plain\nno colon\n\nx", 404, "text/plain", "x");
        check("HTTP/1.1 200\rContent-Type: a/b\r\rx\ry", 200, "a/b", "x\ry");
        check("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: a/b\r\n\r\nx", 200, "a/b", "x");
        check("HTTP/1.1 200 OK\r\nContent-Type: a/b\r\n<!DOCTYPE html>\n<p>x", 200, "a/b", "<!DOCTYPE html>\n<p>x");
        check("HTTP/1.1 200 OK\r\nContent-Type: a/b\r\n  <!DOCTYPE html>\n<p>x", 200, "a/b", "  <!DOCTYPE html>\n<p>x");
        check("HTTP/1.1 200 OK\r\nContent-Type: a/b;\r\n\t c=d \r\nX: y\r\n\r\n x", 200, "a/b; c=d", " x");
        check("HTTP/1.1 200\rContent-Type: a/b;\r c=d\r\r x\ry", 200, "a/b; c=d", " x\ry");
        check("HTTP/1.1 200 OK\n Content-Type: a/b\n\nx", 200, "a/b", "x");
        check("HTTP/1.1 200 OK\r\nContent-Type: a/b\r\n<p>\n <q cite='a:b'>\n", 200, "a/b", "<p>\n <q cite='a:b'>\n");
        check("<html>x", 200, "", "<html>x");
        check("HTTP/1.1 200 OK\r\nConte", 200, "", "");
    }

    #[test]
    fn prose_is_no_response() {
        assert_eq!(parse(b"%Invalid%\r\n\r\nx"), None);
        assert_eq!(parse(b"the year 200"), None);
    }

    #[test]
    fn chunks_are_joined_and_lies_survived() {
        let joined = |body: &str| dechunk(body.as_bytes()).map(|d| (text_of(&d.body), d.ending));
        assert_eq!(joined("3\r\nabc\r\n02;x=y\r\nde\r\n0\r\nTrailer: z\r\n\r\n"), Some(("abcde".into(), Ending::Whole)));
        assert_eq!(joined("3\r\nabc\r\n5\r\nde"), Some(("abcde".into(), Ending::Cut)));
        assert_eq!(joined("3\r\nabc\r\n"), Some(("abc".into(), Ending::Cut)));
        for cut in ["1", "0", "1f4", "0\r"] {
            assert_eq!(joined(&format!("3\r\nabc\r\n{cut}")), Some(("abc".into(), Ending::Cut)), "{cut:?}");
        }
        assert_eq!(joined("3\r\nabc\r\nmore"), Some(("abcmore".into(), Ending::Mismatch)));
        assert_eq!(joined("ffffffffffffffffff\r\nabc"), Some(("abc".into(), Ending::Mismatch)));
        assert_eq!(joined("<html>\nnot chunked"), None);
    }
}
