//! Marks that end sentences, what opens and closes with a sentence, and where in a text they are.

use std::sync::LazyLock;

use super::words::is_capital;

/// Marks that end a sentence wherever they stand: Unicode's Sentence_Terminal, without those of the Latin, Greek and Cyrillic
/// scripts; the Greek question mark; Tibetan shads.
pub(super) fn is_strong(c: char) -> bool {
    matches!(
        c,
        '\u{37E}'
        | '։'
        | '؝'..='؟'
        | '۔'
        | '܀'..='܂'
        | '߹'
        | '࠷'
        | '࠹'
        | '࠽'..='࠾'
        | '।'..='॥'
        | '෴'
        | '།'..='༏'
        | '၊'..='။'
        | '።'
        | '፧'..='፨'
        | '᙮'
        | '᜵'..='᜶'
        | '។'..='៕'
        | '᠃'
        | '᠉'
        | '᥄'..='᥅'
        | '᪨'..='᪫'
        | '᭎'..='᭏'
        | '᭚'..='᭛'
        | '᭞'..='᭟'
        | '᭽'..='᭿'
        | '᰻'..='᰼'
        | '᱾'..='᱿'
        | '‼'..='‽'
        | '⁇'..='⁈'
        | '⳹'..='⳻'
        | '⸮'
        | '⸼'
        | '⹓'..='⹔'
        | '。'
        | '꓿'
        | '꘎'..='꘏'
        | '꛳'
        | '꛷'
        | '꡶'..='꡷'
        | '꣎'..='꣏'
        | '꤯'
        | '꧈'..='꧉'
        | '꩝'..='꩟'
        | '꫰'..='꫱'
        | '꯫'
        | '︒'
        | '︕'..='︖'
        | '！'
        | '？'
        | '｡'
    )
}

/// Marks that end a sentence if what follows allows it.
pub(super) fn is_weak(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '⁉' | '．')
}

/// Marks that end a sentence in some languages, and between some words.
pub(super) fn is_pause(c: char) -> bool {
    matches!(c, ':' | ';')
}

pub(super) fn is_mark(c: char) -> bool {
    is_weak(c) || is_pause(c) || is_strong(c)
}

/// What closes with the sentence that it stands behind.
pub(super) fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | ')' | ']' | '}' | '»' | '”' | '’' | '›' | '」' | '』' | '）' | '】' | '〉' | '》' | '＂' | '“')
}

/// What may open a sentence.
pub(super) fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '(' | '[' | '{' | '«' | '“' | '‘' | '„' | '‚' | '‹' | '¿' | '¡' | '「' | '『' | '（' | '—' | '–')
}

/// What stands before an item of a list.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '⁃' | '◦' | '▪')
}

/// For each byte the bytes behind it, by their low six bits, that with it begin one of a set of characters.
type SecondBytes = [u64; 256];

static CAPITALS: LazyLock<SecondBytes> = LazyLock::new(|| second_bytes(('\0'..='\u{FFFF}').filter(|c| is_capital(*c))));

static MARKS: LazyLock<SecondBytes> =
    LazyLock::new(|| second_bytes(('\0'..='\u{FFFF}').filter(|c| is_mark(*c) || is_bullet(*c))));

/// Marks, and blanks before anything but digits and small letters: of what may be a capital nothing is left out.
static MARKS_AND_BLANKS: LazyLock<SecondBytes> = LazyLock::new(|| {
    let mut second_bytes = *MARKS;
    for blank in [b' ', b'\n', b'\t'] {
        second_bytes[usize::from(blank)] = u64::from(u32::MAX);
    }
    second_bytes
});

fn second_bytes(characters: impl Iterator<Item = char>) -> SecondBytes {
    let mut second_bytes = [0; 256];
    for c in characters {
        match c.encode_utf8(&mut [0; 4]).as_bytes() {
            [first, second, ..] => second_bytes[usize::from(*first)] |= 1 << (second & 63),
            // Any byte may follow.
            single => second_bytes[usize::from(single[0])] = u64::MAX,
        }
    }
    second_bytes
}

fn has(second_bytes: &SecondBytes, near: &[u8]) -> bool {
    second_bytes[usize::from(near[0])] >> (near[1] & 63) & 1 == 1
}

/// What is to be found beside marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blanks {
    None,
    BeforeCapitals,
    All,
}

/// Finds the characters of a text at which a sentence may end, and few others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finder {
    places: &'static SecondBytes,
    capitals: &'static SecondBytes,
    blanks: Blanks,
}

impl Finder {
    pub(super) fn new(blanks: Blanks) -> Self {
        let places = if blanks == Blanks::BeforeCapitals { &MARKS_AND_BLANKS } else { &MARKS };
        Self { places, capitals: &CAPITALS, blanks }
    }

    /// The first place from `from`, which is the beginning of a character.
    pub(super) fn find(self, text: &str, from: usize) -> Option<usize> {
        let Self { places, capitals, blanks } = self;
        let bytes = &text.as_bytes()[from..];
        let is_blank = |byte: u8| byte <= b' ';
        let place = match blanks {
            Blanks::None => bytes.windows(2).position(|near| has(places, near)),
            Blanks::BeforeCapitals => {
                let is_place = |near: &[u8]| has(places, near) && (!is_blank(near[0]) || has(capitals, &near[1..]));
                bytes.windows(3).position(is_place)
            }
            Blanks::All => bytes.windows(2).position(|near| has(places, near) || is_blank(near[0])),
        };
        // At the text's end windows are too short.
        let is_place = |at: &usize| text.is_char_boundary(from + at) && has(places, &[bytes[*at], 0]);
        let last = || (bytes.len().saturating_sub(2)..bytes.len()).find(is_place);
        place.or_else(last).map(|at| from + at)
    }
}
