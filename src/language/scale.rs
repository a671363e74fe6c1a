//! Weighs a piece of text letter after letter, and names less than other words.

use super::alphabet::{Script, composed};
use super::candidates::{CHINESE, Candidates, JAPANESE, KOREAN, OTHER};
use super::fit::{self, Places};
use super::pieces::{Begins, ByScript, Piece, Pieces};
use super::tables::{EDGE, LANES, Letter, MAX_LETTERS, Tables, UNITS_PER_NAT};
use super::tokens::{PlainWords, Token};

/// Letters behind which a text is certain to be told, whatever it is in; the pieces behind them are skimmed.
const ALL_WEIGHED: u32 = 1000;
/// Letters behind which a text in a language without close ones may be certain.
const LEAST_WEIGHED: u32 = 200;
/// By how many nats that language must lead then.
const CERTAIN_LEAD: f64 = 50.0;
/// By how much better than it must for an answer it must fit then.
const CERTAIN_FIT: f64 = 0.05;
/// Letters and edges at the beginning of a piece that are skimmed.
const SKIMMED: usize = 32;
/// A piece is weighed after all if, skimmed, another language leads that of the text by more than so many units: less is
/// far from enough for a change of language.
const DOUBTFUL_LEAD: i16 = 2 * UNITS_PER_NAT as i16;
/// Letters at the beginning of such a piece that are weighed, or a few more.
const BEGINNING: u32 = 40;
/// Evidence of a letter whose script one language has for itself, in nats.
const OWN_SCRIPT: f32 = 11.0;
/// Evidence of a Chinese character for Japanese, which has kana as well.
const SHARED_SCRIPT: f32 = 10.0;
/// Words with a capital inside a sentence are names, or words that a page sets as a title, and say less of its language than
/// others: their evidence counts one in so many, where there is enough of the others.
const NAMES_FOR_ONE: u32 = 2;
/// Letters that other words have then, at least.
const LEAST_PLAIN: u32 = 12;
/// And one for so many letters of names.
const NAMES_FOR_A_PLAIN: u32 = 2;
/// Texts in all scripts have names and brands in Latin letters. These say nothing in a piece that has one letter of another
/// script for so many of them.
const LATIN_FOR_A_FOREIGN: u32 = 2;

/// So many single letters, each with one blank behind it, are a word that is set in spaced letters.
const LEAST_SPACED: u32 = 3;

/// The tally of most words, and that of words with capitals inside a sentence.
const PLAIN: usize = 0;
const NAMES: usize = 1;

/// What some words of a piece say.
#[derive(Debug)]
struct Tally {
    script: u8,
    /// Words of `script` that are not yet weighed: letters, and edges before, between and behind them.
    words: Vec<u8>,
    /// Evidence for all candidates.
    row: Vec<i32>,
    /// The places that it is from.
    places: ByScript,
    /// Letters that it is from, those of scripts without tables left out.
    weighed: u32,
}

impl Tally {
    fn new(width: usize) -> Self {
        let mut words = Vec::with_capacity(MAX_LETTERS);
        words.push(EDGE);
        Self { script: 0, words, row: vec![0; width], places: Default::default(), weighed: 0 }
    }

    fn end_word(&mut self) {
        if self.words.last() != Some(&EDGE) {
            self.words.push(EDGE);
        }
    }

    /// Takes the blank from before the last of so many single letters, and the one before that where these are the first.
    fn close_up(&mut self, n_letters: u32) {
        let n = self.words.len();
        if !matches!(self.words[..], [.., _, EDGE, last, EDGE] if last != EDGE) {
            return;
        }
        self.words.remove(n - 3);
        if n_letters == LEAST_SPACED && n >= 7 && self.words[n - 7] == EDGE && self.words[n - 5] == EDGE {
            self.words.remove(n - 5);
        }
    }

    fn drop_word(&mut self) {
        let before = self.words.iter().rposition(|letter| *letter == EDGE).unwrap_or(0);
        self.words.truncate(before + 1);
    }

    /// Adds one in so many of another tally's evidence, which is taken away there.
    fn take<const ONE_IN: u32>(&mut self, other: &mut Self) {
        let part = |all: &mut i32| std::mem::take(all) / ONE_IN as i32;
        self.row.iter_mut().zip(&mut other.row).for_each(|(own, all)| *own += part(all));
        self.places.iter_mut().zip(&mut other.places).for_each(|(own, all)| *own += std::mem::take(all) / ONE_IN);
        self.weighed += std::mem::take(&mut other.weighed) / ONE_IN;
    }
}

