//! One record through all stages.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use crate::boilerplate;
use crate::document::{Document, Reason, Record, Rejection, Stage};
use crate::filter::Filter;
use crate::ingest;
use crate::language::{self, Identifier};
use crate::report::{Effort, Efforts};
use crate::sentences;

/// What became of a record.
#[derive(Debug)]
pub enum Outcome {
    /// A document for the corpus.
    Kept(Box<Document>),
    /// Not for the corpus.
    Rejected(Rejection),
}

/// The stages and their settings.
pub struct Line {
    /// How boilerplate is removed.
    pub stripping: boilerplate::Options,
    /// Tells languages.
    pub identifier: Box<dyn Identifier>,
    /// What is asked of documents; the first one against a document rejects it.
    pub filters: Vec<Box<dyn Filter>>,
}

impl Line {
    /// Takes a record through all stages. Never fails: a panic in a stage rejects the record.
    pub fn run(&self, record: Record) -> (Outcome, Efforts) {
        let lost = Rejection {
            origin: record.origin.clone(),
            url: record.url.clone(),
            stage: Stage::Decode,
            reason: Reason::InternalError,
            detail: String::new(),
            n_bytes: record.n_bytes(),
        };
        let clock = Clock::default();
        let outcome = match catch_unwind(AssertUnwindSafe(|| self.stages(record, &clock))) {
            Ok(Ok(document)) => Outcome::Kept(Box::new(document)),
            Ok(Err(rejection)) => Outcome::Rejected(rejection),
            Err(panic) => Outcome::Rejected(Rejection {
                stage: clock.stage.get(),
                detail: format!("{}; please report this page", text_of_panic(&*panic)),
                ..lost
            }),
        };
        (outcome, clock.efforts.get())
    }

    fn stages(&self, record: Record, clock: &Clock) -> Result<Document, Rejection> {
        let page = clock.time(Stage::Decode, record.body.len(), || ingest::decode(record))?;
        let article = clock.time(Stage::Boilerplate, page.text.len(), || boilerplate::strip(page, self.stripping))?;
        let n_bytes = article.text.len();
        let languages = clock.time(Stage::Language, n_bytes, || language::languages(&*self.identifier, &article));
        let sentences =
            clock.time(Stage::Sentences, n_bytes, || sentences::split(&article.text, &article.paragraphs, &languages));
        let document = Document { article, languages, sentences };
        clock.time(Stage::Filter, n_bytes, || self.filter(document))
    }

    fn filter(&self, document: Document) -> Result<Document, Rejection> {
        let Some((reason, detail)) = self.filters.iter().find_map(|filter| filter.against(&document)) else {
            return Ok(document);
        };
        let provenance = document.article.provenance;
        let n_bytes = provenance.n_bytes;
        Err(Rejection { origin: provenance.origin, url: provenance.url, stage: Stage::Filter, reason, detail, n_bytes })
    }
}

/// What a panic says.
pub(crate) fn text_of_panic(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("unknown")
}

/// Which stage a record is in, and what it has cost.
struct Clock {
    stage: Cell<Stage>,
    efforts: Cell<Efforts>,
}

impl Default for Clock {
    fn default() -> Self {
        Self { stage: Cell::new(Stage::Decode), efforts: Cell::new(Efforts::default()) }
    }
}

impl Clock {
    fn time<T>(&self, stage: Stage, n_bytes: usize, work: impl FnOnce() -> T) -> T {
        self.stage.set(stage);
        let start = Instant::now();
        let result = work();
        let mut efforts = self.efforts.get();
        efforts[stage as usize] = Effort { time: start.elapsed(), bytes: n_bytes as u64 };
        self.efforts.set(efforts);
        result
    }
}
