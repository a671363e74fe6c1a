//! Whether a sentence ends at a place, by rules: what the marks are, and what stands before and behind them.

use super::abbreviations::{self, Habit, List};
use super::marks::{is_comma, is_pause, is_strong};
use super::numbers::{is_day_and_month, is_end_of_range, is_number_of_item, is_range, is_roman, is_year};
use super::particles;
use super::place::{Place, Words, begins_with_turned_guillemet, first_token, last_token, near_beginning, near_end};
use super::reasons::Reason;
use super::words::{Key, Shape, Word, begins_capitalized, is_capital, is_small, last_in_small_letters};
use crate::near;

/// Languages that write ordinal numbers with a full stop, or the numbers of days and months.
const WITH_ORDINALS: [&str; 21] = [
    "de", "ko", "da", "nb", "nn", "fi", "et", "hu", "cs", "sk", "sl", "hr", "bs", "sr", "pl", "tr", "lv", "lt", "is", "eu", "az",
];
/// Characters that are looked at for what a mark stands in, so that time is linear: a title, a quotation, an ellipsis with blanks.
const MAX_TITLE: usize = 40;
const MAX_QUOTATION: usize = 400;
const MAX_ELLIPSIS: usize = 12;
/// Bytes of a time with the word before it.
const MAX_TIME: usize = 60;
/// Letters of a word that is taken for no abbreviation without asking the model, if no list has it.
const MIN_PLAIN: usize = 4;
/// Bytes of the number of an item, with its sign.
const MAX_ITEM_NUMBER: usize = 5;
/// Bytes of a label, such as the word before the number of a figure, so that time is linear.
const MAX_LABEL: usize = 40;

/// The rules as one language has them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    abbreviations: &'static List,
    has_ordinals: bool,
    /// The colons or semicolons that end sentences.
    pauses_that_end: &'static str,
}

impl Rules {
    pub(super) fn of(language: &str) -> Self {
        Self {
            abbreviations: abbreviations::of(language),
            has_ordinals: WITH_ORDINALS.contains(&language),
            pauses_that_end: match language {
                "hy" => ":",
                "el" => ";",
                _ => "",
            },
        }
    }

    /// Whether a sentence ends as most do, so that nothing else need be asked: with a word in small letters that is too long for an
    /// abbreviation and is none, a mark and a blank, before a capital with small letters or alone.
    pub(super) fn is_plain_end(&self, sentence: &str, behind: &str) -> bool {
        let [b'.' | b'!' | b'?', b' ' | b'\n', ..] = behind.as_bytes() else { return false };
        begins_capitalized(near_beginning(behind[2..].trim_start_matches([' ', '\n'])))
            && last_in_small_letters(near_end(sentence))
                .is_some_and(|(word, n_letters)| n_letters >= MIN_PLAIN && self.abbreviations.habit(Key::of(word)).is_none())
    }

