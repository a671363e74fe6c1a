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
