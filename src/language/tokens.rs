//! A text cut at its blanks, and which of its words are none of any language.

use crate::lanes::{self, N_LANES, Sixteen};

/// A word, and the blanks behind it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) word: &'a str,
    /// Where the next token begins.
    pub(super) end: usize,
    /// Bytes of the blanks.
    n_blank: usize,
    /// Kinds of bytes that the word has.
    kinds: u8,
    /// Letters of ASCII that the word has.
    pub(super) ascii_letters: u32,
}

/// Bytes by their kinds: [`LETTER`] and the others below.
static KINDS: [u8; 256] = kinds();
/// Letters of ASCII. The one kind that is counted, so it is the lowest bit.
const LETTER: u8 = 1;
/// Signs and digits that no word has.
const SIGN: u8 = 2;
const SLASH: u8 = 4;
const DOT: u8 = 8;
const COLON: u8 = 16;
/// Anything but ASCII.
const FOREIGN: u8 = 32;
/// What the bytes of blanks and full stops beyond ASCII begin with.
const MAY_BE_BOUNDARY: u8 = 64;
/// Blanks of ASCII.
const BLANK: u8 = 128;

const fn kinds() -> [u8; 256] {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' | b'_' | b'=' | b'@' | b'{' | b'}' | b'\\' | b'<' | b'>' => SIGN,
            b'/' => SLASH,
            b'.' => DOT,
            b':' => COLON,
            b'\t'..=b'\r' | b' ' => BLANK,
            0xC2 | 0xE1..=0xE3 | 0xEF => FOREIGN | MAY_BE_BOUNDARY,
            0x80.. => FOREIGN,
            _ => 0,
        };
        byte += 1;
    }
    kinds
}

/// What ends a sentence, or a part of one, beyond ASCII.
const FULL_STOPS: [char; 6] = ['।', '؟', '۔', '。', '！', '？'];

impl<'a> Token<'a> {
    /// The token at a place; all blanks behind its word belong to it, up to the end of the line.
    pub(super) fn at(text: &'a str, start: usize) -> Self {
        let bytes = text.as_bytes();
        let mut end = start;
        let mut kinds = 0;
        let mut ascii_letters = 0;
        while let Some(&byte) = bytes.get(end) {
            let kind = KINDS[byte as usize];
            if kind & (BLANK | MAY_BE_BOUNDARY) != 0 && ends_word(text, end, kind) {
                break;
            }
            kinds |= kind;
            ascii_letters += u32::from(kind & LETTER);
            end += 1;
        }
        end += text[end..].chars().next().filter(|c| is_full_stop(*c)).map_or(0, char::len_utf8);
        let behind = behind_blanks(text, end);
        Self { word: &text[start..end], end: behind, n_blank: behind - end, kinds, ascii_letters }
    }

    pub(super) fn is_ascii(&self) -> bool {
        self.kinds & FOREIGN == 0
    }

    pub(super) fn ends_sentence(&self) -> bool {
        match self.word.as_bytes().last() {
            Some(b'.' | b'!' | b'?' | b';' | b':' | b'|') => true,
            Some(0x80..) => self.word.ends_with(FULL_STOPS),
            _ => false,
        }
    }

    /// The letter that is all of its word.
    #[inline]
    pub(super) fn single_letter(&self) -> Option<char> {
        // Most words are longer than any letter.
        if self.word.len() > 4 || self.ascii_letters > 1 {
            return None;
        }
        let first = self.word.chars().next().filter(|c| c.len_utf8() == self.word.len());
        first.filter(|c| c.is_alphabetic())
    }

    /// Whether what stands behind it is one blank.
    pub(super) fn has_one_blank(&self) -> bool {
        self.n_blank == 1
    }

    /// Whether the first of its letters is a capital.
    pub(super) fn is_capitalized(&self) -> bool {
        match self.word.as_bytes().first() {
            Some(b'a'..=b'z') => false,
            Some(b'A'..=b'Z') => true,
            // Scripts from Hebrew to Thai, and those of East Asia, have no capitals.
            Some(0xD7..=0xE0 | 0xE3..=0xEE) => false,
            _ => self.word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase),
        }
    }

    /// Addresses, numbers with letters, markup and program code: no words of any language.
    pub(super) fn is_noise(&self) -> bool {
        const ADDRESS: u8 = SLASH | DOT;
        const SCHEME: u8 = SLASH | COLON;
        let has = |kinds| self.kinds & kinds == kinds;
        let has_sign = self.kinds & SIGN != 0;
        let is_address = has(ADDRESS) || has(SCHEME) && self.word.contains("://") || self.word.starts_with("www.");
        let is_entity = || self.word.starts_with('&') && self.word.ends_with(';');
        let is_code = || self.word.starts_with(['#', '`', '$']) || self.word.starts_with("--");
        (has(LETTER) && (has_sign || is_address || is_entity()) || is_code()) && !self.is_mostly_foreign()
    }

    /// Whether most of it is not ASCII: a phrase of a script without blanks, whatever stands among its words.
    fn is_mostly_foreign(&self) -> bool {
        !self.is_ascii() && self.word.bytes().filter(u8::is_ascii).count() * 2 < self.word.len()
    }
}

