//! A second look inside groups of languages that are hard to tell apart: words that one of them has and another has not.

use std::collections::HashMap;

use super::candidates::Candidates;
use super::pieces::Pieces;
use super::tables::UNITS_PER_NAT;

/// Letters of the beginnings and endings that are in the lists.
const BEGINNING: std::ops::RangeInclusive<usize> = 2..=14;
const ENDING: std::ops::RangeInclusive<usize> = 2..=6;
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

#[derive(Debug, Default)]
struct Group {
    weight_of_ngrams: f32,
    /// By the word as it is in the list.
    clues: HashMap<&'static str, Vec<(usize, i32)>>,
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
        let mut clues: HashMap<&'static str, Vec<(usize, i32)>> = HashMap::new();
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let Some((head, words)) = line.split_once(':') else { continue };
            let Some((languages, nats)) = head.split_once(' ') else { continue };
            let units = nats.parse::<f32>().map_or(0, |nats| (nats * UNITS_PER_NAT) as i32);
            let of_languages = |(candidate, language): (usize, &crate::document::Language)| {
                languages.split(',').any(|code| code == language.iso639_3).then_some((candidate, units))
            };
            let all: Vec<(usize, i32)> = candidates.languages.iter().enumerate().filter_map(of_languages).collect();
            words.split_whitespace().for_each(|word| clues.entry(word).or_default().extend(&all));
        }
        Self { weight_of_ngrams, clues }
    }

    /// The candidates that have a word, by the word itself, or the longest beginning or ending in the list.
    fn speaks_for(&self, word: &str) -> &[(usize, i32)] {
        let beginnings = BEGINNING.rev().filter_map(|n| Some(format!("{}*", &word[..word.char_indices().nth(n)?.0])));
        let endings = ENDING.rev().filter_map(|n| Some(format!("*{}", &word[word.char_indices().nth_back(n - 1)?.0..])));
        let whole = [word.to_owned(), format!("{word}*")].into_iter();
        whole.chain(beginnings).chain(endings).find_map(|pattern| self.clues.get(pattern.as_str())).map_or(&[], Vec::as_slice)
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
