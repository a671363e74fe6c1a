//! A linear model that corrects the rules in the languages that it was trained in.

use std::sync::{Arc, LazyLock};

use super::Decide;
use super::beginnings::Beginnings;
use super::features::{Evidence, N_WEIGHTS};
use crate::document::Language;

/// The least log odds of an end where no mark stands, or a colon or semicolon: treebanks have few titles and names, and corpora
/// many.
const LEAST_WITHOUT_FULL_STOP: f32 = 2.0;
/// The least log odds behind what never ends a sentence by the rules: in treebanks sentences were cut there by mistake.
const LEAST_BEHIND_ABBREVIATION: f32 = 2.0;
/// The least log odds where no mark stands, but something that ends many sentences.
const LEAST_BESIDE_SIGN: f32 = 1.0;
/// The least log odds of an end before a small letter, behind anything but a word in small letters: English texts that the model
/// was trained on have e-mails without capitals, whose ends look like those of abbreviations that no list has.
const LEAST_BEFORE_SMALL_LETTER: f32 = 7.0;

/// Weights of features, and the languages they were learned in.
#[derive(Debug, Clone)]
pub struct Model {
    languages: Vec<(String, Arc<Beginnings>)>,
    weights: Vec<i8>,
}

/// The model that is part of the program; without it the rules decide.
pub(super) static MODEL: LazyLock<Option<Model>> =
    LazyLock::new(|| Model::from_bytes(include_bytes!("../../models/sentences.bin")));

impl Model {
    /// What the log odds change with a weight of 1.
    pub const UNIT: f32 = 1.0 / 24.0;

    /// Reads a model: a line for each language, with its BCP 47 code and the words that may begin a sentence where no mark stands
    /// before them; an empty line; and [`N_WEIGHTS`] weights, a byte each. `None` if it is not so made.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (lines, weights) = bytes.split_at_checked(bytes.len().checked_sub(N_WEIGHTS)?)?;
        let lines = str::from_utf8(lines).ok()?.strip_suffix("\n\n")?;
        let languages = lines.lines().map(|line| {
            let (code, words) = line.split_once(' ').unwrap_or((line, ""));
            (code.to_owned(), Arc::new(Beginnings::of(words.split(' '))))
        });
        Some(Self { languages: languages.collect(), weights: weights.iter().map(|byte| byte.cast_signed()).collect() })
    }
}

impl Decide for &Model {
    fn beginnings(&self, language: Language) -> Option<Arc<Beginnings>> {
        self.languages.iter().find(|(code, _)| code == language.bcp47).map(|(_, beginnings)| Arc::clone(beginnings))
    }

    fn is_end(&mut self, language: Language, _: usize, evidence: &Evidence) -> bool {
        let prior = evidence.prior();
        if !prior.is_finite() {
            return prior > 0.0;
        }
        let features = evidence.features(language.bcp47);
        let sum: i32 = features.iter().map(|feature| i32::from(self.weights[usize::from(*feature)])).sum();
        let least = match evidence {
            _ if evidence.is_without_full_stop() => LEAST_WITHOUT_FULL_STOP,
            _ if evidence.is_behind_abbreviation() => LEAST_BEHIND_ABBREVIATION,
            _ if evidence.is_before_small_letter() => LEAST_BEFORE_SMALL_LETTER,
            _ if evidence.is_beside_sign() => LEAST_BESIDE_SIGN,
            _ => 0.0,
        };
        prior + sum as f32 * Model::UNIT > least
    }
}
