//! A place where a sentence may end, and what stands around it.

use std::ops::RangeInclusive;

use super::kinds;
use super::marks::{is_bullet, is_closer, is_mark, is_opener, is_strong, is_variation};
use super::words::{Word, is_letter_or_digit};
use crate::near;

/// Bytes of a word that are looked at, so that time is linear.
const MAX_WORD: usize = 80;
/// Bytes of a bullet and the blanks around it.
const MAX_BULLET: usize = 8;
/// Bytes of the number of a note, with the bracket that closes.
const MAX_CITATION: usize = 4;
/// Bytes of a quotation that are looked at.
const MAX_QUOTATION: usize = 400;

/// Small letters of the abbreviation of a month: `Jan`, `Sept`.
const MONTH: RangeInclusive<usize> = 2..=3;

/// A place where a sentence may end: behind marks and what closes with them, or at a blank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'t> {
    pub(super) paragraph: &'t str,
    /// Where the sentence began.
    pub(super) start: usize,
    /// Where the marks begin, or the blank.
    pub(super) at: usize,
    /// Nothing at a blank.
    pub(super) marks: &'t str,
    /// Where the sentence would end.
    pub(super) end: usize,
}

impl<'t> Place<'t> {
    pub(super) fn at_marks(paragraph: &'t str, start: usize, at: usize) -> Self {
        let rest = &paragraph[at..];
        let (marks, behind) = rest.split_at(length_of_marks(rest));
        let closed = without_quotation_mark(&paragraph[start..at], behind)
            .or_else(|| without_turned_guillemets(&paragraph[..at], behind))
            .or_else(|| without_turned_marks(marks, behind))
            .unwrap_or_else(|| without_closers(marks, behind));
        let closed = without_smiley(closed).or_else(|| without_emoji(paragraph, closed)).unwrap_or(closed);
        Self { paragraph, start, at, marks, end: paragraph.len() - closed.len() }
    }

    pub(super) fn at_blank(paragraph: &'t str, start: usize, at: usize) -> Self {
        Self { paragraph, start, at, marks: "", end: at }
    }

    /// The sentence, as far as the marks.
    pub(super) fn before(&self) -> &'t str {
        &self.paragraph[self.start..self.at]
    }

    /// Whether a quotation or a bracket closes with the marks.
    pub(super) fn is_closed(&self) -> bool {
        let closing = &self.paragraph[self.at..self.end];
        let ends_in_face = kinds::is_smiley(last_token(closing).as_bytes()) || closing.ends_with(kinds::is_of_emoji);
        closing.len() > self.marks.len() && !ends_in_face
    }

    /// What follows the sentence, with the blanks between.
    pub(super) fn behind(&self) -> &'t str {
        &self.paragraph[self.end..]
    }

    /// The words on both sides.
    pub(super) fn words(&self) -> Words<'t> {
        let before = self.before();
        let last = last_token(before);
        let but_last = &before[..before.len() - last.len()];
        let behind = self.behind();
        let follower = behind.trim_start();
        let rest = without_openers(follower);
        Words {
            last: Word::new(without_prefix(without_opener(last))),
            is_first: but_last.len() <= MAX_BULLET && but_last.chars().all(|c| is_bullet(c) || c.is_whitespace()),
            gap: &behind[..behind.len() - follower.len()],
            follower,
            opening: &follower[..follower.len() - rest.len()],
            next: first_word(rest),
            rest,
        }
    }
}

/// The words around a place where a sentence may end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'t> {
    pub(super) last: Word<'t>,
    /// Whether the last word is the sentence's first, too.
    pub(super) is_first: bool,
    pub(super) gap: &'t str,
    /// The paragraph from behind the blanks on.
    pub(super) follower: &'t str,
    /// Quotation marks and the like before the next word.
    pub(super) opening: &'t str,
    pub(super) next: Word<'t>,
    /// The paragraph from the next word on.
    pub(super) rest: &'t str,
}

/// As much of a text as is looked at for its last word.
pub(super) fn near_end(text: &str) -> &str {
    near::end_of(text, MAX_WORD)
}

/// As much of a text as is looked at for its first word.
pub(super) fn near_beginning(text: &str) -> &str {
    near::beginning_of(text, MAX_WORD)
}

/// What stands behind the last blank.
pub(super) fn last_token(text: &str) -> &str {
    const UNBROKEN: [char; 3] = ['\u{a0}', '\u{2009}', '\u{202f}'];
    let near = near_end(text);
    let token = near.bytes().rposition(|byte| byte.is_ascii_whitespace()).map_or(near, |blank| &near[blank + 1..]);
    if token.is_ascii() { token } else { token.rsplit(UNBROKEN).next().unwrap_or(token) }
}

/// What stands before the first blank.
pub(super) fn first_token(text: &str) -> &str {
    let near = near_beginning(text);
    near.find(char::is_whitespace).map_or(near, |end| &near[..end])
}

fn first_word(text: &str) -> Word<'_> {
    Word::first_of(near_beginning(text))
}

/// Bytes of the marks that a text begins with.
fn length_of_marks(text: &str) -> usize {
    match text.as_bytes() {
        [b'.', next, ..] if is_plain(*next) || *next == b' ' => 1,
        _ => text.len() - text.trim_start_matches(|c| is_mark(c) || is_variation(c)).len(),
    }
}

/// Whether a byte is neither a mark nor anything that opens or closes.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn without_opener(word: &str) -> &str {
    match word.as_bytes() {
        [first, ..] if is_plain(*first) => word,
        _ => word.trim_start_matches(|c| is_opener(c) || is_bullet(c)),
    }
}

