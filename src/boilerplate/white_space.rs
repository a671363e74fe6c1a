//! White space as a browser shows it: runs of it as one blank, or as they are written.

use crate::lanes::{self, Sixteen, is, is_at_most};

/// Appends text with runs of white space as one blank, none at the beginning of a line; gives the number of characters
/// that are no white space. `start` is where the block begins.
pub(super) fn push_collapsed(out: &mut String, start: usize, text: &str) -> u32 {
    let mut at = 0;
    let mut n_chars = 0;
    while at < text.len() {
        let (end, n_plain) = plain_run(text.as_bytes(), at);
        out.push_str(&text[at..end]);
        n_chars += n_plain;
        let Some(c) = text[end..].chars().next() else { break };
        at = end + c.len_utf8();
        match c {
            ' ' | '\n' | '\t' | '\r' | '\x0c' => {
                push_blank(out, start);
                at = lanes::position(text.as_bytes(), at, |bytes| !is_at_most(bytes, b' ')).unwrap_or(text.len());
            }
            c if is_space(c) => push_blank(out, start),
            c if is_dropped(c) => {}
            c => {
                out.push(c);
                n_chars += 1;
            }
        }
    }
    n_chars
}

fn push_blank(out: &mut String, start: usize) {
    let bytes = out.as_bytes();
    if bytes.len() > start && !matches!(bytes.last(), Some(b' ' | b'\n')) {
        out.push(' ');
    }
}

/// Where the words with single blanks between and behind them end that begin at `from`, as they can be taken over; and
/// how many characters they have besides the blanks.
fn plain_run(bytes: &[u8], from: usize) -> (usize, u32) {
    let (mut at, mut n_chars) = (from, 0);
    let mut is_behind_blank = 1;
    while at < bytes.len() {
        let sixteen = lanes::sixteen(bytes, at);
        let blanks = is(sixteen, b' ').to_bitmask();
        let (mut stops, mut uncounted) = (is_control(sixteen).to_bitmask(), blanks);
        // The first bit of a byte tells whether it is ASCII.
        let not_ascii = sixteen.to_bitmask();
        if not_ascii != 0 {
            stops |= begins_special(sixteen).to_bitmask();
            uncounted |= is_at_most(sixteen, 0xbf).to_bitmask() & not_ascii;
        }
        stops |= blanks & (blanks << 1 | is_behind_blank);
        let taken = stops.wrapping_sub(1) & !stops & 0xffff;
        let n_taken = taken.trailing_ones();
        n_chars += n_taken - n_ones(uncounted & taken);
        if n_taken < 16 {
            return (at + n_taken as usize, n_chars);
        }
        is_behind_blank = blanks >> 15;
        at += 16;
    }
    (bytes.len(), n_chars)
}

/// How many of sixteen bits are set, by a table: not all processors can count them.
fn n_ones(bits: u32) -> u32 {
    static OF_BYTE: [u8; 256] = {
        let mut of_byte = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            of_byte[byte] = (byte as u8).count_ones() as u8;
            byte += 1;
        }
        of_byte
    };
    u32::from(OF_BYTE[(bits & 0xff) as usize]) + u32::from(OF_BYTE[(bits >> 8 & 0xff) as usize])
}

/// Marks white space but blanks, and control characters, in ASCII.
fn is_control(bytes: Sixteen) -> Sixteen {
    is_at_most(bytes, 0x1f) | is(bytes, 0x7f)
}

/// Marks the first bytes of the characters beyond ASCII that [`is_space`] and [`is_dropped`] know.
fn begins_special(bytes: Sixteen) -> Sixteen {
    is(bytes, 0xc2) | is(bytes, 0xe2) | is(bytes, 0xef)
}

/// White space that is only layout. The ideographic space is punctuation and stays.
pub(super) fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c' | '\u{85}' | '\u{a0}' | '\u{2000}'
            ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}'
    )
}

/// Characters that belong in no corpus: controls, soft hyphens, byte order marks, noncharacters at the end of the plane.
fn is_dropped(c: char) -> bool {
    c.is_control() || matches!(c, '\u{ad}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Appends text with its line feeds, tabs and blanks; gives the number of characters that are no white space.
pub(super) fn push_preformatted(out: &mut String, text: &str) -> u32 {
    let mut previous = '\0';
    let mut n_chars = 0;
    for c in text.chars() {
        match c {
            '\n' if previous == '\r' => {}
            '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                let end = out.trim_end_matches([' ', '\t']).len();
                out.truncate(end);
                out.push('\n');
            }
            '\t' => out.push('\t'),
            c if is_space(c) => out.push(' '),
            c if is_dropped(c) => {}
            c => {
                out.push(c);
                n_chars += 1;
            }
        }
        previous = c;
    }
    n_chars
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str, n_chars: u32) {
        let mut out = String::new();
        assert_eq!(push_collapsed(&mut out, 0, text), n_chars, "{text:?}");
        assert_eq!(out, expected, "{text:?}");
    }

    #[test]
    fn white_space_collapses_wherever_it_stands() {
        check("seventy seven", "seventy seven", 12);
        check(" seven\n\n seven  sevens ", "seven seven sevens ", 16);
        check("1234567 8", "1234567 8", 8);
        check("1234567  8", "1234567 8", 8);
        check("1234567 \u{a0}8", "1234567 8", 8);
        check("12345678 90123456 ", "12345678 90123456 ", 16);
        check("слово и дело, größe\u{ad}n – 図書館", "слово и дело, größen – 図書館", 21);
        check("a\u{1}b\u{7f}c\u{feff}", "abc", 3);
    }
}
