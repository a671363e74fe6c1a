//! The n-grams of lingua's models, and those at the edges of words that follow from them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::io;
use std::path::{Path, PathBuf};

use fst::Streamer;
use rayon::prelude::*;

/// An n-gram, [`EDGE`] for the edge of a word.
pub type Ngram = Vec<char>;
/// Hashes the same in each run: sums of floating-point numbers depend on the order.
pub type Repeatable = BuildHasherDefault<DefaultHasher>;
/// How often n-grams occur for each letter of text.
pub type Frequencies = HashMap<Ngram, f64, Repeatable>;

pub const EDGE: char = ' ';
pub const MAX_ORDER: usize = 5;
/// lingua left out rare n-grams, so that a little of what seems to end a word goes on. Edges below this share of an n-gram
/// are taken as that.
const MIN_EDGE_SHARE: f64 = 0.02;

/// A language's n-grams.
pub struct Model {
    /// lingua's name for it, in small letters.
    pub name: String,
    pub frequencies: Frequencies,
}

/// All models in a folder of crates, by name.
pub fn read(crates: &Path) -> io::Result<Vec<Model>> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(crates)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.sort();
    let models: io::Result<Vec<Option<Model>>> = folders.par_iter().map(|folder| read_crate(folder)).collect();
    Ok(models?.into_iter().flatten().collect())
}

fn read_crate(folder: &Path) -> io::Result<Option<Model>> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let Some(name) = name.strip_prefix("lingua-").and_then(|n| Some(n.split_once("-language-model-")?.0)) else {
        return Ok(None);
    };
    let map = fst::Map::new(std::fs::read(folder.join("models/ngrams.fst"))?).map_err(io::Error::other)?;
    let mut conditional: Vec<(Ngram, f64)> = Vec::new();
    let mut stream = map.stream();
    while let Some((ngram, bits)) = stream.next() {
        let ngram = std::str::from_utf8(ngram).map_err(io::Error::other)?.chars().collect();
        conditional.push((ngram, f64::from_bits(bits).exp()));
    }
    conditional.sort_by_key(|(ngram, _)| ngram.len());
    let mut frequencies = Frequencies::default();
    for (ngram, probability) in conditional {
        let context = if ngram.len() == 1 { 1.0 } else { frequencies.get(&ngram[..ngram.len() - 1]).copied().unwrap_or(0.0) };
        frequencies.insert(ngram, probability * context);
    }
    add_edges(&mut frequencies);
    Ok(Some(Model { name: name.into(), frequencies }))
}

/// What an n-gram occurs more often than all n-grams that are longer by a letter before it, it occurs at the beginning of
/// a word; likewise at the end. lingua counts inside words only.
fn add_edges(frequencies: &mut Frequencies) {
    let mut before = Frequencies::default();
    let mut after = Frequencies::default();
    for (ngram, frequency) in frequencies.iter().filter(|(ngram, _)| ngram.len() > 1) {
        *before.entry(ngram[1..].to_vec()).or_default() += frequency;
        *after.entry(ngram[..ngram.len() - 1].to_vec()).or_default() += frequency;
    }
    let least = frequencies.values().copied().fold(1.0, f64::min);
    let at_edge = |all: f64, inside: Option<&f64>| {
        let rest = all - inside.copied().unwrap_or(0.0);
        (rest >= least && rest > MIN_EDGE_SHARE * all).then_some(rest)
    };
    let mut starts = Frequencies::default();
    let mut ends = Frequencies::default();
    for (ngram, &frequency) in frequencies.iter().filter(|(ngram, _)| ngram.len() < MAX_ORDER) {
        if let Some(frequency) = at_edge(frequency, before.get(ngram)) {
            starts.insert([&[EDGE], &ngram[..]].concat(), frequency);
        }
        if let Some(frequency) = at_edge(frequency, after.get(ngram)) {
            ends.insert([&ngram[..], &[EDGE]].concat(), frequency);
        }
    }
    let words: f64 = starts.iter().filter(|(ngram, _)| ngram.len() == 2).map(|(_, frequency)| frequency).sum();
    let mut after_start = Frequencies::default();
    for (ngram, frequency) in starts.iter().filter(|(ngram, _)| ngram.len() > 2) {
        *after_start.entry(ngram[..ngram.len() - 1].to_vec()).or_default() += frequency;
    }
    for (ngram, &frequency) in starts.iter().filter(|(ngram, _)| ngram.len() < MAX_ORDER) {
        if let Some(frequency) = at_edge(frequency, after_start.get(ngram)) {
            ends.insert([&ngram[..], &[EDGE]].concat(), frequency);
        }
    }
    frequencies.extend(starts);
    frequencies.extend(ends);
    frequencies.insert(vec![EDGE], words);
}
