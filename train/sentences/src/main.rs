//! Makes the weights that decide where sentences end, of treebanks: texts and their sentences.

mod beginnings;
mod random;
mod score;
mod texts;
mod weights;

use std::collections::BTreeSet;
use std::io;

use corpusmill::sentences::{self, Model};
use score::Score;
use texts::Text;
use weights::Weights;

/// Parts of the texts, each held out once.
const FOLDS: usize = 5;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["cross-validate", texts] => cross_validate(&texts::read(texts)?),
        ["leave-out", texts] => leave_out(&texts::read(texts)?),
        ["train", texts, file] => train(&texts::read(texts)?, file)?,
        _ => {
            eprintln!(
                "usage: corpusmill-train-sentences cross-validate TEXTS\n       corpusmill-train-sentences leave-out TEXTS\n       \
                 corpusmill-train-sentences train TEXTS FILE\n  TEXTS is JSON lines, gzipped, with lang, src, text and sentences"
            );
            std::process::exit(2);
        }
    }
    Ok(())
}

fn train(texts: &[Text], file: &str) -> io::Result<()> {
    std::fs::write(file, Weights::trained(&texts.iter().collect::<Vec<_>>()).to_bytes())
}

/// Figures on texts that were not trained on.
fn cross_validate(texts: &[Text]) {
    let folds = (0..FOLDS).map(|fold| texts.iter().partition(|text| text.place % FOLDS == fold));
    score_held_out(folds).print();
}

/// Figures on languages that were not trained on.
fn leave_out(texts: &[Text]) {
    let languages: BTreeSet<&str> = texts.iter().map(|text| text.lang.as_str()).collect();
    let folds = languages.into_iter().map(|language| texts.iter().partition(|text| text.lang == language));
    score_held_out(folds).print();
}

/// Each fold has texts that are held out, and those to train on.
fn score_held_out<'t>(folds: impl Iterator<Item = (Vec<&'t Text>, Vec<&'t Text>)>) -> Score {
    let mut score = Score::default();
    for (held_out, training) in folds {
        let model = Model::from_bytes(&Weights::trained(&training).to_bytes()).expect("the bytes of a model");
        for text in held_out {
            let found = sentences::split_by(&text.text, &text.paragraphs(), &text.languages(), Some(&model));
            score.add(text, found.iter().map(|sentence| sentence.range.end));
        }
    }
    score
}