/// Weighs letter after letter.
pub(super) struct Scale<'a> {
    tables: &'a Tables,
    candidates: &'a Candidates,
    done: Pieces,
    piece: Piece,
    tallies: [Tally; 2],
    /// The tally of the word that is being read.
    reading: usize,
    /// Whether the next word begins a sentence.
    begins_sentence: bool,
    /// Whether the word that is being read is none of any language.
    is_babble: bool,
    /// The last token, if it was a single letter with one blank behind it, and how many such were before it.
    spaced: Option<(char, u32)>,
    /// Whether no more of the piece has to be weighed.
    is_known: bool,
    /// Evidence of all pieces before that were not skimmed, the letters of it, and its places.
    all: Vec<i64>,
    all_weighed: u32,
    all_places: ByScript,
    /// The candidate that most speaks for so far, its script, and whether that is certain.
    leader: usize,
    leader_script: usize,
    is_certain: bool,
}

impl<'a> Scale<'a> {
    pub(super) fn new(tables: &'a Tables, candidates: &'a Candidates) -> Self {
        let width = candidates.languages.len();
        Self {
            tables,
            candidates,
            done: Pieces::none(width),
            piece: Piece::new(0, Begins::Line),
            tallies: [Tally::new(width), Tally::new(width)],
            reading: PLAIN,
            begins_sentence: true,
            is_babble: false,
            spaced: None,
            is_known: false,
            all: vec![0; width],
            all_weighed: 0,
            all_places: Default::default(),
            leader: 0,
            leader_script: 0,
            is_certain: false,
        }
    }

    /// Where the piece that is being weighed begins.
    pub(super) fn piece_start(&self) -> usize {
        self.piece.range.start
    }

    /// Whether no more of the piece has to be weighed.
    pub(super) fn is_known(&self) -> bool {
        self.is_known
    }

    /// Goes over words of a piece that is known.
    pub(super) fn pass(&mut self, words: &PlainWords) {
        self.piece.letters += words.letters;
    }

    /// Pieces that are weighed.
    pub(super) fn n_pieces(&self) -> usize {
        self.done.pieces.len()
    }

    /// Ends the piece before `at`, and begins one there.
    pub(super) fn begin(&mut self, at: usize, begins: Begins) {
        for tally in [PLAIN, NAMES] {
            self.reading = tally;
            self.pour_all();
        }
        self.add_names();
        self.drop_latin_names();
        self.reconsider_skimmed();
        self.is_known = false;
        self.begins_sentence = true;
        self.piece.range.end = at;
        let mut piece = std::mem::replace(&mut self.piece, Piece::new(at, begins));
        let tally = &mut self.tallies[PLAIN];
        piece.places = std::mem::take(&mut tally.places);
        tally.weighed = 0;
        if piece.range.is_empty() {
            return;
        }
        let (places, is_skimmed) = (piece.places, piece.is_skimmed);
        self.done.push(piece, &tally.row);
        if is_skimmed {
            tally.row.fill(0);
            return;
        }
        self.all_places.iter_mut().zip(places).for_each(|(all, own)| *all += own);
        self.all.iter_mut().zip(&mut tally.row).for_each(|(all, own)| *all += i64::from(std::mem::take(own)));
        self.leader = fit::leader(&self.all);
        self.leader_script = self.tables.script_of(self.leader);
        self.is_certain = self.is_certain || self.has_weighed_enough();
    }

    fn add_names(&mut self) {
        let [plain, names] = &mut self.tallies;
        let n_plain = plain.weighed + plain.places[Script::WITH_TABLES.len()];
        if names.weighed == 0 {
            return;
        }
        if n_plain >= LEAST_PLAIN && n_plain * NAMES_FOR_A_PLAIN >= names.weighed {
            plain.take::<NAMES_FOR_ONE>(names);
        } else {
            plain.take::<1>(names);
        }
    }

