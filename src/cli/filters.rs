//! The commands for pipes: extract, language, sentences.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::LazyLock;

use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use super::args::{ExtractArgs, FilterArgs, LanguageArgs};
use super::{Exit, complain, explain, threads};
use crate::boilerplate::{self, Favor, Options};
use crate::document::{LanguageCodes, Languages, Origin, Page, PageType, Reason, Record, Rejection, Sentence};
use crate::ingest::{self, Line};
use crate::language::{self, Identifier, Ngrams};
use crate::{pipeline, sentences};

/// The clean text of a page.
pub(super) fn extract(args: &ExtractArgs) -> Exit {
    let options = Options::from(&args.stripping);
    match (args.filter.jsonl, args.blocks) {
        (true, true) => answer_lines(&args.filter, |line| with_page(line, |page| json!({ "blocks": judged(&page, options) }))),
        (true, false) => answer_lines(&args.filter, |line| with_page(line, |page| extracted(page, options))),
        (false, _) if args.explain => answer_whole(&args.filter, |bytes, source| {
            let page = page_of(bytes, source)?;
            Ok(explain::to_html(source, &boilerplate::explain(&page, options)))
        }),
        (false, _) => answer_whole(&args.filter, |bytes, source| {
            let page = page_of(bytes, source)?;
            let article = boilerplate::strip(page.clone(), options);
            article.map(|article| article.text).map_err(|rejection| {
                let has_more = rejection.reason == Reason::NoContent && is_kept_with_recall(page, options);
                explanation(&rejection) + if has_more { "; --favor recall keeps more" } else { "" }
            })
        }),
    }
}

fn is_kept_with_recall(page: Page, options: Options) -> bool {
    boilerplate::strip(page, Options { favor: Favor::Recall, ..options }).is_ok()
}

/// The languages of a text.
pub(super) fn language(args: &LanguageArgs) -> Exit {
    let identifier = match args.languages.language_engine.identifier() {
        Ok(identifier) => identifier,
        Err(message) => {
            complain(message);
            return Exit::Usage;
        }
    };
    let codes = LanguageCodes::from(args.languages.codes);
    if args.filter.jsonl {
        return answer_lines(&args.filter, |line| {
            let declared = line.text("lang_declared")?.as_deref().and_then(language::by_tag);
            let text = text_of(line)?;
            Ok(identified(&text, &identifier.identify(&text, declared), codes))
        });
    }
    answer_whole(&args.filter, |bytes, source| {
        let found = identifier.identify(&decoded_text(bytes, source)?, None);
        Ok(format!("{}\t{:.4}", codes.of(found.main), found.confidence))
    })
}

/// Places are counted in characters, as Python and JSON's other readers do.
fn identified(text: &str, found: &Languages, codes: LanguageCodes) -> Value {
    let shares = found.shares.iter().map(|share| json!({ "lang": codes.of(share.language), "share": rounded(share.share) }));
    let mut end = 0;
    let spans = found.spans.iter().map(|span| {
        let start = end;
        end += text[span.range.clone()].chars().count();
        json!({ "lang": codes.of(span.language), "start": start, "end": end })
    });
    json!({
        "lang": codes.of(found.main),
        "confidence": rounded(found.confidence),
        "script": found.script,
        "langs": shares.collect::<Vec<_>>(),
        "spans": spans.collect::<Vec<_>>(),
    })
}

/// The sentences of a text.
pub(super) fn sentences(args: &FilterArgs) -> Exit {
    // Only asked where the language is not given.
    let identifier = LazyLock::new(Ngrams::default);
    let split = |text: &str, lang: Option<&str>| {
        let declared = lang.and_then(language::by_tag).map(Languages::one);
        let languages = declared.unwrap_or_else(|| identifier.identify(text, None));
        sentences::split(text, &sentences::paragraphs(text), &languages)
    };
    if args.jsonl {
        return answer_lines(args, |line| {
            let found = split(&text_of(line)?, line.text("lang")?.as_deref());
            let cuts: Vec<usize> = found.into_iter().map(|sentence| sentence.range.end).collect();
            Ok(json!({ "cuts": cuts }))
        });
    }
    answer_whole(args, |bytes, source| {
        let text = decoded_text(bytes, source)?;
        let on_one_line = |sentence: Sentence| text[sentence.range].lines().map(str::trim).collect::<Vec<_>>().join(" ");
        let lines: Vec<String> = split(&text, None).into_iter().map(on_one_line).collect();
        Ok(lines.join("\n"))
    })
}

