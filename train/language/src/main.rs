//! Makes the tables that languages are told by, of lingua's language models.

mod ngrams;
mod scripts;
mod tables;

use std::io;
use std::path::PathBuf;

use corpusmill::language::alphabet::Script;

/// Zstandard's level: the file is written once and is part of every copy of the program.
const COMPRESSION: i32 = 19;
/// Repeated bytes that count: shorter ones, which are chance, make the file no smaller and take longer to unpack.
const MIN_MATCH: u32 = 7;

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
        let part = tables::part(&slots, threshold);
        let packed = packed(&part.ngrams)?;
        eprintln!("{} bytes, {} compressed", part.ngrams.len(), packed.len());
        bytes.extend(part.slots);
        bytes.extend((packed.len() as u32).to_le_bytes());
        bytes.extend(packed);
    }
    std::fs::write(file, bytes)
}

fn packed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut compressor = zstd::bulk::Compressor::new(COMPRESSION)?;
    compressor.set_parameter(zstd::zstd_safe::CParameter::MinMatch(MIN_MATCH))?;
    compressor.compress(bytes)
}
