//! Rows of tables: those of short cells are one line, with tabs between the cells.

use std::ops::Range;

use super::facts::Facts;
use super::outline::{Block, Chars, Kind, Outline};

/// A cell with more characters is laid out, not tabulated.
const MAX_CELL_CHARS: u32 = 200;
/// Lines of a cell that `<br>` breaks to keep its column narrow; more of them are a list.
const MAX_CELL_LINES: usize = 3;

/// A row that is open: where its blocks and its cells begin.
struct Row {
    first_block: usize,
    first_cell: usize,
}

/// A cell that has ended.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    /// How many blocks there were then.
    pub(super) n_blocks: usize,
    pub(super) is_hidden: bool,
}

/// The rows that are open.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<Row>,
    /// Those of all of them that have ended.
    cells: Vec<Cell>,
    /// The last row whose cells were joined, as it was before, and its text.
    joined: Vec<Block>,
    joined_text: String,
}

impl Rows {
    /// Begins a row, before which there are so many blocks.
    pub(super) fn begin(&mut self, n_blocks: usize) {
        self.rows.push(Row { first_block: n_blocks, first_cell: self.cells.len() });
    }

    pub(super) fn end_cell(&mut self, cell: Cell) {
        if !self.rows.is_empty() {
            self.cells.push(cell);
        }
    }

    /// Ends a row. If it is tabular, its cells are one block.
    pub(super) fn end(&mut self, outline: &mut Outline) {
        let Some(Row { first_block, first_cell }) = self.rows.pop() else { return };
        if is_tabular(outline, first_block, &self.cells[first_cell..]) {
            self.join_cells(outline, first_block, first_cell);
        }
        self.cells.truncate(first_cell);
    }

    /// Makes one block of a row, in which a tab stands for each edge between cells, up to the last that is not empty. Hidden cells
    /// beside shown ones have no place in it, and what is hidden stands behind it.
    fn join_cells(&mut self, outline: &mut Outline, first_block: usize, first_cell: usize) {
        let Outline { text, blocks, elements, .. } = outline;
        let start = blocks[first_block].start as usize;
        self.joined_text.clear();
        self.joined_text.push_str(&text[start..]);
        text.truncate(start);
        self.joined.clear();
        self.joined.extend(blocks.drain(first_block..));
        let (cells, joined) = (&self.cells[first_cell..], &self.joined);
        let text_of = |block: &Block| &self.joined_text[block.start as usize - start..block.end as usize - start];
        let is_row_hidden = cells.iter().all(|cell| cell.is_hidden);
        let is_shown = |block: &&Block| is_row_hidden || !block.facts.has(Facts::HIDDEN);
        let mut row: Option<Block> = None;
        let mut n_tabs = 0;
        let columns = contents(first_block, cells).filter(|(cell, _)| is_row_hidden || !cell.is_hidden);
        for (column, (_, blocks)) in columns.enumerate() {
            let blocks = &joined[blocks.start - first_block..blocks.end - first_block];
            let Some(block) = blocks.iter().find(is_shown) else { continue };
            text.extend(std::iter::repeat_n('\t', column - n_tabs));
            push_on_one_line(text, text_of(block));
            n_tabs = column;
            row.get_or_insert(Block { chars: Chars::NONE, ..*block }).chars += block.chars;
        }
        let Some(row) = row else { return };
        let element = elements[row.element as usize].parent;
        blocks.push(Block { start: start as u32, end: text.len() as u32, element, kind: Kind::TableRow, ..row });
        text.push('\n');
        for block in joined.iter().filter(|block| !is_shown(block)) {
            let start = text.len() as u32;
            text.push_str(text_of(block));
            blocks.push(Block { start, end: text.len() as u32, ..*block });
            text.push('\n');
        }
    }
}

