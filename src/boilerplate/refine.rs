//! What the verdicts on the blocks of a page mean for each other: what belongs to kept text is kept with it, and what stands
//! apart from the text, less sure than it, is not.

use std::ops::RangeInclusive;

use super::Options;
use super::asides;
use super::facts::Facts;
use super::features::Described;
use super::gaps;
use super::judge::Verdict;
use super::markup::Markup;
use super::measures::Measures;
use super::notices;
use super::outline::{Block, Kind, Outline};
use super::recipes;
use super::thresholds::Favor;
use super::titles;

/// From this probability on a heading is kept with what it heads.
const LEAST_OF_HEADING: f32 = 0.2;
/// From this mean probability of its items on a list is kept with the text that introduces it.
const LEAST_OF_LIST: f32 = 0.2;
/// From this probability on a caption or a line of plain text that stands among kept ones stays.
pub(super) const FAIRLY_PROBABLE: f32 = 0.3;

/// Words of a summary.
const SUMMARY_WORDS: RangeInclusive<f32> = 8.0..=80.0;
/// Share of a summary's words that are in the page's description of itself, which is one.
const SUMMARY_SHARE: f32 = 0.8;
/// From this share of links on a block is no summary.
const MAX_SUMMARY_LINKS: f32 = 0.3;
/// From this probability on a summary is kept.
const LEAST_OF_SUMMARY: f32 = 0.05;
/// Bytes of a text that is no heading by chance.
const LEAST_OF_COPY: usize = 12;
/// Blocks behind the title among which a summary is looked for.
const SUMMARY_DISTANCE: usize = 15;

/// Keeps what belongs to kept blocks, and drops what does not.
pub(super) fn refine(
    described: &Described<'_>,
    markup: &Markup,
    lists: &[Option<usize>],
    options: Options,
    verdicts: &mut [Verdict],
) {
    let (outline, measures) = (described.outline, &described.measures);
    keep_headings(outline, verdicts);
    keep_captions(outline, verdicts);
    keep_introduced_lists(outline, lists, verdicts);
    if outline.is_plain_text {
        gaps::close(outline, measures, verdicts);
    } else {
        if options.favor != Favor::Recall && !described.says_many_texts() {
            asides::drop_asides(described, verdicts);
        }
        keep_summary(outline, markup, measures, verdicts);
        if recipes::keep_recipe(outline, markup, verdicts) {
            keep_headings(outline, verdicts);
            keep_summary(outline, markup, measures, verdicts);
        }
    }
    if options.comments {
        keep_comments(outline, measures, verdicts);
    }
    if options.favor != Favor::Recall {
        notices::drop_notices(outline, verdicts);
    }
    if let Some(title) = titles::title_before(outline, markup, measures, &kept_of(verdicts)) {
        verdicts[title].keep = true;
    }
    drop_copies_of_headings(outline, verdicts);
}

/// A heading that is not improbable is kept with the text right below it.
fn keep_headings(outline: &Outline, verdicts: &mut [Verdict]) {
    let mut is_next_kept = false;
    for (block, verdict) in outline.blocks.iter().zip(verdicts).rev().filter(|(block, _)| !block.facts.has(Facts::HIDDEN)) {
        verdict.keep |= is_next_kept && block.kind.is_heading() && verdict.probability >= LEAST_OF_HEADING;
        is_next_kept = verdict.keep;
    }
}

/// A caption that is fairly probable is kept where text before and behind it is.
fn keep_captions(outline: &Outline, verdicts: &mut [Verdict]) {
    let is_kept = |verdict: &Verdict| verdict.keep;
    let Some(first) = verdicts.iter().position(is_kept) else { return };
    let last = verdicts.iter().rposition(is_kept).unwrap_or(first);
    for (block, verdict) in outline.blocks.iter().zip(verdicts).take(last).skip(first) {
        verdict.keep |= block.kind == Kind::Caption && verdict.probability >= FAIRLY_PROBABLE;
    }
}

/// A list that is not improbable is kept behind text that ends with a colon.
fn keep_introduced_lists(outline: &Outline, lists: &[Option<usize>], verdicts: &mut [Verdict]) {
    let introduces = |block: usize| outline.text_of(&outline.blocks[block]).trim_end().ends_with([':', '：']);
    let mut start = 0;
    for list in lists.chunk_by(|one, other| one == other) {
        let items = start..start + list.len();
        start = items.end;
        if list[0].is_some() && items.start > 0 && verdicts[items.start - 1].keep && introduces(items.start - 1) {
            let mean = verdicts[items.clone()].iter().map(|verdict| verdict.probability).sum::<f32>() / list.len() as f32;
            verdicts[items].iter_mut().for_each(|verdict| verdict.keep |= mean >= LEAST_OF_LIST);
        }
    }
}

/// Between title and text, what says the same as the page's description of itself is the summary that the author put there.
fn keep_summary(outline: &Outline, markup: &Markup, measures: &[Measures], verdicts: &mut [Verdict]) {
    let kept = kept_of(verdicts);
    let Some(title) = titles::title_heading_before(outline, markup, measures, &kept) else { return };
    let Some(n_between) = verdicts[title + 1..].iter().position(|verdict| verdict.keep) else { return };
    for block in title + 1..title + 1 + n_between.min(SUMMARY_DISTANCE) {
        verdicts[block].keep =
            verdicts[block].probability >= LEAST_OF_SUMMARY && is_summary(&outline.blocks[block], &measures[block]);
    }
}

