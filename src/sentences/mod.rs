//! From paragraphs to sentences.

mod abbreviations;
mod beginnings;
mod bits;
mod breaks;
mod ends;
mod features;
mod finder;
mod kinds;
mod length;
mod lists;
mod marks;
mod model;
mod numbers;
mod particles;
mod place;
mod reasons;
mod rules;
mod titles;
mod words;

use std::ops::Range;
use std::sync::Arc;

pub use self::beginnings::Beginnings;
pub use self::features::{Evidence, N_FEATURES, N_WEIGHTS};
pub use self::model::Model;
use self::rules::Rules;
use crate::document::{Language, Languages, Sentence};
pub use crate::lines::paragraphs;

/// Corrects the rules, in the languages that it knows.
pub trait Decide {
    /// The words that may begin a sentence in a language where no mark stands before them; `None` where the rules decide alone.
    fn beginnings(&self, language: Language) -> Option<Arc<Beginnings>>;
    /// Whether a sentence ends before byte `end` of the text.
    fn is_end(&mut self, language: Language, end: usize, evidence: &Evidence) -> bool;
}

/// The sentences of a text, whose paragraphs end sentences. They are in order and apart; only white space lies between.
pub fn split(text: &str, paragraphs: &[Range<usize>], languages: &Languages) -> Vec<Sentence> {
    split_by(text, paragraphs, languages, model::MODEL.as_ref())
}

/// As [`split`], with another to decide, or by rules alone.
pub fn split_by<D: Decide>(
    text: &str,
    paragraphs: &[Range<usize>],
    languages: &Languages,
    mut decide: Option<D>,
) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut ends = Vec::new();
    let mut language = None;
    let mut rules = Rules::of(languages.main.bcp47);
    let mut beginnings = None;
    for (paragraph, place) in paragraphs.iter().enumerate() {
        let content = &text[place.clone()];
        let own = languages.at(place.start);
        if language != Some(own) {
            language = Some(own);
            rules = Rules::of(own.bcp47);
            beginnings = decide.as_ref().and_then(|decide| decide.beginnings(own));
        }
        let is_end = |evidence: &Evidence| match (&mut decide, &beginnings) {
            (Some(decide), Some(_)) => decide.is_end(own, place.start + evidence.place.end, evidence),
            _ => evidence.prior() > 0.0,
        };
        ends::find(content, &rules, beginnings.as_deref(), is_end, &mut ends);
        for sentence in ranges(content, &ends) {
            length::bounded(content, sentence, |range| {
                sentences.push(Sentence { paragraph, range: place.start + range.start..place.start + range.end });
            });
        }
    }
    sentences
}

/// What lies between the ends, without the white space around it.
fn ranges(paragraph: &str, ends: &[usize]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    ends.iter().copied().chain([paragraph.len()]).filter_map(move |end| {
        let sentence = paragraph[start..end].trim_start();
        let from = end - sentence.len();
        start = end;
        let trimmed = sentence.trim_end();
        (!trimmed.is_empty()).then(|| from..from + trimmed.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(split_whole(text, &Languages::unknown()), expected);
    }

    fn language(bcp47: &'static str) -> Languages {
        Languages::one(Language { bcp47, iso639_3: "" })
    }

    /// The sentences of a text of one paragraph.
    fn split_whole<'t>(text: &'t str, languages: &Languages) -> Vec<&'t str> {
        let whole = 0..text.len();
        split(text, std::slice::from_ref(&whole), languages).into_iter().map(|sentence| &text[sentence.range]).collect()
    }

    #[test]
    fn sentences_are_slices_without_the_blanks_between_them() {
        check(" One.  Two!\tThree? ", &["One.", "Two!", "Three?"]);
        check("図書館は来月から。平日は夜九時まで。", &["図書館は来月から。", "平日は夜九時まで。"]);
        check("  ", &[]);
        check("", &[]);
    }

    #[test]
    fn particles_go_on_behind_quotations() {
        for sentence in
            ["市長は「素晴らしい日だ。」と述べ、皆に感謝した。", "「行こう！」と彼は言った。", "アニメ「走れ！」は秋に始まる。"]
        {
            check(sentence, &[sentence]);
        }
        check("「もう帰る。」ところが雨だった。", &["「もう帰る。」", "ところが雨だった。"]);
        check("「本当？」彼女は聞いた。", &["「本当？」", "彼女は聞いた。"]);
    }

    #[test]
    fn headlines_end_without_a_mark_where_the_model_knows_the_language() {
        let text = "Incêndio destrói fábrica O incêndio começou de madrugada. Ninguém ficou ferido.";
        let portuguese = language("pt");
        let told = "O incêndio começou de madrugada.";
        assert_eq!(split_whole(text, &portuguese), ["Incêndio destrói fábrica", told, "Ninguém ficou ferido."]);
        assert_eq!(split_whole(text, &Languages::unknown()).len(), 2);
    }

    #[test]
    fn titles_are_not_cut_before_words_that_begin_sentences() {
        let english = language("en");
        for title in ["Enamel Mug, Chipped at No Extra Cost", "The Best of the Old Town This Summer", "How to Say No In Ten Ways"]
        {
            assert_eq!(split_whole(title, &english), [title]);
        }
    }

    #[test]
    fn abbreviations_go_on_before_small_letters() {
        let english = language("en");
        for sentence in [
            "The Sino-U.S. relationship is tense.",
            "The non-U.S. market of the pre-U.K. era and the post-D.C. plans.",
            "1/4 tsp. salt, 5 Tbsp. olive oil and 3 lbs. boneless chicken in 2-in. pieces",
            "Classes are held on Mon./Wed. at 9 a.m. and noon.",
            "It was filed under Arts. of Org. of the state.",
        ] {
            assert_eq!(split_whole(sentence, &english), [sentence]);
        }
        let german = language("de");
        let sentence = "Siehe Abb. 3 und Tab. 4 auf S. 17.";
        assert_eq!(split_whole(sentence, &german), [sentence]);
        let mail = "they have not answered. i will call them again.";
        assert_eq!(split_whole(mail, &english), ["they have not answered.", "i will call them again."]);
    }

    #[test]
    fn dates_with_times_begin_lines_and_end_them_where_the_model_knows_the_language() {
        let english = language("en");
        let text = "Ann Lee 03/29/2001 09:01 AM Please find the report.";
        assert_eq!(split_whole(text, &english), ["Ann Lee", "03/29/2001 09:01 AM", "Please find the report."]);
        let inside = ["It left on 03/29/2001 at 09:01 AM ET and came late."];
        assert_eq!(split_whole(inside[0], &english), inside);
    }

    #[test]
    fn rows_of_tables_are_not_cut_between_cells() {
        let row = "Medical cover\tUp to $500,000 (per person)\tUp to $1,000,000\tThe same";
        assert_eq!(split_whole(row, &language("en")), [row]);
    }

    #[test]
    fn paragraphs_end_sentences() {
        let sentences = split("A heading\nA sentence. Another.", &[0..9, 10..30], &Languages::unknown());
        assert_eq!(
            sentences.iter().map(|s| (s.paragraph, s.range.clone())).collect::<Vec<_>>(),
            [(0, 0..9), (1, 10..21), (1, 22..30)]
        );
    }
}
