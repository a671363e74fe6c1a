//! Languages by n-grams of letters: from text to the languages of its parts, and of the whole.

use super::alphabet::Script;
use super::candidates::Candidates;
use super::close::CloseLanguages;
use super::fit::Places;
use super::pieces::Pieces;
use super::tables::{Tables, UNITS_PER_NAT};
use super::unknown::UnknownLanguages;
use super::{Identifier, fit, jawi, kanji, keyboards, path};
use crate::document::{Language, LanguageShare, LanguageSpan, Languages};

/// English in a page that is to a part in another language is often menus and notices; its letters count so much.
const WEIGHT_OF_ENGLISH: f64 = 0.5;
/// The least share of another language that makes English count less.
const MIN_OTHER_SHARE: f64 = 0.15;
/// What a declared language has for it before anything is read, in units: enough for a near tie, and for no more.
const DECLARED: i32 = (2.5 * UNITS_PER_NAT) as i32;
/// A lead of so many nats makes the chance of an error e times smaller.
const NATS_OF_DOUBT: f64 = 5.0;
/// The same for the fit, above the least.
const FIT_OF_DOUBT: f64 = 0.04;
/// The same for letters of a script that no known language is written in, or that one language has for itself.
const PLACES_OF_DOUBT: f64 = 5.0;

/// The tables that are part of the program.
#[derive(Debug)]
pub struct Ngrams {
    tables: Tables,
    candidates: Candidates,
    close: CloseLanguages,
    unknown: UnknownLanguages,
}

impl Default for Ngrams {
    fn default() -> Self {
        let tables = Tables::built_in();
        let candidates = Candidates::new(&tables);
        let close = CloseLanguages::new(&candidates);
        Self { tables, candidates, close, unknown: UnknownLanguages::default() }
    }
}

impl Identifier for Ngrams {
    fn identify(&self, text: &str, declared: Option<Language>) -> Languages {
        let found = self.identify_as_typed(text, declared);
        retyped_where_unknown(text, &found.spans).map_or(found, |retyped| self.identify_as_typed(&retyped, declared))
    }

    fn languages(&self) -> Vec<Language> {
        let mut languages = self.candidates.languages.clone();
        languages.retain(|language| *language != Language::UNDETERMINED);
        languages.sort();
        languages.dedup();
        languages
    }
}

/// What is thought of all pieces of a candidate.
#[derive(Debug, Clone, Copy)]
struct Verdict {
    language: Language,
    confidence: f64,
    letters: u64,
}

/// The text with those parts that are in no known language retyped; `None` if none of them can be.
fn retyped_where_unknown(text: &str, spans: &[LanguageSpan]) -> Option<String> {
    let mut whole = None;
    for span in spans.iter().filter(|span| span.language == Language::UNDETERMINED) {
        if let Some(part) = keyboards::retyped(&text[span.range.clone()]) {
            whole.get_or_insert_with(|| text.to_owned()).replace_range(span.range.clone(), &part);
        }
    }
    whole
}

impl Ngrams {
    /// The languages of a text by the letters that it has.
    fn identify_as_typed(&self, text: &str, declared: Option<Language>) -> Languages {
        let mut pieces = Pieces::of(text, &self.tables, &self.candidates);
        kanji::weigh(text, &mut pieces, self.tables.slots.len());
        let path = self.path(text, &mut pieces, declared);
        let verdicts = self.verdicts(text, &pieces, &path);
        let spans = self.spans(&pieces, &path, &verdicts);
        let shares = self.shares(&pieces, &path, &verdicts);
        let main = self.main(&shares);
        let of_main = (0..verdicts.len()).filter(|&c| verdicts[c].language == main && verdicts[c].letters > 0);
        let candidate = of_main.max_by_key(|&candidate| verdicts[candidate].letters);
        let confidence = candidate.map_or(0.0, |candidate| verdicts[candidate].confidence);
        let script = candidate.map_or("", |candidate| self.candidates.scripts[candidate].iso15924());
        Languages { main, confidence, script, shares, spans }
    }

    /// The candidate of each piece.
    fn path(&self, text: &str, pieces: &mut Pieces, declared: Option<Language>) -> Vec<usize> {
        let mut priors = self.candidates.priors.clone();
        if let Some(declared) = declared {
            let of_declared = priors.iter_mut().zip(&self.candidates.languages).filter(|(_, language)| **language == declared);
            of_declared.for_each(|(prior, _)| *prior += DECLARED);
        }
        let first = path::likeliest(pieces, &self.candidates, &priors);
        let group_of = |piece: usize| self.candidates.groups[first[piece]];
        let mut groups: Vec<u8> = (0..first.len()).filter_map(group_of).collect();
        groups.sort_unstable();
        groups.dedup();
        if groups.is_empty() {
            return first;
        }
        for group in groups {
            let members = self.candidates.members(group);
            self.close.weigh(text, group, members, |piece| group_of(piece) == Some(group), pieces);
        }
        path::likeliest(pieces, &self.candidates, &priors)
    }

    /// For each candidate, whether its pieces are in its language or in none that is known.
    fn verdicts(&self, text: &str, pieces: &Pieces, path: &[usize]) -> Vec<Verdict> {
        let none = Verdict { language: Language::UNDETERMINED, confidence: 0.0, letters: 0 };
        let mut verdicts = vec![none; self.candidates.languages.len()];
        let mut found = path.to_vec();
        found.sort_unstable();
        found.dedup();
        found.into_iter().for_each(|candidate| verdicts[candidate] = self.verdict_on(candidate, text, pieces, path));
        verdicts
    }