fn is_summary(block: &Block, measures: &Measures) -> bool {
    matches!(block.kind, Kind::Paragraph | Kind::Quote | Kind::Heading(_))
        && !block.facts.has(Facts::HIDDEN)
        && measures.description_share >= SUMMARY_SHARE
        && measures.link_share < MAX_SUMMARY_LINKS
        && SUMMARY_WORDS.contains(&measures.words)
}

fn kept_of(verdicts: &[Verdict]) -> Vec<usize> {
    (0..verdicts.len()).filter(|&block| verdicts[block].keep).collect()
}

/// A heading that says what the kept block beside it says, such as the last step of the way to the page or a copy for printing, is
/// told once.
fn drop_copies_of_headings(outline: &Outline, verdicts: &mut [Verdict]) {
    let is_heading = |block: usize| outline.blocks[block].kind.is_heading();
    let mut before: Option<usize> = None;
    for block in 0..verdicts.len() {
        if !verdicts[block].keep {
            continue;
        }
        if matches!(outline.blocks[block].kind, Kind::Code | Kind::TableRow) {
            before = None;
            continue;
        }
        let text = outline.text_of(&outline.blocks[block]);
        match before.filter(|&copy| text.len() >= LEAST_OF_COPY && outline.text_of(&outline.blocks[copy]) == text) {
            Some(copied) if is_heading(copied) => verdicts[block].keep = false,
            Some(copy) if is_heading(block) => {
                verdicts[copy].keep = false;
                before = Some(block);
            }
            _ => before = Some(block),
        }
    }
}

/// Readers' comments that somebody wrote, with their headings.
fn keep_comments(outline: &Outline, measures: &[Measures], verdicts: &mut [Verdict]) {
    for ((block, measures), verdict) in outline.blocks.iter().zip(measures).zip(verdicts.iter_mut()) {
        verdict.keep |= is_comment(block) && is_written(measures);
    }
    keep_headings(outline, verdicts);
}

fn is_comment(block: &Block) -> bool {
    block.facts.has(Facts::COMMENTS) && !block.facts.has(Facts::HIDDEN | Facts::CONTROL)
}

/// No menu, no button, no date.
fn is_written(measures: &Measures) -> bool {
    measures.prose() > 0.0 || measures.ends_sentence && measures.link_share == 0.0
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::super::scanner;
    use super::*;

    #[test]
    fn the_summary_under_the_title_is_kept() {
        let summary = "A bell fell from the tower of the old church last night and hurt nobody.";
        let page = |gap: &str| {
            format!(
                "<meta name=description content='{summary}'><h1>Bell</h1>{gap}<p>{summary}</p><p>By A. Reporter</p><p>Text.</p>"
            )
        };
        let check_page = |html: &str, expected: &[bool]| {
            let scanned = scanner::scan(html, "");
            let described = Described::new(&scanned.outline, &scanned.markup, &Lexicon::default());
            let n_blocks = described.measures.len();
            let probability = |block: usize| if block + 1 == n_blocks { 0.9 } else { 0.1 };
            let mut verdicts: Vec<Verdict> =
                (0..n_blocks).map(|block| Verdict { keep: block + 1 == n_blocks, probability: probability(block) }).collect();
            keep_summary(&scanned.outline, &scanned.markup, &described.measures, &mut verdicts);
            assert_eq!(verdicts.iter().map(|verdict| verdict.keep).collect::<Vec<_>>(), expected, "{html}");
        };
        let check = |gap: &str, expected: &[bool]| check_page(&page(gap), expected);
        check("", &[false, true, false, true]);
        check("<h1>Another</h1>", &[false, false, true, false, true]);
        let expected = [[false, true].as_slice(), &[false; 14], &[false, true]].concat();
        let far = page("").replace("Bell</h1>", "The bell</h1>").replace("<p>By", &format!("{}<p>By", "<p>Share</p>".repeat(14)));
        check_page(&format!("<title>The bell - News</title>{far}"), &expected);
    }

    #[test]
    fn headings_are_told_once() {
        let check = |html: &str, expected: &str| {
            let outline = scanner::scan(html, "").outline;
            let mut verdicts = vec![Verdict { keep: true, probability: 0.9 }; outline.blocks.len()];
            drop_copies_of_headings(&outline, &mut verdicts);
            let kept = outline.blocks.iter().zip(&verdicts).filter(|(_, verdict)| verdict.keep);
            assert_eq!(kept.map(|(block, _)| outline.text_of(block)).collect::<Vec<_>>().join(" | "), expected);
        };
        check("<ul><li>Home<li>The old harbour</ul><h1>The old harbour</h1><h2>The old harbour</h2>", "Home | The old harbour");
        check("<h1>The old harbour</h1><p>The old harbour</p><p>Text.</p>", "The old harbour | Text.");
        check("<h3>open_harbour()</h3><pre>open_harbour()</pre>", "open_harbour() | open_harbour()");
        check("<p>We love you, harbour.</p><p>We love you, harbour.</p>", "We love you, harbour. | We love you, harbour.");
        check("<h2>Brief</h2><p>Brief</p>", "Brief | Brief");
    }
}
