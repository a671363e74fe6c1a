//! Where inline elements end and begin: words that only a style sheet keeps apart.

use super::attributes::Address;
use super::names::NameId;
use super::tag::Tag;
use crate::characters::{Kinds, is_unseparated};
use crate::near;

/// What stands between the last text of a line and the next.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seam {
    tags: Tags,
    /// Where in the line the text of the element begins that ended last before another began.
    ended_text: usize,
    ended: Roles,
    begun: Roles,
    /// How many elements ended, and how many began behind them.
    n_ended: u8,
    n_begun: u8,
    /// Classes of the last that ended and the first that began behind it, if they are spans.
    ended_class: NameId,
    begun_class: NameId,
}

/// What tags there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Tags {
    #[default]
    None,
    /// The last of them began an element, and none had ended before.
    Begun,
    Ended,
    /// An element began where another had ended.
    Adjoining,
}

/// What the elements are that end or begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Roles(u8);

impl Roles {
    const NONE: Self = Self(0);
    const LINK: Self = Self(1);
    const TIME: Self = Self(2);
    /// Raised, lowered or code: what stands beside may be the same word.
    const PART_OF_WORD: Self = Self(4);
    /// Leads where the link before led, which may have ended inside a word.
    const SAME_LINK: Self = Self(8);

    fn of(tag: Tag) -> Self {
        match tag {
            Tag::A => Self::LINK,
            Tag::Time => Self::TIME,
            Tag::Sup | Tag::Sub => Self::PART_OF_WORD,
            _ if tag.is_code() => Self::PART_OF_WORD,
            _ => Self::NONE,
        }
    }

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Letters of a word in small letters; fewer may be half of a name: `McKay`, `YouTube`.
const MIN_SMALL: usize = 3;
/// Digits of the number of a step.
const MAX_STEP: usize = 2;
/// Letters of a word behind a number; fewer may be its ending: `1st`, `50er`.
const MIN_COUNTED: usize = 3;
/// Bytes of a line, and of the text behind it, that are looked at, so that time is linear.
const MAX_NEAR: usize = 80;

impl Seam {
    /// Whether there is none: text goes on.
    pub(super) fn is_none(self) -> bool {
        self.tags == Tags::None
    }

    pub(super) fn open(&mut self, tag: Tag, class: NameId) {
        if tag.is_void() {
            return;
        }
        let is_style = is_mere_style(tag) && !self.ended.has(Roles::LINK);
        self.tags = match self.tags {
            Tags::None | Tags::Begun => Tags::Begun,
            Tags::Ended if is_style => Tags::Ended,
            Tags::Ended | Tags::Adjoining => Tags::Adjoining,
        };
        if self.tags == Tags::Adjoining {
            self.begun.add(Roles::of(tag));
            if self.n_begun == 0 && tag == Tag::Span {
                self.begun_class = class;
            }
            self.n_begun = self.n_begun.saturating_add(1);
        }
    }

    /// The link that began leads to the same address as the last one.
    pub(super) fn go_on_with_link(&mut self, address: Address) {
        if address != Address::NONE {
            self.begun.add(Roles::SAME_LINK);
        }
    }

    /// The element's text begins at this byte of the line; of a span, the class is given.
    pub(super) fn close(&mut self, tag: Tag, class: NameId, text: usize) {
        if self.tags == Tags::Adjoining || tag.is_void() {
            return;
        }
        self.ended_class = class;
        self.n_ended = self.n_ended.saturating_add(1);
        self.ended_text = if self.tags == Tags::Ended { self.ended_text.min(text) } else { text };
        self.tags = Tags::Ended;
        self.ended.add(Roles::of(tag));
    }

    /// Whether a blank is missing between what was read of a line and the text that comes now.
    #[inline]
    pub(super) fn lacks_blank(self, line: &str, text: &str) -> bool {
        may_adjoin(line, text) && self.parts(line, text)
    }

    fn parts(self, line: &str, text: &str) -> bool {
        let Some(next) = text.chars().next().filter(|&c| Kinds::of(c).is_letter_or_number()) else { return false };
        let near = near::end_of(line, MAX_NEAR);
        let ended = line.get(self.ended_text.max(line.len() - near.len())..).unwrap_or_default();
        let near = near.rsplit('\n').next().unwrap_or(near);
        self.parts_words(ended, near, next, text) || self.parts_before_capital(ended, near, text)
    }

