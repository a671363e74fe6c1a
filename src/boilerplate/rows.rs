//! Rows of tables: those of short cells are one line, with tabs between the cells.

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
    /// The text of the last row whose cells were joined, as it was before.
    row_text: String,
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
            && has_one_block_a_cell
            && row.iter().all(|cell| cell.chars.all <= MAX_CELL_CHARS && cell.kind == Kind::Paragraph)
            && row.iter().all(|cell| !outline.text_of(cell).contains('\n'));
        if is_tabular {
            self.join_cells(outline, first_block, first_cell);
        }
        self.cells.truncate(first_cell);
    }

    /// Makes one block of a row, in which a tab stands for each edge between cells, up to the last that is not empty.
    fn join_cells(&mut self, outline: &mut Outline, first_block: usize, first_cell: usize) {
        let Outline { text, blocks, elements, .. } = outline;
        let first = blocks[first_block];
        let cells = &mut self.row_text;
        cells.clear();
        cells.push_str(&text[first.start as usize..]);
        text.truncate(first.start as usize);
        let mut chars = Chars::default();
        let mut n_tabs = 0;
        for (block, column) in blocks[first_block..].iter().zip(filled_cells(first_block, &self.cells[first_cell..])) {
            text.extend(std::iter::repeat_n('\t', column - n_tabs));
            text.push_str(&cells[(block.start - first.start) as usize..(block.end - first.start) as usize]);
            n_tabs = column;
            chars += block.chars;
        }
        let end = text.len() as u32;
        text.push('\n');
        blocks.truncate(first_block);
        let element = elements[first.element as usize].parent;
        blocks.push(Block { end, element, kind: Kind::TableRow, chars, ..first });
    }
}

/// Which cells of a row have blocks, by how many blocks there were before the row and when each cell ended.
fn filled_cells(first_block: usize, cells: &[u32]) -> impl Iterator<Item = usize> {
    let mut before = first_block as u32;
    cells.iter().enumerate().filter_map(move |(column, end)| (std::mem::replace(&mut before, *end) < *end).then_some(column))
}

#[cfg(test)]
mod tests {
    use crate::boilerplate::scanner::scan;

    #[test]
    fn empty_cells_keep_the_others_in_their_columns() {
        let row = |cells: &[&str]| format!("<tr><td>{}</td></tr>", cells.join("</td><td>"));
        let check = |rows: &[String], expected: &[&str]| {
            let outline = scan(&format!("<table>{}</table>", rows.concat()), "").outline;
            assert_eq!(outline.blocks.iter().map(|block| outline.text_of(block)).collect::<Vec<_>>(), expected);
        };
        let rows =
            [row(&["District", "2019", "2020", "Note"]), row(&["North", "", "1200", "new"]), row(&["", "&nbsp;", "9", "8", ""])];
        check(&rows, &["District\t2019\t2020\tNote", "North\t\t1200\tnew", "\t\t9\t8"]);
        check(&[row(&["", "Once upon a time", ""])], &["Once upon a time"]);
    }
}
