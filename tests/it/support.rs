//! What several tests need: a corpus from bytes or paths, read back.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use corpusmill::boilerplate::Options;
use corpusmill::corpus::{Corpus, Existing, RunFacts};
use corpusmill::document::{Language, Languages};
use corpusmill::ingest::Plan;
use corpusmill::language::{Identifier, Ngrams};
use corpusmill::pipeline::{self, Line, Progress, Settings};
use corpusmill::report::Tally;

/// Tables are loaded once for all tests.
pub static NGRAMS: LazyLock<Ngrams> = LazyLock::new(Ngrams::default);

struct SharedNgrams;

impl Identifier for SharedNgrams {
    fn identify(&self, text: &str, declared: Option<Language>) -> Languages {
        NGRAMS.identify(text, declared)
    }

    fn languages(&self) -> Vec<Language> {
        NGRAMS.languages()
    }
}

/// Tells every text the same; for tests in which the language does not matter.
struct Unknown;

impl Identifier for Unknown {
    fn identify(&self, _: &str, _: Option<Language>) -> Languages {
        Languages::unknown()
    }

    fn languages(&self) -> Vec<Language> {
        Vec::new()
    }
}

pub fn line_with_languages() -> Line {
    Line { stripping: Options::default(), identifier: Box::new(SharedNgrams), filters: Vec::new() }
}

pub fn line_without_languages() -> Line {
    Line { stripping: Options::default(), identifier: Box::new(Unknown), filters: Vec::new() }
}

/// Runs the line on paths, and gives the folder and the account.
pub fn mill(inputs: &[&Path], line: &Line, threads: usize, limit: Option<u64>) -> (tempfile::TempDir, Tally) {
    mill_plan(&plan(inputs), line, threads, limit)
}

pub fn plan(inputs: &[&Path]) -> Plan {
    let arguments: Vec<String> = inputs.iter().map(|path| path.display().to_string()).collect();
    Plan::new(&arguments, None).expect("a plan")
}

/// Runs the line on what is planned, and gives the folder and the account.
pub fn mill_plan(plan: &Plan, line: &Line, threads: usize, limit: Option<u64>) -> (tempfile::TempDir, Tally) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let corpus = Corpus::create(folder.path(), Existing::Refuse).expect("a corpus");
    let facts = RunFacts { configuration: Vec::new(), inputs: plan.inputs.clone() };
    let settings = Settings { threads, limit };
    let tally = pipeline::run(plan, line, &corpus, &facts, settings, &Progress::default()).expect("a run");
    (folder, tally)
}

pub type Row = HashMap<String, String>;

/// The rows of all shards of a table, in order.
pub fn rows(folder: &Path, table: &str) -> Vec<Row> {
    let is_shard = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name.ends_with(".csv") && (name == format!("{table}.csv") || name.starts_with(&format!("{table}-")))
    };
    let mut paths: Vec<PathBuf> = files(folder).into_iter().filter(is_shard).collect();
    paths.sort();
    let read = |path: &PathBuf| -> Vec<Row> {
        let mut reader = csv::Reader::from_path(path).expect("a table");
        reader.deserialize().map(|row| row.expect("a row")).collect()
    };
    paths.iter().flat_map(read).collect()
}

/// The files of a folder, by name.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}
