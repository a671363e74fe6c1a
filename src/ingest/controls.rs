//! UTF-8 that somebody read as Latin-1 or windows-1252, and C1 controls, which no text has: windows-1252 that was read as Latin-1.

use encoding_rs::WINDOWS_1252;
use memchr::memchr_iter;

use crate::lanes;

/// Sequences that a text has at least which was read as windows-1252, and the least share of the letters that may begin one.
const LEAST_SEQUENCES: usize = 3;
const LEAST_SHARE: f64 = 0.9;

/// The first byte of the letters from U+00C0 to U+00FF.
const FIRST_OF_LETTERS: u8 = 0xc3;
/// What quotation marks, dashes and the like begin with.
const QUOTE: &str = "â€";

/// A text with what its characters stand for where they are bytes of UTF-8, or C1 controls. U+0085 alone is a line end.
pub(super) fn as_meant(text: String) -> String {
    let bytes = text.as_bytes();
    let is_wanted = |here, behind| {
        let is_control = lanes::is(here, 0xc2) & lanes::is_within(behind, 0x80, 0x9f);
        let is_letter_and_sign = lanes::is_within(here, 0x82, 0x9f) & lanes::is(behind, 0xc2);
        is_control | is_letter_and_sign | lanes::is(here, 0xa2) & lanes::is(behind, 0xe2)
    };
    let is_meant = |at: usize| bytes[at] == 0xc2 || at > 0 && bytes[at - 1] == FIRST_OF_LETTERS;
    if lanes::finds_pair(bytes, is_wanted, is_meant) { mended(&text) } else { text }
}

fn mended(text: &str) -> String {
    let (was_windows, has_quotes) = (was_read_as_windows(text), has_quotes_in_words(text));
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let n_ascii = lanes::position(rest.as_bytes(), 0, |bytes| !lanes::is_at_most(bytes, 0x7f)).unwrap_or(rest.len());
        mended.push_str(&rest[..n_ascii]);
        rest = &rest[n_ascii..];
        let Some(c) = rest.chars().next() else { return mended };
        let (meant, length) = meaning(rest);
        // Without a control they may be letters and signs: `Ó®`.
        let is_sure = was_windows || rest[..length].contains(is_control) || has_quotes && rest.starts_with(QUOTE);
        match length {
            0 => mended.push(of_windows(c)),
            _ if is_sure => mended.extend(meant.chars().map(of_windows)),
            _ => mended.push_str(&rest[..length]),
        }
        rest = &rest[length.max(c.len_utf8())..];
    }
}

/// Whether letters that may begin sequences do so nearly always, and often enough the commonest, those of Western and Cyrillic letters:
/// others stand before a no-break space or a fraction in some language (`É`, `È`, `×`).
fn was_read_as_windows(text: &str) -> bool {
    let (mut n_letters, mut n_sequences, mut n_common) = (0, 0, 0);
    for at in memchr_iter(FIRST_OF_LETTERS, text.as_bytes()) {
        let mut chars = text[at..].chars();
        let Some(letter) = chars.next().filter(|letter| matches!(letter, '\u{c2}'..='\u{df}')) else { continue };
        let (is_sequence, is_spaced) = (sequence(&text[at..]).is_some(), chars.next() == Some('\u{a0}'));
        n_letters += 1;
        n_sequences += usize::from(is_sequence);
        n_common += usize::from(is_sequence && (letter == 'Â' || matches!(letter, 'Ã' | 'Ð' | 'Ñ') && !is_spaced));
    }
    n_common >= LEAST_SEQUENCES && n_sequences as f64 >= LEAST_SHARE * n_letters as f64
}

/// Whether quotation marks, dashes and the like that were read as windows-1252 stand beside letters: between blanks they may be what the
/// text is about.
fn has_quotes_in_words(text: &str) -> bool {
    text.match_indices(QUOTE).any(|(at, _)| {
        let behind = sequence(&text[at..]).and_then(|(_, length)| text[at + length..].chars().next());
        behind.is_some_and(char::is_alphabetic) || behind.is_some() && text[..at].ends_with(char::is_alphabetic)
    })
}