fn judged(page: &Page, options: Options) -> Vec<Value> {
    let blocks = boilerplate::blocks(page, options).into_iter();
    blocks.map(|block| json!({ "text": block.text, "keep": block.keep, "score": rounded(block.score) })).collect()
}

fn extracted(page: Page, options: Options) -> Value {
    if page.text.trim_ascii().is_empty() {
        return json!({ "text": "", "reason": Reason::EmptyBody.name(), "detail": "" });
    }
    match boilerplate::strip(page, options) {
        Ok(article) => json!({
            "text": article.text,
            "title": article.metadata.title,
            "author": article.metadata.author,
            "date_published": article.metadata.date_published,
            "lang_declared": article.metadata.language,
            "canonical_url": article.metadata.canonical_url,
            "site_name": article.metadata.site_name,
            "kept_ratio": rounded(article.kept_ratio),
            "confidence": rounded(article.confidence),
            "page_type": article.page_type.map(PageType::name),
        }),
        Err(rejection) => json!({ "text": "", "reason": rejection.reason.name(), "detail": rejection.detail }),
    }
}

/// Four digits are as many as mean something.
fn rounded(number: f64) -> f64 {
    (number * 1e4).round() / 1e4
}

fn with_page(line: &Line, answer: impl Fn(Page) -> Value) -> Result<Value, String> {
    let origin = Origin { source: "stdin".into(), offset: 0, length: 0, record_id: line.id_text() };
    let (media, content) = line.page()?;
    if content.len() > ingest::MAX_PAGE {
        return Err(format!("larger than {} MiB", ingest::MAX_PAGE >> 20));
    }
    Ok(answer(ingest::page_of(content, media, line.text("url")?.unwrap_or_default(), origin)))
}

fn text_of(line: &Line) -> Result<String, String> {
    line.text("text")?.ok_or_else(|| match line.has("html") {
        true => "no \"text\"; corpusmill extract --jsonl makes it of \"html\"".into(),
        false => "no \"text\"".into(),
    })
}

fn bare_record(body: Vec<u8>, source: &str) -> Record {
    let origin = Origin { source: source.into(), offset: 0, length: body.len() as u64, record_id: String::new() };
    Record::bare(origin, body)
}

fn page_of(bytes: Vec<u8>, source: &str) -> Result<Page, String> {
    expect_one(&bytes, source, "HTML or plain text")?;
    ingest::decode(bare_record(bytes, source)).map_err(|rejection| explanation(&rejection))
}

fn decoded_text(bytes: Vec<u8>, source: &str) -> Result<String, String> {
    expect_one(&bytes, source, "plain text")?;
    if ingest::is_html(&bytes) {
        complain(format_args!("{source}: this is HTML, taken as text with its tags; corpusmill extract gives its text"));
    }
    let mut record = bare_record(bytes, source);
    record.content_type = "text/plain".into();
    ingest::decode(record).map(|page| page.text).map_err(|rejection| explanation(&rejection))
}

/// Tells what is neither one page nor one text.
fn expect_one(bytes: &[u8], source: &str, wanted: &str) -> Result<(), String> {
    match ingest::format_of(bytes) {
        Some(found) => Err(nothing_came_out(source, Reason::MediaType, &format!("{found}; give {wanted}"))),
        None => Ok(()),
    }
}

fn explanation(rejection: &Rejection) -> String {
    let told = nothing_came_out(&rejection.origin.source, rejection.reason, &rejection.detail);
    format!("{told}{}", what_to_try(rejection.reason))
}

fn what_to_try(reason: Reason) -> &'static str {
    match reason {
        Reason::EmptyBody => "; there are no bytes, or only blanks: give a page or a text",
        Reason::MediaType => "; give HTML or plain text",
        Reason::NoText => "; there is markup, but no text that is seen",
        _ => "",
    }
}

fn nothing_came_out(source: &str, reason: Reason, detail: &str) -> String {
    let detail = if detail.is_empty() { String::new() } else { format!(" ({detail})") };
    format!("{source}: nothing came out: {reason}{detail}")
}

