//! Text that is none, or not as it stands: marks by which a page links to places in itself, such as `¶` behind a heading or the number of
//! a note; numbers of comments; exponents.

use super::{Builder, Open};
use crate::boilerplate::attributes::Target;
use crate::boilerplate::facts::{self, Facts};
use crate::boilerplate::outline::Outline;
use crate::boilerplate::tag::Tag;
use crate::boilerplate::white_space::{is_space, push_blank};
use crate::lines;

/// Characters of the mark of a place, with those that only say how it looks.
const MAX_MARK: usize = 4;
/// Digits of a note's number.
const MAX_NOTE: usize = 3;
/// Bytes before a raised text that are looked at, so that time is linear.
const MAX_NEAR: usize = 32;

impl Builder {
    /// What the text of a link or a raised element, which ends, is taken for.
    pub(super) fn end_mark(&mut self, element: &Open) {
        let start = element.first_byte as usize;
        let is_aside = element.is_hidden && !element.is_container_hidden;
        if element.first_run != self.n_ended_runs || is_aside || self.preformatted > 0 {
            return;
        }
        // A blank before the element may have gone since.
        let Some(text) = self.outline.text.get(start..) else { return };
        if self.is_mark(element, text) || start == self.run.start && is_number(text) && self.counts_comments(element) {
            self.take_back(start);
        } else if element.tag == Tag::Sup && is_exponent(self.near(start), text) {
            self.outline.text.insert(start, '^');
            self.run.exponent = Some(start);
            self.count_chars(1);
        }
    }

    /// Whether it is only the mark of a place that it leads to, or of a note.
    fn is_mark(&self, element: &Open, text: &str) -> bool {
        let outer = self.innermost();
        let before = self.near(element.first_byte as usize);
        let [leads, is_led] = [element, &outer].map(|open| open.link == Some(Target::SamePage));
        let is_note = is_number(text) && text.trim_end().len() <= MAX_NOTE && !before.is_empty();
        let is_raised_link = leads && outer.tag == Tag::Sup && outer.first_byte == element.first_byte;
        leads && is_mark_of_place(text)
            || is_note && (is_raised_link || element.tag == Tag::Sup && (is_led || ends_clause(before)))
    }

    /// What stands before this byte of the text, in the line and near.
    fn near(&self, at: usize) -> &str {
        lines::end_of(&self.outline.text[self.run.start..at], MAX_NEAR)
    }

    /// The text behind an exponent: behind the numerator of a fraction it was none.
    pub(super) fn end_exponent(&mut self, sign: usize, text: &str) {
        if text.starts_with(['/', '⁄']) {
            self.outline.text.replace_range(sign..=sign, " ");
            self.run.chars.all -= 1;
        }
    }

    /// Takes the text from `start` on back. A blank in it stays.
    fn take_back(&mut self, start: usize) {
        let taken = self.outline.text.split_off(start);
        if taken.contains(char::is_whitespace) {
            push_blank(&mut self.outline.text, self.run.start);
        }
        self.uncount_chars(taken.chars().filter(|c| !is_space(*c)).count() as u32);
    }

    fn counts_comments(&self, link: &Open) -> bool {
        let Outline { elements, classes, .. } = &self.outline;
        link.link.is_some()
            && elements[link.container as usize].tag == Tag::P
            && facts::named(classes.get(elements[link.element as usize].class)).has(Facts::COMMENTS)
    }
}

