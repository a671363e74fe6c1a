//! What stands further on in a file than it is read, to see whether a record ends where its header says.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use super::{GLANCE, Stream};

/// What stands at a place further on.
pub(in crate::ingest) enum Ahead {
    /// Nobody knows before it is read.
    Unknown,
    /// The input ends before it.
    PastEnd,
    /// These bytes; none at the end of the input.
    Bytes(Vec<u8>),
}

impl<R: Read> Stream<R> {
    /// With the file that the reader reads, from its beginning on, so that it can be looked at ahead.
    pub(in crate::ingest) fn of_file(self, file: File) -> Self {
        Self { file: Some(file), ..self }
    }

    /// What stands `distance` bytes behind the beginning of the window. Only a file that is not compressed shows it.
    pub(in crate::ingest) fn look_ahead(&mut self, distance: u64) -> Ahead {
        let is_plain = self.is_plain_at(0);
        match (self.segments.back(), &mut self.file) {
            (Some(segment), Some(file)) if is_plain => {
                glance_at(file, segment.physical + (self.logical - segment.logical) + distance).unwrap_or(Ahead::Unknown)
            }
            _ => Ahead::Unknown,
        }
    }
}

/// Looks at a file without moving the place where it is read.
fn glance_at(file: &mut File, offset: u64) -> io::Result<Ahead> {
    if offset > file.metadata()?.len() {
        return Ok(Ahead::PastEnd);
    }
    let here = file.stream_position()?;
    let mut bytes = Vec::new();
    let seen = file.seek(SeekFrom::Start(offset)).and_then(|_| file.take(GLANCE as u64).read_to_end(&mut bytes));
    file.seek(SeekFrom::Start(here))?;
    seen.map(|_| Ahead::Bytes(bytes))
}