/// Words of ASCII letters with blanks and a few signs between them: nothing to stop at where their language is known.
#[derive(Debug)]
pub(super) struct PlainWords {
    /// Where the first token begins that is not among them.
    pub(super) end: usize,
    pub(super) letters: u32,
}

impl PlainWords {
    /// Those from `start` on, as far as they end before `limit`.
    pub(super) fn at(text: &str, start: usize, limit: usize) -> Self {
        let bytes = &text.as_bytes()[..limit.min(text.len())];
        let mut words = Self { end: start, letters: 0 };
        let mut letters_before = 0;
        for at in (start..bytes.len()).step_by(N_LANES) {
            let sixteen = lanes::sixteen(bytes, at);
            let is_letter = lanes::is_within(sixteen | Sixteen::splat(b'a' - b'A'), b'a', b'z');
            let is_blank = lanes::is(sixteen, b' ');
            let is_sign = lanes::is(sixteen, b',') | lanes::is(sixteen, b'\'') | lanes::is_within(sixteen, b'(', b')');
            let letters = is_letter.to_bitmask();
            let n_plain = (is_letter | is_blank | is_sign).to_bitmask().trailing_ones();
            let blanks = is_blank.to_bitmask() & below(n_plain);
            if blanks != 0 {
                let last = blanks.ilog2();
                words.end = at + last as usize + 1;
                words.letters = letters_before + (letters & below(last)).count_ones();
            }
            if n_plain < N_LANES as u32 {
                break;
            }
            letters_before += letters.count_ones();
        }
        words
    }
}

/// Bits below this one.
fn below(bit: u32) -> u32 {
    !(u32::MAX << bit)
}

/// Whether a word ends before the byte, which is of a kind that may be a blank.
fn ends_word(text: &str, at: usize, kind: u8) -> bool {
    kind & BLANK != 0 || text[at..].chars().next().is_some_and(|c| c.is_whitespace() || is_full_stop(c))
}

/// The full stops of scripts that have no blanks behind them.
fn is_full_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？')
}

fn behind_blanks(text: &str, mut at: usize) -> usize {
    for c in text[at..].chars().take_while(|c| c.is_whitespace()) {
        at += c.len_utf8();
        if c == '\n' {
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_words_with_the_blanks_behind_them() {
        let check = |text: &str, expected: &[&str]| {
            let mut tokens = Vec::new();
            let mut at = 0;
            while at < text.len() {
                let token = Token::at(text, at);
                tokens.push(&text[at..token.end]);
                at = token.end;
            }
            assert_eq!(tokens, expected, "{text:?}");
        };
        check("one  two", &["one  ", "two"]);
        check("a\u{A0}b \n\n c", &["a\u{A0}", "b \n", "\n", " ", "c"]);
        check("什么。好！ a", &["什么。", "好！ ", "a"]);
        check("пять\u{3000}ó", &["пять\u{3000}", "ó"]);
    }

    #[test]
    fn capitals_and_ends_of_sentences_are_seen() {
        let check = |word, expected| {
            let token = Token::at(word, 0);
            assert_eq!((token.is_capitalized(), token.ends_sentence()), expected, "{word:?}");
        };
        check("word", (false, false));
        check("Word.", (true, true));
        check("«Élan»", (true, false));
        check("iPhone:", (false, true));
        check("什么。", (false, true));
        check("है।", (false, true));
        check("12", (false, false));
    }

    #[test]
    fn plain_words_end_before_what_may_matter() {
        let check = |text: &str, limit, expected| {
            let words = PlainWords::at(text, 1, limit);
            assert_eq!((&text[1..words.end], words.letters), expected, "{text:?}");
        };
        check(" some (plain) words, and a sentence. Next", 100, ("some (plain) words, and a ", 18));
        check(" some plain words and an élan", 100, ("some plain words and an ", 19));
        check(" some plain words", 14, ("some plain ", 9));
        check(" one\nline", 100, ("", 0));
        check(" mail me@example.org", 100, ("mail ", 4));
        check(" ", 100, ("", 0));
    }

    #[test]
    fn noise_is_no_word() {
        let check = |word, expected| assert_eq!(Token::at(word, 0).is_noise(), expected, "{word:?}");
        check("word", false);
        check("and/or", false);
        check("e.g.", false);
        check("12,5", false);
        check("Москва/СПб.", false);
        check("ftp://host", true);
        check("www.example", true);
        check("example.org/page", true);
        check("a=b", true);
        check("&amp;", true);
        check("#tag", true);
        check("--help", true);
        check("x2", true);
        check("#新冠疫情、COVID-19有3个", false);
        check("https://zh.example/维基", true);
    }
}