    fn drop_latin_names(&mut self) {
        let tally = &mut self.tallies[PLAIN];
        let latin = tally.places[Script::Latin as usize];
        // Characters of scripts without tables are about half a word each.
        let foreign = tally.places.iter().sum::<u32>() - latin + tally.places[Script::WITH_TABLES.len()];
        if latin > 0 && foreign * LATIN_FOR_A_FOREIGN >= latin {
            tally.row[self.tables.slots_of(Script::Latin as u8)].fill(0);
            tally.places[Script::Latin as usize] = 0;
        }
    }

    /// A piece that begins like the text before it and goes on in another script is weighed by what it has of that.
    fn reconsider_skimmed(&mut self) {
        let tally = &mut self.tallies[PLAIN];
        let is_foreign = |script: &usize| is_foreign(*script, self.leader_script);
        let foreign: u32 = (0..tally.places.len()).filter(is_foreign).map(|script| tally.places[script]).sum();
        let own = self.piece.letters.saturating_sub(foreign);
        if self.piece.is_skimmed && foreign * LATIN_FOR_A_FOREIGN >= own.max(1) {
            self.piece.is_skimmed = false;
            tally.row[self.tables.slots_of(self.leader_script as u8)].fill(0);
        }
    }

    /// Whether no more of the text needs to be weighed than tells where it goes on in its language.
    fn has_weighed_enough(&self) -> bool {
        let leader = self.leader;
        let is_clear = || {
            let places = self.all_places[self.tables.script_of(leader)].into();
            let places = Places { all: places, marked: places };
            let above = fit::above_least(&self.all, places, leader, self.candidates, self.tables);
            self.candidates.close_to(leader).is_empty()
                && fit::lead(&self.all, self.candidates, leader) >= CERTAIN_LEAD
                && above.is_some_and(|above| above >= CERTAIN_FIT)
        };
        self.all_weighed >= ALL_WEIGHED || self.all_weighed >= LEAST_WEIGHED && is_clear()
    }

    pub(super) fn finish(mut self, end: usize) -> Pieces {
        self.begin(end, Begins::InsideLine);
        self.done
    }

    pub(super) fn token(&mut self, token: &Token) {
        if token.is_ascii() && self.is_known {
            self.piece.letters += token.ascii_letters;
            return;
        }
        let is_name = !self.begins_sentence && token.is_capitalized();
        if is_name && token.is_ascii() && self.is_certain && self.tallies[PLAIN].words.len() > LEAST_PLAIN as usize {
            self.piece.letters += token.ascii_letters;
            return;
        }
        self.reading = if is_name { NAMES } else { PLAIN };
        self.begins_sentence = token.ends_sentence() || self.begins_sentence && token.is_ascii() && token.ascii_letters == 0;
        if token.is_ascii() {
            self.word(token.word.bytes().map(char::from));
        } else {
            self.word(composed(token.word).chars());
        }
        self.close_up(token);
        if self.is_certain && self.reading == PLAIN && self.tallies[PLAIN].words.len() > SKIMMED {
            self.pour_all();
        }
    }

    /// Joins the letters of a word that is set in spaced letters. Those of an alphabet, as in the index of a page, are none.
    #[inline]
    fn close_up(&mut self, token: &Token) {
        let Some(letter) = token.single_letter() else {
            self.spaced = None;
            return;
        };
        let n_letters = match self.spaced {
            Some((before, n_letters)) => n_letters + u32::from(before as u32 + 1 != letter as u32),
            None => 1,
        };
        if n_letters >= LEAST_SPACED {
            self.tallies[self.reading].close_up(n_letters);
        }
        self.spaced = token.has_one_blank().then_some((letter, n_letters));
    }

    /// Weighs what stands between two blanks.
    #[inline(always)]
    fn word(&mut self, word: impl Iterator<Item = char>) {
        for c in word {
            match self.tables.letter(c) {
                Letter::Known(script, _) if self.is_known && !self.is_foreign(script) => self.piece.letters += 1,
                Letter::Known(script, letter) => {
                    self.is_known = false;
                    self.piece.marked += u32::from(!c.is_ascii());
                    self.letter(script, letter);
                }
                Letter::Of(script) => {
                    self.end_word();
                    self.count(script);
                }
                Letter::Optional => {}
                Letter::None => self.end_word(),
            }
        }
        self.end_word();
    }

