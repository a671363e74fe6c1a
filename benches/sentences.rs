//! Throughput of sentence splitting beside ICU4X and sentencex, in turns: `cargo bench --bench sentences`. benches/README.md
//! says how to read it.

#![allow(clippy::expect_used)] // a benchmark may fail

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use corpusmill::document::Languages;
use corpusmill::{language, sentences};
use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;

const LANGUAGES: [&str; 5] = ["en", "ru", "zh", "ar", "hi"];
/// Bytes that sentences of our own are repeated to.
const MIN_BYTES: usize = 1_000_000;
/// How often each splitter takes its turn.
const ROUNDS: usize = 31;

fn main() {
    println!("MB/s, medians of {ROUNDS} rounds\n      corpusmill  icu_segmenter   sentencex  corpusmill by icu_segmenter");
    for code in LANGUAGES {
        let text = text(code);
        let mut rounds: Vec<[f64; 3]> = (0..ROUNDS).map(|_| round(code, &text)).collect();
        let mut median = |of: &dyn Fn(&[f64; 3]) -> f64| {
            rounds.sort_by(|a, b| of(a).total_cmp(&of(b)));
            of(&rounds[ROUNDS / 2])
        };
        let [ours, icu, sentencex] = [0, 1, 2].map(|splitter| median(&|round| round[splitter]));
        let ratio = median(&|round| round[0] / round[1]);
        println!("{code} {ours:13.0} {icu:14.0} {sentencex:11.0} {ratio:28.2}");
    }
}

/// LANGUAGE.txt in the folder named in CORPUSMILL_BENCH_TEXTS, or sentences of our own, again and again.
fn text(code: &str) -> String {
    match std::env::var_os("CORPUSMILL_BENCH_TEXTS") {
        Some(folder) => std::fs::read_to_string(Path::new(&folder).join(code).with_extension("txt")).expect("a text"),
        None => repeated(code),
    }
}

fn repeated(code: &str) -> String {
    let lines = include_str!("../tests/language/sentences.tsv").lines().filter_map(|line| line.split_once('\t'));
    let sentences: Vec<&str> = lines.filter(|(of, _)| *of == code).map(|(_, sentence)| sentence).collect();
    let sentences = sentences.join(" ");
    vec![sentences.as_str(); MIN_BYTES.div_ceil(sentences.len())].join("\n")
}

/// Megabytes a second of each splitter.
fn round(code: &str, text: &str) -> [f64; 3] {
    let languages = language::by_tag(code).map(Languages::one).expect("a language");
    let paragraphs = sentences::paragraphs(text);
    let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    [
        speed(text, || sentences::split(text, &paragraphs, &languages).len()),
        speed(text, || segmenter.segment_str(text).count()),
        // Line by line: it takes time by the square of a text's length.
        speed(text, || text.lines().map(|line| sentencex::segment(code, line).len()).sum()),
    ]
}

fn speed(text: &str, split: impl Fn() -> usize) -> f64 {
    let start = Instant::now();
    black_box(split());
    text.len() as f64 / 1e6 / start.elapsed().as_secs_f64()
}
