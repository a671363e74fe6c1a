//! A second look inside groups of languages that are hard to tell apart: words that one of them has and another has not.

use foldhash::HashMap;

use super::candidates::Candidates;
use super::pieces::Pieces;
use super::tables::UNITS_PER_NAT;

/// Letters of the longest beginning and the longest ending in the lists.
const MAX_BEGINNING: usize = 14;
const MAX_ENDING: usize = 6;
/// Lists of words, `*` for any letters before or behind, with the languages that have them; and how much the evidence of
/// n-grams counts inside the group, where it is often more of what a text is about than of its language.
const LISTS: [(&str, f32); 3] = [
    (include_str!("close/south_slavic.txt"), 0.35),
    (include_str!("close/malay.txt"), 0.5),
    (include_str!("close/norwegian.txt"), 1.0),
];
/// Serbian and Bosnian letters; the lists are in Latin script.
const CYRILLIC: [(char, &str); 30] = [
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('д', "d"),
    ('ђ', "đ"),
    ('е', "e"),
    ('ж', "ž"),
    ('з', "z"),
    ('и', "i"),
    ('ј', "j"),
    ('к', "k"),
    ('л', "l"),
    ('љ', "lj"),
    ('м', "m"),
    ('н', "n"),
    ('њ', "nj"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('ћ', "ć"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "h"),
    ('ц', "c"),
    ('ч', "č"),
    ('џ', "dž"),
    ('ш', "š"),
];

/// The words of the lists, and the candidates that each speaks for.
#[derive(Debug)]
pub(super) struct CloseLanguages {
    groups: Vec<Group>,
}

/// A candidate, and what a word says for it in units.
type Clue = (usize, i32);

/// Clues by words, and by the beginnings and endings of words.
#[derive(Debug, Default)]
struct Group {
    weight_of_ngrams: f32,
    words: HashMap<&'static str, Vec<Clue>>,
    beginnings: HashMap<&'static str, Vec<Clue>>,
    endings: HashMap<&'static str, Vec<Clue>>,
}

impl CloseLanguages {
    pub(super) fn new(candidates: &Candidates) -> Self {
        Self { groups: LISTS.iter().map(|(list, weight)| Group::new(list, *weight, candidates)).collect() }
    }

    /// Weighs a group's pieces anew, by n-grams and words.
    pub(super) fn weigh(
        &self,
        text: &str,
        group: u8,
        members: &[usize],
        is_of_group: impl Fn(usize) -> bool,
        pieces: &mut Pieces,
    ) {
        let group = &self.groups[group as usize];
        let mut latin = String::new();
        for number in (0..pieces.pieces.len()).filter(|&number| is_of_group(number)) {
            let range = pieces.pieces[number].range.clone();
            let evidence = pieces.evidence_mut(number);
            let most = members.iter().map(|&member| evidence[member]).max().unwrap_or(0);
            for &member in members {
                let less = most - evidence[member];
                if less * 2 < most {
                    evidence[member] = most - (less as f32 * group.weight_of_ngrams) as i32;
                }
            }
            for word in text[range].split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
                to_latin(word, &mut latin);
                group.speaks_for(&latin).iter().for_each(|&(candidate, units)| evidence[candidate] += units);
            }
        }
    }
}

impl Group {
    fn new(list: &'static str, weight_of_ngrams: f32, candidates: &Candidates) -> Self {
        let mut group = Self { weight_of_ngrams, ..Self::default() };
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let Some((head, words)) = line.split_once(':') else { continue };
            let Some((languages, nats)) = head.split_once(' ') else { continue };
            let units = nats.parse::<f32>().map_or(0, |nats| (nats * UNITS_PER_NAT) as i32);
            let codes: Vec<&str> = languages.split(',').collect();
            let has_words = |&candidate: &usize| codes.contains(&candidates.languages[candidate].iso639_3);
            let all: Vec<Clue> = (0..candidates.languages.len()).filter(has_words).map(|candidate| (candidate, units)).collect();
            words.split_whitespace().for_each(|word| group.clues_of(word).extend(&all));
        }
        group
    }

    /// The clues of a word as it is in the list.
    fn clues_of(&mut self, word: &'static str) -> &mut Vec<Clue> {
        match (word.strip_prefix('*'), word.strip_suffix('*')) {
            (Some(ending), _) => self.endings.entry(ending).or_default(),
            (_, Some(beginning)) => self.beginnings.entry(beginning).or_default(),
            _ => self.words.entry(word).or_default(),
        }
    }

    /// The candidates that have a word, by the word itself, or the longest beginning or ending in the list.
    fn speaks_for(&self, word: &str) -> &[Clue] {
        let cuts = || word.char_indices().map(|(at, _)| at).filter(|at| *at > 0);
        let beginning =
            || cuts().chain([word.len()]).take(MAX_BEGINNING).filter_map(|at| self.beginnings.get(&word[..at])).last();
        let ending = || cuts().rev().take(MAX_ENDING).filter_map(|at| self.endings.get(&word[at..])).last();
        self.words.get(word).or_else(beginning).or_else(ending).map_or(&[], Vec::as_slice)
    }
}

fn to_latin(word: &str, latin: &mut String) {
    latin.clear();
    for letter in word.chars().flat_map(char::to_lowercase) {
        match CYRILLIC.iter().find(|(cyrillic, _)| *cyrillic == letter) {
            Some((_, letters)) => latin.push_str(letters),
            None => latin.push(letter),
        }
    }
}