    fn verdict_on(&self, candidate: usize, text: &str, pieces: &Pieces, path: &[usize]) -> Verdict {
        let own = || (0..path.len()).filter(|&piece| path[piece] == candidate);
        let letters = own().map(|piece| u64::from(pieces.pieces[piece].letters)).sum();
        if letters == 0 {
            return Verdict { language: Language::UNDETERMINED, confidence: 0.0, letters };
        }
        let mut evidence = vec![0i64; self.candidates.languages.len()];
        let script = self.tables.script_of(candidate);
        let mut places = Places::default();
        for piece in own().filter(|&piece| !pieces.pieces[piece].is_skimmed) {
            evidence.iter_mut().zip(pieces.evidence(piece)).for_each(|(sum, e)| *sum += i64::from(*e));
            places.all += u64::from(pieces.pieces[piece].places[script]);
            places.marked += u64::from(pieces.pieces[piece].marked);
        }
        let mut above = fit::above_least(&evidence, places, candidate, &self.candidates, &self.tables);
        if let Some(above) = above.as_mut().filter(|above| **above < 0.0) {
            *above = above.max(self.above_least_by_pieces(candidate, pieces, path));
        }
        let (language, confidence) = self.judge(candidate, &evidence, places, above);
        let texts = || own().map(|piece| &text[pieces.pieces[piece].range.clone()]);
        if self.candidates.scripts[candidate] == Script::Arabic
            && let Some(n) = jawi::letters(texts())
        {
            return Verdict { language: self.candidates.malay, confidence: 1.0 - doubt(n as f64, PLACES_OF_DOUBT), letters };
        }
        if self.unknown.has(language, texts()) {
            return Verdict { language: Language::UNDETERMINED, confidence, letters };
        }
        Verdict { language, confidence, letters }
    }

    /// How much of a candidate's text is in pieces that fit it by themselves, as a fit above the least.
    fn above_least_by_pieces(&self, candidate: usize, pieces: &Pieces, path: &[usize]) -> f64 {
        let script = self.tables.script_of(candidate);
        let mut share = fit::Share::default();
        for number in (0..path.len()).filter(|&number| path[number] == candidate) {
            let piece = &pieces.pieces[number];
            if piece.is_skimmed {
                share.skim(piece.letters);
                continue;
            }
            let places = Places { all: u64::from(piece.places[script]), marked: u64::from(piece.marked) };
            let evidence: Vec<i64> = pieces.evidence(number).iter().copied().map(i64::from).collect();
            let above = fit::above_least(&evidence, places, candidate, &self.candidates, &self.tables);
            share.add(piece.letters, above);
        }
        share.above_least()
    }

    /// The candidate's language or none, and how sure that is. `above` is its fit above the least, if it has tables.
    fn judge(&self, candidate: usize, evidence: &[i64], places: Places, above: Option<f64>) -> (Language, f64) {
        let language = self.candidates.languages[candidate];
        if language == Language::UNDETERMINED {
            return (language, 1.0 - doubt(places.all as f64, PLACES_OF_DOUBT));
        }
        let sure = 1.0 - doubt(fit::lead(evidence, &self.candidates, candidate).max(0.0), NATS_OF_DOUBT);
        match above {
            Some(above) if above < 0.0 => (Language::UNDETERMINED, 1.0 - doubt(-above, FIT_OF_DOUBT)),
            Some(above) => (language, sure * (1.0 - doubt(above, FIT_OF_DOUBT))),
            None => (language, sure),
        }
    }

    fn spans(&self, pieces: &Pieces, path: &[usize], verdicts: &[Verdict]) -> Vec<LanguageSpan> {
        let mut spans: Vec<LanguageSpan> = Vec::new();
        for (piece, &candidate) in pieces.pieces.iter().zip(path) {
            let language = verdicts[candidate].language;
            match spans.last_mut() {
                Some(last) if last.language == language => last.range.end = piece.range.end,
                _ => spans.push(LanguageSpan { range: piece.range.clone(), language }),
            }
        }
        spans
    }

    /// Languages with their shares of the letters, the largest first.
    fn shares(&self, pieces: &Pieces, path: &[usize], verdicts: &[Verdict]) -> Vec<LanguageShare> {
        let all = pieces.pieces.iter().map(|piece| u64::from(piece.letters)).sum::<u64>() as f64;
        let mut shares: Vec<LanguageShare> = Vec::new();
        for (piece, &candidate) in pieces.pieces.iter().zip(path).filter(|(piece, _)| piece.letters > 0) {
            let language = verdicts[candidate].language;
            let share = f64::from(piece.letters) / all;
            match shares.iter_mut().find(|known| known.language == language) {
                Some(known) => known.share += share,
                None => shares.push(LanguageShare { language, share }),
            }
        }
        shares.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.language.cmp(&b.language)));
        shares
    }

    /// The language of the document: that of most letters, where those in English count less beside another language.
    fn main(&self, shares: &[LanguageShare]) -> Language {
        let english = self.candidates.english;
        let is_other = |s: &LanguageShare| s.language != english && s.language != Language::UNDETERMINED;
        let has_other = shares.iter().any(|s| is_other(s) && s.share > MIN_OTHER_SHARE);
        let weight = |s: &LanguageShare| if has_other && s.language == english { s.share * WEIGHT_OF_ENGLISH } else { s.share };
        let main = shares.iter().min_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.language.cmp(&b.language)));
        main.map_or(Language::UNDETERMINED, |share| share.language)
    }
}

/// The chance of an error, so far from where it is even.
fn doubt(distance: f64, scale: f64) -> f64 {
    0.5 * (-distance / scale).exp()
}
