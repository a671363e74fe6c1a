//! Scripts and their letters.

use std::borrow::Cow;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

use crate::characters::Kinds;

/// The scripts that languages are told by. Others are [`Script::Other`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are those of Unicode")]
pub enum Script {
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Armenian,
    Georgian,
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Tamil,
    Telugu,
    Thai,
    Han,
    Kana,
    Hangul,
    /// Letters of any other script.
    Other,
}

impl Script {
    /// The scripts that have n-grams; a language of the others is known by its script.
    pub const WITH_TABLES: [Self; 14] = [
        Self::Latin,
        Self::Cyrillic,
        Self::Greek,
        Self::Arabic,
        Self::Hebrew,
        Self::Armenian,
        Self::Georgian,
        Self::Devanagari,
        Self::Bengali,
        Self::Gurmukhi,
        Self::Gujarati,
        Self::Tamil,
        Self::Telugu,
        Self::Thai,
    ];

    /// The code of ISO 15924; of [`Script::Other`] that for an unknown one.
    pub fn iso15924(self) -> &'static str {
        match self {
            Self::Latin => "Latn",
            Self::Cyrillic => "Cyrl",
            Self::Greek => "Grek",
            Self::Arabic => "Arab",
            Self::Hebrew => "Hebr",
            Self::Armenian => "Armn",
            Self::Georgian => "Geor",
            Self::Devanagari => "Deva",
            Self::Bengali => "Beng",
            Self::Gurmukhi => "Guru",
            Self::Gujarati => "Gujr",
            Self::Tamil => "Taml",
            Self::Telugu => "Telu",
            Self::Thai => "Thai",
            Self::Han => "Hani",
            Self::Kana => "Jpan",
            Self::Hangul => "Kore",
            Self::Other => "Zzzz",
        }
    }

    /// The script of a letter, by Unicode blocks; `None` for marks and for what is no letter.
    pub fn of(letter: char) -> Option<Self> {
        let script = match letter as u32 {
            0x41..=0x24F | 0x250..=0x2AF | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF | 0xFB00..=0xFB06 => Self::Latin,
            0x370..=0x3FF | 0x1F00..=0x1FFF => Self::Greek,
            0x400..=0x52F | 0x1C80..=0x1C8F => Self::Cyrillic,
            0x531..=0x58F => Self::Armenian,
            0x590..=0x5FF => Self::Hebrew,
            0x600..=0x6FF | 0x750..=0x77F | 0x8A0..=0x8FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC => Self::Arabic,
            0x900..=0x97F => Self::Devanagari,
            0x980..=0x9FF => Self::Bengali,
            0xA00..=0xA7F => Self::Gurmukhi,
            0xA80..=0xAFF => Self::Gujarati,
            0xB80..=0xBFF => Self::Tamil,
            0xC00..=0xC7F => Self::Telugu,
            0xE00..=0xE7F => Self::Thai,
            0x10A0..=0x10FF | 0x1C90..=0x1CBF => Self::Georgian,
            0x3040..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9F => Self::Kana,
            0x3005..=0x3007 | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF => Self::Han,
            0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7AF => Self::Hangul,
            _ => Self::Other,
        };
        (Kinds::of(letter).is_letter() && !is_mark(letter, script)).then_some(script)
    }
}

/// Vowel signs and points. Unicode calls them alphabetic, but n-grams end at them, as they do in lingua's models.
fn is_mark(letter: char, script: Script) -> bool {
    match (script, letter as u32) {
        (Script::Hebrew, c) => c <= 0x5C7,
        (Script::Arabic, c) => {
            matches!(c, 0x610..=0x61A | 0x640 | 0x64B..=0x65F | 0x670 | 0x6D6..=0x6E4 | 0x6E7..=0x6ED | 0x8CA..=0x8FF)
        }
        (Script::Thai, c) => matches!(c, 0xE31 | 0xE34..=0xE3A | 0xE47..=0xE4E),
        (Script::Gurmukhi, 0xA70..=0xA71) => true,
        (Script::Devanagari | Script::Bengali | Script::Gurmukhi | Script::Gujarati | Script::Tamil | Script::Telugu, c) => {
            matches!(c & 0x7F, 0x01..=0x03 | 0x3A..=0x3C | 0x3E..=0x4D | 0x51..=0x57 | 0x62..=0x63)
        }
        _ => false,
    }
}

