//! From frequencies to the tables of one script, as `src/language/tables.rs` reads them.

use std::collections::HashMap;

use icu_normalizer::DecomposingNormalizerBorrowed;
use rayon::prelude::*;

use crate::ngrams::{EDGE, MAX_ORDER, Ngram, Repeatable};
use crate::scripts::Slot;

/// Log-probability of a letter that a language does not know, in nats.
const FLOOR: f64 = -15.0;
/// Penalty for each letter of context that is not known, in nats.
const BACK_OFF: f64 = 1.0;
/// Letters rarer than this in every language are no letters of the alphabet: quotations.
const MIN_LETTER: f64 = 2e-6;
/// Letters are numbered from 2; 1 is the edge of a word, 255 a letter that no language knows.
const MAX_LETTERS: usize = 253;
const EDGE_NUMBER: u8 = 1;
/// Evidence is written in steps of this many units, an eighth of a nat each.
const UNITS_PER_NAT: f64 = 8.0;
const STEP: f64 = 2.0;

/// Up to five numbers of letters, the last in the lowest byte.
type Key = u64;

fn order(key: Key) -> usize {
    (8 - key.leading_zeros() as usize / 8).max(usize::from(key == 0))
}

/// The n-gram's last letters.
fn suffix(key: Key, order: usize) -> Key {
    key & ((1 << (8 * order)) - 1)
}

/// The tables of a script, as they stand in the file.
pub struct Part {
    /// Its slots and its alphabet.
    pub slots: Vec<u8>,
    /// The n-grams that matter.
    pub ngrams: Vec<u8>,
}

pub fn part(slots: &[&Slot], threshold: f64) -> Part {
    let alphabet = alphabet(slots);
    let languages: Vec<Language> = slots.iter().map(|slot| Language::new(slot, &alphabet)).collect();
    let kept = select(&languages, threshold);
    let mut head = vec![slots.len() as u8];
    for (lane, (slot, language)) in slots.iter().zip(&languages).enumerate() {
        head.extend(slot.code.as_bytes());
        let bare = language.without_marks(&alphabet);
        for frequencies in [&language.frequencies, &bare] {
            head.extend(((mean(language, frequencies, lane as u8, &kept) * 256.0).round() as u16).to_le_bytes());
        }
    }
    head.push(alphabet.len() as u8);
    alphabet.iter().for_each(|&letter| head.extend((letter as u32).to_le_bytes()));
    Part { slots: head, ngrams: ngrams(&kept) }
}

/// The letter of ASCII that stands for one with a mark where marks are left out; other letters stand for themselves.
fn bare(letter: char) -> char {
    const NOT_DECOMPOSED: [(char, char); 9] =
        [('đ', 'd'), ('ł', 'l'), ('ø', 'o'), ('ı', 'i'), ('ə', 'e'), ('ð', 'd'), ('þ', 't'), ('æ', 'a'), ('ß', 's')];
    if let Some((_, bare)) = NOT_DECOMPOSED.iter().find(|(marked, _)| *marked == letter) {
        return *bare;
    }
    let base = DecomposingNormalizerBorrowed::new_nfd().normalize_iter(std::iter::once(letter)).next();
    base.filter(char::is_ascii).unwrap_or(letter)
}

fn alphabet(slots: &[&Slot]) -> Vec<char> {
    let mut letters: HashMap<char, f64> = HashMap::new();
    for slot in slots {
        for (ngram, &frequency) in slot.frequencies.iter().filter(|(ngram, _)| ngram.len() == 1 && ngram[0] != EDGE) {
            let most = letters.entry(ngram[0]).or_default();
            *most = most.max(frequency);
        }
    }
    let mut letters: Vec<(char, f64)> = letters.into_iter().filter(|(_, frequency)| *frequency >= MIN_LETTER).collect();
    letters.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    letters.truncate(MAX_LETTERS);
    letters.into_iter().map(|(letter, _)| letter).collect()
}

