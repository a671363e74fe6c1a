//! Languages in the scripts they are written in, some of them transliterated: lingua has one script for each.

use std::collections::HashMap;

use corpusmill::language::alphabet::Script;

use crate::ngrams::{EDGE, Frequencies, MAX_ORDER, Model, Ngram};

/// A language in one script.
pub struct Slot {
    /// ISO 639-3.
    pub code: &'static str,
    pub script: Script,
    pub frequencies: Frequencies,
}

/// lingua's names, codes of ISO 639-3 and scripts. Chinese, Japanese and Korean are known by their scripts.
const LANGUAGES: &str = include_str!("languages.txt");

/// Serbian letters of which each is one in both scripts (Pravopis srpskoga jezika, 2010).
const SERBIAN_CYRILLIC: &str = "абвгдђежзијклмнопрстћуфхцчш";
const SERBIAN_LATIN: &str = "abvgdđežzijklmnoprstćufhcčš";
/// Those that are two in the Latin script.
const DIGRAPHS: [(char, [char; 2]); 3] = [('љ', ['l', 'j']), ('њ', ['n', 'j']), ('џ', ['d', 'ž'])];

/// Azerbaijani in the Latin alphabet of 1991 and the Cyrillic one of 1958.
const AZERBAIJANI_LATIN: &str = "abcçdeəfgğhxıijkqlmnoöprsştuüvyz";
const AZERBAIJANI_CYRILLIC: &str = "абҹчдеәфҝғһхыижкглмноөпрсштуүвјз";

/// All languages in all scripts that tables are made for, in a fixed order.
pub fn slots(models: Vec<Model>) -> Vec<Slot> {
    let mut slots = Vec::new();
    for model in models {
        let known = LANGUAGES.lines().map(|line| line.split(' ').collect::<Vec<_>>()).find(|fields| fields[0] == model.name);
        let Some(&[_, code, script]) = known.as_deref() else { continue };
        let Some(script) = Script::WITH_TABLES.into_iter().find(|s| format!("{s:?}") == script) else { continue };
        let frequencies = of_script(model.frequencies, script);
        let other = match code {
            "srp" => Some((Script::Latin, serbian_in_latin(&frequencies))),
            "bos" => Some((Script::Cyrillic, bosnian_in_cyrillic(&frequencies))),
            "aze" => Some((Script::Cyrillic, letter_by_letter(&frequencies, AZERBAIJANI_LATIN, AZERBAIJANI_CYRILLIC))),
            _ => None,
        };
        slots.extend(other.map(|(script, frequencies)| Slot { code, script, frequencies }));
        slots.push(Slot { code, script, frequencies });
    }
    slots
}

/// Without the quotations in other scripts that were in lingua's texts.
fn of_script(frequencies: Frequencies, script: Script) -> Frequencies {
    let own = |ngram: &Ngram| ngram.iter().all(|&c| c == EDGE || Script::of(c) == Some(script));
    frequencies.into_iter().filter(|(ngram, _)| own(ngram)).collect()
}

fn pairs(from: &str, to: &str) -> HashMap<char, char> {
    from.chars().zip(to.chars()).chain([(EDGE, EDGE)]).collect()
}

fn letter_by_letter(frequencies: &Frequencies, from: &str, to: &str) -> Frequencies {
    let pairs = pairs(from, to);
    let changed = |ngram: &Ngram| ngram.iter().map(|c| pairs.get(c).copied()).collect::<Option<Ngram>>();
    frequencies.iter().filter_map(|(ngram, frequency)| Some((changed(ngram)?, *frequency))).collect()
}

/// A letter that becomes two makes n-grams that begin or end between them.
fn serbian_in_latin(frequencies: &Frequencies) -> Frequencies {
    let pairs = pairs(SERBIAN_CYRILLIC, SERBIAN_LATIN);
    let letters = |c: &char| match DIGRAPHS.iter().find(|(cyrillic, _)| cyrillic == c) {
        Some((_, latin)) => Some(latin.to_vec()),
        None => Some(vec![*pairs.get(c)?]),
    };
    let mut latin = Frequencies::default();
    for (ngram, frequency) in frequencies {
        let Some(spelt) = ngram.iter().map(letters).collect::<Option<Vec<_>>>() else { continue };
        let cuts_first = [0, spelt[0].len() - 1];
        let cuts_last = [0, spelt[spelt.len() - 1].len() - 1];
        let whole = spelt.concat();
        for first in &cuts_first[..spelt[0].len()] {
            for last in &cuts_last[..spelt[spelt.len() - 1].len()] {
                if (1..=MAX_ORDER).contains(&(whole.len().saturating_sub(first + last))) {
                    *latin.entry(whole[*first..whole.len() - last].to_vec()).or_default() += frequency;
                }
            }
        }
    }
    latin
}

/// Two letters that become one: what begins or ends between them is not counted.
fn bosnian_in_cyrillic(frequencies: &Frequencies) -> Frequencies {
    let pairs = pairs(SERBIAN_LATIN, SERBIAN_CYRILLIC);
    let mut cyrillic = Frequencies::default();
    for (ngram, frequency) in frequencies {
        let longer = |with: &dyn Fn(&[char; 2]) -> Option<Ngram>| -> f64 {
            let all = DIGRAPHS.iter().filter_map(|(_, latin)| with(latin));
            all.filter_map(|longer| frequencies.get(&longer)).sum()
        };
        let first = ngram[0];
        let last = ngram[ngram.len() - 1];
        let begins_inside = longer(&|[a, b]| (*b == first).then(|| [&[*a], &ngram[..]].concat()));
        let ends_inside = longer(&|[a, b]| (*a == last).then(|| [&ngram[..], &[*b]].concat()));
        let rest = frequency - begins_inside - ends_inside;
        let mut spelt = Ngram::new();
        let mut letters = &ngram[..];
        let known = loop {
            match letters {
                [] => break true,
                [a, b, others @ ..] if DIGRAPHS.iter().any(|(_, latin)| latin == &[*a, *b]) => {
                    spelt.extend(DIGRAPHS.iter().filter(|(_, latin)| latin == &[*a, *b]).map(|(cyrillic, _)| cyrillic));
                    letters = others;
                }
                [a, others @ ..] => {
                    let Some(letter) = pairs.get(a) else { break false };
                    spelt.push(*letter);
                    letters = others;
                }
            }
        };
        if known && rest > 0.0 {
            *cyrillic.entry(spelt).or_default() += rest;
        }
    }
    cyrillic
}
