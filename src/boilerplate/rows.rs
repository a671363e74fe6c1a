//! Rows of tables: those of short cells are one line, with tabs between the cells.

use super::facts::Facts;
use super::outline::{Block, Chars, Kind, Outline};

/// A cell with more characters is laid out, not tabulated.
const MAX_CELL_CHARS: u32 = 200;

/// A row that is open: where its blocks and its cells begin.
struct Row {
    first_block: usize,
    first_cell: usize,
}

/// The rows that are open.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<Row>,
    /// For each cell of them that has ended, how many blocks there were when it did.
    cells: Vec<u32>,
    /// The last row whose cells were joined, as it was before, and its text.
    joined: Vec<Block>,
    joined_text: String,
}

impl Rows {
    /// Begins a row, before which there are so many blocks.
    pub(super) fn begin(&mut self, n_blocks: usize) {
        self.rows.push(Row { first_block: n_blocks, first_cell: self.cells.len() });
    }

    pub(super) fn end_cell(&mut self, n_blocks: usize) {
        if !self.rows.is_empty() {
            self.cells.push(n_blocks as u32);
        }
    }

    /// Ends a row. If it is tabular, its cells are one block.
    pub(super) fn end(&mut self, outline: &mut Outline) {
        let Some(Row { first_block, first_cell }) = self.rows.pop() else { return };
        let row = &outline.blocks[first_block..];
        let has_one_block_a_cell = row.len() == filled_cells(first_block, &self.cells[first_cell..]).count();
        let is_tabular = row.len() > 1
            && row.iter().filter(|cell| !is_hidden(cell)).count() != 1
            && has_one_block_a_cell
            && row.iter().all(|cell| cell.chars.all <= MAX_CELL_CHARS && cell.kind == Kind::Paragraph)
            && row.iter().all(|cell| !outline.text_of(cell).contains('\n'));
        if is_tabular {
            self.join_cells(outline, first_block, first_cell);
        }
        self.cells.truncate(first_cell);
    }

    /// Makes one block of a row, in which a tab stands for each edge between cells, up to the last that is not empty. Hidden cells
    /// beside shown ones are blocks behind it.
    fn join_cells(&mut self, outline: &mut Outline, first_block: usize, first_cell: usize) {
        let Outline { text, blocks, elements, .. } = outline;
        let start = blocks[first_block].start as usize;
        self.joined_text.clear();
        self.joined_text.push_str(&text[start..]);
        text.truncate(start);
        self.joined.clear();
        self.joined.extend(blocks.drain(first_block..));
        let text_of = |cell: &Block| &self.joined_text[cell.start as usize - start..cell.end as usize - start];
        let is_row_hidden = self.joined.iter().all(is_hidden);
        let is_in_row = |cell: &&Block| is_row_hidden || !is_hidden(cell);
        let Some(&first) = self.joined.iter().find(is_in_row) else { return };
        let mut chars = Chars::default();
        let (mut n_tabs, mut n_hidden) = (0, 0);
        for (cell, column) in self.joined.iter().zip(filled_cells(first_block, &self.cells[first_cell..])) {
            if !is_in_row(&cell) {
                n_hidden += 1;
                continue;
            }
            text.extend(std::iter::repeat_n('\t', column - n_hidden - n_tabs));
            text.push_str(text_of(cell));
            n_tabs = column - n_hidden;
            chars += cell.chars;
        }
        let element = elements[first.element as usize].parent;
        let row = Block { start: start as u32, end: text.len() as u32, element, kind: Kind::TableRow, chars, ..first };
        text.push('\n');
        blocks.push(row);
        for cell in self.joined.iter().filter(|cell| !is_in_row(cell)) {
            let start = text.len() as u32;
            text.push_str(text_of(cell));
            blocks.push(Block { start, end: text.len() as u32, ..*cell });
            text.push('\n');
        }
    }
}

fn is_hidden(cell: &Block) -> bool {
    cell.facts.has(Facts::HIDDEN)
}

/// Which cells of a row have blocks, by how many blocks there were before the row and when each cell ended.
fn filled_cells(first_block: usize, cells: &[u32]) -> impl Iterator<Item = usize> {
    let mut before = first_block as u32;
    cells.iter().enumerate().filter_map(move |(column, end)| (std::mem::replace(&mut before, *end) < *end).then_some(column))
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
    }

    #[test]
    fn hidden_cells_are_no_part_of_a_row() {
        let row = |hidden: &str| format!("<tr><td>North<td {hidden}>0012<td>1200<td {hidden}>x");
        check(&[row("style='display: none'")], &["North\t1200", "0012", "x"]);
        check(&["<tr hidden><td>North<td>1200".to_owned()], &["North\t1200"]);
        check(&["<tr><td hidden>0012<td>1200".to_owned()], &["0012", "1200"]);
        let outline = scan(&format!("<table>{}</table>", row("hidden")), "").outline;
        assert_eq!(outline.blocks.iter().map(|block| block.facts.has(Facts::HIDDEN)).collect::<Vec<_>>(), [false, true, true]);
    }
}
