//! The account of a run: every record counted once, every stage with its time.

use std::collections::BTreeMap;
use std::ops::AddAssign;
use std::sync::Arc;
use std::time::Duration;

use crate::document::{Damage, DamageReason, Document, Language, Reason, Rejection, Stage};

/// Counts of one input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records that were read.
    pub read: u64,
    /// Records that became documents.
    pub kept: u64,
    /// Records that did not.
    pub rejected: u64,
    /// Places that were broken.
    pub damaged: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.read += other.read;
        self.kept += other.kept;
        self.rejected += other.rejected;
        self.damaged += other.damaged;
    }
}

/// Time and bytes of one stage, over all workers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effort {
    /// Time spent, all workers together.
    pub time: Duration,
    /// Bytes that went in.
    pub bytes: u64,
}

/// What one record cost in each stage, in the order of [`Stage::ALL`].
pub type Efforts = [Effort; Stage::ALL.len()];

/// What happened, counted.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// By the input's label.
    pub sources: BTreeMap<Arc<str>, Counts>,
    /// Records that could have held a page.
    pub pages: u64,
    /// Sentences of all documents.
    pub sentences: u64,
    /// Characters of all documents.
    pub characters: u64,
    /// Rejections by stage and reason.
    pub reasons: BTreeMap<(Stage, Reason), u64>,
    /// Damages by reason.
    pub damages: BTreeMap<DamageReason, u64>,
    /// Documents by language.
    pub languages: BTreeMap<Language, u64>,
    /// Time and bytes by stage. Not part of the corpus: it differs from run to run.
    pub efforts: Efforts,
}

impl Tally {
    /// Counts a record as read, before anything is known of it.
    pub fn count_read(&mut self, source: &Arc<str>) {
        self.of(source).read += 1;
    }

    /// Counts a document.
    pub fn count_kept(&mut self, document: &Document) {
        self.of(&document.article.provenance.origin.source).kept += 1;
        self.pages += 1;
        self.sentences += document.sentences.len() as u64;
        self.characters += document.article.text.chars().count() as u64;
        *self.languages.entry(document.languages.main).or_default() += 1;
    }

    /// Counts a rejection.
    pub fn count_rejected(&mut self, rejection: &Rejection) {
        self.of(&rejection.origin.source).rejected += 1;
        self.pages += u64::from(rejection.reason.is_of_page());
        *self.reasons.entry((rejection.stage, rejection.reason)).or_default() += 1;
    }

    /// Counts a damage.
    pub fn count_damage(&mut self, damage: &Damage) {
        self.of(&damage.source).damaged += 1;
        *self.damages.entry(damage.reason).or_default() += 1;
    }

    /// Adds what a record cost.
    pub fn add_efforts(&mut self, efforts: &Efforts) {
        for (sum, effort) in self.efforts.iter_mut().zip(efforts) {
            sum.time += effort.time;
            sum.bytes += effort.bytes;
        }
    }

    /// Adds the counts of another part of the run.
    pub fn merge(&mut self, other: Self) {
        for (source, counts) in other.sources {
            *self.of(&source) += counts;
        }
        self.pages += other.pages;
        self.sentences += other.sentences;
        self.characters += other.characters;
        self.add_efforts(&other.efforts);
        add(&mut self.reasons, other.reasons);
        add(&mut self.damages, other.damages);
        add(&mut self.languages, other.languages);
    }

    /// The counts of all inputs together.
    pub fn total(&self) -> Counts {
        let mut total = Counts::default();
        self.sources.values().for_each(|counts| total += *counts);
        total
    }

    fn of(&mut self, source: &Arc<str>) -> &mut Counts {
        self.sources.entry(Arc::clone(source)).or_default()
    }
}

fn add<K: Ord>(sums: &mut BTreeMap<K, u64>, counts: BTreeMap<K, u64>) {
    for (key, count) in counts {
        *sums.entry(key).or_default() += count;
    }
}
