//! A second look inside groups of languages that are hard to tell apart: words that one of them has and another has not.

use foldhash::HashMap;

use super::alphabet::{composed, is_of_word, is_optional};
use super::candidates::{Candidates, N_GROUPS};
use super::pieces::Pieces;
use super::tables::UNITS_PER_NAT;

/// Letters of the longest beginning and the longest ending in the lists.
const MAX_BEGINNING: usize = 14;
const MAX_ENDING: usize = 8;
/// For each group of candidates, in their order: a list of words, `*` for any letters before or behind, with the languages that
/// have them; and how much the evidence of n-grams counts, which is often more of what a text is about than of its language.
const LISTS: [(&str, f32); N_GROUPS] = [
    (include_str!("close/south_slavic.txt"), 0.35),
    (include_str!("close/malay.txt"), 0.5),
    (include_str!("close/norwegian.txt"), 1.0),
    (include_str!("close/devanagari.txt"), 1.0),
];
/// Letters that a text has at least in which none has a mark because they were left out: one in twenty has one otherwise.
const LEAST_BARE: u32 = 80;
/// How much of that is left where no word has a mark: one of the models was made of more such text than the others.
const OF_BARE_NGRAMS: f32 = 0.4;
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

/// Whether letters of a text have their marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marks {
    Written,
    LeftOut,
}

/// A candidate, and what a word says for it in units.
type Clue = (usize, i32);

/// The words of one list.
#[derive(Debug, Default)]
struct Group {
    weight_of_ngrams: f32,
    spelt: Clues,
    /// The same words as they are typed without the marks of South Slavic letters, those left out that are words themselves.
    bare: Clues,
}

/// Clues by words, and by the beginnings and endings of words.
#[derive(Debug, Default)]
struct Clues {
    words: HashMap<String, Vec<Clue>>,
    beginnings: HashMap<String, Vec<Clue>>,
    endings: HashMap<String, Vec<Clue>>,
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
        let own: Vec<usize> = (0..pieces.pieces.len()).filter(|&number| is_of_group(number)).collect();
        let has_marks = |c: char| !c.is_ascii() && c.is_alphabetic();
        let are_left_out = !group.bare.words.is_empty()
            && own.iter().map(|&number| pieces.pieces[number].letters).sum::<u32>() >= LEAST_BARE
            && !own.iter().any(|&number| text[pieces.pieces[number].range.clone()].contains(has_marks));
        let (marks, share_of_ngrams) = if are_left_out { (Marks::LeftOut, OF_BARE_NGRAMS) } else { (Marks::Written, 1.0) };
        let weight_of_ngrams = group.weight_of_ngrams * share_of_ngrams;
        let mut latin = String::new();
        for number in own {
            let range = pieces.pieces[number].range.clone();
            let evidence = pieces.evidence_mut(number);
            let most = members.iter().map(|&member| evidence[member]).max().unwrap_or(0);
            for &member in members {
                let less = most - evidence[member];
                if less * 2 < most {
                    evidence[member] = most - (less as f32 * weight_of_ngrams) as i32;
                }
            }
            for word in composed(&text[range]).split(|c: char| !is_of_word(c)).filter(|word| !word.is_empty()) {
                to_latin(word, &mut latin);
                group.clues_of(&latin, marks).iter().for_each(|&(candidate, units)| evidence[candidate] += units);
            }
        }
    }
}

impl Group {
    fn new(list: &str, weight_of_ngrams: f32, candidates: &Candidates) -> Self {
        let mut group = Self { weight_of_ngrams, ..Self::default() };
        let mut marked: Vec<(String, Vec<Clue>)> = Vec::new();
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let Some((head, words)) = line.split_once(':') else { continue };
            let all = clues(head, candidates);
            for word in words.split_whitespace() {
                group.spelt.of_entry(word).extend(&all);
                marked.extend(without_marks(word).into_iter().map(|bare| (bare, all.clone())));
            }
        }
        for (bare, all) in marked {
            if !group.spelt.has(&bare) {
                group.bare.of_entry(&bare).extend(all);
            }
        }
        group
    }

    /// What a word says for the candidates that have it.
    fn clues_of(&self, word: &str, marks: Marks) -> &[Clue] {
        let spelt = self.spelt.of_word(word);
        let bare = || self.bare.of_word(word).filter(|_| marks == Marks::LeftOut);
        spelt.or_else(bare).unwrap_or_default()
    }
}

