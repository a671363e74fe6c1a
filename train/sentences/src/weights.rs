//! A linear model over hashed features that corrects the rules: logistic regression with their log odds as offset.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use corpusmill::document::Language;
use corpusmill::sentences::{self, Beginnings, Decide, Evidence, Model, N_FEATURES, N_WEIGHTS};

use crate::beginnings;
use crate::texts::Text;

/// Passes over the examples.
const EPOCHS: usize = 12;
const LEARNING_RATE: f32 = 0.7;
/// What pulls weights to 0 at each example that has their feature, as a share of the rate.
const DECAY: f32 = 1e-3;
/// The sum of squared gradients that a weight begins with: without it the first example of a rare feature would move its weight by the whole rate.
const FIRST_SQUARES: f32 = 1.0;

/// A place that the rules leave open.
struct Example {
    features: [u16; N_FEATURES],
    prior: f32,
    is_end: bool,
}

/// Collects examples; sentences end where the treebank says.
struct Collect<'a> {
    text: &'a Text,
    beginnings: &'a BTreeMap<String, Arc<Beginnings>>,
    examples: Vec<Example>,
}

impl Decide for &mut Collect<'_> {
    fn beginnings(&self, language: Language) -> Option<Arc<Beginnings>> {
        self.beginnings.get(language.bcp47).cloned()
    }

    fn is_end(&mut self, language: Language, end: usize, evidence: &Evidence) -> bool {
        let is_end = self.text.ends_at(end);
        if evidence.prior().is_finite() {
            self.examples.push(Example { features: evidence.features(language.bcp47), prior: evidence.prior(), is_end });
        }
        is_end
    }
}

/// What `models/sentences.bin` holds.
pub struct Weights {
    /// For each language words that may begin a sentence where no mark stands before them.
    beginnings: BTreeMap<String, BTreeSet<String>>,
    weights: Vec<f32>,
}

impl Weights {
    pub fn trained(texts: &[&Text]) -> Self {
        let beginnings = beginnings::of(texts);
        let by_language = beginnings
            .iter()
            .map(|(language, words)| (language.clone(), Arc::new(Beginnings::of(words.iter().map(String::as_str)))))
            .collect();
        let mut examples = Vec::new();
        for text in texts {
            let mut collect = Collect { text, beginnings: &by_language, examples: Vec::new() };
            sentences::split_by(&text.text, &text.paragraphs(), &text.languages(), Some(&mut collect));
            examples.append(&mut collect.examples);
        }
        Self { beginnings, weights: regression(&examples) }
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (language, words) in &self.beginnings {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            bytes.extend_from_slice(format!("{language} {}\n", words.join(" ")).as_bytes());
        }
        bytes.push(b'\n');
        bytes.extend(self.weights.iter().map(|weight| (weight / Model::UNIT).round().clamp(-127.0, 127.0) as i8 as u8));
        bytes
    }
}

/// Weights by AdaGrad, example by example in an order that is always the same.
fn regression(examples: &[Example]) -> Vec<f32> {
    let mut weights = vec![0f32; N_WEIGHTS];
    let mut squares = vec![FIRST_SQUARES; N_WEIGHTS];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = 0x2545_F491_4F6C_DD1Du64;
    for _ in 0..EPOCHS {
        for i in (1..order.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            order.swap(i, (random % (i as u64 + 1)) as usize);
        }
        for &i in &order {
            let Example { features, prior, is_end } = &examples[i];
            let score = prior + features.iter().map(|feature| weights[usize::from(*feature)]).sum::<f32>();
            let error = 1.0 / (1.0 + (-score).exp()) - f32::from(u8::from(*is_end));
            for &feature in features {
                let at = usize::from(feature);
                let gradient = error + DECAY * weights[at];
                squares[at] += gradient * gradient;
                weights[at] -= LEARNING_RATE * gradient / squares[at].sqrt();
            }
        }
    }
    weights
}