    /// What the marks alone say, and what they stand in.
    pub(super) fn judge_marks(&self, place: &Place) -> Option<Reason> {
        let before = place.before();
        let behind = place.behind();
        if is_omission(place, before) || !behind.starts_with(|c: char| c.is_ascii()) && is_in_title(before) {
            return Some(Reason::Enclosed);
        }
        if place.is_closed() && particles::go_on(behind) {
            return Some(Reason::Quotation);
        }
        if place.marks.contains(is_strong) {
            let goes_on = behind.starts_with(|c: char| c.is_ascii_punctuation() || is_comma(c)) && !begins_name(behind);
            return Some(if goes_on { Reason::Sign } else { Reason::StrongMark });
        }
        if behind.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit()) {
            return Some(Reason::InsideWord);
        }
        (place.marks.is_empty() && is_item_number(before)).then_some(Reason::ItemNumber)
    }

    /// What the words around a place say.
    pub(super) fn judge_words(&self, place: &Place, words: &Words) -> Reason {
        let behind = place.behind();
        if !behind.starts_with(char::is_whitespace) {
            return self.judge_without_blank(place, words);
        }
        if words.rest.starts_with(is_small) && !begins_with_clitic(words) {
            return self.judge_before_small_letter(place, words);
        }
        let follower = words.follower;
        if words.last.shape == Shape::Digits && is_end_of_range(follower) {
            return Reason::InsideWord;
        }
        let opens = begins_with_turned_guillemet(follower) && !is_in_quotation(place.before());
        if follower.starts_with([',', ';', ':', ')', ']', '»', '-', '№']) && !opens || is_mere_mark(follower) {
            return Reason::Sign;
        }
        if self.is_mere_pause(place.marks) {
            return if words.opening.is_empty() { Reason::Pause } else { Reason::PauseBeforeSign };
        }
        if follower.starts_with(['—', '–']) && is_in_quotation(place.before()) {
            return Reason::Quotation;
        }
        match ellipsis(place, follower) {
            Some(Ellipsis::WithBlanks) => return Reason::EllipsisWithBlanks,
            Some(Ellipsis::BehindBlank) => return Reason::EllipsisBeforeCapital,
            None => {}
        }
        if place.marks != "." {
            return Reason::Mark;
        }
        self.judge_word(place, words)
    }

    fn judge_before_small_letter(&self, place: &Place, words: &Words) -> Reason {
        let is_short = matches!(words.last.shape, Shape::Dotted | Shape::Initial | Shape::Letter);
        if words.is_first && is_number_of_item(words.last) {
            Reason::ItemNumber
        } else if self.is_mere_pause(place.marks) {
            Reason::PauseBeforeSmallLetter
        } else if place.marks == "." && (is_short || has_no_vowel(words.last) || self.abbreviation(words).is_some()) {
            Reason::AbbreviationBeforeSmallLetter
        } else if place.marks.chars().all(|c| c == '…') || ellipsis(place, words.follower).is_some() {
            Reason::Ellipsis
        } else if place.is_closed() {
            Reason::Quotation
        } else {
            Reason::SmallLetter
        }
    }

    /// Whether a colon or a semicolon ends sentences.
    pub(super) fn has_pauses(&self) -> bool {
        !self.pauses_that_end.is_empty()
    }

    fn is_mere_pause(&self, marks: &str) -> bool {
        marks.chars().next_back().is_none_or(|c| is_pause(c) && !self.pauses_that_end.contains(c))
    }

    fn judge_without_blank(&self, place: &Place, words: &Words) -> Reason {
        let behind = place.behind();
        let is_between_ideographs =
            words.next.shape == Shape::Uncased && place.before().ends_with(|c: char| !c.is_ascii() && !is_small(c));
        if is_between_ideographs && !place.marks.contains(['.', ':', ';', '…']) {
            return Reason::StrongMark;
        }
        if self.is_mere_pause(place.marks) || !is_blank_missing(words.last, behind) {
            return Reason::InsideWord;
        }
        match self.judge_word(place, words) {
            Reason::Word => Reason::BlankMissing,
            _ => Reason::InsideWord,
        }
    }

    /// A single full stop behind a word, before a word that could begin a sentence.
    fn judge_word(&self, place: &Place, words: &Words) -> Reason {
        let Words { last, next, .. } = words;
        let starter_or = |otherwise| if self.abbreviations.begins(next.key) { Reason::Starter } else { otherwise };
        match last.shape {
            Shape::None => return Reason::NoWord,
            Shape::Digits | Shape::Dotted | Shape::Mixed
                if words.is_first && is_number_of_item(*last) && (place.start == 0 || last.shape == Shape::Digits) =>
            {
                return Reason::ItemNumber;
            }
            // Articles of laws have plain numbers, which end sentences.
            Shape::Dotted | Shape::Mixed if is_number_of_item(*last) && is_labelled(place, last) => return Reason::ItemNumber,
            Shape::Digits if self.has_ordinals && self.is_ordinal(place, words) => {
                let begins = self.abbreviations.begins_behind_number(next.key) && !is_labelled(place, last);
                return if begins { Reason::Number } else { Reason::Ordinal };
            }
            Shape::Mixed if self.has_ordinals && is_range(last.text) => return Reason::Ordinal,
            Shape::Mixed if self.has_ordinals && is_day_and_month(last.text) && is_year(*next) => return Reason::Ordinal,
            Shape::Digits => return Reason::Number,
            Shape::Initial | Shape::Capitals if self.has_ordinals && is_roman(last.text) => return Reason::Ordinal,
            // English "I" is a word, too.
            Shape::Initial if last.text == "I" && !words.is_first => return starter_or(Reason::Initial),
            Shape::Initial | Shape::Letter if self.ends_unit_or_abbreviation(place, words) => return Reason::MayEnd,
            Shape::Initial | Shape::Letter => return Reason::Initial,
            _ if words.is_first && is_postscript(last.text) => return Reason::Abbreviation,
            _ => {}
        }
        let is_before_number = words.follower.starts_with(|c: char| c.is_ascii_digit());
        // Single letters are words in some languages, and "no" is one before all.
        let is_before_roman = || is_roman(next.text) && next.n_chars > 1 && last.text != "no";
        match self.abbreviation(words) {
            Some(Habit::GoesOn | Habit::Unit) if self.ends_unit_or_abbreviation(place, words) => Reason::MayEnd,
            Some(Habit::GoesOn | Habit::Unit) => Reason::Abbreviation,
            Some(Habit::BeforeNumber) if is_before_number || is_before_roman() => Reason::BeforeNumber,
            Some(Habit::BeforeNumber) => Reason::NotBeforeNumber,
            Some(Habit::MayEnd) if self.may_end_before(place, words) => Reason::MayEnd,
            Some(Habit::MayEnd) => Reason::MayGoOn,
            None if last.shape == Shape::Dotted && has_short_parts(last.text) => starter_or(Reason::Dotted),
            None => Reason::Word,
        }
    }

    /// Whether a number counts: a short one that is not itself what an abbreviation counts, or the year of a date in digits.
    fn is_ordinal(&self, place: &Place, words: &Words) -> bool {
        let Words { last, rest, .. } = words;
        if last.n_chars > 2 {
            let month = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            return last.n_chars == 4 && (1..=2).contains(&(rest.len() - month.len())) && month.starts_with('.');
        }
        let counter = last_token(without_last(place, last)).trim_end_matches('.');
        counter != "§" && self.abbreviations.habit(Key::of(counter)) != Some(Habit::BeforeNumber)
    }

    /// Whether a word is a unit behind a number, or the last of an abbreviation that was written with blanks, where the sentence
    /// may end: `5 m.`, `т. п.`, `i dr.`
    fn ends_unit_or_abbreviation(&self, place: &Place, words: &Words) -> bool {
        let Words { last, .. } = words;
        if !self.may_end_before(place, words) {
            return false;
        }
        let before = without_last(place, last);
        let is_unit = last.shape == Shape::Letter || self.abbreviations.habit(last.key) == Some(Habit::Unit);
        if is_unit && before.ends_with(|c: char| c.is_ascii_digit()) {
            return true;
        }
        let whole = || Key::of(&format!("{}.{}", last_token(before).trim_end_matches('.'), last.text));
        self.abbreviations.is_last_part(last.key) && self.abbreviations.habit(whole()) == Some(Habit::MayEnd)
    }

    /// Whether what follows an abbreviation that may end a sentence begins one.
    fn may_end_before(&self, place: &Place, Words { last, next, rest, follower, .. }: &Words) -> bool {
        let is_number = follower.starts_with(|c: char| c.is_ascii_digit());
        if is_number || !self.may_begin(next.key) || is_amount(place, last, next) {
            return false;
        }
        // Of several in a row only the last ends it: `Ltd. Şti.`
        let is_another = rest[next.text.len()..].starts_with('.') && self.abbreviations.habit(next.key) == Some(Habit::MayEnd);
        let is_unit = self.abbreviations.habit(last.key) == Some(Habit::Unit);
        !is_another && (is_unit || !is_time_at_beginning(place, last))
    }

    fn abbreviation(&self, words: &Words) -> Option<Habit> {
        let Word { text, key, shape, .. } = words.last;
        let known = |key: Key| self.abbreviations.habit(key);
        if matches!(shape, Shape::Small | Shape::Capitalized | Shape::Uncased) {
            return known(key).or_else(|| abbreviations::of_any_language(shape, key));
        }
        let trimmed = |separators: [char; 2]| text.rsplit(separators).next().filter(|part| part.len() < text.len()).map(Key::of);
        known(key)
            .or_else(|| text.ends_with('.').then(|| known(Key::of(text.trim_end_matches('.')))).flatten())
            .or_else(|| trimmed(['\'', '’']).and_then(known))
    }

    /// Whether a word with a capital begins a sentence behind an abbreviation that may end one. In English names go on behind
    /// most of them, so only words that often begin a sentence are taken for a beginning.
    fn may_begin(&self, word: Key) -> bool {
        let list = self.abbreviations;
        !list.knows_beginnings() || list.begins(word) || list.habit(word) == Some(Habit::GoesOn)
    }
}

