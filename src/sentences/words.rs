//! A word beside a place where a sentence may end: how it is written, and its key in lists.

use std::sync::LazyLock;

use crate::characters::Kinds;
use crate::hash::SPREAD;
use crate::lanes;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// There is no word.
    None,
    /// One small letter.
    Letter,
    /// One capital.
    Initial,
    Small,
    Capitalized,
    Capitals,
    /// Letters of a script without capitals.
    Uncased,
    Digits,
    /// Letters with full stops between them.
    Dotted,
    /// Letters or digits with signs.
    Mixed,
    /// No letters and no digits.
    Signs,
}

/// A word, without regard to capitals.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) key: Key,
    pub(super) shape: Shape,
    pub(super) n_chars: usize,
}

/// What a word is looked up by: a hash of its small letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(pub(super) u64);

impl Key {
    const EMPTY: Self = Self(0xCBF2_9CE4_8422_2325);

    #[inline]
    pub(super) fn of(text: &str) -> Self {
        if text.is_ascii() { Self::of_ascii(text.as_bytes()) } else { Self::of_any_script(text) }
    }

    #[inline]
    fn of_ascii(bytes: &[u8]) -> Self {
        bytes.chunks(8).fold(Self::EMPTY, |key, eight| key.with(in_small_letters(lanes::up_to_eight(eight))))
    }

    #[inline(never)]
    fn of_any_script(text: &str) -> Self {
        let characters = Characters::known();
        text.chars().fold(Self::EMPTY, |key, c| key.with(u64::from(characters.class_and_small(c).1)))
    }

    /// The key of letters and digits up to the first sign.
    pub(super) fn of_first_word(text: &str) -> Self {
        Word::first_of(text).key
    }

    #[inline(always)]
    fn with(self, letters: u64) -> Self {
        // The high bits are brought down: multiplications leave them without effect below.
        Self((self.0 ^ letters).wrapping_mul(SPREAD).rotate_left(23))
    }
}

/// Eight bytes of ASCII with small letters for capitals.
#[inline(always)]
fn in_small_letters(bytes: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let beyond = |byte: u8| bytes + EACH * u64::from(0x7F - byte);
    let are_capitals = (beyond(b'A' - 1) ^ beyond(b'Z')) & EACH << 7;
    bytes | are_capitals >> 2
}

/// What characters are, as far as the shape of words goes: a set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Classes(u8);

impl Classes {
    const NONE: Self = Self(0);
    const SMALL: Self = Self(1);
    const CAPITAL: Self = Self(2);
    const UNCASED: Self = Self(4);
    const DIGIT: Self = Self(8);
    const DOT: Self = Self(16);
    const SIGN: Self = Self(32);
    const LETTERS: Self = Self::SMALL.and(Self::CAPITAL).and(Self::UNCASED);
    const OF_WORDS: Self = Self::LETTERS.and(Self::DIGIT);

    const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    fn have_any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    fn are_all_in(self, others: Self) -> bool {
        !self.have_any(Self(!others.0))
    }
}

