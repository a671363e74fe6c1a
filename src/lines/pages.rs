//! What printed pages put between the lines of a text: their heads and feet, where form feeds show the pages.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{FULL_LINE, columns, ends_sentence};

/// Breaks between pages that a text must have before its heads and feet are looked for.
const MIN_PAGE_BREAKS: usize = 2;
/// And those that a book may have, so that memory is bounded.
const MAX_PAGE_BREAKS: usize = 1 << 14;
/// Bytes of a head or a foot.
const MAX_HEAD: usize = 200;
/// A line is a running head if it is that of one page in so many at least: left pages have others than right ones.
const ONE_PAGE_IN: usize = 3;

/// The pages of a text.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    /// Heads and feet, in order, without the white space round them.
    heads_and_feet: Vec<Range<usize>>,
    /// Where those lines begin, in order, that go on with the last line of the page before.
    pub(crate) continuations: Vec<usize>,
}

impl Pages {
    /// Finds the pages of a text by its form feeds.
    pub(crate) fn of(text: &str) -> Self {
        // Inside of a line, it may be that neither what stands before it nor what stands behind is a head or a foot.
        let parts_lines = |at: &usize| text[..*at].ends_with(['\n', '\r']);
        let breaks = text.match_indices('\u{c}').map(|(at, _)| at).filter(parts_lines);
        let breaks: Vec<usize> = breaks.take(MAX_PAGE_BREAKS + 1).collect();
        if !(MIN_PAGE_BREAKS..=MAX_PAGE_BREAKS).contains(&breaks.len()) {
            return Self::default();
        }
        let page = |i: usize| {
            let start = if i == 0 { 0 } else { breaks[i - 1] + 1 };
            start..breaks.get(i).copied().unwrap_or(text.len())
        };
        let feet: Vec<Option<Range<usize>>> = (0..breaks.len()).map(|i| last_line(text, page(i))).collect();
        let heads: Vec<Option<Range<usize>>> = (0..breaks.len()).map(|i| first_line(text, page(i + 1))).collect();
        let (feet, heads) = (running(text, feet), running(text, heads));
        let mut pages = Self::default();
        for (i, (foot, head)) in feet.into_iter().zip(heads).enumerate() {
            let (before, behind) = (page(i), page(i + 1));
            let last = last_line(text, before.start..foot.as_ref().map_or(before.end, |foot| foot.start));
            let first = first_line(text, head.as_ref().map_or(behind.start, |head| head.end)..behind.end);
            if let (Some(last), Some(first)) = (last, first)
                && goes_on(&text[last], &text[first.clone()])
            {
                pages.continuations.push(first.start);
            }
            pages.heads_and_feet.extend(foot.into_iter().chain(head));
        }
        // The only line of a page is its head and its foot.
        pages.heads_and_feet.dedup();
        pages
    }

    /// Whether a line without the white space round it is one of the heads and feet. A form feed may stand inside of a line as well.
    pub(crate) fn is_head_or_foot(&self, line: Range<usize>) -> bool {
        self.heads_and_feet.binary_search_by_key(&line.start, |other| other.start).is_ok_and(|at| self.heads_and_feet[at] == line)
    }
}

/// Those lines that stand on many pages as they are, or with the number of the page.
fn running(text: &str, lines: Vec<Option<Range<usize>>>) -> Vec<Option<Range<usize>>> {
    let (mut copies, mut pages) = (BTreeMap::new(), BTreeMap::new());
    for line in lines.iter().flatten().filter(|line| line.len() <= MAX_HEAD).map(|line| &text[line.clone()]) {
        *copies.entry(line).or_insert(0) += 1;
        if let Some((number, rest)) = numbered(line) {
            let (last, n_next) = pages.entry(rest).or_insert((number, 1));
            *n_next += usize::from(matches!(number.wrapping_sub(*last), 1..=2));
            *last = number;
        }
    }
    let least = (lines.len() / ONE_PAGE_IN).max(MIN_PAGE_BREAKS);
    let is_running = |line: &Range<usize>| {
        let line = &text[line.clone()];
        copies.get(line).is_some_and(|n_copies| *n_copies >= least)
            || numbered(line).and_then(|(_, rest)| pages.get(&rest)).is_some_and(|(_, n_pages)| *n_pages >= least)
    };
    lines.into_iter().map(|line| line.filter(is_running)).collect()
}

