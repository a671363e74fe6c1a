//! From documents to files: tables that are put in their place when all are whole, and the package that describes them.

mod csv;
mod files;
mod package;
mod schema;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use self::csv::{Part, Table};
use crate::document::{Damage, Document, LanguageCodes, Rejection};
use crate::report::Tally;
use files::{Finished, sync_folder};

pub use package::RunFacts;

/// The one table that is not cut into shards: most runs have an empty one.
const DAMAGE_FILE: &str = "damage.csv";

/// Why the corpus cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// The folder holds a corpus already.
    #[error("{} holds a corpus already ({found}); choose another folder, or --force to replace it", folder.display())]
    Exists {
        /// The folder.
        folder: PathBuf,
        /// A file of that corpus.
        found: String,
    },
    /// The system refuses.
    #[error("cannot write {}: {error}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

/// What to do with a corpus that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Leave it, and refuse to write.
    Refuse,
    /// Put the new files in the place of its own when they are whole; others in the folder stay.
    Replace,
}

/// A folder that a corpus is written to.
#[derive(Debug)]
pub struct Corpus {
    folder: PathBuf,
    codes: LanguageCodes,
}

impl Corpus {
    /// Makes the folder, or takes one that holds no corpus.
    ///
    /// # Errors
    /// The folder holds a corpus and that is not to be replaced, or it cannot be written to.
    pub fn create(folder: &Path, existing: Existing) -> Result<Self, CorpusError> {
        let io = |error| CorpusError::Io { path: folder.into(), error };
        fs::create_dir_all(folder).map_err(io)?;
        let (unfinished, whole): (Vec<PathBuf>, _) = own_files(folder)?.into_iter().partition(|path| is_unfinished(path));
        if let (Some(found), Existing::Refuse) = (whole.first(), existing) {
            let found = found.file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Err(CorpusError::Exists { folder: folder.into(), found });
        }
        unfinished.iter().try_for_each(remove)?;
        Ok(Self { folder: folder.into(), codes: LanguageCodes::default() })
    }

    /// With languages in other codes.
    #[must_use]
    pub fn with_codes(self, codes: LanguageCodes) -> Self {
        Self { codes, ..self }
    }

    /// Begins a shard.
    ///
    /// # Errors
    /// Its files cannot be made.
    pub fn shard(&self, index: usize) -> Result<Shard, CorpusError> {
        let table =
            |schema: &'static schema::Schema| Table::create(&self.folder, &format!("{}-{index:05}.csv", schema.name), schema);
        Ok(Shard {
            codes: self.codes,
            documents: table(&schema::DOCUMENTS)?,
            sentences: table(&schema::SENTENCES)?,
            rejects: table(&schema::REJECTS)?,
            damage: Table::part(&self.folder, &format!("damage-{index:05}.csv"), &schema::DAMAGE)?,
        })
    }

    /// Writes what describes the corpus, and puts all files in their place.
    ///
    /// # Errors
    /// The files cannot be written.
    pub fn finish(
        &self,
        shards: Vec<FinishedShard>,
        damages: &[Damage],
        facts: &RunFacts,
        tally: &Tally,
    ) -> Result<(), CorpusError> {
        let mut damage = Table::create(&self.folder, DAMAGE_FILE, &schema::DAMAGE)?;
        damages.iter().try_for_each(|d| damage.damage(d))?;
        let mut files = Vec::new();
        for shard in shards {
            files.extend(shard.files);
            damage.append(shard.damage)?;
        }
        files.push(damage.commit()?);
        let package = package::write(&self.folder, &files, facts, tally)?;
        self.put_in_place(&files, &package)
    }

    /// The package goes first and comes last: where one is, it is that of the tables beside it.
    fn put_in_place(&self, tables: &[Finished], package: &Finished) -> Result<(), CorpusError> {
        let is_package = |path: &&PathBuf| path.ends_with(package::NAME);
        let is_outdated = |path: &&PathBuf| !is_package(path) && !tables.iter().any(|table| path.ends_with(&table.name));
        let old: Vec<PathBuf> = own_files(&self.folder)?.into_iter().filter(|path| !is_unfinished(path)).collect();
        old.iter().filter(is_package).try_for_each(remove)?;
        sync_folder(&self.folder)?;
        tables.iter().try_for_each(Finished::put_in_place)?;
        old.iter().filter(is_outdated).try_for_each(remove)?;
        sync_folder(&self.folder)?;
        package.put_in_place()?;
        sync_folder(&self.folder)
    }
}

