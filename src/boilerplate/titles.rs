//! Which block is the title of the text. Extractors leave it out more often than not, so that nothing can be learned of it from them.

use std::ops::{Range, RangeInclusive};

use super::facts::Facts;
use super::judge::Verdict;
use super::markup::Markup;
use super::measures::Measures;
use super::outline::{self, Block, Kind, Outline};
use crate::characters::is_unspaced;
use crate::document::Media;

/// Blocks at the beginning of a text among which its heading is.
const MAX_BEFORE_TEXT: usize = 5;
/// Blocks between a page's main heading and its text: byline, date, share buttons, a summary.
const HEADING_DISTANCE: usize = 12;
/// Blocks between the text and a main heading that says what the page's title says: pictures, share buttons, what the page has.
const MAIN_HEADING_DISTANCE: usize = 60;
/// Blocks between the text and what is no heading, but says what the page's title says.
const TITLE_DISTANCE: usize = 25;
/// Lines between title and text where there is no markup.
const PLAIN_TITLE_DISTANCE: usize = 5;
/// Bytes of a first line of plain text that is its title.
const MAX_TITLE_LINE: usize = 300;
/// Words of a line that says no more and no less than the first line of a plain text, if it is the title as well.
const WORDS_OF_COPY: f32 = 4.0;
/// Words of a title.
const TITLE_WORDS: RangeInclusive<f32> = 2.0..=25.0;
/// Share of a block's words that are in the page's title if it is the title, though no heading of the first level.
const TITLE_SHARE: f32 = 0.8;
/// Words behind which a heading goes on in the next line.
#[rustfmt::skip]
const LINKING_WORDS: [&str; 54] = [
    "a", "an", "and", "as", "at", "for", "from", "in", "of", "on", "or", "the", "to", "with", "your",
    "auf", "bei", "das", "dem", "den", "der", "des", "die", "ein", "eine", "für", "im", "mit", "oder", "und", "vom", "von", "zu", "zum", "zur",
    "au", "aux", "dans", "de", "du", "et", "la", "le", "les", "pour", "sur", "un", "une",
    "con", "del", "el", "para", "y", "di",
];
/// Share of the page's title that such a block says at least; the rest is the name of the site.
const LEAST_OF_TITLE: f32 = 0.4;

/// The title of these blocks, the kept ones: a heading, what says the same as the page's title, or a line of plain text, where only a
/// byline, a picture or the like stands between it and the first of them.
pub(super) fn title_before(outline: &Outline, markup: &Markup, measures: &[Measures], kept: &[usize]) -> Option<usize> {
    let &first = kept.first()?;
    if outline.is_plain_text {
        return title_line_before(outline, measures, kept);
    }
    if let Some(heading) = title_heading_before(outline, markup, measures, kept) {
        return Some(heading);
    }
    let titles = [markup.title.as_str(), markup.first_meta(&["og:title"]).unwrap_or_default()].map(words_of);
    let says_title = |&block: &usize| {
        let is_likely = measures[block].title_share > TITLE_SHARE && TITLE_WORDS.contains(&measures[block].words);
        is_likely && titles.iter().any(|title| is_most_of(title, &words_of(outline.text_of(&outline.blocks[block]))))
    };
    if kept.iter().any(says_title) {
        return None;
    }
    let is_seen = |block: &usize| !outline.blocks[*block].facts.has(Facts::HIDDEN);
    (first.saturating_sub(TITLE_DISTANCE)..=first).rev().filter(is_seen).find(says_title)
}

/// The title of plain text, of which these lines are kept: the last line before them that says what the first line of all says, which
/// is the page's title where markup was rendered, or that line itself, where the text begins at once.
fn title_line_before(outline: &Outline, measures: &[Measures], kept: &[usize]) -> Option<usize> {
    let &first = kept.first()?;
    let is_long_enough = |line: usize| TITLE_WORDS.contains(&measures[line].words);
    if !is_long_enough(0) {
        return None;
    }
    let title = words_of(outline.text_of(&outline.blocks[0]));
    let says_title = |&line: &usize| {
        let words = words_of(outline.text_of(&outline.blocks[line]));
        // What stands twice and is short may be an item of a menu.
        let is_more = words.len() < title.len() || measures[line].words >= WORDS_OF_COPY;
        is_long_enough(line) && is_more && is_most_of(&title, &words)
    };
    if kept.iter().filter(|line| **line > 0).take(MAX_BEFORE_TEXT).any(says_title) {
        return None;
    }
    let mut before = (first.saturating_sub(MAIN_HEADING_DISTANCE).max(1)..first).rev();
    before.find(says_title).or_else(|| (first <= PLAIN_TITLE_DISTANCE && !measures[0].ends_sentence).then_some(0))
}