/// The abbreviation that a word was put together with: `U.S` of `Sino-U.S`, `in` of `2-in`, `Sept` of `14-Sept`.
fn without_prefix(word: &str) -> &str {
    let Some((before, last)) = word.rsplit_once('-') else { return word };
    let is_dotted = last.contains('.') && last.split('.').all(|part| matches!(part.as_bytes(), [b'A'..=b'Z']));
    let is_short_form = match last.as_bytes() {
        [b'A'..=b'Z', rest @ ..] => MONTH.contains(&rest.len()) && rest.iter().all(u8::is_ascii_lowercase),
        unit => !unit.is_empty() && unit.iter().all(u8::is_ascii_lowercase),
    };
    if is_dotted || is_short_form && before.ends_with(|c: char| c.is_ascii_digit()) { last } else { word }
}

fn without_openers(text: &str) -> &str {
    if text.as_bytes().first().copied().is_some_and(is_plain) {
        text
    } else if begins_with_turned_guillemet(text) {
        text.trim_start_matches(['»', '›'])
    } else {
        text.trim_start_matches(|c| is_opener(c) || matches!(c, '-' | '`' | '*' | '>')).trim_start()
    }
}

/// What follows a quotation mark between blanks, if it closes a quotation of the sentence: if it is the second one, or the fourth,
/// or shows by its form that it closes.
fn without_quotation_mark<'t>(sentence: &str, behind: &'t str) -> Option<&'t str> {
    let mut rest = behind.strip_prefix(' ')?.chars();
    let mark = rest.next().filter(|c| matches!(c, '"' | '”'))?;
    let rest = rest.as_str();
    let near = near::end_of(sentence, MAX_QUOTATION);
    let closes = match mark {
        '”' => near.contains(['“', '„', '”']),
        _ => near.bytes().filter(|byte| *byte == b'"').count() % 2 == 1,
    };
    (closes && (rest.starts_with(' ') || rest.is_empty())).then_some(rest)
}

/// What follows guillemets that close where they point inwards, as in German and Danish: `»Komm her.« Er ging.`
fn without_turned_guillemets<'t>(before: &str, behind: &'t str) -> Option<&'t str> {
    let pair = match behind.chars().next()? {
        '«' => ['«', '»'],
        '‹' => ['‹', '›'],
        _ => return None,
    };
    let rest = behind.trim_start_matches(['«', '‹']);
    let is_apart = rest.chars().next().is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation());
    let near = near::end_of(before, MAX_QUOTATION);
    let is_opened = near.rfind(pair).is_some_and(|last| begins_with_turned_guillemet(&near[last..]));
    (is_apart && is_opened).then_some(rest)
}

/// What follows marks that open elsewhere, if a blank shows that they close: in Urdu quotations stand between ’’ and ‘‘, or ” and “.
fn without_turned_marks<'t>(marks: &str, behind: &'t str) -> Option<&'t str> {
    let rest = behind.trim_start_matches(['“', '‘']);
    let is_apart = || rest.chars().next().is_none_or(char::is_whitespace);
    (rest.len() < behind.len() && marks.ends_with(is_strong) && is_apart()).then_some(rest)
}

/// Whether a text begins with `»` or `›` before a word: one that closes has a sign or a blank behind it.
pub(super) fn begins_with_turned_guillemet(text: &str) -> bool {
    text.strip_prefix(['»', '›']).is_some_and(|rest| rest.trim_start_matches(['»', '›']).starts_with(is_letter_or_digit))
}

/// What follows marks, without what closes with them.
fn without_closers<'t>(marks: &str, behind: &'t str) -> &'t str {
    if behind.starts_with(' ') && !behind[1..].starts_with(|c: char| matches!(c, '[' | '»') || c.is_whitespace()) {
        return behind;
    }
    // Where no blank follows, a mark that closes in German opens elsewhere.
    let closes = |c: char| is_closer(c) && (c != '“' || !marks.ends_with(is_strong));
    let closed = behind.trim_start_matches(closes);
    // French has a blank before the closing mark, and one behind it.
    let behind_guillemet = closed.trim_start_matches([' ', '\u{a0}', '\u{202f}']).strip_prefix('»');
    let closed = behind_guillemet.filter(|rest| rest.chars().next().is_none_or(char::is_whitespace)).unwrap_or(closed);
    let cited = without_citations(closed);
    // A blank may stand before the number of a note, if one stands behind it, too.
    let far = closed.strip_prefix(' ').map(|rest| (rest, without_citations(rest)));
    match far {
        Some((rest, cited)) if cited.len() < rest.len() && cited.chars().next().is_none_or(char::is_whitespace) => cited,
        _ => cited,
    }
}

/// What follows a smiley, which belongs to the sentence before it.
fn without_smiley(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(' ').filter(|rest| rest.starts_with([':', ';', '=']))?;
    let smiley = first_token(rest);
    kinds::is_smiley(smiley.as_bytes()).then(|| &rest[smiley.len()..])
}

/// What follows emoji, which belong to the sentence before them, unless the paragraph has them for bullets.
fn without_emoji<'t>(paragraph: &str, text: &'t str) -> Option<&'t str> {
    let emoji = text.strip_prefix(' ').unwrap_or(text);
    let rest = emoji.trim_start_matches(kinds::is_of_emoji);
    let is_apart = rest.len() < emoji.len() && rest.chars().next().is_none_or(char::is_whitespace);
    (is_apart && !paragraph.starts_with(kinds::is_of_emoji)).then_some(rest)
}

/// Without numbers of notes, in brackets or raised: they belong to the sentence before them.
fn without_citations(mut text: &str) -> &str {
    while let Some((number, _)) =
        text.strip_prefix('[').and_then(|inside| near::beginning_of(inside, MAX_CITATION).split_once(']'))
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
    {
        text = &text[number.len() + 2..];
    }
    text.trim_start_matches(['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'])
}
