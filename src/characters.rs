//! What characters are: by Unicode, from a table for those that most texts are written in, since Unicode's own are searched; and
//! whether blanks stand between the words of their script.

use std::sync::LazyLock;

/// What a character is: a set of kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kinds(u8);

/// The first character behind those of the table: those up to kana, and the signs that all scripts share.
const FIRST_UNLISTED: char = '\u{3100}';

impl Kinds {
    const LETTER: u8 = 1;
    const SMALL: u8 = 2;
    const CAPITAL: u8 = 4;
    const NUMBER: u8 = 8;
    const BLANK: u8 = 16;
    /// Its small letter is another character, or several.
    const LOWERED: u8 = 32;

    /// The kinds of a character.
    #[inline]
    pub(crate) fn of(c: char) -> Self {
        static LISTED: LazyLock<Vec<Kinds>> = LazyLock::new(|| ('\0'..FIRST_UNLISTED).map(Kinds::by_unicode).collect());
        match LISTED.get(c as usize) {
            Some(listed) => *listed,
            None => Self::of_unlisted(c),
        }
    }

    #[inline(never)]
    fn of_unlisted(c: char) -> Self {
        match c {
            // Ideographs and Hangul.
            '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => Self(Self::LETTER),
            _ => Self::by_unicode(c),
        }
    }

    fn by_unicode(c: char) -> Self {
        let kinds = [
            (c.is_alphabetic(), Self::LETTER),
            (c.is_lowercase(), Self::SMALL),
            (c.is_uppercase(), Self::CAPITAL),
            (c.is_numeric(), Self::NUMBER),
            (c.is_whitespace(), Self::BLANK),
            (!c.to_lowercase().eq([c]), Self::LOWERED),
        ];
        Self(kinds.into_iter().filter(|(is, _)| *is).fold(0, |all, (_, kind)| all | kind))
    }

    fn has_any(self, kinds: u8) -> bool {
        self.0 & kinds != 0
    }

    pub(crate) fn is_letter(self) -> bool {
        self.has_any(Self::LETTER)
    }

    pub(crate) fn is_small(self) -> bool {
        self.has_any(Self::SMALL)
    }

    pub(crate) fn is_capital(self) -> bool {
        self.has_any(Self::CAPITAL)
    }

    pub(crate) fn is_number(self) -> bool {
        self.has_any(Self::NUMBER)
    }

    pub(crate) fn is_letter_or_number(self) -> bool {
        self.has_any(Self::LETTER | Self::NUMBER)
    }

    pub(crate) fn is_blank(self) -> bool {
        self.has_any(Self::BLANK)
    }

    /// Whether it is not its own small letter.
    pub(crate) fn is_lowered(self) -> bool {
        self.has_any(Self::LOWERED)
    }
}

/// Letters of Thai, Lao, Burmese and Khmer: blanks stand between phrases.
#[inline]
pub(crate) fn is_of_phrases(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Letters of scripts that do not separate words: those of phrases, kana and ideographs.
#[inline]
pub(crate) fn is_unseparated(c: char) -> bool {
    let is_east_asian =
        |c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    c >= '\u{e00}' && (is_of_phrases(c) || is_east_asian(c))
}

/// Kana, ideographs and their signs: no blanks stand between phrases either, and each is as wide as two letters.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// The letters and digits of a text in small letters: what is left where blanks, signs and capitals do not matter.
pub(crate) fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_unicode_says() {
        for c in '\0'..='\u{10FFFF}' {
            assert_eq!(Kinds::of(c), Kinds::by_unicode(c), "{c:?}");
        }
    }
}
