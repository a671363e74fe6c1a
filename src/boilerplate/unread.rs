//! What stands on a page and is not meant to be read: hidden text, what a form has its reader fill in, data that scripts left
//! there, the numbers beside the lines of a program, and those of subtitles with their times.

use super::facts::Facts;
use super::measures::{MOST_OF_PAGE, Measures};
use super::outline::{Block, Kind, Outline};
use super::tag::Tag;

/// Which blocks nobody reads.
pub(super) fn of_blocks(outline: &Outline, measures: &[Measures]) -> Vec<bool> {
    let hidden: Vec<bool> = outline.blocks.iter().map(|block| is_hidden(outline, block)).collect();
    let prose: f32 = measures.iter().map(Measures::prose).sum();
    let of_hidden = measures.iter().zip(&hidden).filter(|(_, is_hidden)| **is_hidden);
    // If most of a page is hidden, a script shows it.
    let is_shown_later = of_hidden.map(|(measures, _)| measures.prose()).sum::<f32>() > prose * MOST_OF_PAGE;
    hidden.iter().enumerate().map(|(i, is_hidden)| *is_hidden && !is_shown_later || is_for_programs(outline, i)).collect()
}

/// What a form has its reader fill in is as little read as what is hidden.
fn is_hidden(outline: &Outline, block: &Block) -> bool {
    block.facts.has(Facts::HIDDEN) || outline.elements[block.element as usize].tag == Tag::Textarea
}

fn is_for_programs(outline: &Outline, block: usize) -> bool {
    let next = outline.blocks.get(block + 1);
    let block = &outline.blocks[block];
    match block.kind {
        Kind::Code => next.is_some_and(|next| are_line_numbers(outline, block, next)),
        _ => {
            let text = outline.text_of(block);
            let is_number = || !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            is_data(text)
                || is_of_icons(text)
                || is_time_of_cue(text)
                || is_number() && next.is_some_and(|next| is_time_of_cue(outline.text_of(next)))
        }
    }
}

/// Whether a text is JSON as programs write it for programs, without a blank between its first marks.
fn is_data(text: &str) -> bool {
    let inner = text.trim_start_matches('[');
    let has_beginning = inner.starts_with("{\"") || text.starts_with("[[") && inner.starts_with('"');
    has_beginning && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Whether there is nothing but characters that only the page's own font knows, such as those of icons.
fn is_of_icons(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '\u{E000}'..='\u{F8FF}') || c.is_whitespace())
}

/// Whether a line says from when to when a subtitle is shown, as SubRip and WebVTT write it: `00:01:02,500 --> 00:01:04,000`.
fn is_time_of_cue(text: &str) -> bool {
    let is_time = |time: &str| {
        let has_signs = time.contains(':') && time.contains(['.', ',']);
        has_signs && time.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b','))
    };
    let times = if text.starts_with(|c: char| c.is_ascii_digit()) { text.split_once(" --> ") } else { None };
    times.is_some_and(|(from, to)| is_time(from) && to.split(' ').next().is_some_and(is_time))
}

/// Whether a block numbers the lines of the program that stands in the next cell of a table.
fn are_line_numbers(outline: &Outline, block: &Block, program: &Block) -> bool {
    let mut numbers = outline.text_of(block).lines().map(|line| line.trim().parse::<u32>().ok().map(u64::from));
    let Some(Some(first)) = numbers.next() else { return false };
    let n_more = numbers.clone().count();
    program.kind == Kind::Code
        && n_more > 0
        && n_more + 1 == outline.text_of(program).lines().count()
        && numbers.eq((first + 1..).map(Some).take(n_more))
        && are_in_cells_of_a_row(outline, block, program)
}

fn are_in_cells_of_a_row(outline: &Outline, first: &Block, second: &Block) -> bool {
    let cell_of = |block: &Block| {
        let mut outwards =
            std::iter::successors(Some(block.element), |&at| (at > 0).then(|| outline.elements[at as usize].parent));
        outwards.find(|&at| matches!(outline.elements[at as usize].tag, Tag::Td | Tag::Th))
    };
    let row_of = |cell: u32| outline.elements[cell as usize].parent;
    matches!((cell_of(first), cell_of(second)), (Some(first), Some(second)) if first != second && row_of(first) == row_of(second))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boilerplate::measures;
    use crate::boilerplate::scanner::scan;

    /// The texts of a page's blocks that are read.
    fn read(html: &str) -> Vec<String> {
        let outline = scan(html, "").outline;
        let unread = of_blocks(&outline, &measures::measure(&outline, "", "").0);
        let read = outline.blocks.iter().zip(unread).filter(|(_, unread)| !unread);
        read.map(|(block, _)| outline.text_of(block).to_owned()).collect()
    }

    #[test]
    fn data_is_no_text() {
        for data in [r#"{"id":1,"tags":["a"]}"#, r#"[{"id":1}]"#, r#"[["Easy","easy"],[]]"#] {
            assert_eq!(read(&format!("<p>One.</p><div>{data}</div>")), ["One."], "{data}");
        }
        for text in [r#"{"id":1} is an object."#, "[1]", "[[edit]]", "[[1,2],[3]]", r#"{ "id": 1 }"#] {
            assert_eq!(read(&format!("<p>{text}</p>")), [text]);
        }
        assert_eq!(read(r#"<pre>{"id":1}</pre>"#), [r#"{"id":1}"#]);
    }

    #[test]
    fn icons_are_no_text() {
        assert_eq!(read("<p>\u{f09a} \u{f232}</p><p>\u{f09a} Share</p><p>\u{1F600}</p>"), ["\u{f09a} Share", "\u{1F600}"]);
    }

    #[test]
    fn times_of_subtitles_are_no_text() {
        let subtitles = "<div>7</div><div>00:01:02,500 --> 00:01:04,000</div><div>Ahoy!</div><div>2</div><div>01:04.2 --> 01:05.1 line:0</div><p>1984</p>";
        assert_eq!(read(subtitles), ["Ahoy!", "1984"]);
        for text in ["a --> b", "1 --> 2", "10:30 --> 11:15"] {
            assert_eq!(read(&format!("<p>9</p><p>{text}</p>")), ["9", text]);
        }
    }

    #[test]
    fn numbers_of_lines_are_no_text() {
        let table = |numbers: &str, program: &str| {
            read(&format!("<table><tr><td><pre>{numbers}</pre></td><td><pre>{program}</pre></td></tr></table>"))
        };
        assert_eq!(table("1\n2\n3", "a\nb\nc"), ["a\nb\nc"]);
        assert_eq!(table(" 9\n10", "a\nb"), ["a\nb"]);
        assert_eq!(table("1\n2\n3", "a\nb").len(), 2);
        assert_eq!(table("4294967295\n0", "a\nb").len(), 2);
        assert_eq!(table("1\n2\n4", "a\nb\nc").len(), 2);
        assert_eq!(table("1", "a").len(), 2);
        for output in ["<pre>1\n2</pre><p>a<br>b</p>", "<pre>1\n2</pre><pre>a\nb</pre>", "<td><pre>1\n2</pre><pre>a\nb</pre>"] {
            assert_eq!(read(output).len(), 2, "{output}");
        }
    }
}