/// Whether a text ends with a mark behind a word. Behind a number it may be that of a price, whose cents are raised.
fn ends_clause(text: &str) -> bool {
    let word = text.trim_end_matches(['.', ',', ';', ':', '!', '?', '”', '’', '»', '"']);
    word.len() < text.len() && !word.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether a raised text says how often the number before it is multiplied by itself, and not how many cents there are: one digit, or
/// more behind 2 or 10.
fn is_exponent(before: &str, raised: &str) -> bool {
    let unsigned = raised.trim_start_matches(['-', '−', '+']);
    let without_base = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let base = &before[without_base.len()..];
    let is_likely = unsigned.len() < raised.len() || unsigned.trim_end().len() == 1 || matches!(base, "2" | "10");
    !base.is_empty() && is_number(unsigned) && is_likely && !without_base.ends_with(['$', '€', '£', '.', ','])
}

fn is_mark_of_place(text: &str) -> bool {
    let text = text.trim();
    let is_sign =
        |c: char| matches!(c, '#' | '^' | '¶' | '§' | '↑' | '↩' | '⤴' | '⇧' | '⬆' | '⏎' | '🔗' | '⚓' | '\u{fe0e}' | '\u{fe0f}');
    !text.is_empty() && text.chars().all(is_sign) && text.chars().count() <= MAX_MARK
}

fn is_number(text: &str) -> bool {
    let text = text.trim_end();
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use crate::boilerplate::scanner::{scan, texts_of_blocks};

    fn check(html: &str, expected: &str) {
        assert_eq!(texts_of_blocks(html), expected, "{html}");
        let n_chars = expected.chars().filter(|c| !c.is_whitespace() && *c != '|').count();
        assert_eq!(scan(html, "").outline.blocks.iter().map(|block| block.chars.all as usize).sum::<usize>(), n_chars, "{html}");
    }

    #[test]
    fn links_to_the_place_itself_are_no_text() {
        check("<h2>Usage <a href=#usage>¶</a></h2><p>Wind it up.", "Usage | Wind it up.");
        check("<h2><a href=' #usage'>#</a> Usage</h2>", "Usage");
        check("<li><b><a href=#ref-1>^</a></b> Hill, <i>Birds</i>. <a href=#ref-1>↩\u{fe0e}</a>", "Hill, Birds.");
        check("<p><a href=#top>↑</a></p><p>End", "End");
        check("<p>one<a href=#x> § </a>two", "one two");
    }

    #[test]
    fn numbers_of_comments_before_a_paragraph_are_no_text() {
        check("<p><a class=comments_count href=//b.example/>12 </a>It rained.", "It rained.");
        check("<p><a class=comment-count>0</a><br>It rained.", "It rained.");
        check("<p>See <a class=comments>12</a>", "See 12");
        check("<p><a class=number>12</a> <a class=comments>3 owls</a>", "12 3 owls");
        check("<div><a class=comments>12</a></div>", "12");
    }

    #[test]
    fn other_links_are_text() {
        check("<p>See <a href=#two>2</a>, <a href=/x>§</a>, <a href=#plus>+</a> <a href=#more>»</a>", "See 2, §, + »");
        check("<p>1990<a href=#n>–</a>95, 5 <a href=#eur>€</a><a href=#n1>。</a>", "1990–95, 5 €。");
        check("<pre><a href=#op>^</a> b</pre>", "^ b");
        check("<div>\u{3000}<a href=#x><hr></a>a</div>", "a");
        check("<div>\u{3000}<a href=#x><hr>日¶</a></div>", "日¶");
        check("<a href=#x><p>¶</p></a>", "¶");
    }

    #[test]
    fn numbers_of_notes_are_no_text() {
        check(
            "<p>In 1066<sup><a href=#n>1</a></sup> it rained<a href=#n2><sup>2</sup></a>.<sup>3</sup> Then",
            "In 1066 it rained. Then",
        );
        check("<p><sup><a href=#r1>1</a></sup> Hill, Birds", "1 Hill, Birds");
        check("<p>See<sup>[<a href=#n>1</a>]</sup>, a<sup><a href=/x>2</a></sup>, km<sup>2</sup>", "See[1], a2, km2");
    }

    #[test]
    fn exponents_are_told_from_the_digits_before() {
        check("<p>2<sup>64</sup> and 10<sup>−6</sup>, 1<sup>st</sup>", "2^64 and 10^−6, 1st");
        check("<p>1<sup>1</sup>/<sub>2</sub> cups, 3<sup>1</sup>⁄2", "1 1/2 cups, 3 1⁄2");
        check("<pre>2<sup>64</sup>", "264");
        check("<p>$19<sup>99</sup>, $10.<sup>49</sup>, 19<sup>99</sup> €", "$1999, $10.49, 1999 €");
    }
}
