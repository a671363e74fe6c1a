//! The languages of a text.

use std::ops::Range;

/// A language with its share of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct LanguageShare {
    /// The language, or that of unknown ones.
    pub language: Language,
    /// Share of the text's letters, 0 to 1; those of Chinese count twice.
    pub share: f64,
}

/// The codes of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language {
    /// BCP 47: the shortest ISO 639 code, or `und`.
    pub bcp47: &'static str,
    /// ISO 639-3, or `und`.
    pub iso639_3: &'static str,
}

impl Language {
    /// The language is not known, or the text is not in one.
    pub const UNDETERMINED: Self = Self { bcp47: "und", iso639_3: "und" };
}

/// The languages of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Languages {
    /// The language of most of the text.
    pub main: Language,
    /// How sure that is, 0 to 1: of answers given .9, nine in ten are right.
    pub confidence: f64,
    /// The script that the main language is written in, ISO 15924; empty where there are no letters.
    pub script: &'static str,
    /// All languages found, the largest share first.
    pub shares: Vec<LanguageShare>,
    /// The parts of the text, in order and without gaps.
    pub spans: Vec<LanguageSpan>,
}

/// Which codes languages are written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LanguageCodes {
    /// BCP 47: the shortest code.
    #[default]
    Bcp47,
    /// ISO 639-3: three letters always.
    Iso639_3,
}

impl LanguageCodes {
    /// The code of a language.
    pub fn of(self, language: Language) -> &'static str {
        match self {
            Self::Bcp47 => language.bcp47,
            Self::Iso639_3 => language.iso639_3,
        }
    }
}

impl Languages {
    /// The languages of a text of which nothing is known.
    pub fn unknown() -> Self {
        Self { main: Language::UNDETERMINED, confidence: 0.0, script: "", shares: Vec::new(), spans: Vec::new() }
    }

    /// A text all in one language.
    pub fn one(main: Language) -> Self {
        Self { main, confidence: 1.0, ..Self::unknown() }
    }

    /// The language at a place of the text, in bytes.
    pub fn at(&self, place: usize) -> Language {
        let span = self.spans.partition_point(|span| span.range.end <= place);
        self.spans.get(span).map_or(self.main, |span| span.language)
    }
}

/// A part of a text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageSpan {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The language, or that of unknown ones.
    pub language: Language,
}
