//! Which blocks are the items of one list or the rows of one table: those that have a block for each item.

use foldhash::{HashMap, HashMapExt};

use super::outline::Outline;
use super::tag::Tag;

/// For each block the number of its list, if it is all that its item holds.
pub(super) fn of_blocks(outline: &Outline) -> Vec<Option<usize>> {
    let items = items(outline);
    let item_of = |block: usize| items[outline.blocks[block].element as usize];
    let mut n_blocks = vec![0u32; outline.elements.len()];
    (0..outline.blocks.len()).filter_map(item_of).for_each(|item| n_blocks[item] += 1);
    let mut numbers = HashMap::new();
    let mut list_of = |item: usize| {
        let next = numbers.len();
        let element = outline.elements[item];
        // A term is nothing without its description.
        let is_of_terms = matches!(element.tag, Tag::Dt | Tag::Dd);
        let tag = if is_of_terms { Tag::Dl } else { element.tag };
        *numbers.entry((element.parent, tag as u8)).or_insert(next)
    };
    (0..outline.blocks.len()).map(|block| item_of(block).filter(|&item| n_blocks[item] == 1).map(&mut list_of)).collect()
}

/// For each element the innermost item that it is or stands in.
fn items(outline: &Outline) -> Vec<Option<usize>> {
    let mut items: Vec<Option<usize>> = Vec::with_capacity(outline.elements.len());
    for (i, element) in outline.elements.iter().enumerate() {
        let is_item = matches!(element.tag, Tag::Li | Tag::Dd | Tag::Dt | Tag::Tr);
        items.push(if is_item { Some(i) } else { items.get(element.parent as usize).copied().flatten() });
    }
    items
}

#[cfg(test)]
mod tests {
    use super::super::scanner;
    use super::*;

    #[test]
    fn items_of_one_block_make_a_list() {
        let check = |html: &str, expected: &[Option<usize>]| {
            assert_eq!(of_blocks(&scanner::scan(html, "").outline), expected, "{html}");
        };
        check("<p>a</p><ul><li>b</li><li class=x><p>c</p></li></ul><ol><li>d</ol>", &[None, Some(0), Some(0), Some(1)]);
        check("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", &[None, None, Some(0)]);
        check("<table><tr><td>a<td>b<tr><td>c<td>d</table>", &[Some(0), Some(0)]);
        check("<dl><dt>a<dd>b<dt>c</dl>", &[Some(0), Some(0), Some(0)]);
    }
}
