//! Throughput of each stage alone and of the whole line: `cargo bench`. benches/README.md says how to read it.

#![allow(clippy::expect_used)] // a benchmark may fail

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::atomic::AtomicU64;

use corpusmill::boilerplate::{HtmlEngine, Options};
use corpusmill::corpus::{Corpus, Existing, RunFacts};
use corpusmill::document::{Article, Languages, Media, Page, Record};
use corpusmill::ingest::{self, Finding, Plan};
use corpusmill::language::{self, Identifier, Ngrams};
use corpusmill::pipeline::{self, Line, Progress, Settings};
use corpusmill::{boilerplate, sentences};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// The crawl to measure on: a file named in CORPUSMILL_BENCH, or the small one in seeds/.
fn crawl() -> PathBuf {
    std::env::var_os("CORPUSMILL_BENCH").map_or_else(|| "seeds/crawl.warc.gz".into(), PathBuf::from)
}

fn plan() -> Plan {
    Plan::new(&[crawl().display().to_string()], None).expect("CORPUSMILL_BENCH names a crawl file")
}

fn read_records() -> Vec<Record> {
    let mut records = Vec::new();
    for input in plan().inputs {
        let flow = ingest::read(&input, &AtomicU64::new(0), &mut |finding| {
            if let Finding::Record(record) = finding {
                records.push(record);
            }
            ControlFlow::Continue(())
        });
        assert!(flow.is_continue());
    }
    records
}

static RECORDS: LazyLock<Vec<Record>> = LazyLock::new(read_records);
static PAGES: LazyLock<Vec<Page>> =
    LazyLock::new(|| RECORDS.iter().cloned().filter_map(|record| ingest::decode(record).ok()).collect());
static ARTICLES: LazyLock<Vec<Article>> =
    LazyLock::new(|| PAGES.iter().cloned().filter_map(|page| boilerplate::strip(page, Options::default()).ok()).collect());

/// Shows throughput in bytes and in items, pages mostly, a second.
fn counted<'a, 'b>(bencher: Bencher<'a, 'b>, bytes: usize, items: usize) -> Bencher<'a, 'b> {
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(items))
}

fn texts_counted<'a, 'b>(bencher: Bencher<'a, 'b>) -> Bencher<'a, 'b> {
    counted(bencher, ARTICLES.iter().map(|article| article.text.len()).sum(), ARTICLES.len())
}

#[divan::bench]
fn ingest_records(bencher: Bencher) {
    counted(bencher, RECORDS.iter().map(|record| record.body.len()).sum(), RECORDS.len()).bench_local(read_records);
}

#[divan::bench]
fn decode(bencher: Bencher) {
    let bencher = counted(bencher, RECORDS.iter().map(|record| record.body.len()).sum(), PAGES.len());
    bencher
        .with_inputs(|| RECORDS.clone())
        .bench_local_values(|records| records.into_iter().filter_map(|record| ingest::decode(record).ok()).count());
}

/// HTML to blocks, by the engine that reads it.
#[divan::bench(args = [HtmlEngine::Scanner, HtmlEngine::Scraper])]
fn html_to_outline(bencher: Bencher, engine: HtmlEngine) {
    let pages = || PAGES.iter().filter(|page| page.media == Media::Html);
    counted(bencher, pages().map(|page| page.text.len()).sum(), pages().count())
        .bench_local(|| pages().map(|page| boilerplate::count_blocks(black_box(page), engine)).sum::<usize>());
}

#[divan::bench]
fn boilerplate_of_pages(bencher: Bencher) {
    let bencher = counted(bencher, PAGES.iter().map(|page| page.text.len()).sum(), PAGES.len());
    bencher.with_inputs(|| PAGES.clone()).bench_local_values(|pages| {
        pages.into_iter().filter_map(|page| boilerplate::strip(page, Options::default()).ok()).count()
    });
}

#[divan::bench]
fn language_of_articles(bencher: Bencher) {
    languages_told(bencher, &Ngrams::default());
}

#[cfg(feature = "lingua")]
#[divan::bench]
fn language_of_articles_by_lingua(bencher: Bencher) {
    languages_told(bencher, &language::Lingua::default());
}

fn languages_told(bencher: Bencher, identifier: &dyn Identifier) {
    let tell = || ARTICLES.iter().for_each(|article| drop(black_box(language::languages(identifier, article))));
    // lingua loads models with the first texts that need them.
    tell();
    texts_counted(bencher).bench_local(tell);
}

#[divan::bench]
fn sentences_of_articles(bencher: Bencher) {
    texts_counted(bencher).bench_local(|| {
        ARTICLES
            .iter()
            .map(|article| sentences::split(black_box(&article.text), &article.paragraphs, &Languages::unknown()).len())
            .sum::<usize>()
    });
}

/// The whole line with its output on disk, by number of worker threads.
#[divan::bench(args = [1, 2], sample_count = 10)]
fn whole_line(bencher: Bencher, threads: usize) {
    let plan = plan();
    let line = Line { stripping: Options::default(), identifier: Box::new(Ngrams::default()), filters: Vec::new() };
    let facts = RunFacts { configuration: Vec::new(), inputs: plan.inputs.clone() };
    let settings = Settings { threads, limit: None };
    counted(bencher, RECORDS.iter().map(|record| record.body.len()).sum(), PAGES.len()).bench_local(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let corpus = Corpus::create(folder.path(), Existing::Refuse).expect("a corpus");
        pipeline::run(&plan, &line, &corpus, &facts, settings, &Progress::default()).expect("a run").total()
    });
}
