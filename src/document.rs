//! The nouns: what travels from stage to stage, and the two endings that are not a document.

mod endings;
mod language;
mod page;
mod page_type;
mod record;

use std::ops::Range;

pub use endings::{Damage, DamageReason, Reason, Rejection, Stage};
pub use language::{Language, LanguageCodes, LanguageShare, LanguageSpan, Languages};
pub use page::{Article, Charset, CharsetSource, Flag, Media, Metadata, Page, Provenance};
pub use page_type::PageType;
pub use record::{Completeness, Origin, Record, RecordKind};

/// One sentence of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Index into the document's paragraphs.
    pub paragraph: usize,
    /// Byte range in the document's text.
    pub range: Range<usize>,
}

/// A page ready for the corpus.
#[derive(Debug, Clone)]
pub struct Document {
    /// The text and what is known of the page.
    pub article: Article,
    /// What it is written in.
    pub languages: Languages,
    /// In order, apart, with only white space between them.
    pub sentences: Vec<Sentence>,
}