/// A sign inside a word that it may be written without: soft hyphens, accents that no letter is composed with, Hebrew points,
/// Arabic vowels and the lengthening of Arabic letters.
pub(super) fn is_optional(sign: char) -> bool {
    matches!(sign as u32, 0xAD | 0x300..=0x36F | 0x591..=0x5BD | 0x5BF..=0x5C2 | 0x5C4..=0x5C7 | 0x610..=0x61A | 0x640 | 0x64B..=0x65F | 0x670)
}

/// Whether a character is part of a word: letters, the signs of Indic scripts, and what is optional.
pub(super) fn is_of_word(c: char) -> bool {
    Kinds::of(c).is_letter() || is_optional(c) || matches!(c as u32, 0x900..=0xDFF if matches!(c as u32 & 0x7F, 0x3C | 0x4D))
}

/// The letter that stands for itself, its capital, and what is written above it in polytonic Greek.
pub(super) fn lower(letter: char) -> char {
    let small = if letter.is_ascii() { letter.to_ascii_lowercase() } else { letter.to_lowercase().next().unwrap_or(letter) };
    if matches!(small, '\u{1F00}'..='\u{1FFF}') { monotonic(small) } else { small }
}

/// Greek as it is written since 1982: without breathings and iotas below, and with one accent for three.
fn monotonic(letter: char) -> char {
    const ACUTE: [(char, char); 7] = [('α', 'ά'), ('ε', 'έ'), ('η', 'ή'), ('ι', 'ί'), ('ο', 'ό'), ('υ', 'ύ'), ('ω', 'ώ')];
    let decomposer = DecomposingNormalizerBorrowed::new_nfd();
    let parts: Vec<char> = decomposer.normalize_iter(std::iter::once(letter)).collect();
    let base = parts.first().copied().unwrap_or(letter);
    let has_accent = parts.iter().any(|part| matches!(part, '\u{300}' | '\u{301}' | '\u{342}'));
    ACUTE.iter().find(|(vowel, _)| has_accent && *vowel == base).map_or(base, |(_, accented)| *accented)
}

/// A word whose letters and accents are characters of their own (NFD), in single characters (NFC); letters that are written as
/// ligatures, as they stand in print, wide or as symbols are those that they stand for (NFKC).
pub(super) fn composed(word: &str) -> Cow<'_, str> {
    // U+0300 to U+036F, the accents, begin with the first two of these bytes in UTF-8, other forms of letters with the others.
    if !word.bytes().any(|byte| matches!(byte, 0xCC | 0xCD | 0xEF | 0xF0)) {
        return Cow::Borrowed(word);
    }
    let forms =
        if word.contains(is_form) { ComposingNormalizerBorrowed::new_nfkc() } else { ComposingNormalizerBorrowed::new_nfc() };
    forms.normalize(word)
}

/// Whether a character is a form of other letters.
fn is_form(c: char) -> bool {
    matches!(c, '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '\u{1D400}'..='\u{1D7FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_scripts_and_marks_have_none() {
        let check = |letter, expected| assert_eq!(Script::of(letter), expected, "{letter:?}");
        check('ß', Some(Script::Latin));
        check('ђ', Some(Script::Cyrillic));
        check('क', Some(Script::Devanagari));
        check('ि', None);
        check('ָ', None);
        check('ไ', Some(Script::Thai));
        check('7', None);
        check('水', Some(Script::Han));
        check('ა', Some(Script::Georgian));
        check('ල', Some(Script::Other));
    }

    #[test]
    fn capitals_are_their_small_letters() {
        assert_eq!(['A', 'Č', 'İ', 'Ж', '水'].map(lower), ['a', 'č', 'i', 'ж', '水']);
    }

    #[test]
    fn greek_has_one_accent() {
        assert_eq!("ἄνθρωποι ᾧ ὑψηλὴ ῥ".chars().map(lower).collect::<String>(), "άνθρωποι ώ υψηλή ρ");
    }

    #[test]
    fn accents_join_their_letters() {
        assert_eq!(composed("quye\u{302}\u{300}n"), "quyền");
        assert_eq!(composed("ﬂoat ＮＨＫ 𝐛𝐨𝐥𝐝 ﻣﺮﺣﺒﺎ"), "float NHK bold مرحبا");
        assert!(matches!(composed("quyền"), Cow::Borrowed(_)));
    }
}
