//! Where inline elements end and begin: words that only a style sheet keeps apart.

use super::tag::Tag;

/// What tags stand between the last text of a line and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Seam {
    /// None.
    #[default]
    Seamless,
    /// The last of them began an element, and none had ended before.
    Begun,
    Ended,
    /// An element began where another had ended.
    Adjoining,
}

/// Letters of a word in small letters; fewer may be half of a name: `McKay`, `YouTube`.
const MIN_SMALL: usize = 3;
/// Digits of the number of a step.
const MAX_STEP: usize = 2;
/// Bytes of a line that are looked at, so that time is linear.
const MAX_NEAR: usize = 80;

impl Seam {
    pub(super) fn open(&mut self, tag: Tag) {
        *self = match *self {
            seam if tag == Tag::Wbr => seam,
            Self::Seamless | Self::Begun => Self::Begun,
            Self::Ended if is_mere_style(tag) => Self::Ended,
            Self::Ended | Self::Adjoining => Self::Adjoining,
        };
    }

    pub(super) fn close(&mut self, tag: Tag) {
        if *self != Self::Adjoining && tag != Tag::Wbr {
            *self = Self::Ended;
        }
    }

    /// Whether a blank is missing between what was read of a line and the text that comes now, which begins with a capital:
    /// between a word in small letters and the next element, behind the end of a sentence or a label, behind the number of a step.
    pub(super) fn lacks_blank(self, line: &str, text: &str) -> bool {
        let mut letters = text.chars();
        if self == Self::Seamless
            || !letters.next().is_some_and(char::is_uppercase)
            || !letters.next().is_some_and(char::is_lowercase)
        {
            return false;
        }
        let near = &line[line.floor_char_boundary(line.len().saturating_sub(MAX_NEAR))..];
        let line = near.rsplit('\n').next().unwrap_or(near);
        match line.chars().next_back() {
            Some('!' | '?' | '…') => true,
            Some(':') => self != Self::Begun && ends_in_small_letters(&line[..line.len() - 1], 1),
            Some('.') if !is_step(line) => {
                let is_sentence = text.trim_end().contains(char::is_whitespace);
                is_sentence && ends_in_small_letters(&line[..line.len() - 1], MIN_SMALL)
            }
            Some(c) if c.is_lowercase() => self == Self::Adjoining && ends_in_small_letters(line, MIN_SMALL),
            _ => self != Self::Begun && is_step(line),
        }
    }
}

/// Whether an element only says how a part of a word or a line looks.
fn is_mere_style(tag: Tag) -> bool {
    matches!(tag, Tag::B | Tag::Strong | Tag::I | Tag::Em | Tag::U | Tag::Font)
}

/// Whether a line ends in so many small letters and more, of a word that is no address.
fn ends_in_small_letters(line: &str, n: usize) -> bool {
    let word = line.rsplit(char::is_whitespace).next().unwrap_or(line);
    !word.contains(['.', '/', '@', ':', '_']) && word.chars().rev().take(n).filter(|c| c.is_lowercase()).count() == n
}

/// Whether a line is only the number of a step so far.
fn is_step(line: &str) -> bool {
    let number = line.strip_suffix(['.', ')']).unwrap_or(line);
    (1..=MAX_STEP).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use crate::boilerplate::scanner::scan;

    fn check(html: &str, expected: &str) {
        let outline = scan(html, "").outline;
        let texts: Vec<&str> = outline.blocks.iter().map(|block| outline.text_of(block)).collect();
        assert_eq!(texts.join(" | "), expected, "{html}");
    }

    #[test]
    fn elements_side_by_side_are_words_of_their_own() {
        check("<a href=a>Garden tools</a><a href=b>Seeds</a>", "Garden tools Seeds");
        check("<p>The harbour at dawn<span></span><span>Photo: Ann Hill</span>", "The harbour at dawn Photo: Ann Hill");
        check("<span>You</span><span>Tube</span> and <i>Open</i>Forest", "YouTube and OpenForest");
        check("<code><span>list</span><span>Of</span></code>", "listOf");
        check("<pre><b>list</b><b>Of</b></pre>", "listOf");
        check("<b>Super</b><wbr>Long", "SuperLong");
        check("<b>half</b><i>way</i> <b>Word</b><b>Press</b>", "halfway WordPress");
    }

    #[test]
    fn sentences_and_labels_end_with_their_element() {
        check("<p>It rained.<span></span>Then it stopped.", "It rained. Then it stopped.");
        check("<b>Is it late?</b>Not yet", "Is it late? Not yet");
        check("<b>Height:</b>Two metres; <i>type</i>:<i>Source</i>", "Height: Two metres; type:Source");
        check("<b>birds.</b><b>Finder</b>(<b>www.</b>Birds of <b>std::</b>Vec", "birds.Finder(www.Birds of std::Vec");
    }

    #[test]
    fn numbers_of_steps_stand_apart() {
        check("<li><span>3</span>Stir the soup", "3 Stir the soup");
        check("<li><b>1.</b>Boil water", "1. Boil water");
        check("<p>MgCl<sub>2</sub>Na, 4<b>K</b>", "MgCl2Na, 4K");
    }
}