/// What the sequences at the beginning of a text stand for that follow each other without anything between, and their length: 0 where none
/// begins.
fn meaning(text: &str) -> (String, usize) {
    let (mut meant, mut length) = (String::new(), 0);
    while let Some((c, n_bytes)) = sequence(&text[length..]) {
        meant.push(c);
        length += n_bytes;
    }
    (meant, length)
}

/// The character that a sequence of UTF-8 at the beginning of a text stands for whose bytes have become characters, and the length of those.
/// Letters that end words before quotation marks begin none, such as `Ü` and `ß`: few have seen Syriac, Thaana or N'Ko so.
fn sequence(text: &str) -> Option<(char, usize)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let n_more = match first {
        '\u{c2}'..='\u{db}' => 1,
        '\u{e0}'..='\u{ef}' => 2,
        '\u{f0}'..='\u{f4}' => 3,
        _ => return None,
    };
    let mut bytes = [0; 4];
    bytes[0] = u8::try_from(first).ok()?;
    for byte in &mut bytes[1..=n_more] {
        *byte = byte_of(chars.next()?)?;
    }
    let meant = std::str::from_utf8(&bytes[..=n_more]).ok()?.chars().next()?;
    Some((meant, text.len() - chars.as_str().len()))
}

/// The byte that was read as this character.
fn byte_of(c: char) -> Option<u8> {
    let of_windows = || match WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])) {
        (bytes, _, false) => bytes.first().copied(),
        _ => None,
    };
    u8::try_from(c).ok().or_else(of_windows)
}

fn is_control(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}')
}

/// The character of windows-1252 that a control stands for.
fn of_windows(c: char) -> char {
    match (c, u8::try_from(c)) {
        ('\u{85}', _) => c,
        (_, Ok(byte)) if is_control(c) => WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(as_meant(text.into()), expected, "{text:?}");
    }

    #[test]
    fn utf8_read_as_latin1_becomes_what_it_says() {
        check("It wonâ\u{80}\u{99}t rain, â\u{80}\u{9c}noâ\u{80}\u{9d}.", "It won’t rain, “no”.");
        check("GroÃ\u{9f}e Ã\u{84}pfel \u{c4}\u{8d}aj", "Große Äpfel čaj");
        check("Ð\u{9c}Ð¸ Ó® ÉÈ", "Ми Ó® ÉÈ");
        check("ð\u{9f}\u{98}\u{80} ã\u{81}\u{82}", "😀 あ");
        check("itÂ\u{92}s", "it’s");
    }

    #[test]
    fn utf8_read_as_windows_becomes_what_it_says() {
        check("isnâ€™t, été", "isn’t, été");
        check("LastenrÃ¤der fÃ¼r 5Â\u{a0}â‚¬ â€“ â€žgrÃ¶ÃŸerâ€œ", "Lastenräder für 5\u{a0}€ – „größer“");
        check("Å‚Ã³dÅº, krÃ³l, mÃ³wiÄ…", "łódź, król, mówią");
        check("Ã©tÃ©, Ã© ÃO NÃO", "Ã©tÃ©, Ã© ÃO NÃO");
        for text in [
            "É\u{a0}bom, É\u{a0}preciso, É\u{a0}por isso",
            "È\u{a0}stato, È\u{a0}vero, È\u{a0}per",
            "2 ×\u{a0}10, 3 ×\u{a0}4, 2×½, 3×¼, 4×¾",
            "Ø\u{a0}30 mm, Ø\u{a0}4, Ø\u{a0}5, 1.5 Å\u{a0}and",
            "If you see â€™ in place of an apostrophe",
        ] {
            check(text, text);
        }
        check("AMANHÃ\u{a0}” e “IRMÔ", "AMANHÃ\u{a0}” e “IRMÔ");
    }

    #[test]
    fn lone_controls_are_those_of_windows() {
        check("It\u{92}s \u{93}late\u{94}\u{85}\u{80}5\u{81}", "It’s “late”\u{85}€5\u{81}");
        check("L'été\u{92} Ã", "L'été’ Ã");
        check("\u{84}Spaß\u{93} im MENÜ\u{94}", "„Spaß“ im MENÜ”");
        check("â\u{80}", "â€");
    }

    #[test]
    fn other_texts_stay() {
        for text in ["", "Ã©tÃ©", "a\u{a0}b «c» Â©", "Â", "日本\u{3000}語"] {
            check(text, text);
        }
    }
}
