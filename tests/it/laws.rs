//! Laws that hold for any input.

use std::path::Path;

use corpusmill::boilerplate::{self, HtmlEngine, JudgedBlock, Options};
use corpusmill::document::{Completeness, Language, Languages, Media, Origin, Record, RecordKind};
use corpusmill::ingest;
use corpusmill::language::{self, Identifier};
use corpusmill::pipeline::{Line, Outcome};
use corpusmill::sentences;
use proptest::prelude::*;

use crate::support::{files, line_with_languages, line_without_languages, mill, mill_plan, plan, rows};

fn origin() -> Origin {
    Origin { source: "x".into(), offset: 0, length: 0, record_id: String::new() }
}

fn record(kind: RecordKind, content_type: &str, body: Vec<u8>) -> Record {
    Record {
        origin: origin(),
        kind,
        url: "http://example.com/".into(),
        date: String::new(),
        content_type: content_type.into(),
        identified_language: String::new(),
        body,
        completeness: Completeness::Whole,
    }
}

/// A WARC record of some kind with some block, right or wrong about its length.
fn warc_record() -> impl Strategy<Value = Vec<u8>> {
    let kinds =
        prop_oneof![Just("response"), Just("request"), Just("resource"), Just("conversion"), Just("revisit"), Just("odd")];
    let wrong = prop_oneof![4 => Just(0i64), 1 => -50i64..5000];
    (kinds, block(), wrong).prop_map(|(kind, block, wrong)| {
        let media = if kind == "response" { "application/http; msgtype=response" } else { "text/plain" };
        let length = (block.len() as i64 + wrong).max(0);
        let head = format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: {media}\r\nContent-Length: {length}\r\n\r\n");
        [head.as_bytes(), &block, b"\r\n\r\n"].concat()
    })
}

fn block() -> impl Strategy<Value = Vec<u8>> {
    let page = markup().prop_map(|html| format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}").into_bytes());
    let prose = "[a-z ]{0,80}\\.".prop_map(String::into_bytes);
    prop_oneof![page, prose, proptest::collection::vec(any::<u8>(), 0..200)]
}

/// Markup that is rarely right.
fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zé中 ]{1,60}[.!?]? ",
        prop_oneof![
            Just("p"),
            Just("div"),
            Just("td"),
            Just("tr"),
            Just("table"),
            Just("a"),
            Just("li"),
            Just("pre"),
            Just("form")
        ]
        .prop_flat_map(|tag| prop_oneof![
            Just(format!("<{tag}>")),
            Just(format!("</{tag}>")),
            Just(format!("<{tag} hidden class='nav x"))
        ]),
        Just("<br>".to_owned()),
        "[ \n\t]{1,5}",
        "<span>[ x]{0,4}</span>",
        Just("&nbsp;&amp;&#0;".to_owned()),
        "\\PC{0,10}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn written(bytes: &[u8], name: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a file");
    (folder, path)
}

fn assert_every_record_counted(path: &Path) -> Result<(), TestCaseError> {
    let (folder, tally) = mill(&[path], &line_without_languages(), 2, None);
    for counts in tally.sources.values() {
        prop_assert_eq!(counts.read, counts.kept + counts.rejected);
    }
    let total = tally.total();
    prop_assert_eq!(total.kept, rows(folder.path(), "documents").len() as u64);
    prop_assert_eq!(total.rejected, rows(folder.path(), "rejects").len() as u64);
    prop_assert_eq!(total.damaged, rows(folder.path(), "damage").len() as u64);
    prop_assert_eq!(tally.sentences, rows(folder.path(), "sentences").len() as u64);
    Ok(())
}