    /// Whether the elements that end and begin hold words of their own: both are links, a time ends, or one of them has several words.
    fn parts_words(self, ended: &str, line: &str, next: char, text: &str) -> bool {
        let Some(last) = line.chars().next_back().filter(|&c| Kinds::of(c).is_letter_or_number() || matches!(c, '%' | ')'))
        else {
            return false;
        };
        if self.ended.has(Roles::PART_OF_WORD)
            || self.begun.has(Roles::PART_OF_WORD)
            || is_unseparated(last)
            || is_unseparated(next)
        {
            return false;
        }
        let behind = Kinds::of(next);
        let begins_word = behind.is_capital() || behind.is_number();
        if self.tags != Tags::Adjoining {
            return begins_word && self.ended.has(Roles::TIME);
        }
        if self.ended.has(Roles::TIME) || self.ended.has(Roles::LINK) && self.begun.has(Roles::LINK) {
            return begins_word || !is_letter(ended) && !self.begun.has(Roles::SAME_LINK);
        }
        let behind_near = near::beginning_of(text, MAX_NEAR);
        let (first, second) = (has_words(ended), has_words(behind_near));
        if begins_word && self.parts_items() && are_items(ended, behind_near) {
            return true;
        }
        let counts = is_amount(ended) && !behind.is_number() && (is_fraction(ended) || second && has_counted(behind_near));
        counts || begins_word && (first || second) && ends_word(line, text)
    }

    /// Whether the elements are like those of a list: of one class, or each of them inside of another one.
    fn parts_items(self) -> bool {
        let have_one_class = self.ended_class != NameId::NONE && self.ended_class == self.begun_class;
        have_one_class || self.n_ended > 1 && self.n_begun > 1
    }

    /// The same before a capital: between a word in small letters and the next element, or between a title and its text; behind the
    /// end of a sentence or a label, behind the number of a step.
    fn parts_before_capital(self, ended: &str, line: &str, text: &str) -> bool {
        let mut letters = text.chars();
        if !letters.next().is_some_and(char::is_uppercase) || !letters.next().is_some_and(char::is_lowercase) {
            return false;
        }
        match line.chars().next_back() {
            Some('!' | '?' | '…') => true,
            Some(':') => {
                let label = &line[..line.len() - 1];
                ends_in_small_letters(label, 1) && (self.tags != Tags::Begun || is_label(label))
            }
            Some('.') if !is_step(line) => {
                let is_sentence = has_words(text) || has_label_alone(text);
                is_sentence && ends_in_word(&line[..line.len() - 1]) || self.tags == Tags::Adjoining && ends_in_initial(ended)
            }
            Some(c) if c.is_lowercase() => {
                let parts = self.tags == Tags::Adjoining || self.ends_title(ended, line, text) || has_label_alone(text);
                parts && ends_in_small_letters(line, MIN_SMALL)
            }
            Some(c) if c.is_ascii_digit() && self.ends_title(ended, line, text) => true,
            _ => self.tags != Tags::Begun && is_step(line),
        }
    }

