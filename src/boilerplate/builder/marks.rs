//! Text that is none, or not as it stands: marks by which a page links to places in itself, such as `¶` behind a heading or the number of
//! a note; numbers of comments; exponents, fractions and cents.

use super::{Builder, Open};
use crate::boilerplate::attributes::Target;
use crate::boilerplate::facts::{self, Facts};
use crate::boilerplate::outline::Outline;
use crate::boilerplate::tag::Tag;
use crate::boilerplate::white_space::push_blank;
use crate::characters::is_unspaced;
use crate::near;

/// Characters of the mark of a place, with those that only say how it looks.
const MAX_MARK: usize = 4;
/// Digits of a note's number.
const MAX_NOTE: usize = 3;
/// Bytes of a raised text, and of what stands before it, that are looked at, so that time is linear.
const MAX_NEAR: usize = 16;

/// Digits of cents.
const CENTS: usize = 2;
/// Digits behind the mark that parts thousands.
const THOUSANDS: usize = 3;
/// Small letters of a word that is no unit and no name of a variable.
const MIN_WORD: usize = 4;
/// Parts of units that are squared and cubed, in several languages.
#[rustfmt::skip]
const UNITS: [&str; 18] = [
    "met", "mèt", "mét", "метр", "feet", "foot", "inch", "mile", "yard", "acre", "zoll", "meil", "millas", "quadrat",
    "second", "sekund", "segund", "секунд",
];
/// Those that are written with a full stop.
const SHORT_UNITS: [&str; 8] = ["mm", "cm", "dm", "km", "in", "ft", "yd", "mi"];
/// Parts of the names of elements, whose isotopes have numbers.
const ELEMENTS: [&str; 7] = ["arbon", "xygen", "ydrogen", "itrogen", "obalt", "odine", "ium"];
/// Functions and letters that have powers, where they are written as words.
const POWERED: [&str; 14] =
    ["sinh", "cosh", "tanh", "coth", "sech", "arcsin", "arccos", "arctan", "alpha", "beta", "gamma", "theta", "lambda", "sigma"];
/// Signs of a formula, in which any word may have a power.
const OPERATORS: [char; 9] = ['=', '+', '*', '/', '^', '·', '×', '≈', '∝'];

/// A raised number that was read last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raised {
    /// Where it begins, or the sign of an exponent before it.
    start: usize,
    end: usize,
    role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Exponent,
    /// Of a note, and taken back.
    Note,
    Other,
}

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
        if self.is_mark(element, text) || start == self.run.start && self.counts_comments(element) && is_number(text) {
            self.take_back(element);
        } else if element.tag == Tag::Sup && text.len() <= MAX_NEAR {
            self.end_raised(start);
        }
    }

    /// Whether it is only the mark of a place that it leads to, or of a note.
    fn is_mark(&self, element: &Open, text: &str) -> bool {
        let outer = self.innermost();
        let [leads, is_led] = [element, &outer].map(|open| open.link == Some(Target::SamePage));
        let is_note =
            || text.trim_end().len() <= MAX_NOTE && is_number(text) && !self.near(element.first_byte as usize).is_empty();
        let is_raised_link = || {
            let before = self.outline.text.get(outer.first_byte as usize..element.first_byte as usize);
            leads && outer.tag == Tag::Sup && before.is_some_and(|before| before.is_empty() || parts_notes(before))
        };
        leads && is_mark_of_place(text)
            || (is_led && element.tag == Tag::Sup || is_raised_link()) && is_note()
            || element.tag == Tag::Sup && (parts_notes(text) || numbers_note(self.near(element.first_byte as usize), text))
    }

    /// Tells a raised number from the digits before it, if it is an exponent or may be the numerator of a fraction.
    fn end_raised(&mut self, start: usize) {
        let (before, raised) = (self.near(start), &self.outline.text[start..]);
        if !before.ends_with(|c: char| c.is_ascii_digit()) {
            return;
        }
        if let Some(mark) = decimal_mark(before, raised.trim_end()) {
            return self.insert(start, mark);
        }
        let role = match is_exponent(before, raised.trim_end()) {
            true => Role::Exponent,
            false if is_number(raised) => Role::Other,
            false => return,
        };
        if role == Role::Exponent {
            self.insert(start, '^');
        }
        self.run.raised = Some(Raised { start, end: self.outline.text.len(), role });
    }

    fn insert(&mut self, at: usize, mark: char) {
        self.outline.text.insert(at, mark);
        self.run.chars.all += 1;
    }

    /// The text that comes behind a raised number: if it is the bar of a fraction, a whole number stands before that.
    pub(super) fn go_on_behind_raised(&mut self, raised: Raised, text: &str) {
        if raised.end != self.outline.text.len() {
            return;
        }
        let is_bar = text.trim() == "/" || text.starts_with('⁄');
        let is_power_of_ten = self.near(raised.start).ends_with("10");
        match raised.role {
            Role::Note if text.starts_with(|c: char| c.is_alphanumeric() && !is_unspaced(c)) => {
                push_blank(&mut self.outline.text, self.run.start)
            }
            Role::Exponent if is_bar && !is_power_of_ten => {
                self.outline.text.replace_range(raised.start..=raised.start, " ");
                self.run.chars.all -= 1;
            }
            Role::Other if is_bar => self.outline.text.insert(raised.start, ' '),
            _ => {}
        }
    }

    /// What stands before this byte of the text, in the line and near.
    fn near(&self, at: usize) -> &str {
        let near = near::end_of(&self.outline.text[self.run.start..at], MAX_NEAR);
        near.rsplit('\n').next().unwrap_or(near)
    }

    /// Takes the text of an element back. A blank in it stays.
    fn take_back(&mut self, element: &Open) {
        let taken = self.outline.text.split_off(element.first_byte as usize);
        if taken.contains(char::is_whitespace) {
            push_blank(&mut self.outline.text, self.run.start);
        }
        self.run.chars = element.chars_before;
        if [element.tag, self.innermost().tag].contains(&Tag::Sup) {
            let end = self.outline.text.len();
            self.run.raised = Some(Raised { start: end, end, role: Role::Note });
        }
    }

    fn counts_comments(&self, link: &Open) -> bool {
        let Outline { elements, classes, .. } = &self.outline;
        link.link.is_some()
            && elements[link.container as usize].tag == Tag::P
            && facts::named(classes.get(elements[link.element as usize].class)).has(Facts::COMMENTS)
    }
}