/// All characters but white space, sorted: a browser moves text out of tables that stands outside of their cells.
fn characters(blocks: &[JudgedBlock]) -> Vec<char> {
    let mut characters: Vec<char> = blocks.iter().flat_map(|block| block.text.chars()).filter(|c| !c.is_whitespace()).collect();
    characters.sort_unstable();
    characters
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn read_is_kept_and_rejected(records in proptest::collection::vec(warc_record(), 0..8)) {
        let (_folder, path) = written(&records.concat(), "crawl.warc");
        assert_every_record_counted(&path)?;
    }

    #[test]
    fn any_bytes_are_accounted_for(bytes in proptest::collection::vec(any::<u8>(), 0..2000), prefix in 0usize..6) {
        let prefix: &[u8] = [&b""[..], b"\x1f\x8b\x08\0\0\0\0\0\0\x03", b"\x28\xb5\x2f\xfd", b"PK\x03\x04", b"WARC/1.0\r\nWARC-Type: ", b"{\"html\":"][prefix];
        let (_folder, path) = written(&[prefix, &bytes].concat(), "any");
        assert_every_record_counted(&path)?;
    }

    #[test]
    fn no_record_makes_a_stage_panic(body in block(), kind in 0usize..3) {
        let (kind, content_type) = [(RecordKind::Response, "application/http"), (RecordKind::Resource, "text/html"), (RecordKind::Bare, "")][kind];
        if let (Outcome::Rejected(rejection), _) = line_without_languages().run(record(kind, content_type, body)) {
            prop_assert_ne!(rejection.reason.name(), "internal_error", "{}", rejection.detail);
        }
    }

    #[test]
    fn sentences_lose_only_white_space(
        text in "([a-zA-Z0-9.!?:;。։؟…«»\"()\\[\\]•\u{2043} \n\u{a0}é中ไ]|[A-Za-z]{1,9}|\\. [A-Z]|[0-9]\\) ){0,200}",
        code in prop::sample::select(vec!["en", "de", "hy", "el", "th"]),
    ) {
        let languages = Languages::one(language::by_tag(code).expect("a language"));
        for paragraphs in [boilerplate::paragraphs(&text), sentences::paragraphs(&text)] {
            let mut end = 0;
            for sentence in sentences::split(&text, &paragraphs, &languages) {
                prop_assert!(text[end..sentence.range.start].trim().is_empty());
                prop_assert_eq!(text[sentence.range.clone()].trim(), &text[sentence.range.clone()]);
                end = sentence.range.end;
            }
            prop_assert!(text[end..].trim().is_empty());
        }
    }

    #[test]
    fn articles_hold_no_control_characters(html in markup()) {
        let page = ingest::page_of(html, Media::Html, String::new(), origin());
        if let Ok(article) = boilerplate::strip(page, Options::default()) {
            prop_assert!(!article.text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
            prop_assert!(!article.text.contains("\n\n") && !article.text.starts_with('\n') && !article.text.ends_with('\n'));
            prop_assert!((0.0..=1.0).contains(&article.kept_ratio), "{}", article.kept_ratio);
        }
    }

    #[test]
    fn blocks_hold_all_visible_text_in_the_order_of_the_page(html in markup()) {
        let page = ingest::page_of(html, Media::Html, String::new(), origin());
        let blocks = boilerplate::blocks(&page, Options::default());
        let scraper = Options { html_engine: HtmlEngine::Scraper, ..Options::default() };
        prop_assert!(blocks.is_sorted_by_key(|block| block.offset));
        prop_assert_eq!(characters(&blocks), characters(&boilerplate::blocks(&page, scraper)));
    }

    #[test]
    fn plain_text_has_a_block_for_each_line_unless_it_is_of_a_printed_page(
        lines in proptest::collection::vec("[^\r\n\u{c}]{0,40}", 0..20),
    ) {
        let text = lines.join("\n");
        let expected = lines.iter().filter(|line| !line.trim().is_empty()).count();
        let page = ingest::page_of(text, Media::Text, String::new(), origin());
        prop_assert_eq!(boilerplate::blocks(&page, Options::default()).len(), expected);
    }
}

/// Each would take minutes if what stands before a place were looked at again for each of them.
#[test]
fn long_texts_take_no_more_than_their_share() {
    const BYTES: usize = 16 << 20;
    let of = |beginning: &str, piece: &str| format!("{beginning}{}", piece.repeat(BYTES / piece.len()));
    let long_word = "A".repeat(BYTES / 2);
    for text in [
        of("", " !a"),
        of("", " ."),
        of("", "![123é"),
        of("x", "\n"),
        of(&format!("{long_word} b\n"), "b\n"),
        of("", "a b\n"),
        of("", " (a"),
        of("", "A-\na-\n"),
        of("", " \n"),
        of("", "我们在北京的时候，每天早上都去公园散步。公园里有很多\n"),
    ] {
        let paragraphs = sentences::paragraphs(&text);
        let sentences = sentences::split(&text, &paragraphs, &Languages::unknown());
        assert!(sentences.iter().all(|sentence| sentence.range.end <= text.len()));
    }
}

/// Tells no language, and cannot stand the word "panic".
struct Nervous;

impl Identifier for Nervous {
    fn identify(&self, text: &str, declared: Option<Language>) -> Languages {
        assert!(!text.contains("panic"), "on purpose");
        line_without_languages().identifier.identify(text, declared)
    }

    fn languages(&self) -> Vec<Language> {
        Vec::new()
    }
}

#[test]
fn a_panic_costs_one_record() {
    let page = |word: &str| {
        let text = format!("The ferry crossed the river twice a day for a hundred years, and nobody thought of {word}.");
        let head = "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length:";
        format!("{head} {}\r\n\r\n{text}\r\n\r\n", text.len())
    };
    let (_folder, path) = written(["rain", "panic", "trains", "snow"].map(page).concat().as_bytes(), "crawl.warc");
    let line = Line { identifier: Box::new(Nervous), ..line_without_languages() };
    let (folder, tally) = mill(&[&path], &line, 2, None);
    assert_eq!((tally.total().kept, tally.total().rejected), (3, 1));
    let lost = &rows(folder.path(), "rejects")[0];
    assert_eq!((lost["stage"].as_str(), lost["reason"].as_str()), ("language", "internal_error"));
    assert!(lost["detail"].contains("on purpose"), "{}", lost["detail"]);
}

#[test]
fn threads_do_not_show() {
    const SHARD: usize = 40;
    let mut plan = plan(&[Path::new("fixtures"), Path::new("seeds")]);
    let starts = (0..plan.inputs.len()).step_by(SHARD);
    plan.shards = starts.map(|start| start..(start + SHARD).min(plan.inputs.len())).collect();
    assert!(plan.shards.len() > 2);
    let corpora = [1, 2, 8].map(|threads| mill_plan(&plan, &line_with_languages(), threads, None).0);
    let read = |folder: &tempfile::TempDir| -> Vec<(String, Vec<u8>)> {
        let named = |path: std::path::PathBuf| {
            (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), std::fs::read(&path).expect("a file"))
        };
        files(folder.path()).into_iter().map(named).collect()
    };
    let first = read(&corpora[0]);
    assert_eq!(first.len(), 3 * plan.shards.len() + 2);
    for other in &corpora[1..] {
        assert!(first == read(other), "the corpus depends on the number of threads");
    }
}

#[test]
fn a_limit_is_counted_over_all_inputs() {
    let n_pages = mill(&[Path::new("seeds")], &line_without_languages(), 4, None).1.pages;
    for limit in [0, 1, 5, 40, 1000] {
        let (_folder, tally) = mill(&[Path::new("seeds")], &line_without_languages(), 4, Some(limit));
        assert_eq!(tally.pages, limit.min(n_pages));
    }
}

#[test]
fn identifiers_are_unique_and_the_same_again() {
    let ids = || -> Vec<String> {
        let (folder, _) = mill(&[Path::new("fixtures"), Path::new("seeds")], &line_without_languages(), 2, None);
        rows(folder.path(), "documents").into_iter().map(|row| row["doc_id"].clone()).collect()
    };
    let first = ids();
    let unique: std::collections::HashSet<&String> = first.iter().collect();
    assert_eq!(unique.len(), first.len());
    assert!(first.iter().all(|id| id.starts_with('d')));
    assert_eq!(first, ids());
}
