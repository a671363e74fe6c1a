//! corpusmill turns web crawls into clean text corpora, with an account of everything left out.
//!
//! The stages, each taking the type that the one before it made: [`ingest`] reads [`document::Record`]s and decodes them
//! to [`document::Page`]s, [`boilerplate`] keeps what is content ([`document::Article`]), [`language`] and [`sentences`]
//! complete the [`document::Document`], [`corpus`] writes it. [`pipeline`] runs one record through all of them, or many
//! on all cores. See ARCHITECTURE.md for the map.

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
pub mod pipeline;
pub mod report;
pub mod sentences;
