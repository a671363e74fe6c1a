//! Filters: what users ask of whole documents.

use crate::document::{Document, Language, Reason};

/// A criterion that documents must meet.
pub trait Filter: Send + Sync {
    /// Why the document is not wanted, with particulars; `None` if it is.
    fn against(&self, document: &Document) -> Option<(Reason, String)>;
}

/// Only documents in certain languages.
pub struct WantedLanguages(pub Vec<Language>);

impl Filter for WantedLanguages {
    fn against(&self, document: &Document) -> Option<(Reason, String)> {
        let main = document.languages.main;
        (!self.0.contains(&main)).then(|| (Reason::Language, main.bcp47.to_owned()))
    }
}

/// Only documents of a certain length, in characters.
pub struct MinChars(pub usize);

impl Filter for MinChars {
    fn against(&self, document: &Document) -> Option<(Reason, String)> {
        let n_chars = document.article.text.chars().count();
        (n_chars < self.0).then(|| (Reason::TooShort, format!("{n_chars} characters")))
    }
}