fn open(file: &Path) -> Result<Box<dyn Read + Send>, Exit> {
    if file == Path::new("-") {
        return Ok(Box::new(io::stdin()));
    }
    let opened = File::open(file).and_then(|opened| match opened.metadata()?.is_dir() {
        true => Err(io::ErrorKind::IsADirectory.into()),
        false => Ok(opened),
    });
    Ok(Box::new(opened.map_err(|e| unreadable(&file.display(), &e))?))
}

fn unreadable(source: &impl Display, error: &io::Error) -> Exit {
    let what_to_try = match error.kind() {
        io::ErrorKind::IsADirectory => "give a file; corpusmill run reads folders",
        _ => "check the path and its permissions",
    };
    complain(format_args!("cannot read {source}: {error}; {what_to_try}"));
    Exit::Failed
}

/// One text in, one answer out.
fn answer_whole(args: &FilterArgs, answer: impl Fn(Vec<u8>, &str) -> Result<String, String>) -> Exit {
    let source = if args.file == Path::new("-") { "stdin".into() } else { args.file.display().to_string() };
    let mut reader = match open(&args.file) {
        Ok(reader) => reader,
        Err(exit) => return exit,
    };
    let mut bytes = Vec::new();
    if let Err(e) = reader.read_to_end(&mut bytes) {
        return unreadable(&source, &e);
    }
    let (bytes, broken) = ingest::unpacked(bytes);
    let exit = match answer(bytes, &source) {
        Ok(text) => wrote(writeln!(io::stdout(), "{text}")),
        Err(why) => {
            complain(why);
            Exit::Empty
        }
    };
    let Some(broken) = broken else { return exit };
    complain(format_args!("{source}: {broken}"));
    if exit == Exit::Done { Exit::Damaged } else { exit }
}

/// Whoever reads our output may stop when they have enough.
fn wrote(result: io::Result<()>) -> Exit {
    match result {
        Ok(()) => Exit::Done,
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
        Err(e) => {
            complain(format!("cannot write: {e}"));
            Exit::Failed
        }
    }
}

/// Lines of JSON in, answers out. A line that cannot be answered is answered with its error.
fn answer_lines(args: &FilterArgs, answer: impl Fn(&Line) -> Result<Value, String> + Sync) -> Exit {
    let reader = match open(&args.file) {
        Ok(reader) => reader,
        Err(exit) => return exit,
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut damaged, mut written) = (false, Ok(()));
    let weigh = |line: &Result<Vec<u8>, String>| line.as_ref().map_or(0, Vec::len);
    let answer = |line: Result<Vec<u8>, String>| answer_line(line, &answer);
    let threads = threads(args.threads.map(usize::from));
    let outcome = pipeline::in_order(threads, ingest::lines(reader), weigh, answer, |answer| {
        damaged |= answer.is_error;
        written = serde_json::to_string(&answer).map_err(io::Error::from).and_then(|line| writeln!(out, "{line}"));
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    if let Err(e) = outcome {
        complain(e);
        return Exit::Failed;
    }
    match wrote(written.and_then(|()| out.flush())) {
        Exit::Done if damaged => Exit::Damaged,
        exit => exit,
    }
}

/// What a line is answered with, as JSON.
#[derive(Serialize)]
struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Box<RawValue>>,
    #[serde(flatten)]
    fields: Map<String, Value>,
    #[serde(skip)]
    is_error: bool,
}

/// The answer to a line. A panic costs one line.
fn answer_line(line: Result<Vec<u8>, String>, answer: &(impl Fn(&Line) -> Result<Value, String> + Sync)) -> Answer {
    let (id, result) = match line.as_deref().map_err(Clone::clone).and_then(Line::parse) {
        Err(broken) => (None, Err(broken)),
        Ok(line) => {
            let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| answer(&line)));
            let id = line.id().map(ToOwned::to_owned);
            (id, caught.unwrap_or_else(|_| Err("internal error; please report this page".into())))
        }
    };
    let is_error = result.is_err();
    let fields = match result {
        Ok(Value::Object(answer)) => answer,
        Ok(other) => Map::from_iter([("answer".into(), other)]),
        Err(error) => Map::from_iter([("error".into(), error.into())]),
    };
    Answer { id, fields, is_error }
}