impl Clues {
    /// The clues of a word as it is in the list.
    fn of_entry(&mut self, word: &str) -> &mut Vec<Clue> {
        match (word.strip_prefix('*'), word.strip_suffix('*')) {
            (Some(ending), _) => self.endings.entry(ending.into()).or_default(),
            (_, Some(beginning)) => self.beginnings.entry(beginning.into()).or_default(),
            _ => self.words.entry(word.into()).or_default(),
        }
    }

    fn has(&self, entry: &str) -> bool {
        let beginning = |entry: &str| entry.strip_suffix('*').is_some_and(|beginning| self.beginnings.contains_key(beginning));
        let ending = |entry: &str| entry.strip_prefix('*').is_some_and(|ending| self.endings.contains_key(ending));
        self.words.contains_key(entry) || beginning(entry) || ending(entry)
    }

    /// The clues of a word itself, or of its longest beginning or ending in the list.
    fn of_word(&self, word: &str) -> Option<&[Clue]> {
        let cuts = || word.char_indices().map(|(at, _)| at).filter(|at| *at > 0);
        let beginning =
            || cuts().chain([word.len()]).take(MAX_BEGINNING).filter_map(|at| self.beginnings.get(&word[..at])).last();
        let ending = || cuts().rev().take(MAX_ENDING).filter_map(|at| self.endings.get(&word[at..])).last();
        self.words.get(word).or_else(beginning).or_else(ending).map(Vec::as_slice)
    }
}

/// What the head of a line says for candidates: languages, all of them or in one script, and nats, as in `bos,hrv 5 srp-Cyrl 2.5`.
fn clues(head: &str, candidates: &Candidates) -> Vec<Clue> {
    let mut all = Vec::new();
    let mut parts = head.split_whitespace();
    while let (Some(codes), Some(nats)) = (parts.next(), parts.next()) {
        let units = nats.parse::<f32>().map_or(0, |nats| (nats * UNITS_PER_NAT) as i32);
        let is_meant = |&candidate: &usize| {
            let (language, script) = (candidates.languages[candidate].iso639_3, candidates.scripts[candidate].iso15924());
            codes.split(',').any(|code| code == language || code.split_once('-') == Some((language, script)))
        };
        all.extend((0..candidates.languages.len()).filter(is_meant).map(|candidate| (candidate, units)));
    }
    all
}

/// A word as it is typed where the marks are left out; `đ` is `dj` or `d` then. None if it has no marks.
fn without_marks(word: &str) -> Vec<String> {
    if !word.contains(['č', 'ć', 'š', 'ž', 'đ']) {
        return Vec::new();
    }
    let mut forms: Vec<String> =
        ["dj", "d"].map(|d| word.replace(['č', 'ć'], "c").replace('š', "s").replace('ž', "z").replace('đ', d)).into();
    forms.dedup();
    forms
}

fn to_latin(word: &str, latin: &mut String) {
    latin.clear();
    for letter in word.chars().filter(|c| !is_optional(*c)).flat_map(char::to_lowercase) {
        match CYRILLIC.iter().find(|(cyrillic, _)| *cyrillic == letter) {
            Some((_, letters)) => latin.push_str(letters),
            None => latin.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_and_endings_of_the_lists_are_looked_for() {
        for (list, _) in LISTS {
            let lines = list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(':'));
            for entry in lines.flat_map(|(_, words)| words.split_whitespace()) {
                let letters = entry.chars().filter(|c| *c != '*').count();
                let is_ending = entry.starts_with('*');
                assert!(letters <= if is_ending { MAX_ENDING } else { MAX_BEGINNING } || !entry.contains('*'), "{entry}");
            }
        }
    }
}
