//! How well predicted ends of sentences agree with those of treebanks.

use std::collections::{BTreeMap, BTreeSet};

use crate::texts::Text;

#[derive(Debug, Default)]
struct Counts {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Counts {
    fn add<T: Ord>(&mut self, expected: &BTreeSet<T>, found: &BTreeSet<T>) {
        let right = expected.intersection(found).count();
        self.right += right;
        self.wrong += found.len() - right;
        self.missed += expected.len() - right;
    }

    fn f1(&self) -> f64 {
        200.0 * self.right as f64 / (2 * self.right + self.wrong + self.missed).max(1) as f64
    }
}

/// Agreement by language: of ends inside paragraphs, and of whole sentences.
#[derive(Debug, Default)]
pub struct Score(BTreeMap<String, (Counts, Counts)>);

impl Score {
    /// `cuts` are bytes behind the last characters of sentences.
    pub fn add(&mut self, text: &Text, cuts: impl Iterator<Item = usize>) {
        let total = text.inked[text.text.len()];
        let inside =
            |ends: BTreeSet<usize>| -> BTreeSet<usize> { ends.into_iter().filter(|end| (1..total).contains(end)).collect() };
        let expected = inside(text.ends.iter().copied().collect());
        let found = inside(cuts.map(|cut| text.inked[cut]).collect());
        let feeds: BTreeSet<usize> = text.text.match_indices("\n\n").map(|(at, _)| text.inked[at]).collect();
        let (ends, sentences) = self.0.entry(text.lang.clone()).or_default();
        ends.add(&(&expected - &feeds), &(&found - &feeds));
        let whole = |ends: &BTreeSet<usize>| -> BTreeSet<(usize, usize)> {
            std::iter::once(0).chain(ends.iter().copied()).zip(ends.iter().copied().chain([total])).collect()
        };
        sentences.add(&whole(&expected), &whole(&found));
    }

    pub fn print(&self) {
        for (language, (ends, sentences)) in &self.0 {
            println!(
                "{language} ends {:.1} (wrong {}, missed {})  sentences {:.1}",
                ends.f1(),
                ends.wrong,
                ends.missed,
                sentences.f1()
            );
        }
        let n = self.0.len().max(1) as f64;
        let mean = |of: fn(&(Counts, Counts)) -> f64| self.0.values().map(of).sum::<f64>() / n;
        println!("macro ends {:.2}  sentences {:.2}", mean(|(ends, _)| ends.f1()), mean(|(_, sentences)| sentences.f1()));
    }
}
