//! corpusmill turns web crawls into clean text corpora, with an account of everything left out.
//!
//! The stages, each taking the type that the one before it made: [`ingest`] reads [`document::Record`]s and decodes them
//! to [`document::Page`]s, [`boilerplate`] keeps what is content ([`document::Article`]), [`language`] and [`sentences`]
//! complete the [`document::Document`], [`corpus`] writes it. [`pipeline`] runs one record through all of them, or many
//! on all cores. See ARCHITECTURE.md for the map.
//!
//! One page, stage by stage:
//!
//! ```
//! use corpusmill::document::{Origin, Record, Rejection};
//! use corpusmill::language::{self, Ngrams};
//! use corpusmill::{boilerplate, ingest, sentences};
//!
//! let html = "<title>Harbour</title><nav><a href=/>Home</a></nav><h1>Harbour</h1>
//!     <p>The harbour opens again on Monday, after three weeks of repairs. The first boats come in before noon.</p>";
//! let origin = Origin { source: "memory".into(), offset: 0, length: html.len() as u64, record_id: String::new() };
//!
//! let page = ingest::decode(Record::bare(origin, html.into()))?;
//! let article = boilerplate::strip(page, boilerplate::Options::default())?;
//! let languages = language::languages(&Ngrams::default(), &article);
//! let sentences = sentences::split(&article.text, &article.paragraphs, &languages);
//!
//! assert_eq!(languages.main.bcp47, "en");
//! let texts: Vec<&str> = sentences.iter().map(|sentence| &article.text[sentence.range.clone()]).collect();
//! assert_eq!(texts.last(), Some(&"The first boats come in before noon."));
//! # Ok::<(), Rejection>(())
//! ```
//!
//! A whole run, as `corpusmill run crawls -o corpus` makes it:
//!
//! ```no_run
//! use corpusmill::corpus::{self, Corpus, Existing, RunFacts};
//! use corpusmill::ingest::{Output, Plan};
//! use corpusmill::pipeline::{self, Line, Progress, Settings};
//! use corpusmill::{boilerplate, language::Ngrams};
//!
//! let folder = std::path::Path::new("corpus");
//! let plan = Plan::new(&["crawls"], Some(Output { folder, is_own: corpus::is_own }))?;
//! let line = Line {
//!     stripping: boilerplate::Options::default(),
//!     identifier: Box::new(Ngrams::default()),
//!     filters: Vec::new(),
//! };
//! let facts = RunFacts { configuration: Vec::new(), inputs: plan.inputs.clone() };
//! let settings = Settings { threads: 4, limit: None };
//! let corpus = Corpus::create(folder, Existing::Refuse)?;
//! let tally = pipeline::run(&plan, &line, &corpus, &facts, settings, &Progress::default())?;
//! println!("{} of {} records kept", tally.total().kept, tally.total().read);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod boilerplate;
mod characters;
pub mod cli;
pub mod corpus;
pub mod document;
pub mod filter;
mod hash;
pub mod ingest;
mod lanes;
pub mod language;
mod lines;
mod near;
pub mod pipeline;
pub mod report;
pub mod sentences;
