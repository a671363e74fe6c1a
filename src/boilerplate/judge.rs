//! Which blocks are content: the run of blocks that holds the most text and the least of what stands round it.
//!
//! Each block has a value, positive for running text, negative for menus, labels and the like; content is the run with
//! the largest sum (Pasternack and Roth, "Extracting Article Text from the Web with Maximum Subsequence Segmentation",
//! WWW 2009), less the blocks in it that are chrome by their markup or links. No word lists: it works in every language.

use std::ops::Range;

use super::outline::{Block, Element, Facts, Kind, Outline};

/// Words that a block needs to count for content, in words of scripts that separate them.
const ENOUGH_WORDS: f64 = 12.0;
/// What a run is worth at least: a copyright line is worth less, the shortest sentence that counts as much.
const LEAST_RUN: f64 = ENOUGH_WORDS - 1.0;
/// Words beyond which a block counts no more, so that one long block does not outweigh a page.
const MANY_WORDS: f64 = 60.0;
/// Words of a block that can be a sentence by itself.
const SENTENCE_WORDS: f64 = 5.0;
/// Blocks between a page's main heading and its text: byline, date, share buttons, a summary.
const TITLE_DISTANCE: usize = 12;
/// What a block loses that does not end like a sentence.
const NO_SENTENCE_END: f64 = 6.0;
/// Words that a character counts for in scripts that do not separate words.
const WORDS_PER_UNSEPARATED: f64 = 0.6;
/// Share of links above which a block is a menu.
const MENU_LINK_SHARE: f64 = 0.5;
/// Share of a page's text above which an element cannot be chrome, whatever it is called.
const MOST_OF_PAGE: f64 = 0.5;
/// The value of a block that is chrome by its markup.
const CHROME_VALUE: f64 = -12.0;
/// The least value of headings, list items, table rows and captions, which are short in any text.
const SHORT_BY_NATURE: f64 = -3.0;
/// Share of a text that must stand before an end mark for it to be believed.
const MOST_OF_TEXT: f64 = 0.5;

/// Never content by themselves, but neither a sign that content has ended.
const UNSEEN: Facts = Facts::HIDDEN;
/// Marks of what stands round the content.
fn is_chrome(facts: Facts) -> bool {
    facts.has(
        Facts::CONTROL
            | Facts::NAVIGATION
            | Facts::HEADER
            | Facts::FOOTER
            | Facts::ASIDE
            | Facts::NAMED_CHROME
            | Facts::NAMED_COMMENTS,
    )
}

/// What the judge says of a block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Verdict {
    pub(super) keep: bool,
    /// From 0, surely boilerplate, to 1, surely content; kept blocks have at least one half.
    pub(super) score: f64,
}

/// The verdicts on a page.
pub(super) struct Judgement {
    /// One for each block.
    pub(super) verdicts: Vec<Verdict>,
    /// Share of the page's text that lies in the run, 0 to 1: low where content is scattered.
    pub(super) confidence: f64,
}

/// Judges all blocks of a page.
pub(super) fn judge(outline: &Outline) -> Judgement {
    let words: Vec<f64> = outline.blocks.iter().map(|block| words(outline.text_of(block))).collect();
    let facts = believable_facts(outline, &words);
    let blocks = || outline.blocks.iter().zip(&facts);
    let mut values: Vec<f64> =
        blocks().zip(&words).map(|((block, facts), words)| value(outline, block, *words, *facts)).collect();
    // Beyond the limit blocks were not told apart, so the last of them holds anything.
    if let (true, Some(last)) = (outline.has_mixed_last_block(), values.last_mut()) {
        *last = CHROME_VALUE;
    }
    if let Some(end) = end_mark(outline, &values) {
        values[end..].fill(CHROME_VALUE);
    }
    let run = with_short_neighbours(best_run(&values), values.len(), |i| match outline.blocks[i].kind {
        _ if values[i] == CHROME_VALUE || !is_kept(&outline.blocks[i], facts[i]) => Neighbour::Foreign,
        Kind::Heading(_) => Neighbour::Heading,
        _ if words[i] >= SENTENCE_WORDS && ends_like_sentence(outline.text_of(&outline.blocks[i])) => Neighbour::Sentence,
        _ => Neighbour::Foreign,
    });
    let title = title_before(outline, &run, &facts);
    let keep = blocks().enumerate().map(|(i, (block, facts))| Some(i) == title || run.contains(&i) && is_kept(block, *facts));
    let verdicts = keep.zip(&values).map(|(keep, &value)| verdict(keep, value)).collect();
    let positive = |values: &[f64]| values.iter().filter(|v| **v > 0.0).sum::<f64>();
    let confidence = positive(&values[run.clone()]) / positive(&values).max(1.0);
    Judgement { verdicts, confidence }
}

