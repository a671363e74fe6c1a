//! Files that are there whole or not at all: temporary name, fsync, and a rename when all of them are whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{CorpusError, hex};

/// What a temporary name ends in; it begins with a dot.
pub(super) const UNFINISHED: &str = ".unfinished";

/// A file that is being written.
#[derive(Debug)]
pub(super) struct Unfinished {
    name: String,
    path: PathBuf,
    writer: BufWriter<Hashed>,
}

/// A file that is whole and on disk, under its temporary name until it is put in its place.
#[derive(Debug)]
pub(super) struct Finished {
    pub(super) name: String,
    path: PathBuf,
    pub(super) bytes: u64,
    /// SHA-256, in hexadecimal digits.
    pub(super) digest: String,
    pub(super) rows: u64,
}

#[derive(Debug)]
struct Hashed {
    file: File,
    hash: Sha256,
    bytes: u64,
}

impl Write for Hashed {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let n = self.file.write(buffer)?;
        self.hash.update(&buffer[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Unfinished {
    pub(super) fn create(folder: &Path, name: &str) -> Result<Self, CorpusError> {
        let path = folder.join(format!(".{name}{UNFINISHED}"));
        let file = File::create(&path).map_err(|error| CorpusError::Io { path: path.clone(), error })?;
        let writer = BufWriter::with_capacity(256 << 10, Hashed { file, hash: Sha256::new(), bytes: 0 });
        Ok(Self { name: name.into(), path, writer })
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), CorpusError> {
        self.writer.write_all(bytes).map_err(|error| CorpusError::Io { path: self.path.clone(), error })
    }

    /// Writes out what is buffered, and leaves the file under its temporary name.
    pub(super) fn close(mut self) -> Result<PathBuf, CorpusError> {
        self.writer.flush().map_err(|error| CorpusError::Io { path: self.path.clone(), error })?;
        Ok(self.path)
    }

    /// Moves the content of a closed file to the end of this one.
    pub(super) fn append(&mut self, path: &Path) -> Result<(), CorpusError> {
        let io = |error| CorpusError::Io { path: path.into(), error };
        let mut file = File::open(path).map_err(io)?;
        io::copy(&mut file, &mut self.writer).map_err(io)?;
        fs::remove_file(path).map_err(io)
    }

    /// Brings the file to disk, and leaves it under its temporary name.
    pub(super) fn commit(self, rows: u64) -> Result<Finished, CorpusError> {
        let Self { name, path, writer } = self;
        let io = |error| CorpusError::Io { path: path.clone(), error };
        let Hashed { file, hash, bytes } = writer.into_inner().map_err(|e| io(e.into_error()))?;
        file.sync_all().map_err(io)?;
        Ok(Finished { name, bytes, digest: hex(&hash.finalize()), rows, path })
    }
}

impl Finished {
    /// Gives the file its name; one that has it already is replaced.
    pub(super) fn put_in_place(&self) -> Result<(), CorpusError> {
        let place = self.path.with_file_name(&self.name);
        fs::rename(&self.path, &place).map_err(|error| CorpusError::Io { path: place, error })
    }
}

/// Brings renamed files to disk under their names.
pub(super) fn sync_folder(folder: &Path) -> Result<(), CorpusError> {
    let io = |error| CorpusError::Io { path: folder.into(), error };
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(io)
}
