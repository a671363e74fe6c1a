//! Texts and where their sentences end.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::ops::Range;

use corpusmill::document::{Language, Languages};
use corpusmill::sentences;
use flate2::read::MultiGzDecoder;
use serde::Deserialize;

use crate::random::Random;

/// The treebanks whose licences let weights be made of them.
const TREEBANKS: [&str; 6] = ["ewt", "gsd", "bosque", "seraji", "armtdp", "pud"];

/// A text of a treebank.
#[derive(Debug, Deserialize)]
pub struct Text {
    pub lang: String,
    pub src: String,
    pub text: String,
    pub sentences: Vec<String>,
    /// Its place among the texts of its treebank.
    #[serde(skip)]
    pub place: usize,
    /// Ends of sentences, in characters that are not white space. The text's own end is not among them.
    #[serde(skip)]
    pub ends: Vec<usize>,
    /// For each byte the characters before it that are not white space.
    #[serde(skip)]
    pub inked: Vec<usize>,
}

impl Text {
    /// The sentences in another order, as one paragraph.
    pub fn joined(&self, random: &mut Random) -> Self {
        let mut sentences = self.sentences.clone();
        random.shuffle(&mut sentences);
        let blank = if matches!(self.lang.as_str(), "ja" | "zh") { "" } else { " " };
        let text = sentences.join(blank);
        let mut joined = Self {
            lang: self.lang.clone(),
            src: self.src.clone(),
            text,
            sentences,
            place: self.place,
            ends: Vec::new(),
            inked: Vec::new(),
        };
        joined.measure();
        joined
    }

    fn measure(&mut self) {
        let mut inked = 0;
        for c in self.text.chars() {
            self.inked.extend(std::iter::repeat_n(inked, c.len_utf8()));
            inked += usize::from(!c.is_whitespace());
        }
        self.inked.push(inked);
        let mut end = 0;
        for sentence in &self.sentences {
            end += sentence.chars().filter(|c| !c.is_whitespace()).count();
            self.ends.push(end);
        }
        self.ends.pop();
    }

    pub fn languages(&self) -> Languages {
        Languages::one(language(&self.lang))
    }

    pub fn paragraphs(&self) -> Vec<Range<usize>> {
        sentences::paragraphs(&self.text)
    }

    /// Whether a sentence ends before a byte, or in the white space around it.
    pub fn ends_at(&self, byte: usize) -> bool {
        self.ends.binary_search(&self.inked[byte]).is_ok()
    }
}

fn language(code: &str) -> Language {
    corpusmill::language::by_tag(code).unwrap_or(Language::UNDETERMINED)
}

/// The texts that weights may be made of.
pub fn read(path: &str) -> io::Result<Vec<Text>> {
    let mut texts: Vec<Text> = Vec::new();
    let mut n_of_treebank: HashMap<String, usize> = HashMap::new();
    for line in BufReader::new(MultiGzDecoder::new(File::open(path)?)).lines() {
        let mut text: Text = serde_json::from_str(&line?)?;
        let treebank = text.src.split(['_', '-']).nth(1).unwrap_or_default();
        if !TREEBANKS.iter().any(|known| treebank.starts_with(known)) {
            continue;
        }
        let n = n_of_treebank.entry(text.src.clone()).or_default();
        text.place = *n;
        *n += 1;
        text.measure();
        texts.push(text);
    }
    Ok(texts)
}
