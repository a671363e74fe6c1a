//! Which blocks are content: those that the trees find probable enough, and what goes with them.

use foldhash::{HashMap, HashMapExt};

use super::Options;
use super::context::{Context, LEAST_WORDS};
use super::features::Described;
use super::forest::{Forest, Row, SURELY_NOT};
use super::lists;
use super::markup::Markup;
use super::measures::{MOST_OF_PAGE, Measures};
use super::model::{self, Looks};
use super::outline::{Kind, Outline};
use super::page_type;
use super::refine;
use super::thresholds::{Thresholds, expected_f};
use super::unread;
use crate::document::PageType;

/// Items that make a list, rows that make a table.
const LIST_PARTS: usize = 3;

/// A paragraph of fewer words may be a label: that of a button, of a listing, of a version.
const WORDS_OF_TEXT: f32 = 4.0;

/// Words that a line has at least before it is wrapped.
const WRAPPED_WORDS: f32 = 7.0;

/// Blocks that are judged at once: few enough to stay in the processor's cache, so many that those which are not surely ruled out
/// by the first trees fill the vectors of the others.
const BLOCKS_AT_ONCE: usize = 512;

/// What the judge says of a block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Verdict {
    pub(super) keep: bool,
    /// Probability that it is content, 0 to 1.
    pub(super) probability: f32,
}

/// The verdicts on a page.
pub(super) struct Judgement {
    /// One for each block.
    pub(super) verdicts: Vec<Verdict>,
    /// The word F1 that pages judged like this one have on average, 0 to 1.
    pub(super) confidence: f32,
    /// The probability from which on blocks are kept; of manuals, some labels are not.
    pub(super) threshold: f32,
    /// The kind of page.
    pub(super) page_type: Option<PageType>,
}

/// Judges all blocks of a page from an address.
pub(super) fn judge(outline: &Outline, markup: &Markup, url: &str, options: Options) -> Judgement {
    let model = model::model();
    let described = Described::new(outline, markup, &model.lexicon);
    let words: Vec<f32> = described.measures.iter().map(|measures| measures.words).collect();
    let lists = lists::of_blocks(outline);
    let is_ruled_out = ruled_out(outline, &described);
    let mut probabilities = probabilities(model.looks_at(outline), &is_ruled_out, &described);
    hold_together(&lists, &described, &mut probabilities);
    hold_paragraphs_together(outline, &described, &mut probabilities);
    join_wrapped_lines(outline, &described.measures, &mut probabilities);
    rule_out(&is_ruled_out, &mut probabilities);
    let is_html = !outline.is_plain_text;
    let page_type = is_html.then(|| page_type::page_type(&described, markup, &probabilities, url)).flatten();
    let thresholds = Thresholds::of(&described, &words, &probabilities, options.favor, page_type);
    let confidence = model.calibrated(expected_f(&probabilities, &words, thresholds.of_text, 1.0));
    let is_label = |block: usize| outline.blocks[block].kind == Kind::Paragraph && words[block] < WORDS_OF_TEXT;
    let threshold = |block: usize| if is_label(block) { thresholds.of_labels } else { thresholds.of_text };
    let verdict = |(block, &probability)| Verdict { keep: probability >= threshold(block), probability };
    let mut verdicts: Vec<Verdict> = probabilities.iter().enumerate().map(verdict).collect();
    refine::refine(&described, markup, &lists, options, &mut verdicts);
    Judgement { verdicts, threshold: thresholds.of_text, confidence, page_type }
}

/// What the first look at the blocks says, and then the second at those that the first did not surely rule out.
fn probabilities(looks: &Looks, is_ruled_out: &[bool], described: &Described<'_>) -> Vec<f32> {
    let mut probabilities = vec![0.0; is_ruled_out.len()];
    let blocks: Vec<usize> = (0..is_ruled_out.len()).filter(|&block| !is_ruled_out[block]).collect();
    let first = of_some(&looks.first, &blocks, |block, row| described.features(block, |_, value| row.push(value)));
    blocks.iter().zip(first).for_each(|(&block, probability)| probabilities[block] = probability);
    let undecided: Vec<usize> = blocks.into_iter().filter(|&block| probabilities[block] >= SURELY_NOT).collect();
    let context = Context::new(described, &probabilities);
    let second = of_some(&looks.second, &undecided, |block, row| {
        described.features(block, |_, value| row.push(value));
        context.features(block, |_, value| row.push(value));
    });
    undecided.iter().zip(second).for_each(|(&block, probability)| probabilities[block] = probability);
    probabilities
}

fn of_some(forest: &Forest, blocks: &[usize], fill: impl Fn(usize, &mut Row)) -> Vec<f32> {
    let keys = |&block: &usize| {
        let mut row = Row::new();
        fill(block, &mut row);
        row.keys()
    };
    let of_chunk = |blocks: &[usize]| forest.probabilities(&blocks.iter().map(keys).collect::<Vec<_>>());
    blocks.chunks(BLOCKS_AT_ONCE).flat_map(of_chunk).collect()
}

