//! The lingua crate's models: 75 languages, n-grams of one to five letters.

use std::collections::HashMap;
use std::sync::LazyLock;

use lingua::{LanguageDetector, LanguageDetectorBuilder};

use super::Identifier;
use crate::document::Language;

/// The codes of lingua's languages. They are made once and live as long as the program.
static CODES: LazyLock<HashMap<lingua::Language, Language>> = LazyLock::new(|| {
    let leaked = |code: String| -> &'static str { code.to_lowercase().leak() };
    let codes = |l: lingua::Language| Language {
        bcp47: leaked(l.iso_code_639_1().to_string()),
        iso639_3: leaked(l.iso_code_639_3().to_string()),
    };
    lingua::Language::all().into_iter().map(|language| (language, codes(language))).collect()
});

/// lingua in its high accuracy mode. Models are loaded when they are first needed, and then stay: about 250 MB.
pub struct Lingua {
    detector: LanguageDetector,
}

impl Default for Lingua {
    fn default() -> Self {
        Self { detector: LanguageDetectorBuilder::from_all_languages().build() }
    }
}

impl Identifier for Lingua {
    fn identify(&self, text: &str) -> (Language, f64) {
        let values = self.detector.compute_language_confidence_values(text);
        match values.first() {
            Some((language, confidence)) if *confidence > 0.0 => (CODES[language], *confidence),
            _ => (Language::UNDETERMINED, 0.0),
        }
    }

    fn languages(&self) -> Vec<Language> {
        let mut languages: Vec<Language> = CODES.values().copied().collect();
        languages.sort();
        languages
    }
}