/// Whether the shown cells of a row, all of a hidden one, are short, and several are not empty.
fn is_tabular(outline: &Outline, first_block: usize, cells: &[Cell]) -> bool {
    let is_row_hidden = cells.iter().all(|cell| cell.is_hidden);
    let is_shown = |block: &&Block| is_row_hidden || !block.facts.has(Facts::HIDDEN);
    let mut n_filled = 0;
    let are_short = contents(first_block, cells).all(|(cell, blocks)| {
        let shown = || outline.blocks[blocks.clone()].iter().filter(is_shown);
        let n_shown = shown().count();
        n_filled += n_shown;
        // Text between cells is counted to the next one, which may have no place for it.
        n_shown <= usize::from(is_row_hidden || !cell.is_hidden) && shown().all(|block| is_short(outline, block))
    });
    let has_all = cells.last().is_some_and(|last| last.n_blocks == outline.blocks.len());
    are_short && has_all && n_filled > 1
}

/// The cells of a row, each with its blocks.
fn contents(first_block: usize, cells: &[Cell]) -> impl Iterator<Item = (&Cell, Range<usize>)> {
    let mut end = first_block;
    cells.iter().map(move |cell| (cell, std::mem::replace(&mut end, cell.n_blocks)..cell.n_blocks))
}

fn is_short(outline: &Outline, block: &Block) -> bool {
    let lines = || outline.text_of(block).split('\n').take(MAX_CELL_LINES + 1);
    let is_one_text = || lines().count() <= MAX_CELL_LINES && !lines().any(|line| line.ends_with([';', '{', '}']));
    block.chars.all <= MAX_CELL_CHARS && block.kind == Kind::Paragraph && is_one_text()
}

/// Appends the text of a cell, whose lines are one where the row is one.
fn push_on_one_line(text: &mut String, cell: &str) {
    let mut lines = cell.split('\n');
    text.push_str(lines.next().unwrap_or_default());
    for line in lines {
        text.push(' ');
        text.push_str(line);
    }
}

#[cfg(test)]
mod tests {
    use crate::boilerplate::facts::Facts;
    use crate::boilerplate::scanner::scan;

    fn check(rows: &[String], expected: &[&str]) {
        let outline = scan(&format!("<table>{}</table>", rows.concat()), "").outline;
        assert_eq!(outline.blocks.iter().map(|block| outline.text_of(block)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn empty_cells_keep_the_others_in_their_columns() {
        let row = |cells: &[&str]| format!("<tr><td>{}</td></tr>", cells.join("</td><td>"));
        let rows =
            [row(&["District", "2019", "2020", "Note"]), row(&["North", "", "1200", "new"]), row(&["", "&nbsp;", "9", "8", ""])];
        check(&rows, &["District\t2019\t2020\tNote", "North\t\t1200\tnew", "\t\t9\t8"]);
        check(&[row(&["", "Once upon a time", ""])], &["Once upon a time"]);
        check(&[row(&["Per<br>head", "1,<br> 2"]), row(&["a<br>b<br>c<br>d", "2"])], &["Per head\t1, 2", "a\nb\nc\nd", "2"]);
    }

    #[test]
    fn hidden_cells_are_no_part_of_a_row() {
        let row = |hidden: &str| format!("<tr><td>North<td {hidden}>0012<td>1200<td {hidden}>x");
        check(&[row("style='display: none'")], &["North\t1200", "0012", "x"]);
        check(&["<tr hidden><td>North<td>1200".to_owned()], &["North\t1200"]);
        check(&["<tr><td hidden>0012<td>1200".to_owned()], &["0012", "1200"]);
        check(&["<tr><td>North<td hidden><td>1200<td hidden>no<br>thing".to_owned()], &["North\t1200", "no\nthing"]);
        check(&["<tr>stray<td hidden>0012<td>North<td>1200".to_owned()], &["stray", "0012", "North", "1200"]);
        check(&["<tr><td>North<td><b hidden>?</b><td>1200".to_owned()], &["North\t\t1200", "?"]);
        let outline = scan(&format!("<table>{}</table>", row("hidden")), "").outline;
        assert_eq!(outline.blocks.iter().map(|block| block.facts.has(Facts::HIDDEN)).collect::<Vec<_>>(), [false, true, true]);
    }
}
