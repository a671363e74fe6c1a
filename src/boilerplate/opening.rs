//! Where a page says who wrote it and when: the short blocks round the title of its text.

use std::ops::Range;

use super::facts::Facts;
use super::judge::Verdict;
use super::outline::{Kind, Outline};
use crate::characters::is_unspaced;

/// Kept blocks among which the title is.
const MAX_BEFORE_TITLE: usize = 4;
/// Blocks above the text among which the title is, if it is not kept.
const TITLE_DISTANCE: usize = 8;
/// Blocks above the title that may say when it was written; above them are headers, with the date of today.
const MAX_ABOVE: usize = 2;
/// Blocks between title and text: byline, share buttons, summary.
const MAX_BELOW: usize = 16;
/// Characters of a block that is running text, behind which no byline comes.
const MIN_TEXT: usize = 200;
/// Bytes of a line that says who or when; longer ones tell something else.
const MAX_LINE: usize = 160;

/// The short lines round the title.
#[derive(Debug, Default)]
pub(super) struct Opening<'a> {
    /// Those above the title, the nearest first.
    pub(super) above: Vec<&'a str>,
    /// Those between title and running text.
    pub(super) below: Vec<&'a str>,
    /// The blocks that they are from.
    pub(super) blocks_above: Range<usize>,
    pub(super) blocks_below: Range<usize>,
}

impl<'a> Opening<'a> {
    pub(super) fn is_empty(&self) -> bool {
        self.blocks_above.is_empty() && self.blocks_below.is_empty()
    }

    pub(super) fn of(outline: &'a Outline, verdicts: &[Verdict]) -> Self {
        let kept: Vec<usize> = (0..verdicts.len()).filter(|&block| verdicts[block].keep).take(MAX_BEFORE_TITLE).collect();
        let Some(&first) = kept.first() else { return Self::default() };
        let title = if outline.is_plain_text { None } else { title(outline, &kept) };
        let below = title.map_or(first, |title| title + 1);
        let is_running = |block: usize| weight(outline, block) >= MIN_TEXT || outline.is_wrapped(block);
        let is_text = |block: &usize| verdicts[*block].keep && is_running(*block);
        let last = verdicts.iter().rposition(|verdict| verdict.keep).map_or(below, |last| last + 1);
        let bound = last.min(below + MAX_BELOW).max(below);
        let end = (below..bound).find(is_text).unwrap_or(bound);
        let above = title.unwrap_or(first);
        let above = above.saturating_sub(MAX_ABOVE)..above;
        let lines = |block: usize| lines_of(outline, block);
        Self {
            above: above.clone().rev().flat_map(lines).collect(),
            below: (below..end).flat_map(lines).collect(),
            blocks_above: above,
            blocks_below: below..end,
        }
    }
}

/// Characters of a block, those counted thrice that are words by themselves.
fn weight(outline: &Outline, block: usize) -> usize {
    outline.text_of(&outline.blocks[block]).chars().map(|c| if is_unspaced(c) { 3 } else { 1 }).take(MIN_TEXT).sum()
}

/// The heading that the text begins with, or else one right above it.
fn title(outline: &Outline, kept: &[usize]) -> Option<usize> {
    let is_title = |block: &usize| {
        let block = &outline.blocks[*block];
        matches!(block.kind, Kind::Heading(1 | 2)) && !block.facts.has(Facts::HIDDEN)
    };
    let above = kept[0].saturating_sub(TITLE_DISTANCE)..kept[0];
    let is_main = |block: &usize| outline.blocks[*block].kind == Kind::Heading(1);
    let kept_heading = || kept.iter().copied().find(is_title);
    kept.iter()
        .copied()
        .filter(is_title)
        .find(is_main)
        .or_else(|| above.rev().filter(is_title).find(is_main))
        .or_else(kept_heading)
}

/// The lines of a block that may be about the text below it.
fn lines_of(outline: &Outline, block: usize) -> impl Iterator<Item = &str> {
    let block = &outline.blocks[block];
    let elsewhere = Facts::HIDDEN | Facts::NAVIGATION | Facts::COMMENTS | Facts::CONTROL | Facts::FOOTER;
    let text = if block.facts.has(elsewhere) { "" } else { outline.text_of(block) };
    text.split('\n').map(str::trim).filter(|line| !line.is_empty() && line.len() <= MAX_LINE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boilerplate::scanner::scan;
    use crate::boilerplate::text;

    #[test]
    fn an_opening_is_what_stands_between_title_and_text() {
        let text = "The storm took the roof of the ferry house. ".repeat(8);
        let page = format!(
            "<p>Menu<p>News<p>17 March<h1>Storms</h1><p>By Ann Hill<br>Harbour<nav><p>Share</nav><p>{text}<p>{text}<p>By Bob West"
        );
        let outline = scan(&page, "").outline;
        let keep = |text: &str| text == "Storms" || text.len() > 200;
        let of_block = |block| Verdict { keep: keep(outline.text_of(block)), probability: 0.5 };
        let verdicts: Vec<Verdict> = outline.blocks.iter().map(of_block).collect();
        let opening = Opening::of(&outline, &verdicts);
        assert_eq!(opening.above, ["17 March", "News"]);
        assert_eq!(opening.below, ["By Ann Hill", "Harbour"]);
        let nothing: Vec<Verdict> = outline.blocks.iter().map(|_| Verdict { keep: false, probability: 0.0 }).collect();
        assert!(Opening::of(&outline, &nothing).is_empty());
    }

    #[test]
    fn no_line_of_a_wrapped_paragraph_is_of_the_opening() {
        let text = "The ship sailed from the harbour of Boston and was never seen\nby Ann Hill again, who was told on 17 March 2012 of its end by\n\
                    the keeper of the lighthouse. Nobody answered the last of its\nletters, for all of the others had gone to sea as well by then.";
        let outline = text::outline(&format!("Storms\n\n{text}\n\n{text}"));
        let verdicts: Vec<Verdict> = outline.blocks.iter().map(|_| Verdict { keep: true, probability: 0.9 }).collect();
        assert_eq!(Opening::of(&outline, &verdicts).below, ["Storms"]);
    }
}
