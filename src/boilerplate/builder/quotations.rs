//! Quotations that are marked up as such: the marks that a browser draws round them, which depend on the page's language.

use super::{Builder, Open};
use crate::boilerplate::outline::Chars;

/// Bytes of a quotation inside a line; what is longer is a text, and is not moved for a mark.
const MAX_QUOTATION: usize = 4096;
/// Marks that stand at the edges of a quotation that its author has marked already.
const MARKS: [char; 15] = ['"', '\'', '“', '”', '„', '«', '»', '‘', '’', '‚', '‹', '›', '「', '」', '『'];
/// Those of them that open one in some language.
const OPENING: [char; 11] = ['"', '“', '„', '«', '»', '‘', '‚', '‹', '›', '「', '『'];

/// The marks before and behind a quotation, and those of one inside of it.
type Pairs = [[char; 2]; 2];

/// By language, what the Common Locale Data Repository has; the first are those of English, Chinese and all others.
const COMMON: Pairs = [['“', '”'], ['‘', '’']];
const BY_LANGUAGE: [(&[&str], Pairs); 10] = [
    (&["de", "cs", "sk", "sl", "hr", "sr", "bs", "bg", "mk", "ka", "is", "lt", "et", "lb"], [['„', '“'], ['‚', '‘']]),
    (&["fr", "hy"], [['«', '»'], ['«', '»']]),
    (&["es", "it", "el", "ca", "sq"], [['«', '»'], ['“', '”']]),
    (&["ru", "uk", "be"], [['«', '»'], ['„', '“']]),
    (&["no", "nb", "nn"], [['«', '»'], ['‘', '’']]),
    (&["fa"], [['«', '»'], ['‹', '›']]),
    (&["pl", "ro"], [['„', '”'], ['«', '»']]),
    (&["hu"], [['„', '”'], ['»', '«']]),
    (&["sv", "fi"], [['”', '”'], ['’', '’']]),
    (&["ja"], [['「', '」'], ['『', '』']]),
];

/// Which marks a page's quotations have, and how many quotations are open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quotations {
    pairs: Pairs,
    n_open: usize,
}

impl Quotations {
    pub(super) const COMMON: Self = Self { pairs: COMMON, n_open: 0 };

    pub(super) fn begin(&mut self) {
        self.n_open += 1;
    }

    /// The marks of the quotation that ends, and those of one inside of it.
    fn end(&mut self) -> Pairs {
        self.n_open -= 1;
        let [outer, inner] = self.pairs;
        if self.n_open.is_multiple_of(2) { [outer, inner] } else { [inner, outer] }
    }
}

impl Builder {
    /// The language that the page says it is in.
    pub(in crate::boilerplate) fn declare_language(&mut self, language: &str) {
        let primary = language.trim().split(['-', '_']).next().unwrap_or_default();
        let is_primary = |other: &str| primary.eq_ignore_ascii_case(other);
        let pairs = BY_LANGUAGE.iter().find(|(languages, _)| languages.iter().any(|other| is_primary(other)));
        self.quotations.pairs = pairs.map_or(COMMON, |(_, pairs)| *pairs);
    }

    /// Puts marks round a quotation that ends, if it stands inside a line and has none.
    pub(super) fn end_quotation(&mut self, element: &Open) {
        let [[opening, closing], inner] = self.quotations.end();
        let is_aside = element.is_hidden && !element.is_container_hidden;
        let start = element.first_byte as usize;
        if element.first_run != self.n_ended_runs || is_aside {
            return;
        }
        let Some(text) = self.outline.text.get(start..).filter(|text| text.len() <= MAX_QUOTATION) else { return };
        let quoted = text.trim();
        let is_begun = self.outline.text[self.run.start.min(start)..start].ends_with(|c| c != closing && OPENING.contains(&c));
        let is_mark = |c: char| MARKS.contains(&c) && (inner == [opening, closing] || !inner.contains(&c));
        if quoted.is_empty() || is_begun || quoted.starts_with(is_mark) || quoted.ends_with(is_mark) {
            return;
        }
        let begins = start + (text.len() - text.trim_start().len());
        self.outline.text.insert(begins + quoted.len(), closing);
        self.outline.text.insert(begins, opening);
        self.run.raised = None;
        let if_inside = |links: u32| if links > 0 { 2 } else { 0 };
        self.run.chars += Chars { all: 2, in_links: if_inside(self.links), in_outward_links: if_inside(self.outward_links) };
    }
}

#[cfg(test)]
mod tests {
    use crate::boilerplate::scanner::check_blocks as check;

    #[test]
    fn quotations_have_the_marks_that_browsers_draw() {
        check(
            "<p>She called it <q> a <b>wet</b> day</q>, he <q>wrote: <q>no</q></q>.",
            "She called it “a wet day”, he “wrote: ‘no’”.",
        );
        check("<html lang=de-AT><p>Ein <q>nasser <q>Tag</q> hier</q>", "Ein „nasser ‚Tag‘ hier“");
        check("<html lang=FR><p><q>Oui</q> <a href=/x><q>non</q></a>", "«Oui» «non»");
        check("<html lang=ja><p><q>行こう</q>と", "「行こう」と");
    }

    #[test]
    fn quotations_that_have_marks_keep_them() {
        check("<p><q>\"Wet,\"</q> “<q>dry</q>” <q></q> <q>‘tis so</q>", "\"Wet,\" “dry” “‘tis so”");
        check("<html lang=de><p>»<q>Komm</q>« ‚<q>her</q>‘", "»Komm« ‚her‘");
        check("<p>one <q>two<p>three</q> four", "one “two” | three four");
        check("<p><q hidden>no</q>yes", "yes | no");
    }
}