/// A language's n-grams by numbers of letters.
struct Language {
    frequencies: HashMap<Key, f64, Repeatable>,
    /// Letters and edges, for each letter of text.
    all: f64,
}

impl Language {
    fn new(slot: &Slot, alphabet: &[char]) -> Self {
        let letters = alphabet.iter().enumerate().map(|(i, &letter)| (letter, i as u8 + EDGE_NUMBER + 1));
        let numbers: HashMap<char, u8> = letters.chain([(EDGE, EDGE_NUMBER)]).collect();
        let key = |ngram: &Ngram| ngram.iter().try_fold(0, |key: Key, letter| Some(key << 8 | Key::from(*numbers.get(letter)?)));
        let frequencies: HashMap<Key, f64, Repeatable> =
            slot.frequencies.iter().filter_map(|(ngram, frequency)| Some((key(ngram)?, *frequency))).collect();
        let all = frequencies.iter().filter(|(key, _)| order(**key) == 1).map(|(_, frequency)| frequency).sum();
        Self { frequencies, all }
    }

    /// The frequencies of n-grams in texts that are typed without marks.
    fn without_marks(&self, alphabet: &[char]) -> HashMap<Key, f64, Repeatable> {
        let number_of = |letter: char| alphabet.iter().position(|&a| a == letter).map(|at| at as u8 + EDGE_NUMBER + 1);
        let mut numbers: Vec<u8> = (0..=u8::MAX).collect();
        for (at, &letter) in alphabet.iter().enumerate() {
            let number = at as u8 + EDGE_NUMBER + 1;
            numbers[number as usize] = number_of(bare(letter)).unwrap_or(number);
        }
        let mut sorted: Vec<(&Key, &f64)> = self.frequencies.iter().collect();
        // The same order always, because sums of floating-point numbers depend on it.
        sorted.sort_by_key(|(key, _)| **key);
        let mut bare: HashMap<Key, f64, Repeatable> = HashMap::default();
        for (key, frequency) in sorted {
            let letters = key.to_be_bytes().map(|number| numbers[number as usize]);
            *bare.entry(Key::from_be_bytes(letters)).or_default() += frequency;
        }
        bare
    }

    /// Log-probability of the last letter behind the others.
    fn log_probability(&self, key: Key) -> Option<f64> {
        let context = if key >> 8 == 0 { self.all } else { *self.frequencies.get(&(key >> 8))? };
        Some((self.frequencies.get(&key)? / context).min(1.0).ln())
    }
}

/// For each n-gram that is kept the lanes that know it, with their evidence in units.
type Kept = HashMap<Key, Vec<(u8, i8)>>;

/// Keeps of each n-gram the lanes whose evidence matters: how often it is met, times how much it says. What speaks for a
/// language is met in that language, what speaks against it in any. The n-gram without its first letter must be kept as
/// well, so that a search can end where one is not known.
fn select(languages: &[Language], threshold: f64) -> Kept {
    let mut kept = Kept::new();
    for n in 1..=MAX_ORDER {
        let of_language = |(lane, language): (usize, &Language)| -> Vec<(Key, u8, f64, f64)> {
            let longer = language.frequencies.iter().filter(|(key, _)| order(**key) == n);
            let reached = longer.filter(|(key, _)| n == 1 || kept.contains_key(&suffix(**key, n - 1)));
            let weighed = reached
                .filter_map(|(&key, &frequency)| Some((key, lane as u8, frequency, evidence(language, lane as u8, key, &kept)?)));
            weighed.collect()
        };
        let mut candidates: Vec<(Key, u8, f64, f64)> = languages.par_iter().enumerate().flat_map_iter(of_language).collect();
        candidates.par_sort_unstable_by_key(|candidate| (candidate.0, candidate.1));
        for lanes in candidates.chunk_by(|a, b| a.0 == b.0) {
            let most = lanes.iter().map(|lane| lane.2).fold(0.0, f64::max);
            let matters = |frequency: f64, evidence: f64| {
                n <= 2 || evidence.abs() * (if evidence > 0.0 { frequency } else { most }) >= threshold
            };
            let postings = lanes.iter().filter(|lane| matters(lane.2, lane.3)).map(|lane| (lane.1, in_units(lane.3)));
            let postings: Vec<(u8, i8)> = postings.filter(|posting| posting.1 != 0).collect();
            if !postings.is_empty() {
                kept.insert(lanes[0].0, postings);
            }
        }
    }
    kept
}

