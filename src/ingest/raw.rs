//! Bytes as they stand on disk, read in chunks, of which a stretch can be read again.

use std::io::{self, Read};

/// One read from the input.
const CHUNK: usize = 256 << 10;
/// How far back [`Raw::rewind_to`] reaches at most: compressed members are smaller than this but for whole-file ones.
const RETAINED: usize = 16 << 20;

/// A reader with a window: what was read since the mark, up to a limit, can be read again.
pub(super) struct Raw<R> {
    reader: R,
    buffer: Vec<u8>,
    position: usize,
    base: u64,
    mark: u64,
    ended: bool,
    error: Option<io::Error>,
}

impl<R: Read> Raw<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, buffer: Vec::new(), position: 0, base: 0, mark: 0, ended: false, error: None }
    }

    /// What was read and not yet consumed.
    pub(super) fn available(&self) -> &[u8] {
        &self.buffer[self.position..]
    }

    /// Offset of the first available byte.
    pub(super) fn offset(&self) -> u64 {
        self.base + self.position as u64
    }

    pub(super) fn consume(&mut self, n: usize) {
        self.position = (self.position + n).min(self.buffer.len());
    }

    /// Bytes from here on are kept, up to a limit.
    pub(super) fn set_mark(&mut self, offset: u64) {
        self.mark = offset;
    }

    /// Goes back to `offset`, or as near to it as was kept.
    pub(super) fn rewind_to(&mut self, offset: u64) {
        let offset = offset.clamp(self.base, self.offset());
        self.position = (offset - self.base) as usize;
    }

    /// Takes back the bytes that were consumed last, whether they are still kept or not.
    pub(super) fn take_back(&mut self, bytes: &[u8]) {
        if let Some(position) = self.position.checked_sub(bytes.len()) {
            self.position = position;
        } else {
            self.base = self.offset() - bytes.len() as u64;
            self.buffer.splice(..self.position, bytes.iter().copied());
            self.position = 0;
        }
    }

    /// Tries to have `n` bytes available; fewer only at the end of the input.
    pub(super) fn want(&mut self, n: usize) -> &[u8] {
        while self.available().len() < n && self.fill() > 0 {}
        self.available()
    }

    /// Reads one more chunk; 0 at the end of the input or behind a read error.
    pub(super) fn fill(&mut self) -> usize {
        if self.ended {
            return 0;
        }
        self.forget();
        let filled = self.buffer.len();
        self.buffer.resize(filled + CHUNK, 0);
        let n = loop {
            match self.reader.read(&mut self.buffer[filled..]) {
                Ok(n) => break n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => {
                    self.error = Some(e);
                    break 0;
                }
            }
        };
        self.buffer.truncate(filled + n);
        self.ended = n == 0;
        n
    }

    /// The error that ended the input early, with the offset behind all that was read, once.
    pub(super) fn take_error(&mut self) -> Option<(u64, io::Error)> {
        self.error.take().map(|error| (self.base + self.buffer.len() as u64, error))
    }

    fn forget(&mut self) {
        let marked = (self.mark.saturating_sub(self.base) as usize).min(self.position);
        let forgotten = marked.max(self.position.saturating_sub(RETAINED));
        if forgotten * 2 >= self.buffer.len() {
            self.buffer.drain(..forgotten);
            self.position -= forgotten;
            self.base += forgotten as u64;
        }
    }
}