fn verdict(keep: bool, value: f64) -> Verdict {
    let squashed = 0.5 + 0.5 * value / (value.abs() + ENOUGH_WORDS);
    Verdict { keep, score: if keep { squashed.max(0.5) } else { squashed.min(0.49) } }
}

/// The facts of each block, without those that it cannot have because most of the page's text stands in it: a form
/// round the whole page is no form, a hidden page is shown by a script.
fn believable_facts(outline: &Outline, words: &[f64]) -> Vec<Facts> {
    let share = text_shares(outline, words);
    let mut believable: Vec<Facts> = Vec::with_capacity(outline.elements.len());
    for (i, Element { parent, facts, .. }) in outline.elements.iter().enumerate() {
        let parent = *parent as usize;
        let own = facts.without(outline.elements[parent].facts);
        let inherited = if parent < i { believable[parent] } else { Facts::NONE };
        believable.push(if share[i] > MOST_OF_PAGE { inherited } else { inherited | own });
    }
    let of_block = |block: &Block| {
        let element = block.element as usize;
        believable[element] | block.facts.without(outline.elements[element].facts)
    };
    outline.blocks.iter().map(of_block).collect()
}

/// Share of the page's running text that stands in each element.
fn text_shares(outline: &Outline, words: &[f64]) -> Vec<f64> {
    let mut shares = vec![0.0; outline.elements.len()];
    for (block, words) in outline.blocks.iter().zip(words) {
        shares[block.element as usize] += if *words >= ENOUGH_WORDS { words * (1.0 - block.link_share()) } else { 0.0 };
    }
    for i in (1..shares.len()).rev() {
        let share = shares[i];
        shares[outline.elements[i].parent as usize] += share;
    }
    let whole = shares[0].max(1.0);
    shares.iter_mut().for_each(|share| *share /= whole);
    shares
}

fn value(outline: &Outline, block: &Block, words: f64, facts: Facts) -> f64 {
    if facts.has(UNSEEN) {
        return 0.0;
    }
    if is_chrome(facts) || block.link_share() > MENU_LINK_SHARE {
        return CHROME_VALUE;
    }
    let text_words = words * (1.0 - block.link_share());
    let by_length = if text_words < ENOUGH_WORDS { text_words - ENOUGH_WORDS } else { text_words.min(MANY_WORDS) };
    let ends = if ends_like_sentence(outline.text_of(block)) { 0.0 } else { NO_SENTENCE_END };
    let value = by_length - ends;
    match block.kind {
        Kind::Heading(_) | Kind::TableRow | Kind::ListItem | Kind::Caption => value.max(SHORT_BY_NATURE),
        Kind::Code | Kind::Quote => value.max(0.0),
        Kind::Paragraph => value,
    }
}

/// Inside the run everything stays but what is chrome by its own markup.
fn is_kept(block: &Block, facts: Facts) -> bool {
    let is_menu = block.link_share() > MENU_LINK_SHARE && !matches!(block.kind, Kind::Heading(_));
    !is_menu && !is_chrome(facts) && !facts.has(UNSEEN)
}

/// The run with the largest sum; empty where that is not worth a sentence.
fn best_run(values: &[f64]) -> Range<usize> {
    let (mut best, mut best_sum) = (0..0, LEAST_RUN);
    let (mut start, mut sum) = (0, 0.0);
    for (i, value) in values.iter().enumerate() {
        if sum <= 0.0 {
            (start, sum) = (i, 0.0);
        }
        sum += value;
        if sum > best_sum {
            (best, best_sum) = (start..i + 1, sum);
        }
    }
    best
}

