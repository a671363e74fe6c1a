//! Whether a line feed in plain text ends a paragraph, or was put there because the line was full.

mod breaks;
mod items;
mod joints;
mod pages;

use std::ops::Range;

use crate::characters::is_unspaced;
use crate::near;
use breaks::Breaks;
use items::{begin_items, text_of_item};
pub(crate) use joints::{Hyphens, go_on_with};
pub(crate) use pages::Pages;

/// Line feeds inside of paragraphs that a stretch of text must have, before anything can be said of the lengths of its lines.
const MIN_BREAKS: usize = 2;
/// Those that stretches which were wrapped must have together, before they say at which width the whole text was.
const BREAKS_OF_WIDTH: usize = 4;
/// Columns of a full line: shorter ones are verses, addresses and lists, longer ones were never wrapped.
const FULL_LINE: Range<usize> = 40..121;
/// Columns that verses seldom have.
const LONG_LINE: usize = 60;
/// Columns by which full lines may differ where no blanks stand between words: one character that may not begin or end a line.
const MAX_RAGGED: usize = 3;
/// Wrapped lines are nearly full: so much of the longest.
const NEARLY_FULL: f64 = 0.75;
/// The least share of lines that are nearly full in wrapped text.
const MIN_FULL: f64 = 0.7;
/// The least share of line feeds before words that did not fit in stretches each of which shows by itself that it was wrapped, if they
/// are to say at which width the whole text was.
const MOST_AT_FULL: f64 = 0.8;
/// So much longer than others may lines be that were wrapped at the same width.
const RAGGED_WIDTH: f64 = 1.1;
/// Bytes that are looked at for a blank between words, so that time is linear.
const MAX_WORD: usize = 400;

/// The paragraphs of plain text: stretches between empty lines if they are wrapped, else each line that is not empty.
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut paragraphs = Vec::new();
    for (stretch, is_wrapped) in judged_stretches(text) {
        match (stretch.first(), stretch.last()) {
            (Some(first), Some(last)) if is_wrapped => paragraphs.push(first.start..last.end),
            _ => add_lines(text, stretch, &mut paragraphs),
        }
    }
    paragraphs
}

/// Where those lines begin, behind their white space, that go on with the line before in a stretch that was wrapped.
pub(crate) fn continuations(text: &str) -> Vec<usize> {
    if !text.contains('\n') {
        return Vec::new();
    }
    let wrapped = judged_stretches(text).filter(|(_, is_wrapped)| *is_wrapped);
    wrapped.flat_map(|(stretch, _)| stretch.into_iter().skip(1).map(|line| line.start)).collect()
}

/// The same in text whose lines end with forced breaks, which verses, pairs of sentences and lists of addresses have as well: those lines
/// go on that are longer than such, and not behind a sentence or beside an address.
pub(crate) fn continuations_behind_breaks(text: &str) -> Vec<usize> {
    let is_address = |line: &str| line.contains("://") || line.starts_with("www.");
    let goes_on = |&start: &usize| {
        let (before, line) = (near_end(text[..start].trim_end()), text[start..].lines().next().unwrap_or_default());
        let before = before.rsplit('\n').next().unwrap_or_default();
        let begins_sentence = ends_sentence(before) && line.starts_with(char::is_uppercase);
        !begins_sentence && ![before, line].into_iter().any(is_address)
    };
    let is_long = text.lines().any(|line| columns(line) >= LONG_LINE);
    if is_long { continuations(text).into_iter().filter(goes_on).collect() } else { Vec::new() }
}

