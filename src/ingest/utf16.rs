//! UTF-16 without a byte order mark, told by the characters that it would be.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use memchr::memchr3;

/// Bytes looked at.
const SAMPLE: usize = 8 << 10;
/// Bytes in which zeros are counted.
const SAMPLE_OF_ZEROS: usize = 1 << 10;
/// Share of control characters above which zeros are no sign of text, in percent.
const MAX_CONTROLS: usize = 3;
/// Fewer characters than these may look like text by chance.
const MIN_CHARS: usize = 16;
/// Text has a blank, a line end, a digit or a mark among this many characters.
const MAX_CHARS_PER_MARK: usize = 20;

/// The byte order of UTF-16, if it is sure that these bytes are in it: markup begins with a tag in it, or text has no
/// control characters, nothing unpaired, and letters of one script with the marks between them.
pub(super) fn detect(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    // Half of a blank or a line feed, or of a full stop in Chinese or Japanese.
    memchr3(0, 1, 2, sample)?;
    let little = units(sample, u16::from_le_bytes);
    let big = units(sample, u16::from_be_bytes);
    let is_utf16 = |units: &[u16], high: usize| {
        has_zeros(sample, high) && has_few_controls(units) || begins_as_markup(units) || is_text(units, sample)
    };
    match is_utf16(&little, 1) {
        true => Some(UTF_16LE),
        false => is_utf16(&big, 0).then_some(UTF_16BE),
    }
}

/// In a language in Latin script nearly all high bytes are zero, and no low ones.
fn has_zeros(sample: &[u8], high: usize) -> bool {
    let sample = &sample[..sample.len().min(SAMPLE_OF_ZEROS)];
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    sample.len() >= 8 && zeros(high) > sample.len() / 2 * 2 / 5 && zeros(1 - high) * 20 < zeros(high)
}

/// Small numbers have zeros as well, but most of them are control characters.
fn has_few_controls(units: &[u16]) -> bool {
    let is_control = |unit: &&u16| char::from_u32(u32::from(**unit)).is_some_and(|c| c.is_control() && !c.is_whitespace());
    units.iter().filter(is_control).count() * 100 <= units.len() * MAX_CONTROLS
}

/// Without the first half of a pair, should the sample end in one.
fn units(sample: &[u8], order: fn([u8; 2]) -> u16) -> Vec<u16> {
    let mut units: Vec<u16> = sample.chunks_exact(2).map(|pair| order([pair[0], pair[1]])).collect();
    units.pop_if(|last| (0xd800..0xdc00).contains(last));
    units
}

fn begins_as_markup(units: &[u16]) -> bool {
    let ascii = |unit: &u16| u8::try_from(*unit).ok().filter(u8::is_ascii).unwrap_or_default();
    let mut start = units.iter().map(ascii).skip_while(u8::is_ascii_whitespace);
    let opens = start.next() == Some(b'<') && start.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'!' || b == b'?');
    opens && start.by_ref().take(2).filter(|b| b.is_ascii_graphic() || b.is_ascii_whitespace()).count() == 2
}

/// What a character may be in plain text.
enum Kind {
    /// ASCII, or a mark of Chinese and Japanese.
    Mark,
    /// Of an alphabet; with its high byte.
    Alphabet(usize),
    /// Chinese, Japanese or Korean.
    Wide,
    Other,
}

/// `None` for what is in no text.
fn kind(c: char) -> Option<Kind> {
    match c {
        '\t' | '\n' | '\r' | '\u{c}' | ' '..='~' | '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff20}' => Some(Kind::Mark),
        '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}' => None,
        c if c.is_control() => None,
        '\u{80}'..='\u{21ff}' => Some(Kind::Alphabet(c as usize >> 8)),
        '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'.. => Some(Kind::Wide),
        _ => Some(Kind::Other),
    }
}

fn is_text(units: &[u16], sample: &[u8]) -> bool {
    let (mut total, mut marks, mut wide, mut alphabets) = (0, 0, 0, [0; 0x22]);
    for c in char::decode_utf16(units.iter().copied()) {
        match c.ok().and_then(kind) {
            Some(Kind::Mark) => marks += 1,
            Some(Kind::Alphabet(high)) => alphabets[high] += 1,
            Some(Kind::Wide) => wide += 1,
            Some(Kind::Other) => {}
            None => return false,
        }
        total += 1;
    }
    let letters: usize = alphabets.iter().sum();
    let main = alphabets.into_iter().max().unwrap_or_default();
    let is_alphabetic = main * 10 >= letters * 7 && (letters + marks) * 10 >= total * 9;
    let is_wide = (wide + marks) * 10 >= total * 9 && !is_mostly_ascii(sample);
    total >= MIN_CHARS && marks * MAX_CHARS_PER_MARK >= total && (is_alphabetic || is_wide)
}

/// Words in ASCII with zeros between them are Chinese if two letters are taken for one.
fn is_mostly_ascii(sample: &[u8]) -> bool {
    sample.iter().filter(|b| !b.is_ascii()).count() * 10 < sample.len() || std::str::from_utf8(sample).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Option<&'static Encoding>) {
        assert_eq!(detect(bytes), expected, "{:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(80)]));
    }

    fn both_orders(text: &str) {
        check(&text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(), Some(UTF_16LE));
        check(&text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>(), Some(UTF_16BE));
    }

    #[test]
    fn text_and_markup_of_all_scripts_are_known() {
        both_orders("The library opens longer.");
        both_orders("Городская библиотека объявила, что будет работать дольше.\n");
        both_orders("पुस्तकालय ने घोषणा की कि वह अधिक समय तक खुला रहेगा।");
        both_orders("أعلنت المكتبة أنها ستفتح أبوابها لفترة أطول.");
        both_orders("图书馆宣布，从下个月起延长开放时间。读者晚上可以来。");
        both_orders("図書館は来月から開館時間を延長すると発表しました。\u{20b9f}る、良い知らせです。");
        both_orders("도서관은 다음 달부터 개관 시간을 연장한다고 발표했습니다.");
        both_orders("\n<p>図書館");
        both_orders("<!DOCTYPE html><p>\u{1}\u{e000}");
    }

    #[test]
    fn other_bytes_are_not() {
        for text in ["plain", "caf\u{e9}, na\u{ef}ve; \u{4e00}\u{3002}", "one\0two\0three\0four\0five\0six\0seven\0", "<p>\0\0"] {
            check(text.as_bytes(), None);
        }
        check("имя\0другое имя.txt\0третье\0ещё.txt\0a.txt\0".repeat(20).as_bytes(), None);
        check(&"The text".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect::<Vec<u8>>(), None);
        check(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Length 5 >>\nstream\nx\x9c\x01\x00\x00\x02\n", None);
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0\0\0\x01\x80\x08\x06\0\0\0", None);
        check(b"PK\x03\x04\x14\0\0\0\x08\0\xa1\x52\x5a\x57\0\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0a.txt", None);
        check(&(0..4000u16).flat_map(|n| (n % 900).to_le_bytes()).collect::<Vec<u8>>(), None);
        check(&(0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 21) as u8).collect::<Vec<u8>>(), None);
    }
}