/// The items of a list and the rows of a table are as probable as they are on average, so that none is missing in between.
fn hold_together(lists: &[Option<usize>], described: &Described<'_>, probabilities: &mut [f32]) {
    let mut parts: HashMap<usize, Vec<usize>> = HashMap::new();
    for (block, list) in lists.iter().enumerate() {
        // What was ruled out does not speak for the others.
        if let Some(list) = list.filter(|_| probabilities[block] > 0.0) {
            parts.entry(list).or_default().push(block);
        }
    }
    for list in parts.into_values().filter(|list| list.len() >= LIST_PARTS) {
        make_even(&list, described, probabilities);
    }
}

/// Makes blocks as probable as they are on average.
fn make_even(blocks: &[usize], described: &Described<'_>, probabilities: &mut [f32]) {
    let weight = |&block: &usize| described.measures[block].words.max(LEAST_WORDS);
    let words: f32 = blocks.iter().map(weight).sum();
    let mean = blocks.iter().map(|block| weight(block) * probabilities[*block]).sum::<f32>() / words;
    blocks.iter().for_each(|&block| probabilities[block] = mean);
}

/// The lines of a paragraph that was wrapped are as probable as they are on average: none may be missing in the middle of a sentence.
fn hold_paragraphs_together(outline: &Outline, described: &Described<'_>, probabilities: &mut [f32]) {
    if !outline.is_plain_text {
        return;
    }
    let mut start = 0;
    for paragraph in outline.blocks.chunk_by(|_, line| line.goes_on) {
        let lines: Vec<usize> = (start..start + paragraph.len()).collect();
        start += paragraph.len();
        if lines.len() > 1 {
            make_even(&lines, described, probabilities);
        }
    }
}

/// In hard-wrapped plain text, a line that goes on with the sentence of the line before is content if that one is.
fn join_wrapped_lines(outline: &Outline, measures: &[Measures], probabilities: &mut [f32]) {
    if !outline.is_plain_text {
        return;
    }
    for i in 1..probabilities.len() {
        // Where scripts have no small letters, a comma says as much.
        let is_open = outline.text_of(&outline.blocks[i - 1]).ends_with(['，', '、', '،']);
        let goes_on = (measures[i].begins_with_small_letter || is_open) && outline.blocks[i].blank_lines == 0;
        if goes_on && !measures[i - 1].ends_sentence && measures[i - 1].words >= WRAPPED_WORDS {
            probabilities[i] = probabilities[i].max(probabilities[i - 1]);
        }
    }
}

/// Which blocks are what nobody reads, what was not told apart, or what stands behind the end.
pub(super) fn ruled_out(outline: &Outline, described: &Described<'_>) -> Vec<bool> {
    let mut is_ruled_out = unread::of_blocks(outline, &described.measures);
    if let (true, Some(last)) = (outline.has_mixed_last_block(), is_ruled_out.last_mut()) {
        *last = true;
    }
    if let Some(end) = end_mark(outline, &described.measures) {
        is_ruled_out[end..].fill(true);
    }
    is_ruled_out
}

pub(super) fn rule_out(is_ruled_out: &[bool], probabilities: &mut [f32]) {
    let ruled_out = probabilities.iter_mut().zip(is_ruled_out).filter(|(_, is_ruled_out)| **is_ruled_out);
    ruled_out.for_each(|(probability, _)| *probability = 0.0);
}

/// The block that says that the text ends here, if most of the prose stands before.
fn end_mark(outline: &Outline, measures: &[Measures]) -> Option<usize> {
    let whole: f32 = measures.iter().map(Measures::prose).sum();
    let mut before = 0.0;
    for (i, (block, measures)) in outline.blocks.iter().zip(measures).enumerate() {
        if before > whole * MOST_OF_PAGE && is_end_mark(outline.text_of(block)) {
            return Some(i);
        }
        before += measures.prose();
    }
    None
}

/// Marks by which printers and archives say that a text is over.
fn is_end_mark(text: &str) -> bool {
    const MARKS: [&str; 11] =
        ["###", "# # #", "-30-", "– 30 –", "-end-", "- end -", "the end", "end of document", "end of article", "ende", "■"];
    /// Bytes of the longest, with some full stops.
    const MAX_MARK: usize = 20;
    text.len() <= MAX_MARK && MARKS.contains(&text.trim_end_matches('.').to_lowercase().as_str())
}

/// Which blocks are kept, by a letter each, for tests: `x` for those that are.
#[cfg(test)]
pub(super) fn shown(verdicts: &[Verdict]) -> String {
    verdicts.iter().map(|verdict| if verdict.keep { 'x' } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;

    #[test]
    fn a_wrapped_paragraph_loses_no_line_in_between() {
        let paragraph = "The harbour office opened again on Monday after\nthree weeks of repairs, and the first of the boats\n\
            came in before noon. Visitors can walk along the\nwhole of the quay again.\n";
        let outline = text::outline(&format!("HARBOUR\n\n{paragraph}\nThe end\n\n{paragraph}"));
        let described = Described::new(&outline, &Markup::default(), &model::model().lexicon);
        let mut probabilities = [0.4, 0.9, 0.1, 0.9, 0.9, 0.2, 0.1, 0.1, 0.4, 0.1];
        hold_paragraphs_together(&outline, &described, &mut probabilities);
        let verdict = |probability: f32| Verdict { keep: probability > 0.3, probability };
        assert_eq!(shown(&probabilities.map(verdict)), "xxxxx-----");
    }
}
