//! Numbers that count what follows them and stand in elements of their own: like the markers of lists, they begin its first line.

use foldhash::{HashMap, HashMapExt};

use super::judge::Verdict;
use super::outline::{Kind, Outline};

/// Items that are counted at least; two numbers may be amounts.
const LEAST_ITEMS: usize = 3;
/// Digits of such a number.
const MAX_DIGITS: usize = 2;

/// Lets kept text go on with the kept number before it, where numbers in elements that look alike count from 1 on, however often.
pub(super) fn join_numbers(outline: &mut Outline, verdicts: &[Verdict]) {
    let is_kept = |block: usize| verdicts.get(block).is_some_and(|verdict| verdict.keep);
    let number = |block: usize| number_of(outline.text_of(&outline.blocks[block]));
    let look = |block: usize| {
        let element = &outline.elements[outline.blocks[block].element as usize];
        (element.tag as u8, element.class, outline.elements[element.parent as usize].class)
    };
    let mut by_look: HashMap<_, Vec<usize>> = HashMap::new();
    for block in (0..verdicts.len()).filter(|&block| is_kept(block) && number(block).is_some()) {
        by_look.entry(look(block)).or_default().push(block);
    }
    let counts = |(&block, n): (&usize, usize)| {
        number(block) == Some(n) && is_kept(block + 1) && number(block + 1).is_none() && begins_item(outline, block)
    };
    let is_counted = |run: &[usize]| run.len() >= LEAST_ITEMS && run.iter().zip(1..).all(counts);
    by_look.retain(|_, blocks| blocks.chunk_by(|_, &next| number(next) != Some(1)).all(is_counted));
    for block in by_look.into_values().flatten() {
        let next = &mut outline.blocks[block + 1];
        next.goes_on = !matches!(next.kind, Kind::Code | Kind::TableRow);
    }
}

/// Whether an element begins with this block and holds the next one: its own, or the one round that.
fn begins_item(outline: &Outline, block: usize) -> bool {
    let own = outline.blocks[block].element;
    [own, outline.elements[own as usize].parent].into_iter().any(|item| {
        let is_inside = |block: usize| outline.blocks.get(block).is_some_and(|block| is_within(outline, block.element, item));
        is_inside(block + 1) && !block.checked_sub(1).is_some_and(is_inside)
    })
}

fn is_within(outline: &Outline, element: u32, ancestor: u32) -> bool {
    let mut at = element;
    // Elements stand behind those round them.
    while at > ancestor {
        at = outline.elements[at as usize].parent;
    }
    at == ancestor
}

/// The number that is all of a text.
fn number_of(text: &str) -> Option<usize> {
    let digits = text.trim_end_matches(['.', ')']);
    (digits.len() <= MAX_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boilerplate::scanner::scan;

    fn joined_in(html: &str) -> String {
        let mut outline = scan(html, "").outline;
        let verdicts = vec![Verdict { keep: true, probability: 0.9 }; outline.blocks.len()];
        join_numbers(&mut outline, &verdicts);
        let joined = outline.blocks.windows(2).filter(|pair| pair[1].goes_on);
        joined.map(|pair| outline.text_of(&pair[0])).collect::<Vec<_>>().join(" ")
    }

    /// Which of these items, numbers before a text, begin with their number.
    fn check(items: &[&str], expected: &str) {
        let item = |number: &&str| format!("<li><b>{number}</b><p>Stir the soup.</p></li>");
        assert_eq!(joined_in(&items.iter().map(item).collect::<String>()), expected);
    }

    #[test]
    fn text_goes_on_with_numbers_that_count() {
        check(&["1", "2", "3"], "1 2 3");
        check(&["1.", "2.", "3.", "1.", "2.", "3.", "4."], "1. 2. 3. 1. 2. 3. 4.");
    }

    #[test]
    fn other_numbers_stand_alone() {
        check(&["1", "2"], "");
        check(&["2", "1", "3"], "");
        check(&["1", "2", "3", "1", "2"], "");
        check(&["1990", "1991", "1992"], "");
        check(&["1", "2</b><i>x</i><b>", "3"], "");
        let pages = |n: u32| format!("<p>It was when the</p><p>{n}</p><p>soup was stirred</p>");
        assert_eq!(joined_in(&(1..5).map(pages).collect::<String>()), "");
        let programs = |n: u32| format!("<li><b>{n}</b><pre>stir\nsoup</pre>");
        assert_eq!(joined_in(&(1..5).map(programs).collect::<String>()), "");
    }
}
