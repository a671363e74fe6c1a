//! C1 controls, which no text has: UTF-8 or windows-1252 that somebody read as Latin-1.

use encoding_rs::WINDOWS_1252;

use crate::lanes;

/// The first byte of all C1 controls in UTF-8.
const FIRST_BYTE: u8 = 0xc2;

/// A text with what its C1 controls stand for: sequences of UTF-8 and characters of windows-1252. U+0085 alone is a line end.
pub(super) fn as_meant(text: String) -> String {
    let begins_control = |here, behind| lanes::is(here, FIRST_BYTE) & lanes::is_within(behind, 0x80, 0x9f);
    if lanes::any_pair(text.as_bytes(), begins_control) { mended(&text) } else { text }
}

fn mended(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let n_ascii = lanes::position(rest.as_bytes(), 0, |bytes| !lanes::is_at_most(bytes, 0x7f)).unwrap_or(rest.len());
        mended.push_str(&rest[..n_ascii]);
        rest = &rest[n_ascii..];
        let Some(c) = rest.chars().next() else { return mended };
        let (meant, length) = meaning(rest);
        match length {
            0 => mended.push(of_windows(c)),
            _ => mended.extend(meant.chars().map(of_windows)),
        }
        rest = &rest[length.max(c.len_utf8())..];
    }
}

/// What the sequences at the beginning of a text stand for that follow each other without anything between, and their length: 0 where none
/// begins.
fn meaning(text: &str) -> (String, usize) {
    let (mut meant, mut length) = (String::new(), 0);
    while let Some((c, n_bytes)) = sequence(&text[length..]) {
        meant.push(c);
        length += n_bytes;
    }
    // Without a control they may be letters and signs: `Ó®`.
    if text[..length].contains(is_control) {
        return (meant, length);
    }
    (text[..length].to_owned(), length)
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
        *byte = u8::try_from(chars.next()?).ok()?;
    }
    let meant = std::str::from_utf8(&bytes[..=n_more]).ok()?.chars().next()?;
    Some((meant, text.len() - chars.as_str().len()))
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
        check("Ð\u{9c}Ð¸Ñ\u{80} Ð¸", "Мир Ð¸");
        check("ð\u{9f}\u{98}\u{80} ã\u{81}\u{82}", "😀 あ");
        check("itÂ\u{92}s", "it’s");
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
