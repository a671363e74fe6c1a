//! Filters: what users ask of whole documents.

use crate::document::{Document, Language, LanguageCodes, Reason};

/// A criterion that documents must meet.
pub trait Filter: Send + Sync {
    /// Why the document is not wanted, with particulars; `None` if it is.
    fn against(&self, document: &Document) -> Option<(Reason, String)>;
}

/// Only documents in certain languages.
pub struct WantedLanguages {
    /// Those that are wanted.
    pub languages: Vec<Language>,
    /// How the language of a document that is not wanted is written.
    pub codes: LanguageCodes,
}

impl Filter for WantedLanguages {
    fn against(&self, document: &Document) -> Option<(Reason, String)> {
        let main = document.languages.main;
        (!self.languages.contains(&main)).then(|| (Reason::Language, self.codes.of(main).to_owned()))
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