/// The number of a page, and what stands beside it: nothing but signs, the word for a page in brackets, or something far from it, as
/// headings of chapters have not.
fn numbered(line: &str) -> Option<(usize, [&str; 2])> {
    let end = line.rfind(|c: char| c.is_ascii_digit())? + 1;
    let start =
        line[..end].rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + line[at..].chars().next().map_or(1, char::len_utf8));
    let rest = [&line[..start], &line[end..]];
    let is_apart =
        rest[0].contains("   ") || rest[1].contains(']') || !rest.iter().any(|rest| rest.contains(char::is_alphanumeric));
    is_apart.then(|| line[start..end].parse().ok().map(|number| (number, rest))).flatten()
}

fn last_line(text: &str, page: Range<usize>) -> Option<Range<usize>> {
    let end = page.start + text[page.clone()].trim_end().len();
    let line = text[page.start..end].rsplit('\n').next()?.trim_start();
    (!line.is_empty()).then(|| end - line.len()..end)
}

fn first_line(text: &str, page: Range<usize>) -> Option<Range<usize>> {
    let begun = text[page.clone()].trim_start();
    let start = page.end - begun.len();
    let line = begun.split('\n').next()?.trim_end();
    (!line.is_empty()).then(|| start..start + line.len())
}

/// Whether a page begins in the middle of the sentence that the one before ends with.
fn goes_on(last: &str, first: &str) -> bool {
    FULL_LINE.contains(&columns(last)) && !ends_sentence(last) && first.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_and_feet_are_no_lines_of_the_text() {
        let page = |number: usize, text: &str| format!("RFC 9   Tides   1997\n\n{text}\n\nKeeper [Page {number}]\n\u{c}\n");
        let middle = "The server answers with a line that begins with a number of three";
        let text = [page(1, "One."), page(2, middle), page(3, "digits. More."), page(4, "Four."), "Five.".into()].concat();
        let pages = Pages::of(&text);
        let lines: Vec<&str> = pages.heads_and_feet.iter().map(|line| &text[line.clone()]).collect();
        let head = "RFC 9   Tides   1997";
        assert_eq!(lines, ["Keeper [Page 1]", head, "Keeper [Page 2]", head, "Keeper [Page 3]", head, "Keeper [Page 4]"]);
        assert_eq!(pages.continuations.iter().map(|at| &text[*at..at + 6]).collect::<Vec<_>>(), ["digits"]);
        let news = ["36", "35", "34", "33"].map(|number| format!("Version 2.{number}\n\nNothing new.\n\u{c}\n")).concat();
        let chapters = ["1", "2", "3", "4"].map(|number| format!("Chapter {number}\n\nText {number}.\n\u{c}\n")).concat();
        assert!(Pages::of(&chapters).heads_and_feet.is_empty());
        assert!(Pages::of(&news).heads_and_feet.iter().all(|line| &news[line.clone()] == "Nothing new."));
        let inside = "1\u{c}1\u{c}1\u{c} and more";
        assert!(!Pages::of(inside).is_head_or_foot(0..inside.len()));
        let inside = ["1", "2", "3", "4"].map(|number| format!("Tides.\n{number}\u{c}")).concat();
        assert!(Pages::of(&inside).heads_and_feet.is_empty());
        assert!(Pages::of("One.\n\u{c}\nTwo.\n\u{c}\nThree.\n\u{c}\n\u{c}").heads_and_feet.is_empty());
    }
}
