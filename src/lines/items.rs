//! Which lines of a stretch of plain text begin an item of a list, so that no paragraph goes on with them.

use std::ops::Range;

use super::ends_sentence;

/// Signs that begin items, and may stand inside of sentences as well.
const DASHES: [char; 3] = ['-', '+', '–'];

/// What an item begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marker {
    /// A sign that text has only there.
    Bullet,
    /// One of [`DASHES`].
    Dash(char),
    /// A number with what stands behind it.
    Number(u32, char),
}

impl Marker {
    fn of(line: &str) -> Option<Self> {
        let (first, rest) = line.split_once([' ', '\t'])?;
        if rest.trim().is_empty() {
            return None;
        }
        match first {
            "*" | "•" | "‣" | "◦" | "▪" | "●" => Some(Self::Bullet),
            _ => {
                let dash = DASHES.into_iter().find(|dash| first.strip_prefix(*dash) == Some(""));
                dash.map(Self::Dash).or_else(|| Self::numbered(first))
            }
        }
    }

    fn numbered(first: &str) -> Option<Self> {
        let bare = first.trim_start_matches('(');
        let number = bare.strip_suffix(['.', ')'])?;
        let is_number = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        let behind = if first.ends_with('.') { '.' } else { ')' };
        is_number.then(|| number.parse().ok().map(|number| Self::Number(number, behind))).flatten()
    }
}

/// For each line of a stretch, whether it begins an item.
pub(super) fn begin_items(text: &str, lines: &[Range<usize>]) -> Vec<bool> {
    let line = |i: usize| &text[lines[i].clone()];
    let markers: Vec<Option<Marker>> = (0..lines.len()).map(|i| Marker::of(line(i))).collect();
    let is_behind_end = |i: usize| i == 0 || introduces(line(i - 1));
    let makes_list = |dash: char| {
        let mut dashes = (0..lines.len()).filter(|i| markers[*i] == Some(Marker::Dash(dash)));
        let n_dashes = dashes.clone().count();
        // What is said in a dialogue begins with a dash as well, and has others inside, anywhere in its lines.
        let between_words = format!(" {dash} ");
        n_dashes > 1 && dashes.any(is_behind_end) && !(0..lines.len()).any(|i| line(i).contains(&between_words))
    };
    let dashes_of_lists: Vec<char> = DASHES.into_iter().filter(|dash| makes_list(*dash)).collect();
    let mut last_number = None;
    let begins_item = |(i, marker): (usize, &Option<Marker>)| match *marker {
        None => false,
        Some(Marker::Bullet) => true,
        Some(Marker::Dash(dash)) => dashes_of_lists.contains(&dash) || is_behind_end(i),
        Some(Marker::Number(number, behind)) => {
            let is_next = last_number == Some((number.wrapping_sub(1), behind));
            let begins = is_next || is_behind_end(i);
            if begins {
                last_number = Some((number, behind));
            }
            begins
        }
    };
    markers.iter().enumerate().map(begins_item).collect()
}

/// Bytes before the text of an item: its marker, and the blanks behind it.
pub(super) fn text_of_item(line: &str) -> Option<usize> {
    Marker::of(line)?;
    let behind_marker = line.find([' ', '\t'])?;
    Some(line.len() - line[behind_marker..].trim_start().len())
}

/// Whether an item may begin behind this line, whatever it begins with.
fn introduces(line: &str) -> bool {
    let end = line.trim_end_matches([')', ']']);
    end.ends_with([':', ';', '：']) || ends_sentence(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[usize]) {
        let mut start = 0;
        let lines = text.split_inclusive('\n').map(|line| {
            start += line.len();
            start - line.len()..start - usize::from(line.ends_with('\n'))
        });
        let begin = begin_items(text, &lines.collect::<Vec<_>>());
        assert_eq!((0..begin.len()).filter(|&i| begin[i]).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn items_begin_with_signs_and_numbers() {
        check("You need\n* bread and\n  butter\n* eggs", &[1, 3]);
        check("What is new:\n- the ferry sails at\n  seven\n- dogs pay\n", &[1, 3]);
        check("1. The ferry\n2. The\nbus\n3) no\n4. the train", &[0, 1]);
        check("(1) The ferry\n(2) The bus\n* \n*", &[0, 1]);
    }

    #[test]
    fn dashes_and_numbers_may_stand_inside_sentences() {
        check("The ferry came at seven\n- it was late - and the children\n- all of them - waved.", &[]);
        check("– Where is it? – she asked\n– and looked up.\n– It is in the shed,\n– he said.", &[0, 2]);
        check("It was on the evening of the\n12. of March that he came in\n1984. Nobody knew.", &[]);
    }
}
