//! The likeliest sequence of languages over the pieces of a text, by dynamic programming (Viterbi, 1967).

use super::candidates::Candidates;
use super::pieces::Pieces;
use super::tables::UNITS_PER_NAT;

/// What it costs that the language changes between two lines, in nats.
const BETWEEN_LINES: f32 = 12.0;
/// What it costs inside a line.
const INSIDE_LINE: f32 = 20.0;
/// What it costs more when the other language is a close one.
const BETWEEN_CLOSE: f32 = 40.0;

/// A candidate for each piece. `priors` are what speaks for each candidate before anything is read, in nats.
pub(super) fn likeliest(pieces: &Pieces, candidates: &Candidates, priors: &[f32]) -> Vec<usize> {
    let in_units = |nats: f32| (nats * UNITS_PER_NAT) as i32;
    let width = candidates.languages.len();
    let mut scores: Vec<i32> = priors.iter().map(|nats| in_units(*nats)).collect();
    let mut steps: Vec<u8> = Vec::with_capacity(width * pieces.pieces.len());
    for (number, piece) in pieces.pieces.iter().enumerate() {
        let change = if piece.begins_line { BETWEEN_LINES } else { INSIDE_LINE };
        let change = in_units(change);
        let close = in_units(BETWEEN_CLOSE);
        let best = best(&scores, |_| true);
        let apart = self::best(&scores, |candidate| candidates.groups[candidate] != candidates.groups[best]);
        let evidence = pieces.evidence(number);
        // Scores are counted from the best, so that no text is too long for them.
        let top = scores[best];
        let before = [-change, scores[apart] - top - change];
        for (candidate, score) in scores.iter_mut().enumerate() {
            let is_close = candidates.groups[candidate].is_some() && candidates.groups[candidate] == candidates.groups[best];
            let from_best = if is_close { before[0] - close } else { before[0] };
            let (from, step) = if is_close && before[1] > from_best { (before[1], apart) } else { (from_best, best) };
            let stay = *score - top;
            let step = if from > stay { step } else { candidate };
            *score = from.max(stay) + evidence[candidate];
            steps.push(step as u8);
        }
    }
    let mut candidate = best(&scores, |_| true);
    let mut path = vec![0; pieces.pieces.len()];
    for (piece, place) in path.iter_mut().enumerate().rev() {
        *place = candidate;
        candidate = steps[piece * width + candidate] as usize;
    }
    path
}

/// The first of the best.
fn best(scores: &[i32], may: impl Fn(usize) -> bool) -> usize {
    let mut best = None;
    for candidate in (0..scores.len()).filter(|&candidate| may(candidate)) {
        if best.is_none_or(|best: usize| scores[candidate] > scores[best]) {
            best = Some(candidate);
        }
    }
    best.unwrap_or(0)
}
