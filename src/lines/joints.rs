//! What stands between two lines of a paragraph when it is one line.

use super::{are_unspaced, near_end};

/// Words that are divided in a text, at least, and in one of so many lines at least, if it divides words at all.
const LEAST_DIVIDED: usize = 2;
const ONE_LINE_IN: usize = 12;

/// What hyphens at the ends of lines are in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hyphens {
    /// They divide words that have none: `Verord-` and `nung`.
    Divide,
    /// They belong to their words: `long-` and `term`.
    Belong,
}

impl Hyphens {
    /// By how many lines end with one before a small letter: few where lines were only broken behind hyphens that were there.
    pub(crate) fn of(text: &str) -> Self {
        let (mut n_lines, mut n_divided) = (0, 0);
        let mut before = "";
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            n_lines += 1;
            n_divided += usize::from(divided_word(before).is_some() && joint(before, line) == Joint::InsideWord);
            before = line;
        }
        let divides = n_divided >= LEAST_DIVIDED && n_divided * ONE_LINE_IN >= n_lines;
        if divides { Self::Divide } else { Self::Belong }
    }
}

/// Puts the next line of a paragraph behind it.
pub(crate) fn go_on_with(paragraph: &mut String, line: &str, hyphens: Hyphens) {
    paragraph.truncate(paragraph.trim_end().len());
    match joint(paragraph, line) {
        Joint::Blank => paragraph.push(' '),
        Joint::InsideWord if hyphens == Hyphens::Divide => drop(paragraph.pop()),
        Joint::InsideWord | Joint::None => {}
    }
    paragraph.push_str(line);
}

/// What stands between two lines of a paragraph when it is one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    Blank,
    None,
    /// Nothing, not even the hyphen that the first line ends with.
    InsideWord,
}

/// Words before which a hyphen stands for a word's other half: `Vor- und Nachteile`.
const CONJUNCTIONS: [&str; 12] = ["und", "oder", "bzw", "sowie", "bis", "and", "or", "to", "et", "ou", "y", "en"];
/// First halves of English words that are written with a hyphen.
const FIRST_HALVES: [&str; 9] = ["self", "well", "high", "low", "half", "full", "short", "two", "three"];

/// A word that a hyphen divides is one word. It keeps the hyphen before a capital or a digit, and if its first half is a single letter
/// or all capitals (`e-mail`, `US-amerikanisch`), has a hyphen before it, or is one of [`FIRST_HALVES`].
fn joint(before: &str, behind: &str) -> Joint {
    if are_unspaced(before, behind) {
        return Joint::None;
    }
    let Some(half) = divided_word(before).filter(|_| behind.starts_with(char::is_alphanumeric)) else { return Joint::Blank };
    let next = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let first = half.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_compound = !behind.starts_with(char::is_lowercase)
        || half[..half.len() - first.len()].ends_with('-')
        || first.chars().nth(1).is_none()
        || first.chars().all(char::is_uppercase)
        || FIRST_HALVES.iter().any(|known| known.eq_ignore_ascii_case(first));
    match CONJUNCTIONS.contains(&next) {
        true => Joint::Blank,
        false if is_compound => Joint::None,
        false => Joint::InsideWord,
    }
}

/// The end of a line that ends inside of a word, without the hyphen.
pub(super) fn divided_word(line: &str) -> Option<&str> {
    let near = near_end(line).strip_suffix(['-', '\u{2010}', '\u{AD}'])?;
    near.ends_with(char::is_alphabetic).then_some(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_joined(lines: &[&str], expected: &str) {
        let hyphens = Hyphens::of(&lines.join("\n"));
        let mut paragraph = String::new();
        for line in lines {
            go_on_with(&mut paragraph, line, hyphens);
        }
        assert_eq!(paragraph.trim_start(), expected);
    }

    #[test]
    fn lines_are_joined_as_words_are() {
        check_joined(&["one", "two"], "one two");
        check_joined(&["図書館は", "来月から"], "図書館は来月から");
        check_joined(&["eine neue Verord-", "nung für Gemein-", "den"], "eine neue Verordnung für Gemeinden");
        check_joined(
            &["Vor-", "und Nachteile der US-", "amerikanischen Politik"],
            "Vor- und Nachteile der US-amerikanischen Politik",
        );
        check_joined(
            &["a self-", "made, state-of-the-", "art e-", "mail --", "so Anna-", "Lena"],
            "a self-made, state-of-the-art e-mail -- so Anna-Lena",
        );
        check_joined(&["plans for the long-", "term care of the old"], "plans for the long-term care of the old");
    }
}
