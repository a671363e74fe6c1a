//! From text to pieces of about a sentence, each with what it says for every language.

use std::ops::Range;

use super::alphabet::{Script, composed};
use super::candidates::{CHINESE, JAPANESE, KOREAN, OTHER};
use super::tables::{EDGE, Letter, MAX_LETTERS, Tables, UNITS_PER_NAT};

/// A sentence ends a piece that has so many bytes; shorter ones say too little by themselves.
const MIN_BYTES: usize = 40;
/// Longer pieces are cut at the next blank.
const MAX_BYTES: usize = 200;
/// Pieces that end where a line or a sentence does. Behind them all are as long as may be, so that memory is bounded.
const MAX_SHORT_PIECES: usize = 1 << 16;
/// Letters of a text that are all weighed. Behind them the beginning of each piece is: it tells the piece's language, and
/// what is known of the whole is certain by then.
const ALL_WEIGHED: u32 = 1000;
/// Letters that make such a beginning, or more.
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
    pub(super) fn of(text: &str, tables: &Tables, width: usize) -> Self {
        let mut scale = Scale::new(tables, width);
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if scale.may_be_short() {
                scale.begin(start, true);
            }
            let mut at = start;
            for token in line.split_inclusive(is_boundary) {
                let word = token.trim_end();
                if !is_noise(word) {
                    scale.token(&composed(word));
                }
                at += token.len();
                let n_bytes = at - scale.piece.range.start;
                let ends_sentence = || word.ends_with(FULL_STOPS) && scale.may_be_short();
                if n_bytes > MAX_BYTES || n_bytes > MIN_BYTES && ends_sentence() {
                    scale.begin(at, false);
                }
            }
            start += line.len();
        }
        scale.finish(start)
    }
}

/// What ends a sentence, or a part of one.
const FULL_STOPS: [char; 12] = ['.', '!', '?', ';', ':', '|', '।', '؟', '۔', '。', '！', '？'];

/// Behind blanks, and behind the full stops of scripts that have no blanks, a token ends.
fn is_boundary(c: char) -> bool {
    c.is_whitespace() || matches!(c, '。' | '！' | '？')
}

/// Addresses, numbers with letters, markup and program code: no words of any language.
fn is_noise(token: &str) -> bool {
    let bytes = token.as_bytes();
    let has_letter = bytes.iter().any(u8::is_ascii_alphabetic);
    let has_sign = bytes.iter().any(|byte| byte.is_ascii_digit() || b"_=@{}\\<>".contains(byte));
    let is_address = token.contains("://") || token.contains('/') && token.contains('.') || token.starts_with("www.");
    let is_entity = token.starts_with('&') && token.ends_with(';');
    let is_code = token.starts_with(['#', '`', '$']) || token.starts_with("--");
    has_letter && (has_sign || is_address || is_entity) || is_code
}

/// Weighs letter after letter.
struct Scale<'a> {
    tables: &'a Tables,
    done: Pieces,
    piece: Piece,
    /// Evidence of the piece so far.
    row: Vec<i32>,
    /// Letters of the piece and of all that were weighed.
    weighed: u32,
    all_weighed: u32,
    script: u8,
    /// Words of `script` that are not yet weighed: letters, and edges before, between and behind them.
    words: Vec<u8>,
    /// Whether the word that is being read is none of any language.
    is_babble: bool,
}

impl<'a> Scale<'a> {
    fn new(tables: &'a Tables, width: usize) -> Self {
        Self {
            tables,
            done: Pieces { pieces: Vec::new(), evidence: Vec::new(), width },
            piece: Piece { range: 0..0, begins_line: true, letters: 0, places: Default::default() },
            row: vec![0; width],
            weighed: 0,
            all_weighed: 0,
            script: 0,
            words: vec![EDGE],
            is_babble: false,
        }
    }

    fn may_be_short(&self) -> bool {
        self.done.pieces.len() < MAX_SHORT_PIECES
    }

    /// Ends the piece before `at`, and begins one there.
    fn begin(&mut self, at: usize, begins_line: bool) {
        self.end_word();
        self.pour();
        self.piece.range.end = at;
        let next = Piece { range: at..at, begins_line, letters: 0, places: Default::default() };
        let piece = std::mem::replace(&mut self.piece, next);
        self.weighed = 0;
        if !piece.range.is_empty() {
            self.done.pieces.push(piece);
            self.done.evidence.extend(&self.row);
            self.row.fill(0);
        }
    }

    fn finish(mut self, end: usize) -> Pieces {
        self.begin(end, false);
        self.done
    }

    /// Weighs what stands between two blanks.
    fn token(&mut self, token: &str) {
        for c in token.chars() {
            match self.tables.letter(c) {
                Letter::Known(script, letter) => {
                    if script != self.script || self.words.len() + 1 >= MAX_LETTERS {
                        self.end_word();
                        self.pour();
                        self.script = script;
                    }
                    // No language writes a letter more than three times in a row.
                    self.is_babble |= self.words.ends_with(&[letter; 3]);
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
        let places = self.words.len() - 1;
        if places == 0 {
            return;
        }
        let letters = self.words.iter().filter(|letter| **letter != EDGE).count() as u32;
        self.piece.letters += letters;
        if self.all_weighed < ALL_WEIGHED || self.weighed < BEGINNING {
            self.weigh();
            self.piece.places[self.script as usize] += places as u32;
            self.weighed += letters;
            self.all_weighed += letters;
        }
        self.words.truncate(1);
    }

    fn weigh(&mut self) {
        let evidence = self.tables.weigh(self.script, &self.words);
        let row = &mut self.row[self.tables.slots_of(self.script)];
        row.iter_mut().zip(&evidence).for_each(|(sum, lane)| *sum += i32::from(*lane));
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
