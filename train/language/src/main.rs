//! Makes the tables that languages are told by, of lingua's language models.

mod ngrams;
mod scripts;
mod tables;

use std::io;
use std::path::PathBuf;

use corpusmill::language::alphabet::Script;

/// Zstandard's highest level: the file is written once and is part of every copy of the program.
const COMPRESSION: i32 = 22;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [crates, threshold, file] = &arguments[..] else {
        eprintln!(
            "usage: corpusmill-train-language CRATES THRESHOLD FILE\n  CRATES holds lingua-*-language-model-*/models/ngrams.fst"
        );
        std::process::exit(2);
    };
    let threshold: f64 = threshold.parse().map_err(io::Error::other)?;
    let models = ngrams::read(&PathBuf::from(crates))?;
    let slots = scripts::slots(models);
    let mut bytes = Vec::new();
    for script in Script::WITH_TABLES {
        let slots: Vec<_> = slots.iter().filter(|slot| slot.script == script).collect();
        tables::write(&slots, threshold, &mut bytes);
    }
    let compressed = zstd::bulk::compress(&bytes, COMPRESSION)?;
    eprintln!("{} bytes, {} compressed", bytes.len(), compressed.len());
    std::fs::write(file, compressed)
}
