//! From text to pieces of about a sentence, each with what it says for every language.

use std::ops::Range;

use super::alphabet::{Script, composed};
use super::candidates::{CHINESE, Candidates, JAPANESE, KOREAN, OTHER};
use super::fit;
use super::tables::{EDGE, LANES, Letter, MAX_LETTERS, Tables, UNITS_PER_NAT};
use super::tokens::Token;

/// A sentence ends a piece that has so many bytes; shorter ones say too little by themselves.
const MIN_BYTES: usize = 40;
/// Longer pieces are cut at the next blank.
const MAX_BYTES: usize = 200;
/// Pieces that end where a line or a sentence does. Behind them all are as long as may be, so that memory is bounded.
const MAX_SHORT_PIECES: usize = 1 << 16;
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

/// A stretch of text that is taken to be in one language.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// Whether a line begins with it.
    pub(super) begins_line: bool,
    /// Letters, those of Chinese counted twice.
    pub(super) letters: u32,
    /// Letters and edges of words, by script: the places that evidence is from. Scripts without tables are the last.
    pub(super) places: [u32; Script::WITH_TABLES.len() + 1],
    /// Whether it was only skimmed: it is in the language of the text before it, and its evidence is less than it could be.
    pub(super) is_skimmed: bool,
}

impl Piece {
    fn new(start: usize, begins_line: bool) -> Self {
        Self { range: start..start, begins_line, letters: 0, places: Default::default(), is_skimmed: false }
    }
}

/// The pieces of a text; all its bytes are in one.
#[derive(Debug)]
pub(super) struct Pieces {
    pub(super) pieces: Vec<Piece>,
    /// A row for each piece, a number for each candidate.
    evidence: Vec<i32>,
    width: usize,
}

impl Pieces {
    /// Evidence of a piece for all candidates, in units.
    pub(super) fn evidence(&self, piece: usize) -> &[i32] {
        &self.evidence[piece * self.width..][..self.width]
    }

    pub(super) fn evidence_mut(&mut self, piece: usize) -> &mut [i32] {
        &mut self.evidence[piece * self.width..][..self.width]
    }

    /// Cuts a text and weighs it.
    pub(super) fn of(text: &str, tables: &Tables, candidates: &Candidates) -> Self {
        let mut scale = Scale::new(tables, candidates);
        let mut at = 0;
        while at < text.len() {
            let token = Token::at(text, at);
            if !token.is_noise() {
                scale.token(&token);
            }
            at = token.end;
            let n_bytes = at - scale.piece.range.start;
            let may_be_short = scale.done.pieces.len() < MAX_SHORT_PIECES;
            if may_be_short && text.as_bytes()[at - 1] == b'\n' {
                scale.begin(at, true);
            } else if n_bytes > MAX_BYTES || n_bytes > MIN_BYTES && may_be_short && token.word.ends_with(FULL_STOPS) {
                scale.begin(at, false);
            }
        }
        scale.finish(at)
    }
}

/// What ends a sentence, or a part of one.
const FULL_STOPS: [char; 12] = ['.', '!', '?', ';', ':', '|', '।', '؟', '۔', '。', '！', '？'];

/// Weighs letter after letter.
struct Scale<'a> {
    tables: &'a Tables,
    candidates: &'a Candidates,
    done: Pieces,
    piece: Piece,
    /// Evidence of the piece so far, and of all before it.
    row: Vec<i32>,
    all: Vec<i64>,
    /// Letters of the piece and of all that were weighed.
    weighed: u32,
    all_weighed: u32,
    script: u8,
    /// Words of `script` that are not yet weighed: letters, and edges before, between and behind them.
    words: Vec<u8>,
    /// Whether the word that is being read is none of any language.
    is_babble: bool,
    /// Whether no more of the piece has to be weighed.
    is_known: bool,
    /// Places that `all` is from, by script.
    all_places: [u32; Script::WITH_TABLES.len() + 1],
    /// The candidate that most speaks for so far, and whether that is certain.
    leader: usize,
    is_certain: bool,
}

impl<'a> Scale<'a> {
    fn new(tables: &'a Tables, candidates: &'a Candidates) -> Self {
        let width = candidates.languages.len();
        let mut words = Vec::with_capacity(MAX_LETTERS);
        words.push(EDGE);
        Self {
            tables,
            candidates,
            done: Pieces { pieces: Vec::new(), evidence: Vec::new(), width },
            piece: Piece::new(0, true),
            row: vec![0; width],
            all: vec![0; width],
            weighed: 0,
            all_weighed: 0,
            script: 0,
            words,
            is_babble: false,
            is_known: false,
            leader: 0,
            is_certain: false,
            all_places: Default::default(),
        }
    }

