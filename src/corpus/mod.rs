//! From documents to files: tables that are put in their place when all are whole, and the package that describes them.

mod csv;
mod files;
mod folder;
mod package;
mod schema;

use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use self::csv::{Part, Table};
use crate::document::{Damage, Document, LanguageCodes, Rejection};
use crate::report::Tally;
use files::{Finished, sync_folder};
use folder::{Folder, remove};

pub use folder::{is_own, is_whole};
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
    /// A file has the name of the folder.
    #[error("{} is no folder; a corpus is one: choose another name, and it is made if it is not there", .0.display())]
    NotAFolder(PathBuf),
    /// Another run writes to the folder.
    #[error("another run (process {process}) is writing to {}; wait until it has ended, or choose another folder", folder.display())]
    InUse {
        /// The folder.
        folder: PathBuf,
        /// The number of its process.
        process: String,
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

/// A folder that a corpus is written to. When it is dropped, what is unfinished there is removed.
#[derive(Debug)]
pub struct Corpus {
    folder: Folder,
    codes: LanguageCodes,
}

impl Corpus {
    /// Makes the folder, or takes one that holds no corpus.
    ///
    /// # Errors
    /// The folder holds a corpus and that is not to be replaced, another run writes to it, or it cannot be written to.
    pub fn create(folder: &Path, existing: Existing) -> Result<Self, CorpusError> {
        let taken = Folder::take(folder)?;
        if let (Some(found), Existing::Refuse) = (taken.whole_files()?.first(), existing) {
            let found = found.file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Err(CorpusError::Exists { folder: folder.into(), found });
        }
        taken.remove_unfinished()?;
        Ok(Self { folder: taken, codes: LanguageCodes::default() })
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
        let folder = self.folder.path();
        let table = |schema: &'static schema::Schema| Table::create(folder, &format!("{}-{index:05}.csv", schema.name), schema);
        Ok(Shard {
            codes: self.codes,
            documents: table(&schema::DOCUMENTS)?,
            sentences: table(&schema::SENTENCES)?,
            rejects: table(&schema::REJECTS)?,
            damage: Table::part(folder, &format!("damage-{index:05}.csv"), &schema::DAMAGE)?,
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
        let mut damage = Table::create(self.folder.path(), DAMAGE_FILE, &schema::DAMAGE)?;
        damages.iter().try_for_each(|d| damage.damage(d))?;
        let mut files = Vec::new();
        for shard in shards {
            files.extend(shard.files);
            damage.append(shard.damage)?;
        }
        files.push(damage.commit()?);
        let package = package::write(self.folder.path(), &files, facts, tally, self.codes)?;
        self.put_in_place(&files, &package)
    }

    /// The package goes first and comes last: where one is, it is that of the tables beside it.
    fn put_in_place(&self, tables: &[Finished], package: &Finished) -> Result<(), CorpusError> {
        let is_package = |path: &&PathBuf| path.ends_with(package::NAME);
        let is_outdated = |path: &&PathBuf| !is_package(path) && !tables.iter().any(|table| path.ends_with(&table.name));
        let (folder, old) = (self.folder.path(), self.folder.whole_files()?);
        old.iter().filter(is_package).try_for_each(remove)?;
        sync_folder(folder)?;
        tables.iter().try_for_each(Finished::put_in_place)?;
        old.iter().filter(is_outdated).try_for_each(remove)?;
        sync_folder(folder)?;
        package.put_in_place()?;
        sync_folder(folder)
    }
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

/// The same for the same record of a file by the same name in `source_file`, wherever it lies.
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
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]).map(digit).collect()
}
