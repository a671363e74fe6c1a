//! From text to pieces of about a sentence, each with what it says for every language.

use std::ops::Range;

use super::alphabet::Script;
use super::candidates::Candidates;
use super::scale::Scale;
use super::tables::Tables;
use super::tokens::{PlainWords, Token};

/// A count for each script with tables, and one for all others.
pub(super) type ByScript = [u32; Script::WITH_TABLES.len() + 1];

/// A sentence ends a piece that has so many bytes; shorter ones say too little by themselves.
const MIN_BYTES: usize = 40;
/// Longer pieces are cut at the next blank.
const MAX_BYTES: usize = 200;
/// Pieces that end where a line or a sentence does. Behind them all are as long as may be, so that memory is bounded.
const MAX_SHORT_PIECES: usize = 1 << 16;

/// Where in a line a piece begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begins {
    Line,
    InsideLine,
}

/// A stretch of text that is taken to be in one language.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    pub(super) begins: Begins,
    /// Letters, those of Chinese counted twice.
    pub(super) letters: u32,
    /// Letters beyond ASCII, as far as it was weighed.
    pub(super) marked: u32,
    /// Letters and edges of words, by script: the places that evidence is from. Scripts without tables are the last.
    pub(super) places: ByScript,
    /// Whether it was only skimmed: it is in the language of the text before it, and its evidence is less than it could be.
    pub(super) is_skimmed: bool,
}

impl Piece {
    pub(super) fn new(start: usize, begins: Begins) -> Self {
        Self { range: start..start, begins, letters: 0, marked: 0, places: Default::default(), is_skimmed: false }
    }

    /// Takes in the piece behind it.
    fn join(&mut self, next: &Self) {
        self.range.end = next.range.end;
        self.letters += next.letters;
        self.marked += next.marked;
        self.places.iter_mut().zip(next.places).for_each(|(sum, own)| *sum += own);
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
    /// None yet, of a text that may be in so many candidates.
    pub(super) fn none(width: usize) -> Self {
        Self { pieces: Vec::new(), evidence: Vec::new(), width }
    }

    /// Adds a piece. Skimmed ones are in one language, so one behind another is joined with it.
    pub(super) fn push(&mut self, piece: Piece, evidence: &[i32]) {
        match self.pieces.last_mut() {
            Some(last) if last.is_skimmed && piece.is_skimmed => {
                last.join(&piece);
                let start = self.evidence.len() - self.width;
                self.evidence[start..].iter_mut().zip(evidence).for_each(|(sum, own)| *sum += own);
            }
            _ => {
                self.pieces.push(piece);
                self.evidence.extend(evidence);
            }
        }
    }

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
            if scale.is_known() {
                let plain = PlainWords::at(text, at, scale.piece_start() + MAX_BYTES);
                scale.pass(&plain);
                at = plain.end;
            }
            let token = Token::at(text, at);
            if !token.is_noise() {
                scale.token(&token);
            }
            at = token.end;
            let n_bytes = at - scale.piece_start();
            let may_be_short = scale.n_pieces() < MAX_SHORT_PIECES;
            if may_be_short && text.as_bytes()[at - 1] == b'\n' {
                scale.begin(at, Begins::Line);
            } else if n_bytes > MAX_BYTES || n_bytes > MIN_BYTES && may_be_short && token.ends_sentence() {
                scale.begin(at, Begins::InsideLine);
            }
        }
        scale.finish(at)
    }
}
