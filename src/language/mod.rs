//! From text to the languages it is written in.

pub mod alphabet;
mod candidates;
mod close;
mod codes;
mod fit;
mod jawi;
mod kanji;
mod keyboards;
#[cfg(feature = "lingua")]
mod lingua;
mod ngrams;
mod path;
mod pieces;
mod scale;
mod tables;
mod tokens;
mod unknown;

pub use self::codes::by_tag;
#[cfg(feature = "lingua")]
pub use self::lingua::Lingua;
pub use self::ngrams::Ngrams;

use crate::document::{Article, Language, Languages};

/// Tells the languages of a text.
pub trait Identifier: Send + Sync {
    /// The languages of the text and its parts; `und` where a part is in none that is known. A language that the text is
    /// declared to be in decides where it is nearly as likely as another.
    fn identify(&self, text: &str, declared: Option<Language>) -> Languages;
    /// All languages that it can tell.
    fn languages(&self) -> Vec<Language>;
}

/// The languages of an article.
pub fn languages(identifier: &dyn Identifier, article: &Article) -> Languages {
    identifier.identify(&article.text, declared(article))
}

/// The language that the page, its server or the crawl's own detector gives, the first of them that is known.
fn declared(article: &Article) -> Option<Language> {
    let provenance = &article.provenance;
    let tags = [&article.metadata.language, &provenance.content_language, &provenance.identified_language];
    tags.into_iter().find_map(|tag| codes::by_tag(tag))
}