/// The stretches between empty lines, in wrapped text also those between indented lines and items of lists, and whether each is
/// wrapped.
fn judged_stretches(text: &str) -> impl Iterator<Item = (Vec<Range<usize>>, bool)> {
    let stretches = stretches(text);
    let are_code: Vec<bool> = stretches.iter().map(|stretch| is_code(text, stretch)).collect();
    let are_wrapped: Vec<bool> =
        stretches.iter().zip(&are_code).map(|(stretch, is_code)| !is_code && is_wrapped(text, stretch)).collect();
    let of_whole = width_of_wrapped(text, &stretches);
    let wrapped = stretches.iter().zip(&are_wrapped).filter(|(_, is_wrapped)| **is_wrapped).map(|(stretch, _)| stretch);
    let width = of_whole.or_else(|| common_width(text, wrapped));
    stretches.into_iter().zip(are_code).zip(are_wrapped).flat_map(move |((stretch, is_code), is_wrapped)| {
        match is_wrapped || !is_code && width.is_some_and(|width| fits_width(text, &stretch, width)) {
            true => parts(text, &stretch).map(|paragraph| (paragraph.to_vec(), true)).collect(),
            false if is_code || !parts(text, &stretch).any(|part| hangs(text, part)) => vec![(stretch, false)],
            false => parts(text, &stretch).map(|part| (part.to_vec(), hangs(text, part))).collect(),
        }
    })
}

/// Whether the lines of a stretch are as they are in a text that was wrapped at this width.
fn fits_width(text: &str, stretch: &[Range<usize>], width: usize) -> bool {
    let breaks = Breaks::inside(text, stretch, width);
    breaks.are_where_lines_are_full() && breaks.are_behind_words() && longest(text, stretch) as f64 <= RAGGED_WIDTH * width as f64
}

fn near_end(text: &str) -> &str {
    near::end_of(text, MAX_WORD)
}

/// Whether no blank stands between two lines of a paragraph.
fn are_unspaced(line: &str, next: &str) -> bool {
    line.ends_with(is_unspaced) && next.starts_with(is_unspaced)
}

/// How wide a line is.
fn columns(line: &str) -> usize {
    // The first byte of U+3000 is E3, and most texts have none that is more.
    if line.bytes().fold(0, u8::max) < 0xE3 {
        return line.chars().count();
    }
    let mut is_wide = false;
    let width = |c: char| {
        // These are as wide as what they stand among.
        is_wide = is_unspaced(c) || is_wide && matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·');
        1 + usize::from(is_wide)
    };
    line.chars().map(width).sum()
}

/// Lines without the white space around them, those between empty lines together.
fn stretches(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut stretches = vec![Vec::new()];
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let from = start + (line.len() - line.trim_start().len());
        match stretches.last_mut() {
            Some(stretch) if !content.is_empty() => stretch.push(from..from + content.len()),
            Some(stretch) if !stretch.is_empty() => stretches.push(Vec::new()),
            _ => {}
        }
        start += line.len();
    }
    stretches
}

/// The paragraphs of a stretch of wrapped lines, as far as their first lines are indented or they are items of lists.
fn parts<'l>(text: &str, stretch: &'l [Range<usize>]) -> impl Iterator<Item = &'l [Range<usize>]> {
    let indent = |line: &Range<usize>| indent(text, line);
    let mut begin_items = begin_items(text, stretch).into_iter().skip(1);
    stretch.chunk_by(move |before, line| {
        let may_begin = !text[line.start..].starts_with(char::is_lowercase) && ends_sentence(&text[before.clone()]);
        let begins_item = begin_items.next().unwrap_or(false);
        let has_ruler = [before, line].into_iter().any(|line| is_ruler(&text[line.clone()]));
        !begins_item && !has_ruler && (!may_begin || indent(line) <= indent(before))
    })
}

/// Whether a line parts others, such as dashes below a heading.
fn is_ruler(line: &str) -> bool {
    !line.contains(char::is_alphanumeric)
}

/// Bytes of white space before a line.
fn indent(text: &str, line: &Range<usize>) -> usize {
    text[..line.start].bytes().rev().take_while(|byte| *byte != b'\n').count()
}

/// Whether these lines are an item of a list, of which all but the first stand below its text.
fn hangs(text: &str, part: &[Range<usize>]) -> bool {
    let Some((first, others)) = part.split_first().filter(|(_, others)| !others.is_empty()) else { return false };
    let Some(before_text) = text_of_item(&text[first.clone()]) else { return false };
    let goes_on = |line: &Range<usize>| {
        let line = &text[line.clone()];
        FULL_LINE.contains(&columns(line)) && !line.ends_with([':', '：'])
    };
    let column = indent(text, first) + before_text;
    others.iter().all(|line| indent(text, line) == column) && part[..others.len()].iter().all(goes_on)
}

