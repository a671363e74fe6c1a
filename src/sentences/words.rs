//! A word beside a place where a sentence may end: how it is written, and its key in lists.

use std::sync::LazyLock;

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

    pub(super) fn of(text: &str) -> Self {
        text.chars().fold(Self::EMPTY, |key, c| key.with(class_and_small(c).1))
    }

    /// The key of letters and digits up to the first sign.
    pub(super) fn of_first_word(text: &str) -> Self {
        let letters = text.chars().map(class_and_small).take_while(|(class, _)| class.is_of_words());
        letters.fold(Self::EMPTY, |key, (_, small)| key.with(small))
    }

    fn with(self, small: char) -> Self {
        // FNV-1a over characters, with the high bits brought down: single multiplications leave them without effect below.
        Self((self.0 ^ u64::from(small)).wrapping_mul(0x0100_0000_01B3).rotate_left(23))
    }
}

/// What a character is, as far as the shape of words goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Small,
    Capital,
    Uncased,
    Digit,
    Dot,
    Sign,
}

impl Class {
    /// How many there are.
    const N: usize = 6;

    fn is_of_words(self) -> bool {
        !matches!(self, Self::Dot | Self::Sign)
    }
}

/// The characters of alphabets: their classes and their small letters.
static CHARACTERS: LazyLock<Vec<(Class, char)>> =
    LazyLock::new(|| ('\0'..'\u{2000}').map(|c| (class_by_unicode(c), small_by_unicode(c))).collect());

#[inline]
fn class_and_small(c: char) -> (Class, char) {
    match CHARACTERS.get(c as usize) {
        Some(known) => *known,
        None if is_east_asian(c) => (Class::Uncased, c),
        None => (class_by_unicode(c), small_by_unicode(c)),
    }
}

/// Kana, ideographs and Hangul.
fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

fn class_by_unicode(c: char) -> Class {
    match c {
        '.' => Class::Dot,
        c if c.is_lowercase() => Class::Small,
        c if c.is_uppercase() => Class::Capital,
        c if c.is_alphabetic() => Class::Uncased,
        c if c.is_numeric() => Class::Digit,
        _ => Class::Sign,
    }
}

/// The small letter, where it is one character.
fn small_by_unicode(c: char) -> char {
    let mut letters = c.to_lowercase();
    letters.next().filter(|_| letters.next().is_none()).unwrap_or(c)
}

pub(super) fn is_capital(c: char) -> bool {
    class_and_small(c).0 == Class::Capital
}

impl<'t> Word<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self::up_to(text, |_| false)
    }

    /// Letters and digits up to the first sign.
    pub(super) fn first_of(text: &'t str) -> Self {
        Self::up_to(text, |class| !class.is_of_words())
    }

    fn up_to(text: &'t str, is_end: impl Fn(Class) -> bool) -> Self {
        let mut counts = [0usize; Class::N];
        let mut first = Class::Sign;
        let mut key = Key::EMPTY;
        let mut end = text.len();
        for (at, c) in text.char_indices() {
            let (class, small) = class_and_small(c);
            if is_end(class) {
                end = at;
                break;
            }
            if at == 0 {
                first = class;
            }
            counts[class as usize] += 1;
            key = key.with(small);
        }
        Self { text: &text[..end], key, shape: shape(&counts, first), n_chars: counts.iter().sum() }
    }
}

fn shape(counts: &[usize; Class::N], first: Class) -> Shape {
    let [small, capitals, uncased, digits, dots, signs] = *counts;
    let letters = small + capitals + uncased;
    match letters + digits + dots + signs {
        0 => Shape::None,
        _ if letters + digits == 0 => Shape::Signs,
        n if digits == n => Shape::Digits,
        n if dots > 0 && letters > 0 && letters + dots == n => Shape::Dotted,
        n if letters < n => Shape::Mixed,
        1 if capitals == 1 => Shape::Initial,
        1 if small == 1 => Shape::Letter,
        n if small == n => Shape::Small,
        n if capitals == n => Shape::Capitals,
        n if first == Class::Capital && small == n - 1 => Shape::Capitalized,
        n if uncased == n => Shape::Uncased,
        _ => Shape::Mixed,
    }
}
