//! The main job: crawl files in, a corpus out.

use std::path::Path;
use std::time::Instant;

use clap::ValueEnum;
use serde_json::json;

use super::args::{ProgressKind, RunArgs};
use super::{Exit, complain, progress, summary, threads};
use crate::corpus::{self, Corpus, Existing, RunFacts};
use crate::document::Language;
use crate::filter::{Filter, MinChars, WantedLanguages};
use crate::ingest::{Output, Plan};
use crate::language::by_tag;
use crate::pipeline::{self, Line, Progress, Settings};
use crate::report::Tally;

pub(super) fn run(args: &RunArgs) -> Exit {
    let line = match expect_folder(&args.output).and_then(|()| line(args)) {
        Ok(line) => line,
        Err(message) => {
            complain(message);
            return Exit::Usage;
        }
    };
    match mill(args, &line) {
        Ok(tally) => exit(&tally),
        Err(message) => {
            complain(message);
            Exit::Failed
        }
    }
}

fn mill(args: &RunArgs, line: &Line) -> Result<Tally, String> {
    let start = Instant::now();
    let output = Output { folder: &args.output, is_own: corpus::is_own };
    let plan = Plan::new(&args.inputs, Some(output)).map_err(|e| e.to_string())?;
    #[cfg(unix)]
    super::interrupt::told(&args.output);
    let existing = if args.force { Existing::Replace } else { Existing::Refuse };
    let corpus = Corpus::create(&args.output, existing).map_err(|e| e.to_string())?.with_codes(args.languages.codes.into());
    let settings = Settings { threads: threads(args.threads.map(usize::from)), limit: args.limit };
    let facts = RunFacts { configuration: configuration(args), inputs: plan.inputs.clone() };
    let progress = Progress::default();
    let kind = if args.quiet { ProgressKind::Off } else { args.progress };
    let work = || pipeline::run(&plan, line, &corpus, &facts, settings, &progress);
    let tally = progress::shown(kind, &progress, plan.size(), work).map_err(|e| e.to_string())?;
    if !args.quiet {
        summary::print(&tally, args, start.elapsed());
    } else if tally.total().kept == 0 {
        complain(summary::nothing_came_out(&tally, args));
    }
    Ok(tally)
}

/// Tells what would become an odd folder on this machine, though it was meant for another place.
fn expect_folder(output: &Path) -> Result<(), String> {
    match output.to_str() {
        Some("-") => Err("-o - is not standard output: a corpus is a folder; give its name, or ./- if that is it".into()),
        Some(address) if address.contains("://") => Err(format!("-o {address} is an address: give a folder on this machine")),
        _ => Ok(()),
    }
}

fn line(args: &RunArgs) -> Result<Line, String> {
    let identifier = args.languages.language_engine.identifier()?;
    let mut filters: Vec<Box<dyn Filter>> = Vec::new();
    if !args.lang.is_empty() {
        let languages = wanted(&args.lang, &identifier.languages())?;
        filters.push(Box::new(WantedLanguages { languages, codes: args.languages.codes.into() }));
    }
    if let Some(n_chars) = args.min_chars {
        filters.push(Box::new(MinChars(n_chars)));
    }
    Ok(Line { stripping: (&args.stripping).into(), identifier, filters })
}

fn wanted(codes: &[String], known: &[Language]) -> Result<Vec<Language>, String> {
    codes.iter().map(|tag| language(tag.trim(), known)).collect()
}

fn language(tag: &str, known: &[Language]) -> Result<Language, String> {
    let is_unknown = tag.eq_ignore_ascii_case(Language::UNDETERMINED.bcp47);
    // Of several that a page declares the first counts; of several that are asked for none may be lost.
    let is_one = tag.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let meant = if is_unknown { Some(Language::UNDETERMINED) } else { by_tag(tag).filter(|_| is_one) };
    meant.filter(|language| is_unknown || known.contains(language)).ok_or_else(|| {
        let codes: Vec<&str> = known.iter().chain([&Language::UNDETERMINED]).map(|language| language.bcp47).collect();
        format!("--lang {tag:?} is no language that can be told; these can: {}", codes.join(" "))
    })
}

/// What the result depends on. Threads are not among it.
fn configuration(args: &RunArgs) -> Vec<(&'static str, serde_json::Value)> {
    vec![
        ("html_engine", named(args.stripping.html_engine)),
        ("favor", named(args.stripping.favor)),
        ("comments", json!(args.stripping.comments)),
        ("language_engine", named(args.languages.language_engine)),
        ("codes", named(args.languages.codes)),
        ("limit", json!(args.limit)),
        ("lang", json!(args.lang)),
        ("min_chars", json!(args.min_chars)),
    ]
}

/// The value as it is written on the command line.
fn named(value: impl ValueEnum) -> serde_json::Value {
    json!(value.to_possible_value().map(|value| value.get_name().to_owned()))
}

fn exit(tally: &Tally) -> Exit {
    match tally.total() {
        total if total.kept == 0 => Exit::Empty,
        total if total.damaged > 0 => Exit::Damaged,
        _ => Exit::Done,
    }
}
