//! Any bytes as what a server sent: no panic in any stage, sentences that are apart, inside of the text and all of it.

#![no_main]

use std::sync::LazyLock;

use corpusmill::boilerplate::{Favor, Options};
use corpusmill::document::{Completeness, Origin, Record, RecordKind};
use corpusmill::language::Ngrams;
use corpusmill::{boilerplate, ingest, language, sentences};
use libfuzzer_sys::fuzz_target;

static NGRAMS: LazyLock<Ngrams> = LazyLock::new(Ngrams::default);

fuzz_target!(|bytes: &[u8]| {
    let record = Record {
        origin: Origin { source: "fuzz".into(), offset: 0, length: 0, record_id: String::new() },
        kind: RecordKind::Response,
        url: "http://example.com/".into(),
        date: String::new(),
        content_type: "application/http; msgtype=response".into(),
        identified_language: String::new(),
        body: [b"HTTP/1.1 200 OK\r\n", bytes].concat(),
        completeness: Completeness::Whole,
    };
    let Ok(page) = ingest::decode(record) else { return };
    let options = Options { favor: Favor::Recall, comments: true, ..Options::default() };
    let Ok(article) = boilerplate::strip(page, options) else { return };
    let languages = language::languages(&*NGRAMS, &article);
    let sentences = sentences::split(&article.text, &article.paragraphs, &languages);
    let mut end = 0;
    for sentence in &sentences {
        assert!(article.text[end..sentence.range.start].trim().is_empty(), "text between sentences is in none");
        end = sentence.range.end;
    }
    assert!(article.text[end..].trim().is_empty(), "the end of the text is in no sentence");
});
