//! What a stream is: a crawl file, lines of JSON with a page each, or a document by itself.

use std::io::Read;

use super::framing::Format;
use super::stream::{self, Stream};
use super::{HEAD, MAX_PAGE, arc, jsonl, media, warc};

/// What a stream is.
pub(super) enum Container {
    Warc,
    Arc,
    Jsonl,
    /// The file is itself the document.
    Bare,
}

/// Whether bytes begin a record of a crawl file.
pub(super) fn is_record_start(bytes: &[u8]) -> bool {
    warc::is_start(bytes) || arc::is_start(bytes)
}

/// What bytes are, where they are not one page or text: by their beginning a crawl file, lines of JSON with a page each, or a format that
/// is neither HTML nor text.
pub(crate) fn format_of(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        bytes if is_record_start(bytes) => Some("a crawl file, which corpusmill run reads"),
        bytes if jsonl::is_start(&bytes[..bytes.len().min(HEAD)]) => Some("lines of JSON, which --jsonl answers"),
        bytes => media::signature(bytes),
    }
}

/// Whether bytes that nothing is declared of are HTML.
pub(crate) fn is_html(bytes: &[u8]) -> bool {
    matches!(media::sniff(bytes), media::Sniffed::Html)
}

/// What the stream is, from its first record on if it is a crawl file: a byte order mark and blanks before that are passed over.
pub(super) fn container(stream: &mut Stream<impl Read>) -> Container {
    let whole = stream.peek(HEAD);
    let head = whole.strip_prefix(b"\xef\xbb\xbf").unwrap_or(whole).trim_ascii_start();
    let (before, is_open) = (whole.len() - head.len(), jsonl::is_open(head));
    let container = match head {
        head if warc::is_start(head) => Container::Warc,
        head if arc::is_start(head) => Container::Arc,
        head if jsonl::is_start(head) => return Container::Jsonl,
        _ if is_open && begins_with_long_line(stream, before) => return Container::Jsonl,
        _ if holds_record_behind_junk(stream) => return Container::Warc,
        _ => return Container::Bare,
    };
    stream.consume(before);
    container
}

/// Whether a first line of JSON, longer than what was looked at, has the makings: other fields may stand before the page.
fn begins_with_long_line(stream: &mut Stream<impl Read>, before: usize) -> bool {
    let mut wanted = HEAD;
    loop {
        wanted *= 2;
        let window = stream.peek(wanted);
        let is_all = window.len() < wanted;
        let head = &window[before..];
        let is_start = jsonl::is_start(head);
        if is_start || is_all || wanted >= MAX_PAGE || !jsonl::is_open(head) {
            return is_start;
        }
    }
}

/// Whether a WARC record follows some junk, and another record, a member or the end follows that: a page about WARC files
/// shows headers, but not with blocks of the right length.
fn holds_record_behind_junk(stream: &mut Stream<impl Read>) -> bool {
    let window = stream.window();
    let head = &window[..window.len().min(HEAD)];
    // What a broken member inflates to does not end with a line.
    let begins_part = stream.boundaries(1..head.len()).map(|(at, _)| at).find(|&at| warc::is_start(&head[at..]));
    let Some(at) = warc::Warc::find_start(head).or(begins_part) else { return false };
    let Some(length) = warc::declared_end(&window[at..]) else { return false };
    let end = at + length;
    let Some(after) = stream.peek(end + HEAD).get(end..) else { return false };
    let after = after.trim_ascii_start();
    after.is_empty() || warc::is_start(after) || stream::begins_member(after)
}