fn remove(path: impl AsRef<Path>) -> Result<(), CorpusError> {
    fs::remove_file(&path).map_err(|error| CorpusError::Io { path: path.as_ref().into(), error })
}

/// The files in a folder that corpusmill wrote, by name.
fn own_files(folder: &Path) -> Result<Vec<PathBuf>, CorpusError> {
    let io = |error| CorpusError::Io { path: folder.into(), error };
    let paths = fs::read_dir(folder).and_then(|entries| entries.map(|e| Ok(e?.path())).collect::<io::Result<Vec<_>>>());
    let mut own: Vec<PathBuf> = paths.map_err(io)?.into_iter().filter(|path| is_own(path)).collect();
    own.sort();
    Ok(own)
}

/// Whether a file is one that corpusmill writes.
fn is_own(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let finished = name.strip_prefix('.').and_then(|n| n.strip_suffix(files::UNFINISHED)).unwrap_or(name);
    let is_table = schema::ALL.iter().any(|schema| {
        let number = finished.strip_prefix(schema.name).and_then(|n| n.strip_prefix('-')).and_then(|n| n.strip_suffix(".csv"));
        number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    });
    is_table || finished == DAMAGE_FILE || finished == package::NAME
}

fn is_unfinished(path: &Path) -> bool {
    path.extension().is_some_and(|extension| files::UNFINISHED.ends_with(&*extension.to_string_lossy()))
}

/// The files of one shard while they are written.
#[derive(Debug)]
pub struct Shard {
    codes: LanguageCodes,
    documents: Table,
    sentences: Table,
    rejects: Table,
    damage: Table,
}

/// The files of one shard when they are on disk.
#[derive(Debug)]
pub struct FinishedShard {
    files: Vec<Finished>,
    damage: Part,
}

impl Shard {
    /// Adds a document and its sentences.
    ///
    /// # Errors
    /// The disk is full, or the like.
    pub fn keep(&mut self, document: &Document) -> Result<(), CorpusError> {
        let content_digest = hex(&Sha256::digest(document.article.text.as_bytes()));
        let doc_id = doc_id(document, &content_digest);
        self.documents.document(document, &doc_id, &content_digest, self.codes)?;
        self.sentences.sentences(document, &doc_id, self.codes)
    }

    /// Adds a record that is left out.
    ///
    /// # Errors
    /// The disk is full, or the like.
    pub fn reject(&mut self, rejection: &Rejection) -> Result<(), CorpusError> {
        self.rejects.rejection(rejection)
    }

    /// Adds a place where the input is broken.
    ///
    /// # Errors
    /// The disk is full, or the like.
    pub fn damage(&mut self, damage: &Damage) -> Result<(), CorpusError> {
        self.damage.damage(damage)
    }

    /// Brings the files to disk; they have their names when the corpus is finished.
    ///
    /// # Errors
    /// The disk is full, or the like.
    pub fn commit(self) -> Result<FinishedShard, CorpusError> {
        let damage = self.damage.close()?;
        let files = [self.documents, self.sentences, self.rejects].into_iter().map(Table::commit).collect::<Result<_, _>>()?;
        Ok(FinishedShard { files, damage })
    }
}

/// The same for the same record of the same file, whatever else is read and wherever the file lies.
fn doc_id(document: &Document, content_digest: &str) -> String {
    let provenance = &document.article.provenance;
    let origin = &provenance.origin;
    let mut hash = Sha256::new();
    let offset = format!("{}+{}", origin.offset, origin.length);
    for part in [&*origin.source, &offset, &origin.record_id, &provenance.url, content_digest] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    format!("d{}", &hex(&hash.finalize())[..20])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
