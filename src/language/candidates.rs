//! What a piece of text can be in: the languages of the tables, those known by their script, and none that is known.

use super::alphabet::Script;
use super::codes;
use super::tables::{Tables, UNITS_PER_NAT};
use crate::document::Language;

/// Candidates without tables, by their number behind the slots of the tables.
pub(super) const CHINESE: usize = 0;
pub(super) const JAPANESE: usize = 1;
pub(super) const KOREAN: usize = 2;
/// Any language of a script that none of the known ones is written in.
pub(super) const OTHER: usize = 3;

/// Languages that are hard to tell apart, or one language with several standards.
const CLOSE: [&[&str]; 3] = [&["bos", "hrv", "srp"], &["ind", "msa"], &["nob", "nno", "dan"]];

/// Languages that are not as close as those, but that words tell apart as well, because n-grams say less of them than they might.
const RELATED: [&[&str]; 1] = [&["hin", "mar"]];

/// Groups, the close ones first.
pub(super) const N_GROUPS: usize = CLOSE.len() + RELATED.len();

/// Languages of more than a third of all pages, of more than one page in a hundred, and of less than one in a thousand, in
/// the statistics that Common Crawl publishes of its crawls; with what that speaks for them, in nats. It decides what says
/// little otherwise.
const ON_THE_WEB: [(f32, &[&str]); 3] = [
    (3.0, &["eng"]),
    (1.5, &["rus", "deu", "jpn", "zho", "spa", "fra", "ita", "por", "nld", "pol", "tur", "ces", "vie", "fas"]),
    (
        -1.5,
        &[
            "afr", "aze", "bel", "bos", "cym", "epo", "eus", "gle", "guj", "hye", "isl", "kat", "kaz", "lat", "lug", "mar",
            "mkd", "mon", "mri", "msa", "nno", "pan", "sna", "som", "sot", "sqi", "swa", "tam", "tel", "tgl", "tsn", "tso",
            "urd", "xho", "yor", "zul",
        ],
    ),
];

/// All candidates, in the order of evidence.
#[derive(Debug)]
pub(super) struct Candidates {
    pub(super) languages: Vec<Language>,
    /// A number for the language of each: that of the first candidate in it.
    pub(super) numbers: Vec<usize>,
    /// The group of each, close or related, if it is in one.
    pub(super) groups: Vec<Option<u8>>,
    /// The script of each.
    pub(super) scripts: Vec<Script>,
    /// What speaks for each before anything is read, in units.
    pub(super) priors: Vec<i32>,
    /// The candidates of each group, close ones first.
    members: Vec<Vec<usize>>,
    pub(super) english: Language,
    pub(super) malay: Language,
}

impl Candidates {
    /// Candidates of the largest close group: three languages, of which two are written in two scripts.
    pub(super) const MOST_CLOSE: usize = 5;

    pub(super) fn new(tables: &Tables) -> Self {
        let by_script = ["zho", "jpn", "kor"].map(codes::by_iso639_3);
        let of_tables = tables.slots.iter().map(|slot| slot.language);
        let languages: Vec<Language> = of_tables.chain(by_script).chain([Language::UNDETERMINED]).collect();
        let number = |language: &Language| languages.iter().position(|first| first == language).unwrap_or(0);
        let numbers = languages.iter().map(number).collect();
        let group = |language: &Language| CLOSE.iter().chain(&RELATED).position(|group| group.contains(&language.iso639_3));
        let groups: Vec<Option<u8>> = languages.iter().map(|language| group(language).map(|group| group as u8)).collect();
        let prior =
            |language: &Language| ON_THE_WEB.iter().find(|(_, all)| all.contains(&language.iso639_3)).map_or(0.0, |p| p.0);
        let priors = languages.iter().map(|language| (prior(language) * UNITS_PER_NAT) as i32).collect();
        let with_tables = (0..tables.slots.len()).map(|slot| Script::WITH_TABLES[tables.script_of(slot)]);
        let scripts = with_tables.chain([Script::Han, Script::Kana, Script::Hangul, Script::Other]).collect();
        let members = |group| (0..groups.len()).filter(|&candidate| groups[candidate] == Some(group as u8)).collect();
        let members = (0..N_GROUPS).map(members).collect();
        let [english, malay] = ["eng", "msa"].map(codes::by_iso639_3);
        Self { languages, numbers, groups, scripts, priors, members, english, malay }
    }

    /// The candidates of a group.
    pub(super) fn members(&self, group: u8) -> &[usize] {
        &self.members[group as usize]
    }

    /// The candidates of the close group that a candidate is in, itself among them; none if it is in no group.
    pub(super) fn close_to(&self, candidate: usize) -> &[usize] {
        let close = self.groups[candidate].filter(|group| (*group as usize) < CLOSE.len());
        close.map_or(&[], |group| self.members(group))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_close_group_is_larger_than_the_largest() {
        let candidates = Candidates::new(&Tables::built_in());
        let sizes = (0..CLOSE.len()).map(|group| candidates.members(group as u8).len());
        assert_eq!(sizes.max(), Some(Candidates::MOST_CLOSE));
    }
}
