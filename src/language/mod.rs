//! From text to the languages it is written in.

mod lingua;

pub use self::lingua::Lingua;

use crate::document::{Article, Language, LanguageShare, Languages};

/// Characters that an identifier is shown. Fewer make its answers worse, more make it slower and hardly better.
const SAMPLE_CHARS: usize = 1000;
/// Places over the text that a sample is taken from.
const SAMPLE_PLACES: usize = 10;

/// Tells the language of a text.
pub trait Identifier: Send + Sync {
    /// The language, and how sure that is, 0 to 1; `und` where the text is in none that is known.
    fn identify(&self, text: &str) -> (Language, f64);
    /// All languages that it can tell.
    fn languages(&self) -> Vec<Language>;
}

/// The languages of an article.
pub fn languages(identifier: &dyn Identifier, article: &Article) -> Languages {
    let (main, confidence) = identify(identifier, &article.text);
    Languages { main, confidence, shares: vec![LanguageShare { language: main, share: 1.0 }] }
}

/// The language of a text of any length, from a sample of it.
pub fn identify(identifier: &dyn Identifier, text: &str) -> (Language, f64) {
    if !text.chars().any(char::is_alphabetic) {
        return (Language::UNDETERMINED, 0.0);
    }
    identifier.identify(&sample(text))
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