/// Whether a raised number says how often the one before it is multiplied by itself, and not how many cents or minutes there are or which
/// note it is: with a minus; or behind a power's usual base, if it has one digit or that is multiplied.
fn is_exponent(before: &str, raised: &str) -> bool {
    let unsigned = raised.trim_start_matches(['-', '−']);
    let without_base = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_multiplied = without_base.trim_end().ends_with(['×', '·', '⋅', '*', 'x']);
    let is_power = match &before[without_base.len()..] {
        "10" => matches!(raised, "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9") || is_multiplied && raised.len() <= MAX_NOTE,
        "2" => matches!(raised, "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "16" | "32" | "64" | "128" | "256"),
        _ => false,
    };
    is_number(unsigned) && (unsigned.len() < raised.len() || is_power)
}

/// What stands between an amount of money and its raised cents: the mark that does not part the thousands before, or the usual one of
/// its currency.
fn decimal_mark(before: &str, raised: &str) -> Option<char> {
    let currency = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let amount = &before[currency.len()..];
    let has_cents = amount.rfind(['.', ',']).is_some_and(|mark| amount.len() - mark - 1 != THOUSANDS);
    let is_money = currency.trim_end().ends_with(['$', '€', '£', '¥', '₹', '₽']);
    if raised.len() != CENTS || !is_number(raised) || !is_money || has_cents {
        return None;
    }
    let is_comma =
        amount.contains('.') || !amount.contains(',') && ["R$", "€", "₽"].iter().any(|sign| currency.trim_end().ends_with(sign));
    Some(if is_comma { ',' } else { '.' })
}

/// Whether a raised number can only be that of a note, as it stands behind a sentence, a clause or a word, and nothing there has powers.
fn numbers_note(before: &str, raised: &str) -> bool {
    if raised.len() > MAX_NEAR {
        return false;
    }
    let raised = raised.trim_matches(['[', ']', '(', ')', ' ']);
    let are_notes = raised.split([',', '-', '–', ' ']).all(|note| note.len() <= MAX_NOTE && (note.is_empty() || is_number(note)));
    // A dash at the end is the charge of an ion.
    if !are_notes || !raised.starts_with(|c: char| matches!(c, '1'..='9')) || raised.ends_with(['-', '–']) {
        return false;
    }
    let is_power = matches!(raised, "2" | "3" | "4");
    let clause = before.trim_end_matches(['.', ',', ';', '!', '?', '…', '”', '"', '»', '’']);
    if clause.len() < before.len() {
        let mut last = clause.chars().rev();
        let ends_in_word = last.next().is_some_and(char::is_lowercase) && last.next().is_some_and(char::is_alphabetic);
        return ends_in_word && !(is_power && ends_in_unit(clause));
    }
    let start = before.trim_end_matches(char::is_lowercase).len();
    let word = &before[start..];
    let has = |part: &&str| word.contains(*part);
    let has_powers = is_power && (before.contains(OPERATORS) || UNITS.iter().any(has)) || POWERED.contains(&word);
    let has_isotopes = raised.len() > 1 && ELEMENTS.iter().any(has);
    word.chars().take(MIN_WORD).count() == MIN_WORD && !has_powers && !has_isotopes
}

/// Whether a text ends in a short unit behind a number or another unit.
fn ends_in_unit(text: &str) -> bool {
    let before = text.trim_end_matches(char::is_alphabetic);
    let measures = before.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == '/');
    measures && SHORT_UNITS.contains(&&text[before.len()..])
}

