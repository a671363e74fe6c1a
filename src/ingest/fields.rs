//! The header lines of WARC records and HTTP responses, however their ends are written, and the fields in them.

use std::borrow::Cow;

use memchr::memchr;

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// A line feed, with or without a carriage return before it.
    LineFeed,
    /// A carriage return alone.
    CarriageReturn,
}

/// Lines without their ends, up to the end of the bytes; the empty line that ends a header is one of them. A line that
/// goes on in the next one, which begins with a blank (RFC 9112, 5.2), is given whole, as it stands there.
#[derive(Debug, Clone)]
pub(super) struct Lines<'a> {
    rest: &'a [u8],
    end: u8,
}

impl<'a> Lines<'a> {
    pub(super) fn new(bytes: &'a [u8], end: LineEnd) -> Self {
        let end = match end {
            LineEnd::LineFeed => b'\n',
            LineEnd::CarriageReturn => b'\r',
        };
        Self { rest: bytes, end }
    }

    /// What follows the lines that were given.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next line, whatever the one behind it begins with.
    pub(super) fn next_unfolded(&mut self) -> Option<&'a [u8]> {
        let length = self.line_length(0);
        self.take(length)
    }

    /// Bytes of the line at `at`, with its end.
    fn line_length(&self, at: usize) -> usize {
        let bytes = &self.rest[at..];
        memchr(self.end, bytes).map_or(bytes.len(), |end| end + 1)
    }

    /// Whether the line at `at` is the rest of the one before, and not markup behind a header whose empty line is missing.
    fn goes_on(&self, at: usize) -> bool {
        let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
        let line = &self.rest[at..];
        line.first().as_ref().is_some_and(is_blank) && line.iter().find(|byte| !is_blank(byte)) != Some(&b'<')
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (line, rest) = self.rest.split_at(length);
        self.rest = rest;
        (!line.is_empty()).then(|| self.without_end(line))
    }

    fn without_end(&self, line: &'a [u8]) -> &'a [u8] {
        let line = line.strip_suffix(&[self.end]).unwrap_or(line);
        line.strip_suffix(b"\r").unwrap_or(line)
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let mut length = self.line_length(0);
        if !self.without_end(&self.rest[..length]).is_empty() {
            while self.goes_on(length) {
                length += self.line_length(length);
            }
        }
        self.take(length)
    }
}

/// Name and value of a header line, the value as it stands there; `None` for a line without a colon.
pub(super) fn field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = memchr(b':', line)?;
    Some((line[..colon].trim_ascii(), line[colon + 1..].trim_ascii()))
}

/// A value in one line.
pub(super) fn joined(value: &[u8]) -> Cow<'_, [u8]> {
    let is_end = |b: &u8| matches!(b, b'\r' | b'\n');
    if !value.iter().any(is_end) {
        return Cow::Borrowed(value);
    }
    let mut line = Vec::with_capacity(value.len());
    for part in value.split(is_end).map(<[u8]>::trim_ascii).filter(|part| !part.is_empty()) {
        if !line.is_empty() {
            line.push(b' ');
        }
        line.extend_from_slice(part);
    }
    Cow::Owned(line)
}