/// The sentence so far, without its last word.
fn without_last<'t>(place: &Place<'t>, last: &Word) -> &'t str {
    place.before().strip_suffix(last.text).unwrap_or_default().trim_end()
}

/// Whether a number stands before an abbreviation and a currency behind it: `5 mil. Kč`.
fn is_amount(place: &Place, last: &Word, next: &Word) -> bool {
    const CURRENCIES: [&str; 15] =
        ["CHF", "CZK", "DKK", "EUR", "Eur", "Euro", "GBP", "HUF", "Kč", "Lt", "NOK", "PLN", "RON", "SEK", "USD"];
    CURRENCIES.contains(&next.text) && without_last(place, last).ends_with(|c: char| c.is_ascii_digit())
}

/// Whether a text begins with a sign that stands before names and numbers: `\offset`, `#tag`, `-1`.
fn begins_name(text: &str) -> bool {
    match text.as_bytes() {
        [b'\\' | b'+' | b'<' | b'{' | b'#' | b'$' | b'@' | b'`', ..] => true,
        [b'-', next, ..] => next.is_ascii_alphanumeric(),
        _ => false,
    }
}

/// Whether a sentence has nothing but a label and a number so far: `Figure 17.3`.
fn is_labelled(place: &Place, number: &Word) -> bool {
    let label = without_last(place, number).trim_start().trim_end_matches('.');
    label.len() <= MAX_LABEL && abbreviations::is_label(Key::of(label))
}

