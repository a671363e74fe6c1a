//! The lingua crate: 75 languages, n-grams of one to five letters. The tables are made from its models.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use lingua::{LanguageDetector, LanguageDetectorBuilder};

use super::alphabet::Script;
use super::{Identifier, codes};
use crate::document::{Language, LanguageShare, LanguageSpan, Languages};

/// Characters that lingua is shown. Fewer make its answers worse, more make it slower and hardly better.
const SAMPLE_CHARS: usize = 1000;
/// Places over the text that a sample is taken from.
const SAMPLE_PLACES: usize = 10;

/// lingua's languages and ours.
static LANGUAGES: LazyLock<HashMap<lingua::Language, Language>> = LazyLock::new(|| {
    let ours = |language: lingua::Language| codes::by_iso639_3(&language.iso_code_639_3().to_string().to_lowercase());
    lingua::Language::all().into_iter().map(|language| (language, ours(language))).collect()
});

/// lingua in its high accuracy mode: one language for the whole text. Models are loaded when they are first needed, and
/// then stay: about 250 MB.
pub struct Lingua {
    detector: LanguageDetector,
}

impl Default for Lingua {
    fn default() -> Self {
        Self { detector: LanguageDetectorBuilder::from_all_languages().build() }
    }
}

impl Identifier for Lingua {
    fn identify(&self, text: &str, _declared: Option<Language>) -> Languages {
        let values = self.detector.compute_language_confidence_values(sample(text));
        let (main, confidence) = match values.first() {
            Some((language, confidence)) if *confidence > 0.0 => (LANGUAGES[language], *confidence),
            _ => (Language::UNDETERMINED, 0.0),
        };
        Languages {
            main,
            confidence,
            script: script(text),
            shares: vec![LanguageShare { language: main, share: 1.0 }],
            spans: vec![LanguageSpan { range: 0..text.len(), language: main }],
        }
    }

    fn languages(&self) -> Vec<Language> {
        let mut languages: Vec<Language> = LANGUAGES.values().copied().collect::<HashSet<_>>().into_iter().collect();
        languages.sort();
        languages
    }
}

/// The script of most letters.
fn script(text: &str) -> &'static str {
    let mut counts: HashMap<Script, usize> = HashMap::new();
    text.chars().filter_map(Script::of).for_each(|script| *counts.entry(script).or_default() += 1);
    counts.into_iter().max_by_key(|&(script, n)| (n, script)).map_or("", |(script, _)| script.iso15924())
}

/// Pieces from all over the text, so that neither its beginning nor its end decides.
fn sample(text: &str) -> String {
    let n_chars = text.chars().count();
    if n_chars <= SAMPLE_CHARS {
        return text.to_owned();
    }
    let piece = SAMPLE_CHARS / SAMPLE_PLACES;
    let stride = (n_chars - piece) / (SAMPLE_PLACES - 1);
    let mut sample = String::new();
    let mut chars = text.chars();
    for place in 0..SAMPLE_PLACES {
        let from_word_start = chars.as_str().trim_start_matches(|c: char| place > 0 && c.is_alphabetic() && c.is_ascii());
        let taken: String = from_word_start.chars().take(piece).collect();
        let whole_words = taken.rfind(char::is_whitespace).map_or(taken.as_str(), |end| &taken[..end]);
        sample.push_str(whole_words.trim());
        sample.push('\n');
        if stride > 0 {
            chars.nth(stride - 1);
        }
    }
    sample
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_bounded_and_spread() {
        let text: String = (0..5000).map(|i| format!("w{i} ")).collect();
        let sample = sample(&text);
        assert!(sample.chars().count() <= SAMPLE_CHARS + SAMPLE_PLACES);
        assert!(sample.starts_with("w0 ") && sample.contains(" w25") && sample.contains(" w49"), "{sample}");
    }

    #[test]
    fn short_texts_are_samples_of_themselves() {
        assert_eq!(sample("kurz"), "kurz");
    }
}