/// Whether a raised text is only what stood between the numbers of notes.
fn parts_notes(raised: &str) -> bool {
    (1..=MAX_NEAR).contains(&raised.len()) && raised.chars().all(|c| matches!(c, ',' | ';' | ' '))
}

fn is_mark_of_place(text: &str) -> bool {
    let text = text.trim();
    let is_sign =
        |c: char| matches!(c, '#' | '^' | '¶' | '§' | '↑' | '↩' | '⤴' | '⇧' | '⬆' | '⏎' | '🔗' | '⚓' | '\u{fe0e}' | '\u{fe0f}');
    (1..=MAX_MARK).contains(&text.chars().take(MAX_MARK + 1).count()) && text.chars().all(is_sign)
}

fn is_number(text: &str) -> bool {
    let text = text.trim_end();
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use crate::boilerplate::scanner::check_blocks as check;

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
        check("<p>In 1066<sup><a href=#n>1</a></sup> it rained<a href=#n2><sup>2</sup></a>. Then", "In 1066 it rained. Then");
        check("<p><sup><a href=#r1>1</a></sup> Hill<br><a href=#r2><sup>2</sup></a> Lee", "1 Hill\n2 Lee");
        check("<p>See<sup>[<a href=#n>1</a>]</sup>, a<sup><a href=/x>2</a></sup>, km<sup>2</sup>", "See[1], a2, km2");
        check("<p>It rained.<sup><a href=#n1>14</a>, <a href=#n2>15</a></sup> Then", "It rained. Then");
        check("<p>HO.<sup>1<span><a href=/x></span></sup> <sup>1</sup>H,<sup>13</sup>C", "HO.1 1H,13C");
        check("<p>It was<a href=#n><sup><a href=//b.example/>1</a></sup>", "It was1");
    }

    #[test]
    fn raised_numbers_behind_words_are_those_of_notes() {
        check(
            "<p>It rained<sup>12</sup>, it said.<sup>3</sup> “Wet”<sup>[4]</sup> and cold,<sup>5, 6</sup>",
            "It rained, it said. “Wet” and cold,",
        );
        check(
            "<p>ten square metres<sup>2</sup>, tanh<sup>2</sup>, cm<sup>3</sup>, CO<sup>2</sup>, V = side<sup>3</sup>",
            "ten square metres2, tanh2, cm3, CO2, V = side3",
        );
        check(
            "<p>something<sup>5</sup>, 12.000 km.<sup>2</sup>, lb/in.<sup>3</sup>, metres per second<sup>2</sup>, goes in.<sup>2</sup>",
            "something, 12.000 km.2, lb/in.3, metres per second2, goes in.",
        );
        check(
            "<p>Carbon<sup>14</sup>, uranium<sup>235</sup>, sulfate<sup>2-</sup>, stadium<sup>2</sup>",
            "Carbon14, uranium235, sulfate2-, stadium",
        );
        check(
            "<p>Fe<sup>2</sup>, (a+b)<sup>2</sup>, May 5<sup>12</sup>, rained<sup>th</sup> <sup>9</sup>Then",
            "Fe2, (a+b)2, May 512, rainedth 9Then",
        );
    }

    #[test]
    fn exponents_are_told_from_the_digits_before() {
        check(
            "<p>2<sup>64</sup> and 3 × 10<sup>12</sup>, 7<sup>−6</sup>, 10<sup>9</sup>/L, 1<sup>st</sup>",
            "2^64 and 3 × 10^12, 7^−6, 10^9/L, 1st",
        );
        check("<pre>2<sup>64</sup>", "264");
        check("<p>$19<sup>99</sup>, R$ 10<sup>90</sup>, 10<sup>00</sup>, 2019<sup>1</sup>", "$19.99, R$ 10,90, 1000, 20191");
        check(
            "<p>£1,299<sup>00</sup>, $ 1.299<sup>00</sup>, €5<sup>5</sup>, $4.99<sup>10</sup>",
            "£1,299.00, $ 1.299,00, €55, $4.9910",
        );
    }

    #[test]
    fn fractions_stand_behind_whole_numbers() {
        check("<p>a<sup><a href=#n>1<sup>2</sup></a></sup>/<sub>3</sub>", "a/3");
        check("<p>1<sup>1</sup><br>/<sub>2</sub>", "11\n/2");
        check("<p>1<sup>1</sup>/<sub>2</sub> cups, 2<sup>3</sup>/<sub>4</sub>, 3<sup>1</sup>⁄2", "1 1/2 cups, 2 3/4, 3 1⁄2");
    }
}