fn in_units(evidence: f64) -> i8 {
    let limit = (f64::from(i8::MAX) / STEP).floor();
    ((evidence * UNITS_PER_NAT / STEP).round().clamp(-limit, limit) * STEP) as i8
}

/// What an n-gram adds to what the longest shorter one says that is kept and that the language knows.
fn evidence(language: &Language, lane: u8, key: Key, kept: &Kept) -> Option<f64> {
    let own = language.log_probability(key)?;
    let known = |shorter: &Key| kept.get(shorter).is_some_and(|lanes| lanes.iter().any(|l| l.0 == lane));
    let n = order(key);
    let shorter = (1..n).rev().map(|m| suffix(key, m)).find(known);
    let below = match shorter {
        Some(shorter) => language.log_probability(shorter)? - BACK_OFF * (n - order(shorter)) as f64,
        None => FLOOR - BACK_OFF * n as f64,
    };
    Some(own - below)
}

/// What a letter of running text with such n-grams gives as evidence, in nats.
fn mean(language: &Language, frequencies: &HashMap<Key, f64, Repeatable>, lane: u8, kept: &Kept) -> f64 {
    let own = |(key, postings): (&Key, &Vec<(u8, i8)>)| {
        let (_, value) = postings.iter().find(|posting| posting.0 == lane)?;
        Some((*key, frequencies.get(key)? * f64::from(*value) / UNITS_PER_NAT))
    };
    let mut parts: Vec<(Key, f64)> = kept.iter().filter_map(own).collect();
    // The same order always, because sums of floating-point numbers depend on it.
    parts.sort_by_key(|part| part.0);
    parts.into_iter().map(|part| part.1).sum::<f64>() / language.all
}

/// N-grams as a tree: the children of one are those that have one letter more in front of it. They come by order, those of one
/// order by their parents and then by that letter, so that parents are in the order in which they came themselves.
fn ngrams(kept: &Kept) -> Vec<u8> {
    let mut n_children: HashMap<Key, u8> = HashMap::new();
    for key in kept.keys().filter(|key| order(**key) > 1) {
        *n_children.entry(suffix(*key, order(*key) - 1)).or_default() += 1;
    }
    let mut sorted: Vec<(&Key, &Vec<(u8, i8)>)> = kept.iter().collect();
    sorted.sort_by_key(|(key, _)| (order(**key), key.swap_bytes()));
    let of_order = |n: usize| sorted.iter().filter(|(key, _)| order(**key) == n).count();
    let n_postings: usize = sorted.iter().map(|(_, postings)| postings.len()).sum();
    let counts = (1..=MAX_ORDER).map(of_order).chain([n_postings]);
    let mut bytes: Vec<u8> = counts.flat_map(|count| (count as u32).to_le_bytes()).collect();
    eprintln!("{} n-grams, {n_postings} postings", sorted.len());
    // Columns lie apart, because they compress better so.
    bytes.extend(sorted.iter().map(|(key, _)| key.to_be_bytes()[8 - order(**key)]));
    bytes.extend(sorted.iter().map(|(key, _)| n_children.get(key).copied().unwrap_or(0)));
    bytes.extend(sorted.iter().map(|(_, postings)| postings.len() as u8));
    let postings = || sorted.iter().flat_map(|(_, postings)| postings.iter());
    bytes.extend(postings().map(|posting| posting.0));
    bytes.extend(postings().map(|posting| posting.1 as u8));
    bytes
}
