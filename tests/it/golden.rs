//! Cases as data: fixtures/CASE/input.* through the whole line must come out as fixtures/CASE/expected.txt says.
//!
//! A new case needs no Rust. `BLESS=1 cargo test --release golden` writes the expectations that are missing or differ;
//! read them before you commit them.

use std::fmt::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;

use corpusmill::boilerplate::{self, HtmlEngine, Options};
use corpusmill::document::Page;
use corpusmill::ingest::{self, Finding, Plan};

use crate::support::{Row, files, line_with_languages, mill, rows};

/// Columns of documents.csv that are shown where they are not empty.
const SHOWN: [&str; 16] = [
    "url",
    "title",
    "author",
    "date_published",
    "date_crawled",
    "site_name",
    "canonical_url",
    "lang",
    "langs",
    "lang_declared",
    "lang_identified",
    "charset",
    "charset_source",
    "mime",
    "page_type",
    "flags",
];

#[test]
fn golden() {
    let cases: Vec<_> = files(Path::new("fixtures")).into_iter().filter(|path| path.is_dir()).collect();
    assert!(cases.len() >= 40, "only {} cases", cases.len());
    let differing: Vec<String> = cases.iter().filter_map(|case| difference(case)).collect();
    assert!(differing.is_empty(), "{} of {} cases differ:\n{}", differing.len(), cases.len(), differing.join("\n"));
}

/// The page that the project grew from: an article, then what its site put round it.
#[test]
fn the_seed_page_keeps_its_article_and_loses_its_tail() {
    let (folder, _) = mill(&[Path::new("seeds/chinese-views-on-cybersecurity.txt")], &line_with_languages(), 1, None);
    let documents = rows(folder.path(), "documents");
    let kept: Vec<&str> = documents[0]["text"].lines().collect();
    let expected = include_str!("../seed/expected.txt").replace('\u{a0}', " ");
    let article: Vec<&str> = expected.lines().collect();
    assert_eq!(article.len(), 16);
    for paragraph in &article {
        assert!(kept.contains(paragraph), "lost: {paragraph}");
    }
    assert_eq!(kept.last(), article.last());
}

/// By the standard a title without an end takes the whole page; the scanner does not let it.
const OTHER_THAN_THE_STANDARD: &str = "html-title-frame-unclosed";

/// Both engines see the same blocks on every case but one: the scanner follows the standard as far as it shows in text.
#[test]
fn the_scanner_and_scraper_see_the_same_blocks() {
    let is_standard = |path: &PathBuf| path.is_dir() && !path.ends_with(OTHER_THAN_THE_STANDARD);
    for case in files(Path::new("fixtures")).into_iter().filter(is_standard) {
        for page in pages(&case) {
            let texts = |html_engine| -> Vec<String> {
                let options = Options { html_engine, ..Options::default() };
                boilerplate::blocks(&page, options).into_iter().map(|block| block.text).collect()
            };
            assert_eq!(texts(HtmlEngine::Scanner), texts(HtmlEngine::Scraper), "{}", case.display());
        }
    }
}

fn pages(case: &Path) -> Vec<Page> {
    let mut pages = Vec::new();
    for input in Plan::new(&[case.display().to_string()], None).expect("a plan").inputs {
        let flow = ingest::read(&input, &AtomicU64::new(0), &mut |finding| {
            if let Finding::Record(record) = finding {
                pages.extend(ingest::decode(record));
            }
            ControlFlow::Continue(())
        });
        assert!(flow.is_continue());
    }
    pages
}

fn difference(case: &Path) -> Option<String> {
    let input =
        files(case).into_iter().find(|path| path.file_stem().is_some_and(|stem| stem.to_string_lossy().starts_with("input")));
    let found = account(&input.unwrap_or_else(|| panic!("{} has no input", case.display())));
    let expectation = case.join("expected.txt");
    let expected = std::fs::read_to_string(&expectation).unwrap_or_default();
    if found == expected {
        return None;
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&expectation, &found).expect("a writable fixture");
        return None;
    }
    let line = found
        .lines()
        .zip(expected.lines())
        .position(|(a, b)| a != b)
        .unwrap_or(found.lines().count().min(expected.lines().count()));
    let at = |text: &str| text.lines().nth(line).unwrap_or("(end)").to_owned();
    Some(format!("{}, line {}:\n  expected {}\n  found    {}", case.display(), line + 1, at(&expected), at(&found)))
}

/// What came of an input: documents with a sentence a line and an empty line between paragraphs, rejections, damage.
fn account(input: &Path) -> String {
    let (folder, _) = mill(&[input], &line_with_languages(), 1, None);
    let mut text = String::new();
    let sentences = rows(folder.path(), "sentences");
    for document in rows(folder.path(), "documents") {
        let own = sentences.iter().filter(|sentence| sentence["doc_id"] == document["doc_id"]);
        write_document(&mut text, &document, own).expect("a string");
    }
    for r in rows(folder.path(), "rejects") {
        writeln!(text, "== rejected: {} {} {} {}", r["stage"], r["reason"], r["detail"], r["url"]).expect("a string");
    }
    for d in rows(folder.path(), "damage") {
        writeln!(text, "== damage: {} at {}+{}: {}", d["reason"], d["offset"], d["length"], d["detail"]).expect("a string");
    }
    text
}

fn write_document<'a>(out: &mut String, document: &Row, sentences: impl Iterator<Item = &'a Row>) -> std::fmt::Result {
    writeln!(out, "== document")?;
    for column in SHOWN {
        if !document[column].is_empty() {
            writeln!(out, "{column}: {}", document[column])?;
        }
    }
    let mut paragraph = String::new();
    for sentence in sentences {
        if sentence["paragraph"] != paragraph {
            writeln!(out)?;
            paragraph = sentence["paragraph"].clone();
        }
        writeln!(out, "{}", sentence["text"])?;
    }
    writeln!(out)
}