/// Columns of the longest line.
fn longest(text: &str, lines: &[Range<usize>]) -> usize {
    lines.iter().map(|line| columns(&text[line.clone()])).max().unwrap_or(0)
}

/// Whether a line ends as a sentence does, so that an indented line behind it begins a paragraph.
fn ends_sentence(line: &str) -> bool {
    line.ends_with(|c: char| matches!(c, '.' | '!' | '?' | '"' | '\'' | '”' | '’' | '»' | '…') || is_final(c))
}

/// Whether more than a third of the lines assign, call or end as statements of a program do, begin as comments and commands do or
/// with the word of the line before, or stand in columns.
fn is_code(text: &str, lines: &[Range<usize>]) -> bool {
    let is_statement = |line: &str| {
        let before_sign = line.strip_suffix([';', '{', '}']);
        let calls = || line.as_bytes().windows(2).any(|two| two[0].is_ascii_alphabetic() && two[1] == b'(');
        before_sign.is_some_and(|before| !before.ends_with(char::is_alphabetic)) || line.contains(" = ") || calls()
    };
    let is_marked = |line: &str| line.starts_with(['#', '$', '%']) || line.starts_with("//") || line.ends_with('\\');
    let line = |i: usize| &text[lines[i].clone()];
    let first_word = |i: usize| line(i).split(' ').next().filter(|word| word.len() > 1);
    let repeats_word = |i: usize| i > 0 && first_word(i).is_some_and(|word| first_word(i - 1) == Some(word));
    let is_of_code = |&i: &usize| is_marked(line(i)) || line(i).contains("   ") || is_statement(line(i)) || repeats_word(i);
    let n_of_code = (0..lines.len()).filter(is_of_code).count();
    3 * n_of_code > lines.len()
}

/// What ends sentences where no blanks stand between words.
fn is_final(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '」' | '』')
}

/// The columns that all lines of a text were wrapped at.
fn width_of_wrapped(text: &str, stretches: &[Vec<Range<usize>>]) -> Option<usize> {
    let widths = stretches.iter().flatten().map(|line| columns(&text[line.clone()]));
    let width = widths.max().filter(|width| FULL_LINE.contains(width))?;
    let mut breaks = Breaks::default();
    stretches.iter().for_each(|stretch| breaks.add(&Breaks::inside(text, stretch, width)));
    (breaks.are_where_lines_are_full() && breaks.are_inside_sentences()).then_some(width)
}

/// The columns that some stretches, each of which is wrapped, were wrapped at: headings, tables and code round them say nothing of it.
fn common_width<'l>(text: &str, wrapped: impl Iterator<Item = &'l Vec<Range<usize>>> + Clone) -> Option<usize> {
    let width = wrapped.clone().map(|stretch| longest(text, stretch)).max()?;
    let mut breaks = Breaks::default();
    wrapped.for_each(|stretch| breaks.add(&Breaks::inside(text, stretch, width)));
    (breaks.n >= BREAKS_OF_WIDTH && breaks.full as f64 >= MOST_AT_FULL * breaks.n as f64).then_some(width)
}

fn add_lines(text: &str, lines: Vec<Range<usize>>, paragraphs: &mut Vec<Range<usize>>) {
    let has_capitals = lines.first().is_some_and(|first| text[first.start..].starts_with(char::is_uppercase));
    for line in lines {
        match paragraphs.last_mut() {
            Some(before) if has_capitals && goes_on(&text[before.clone()], &text[before.end..line.end]) => before.end = line.end,
            _ => paragraphs.push(line),
        }
    }
}

/// Whether a line that begins in small letters is the rest of the line before it.
fn goes_on(before: &str, feed_and_line: &str) -> bool {
    let is_next_line = feed_and_line.trim_start_matches([' ', '\t', '\r']).matches('\n').count() == 1;
    let is_open = !before.ends_with(|c: char| c.is_ascii_punctuation() || matches!(c, '。' | '…' | '»' | '”'));
    let has_blank = near_end(before).contains([' ', '\n']);
    is_next_line && is_open && has_blank && feed_and_line.trim_start().starts_with(char::is_lowercase)
}

