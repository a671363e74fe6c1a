//! A linear model over hashed features that corrects the rules: logistic regression with their log odds as offset.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use corpusmill::document::Language;
use corpusmill::sentences::{self, Beginnings, Decide, Evidence, Model, N_FEATURES, N_WEIGHTS};

use crate::beginnings;
use crate::random::Random;
use crate::texts::Text;

/// Trainings whose weights are averaged, each with texts and examples in orders of its own, so that none of them matters.
const TRAININGS: usize = 16;
/// Passes over the examples, and the last ones of them, after each of which the weights are taken into the mean.
const EPOCHS: usize = 60;
const AVERAGED_EPOCHS: usize = 40;
const LEARNING_RATE: f32 = 0.8;
/// What pulls weights to 0 at each example that has their feature, as a share of the rate.
const DECAY: f32 = 1e-3;
/// The share of an example's features that are left out each time that it is learned from, so that none relies on the others.
const DROPPED: f32 = 0.3;
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
        let mut weights = vec![0f32; N_WEIGHTS];
        let mut random = Random::new();
        for _ in 0..TRAININGS {
            let examples = examples(texts, &by_language, &mut random);
            let trained = regression(&examples, &mut random);
            weights.iter_mut().zip(trained).for_each(|(mean, weight)| *mean += weight / TRAININGS as f32);
        }
        Self { beginnings, weights }
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

/// The places that the rules leave open in texts, and in those of them that come in another order.
fn examples(texts: &[&Text], beginnings: &BTreeMap<String, Arc<Beginnings>>, random: &mut Random) -> Vec<Example> {
    let mut examples = Vec::new();
    let joined = joined(texts, random);
    for text in texts.iter().copied().chain(&joined) {
        let mut collect = Collect { text, beginnings, examples: Vec::new() };
        sentences::split_by(&text.text, &text.paragraphs(), &text.languages(), Some(&mut collect));
        examples.append(&mut collect.examples);
    }
    examples
}

/// Texts whose treebank does not tell paragraphs, with their sentences in another order: there the order says nothing, and each
/// end has other words behind it.
fn joined(texts: &[&Text], random: &mut Random) -> Vec<Text> {
    let with_paragraphs: BTreeSet<&str> =
        texts.iter().filter(|text| text.text.contains("\n\n")).map(|text| text.src.as_str()).collect();
    texts.iter().filter(|text| !with_paragraphs.contains(text.src.as_str())).map(|text| text.joined(random)).collect()
}

/// Weights by AdaGrad, example by example in random order.
fn regression(examples: &[Example], random: &mut Random) -> Vec<f32> {
    let mut weights = vec![0f32; N_WEIGHTS];
    let mut squares = vec![FIRST_SQUARES; N_WEIGHTS];
    let mut means = vec![0f32; N_WEIGHTS];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        for &i in &order {
            learn(&examples[i], &mut weights, &mut squares, random);
        }
        if epoch + AVERAGED_EPOCHS >= EPOCHS {
            means.iter_mut().zip(&weights).for_each(|(mean, weight)| *mean += weight / AVERAGED_EPOCHS as f32);
        }
    }
    means
}

fn learn(example: &Example, weights: &mut [f32], squares: &mut [f32], random: &mut Random) {
    let scale = 1.0 / (1.0 - DROPPED);
    let kept = example.features.map(|feature| (random.share() >= DROPPED).then_some(usize::from(feature)));
    let score = example.prior + kept.iter().flatten().map(|at| scale * weights[*at]).sum::<f32>();
    let error = 1.0 / (1.0 + (-score).exp()) - f32::from(u8::from(example.is_end));
    for &at in kept.iter().flatten() {
        let gradient = scale * error + DECAY * weights[at];
        squares[at] += gradient * gradient;
        weights[at] -= LEARNING_RATE * gradient / squares[at].sqrt();
    }
}