/// Whether a text begins with a mark before which a blank was written, as in French.
fn is_mere_mark(follower: &str) -> bool {
    follower.strip_prefix(['!', '?']).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether a sentence is only a time so far, with a word before it: `In 1991 r.`
fn is_time_at_beginning(place: &Place, last: &Word) -> bool {
    let before = without_last(place, last).trim_start();
    let mut words = near::end_of(before, MAX_TIME).split_whitespace();
    let (Some(word), Some(number), None) = (words.next(), words.next(), words.next()) else { return false };
    word.chars().all(char::is_alphabetic) && number.chars().all(|c| c.is_ascii_digit() || ":.-–IVX".contains(c))
}

/// Whether a sentence begins with a word of one letter whose other letters were left out, as in Dutch: `'s Morgens`.
fn begins_with_clitic(words: &Words) -> bool {
    let mut letters = words.rest.chars().skip(1);
    words.opening.ends_with('\'') && letters.next() == Some(' ') && letters.next().is_some_and(is_capital)
}

/// What a postscript or a note begins with.
fn is_postscript(word: &str) -> bool {
    matches!(word, "PS" | "P.S" | "NB" | "N.B")
}

fn has_short_parts(word: &str) -> bool {
    word.split('.').all(|part| part.chars().count() <= 2)
}

/// Whether a word is written as units and other abbreviations are: `tsp`, `lbs`, `pkg`.
fn has_no_vowel(word: Word) -> bool {
    matches!(word.shape, Shape::Small | Shape::Capitalized)
        && word.text.bytes().all(|byte| byte.is_ascii_alphabetic() && !b"aeiouy".contains(&byte.to_ascii_lowercase()))
}

/// Whether a blank was forgotten between a word in small letters, or a number, and a word that begins with a capital.
fn is_blank_missing(last: Word, behind: &str) -> bool {
    let ends_in = |is: fn(char) -> bool| last.text.chars().rev().take(3).filter(|c| is(*c)).count() == 3;
    let is_number = ends_in(|c| c.is_ascii_digit()) && !last.text.contains(char::is_alphabetic);
    let is_word = ends_in(is_small) || is_number;
    let is_plain = !last.text.contains(['.', '/', '@', ':', '_']);
    let mut letters = behind.chars();
    // Names of programs have capitals behind full stops, in ASCII.
    let may_be_capitals = last.text.ends_with(|c: char| !c.is_ascii());
    let may_be_second = |c: char| is_small(c) || c.is_whitespace() || may_be_capitals && c.is_uppercase();
    let begins_sentence = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(may_be_second);
    let next = first_token(behind);
    is_word && is_plain && begins_sentence && !next.contains(['/', '@', '_', '=']) && !is_domain(next)
}

/// Whether a name on the Internet ends in this.
fn is_domain(word: &str) -> bool {
    ["com", "net", "org", "edu", "gov"].iter().any(|domain| word.eq_ignore_ascii_case(domain))
}

/// Whether a quotation between « and » is not yet closed: what follows with a dash belongs to it.
fn is_in_quotation(before: &str) -> bool {
    before.chars().rev().take(MAX_QUOTATION).find(|c| matches!(c, '«' | '»')) == Some('«')
}

/// Whether a title between 《 and 》 is not yet closed.
fn is_in_title(before: &str) -> bool {
    before.chars().rev().take(MAX_TITLE).find(|c| matches!(c, '《' | '》')) == Some('《')
}

/// Dots that stand for words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ellipsis {
    /// `. . .`
    WithBlanks,
    /// ` ...`
    BehindBlank,
}