    /// Ends the piece before `at`, and begins one there.
    fn begin(&mut self, at: usize, begins_line: bool) {
        self.pour();
        self.is_known = false;
        self.piece.range.end = at;
        let piece = std::mem::replace(&mut self.piece, Piece::new(at, begins_line));
        self.weighed = 0;
        if !piece.range.is_empty() {
            self.done.pieces.push(piece);
            self.done.evidence.extend(&self.row);
            self.all.iter_mut().zip(&mut self.row).for_each(|(all, own)| *all += i64::from(std::mem::take(own)));
            self.leader = fit::leader(&self.all);
            self.is_certain = self.is_certain || self.has_weighed_enough();
        }
    }

    /// Whether no more of the text needs to be weighed than tells where it goes on in its language.
    fn has_weighed_enough(&self) -> bool {
        let leader = self.leader;
        let is_clear = || {
            let places = self.all_places[self.tables.script_of(leader)].into();
            let above = fit::above_least(&self.all, places, leader, self.candidates, self.tables);
            self.candidates.close_to(leader).is_empty()
                && fit::lead(&self.all, self.candidates, leader) >= CERTAIN_LEAD
                && above.is_some_and(|above| above >= CERTAIN_FIT)
        };
        self.all_weighed >= ALL_WEIGHED || self.all_weighed >= LEAST_WEIGHED && is_clear()
    }

    fn finish(mut self, end: usize) -> Pieces {
        self.begin(end, false);
        self.done
    }

    fn token(&mut self, token: &Token) {
        if token.is_ascii() && self.is_known {
            self.piece.letters += token.ascii_letters;
        } else if token.is_ascii() {
            self.word(token.word);
        } else {
            self.word(&composed(token.word));
        }
        if self.is_certain && self.words.len() > SKIMMED {
            self.pour();
        }
    }

    /// Weighs what stands between two blanks.
    fn word(&mut self, word: &str) {
        for c in word.chars() {
            match self.tables.letter(c) {
                Letter::Known(..) if self.is_known => self.piece.letters += 1,
                Letter::Known(script, letter) => {
                    if script != self.script || self.words.len() + 1 >= MAX_LETTERS {
                        self.end_word();
                        self.pour();
                        self.script = script;
                    }
                    // No language writes a letter more than three times in a row.
                    self.is_babble |= self.words.last_chunk() == Some(&[letter; 3]);
                    self.words.push(letter);
                }
                Letter::Of(script) => {
                    self.end_word();
                    self.count(script);
                }
                Letter::None => self.end_word(),
            }
        }
        self.end_word();
    }

    fn end_word(&mut self) {
        if std::mem::take(&mut self.is_babble) {
            let before = self.words.iter().rposition(|letter| *letter == EDGE).unwrap_or(0);
            self.words.truncate(before + 1);
        }
        if self.words.last() != Some(&EDGE) {
            self.words.push(EDGE);
        }
    }

    /// From words to the row of the piece.
    fn pour(&mut self) {
        let places = self.words.len() as u32 - 1;
        if places == 0 {
            return;
        }
        let letters = self.words.iter().filter(|letter| **letter != EDGE).count() as u32;
        self.piece.letters += letters;
        self.is_known |= self.is_certain && (self.weighed >= BEGINNING || self.skim());
        if !self.is_known {
            let evidence = self.tables.weigh(self.script, &self.words);
            self.add(&evidence);
            self.piece.places[self.script as usize] += places;
            self.all_places[self.script as usize] += places;
            self.weighed += letters;
            self.all_weighed += letters;
        }
        self.words.truncate(1);
    }

    fn add(&mut self, evidence: &[i16; LANES]) {
        let row = &mut self.row[self.tables.slots_of(self.script)];
        row.iter_mut().zip(evidence).for_each(|(sum, lane)| *sum += i32::from(*lane));
    }

    /// Whether the piece is in the language of the text before it by all that trigrams say. Close languages need more than that.
    fn skim(&mut self) -> bool {
        let slots = self.tables.slots_of(self.script);
        if self.weighed > 0 || !slots.contains(&self.leader) || !self.candidates.close_to(self.leader).is_empty() {
            return false;
        }
        let evidence = self.tables.skim(self.script, &self.words);
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
        let mut add = |candidate: usize, nats: f32| self.row[n_slots + candidate] += (nats * UNITS_PER_NAT) as i32;
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
        self.piece.places[Script::WITH_TABLES.len()] += 1;
    }
}