/// What stands beside a run.
#[derive(PartialEq, Eq)]
enum Neighbour {
    Heading,
    /// A whole sentence, though short.
    Sentence,
    Foreign,
}

/// The run with the short sentences at both its ends, and the headings that lead to it.
fn with_short_neighbours(run: Range<usize>, n_blocks: usize, neighbour: impl Fn(usize) -> Neighbour) -> Range<usize> {
    if run.is_empty() {
        return run;
    }
    let start = (0..run.start).rev().take_while(|&i| neighbour(i) != Neighbour::Foreign).last().unwrap_or(run.start);
    let end = (run.end..n_blocks).take_while(|&i| neighbour(i) == Neighbour::Sentence).last().map_or(run.end, |last| last + 1);
    start..end
}

/// The main heading, where only a byline or the like stands between it and the run.
fn title_before(outline: &Outline, run: &Range<usize>, facts: &[Facts]) -> Option<usize> {
    let nearby = run.start.saturating_sub(TITLE_DISTANCE)..run.start;
    nearby.rev().find(|&i| outline.blocks[i].kind == Kind::Heading(1) && !facts[i].has(UNSEEN))
}

/// The block that says that the text ends here, if most of it stands before.
fn end_mark(outline: &Outline, values: &[f64]) -> Option<usize> {
    let text: f64 = values.iter().filter(|v| **v > 0.0).sum();
    let mut before = 0.0;
    for (i, block) in outline.blocks.iter().enumerate() {
        if before > text * MOST_OF_TEXT && is_end_mark(outline.text_of(block)) {
            return Some(i);
        }
        before += values[i].max(0.0);
    }
    None
}

/// Marks by which printers and archives say that a text is over.
fn is_end_mark(text: &str) -> bool {
    const MARKS: [&str; 11] =
        ["###", "# # #", "-30-", "– 30 –", "-end-", "- end -", "the end", "end of document", "end of article", "ende", "■"];
    text.len() <= 20 && MARKS.contains(&text.trim_end_matches('.').to_lowercase().as_str())
}

/// Ends with a mark that ends sentences in some script, closing quotes and brackets aside.
fn ends_like_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»›」』)]）】".contains(c));
    text.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '：', '।', '॥', '؟', '۔', '։', '።', '။', '។', '．', '｡'])
}

/// Words, or what takes as long to read in scripts without blanks between them.
fn words(text: &str) -> f64 {
    let (mut words, mut unseparated) = (0, 0);
    let mut inside = false;
    for c in text.chars() {
        let is_word = c.is_alphanumeric();
        if is_word && is_unseparated(c) {
            unseparated += 1;
            inside = false;
        } else {
            words += u32::from(is_word && !inside);
            inside = is_word || (inside && !c.is_whitespace());
        }
    }
    f64::from(words) + f64::from(unseparated) * WORDS_PER_UNSEPARATED
}

/// Thai, Lao, Burmese, Khmer, kana and ideographs.
fn is_unseparated(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_alike_in_all_scripts() {
        assert_eq!(words("It's two-fold, isn't it?"), 4.0);
        assert_eq!(words("図書館"), 3.0 * WORDS_PER_UNSEPARATED);
        assert_eq!(words(" – … "), 0.0);
    }

    #[test]
    fn the_best_run_bridges_short_blocks() {
        assert_eq!(best_run(&[-5.0, 20.0, -3.0, 30.0, -40.0, 10.0]), 1..4);
        assert_eq!(best_run(&[-1.0, -2.0]), 0..0);
        assert_eq!(best_run(&[]), 0..0);
    }

    #[test]
    fn sentences_end_in_every_script() {
        for text in ["Yes.", "He said: “No.”", "そうです。", "क्या है।", "ماذا؟"] {
            assert!(ends_like_sentence(text), "{text}");
        }
        assert!(!ends_like_sentence("Read more"));
    }
}