/// The dots that a place is in, if they stand for words. Four end a sentence; those with blanks do so behind the first.
fn ellipsis(place: &Place, follower: &str) -> Option<Ellipsis> {
    let before = &place.paragraph[..place.at];
    let is_first = before.ends_with(|c: char| !c.is_whitespace());
    let is_dot_before = !is_first && before.trim_end().ends_with('.');
    let is_dot_behind =
        follower.starts_with('.') && !follower.starts_with("...") && !(is_first && follower.starts_with(". . . "));
    let n_dots = || before.chars().rev().take(MAX_ELLIPSIS).filter(|c| !c.is_whitespace()).take_while(|c| *c == '.').count();
    if place.marks.starts_with('.') && (is_dot_behind || is_dot_before && n_dots() < 3) {
        return Some(Ellipsis::WithBlanks);
    }
    (place.marks == "..." && !is_first).then_some(Ellipsis::BehindBlank)
}

/// Whether dots stand for what is left out between brackets, or of a list: `[...]`, `(a, b, ...)`.
fn is_omission(place: &Place, before: &str) -> bool {
    before.ends_with(['[', '(']) || place.marks.starts_with("..") && before.trim_end().ends_with(['[', '(', ','])
}

/// Whether a sentence is only the number of an item so far.
fn is_item_number(before: &str) -> bool {
    let before = before.trim_start();
    before.len() <= MAX_ITEM_NUMBER && before.ends_with(')') && before.starts_with(|c: char| c.is_ascii_alphanumeric())
}
