//! The likeliest sequence of languages over the pieces of a text, by dynamic programming (Viterbi, 1967).

use super::candidates::Candidates;
use super::pieces::{Begins, Pieces};
use super::tables::UNITS_PER_NAT;

/// What it costs that the language changes between two lines, in units.
const BETWEEN_LINES: i32 = 12 * UNITS_PER_NAT as i32;
/// What it costs inside a line.
const INSIDE_LINE: i32 = 20 * UNITS_PER_NAT as i32;
/// What it costs more when the other language is a close one.
const BETWEEN_CLOSE: i32 = 40 * UNITS_PER_NAT as i32;

/// Where a change to a piece's candidate comes from: the best candidate before, or the best outside of its group.
struct Change {
    best: usize,
    apart: usize,
    /// What speaks for a candidate behind a change, where the best is not close to it and where it is.
    score: i32,
    score_of_close: i32,
    /// Whether a candidate that is close to the best comes from the best outside of the group.
    is_from_apart: bool,
}

impl Change {
    /// Scores are counted from the best, so that no text is too long for them.
    fn new(scores: &mut [i32], candidates: &Candidates, cost: i32) -> Self {
        let (best, top) = best(scores);
        scores.iter_mut().for_each(|score| *score -= top);
        let group = candidates.close_to(best);
        let apart = if group.is_empty() { best } else { best_apart(scores, group) };
        let (from_best, from_apart) = (-cost - BETWEEN_CLOSE, scores[apart] - cost);
        let is_from_apart = from_apart > from_best;
        Self { best, apart, score: -cost, score_of_close: from_best.max(from_apart), is_from_apart }
    }
}

/// A candidate for each piece. `priors` are what speaks for each candidate before anything is read, in units; to change to one of
/// which less speaks costs as much more, because a short line in another script may fit any.
pub(super) fn likeliest(pieces: &Pieces, candidates: &Candidates, priors: &[i32]) -> Vec<usize> {
    let width = priors.len();
    let most = priors.iter().copied().fold(i32::MIN, i32::max);
    let costs: Vec<i32> = priors.iter().map(|prior| most - prior).collect();
    let mut scores = priors.to_vec();
    let mut changes: Vec<Change> = Vec::with_capacity(pieces.pieces.len());
    // For each piece and candidate, whether the piece before is likeliest in the same.
    let mut stays = vec![false; width * pieces.pieces.len()];
    for (number, (piece, stays)) in pieces.pieces.iter().zip(stays.chunks_exact_mut(width)).enumerate() {
        let cost = match piece.begins {
            Begins::Line => BETWEEN_LINES,
            Begins::InsideLine => INSIDE_LINE,
        };
        let change = Change::new(&mut scores, candidates, cost);
        let evidence = pieces.evidence(number);
        let group = candidates.close_to(change.best);
        let before: [i32; Candidates::MOST_CLOSE] = std::array::from_fn(|i| group.get(i).map_or(0, |&member| scores[member]));
        for (((score, stays), evidence), cost) in scores.iter_mut().zip(&mut *stays).zip(evidence).zip(&costs) {
            let changed = change.score - cost;
            *stays = *score >= changed;
            *score = (*score).max(changed) + evidence;
        }
        for (&member, before) in group.iter().zip(before) {
            let changed = change.score_of_close - costs[member];
            stays[member] = before >= changed;
            scores[member] = before.max(changed) + evidence[member];
        }
        changes.push(change);
    }
    let (mut candidate, _) = best(&scores);
    let mut path = vec![0; pieces.pieces.len()];
    for (piece, change) in changes.iter().enumerate().rev() {
        path[piece] = candidate;
        if !stays[piece * width + candidate] {
            let is_close = candidates.close_to(change.best).contains(&candidate);
            candidate = if is_close && change.is_from_apart { change.apart } else { change.best };
        }
    }
    path
}

/// The first of the best, and its score.
fn best(scores: &[i32]) -> (usize, i32) {
    let top = highest(scores);
    (scores.iter().position(|&score| score == top).unwrap_or(0), top)
}

/// The first of the best outside of a group.
fn best_apart(scores: &[i32], group: &[usize]) -> usize {
    let top = highest_apart(scores, group);
    (0..scores.len()).find(|candidate| scores[*candidate] == top && !group.contains(candidate)).unwrap_or(0)
}

/// The highest score outside of a group, whose candidates come in order.
fn highest_apart(scores: &[i32], group: &[usize]) -> i32 {
    let mut start = 0;
    let ends = group.iter().copied().chain([scores.len()]);
    let between = ends.map(|end| highest(&scores[std::mem::replace(&mut start, end + 1)..end]));
    between.max().unwrap_or(i32::MIN)
}

fn highest(scores: &[i32]) -> i32 {
    scores.iter().copied().fold(i32::MIN, i32::max)
}

#[cfg(test)]
mod tests {
    use super::super::{Identifier, Ngrams};

    fn check(text: &str, expected: &[&str]) {
        let found = Ngrams::default().identify(text, None);
        assert_eq!(found.spans.iter().map(|span| span.language.bcp47).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn latin_lines_in_other_scripts_are_in_no_rare_language() {
        let between = |line: &str| {
            format!("これは港についての話です。いまはだれもすんでいません。\n{line}\nむかしのはなしです。船はもう来ません。")
        };
        check(&between("Bugfix checklist"), &["ja", "en", "ja"]);
    }

    #[test]
    fn latin_names_do_not_outweigh_characters() {
        check("之后，本文由 Annika Hillström 进行整理，然后是 Josip Westerman。\n港口在很久以前就已经关闭了。", &["zh"]);
        check("港口服务器从 2.2 升级到 2.4。\nHarbour 模块 mod_quay\nHarbour 模块 mod_asis\n现在没有人住在那里。", &["zh"]);
    }
}
