//! White space as a browser shows it: runs of it as one blank, or as they are written.

use super::part::Part;
use crate::characters::is_unspaced;
use crate::lanes::{self, N_LANES, Sixteen, is, is_at_most};

/// Characters without width in a row that are looked at together, so that time is linear.
const MAX_WITHOUT_WIDTH: usize = 16;

/// Appends text with runs of white space as one blank, none at the beginning of a line; gives the number of characters
/// that are no white space. `start` is where the block begins.
pub(super) fn push_collapsed(out: &mut String, start: usize, text: Part<'_>) -> u32 {
    let Part { whole, start: mut at, end } = text;
    let mut n_chars = 0;
    while at < end {
        let mut is_behind_blank = u32::from(!takes_blank(out, start));
        let plain = Part { start: at, ..text };
        let (plain_end, n_plain) = plain_run(plain, |blanks| {
            let doubled = blanks & (blanks << 1 | is_behind_blank);
            is_behind_blank = blanks >> 15;
            doubled
        });
        Part { end: plain_end, ..plain }.push_to(out);
        n_chars += n_plain;
        let Some(c) = whole[plain_end..end].chars().next() else { break };
        at = plain_end + c.len_utf8();
        match c {
            ' ' | '\n' | '\t' | '\r' | '\x0c' => {
                at = lanes::position(whole.as_bytes(), at, |bytes| !is_at_most(bytes, b' ')).unwrap_or(end).min(end);
                if !ends_source_line(&out[start..], &whole[plain_end..at], &whole[at..end]) {
                    push_blank(out, start);
                }
            }
            c if is_space(c) => push_blank(out, start),
            c if is_dropped(c) || is_zero_width(c) && !joins(c, &out[start..], &whole[at..end]) => {}
            c => {
                out.push(c);
                n_chars += 1;
            }
        }
    }
    n_chars
}

/// Whether white space only ends a line of the page's source, between characters that are written without blanks (CSS Text 3, 4.1.3).
fn ends_source_line(before: &str, white_space: &str, behind: &str) -> bool {
    before.ends_with(is_unspaced) && behind.starts_with(is_unspaced) && white_space.contains('\n')
}

pub(super) fn push_blank(out: &mut String, start: usize) {
    if takes_blank(out, start) {
        out.push(' ');
    }
}

/// Whether a blank counts here: not at the beginning of a line, nor behind another.
fn takes_blank(out: &str, start: usize) -> bool {
    out.len() > start && !matches!(out.as_bytes().last(), Some(b' ' | b'\n'))
}

/// Where the beginning of a text ends that can be taken over as it is, and how many characters that has besides the blanks.
/// Of sixteen bits that tell where blanks are, `is_stop` leaves those that cannot.
#[inline(always)]
fn plain_run(text: Part<'_>, mut is_stop: impl FnMut(u32) -> u32) -> (usize, u32) {
    let (bytes, mut at, mut n_chars) = (text.whole.as_bytes(), text.start, 0);
    while at < text.end {
        let sixteen = lanes::sixteen(bytes, at);
        let blanks = is(sixteen, b' ').to_bitmask();
        let end = !0 << (text.end - at).min(N_LANES);
        let (mut stops, mut uncounted) = (end | is_control(sixteen).to_bitmask() | is_stop(blanks), blanks);
        // The first bit of a byte tells whether it is ASCII.
        let not_ascii = sixteen.to_bitmask();
        if not_ascii != 0 {
            stops |= begins_special(sixteen).to_bitmask();
            uncounted |= is_at_most(sixteen, 0xbf).to_bitmask() & not_ascii;
        }
        let taken = stops.wrapping_sub(1) & !stops;
        let n_taken = stops.trailing_zeros();
        n_chars += n_taken - n_ones(uncounted & taken);
        at += n_taken as usize;
        if (n_taken as usize) < N_LANES {
            break;
        }
    }
    (at, n_chars)
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

/// Marks the first bytes of the characters beyond ASCII that [`is_space`], [`is_dropped`] and [`is_zero_width`] know.
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

/// Characters that belong in no corpus: controls, soft hyphens, word joiners, byte order marks, noncharacters at the end of the plane.
fn is_dropped(c: char) -> bool {
    c.is_control() || matches!(c, '\u{ad}' | '\u{2060}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Spaces, joiners and marks of direction that have no width.
fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}')
}

/// Whether a character without width stands between two others that it can say something of: not beside another one, and not in
/// ASCII. Joiners change the letter before them at the end of words, too.
fn joins(c: char, before: &str, behind: &str) -> bool {
    let is_joiner = matches!(c, '\u{200c}' | '\u{200d}');
    let Some(last) = before.chars().next_back().filter(|&last| !last.is_whitespace() && !is_zero_width(last)) else {
        return false;
    };
    let next = behind.chars().take(MAX_WITHOUT_WIDTH).find(|&next| !is_zero_width(next));
    match next.filter(|next| !next.is_whitespace()) {
        Some(next) => !(last.is_ascii() && next.is_ascii()),
        None => is_joiner && !last.is_ascii(),
    }
}

/// Appends text with its line feeds, tabs and blanks; gives the number of characters that are no white space.
pub(super) fn push_preformatted(out: &mut String, text: Part<'_>) -> u32 {
    let mut at = text.start;
    let mut n_chars = 0;
    while at < text.end {
        let plain = Part { start: at, ..text };
        let (plain_end, n_plain) = plain_run(plain, |_| 0);
        Part { end: plain_end, ..plain }.push_to(out);
        n_chars += n_plain;
        let rest = &text.whole[plain_end..text.end];
        let Some(c) = rest.chars().next() else { break };
        at = plain_end + c.len_utf8();
        match c {
            '\r' if rest[1..].starts_with('\n') => {}
            '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                let end = out.trim_end_matches([' ', '\t']).len();
                out.truncate(end);
                out.push('\n');
            }
            '\t' => out.push('\t'),
            c if is_space(c) => out.push(' '),
            c if is_dropped(c) || is_zero_width(c) && !joins(c, out, &text.whole[at..text.end]) => {}
            c => {
                out.push(c);
                n_chars += 1;
            }
        }
    }
    n_chars
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str, n_chars: u32) {
        let mut out = String::new();
        assert_eq!(push_collapsed(&mut out, 0, text.into()), n_chars, "{text:?}");
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
        check("図書館は\n  来月から。 新装\n開館 한국\n어", "図書館は来月から。 新装開館 한국 어", 16);
    }

    #[test]
    fn characters_without_width_stay_inside_words_alone() {
        check("\u{200b}one\u{200b} \u{200d}two\u{200d}", "one two", 6);
        check("\u{200b}\u{200b}", "", 0);
        check("می\u{200c}رود \u{200f}(x)\u{200f}", "می\u{200c}رود (x)", 9);
        check("market\u{200b}\u{200b}. buy\u{200d}er\u{200b}", "market. buyer", 12);
        check("بحران\u{200c}\u{200e}زده\u{200f}\u{200f} ab\u{200f}ج", "بحران\u{200c}زده ab\u{200f}ج", 13);
        check("ക്\u{200d} ภาษา\u{200b}ไทย", "ക്\u{200d} ภาษา\u{200b}ไทย", 11);
    }
}