/// The characters of alphabets: their classes and their small letters.
#[derive(Debug, Clone, Copy)]
struct Characters(&'static [(Classes, char)]);

impl Characters {
    fn known() -> Self {
        static KNOWN: LazyLock<Vec<(Classes, char)>> =
            LazyLock::new(|| ('\0'..'\u{2000}').map(|c| (class_by_unicode(c), small_by_unicode(c))).collect());
        Self(&KNOWN)
    }

    #[inline]
    fn class_and_small(self, c: char) -> (Classes, char) {
        match self.0.get(c as usize) {
            Some(known) => *known,
            None => Self::class_and_small_of_others(c),
        }
    }

    #[inline(never)]
    fn class_and_small_of_others(c: char) -> (Classes, char) {
        if is_east_asian(c) { (Classes::UNCASED, c) } else { (class_by_unicode(c), small_by_unicode(c)) }
    }
}

/// Kana, ideographs and Hangul.
fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

fn class_by_unicode(c: char) -> Classes {
    match c {
        '.' => Classes::DOT,
        // Unicode calls Georgian letters small, but sentences and names begin with them.
        '\u{10D0}'..='\u{10FF}' => Classes::UNCASED,
        c => match Kinds::of(c) {
            kinds if kinds.is_small() => Classes::SMALL,
            kinds if kinds.is_capital() => Classes::CAPITAL,
            kinds if kinds.is_letter() => Classes::UNCASED,
            kinds if kinds.is_number() => Classes::DIGIT,
            _ => Classes::SIGN,
        },
    }
}

/// The small letter, where it is one character.
fn small_by_unicode(c: char) -> char {
    let mut letters = c.to_lowercase();
    letters.next().filter(|_| letters.next().is_none()).unwrap_or(c)
}

pub(super) fn is_capital(c: char) -> bool {
    Characters::known().class_and_small(c).0 == Classes::CAPITAL
}

pub(super) fn is_letter(c: char) -> bool {
    Characters::known().class_and_small(c).0.have_any(Classes::LETTERS)
}

pub(super) fn is_letter_or_digit(c: char) -> bool {
    Characters::known().class_and_small(c).0.have_any(Classes::OF_WORDS)
}

pub(super) fn is_small(c: char) -> bool {
    Characters::known().class_and_small(c).0 == Classes::SMALL
}

/// The word in small letters that a text ends with, if nothing but a blank stands before it, and the number of its letters.
pub(super) fn last_in_small_letters(text: &str) -> Option<(&str, usize)> {
    let bytes = text.as_bytes();
    let n_ascii = bytes.iter().rev().take_while(|byte| byte.is_ascii_lowercase()).count();
    let start = bytes.len() - n_ascii;
    match bytes[..start].last() {
        None => Some((text, n_ascii)),
        Some(blank) if blank.is_ascii_whitespace() => Some((&text[start..], n_ascii)),
        Some(byte) if byte.is_ascii() => None,
        Some(_) => last_in_small_letters_of_any_script(text),
    }
}

fn last_in_small_letters_of_any_script(text: &str) -> Option<(&str, usize)> {
    let characters = Characters::known();
    let mut n_letters = 0;
    for (at, c) in text.char_indices().rev() {
        if c.is_ascii_whitespace() {
            return Some((&text[at + 1..], n_letters));
        }
        if characters.class_and_small(c).0 != Classes::SMALL {
            return None;
        }
        n_letters += 1;
    }
    Some((text, n_letters))
}

/// Whether a text begins with a word of a capital and small letters, or of a capital alone.
pub(super) fn begins_capitalized(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.first().is_some_and(u8::is_ascii_uppercase) {
        match bytes[1..].iter().find(|byte| !byte.is_ascii_lowercase()) {
            None => return true,
            Some(byte) if byte.is_ascii() => return !byte.is_ascii_alphanumeric(),
            Some(_) => {}
        }
    }
    let characters = Characters::known();
    let mut classes = text.chars().map(|c| characters.class_and_small(c).0);
    classes.next() == Some(Classes::CAPITAL)
        && classes.find(|class| *class != Classes::SMALL).is_none_or(|class| !class.have_any(Classes::OF_WORDS))
}

impl<'t> Word<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self::up_to(text, |_| false)
    }

    /// Letters and digits up to the first sign.
    pub(super) fn first_of(text: &'t str) -> Self {
        Self::up_to(text, |class| !class.are_all_in(Classes::OF_WORDS))
    }

    #[inline]
    fn up_to(text: &'t str, is_end: impl Fn(Classes) -> bool) -> Self {
        let characters = Characters::known();
        let mut first = Classes::NONE;
        let mut others = Classes::NONE;
        for (at, byte) in text.bytes().enumerate() {
            if !byte.is_ascii() {
                return Self::of_any_script_up_to(text, is_end);
            }
            let (class, _) = characters.0[usize::from(byte)];
            if is_end(class) {
                let text = &text[..at];
                return Self { text, key: Key::of_ascii(text.as_bytes()), shape: shape(first, others), n_chars: at };
            }
            if at == 0 {
                first = class;
            } else {
                others = others.and(class);
            }
        }
        Self { text, key: Key::of_ascii(text.as_bytes()), shape: shape(first, others), n_chars: text.len() }
    }

    fn of_any_script_up_to(text: &'t str, is_end: impl Fn(Classes) -> bool) -> Self {
        let characters = Characters::known();
        let mut first = Classes::NONE;
        let mut others = Classes::NONE;
        let mut key = Key::EMPTY;
        let mut n_chars = 0;
        let mut end = text.len();
        for (at, c) in text.char_indices() {
            let (class, small) = characters.class_and_small(c);
            if is_end(class) {
                end = at;
                break;
            }
            if at == 0 {
                first = class;
            } else {
                others = others.and(class);
            }
            n_chars += 1;
            key = key.with(u64::from(small));
        }
        let text = &text[..end];
        let key = if end == n_chars { Key::of_ascii(text.as_bytes()) } else { key };
        Self { text, key, shape: shape(first, others), n_chars }
    }
}

fn shape(first: Classes, others: Classes) -> Shape {
    let all = first.and(others);
    if all == Classes::NONE {
        Shape::None
    } else if !all.have_any(Classes::OF_WORDS) {
        Shape::Signs
    } else if all == Classes::DIGIT {
        Shape::Digits
    } else if all.have_any(Classes::DOT) && all.have_any(Classes::LETTERS) && all.are_all_in(Classes::LETTERS.and(Classes::DOT)) {
        Shape::Dotted
    } else if !all.are_all_in(Classes::LETTERS) {
        Shape::Mixed
    } else {
        shape_of_letters(first, others)
    }
}

fn shape_of_letters(first: Classes, others: Classes) -> Shape {
    match first {
        Classes::CAPITAL if others == Classes::NONE => Shape::Initial,
        Classes::SMALL if others == Classes::NONE => Shape::Letter,
        Classes::SMALL if others.are_all_in(Classes::SMALL) => Shape::Small,
        Classes::CAPITAL if others.are_all_in(Classes::CAPITAL) => Shape::Capitals,
        Classes::CAPITAL if others.are_all_in(Classes::SMALL) => Shape::Capitalized,
        Classes::UNCASED if others.are_all_in(Classes::UNCASED) => Shape::Uncased,
        _ => Shape::Mixed,
    }
}