/// The first line of plain text if it is what the text is called: if it is the title of the page that was rendered, if it is kept, or if
/// one of the first lines that are kept says the same. Else nothing.
pub(super) fn title_line<'a>(outline: &'a Outline, verdicts: &[Verdict], media: Media) -> &'a str {
    let Some(first) = outline.blocks.first() else { return "" };
    let line = outline.text_of(first).trim_start_matches('#').trim();
    let is_sentence = line.ends_with(['.', ',', ';', ':', '。', '，', '、', '：', '،']) && !line.ends_with("...");
    let is_of_paragraph = outline.blocks.get(1).is_some_and(|next| next.goes_on);
    if is_of_paragraph || line.len() > MAX_TITLE_LINE || line.contains("://") || is_sentence {
        return "";
    }
    let title = words_of(line);
    let says_title = |text: &&str| is_most_of(&title, &words_of(text));
    let is_title = match media {
        Media::Rendering => true,
        Media::Html | Media::Text => verdicts[0].keep || headings(outline, verdicts).iter().any(says_title),
    };
    if is_title && !title.is_empty() { line } else { "" }
}

/// Whether a title ends with this behind a dash or a bar, where the names of sites stand.
fn may_be_site(title: &str, line: &str) -> bool {
    title.strip_suffix(line).is_some_and(|before| [" - ", " – ", " — ", " | "].iter().any(|sign| before.ends_with(sign)))
}

/// The heading of these blocks, the kept ones: one among the first of them or right before them that says what the page's title says, or
/// a main heading further up that does, or else one right before them.
pub(super) fn title_heading_before(outline: &Outline, markup: &Markup, measures: &[Measures], kept: &[usize]) -> Option<usize> {
    let &first = kept.first()?;
    let near = heading_before(outline, measures, first);
    let says_title = |&block: &usize| measures[block].title_share > TITLE_SHARE && is_heading(outline, measures, block);
    if near.is_some_and(|heading| says_title(&heading)) || kept.iter().take(MAX_BEFORE_TEXT).any(says_title) {
        return near;
    }
    let title = words_of(markup.first_meta(&["og:title"]).unwrap_or(&markup.title));
    let is_main = |block: &usize| {
        outline.blocks[*block].kind == Kind::Heading(1)
            && TITLE_WORDS.contains(&measures[*block].words)
            && is_most_of(&title, &words_of(outline.text_of(&outline.blocks[*block])))
    };
    let before = (first.saturating_sub(MAIN_HEADING_DISTANCE)..first).rev();
    before.filter(says_title).find(is_main).or(near)
}

/// The last heading that may be the page's title and is at most some blocks before this one, or is it.
pub(super) fn heading_before(outline: &Outline, measures: &[Measures], block: usize) -> Option<usize> {
    (block.saturating_sub(HEADING_DISTANCE)..=block).rev().find(|&block| is_heading(outline, measures, block))
}

/// Whether a block is marked up as a heading, and may be the page's title.
pub(super) fn is_heading(outline: &Outline, measures: &[Measures], block: usize) -> bool {
    let Block { kind, facts, .. } = outline.blocks[block];
    match kind {
        Kind::Heading(level) => !facts.has(Facts::HIDDEN) && (level == 1 || measures[block].title_share > TITLE_SHARE),
        _ => false,
    }
}

/// What a text may be headed by: its first headings if one of the first level is among them, or its first blocks.
pub(super) fn headings<'a>(outline: &'a Outline, verdicts: &[Verdict]) -> Vec<&'a str> {
    let kept = outline.blocks.iter().zip(verdicts).filter(|(_, verdict)| verdict.keep).map(|(block, _)| block);
    let first: Vec<&Block> = kept.take(MAX_BEFORE_TEXT).collect();
    let has_main = first.iter().any(|block| block.kind == Kind::Heading(1));
    let may_head = |block: &&&Block| !has_main || block.kind.is_heading();
    let headings = first.iter().filter(may_head).map(|block| outline.text_of(block));
    match outline.blocks.first().filter(|_| outline.is_plain_text) {
        Some(title) => headings.filter(|heading| !may_be_site(outline.text_of(title), heading)).collect(),
        None => headings.collect(),
    }
}

