//! How well a text fits a language, and how far that language is before the others.

use super::candidates::Candidates;
use super::tables::{Tables, UNITS_PER_NAT};

/// Unknown languages fit a known one less well than its own texts do, and several of them about as well: what the lead over
/// the next language, in nats for each letter, adds to the fit, and up to which lead.
const FIT_OF_A_LEAD: f64 = 0.07;
const MAX_LEAD: f64 = 2.0;
/// The least fit of a long text, and by how much a text of n letters may fall below it: so much divided by √n. Texts of more
/// letters fit no better: they are full of names and terms.
const MIN_FIT: f64 = 1.04;
const SCATTER: f64 = 0.8;
const MAX_PLACES: f64 = 600.0;
/// How much less well English may fit: no unknown language is much like it, and it is most of the web.
const LENIENCY_FOR_ENGLISH: f64 = 0.06;

/// Lists, names and terms make a text fit its language less well as a whole, but most of its pieces fit by themselves. Of a
/// long text in an unknown language no more than this share does; of n pieces it may be more, by so much divided by √n. And
/// what the share counts in the fit.
const MOST_PIECES: f64 = 0.6;
const SCATTER_OF_PIECES: f64 = 0.4;
const FIT_OF_PIECES: f64 = 0.2;

/// In a text with fewer than one marked letter in so many places the marks were left out, or its language has none.
const PLACES_FOR_A_MARK: u64 = 100;

/// Where evidence is from.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Places {
    /// Letters and edges of words.
    pub(super) all: u64,
    /// Letters beyond ASCII.
    pub(super) marked: u64,
}

/// The candidate that most speaks for.
pub(super) fn leader(evidence: &[i64]) -> usize {
    (0..evidence.len()).rev().max_by_key(|&candidate| evidence[candidate]).unwrap_or(0)
}

/// How much more speaks for a candidate than for the best of the other languages, in nats.
pub(super) fn lead(evidence: &[i64], candidates: &Candidates, candidate: usize) -> f64 {
    let numbers = &candidates.numbers;
    lead_over(evidence, candidate, |rival| numbers[rival] != numbers[candidate])
}

fn lead_over(evidence: &[i64], candidate: usize, is_rival: impl Fn(usize) -> bool) -> f64 {
    let rivals = (0..evidence.len()).filter(|&rival| is_rival(rival));
    let best = rivals.map(|rival| evidence[rival]).max().unwrap_or(0);
    (evidence[candidate] - best) as f64 / f64::from(UNITS_PER_NAT)
}

/// By how much evidence from so many places fits a candidate better than it must at least, for each letter, as a share of what
/// its own texts give. `None` if there is no place, or the candidate has no tables.
pub(super) fn above_least(
    evidence: &[i64],
    places: Places,
    candidate: usize,
    candidates: &Candidates,
    tables: &Tables,
) -> Option<f64> {
    let slot = tables.slots.get(candidate).filter(|_| places.all > 0)?;
    let numbers = &candidates.numbers;
    let close = candidates.close_to(candidate);
    let is_close = |rival: usize| close.contains(&rival);
    let lead = lead_over(evidence, candidate, |rival| numbers[rival] != numbers[candidate] && !is_close(rival));
    let mean = if places.marked * PLACES_FOR_A_MARK < places.all { slot.bare_mean } else { slot.mean };
    let places = places.all as f64;
    let fit = evidence[candidate] as f64 / (places * f64::from(mean)) + FIT_OF_A_LEAD * (lead / places).min(MAX_LEAD);
    let leniency = if slot.language == candidates.english { LENIENCY_FOR_ENGLISH } else { 0.0 };
    Some(fit - (MIN_FIT - leniency - SCATTER / places.min(MAX_PLACES).sqrt()))
}

/// How much of a text is in pieces that fit it by themselves.
#[derive(Debug, Default)]
pub(super) struct Share {
    n_pieces: u32,
    letters: u64,
    fitting: u64,
    skimmed: u64,
    /// The share up to the first piece that was skimmed: behind it only the doubtful ones are weighed.
    of_beginning: Option<f64>,
}

impl Share {
    /// Adds a piece with so many letters, and how far it fits above the least.
    pub(super) fn add(&mut self, letters: u32, above: Option<f64>) {
        self.n_pieces += 1;
        self.letters += u64::from(letters);
        self.fitting += if above.is_some_and(|above| above >= 0.0) { u64::from(letters) } else { 0 };
    }

    /// Adds a piece that was skimmed: it is like the beginning.
    pub(super) fn skim(&mut self, letters: u32) {
        if self.letters > 0 {
            self.of_beginning.get_or_insert(self.fitting as f64 / self.letters as f64);
        }
        self.n_pieces += 1;
        self.skimmed += u64::from(letters);
    }

    /// By how much that is more than it must be at least, as a fit.
    pub(super) fn above_least(&self) -> f64 {
        let of_weighed = self.fitting as f64 / self.letters.max(1) as f64;
        let fitting = self.fitting as f64 + self.of_beginning.unwrap_or(of_weighed) * self.skimmed as f64;
        let share = fitting / (self.letters + self.skimmed).max(1) as f64;
        FIT_OF_PIECES * (share - MOST_PIECES - SCATTER_OF_PIECES / f64::from(self.n_pieces.max(1)).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubtful_pieces_do_not_outweigh_what_was_skimmed() {
        let above = |beginning| {
            let mut share = Share::default();
            (0..10).for_each(|_| share.add(100, Some(beginning)));
            (0..40).for_each(|_| {
                share.skim(500);
                share.add(100, Some(-0.1));
            });
            share.above_least()
        };
        assert!(above(0.1) > 0.0 && above(-0.1) < 0.0);
        let mut share = Share::default();
        [0.1, 0.1, -0.1].into_iter().for_each(|above| share.add(100, Some(above)));
        assert!(share.above_least() < 0.0, "two of three pieces are too few to tell");
    }
}