    #[inline]
    fn letter(&mut self, script: u8, letter: u8) {
        let tally = &mut self.tallies[self.reading];
        let has_room = tally.words.len() + 1 < MAX_LETTERS;
        if script == tally.script && has_room {
            // No language writes a letter more than three times in a row.
            self.is_babble |= tally.words.last() == Some(&letter) && tally.words.last_chunk() == Some(&[letter; 3]);
            tally.words.push(letter);
            return;
        }
        if script == tally.script {
            self.make_room();
        } else {
            self.end_word();
            self.pour_all();
        }
        let tally = &mut self.tallies[self.reading];
        tally.script = script;
        tally.words.push(letter);
    }

    fn end_word(&mut self) {
        let tally = &mut self.tallies[self.reading];
        if std::mem::take(&mut self.is_babble) {
            tally.drop_word();
        }
        tally.end_word();
    }

    /// Pours the words before the one that is being read, or that one where it is too long by itself.
    fn make_room(&mut self) {
        let words = &mut self.tallies[self.reading].words;
        let before = words.iter().rposition(|letter| *letter == EDGE).unwrap_or(0);
        if before == 0 {
            words.push(EDGE);
        }
        let end = if before == 0 { words.len() } else { before + 1 };
        self.pour(end);
    }

    fn pour_all(&mut self) {
        self.pour(self.tallies[self.reading].words.len());
    }

    /// From words, up to an edge, to the row of their tally.
    fn pour(&mut self, end: usize) {
        let tally = &self.tallies[self.reading];
        let places = end as u32 - 1;
        if places == 0 {
            return;
        }
        let letters = tally.words[..end].iter().filter(|letter| **letter != EDGE).count() as u32;
        self.piece.letters += letters;
        self.is_known |= self.is_certain && !self.is_foreign(tally.script) && (tally.weighed >= BEGINNING || self.skim(end));
        if !self.is_known {
            let tally = &mut self.tallies[self.reading];
            let evidence = self.tables.weigh(tally.script, &tally.words[..end]);
            tally.places[tally.script as usize] += places;
            tally.weighed += letters;
            self.all_weighed += letters;
            self.add(&evidence);
        }
        self.tallies[self.reading].words.drain(1..end);
    }

    fn is_foreign(&self, script: u8) -> bool {
        is_foreign(usize::from(script), self.leader_script)
    }

    fn add(&mut self, evidence: &[i16; LANES]) {
        let tally = &mut self.tallies[self.reading];
        let row = &mut tally.row[self.tables.slots_of(tally.script)];
        row.iter_mut().zip(evidence).for_each(|(sum, lane)| *sum += i32::from(*lane));
    }

    /// Whether the piece is in the language of the text before it by all that trigrams say. Close languages need more than that.
    fn skim(&mut self, end: usize) -> bool {
        let tally = &self.tallies[self.reading];
        let slots = self.tables.slots_of(tally.script);
        let is_beginning = self.reading == PLAIN && tally.weighed == 0;
        if !is_beginning || !slots.contains(&self.leader) || !self.candidates.close_to(self.leader).is_empty() {
            return false;
        }
        let evidence = self.tables.skim(tally.script, &tally.words[..end]);
        let lane = self.leader - slots.start;
        let rivals = evidence[..lane].iter().chain(&evidence[lane + 1..]).max();
        let is_clear = rivals.is_none_or(|rival| evidence[lane] >= rival - DOUBTFUL_LEAD);
        if is_clear {
            self.add(&evidence);
            self.piece.is_skimmed = true;
        }
        is_clear
    }

    /// Weighs a letter of a script that has no tables.
    fn count(&mut self, script: Script) {
        let n_slots = self.tables.slots.len();
        let tally = &mut self.tallies[PLAIN];
        let mut add = |candidate: usize, nats: f32| tally.row[n_slots + candidate] += (nats * UNITS_PER_NAT) as i32;
        match script {
            Script::Han => {
                add(CHINESE, OWN_SCRIPT);
                add(JAPANESE, SHARED_SCRIPT);
            }
            Script::Kana => add(JAPANESE, OWN_SCRIPT),
            Script::Hangul => add(KOREAN, OWN_SCRIPT),
            _ => add(OTHER, OWN_SCRIPT),
        }
        // A Chinese character is about half a word.
        self.piece.letters += if script == Script::Han { 2 } else { 1 };
        tally.places[Script::WITH_TABLES.len()] += 1;
    }
}

/// Whether letters are in another script than the text before, and are no names and brands.
fn is_foreign(script: usize, of_text: usize) -> bool {
    script != of_text && script != Script::Latin as usize
}