/// Whether a stretch by itself shows that it was wrapped.
fn is_wrapped(text: &str, lines: &[Range<usize>]) -> bool {
    let longest = longest(text, lines);
    if lines.len() <= MIN_BREAKS || !FULL_LINE.contains(&longest) {
        return false;
    }
    let is_full = |pair: &&[Range<usize>]| {
        let [line, next] = [0, 1].map(|i| &text[pair[i].clone()]);
        match are_unspaced(line, next) {
            true => columns(line) + MAX_RAGGED >= longest,
            false => columns(line) as f64 >= NEARLY_FULL * longest as f64,
        }
    };
    let n_full: usize = parts(text, lines).map(|part| part.windows(2).filter(is_full).count()).sum();
    let breaks = Breaks::inside(text, lines, longest);
    breaks.n >= MIN_BREAKS && n_full as f64 >= MIN_FULL * breaks.n as f64 && breaks.are_inside_sentences()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: usize) {
        assert_eq!(paragraphs(text).len(), expected, "{text}");
    }

    #[test]
    fn full_lines_go_on() {
        check(
            "The ferry leaves the harbour at seven, and the children wave\nuntil it is out of sight. Then they go home and tell their\n\
             mothers how high the waves have been today, and that one of\nthem has seen a seal.\n\nA second paragraph.",
            2,
        );
    }

    #[test]
    fn short_paragraphs_go_on_in_text_that_is_wrapped() {
        check(
            "The ferry leaves the harbour at seven, and the children wave\nuntil it is out of sight. Then they go home and tell their\nmothers.\n\n\
             The second ferry comes at noon and brings bread, and the\nletters that Margaret waits for.",
            2,
        );
    }

    #[test]
    fn short_paragraphs_go_on_at_the_width_of_the_others() {
        let paragraph = "The ferry leaves the harbour at seven, and the children wave\nuntil it is out of sight. Then they go home and tell their\n\
                         mothers how high the waves have been today, and that one of\nthem has seen a seal.\n\n";
        let table = "Harbour      Departs   Arrives\nNorthgate    06:15     07:40\nSouthpier    12:00     13:25\n\n";
        let text = format!(
            "THE FERRY\nAnd other ships\n\n{table}{}The second ferry comes at noon and brings bread, and many\nletters.\n\n{table}Bread\nButter",
            paragraph.repeat(2)
        );
        check(&text, 2 + 3 + 2 + 1 + 3 + 2);
        let unwrapped =
            "This line is far longer than those that were wrapped, as it was never wrapped, and so is the next.\n".repeat(2);
        check(&format!("{}{unwrapped}", paragraph.repeat(2)), 4);
        check(&format!("{}The ferry\n{}\n", paragraph.repeat(2), "-".repeat(60)), 4);
    }

    #[test]
    fn items_of_lists_are_paragraphs() {
        let list = "- The ferry leaves the harbour at seven, and the children wave\n  until it is out of sight.\n\
                    - The second one comes at noon and brings bread, and also the\n  letters that Margaret waits for.\n\
                    - Dogs pay half.\n";
        check(list, 3);
        check(&list.replace("- ", "* "), 3);
        let hanging = "* The ferry leaves the harbour at seven, with all the\n  children on board.\n* This is how you see when:\n  see --when\n";
        check(hanging, 3);
    }

    #[test]
    fn data_does_not() {
        let log = "2001-03-04 09:10:11 INFO the ferry has left the harbour with 20 people";
        check(&[log; 5].join("\n"), 5);
        let program = "    # both functions are independent of each other, and\n    # the loop keeps on storing what they have found\n    \
                       results = await gather(first_task(), second_task())\n    print(results, 'is what they found in the loop')\n";
        check(program, 4);
        check(&["mQENBFqkX0cBCADHt5sBq5gKuTm8RzuoUv2lH8rVXhJm0yJYx4dA"; 5].join("\n"), 5);
        let settings = "# The disk on which the loader should be installed\n# by which the disk and not a partition is meant here\n\
                        boot=/dev/sda\n# the partition that holds the system and the\nroot=/dev/sda2\n# item to be loaded by default\ndefault=Linux";
        check(settings, 7);
        let imports = "from harbour.ferries.decorators import passenger_required\nfrom harbour.tools.decorators import method_decorator\n\
                       from harbour.ferries.times import table";
        check(imports, 3);
        let table = "ferry 7       0 seven.harbour:http    waves.example:4711    sailing\n";
        check(&table.repeat(9), 9);
    }

    #[test]
    fn lines_go_on_behind_their_white_space() {
        let text = "  The ferry leaves the harbour at seven, and the children wave\n  until it is out of sight. Then they go home and tell their\n\
                    mothers how high the waves have been today, and that\none has seen a seal.\n\nNext.";
        let lines: Vec<&str> = continuations(text).into_iter().map(|at| &text[at..at + 4]).collect();
        assert_eq!(lines, ["unti", "moth", "one "]);
        assert!(continuations("You will need\na big pot of soup\na sharp knife").is_empty());
    }

    #[test]
    fn forced_breaks_wrap_long_lines_alone() {
        let text = "The committee met on Tuesday to discuss the proposals for the\nnew bridge, and agreed that work should begin in spring next\n\
                    year. It was agreed by all of the members that the bridge is.\nIt is to be made of steel, as can be read in the report at the\n\
                    https://council.example/bridge, which will stand there longer\nthan the bridge will.";
        let lines: Vec<&str> = continuations_behind_breaks(text).into_iter().map(|at| &text[at..at + 4]).collect();
        assert_eq!(lines, ["new ", "year"]);
        let verse = "I saw the ferry leave the harbour in the morning\nwith all the children waving from the wall, and then\n\
                     the gulls that followed it were lost in mist and\nthe bells of all the churches called us home.";
        assert!(continuations_behind_breaks(verse).is_empty() && continuations(verse).len() == 3);
    }

    #[test]
    fn words_may_be_divided_at_the_ends_of_lines() {
        let text = "Die Bundesregierung hat am Montag eine neue Verord-\nnung beschlossen, nach der alle Städte und Gemein-\n\
                    den ihre Daten offenlegen müssen. Die Opposition kri-\ntisierte das Vorhaben als zu teuer und zu lang-\nsam.";
        check(text, 1);
    }

    #[test]
    fn indented_lines_begin_paragraphs() {
        let paragraph = "   It was in the spring of the year that all London was\ninterested, and the fashionable world dismayed, by the\n\
                         murder of a man under most unusual and inexplicable\ncircumstances. The public has learned it.\n";
        check(&paragraph.repeat(3), 3);
        let hanging = "1. The ferry leaves the harbour at seven, and the children\n   wave until it is out of sight. Then they go home and\n   \
                       tell their mothers how high the waves have been today.\n";
        check(hanging, 1);
    }

    #[test]
    fn lines_in_scripts_without_blanks_are_short() {
        let wrapped = "我们在北京的时候，每天早上都去公园散步。公园里有很多老人，\n他们打太极拳、下棋、唱歌，看起来都很快乐。有一天，我们遇到\n\
                       了一位老先生，他说他已经九十岁了，可是每天还是走五公里。他\n告诉我们，健康的秘诀就是多走路、少生气。";
        check(wrapped, 1);
        check(
            "二十歳になった春に私は東京の小さな町へ引\nっ越した。駅から歩いて十五分の古い家で、\n庭には大きな柿の木が一本あった。",
            1,
        );
        check(
            "床前明月光，疑是地上霜。举头望明月，低头思故乡。\n红豆生南国，春来发几枝。愿君多采撷，此物最相思。\n白日依山尽，黄河入海流。欲穷千里目，更上一层楼。",
            3,
        );
        check(
            "市政府宣布明年将扩建三条地铁线路并增加班次\n专家建议市民冬季减少外出\n国家图书馆延长周末开放时间至晚上十点\n大学招生人数再创新高",
            4,
        );
    }

    #[test]
    fn lists_and_verses_do_not() {
        check("Bread\nButter\nA dozen eggs", 3);
        check(
            "The sea is calm tonight, the tide is full, the moon lies fair\nUpon the straits\nOn the French coast the light\n",
            3,
        );
    }
}