/// Where those lines of a heading begin, behind their white space, that go on with the line before.
pub(super) fn continuations(heading: &str) -> Vec<usize> {
    let lines = outline::lines(heading);
    let goes_on = |pair: &&[Range<usize>]| {
        let [before, line] = [0, 1].map(|i| heading[pair[i].clone()].trim());
        let mut letters = line.chars();
        let is_small = letters.next().is_some_and(char::is_lowercase) && !letters.next().is_some_and(char::is_uppercase);
        let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        is_small || before.ends_with([',', '&', '-', '–']) || LINKING_WORDS.contains(&last)
    };
    let beginning = |line: &Range<usize>| line.end - heading[line.clone()].trim_start().len();
    lines.windows(2).filter(goes_on).map(|pair| beginning(&pair[1])).collect()
}

fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Whether the words stand in the title one after the other, and few others do.
fn is_most_of(title: &[String], words: &[String]) -> bool {
    // Words in scripts without blanks are phrases, of any length.
    let are_phrases = title.iter().any(|word| word.contains(is_unspaced));
    let size = |words: &[String]| words.iter().map(|word| if are_phrases { word.len() } else { 1 }).sum::<usize>() as f32;
    let is_enough = !words.is_empty() && size(words) >= size(title) * LEAST_OF_TITLE;
    is_enough && title.windows(words.len()).any(|part| part == words)
}

#[cfg(test)]
mod tests {
    use super::super::{measures, text};
    use super::*;

    #[test]
    fn headings_go_on_behind_linking_words() {
        let check = |lines: &str, expected: &[&str]| {
            let heading = lines.replace(" | ", "\n ");
            assert_eq!(continuations(&heading).into_iter().map(|at| &heading[at..at + 3]).collect::<Vec<_>>(), expected);
        };
        check("Harbours and | Ferries | of the North", &["Fer", "of "]);
        check("How to get it | By Ann Hill", &[]);
        check("macOS | iOS", &[]);
    }

    #[test]
    fn plain_text_is_called_what_its_first_line_says() {
        let check = |text: &str, kept: &[usize], expected: (Option<usize>, &str)| {
            let outline = text::outline(text);
            let measures = measures::measure(&outline, "", "").0;
            let mut verdicts = vec![Verdict { keep: false, probability: 0.5 }; measures.len()];
            let before = title_before(&outline, &Markup::default(), &measures, kept);
            kept.iter().chain(&before).for_each(|&line| verdicts[line].keep = true);
            assert_eq!((before, title_line(&outline, &verdicts, Media::Text)), expected, "{text}");
        };
        let menu = "Home\nNews\nSport\nWeather\nRadio\n";
        let page = format!("The bell that fell - Parish News\n{menu}The bell that fell\nBy Ann\nA bell fell.");
        check(&page, &[8], (Some(6), "The bell that fell - Parish News"));
        check(&page, &[6, 8], (None, "The bell that fell - Parish News"));
        check(&format!("Parish News\n{menu}The bell that fell\nA bell fell."), &[7], (None, ""));
        check("# The bell that fell\nBy Ann\nA bell fell.", &[2], (Some(0), "The bell that fell"));
        check("A bell fell on Monday.\nIt rang.", &[0, 1], (None, ""));
    }

    #[test]
    fn titles_of_rendered_pages_are_their_first_lines() {
        let outline = text::outline("Fallen bells - Parish News\nHome\nParish News\nA bell fell.");
        let verdicts = [false, false, true, true].map(|keep| Verdict { keep, probability: 0.5 });
        assert_eq!(title_line(&outline, &verdicts, Media::Rendering), "Fallen bells - Parish News");
        assert_eq!(headings(&outline, &verdicts), ["A bell fell."]);
        let outline = text::outline("A bell fell in March.\nIt rang.");
        assert_eq!(title_line(&outline, &verdicts, Media::Rendering), "");
    }

    #[test]
    fn the_name_of_the_site_is_not_asked_for() {
        let title = words_of("The bell that fell – Parish News");
        assert!(is_most_of(&title, &words_of("The Bell That Fell")));
        assert!(!is_most_of(&title, &words_of("Parish News")));
        assert!(!is_most_of(&title, &words_of("The bell fell")));
        assert!(!is_most_of(&title, &[]) && !is_most_of(&[], &words_of("News")));
    }
}
