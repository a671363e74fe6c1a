//! The folder that a corpus goes to: which files in it are ours, and that one run at a time writes there.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::CorpusError;
use super::files::UNFINISHED;
use super::{DAMAGE_FILE, package, schema};

/// Locked by the run that writes to the folder, which removes it in the end; after an interruption it stays, unlocked.
const LOCK_FILE: &str = ".corpusmill.lock";

/// A folder that no other run writes to for as long as this lives.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    /// The system gives the lock back when the file is closed, however the program ends.
    _lock: File,
}

impl Folder {
    /// Takes a folder, which is made if it is not there.
    pub(super) fn take(path: &Path) -> Result<Self, CorpusError> {
        if path.exists() && !path.is_dir() {
            return Err(CorpusError::NotAFolder(path.into()));
        }
        fs::create_dir_all(path).map_err(|error| CorpusError::Io { path: path.into(), error })?;
        let lock_path = path.join(LOCK_FILE);
        let lock = lock(&lock_path).map_err(|error| CorpusError::Io { path: lock_path.clone(), error })?;
        let in_use = || CorpusError::InUse { folder: path.into(), process: owner(&lock_path) };
        Ok(Self { path: path.into(), _lock: lock.ok_or_else(in_use)? })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The files of a corpus that is there, by name.
    pub(super) fn whole_files(&self) -> Result<Vec<PathBuf>, CorpusError> {
        self.files(|path| is_own(path) && !is_hidden(path))
    }

    /// Removes what a run that did not come to its end left.
    pub(super) fn remove_unfinished(&self) -> Result<(), CorpusError> {
        self.files(is_unfinished)?.iter().try_for_each(remove)
    }

    fn files(&self, is_meant: impl Fn(&Path) -> bool) -> Result<Vec<PathBuf>, CorpusError> {
        let paths = fs::read_dir(&self.path).and_then(|entries| entries.map(|e| Ok(e?.path())).collect::<io::Result<Vec<_>>>());
        let paths = paths.map_err(|error| CorpusError::Io { path: self.path.clone(), error })?;
        let mut files: Vec<PathBuf> = paths.into_iter().filter(|path| is_meant(path)).collect();
        files.sort();
        Ok(files)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Whatever keeps us from tidying up, the next run does it.
        let _ = self.remove_unfinished();
        let _ = remove(self.path.join(LOCK_FILE));
    }
}

/// Locks a file for this process; `None` if another one has it.
fn lock(path: &Path) -> io::Result<Option<File>> {
    let own = std::process::id().to_string();
    loop {
        let mut file = File::options().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Ok(None),
            // Some network file systems have no locks; a corpus can be written there all the same.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        file.set_len(0)?;
        file.write_all(own.as_bytes())?;
        // A run that ended in the meantime removed the file that we opened: then what has its name is another one.
        if owner(path) == own {
            return Ok(Some(file));
        }
    }
}

/// The number of the process that wrote itself down in a lock file.
fn owner(path: &Path) -> String {
    fs::read_to_string(path).ok().filter(|number| !number.is_empty()).unwrap_or_else(|| "unknown".into())
}

pub(super) fn remove(path: impl AsRef<Path>) -> Result<(), CorpusError> {
    fs::remove_file(&path).map_err(|error| CorpusError::Io { path: path.as_ref().into(), error })
}

/// Whether the corpus in a folder is all there.
pub fn is_whole(folder: &Path) -> bool {
    folder.join(package::NAME).is_file()
}

/// Whether a file is, by its name, one that corpusmill writes.
pub fn is_own(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let finished = name.strip_prefix('.').and_then(|n| n.strip_suffix(UNFINISHED)).unwrap_or(name);
    let is_table = schema::ALL.iter().any(|schema| {
        let number = finished.strip_prefix(schema.name).and_then(|n| n.strip_prefix('-')).and_then(|n| n.strip_suffix(".csv"));
        number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    });
    is_table || finished == DAMAGE_FILE || finished == package::NAME || name == LOCK_FILE
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn is_unfinished(path: &Path) -> bool {
    is_own(path) && is_hidden(path) && !path.ends_with(LOCK_FILE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_a_corpus_are_known_by_their_names() {
        let names = [
            "documents-00000.csv",
            "damage.csv",
            "datapackage.json",
            ".rejects-00012.csv.unfinished",
            ".damage-00000.csv.unfinished",
        ];
        assert!(names.iter().all(|name| is_own(Path::new(name))));
        let others = ["documents.csv", "documents-new.csv", "notes.txt", "sentences-.csv", ".notes.unfinished"];
        assert!(!others.iter().any(|name| is_own(Path::new(name))));
    }

    #[test]
    fn a_folder_is_taken_once_at_a_time() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let left = folder.path().join(".documents-00000.csv.unfinished");
        fs::write(&left, "of a run that was interrupted")?;
        fs::write(folder.path().join(LOCK_FILE), "1")?;
        let taken = Folder::take(folder.path())?;
        assert!(matches!(Folder::take(folder.path()), Err(CorpusError::InUse { .. })));
        drop(taken);
        assert_eq!(fs::read_dir(folder.path())?.count(), 0);
        Folder::take(folder.path())?;
        Ok(())
    }
}