    /// Whether the element that ended is a title, which begins its line or stands behind a sentence.
    fn ends_title(self, ended: &str, line: &str, text: &str) -> bool {
        let before = line[..line.len().saturating_sub(ended.len())].trim_end();
        let begins = self.ended_text == 0 || before.ends_with(['.', '!', '?', '…']);
        self.tags == Tags::Ended && begins && has_words(ended) && has_words(text)
    }
}

/// Whether there is text on both sides, as far as bytes tell; nearly always there is a blank.
#[inline]
fn may_adjoin(line: &str, text: &str) -> bool {
    let is_text = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    line.bytes().next_back().is_some_and(|byte| byte > b' ') && text.as_bytes().first().is_some_and(is_text)
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

/// Whether a line ends in a word or a number that may end a sentence, and not in an address or a letter that stands for a name.
fn ends_in_word(line: &str) -> bool {
    let word = line.rsplit(char::is_whitespace).next().unwrap_or(line);
    let near = || word.chars().rev().take(MIN_SMALL);
    let is_whole = near().count() == MIN_SMALL || word.len() < line.len() && near().filter(|c| c.is_lowercase()).count() > 1;
    is_whole && !word.contains(['.', '/', '@', ':', '_']) && near().all(char::is_alphanumeric)
}

/// Whether several words end in the initial of a name.
fn ends_in_initial(ended: &str) -> bool {
    let mut last = ended.trim_end_matches('.').chars().rev();
    last.next().is_some_and(char::is_uppercase) && last.next().is_some_and(char::is_whitespace)
}

/// Whether a line is only a label so far, such as `Published By`.
fn is_label(line: &str) -> bool {
    line.starts_with(char::is_uppercase) && line.len() < MAX_NEAR && line.chars().all(|c| c.is_alphabetic() || c == ' ')
}

/// Whether a text is only a label with its colon.
fn has_label_alone(text: &str) -> bool {
    text.trim_end().strip_suffix(':').is_some_and(is_label)
}

/// Whether two texts may be items: several characters each, and no halves of one number.
fn are_items(first: &str, second: &str) -> bool {
    let [first, second] = [first, second].map(str::trim);
    let is_long = |text: &str| text.chars().take(2).count() > 1;
    let has_letters = || [first, second].iter().any(|text| text.contains(char::is_alphabetic));
    is_long(first) && is_long(second) && (!first.ends_with(|c: char| c.is_ascii_digit()) || has_letters())
}

/// Whether a line is only the number of a step so far.
fn is_step(line: &str) -> bool {
    let number = line.strip_suffix(['.', ')']).unwrap_or(line);
    (1..=MAX_STEP).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a line ends with a word, and not with the half of one that goes on with this capital or digit: `Mc|Donald`, `GRO|SSE`,
/// `20|24`, `CO|2`.
fn ends_word(line: &str, text: &str) -> bool {
    let mut before = line.chars().rev().map(Kinds::of).peekable();
    let mut behind = text.chars().map(Kinds::of);
    let (Some(last), Some(next)) = (before.peek().copied(), behind.next()) else { return false };
    let second = behind.next();
    if !last.is_letter_or_number() {
        return true;
    }
    if last.is_number() {
        return next.is_capital() && second.is_some_and(Kinds::is_small);
    }
    if next.is_number() {
        return before.take_while(|kinds| !kinds.is_blank()).take(MIN_SMALL).filter(|kinds| kinds.is_small()).count()
            == MIN_SMALL
            && !ends_in_name(line);
    }
    let is_in_capitals = last.is_capital() && second.is_some_and(Kinds::is_capital);
    !is_in_capitals && before.take_while(|kinds| !kinds.is_blank()).take(MIN_SMALL).count() == MIN_SMALL
}

/// Whether the last word of a line begins with a capital: `Covid`.
fn ends_in_name(line: &str) -> bool {
    line.split_whitespace().next_back().is_some_and(|word| word.starts_with(char::is_uppercase))
}

/// Whether a text is two words and more.
fn has_words(text: &str) -> bool {
    text.trim().contains(char::is_whitespace)
}

/// Whether a text is a single letter, such as a large one at the beginning of a text.
fn is_letter(text: &str) -> bool {
    let mut chars = text.trim().chars();
    chars.next().is_some_and(|c| Kinds::of(c).is_letter()) && chars.next().is_none()
}

/// Whether a text is only a number.
fn is_amount(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().all(|c| Kinds::of(c).is_number() || matches!(c, '.' | ',' | '/' | '⁄' | ' '))
}

/// Whether a number has a fraction.
fn is_fraction(number: &str) -> bool {
    number.contains(|c| matches!(c, '/' | '⁄' | '¼'..='¾' | '⅐'..='⅞'))
}

/// Whether a text begins with what a number before may count.
fn has_counted(text: &str) -> bool {
    text.chars().take_while(|c| Kinds::of(*c).is_letter()).take(MIN_COUNTED).count() == MIN_COUNTED
}

#[cfg(test)]
mod tests {
    use crate::boilerplate::scanner::check_blocks as check;

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
    fn elements_of_several_words_stand_apart() {
        check("<span>OAK Co-op</span><span>Walnut Bowl</span><span>Photo: ABC</span>", "OAK Co-op Walnut Bowl Photo: ABC");
        check("<span>Tide Cup</span><i><span>Credit: NW</span></i>", "Tide Cup Credit: NW");
        check(
            "<span>2 rooms</span><span>1.5 baths</span><span>(south)</span><span>New roof</span>",
            "2 rooms 1.5 baths(south) New roof",
        );
        check("<span>9 Min</span><span>Cook time</span> <span>20%</span><span>Off today</span>", "9 Min Cook time 20% Off today");
        check("<span>19</span><span>99 a month</span>, <span>9 of 1</span><span>2</span>", "1999 a month, 9 of 12");
        check(
            "<span>Two mes</span><span>sages of O</span><sup>Two Words</sup><span>X on</span>",
            "Two messages of OTwo WordsX on",
        );
        check(
            "<span>O</span><span>NCE UPON A TIME</span> <span>D</span><span>awn has come</span>",
            "ONCE UPON A TIME Dawn has come",
        );
        check("<span>東京</span><span>A to Z</span>", "東京A to Z");
        check(
            "<b>Clear goals</b>We work in sprints. We<b> use Java</b>Script is <b>Old Mac</b>Donald <b>Open</b>Forest is",
            "Clear goals We work in sprints. We use JavaScript is Old MacDonald OpenForest is",
        );
        check("<kbd>Ctrl</kbd><kbd>Del or so</kbd> <pre><i>Two Words</i><a>And More</a>", "CtrlDel or so | Two WordsAnd More");
    }

    #[test]
    fn items_stand_apart() {
        let spans = |class: &str, items: &str| {
            items.split('|').map(|item| format!("<span class={class}>{item}</span>")).collect::<String>()
        };
        check(&spans("item", "2026|1h 54m|PG|R"), "2026 1h 54m PGR");
        check(&spans("letter", "F|L|Y"), "FLY");
        check(&spans("digits", "19|99"), "1999");
        check("<span><span>Year</span></span><span><span>2013</span></span> <b><span>CO</span></b><b>2</b>", "Year 2013 CO2");
        check("<a href=a>In Hollow</a><u>VOA</u> <a href=b>Harbour</a><b>Ann Hill</b>", "In Hollow VOA Harbour Ann Hill");
    }

    #[test]
    fn words_that_elements_cut_stay_whole() {
        const CUT: [&str; 11] = [
            "“T|HE RAIN fell",
            "The U|SA won",
            "DER GRO|SSE PREIS",
            "The year 20|24 was wet",
            "CO|2 fell",
            "my MP|3 player",
            "The Covid|19 wave",
            "3|D printing works",
            "Ann Mc|Donald of Cork",
            "A small i|Pad or",
            "(Figure 1|A|)",
        ];
        for cut in CUT {
            let spans: String = cut.split('|').map(|part| format!("<span>{part}</span>")).collect();
            check(&spans, &cut.replace('|', ""));
        }
    }

    #[test]
    fn links_times_and_amounts_stand_apart() {
        check("<a>PvE</a><a>3D</a> <a>owl</a><a>oak</a><a>12</a><a>13</a><a>, 14</a>", "PvE 3D owl oak 12 13, 14");
        check("<a>R</a><a>ead on</a> <a>A</a><a>B</a> <a>梟</a><a>樫</a>", "Read on A B 梟樫");
        check("<a href=/owls>Old ow</a><a href=/owls>ls</a><a href=/oaks>oaks</a><a href=/oaks>Oaks</a>", "Old owls oaks Oaks");
        check(
            "<time>17:10</time><mark>Ann Hill</mark> <time>3 May</time>Ann <time>1990</time>s",
            "17:10 Ann Hill 3 May Ann 1990s",
        );
        check("<i><time>May 3</time></i><span>by Ann</span>", "May 3 by Ann");
        check(
            "<i>½</i><span>cup</span> <i>3</i><span>cloves garlic</span> <i>1</i><span>st of May</span>",
            "½ cup 3 cloves garlic 1st of May",
        );
    }

    #[test]
    fn sentences_and_labels_end_with_their_element() {
        check("<p>It rained.<span></span>Then it stopped.", "It rained. Then it stopped.");
        check("<b>Is it late?</b>Not yet", "Is it late? Not yet");
        check("<b>Height:</b>Two metres; <i>type</i>:<i>Source</i>", "Height: Two metres; type:Source");
        check(
            "<p>Is it an LLC.<b>Where is it?</b> <p>See it.<b>Note:</b> <p>and security<b>Cons:</b> steep",
            "Is it an LLC. Where is it? | See it. Note: | and security Cons: steep",
        );
        check(
            "<p>Published By:<i>Ann</i> <p>std:<i>Vec</i> <p><b>Ann H.</b><span>Buyer</span>",
            "Published By: Ann | std:Vec | Ann H. Buyer",
        );
        check("<p><b>Boost 2.0</b>This is. <i>County Seat</i>The seat", "Boost 2.0 This is. County Seat The seat");
        check("<b>birds.</b><b>Finder</b>(<b>www.</b>Birds of <b>std::</b>Vec", "birds.Finder(www.Birds of std::Vec");
    }

    #[test]
    fn numbers_of_steps_stand_apart() {
        check("<li><span>3</span>Stir the soup", "3 Stir the soup");
        check("<li><b>1.</b>Boil water", "1. Boil water");
        check("<p>MgCl<sub>2</sub>Na, 4<b>K</b>", "MgCl2Na, 4K");
    }
}
