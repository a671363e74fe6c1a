//! The places of a text at which a sentence may end, found sixty-four bytes at a time.

use std::sync::LazyLock;

use super::beginnings::{self, Beginnings};
use super::breaks;
use super::marks::{is_bullet, is_mark};
use crate::lanes::{self, N_LANES, Sixteen, is, is_within};

/// Bytes looked at together.
const N_BLOCK: usize = 64;
/// Bytes of a token whose end is looked for.
const MAX_TOKEN: usize = 256;

/// Which bytes begin one of a set of characters: for each first byte the second ones, by their low six bits. Others may be among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heads([u64; 256]);

impl Heads {
    /// Those of the characters up to U+FFFF that are meant.
    pub(super) fn of_characters(is_meant: impl Fn(char) -> bool) -> Self {
        let mut second_bytes = [0; 256];
        for c in ('\0'..='\u{FFFF}').filter(|c| is_meant(*c)) {
            match c.encode_utf8(&mut [0; 4]).as_bytes() {
                [first, second, ..] => second_bytes[usize::from(*first)] |= 1 << (second & 63),
                // Any byte may follow.
                [single] => second_bytes[usize::from(*single)] = u64::MAX,
                [] => {}
            }
        }
        Self(second_bytes)
    }

    #[inline]
    pub(super) fn have(&self, first: u8, second: u8) -> bool {
        self.0[usize::from(first)] >> (second & 63) & 1 == 1
    }
}

static MARKS: LazyLock<Heads> = LazyLock::new(|| Heads::of_characters(|c| is_mark(c) || is_bullet(c)));

/// What is to be found beside marks.
#[derive(Debug, Clone, Copy)]
pub(super) enum Blanks<'b> {
    None,
    /// Blanks and line feeds before words that begin so, and where more than words stand on their sides. Tabs are not among them, for
    /// they stand between the cells of a table, whose rows are taken as they are.
    Before(&'b Beginnings),
    All,
}

/// Finds the characters of a text at which a sentence may end, and few others.
#[derive(Debug)]
pub(super) struct Finder<'t, 'b> {
    bytes: &'t [u8],
    blanks: Blanks<'b>,
    marks: &'static Heads,
    /// Where the block begins that was looked at last.
    block: usize,
    /// Bytes of the block that may be places.
    likely: u64,
    /// The place that was found last, which need not have been given.
    found: usize,
    /// Where the token ends that was asked for last; 0 before one was.
    token_end: usize,
}

impl<'t, 'b> Finder<'t, 'b> {
    pub(super) fn new(text: &'t str, blanks: Blanks<'b>) -> Self {
        let mut finder = Self { bytes: text.as_bytes(), blanks, marks: &MARKS, block: 0, likely: 0, found: 0, token_end: 0 };
        finder.look_at(0);
        finder
    }

    /// The first place from `from` on, which must not be before one that was asked for earlier.
    #[inline(always)]
    pub(super) fn find(&mut self, from: usize) -> Option<usize> {
        if self.found < from || from == 0 {
            self.found = self.find_likely(from).unwrap_or(self.bytes.len());
        }
        let found = if self.token_end >= from.max(1) { self.found.min(self.token_end) } else { self.found };
        (found < self.bytes.len()).then_some(found)
    }

    /// Makes the blank behind the token that byte `at` is part of a place, whatever follows. Tokens that are long, or have letters
    /// that are not ASCII from there on, are passed over.
    pub(super) fn stop_behind_token(&mut self, at: usize) {
        if self.token_end >= at && self.token_end > 0 {
            return;
        }
        let near = &self.bytes[at..self.bytes.len().min(at + MAX_TOKEN)];
        let end = near.iter().position(|byte| byte.is_ascii_whitespace() || !byte.is_ascii());
        if let Some(end) = end
            && near[end].is_ascii_whitespace()
            && breaks::may_follow_address(&self.bytes[at + end + 1..])
        {
            self.token_end = at + end;
        }
    }

    /// Whether a place was asked for as the end of a token.
    pub(super) fn is_token_end(&self, at: usize) -> bool {
        self.token_end == at && at > 0
    }

    #[inline(always)]
    fn find_likely(&mut self, mut from: usize) -> Option<usize> {
        while from < self.bytes.len() {
            if from >= self.block + N_BLOCK {
                self.look_at(from);
            }
            let mut likely = self.likely & !0 << (from - self.block);
            while likely != 0 {
                let at = self.block + likely.trailing_zeros() as usize;
                if self.is_place(at) {
                    return Some(at);
                }
                likely &= likely - 1;
            }
            from = self.block + N_BLOCK;
        }
        None
    }

    #[inline(always)]
    fn is_place(&self, at: usize) -> bool {
        let byte = |at: usize| self.bytes.get(at).copied().unwrap_or(0);
        match self.blanks {
            Blanks::Before(words) if byte(at) <= b' ' => {
                let next = beginnings::first_four(self.bytes.get(at + 1..).unwrap_or_default());
                words.may_begin(next) || breaks::may_be(byte(at.wrapping_sub(1)), next) && self.may_be_break(at)
            }
            Blanks::All if byte(at) <= b' ' => true,
            _ => self.marks.have(byte(at), byte(at + 1)),
        }
    }

    #[inline(never)]
    fn may_be_break(&self, blank: usize) -> bool {
        breaks::may_be_between(&self.bytes[..blank], &self.bytes[blank + 1..])
    }

    #[inline(never)]
    fn look_at(&mut self, block: usize) {
        let rest = &self.bytes[block..];
        self.block = block;
        self.likely = match rest.first_chunk() {
            Some(near) => self.likely_of(near),
            None => {
                let mut near = [0; N_BLOCK + 1];
                near[..rest.len()].copy_from_slice(rest);
                self.likely_of(&near) & u64::MAX.checked_shr((N_BLOCK - rest.len()) as u32).unwrap_or(0)
            }
        };
    }

    /// The bytes of a block that may be places, by what they are and what the next one is.
    #[inline]
    fn likely_of(&self, near: &[u8; N_BLOCK + 1]) -> u64 {
        if near.is_ascii() {
            return self.likely_by(near, is_ascii_mark, may_begin_ascii_sentence);
        }
        let may_begin_sentence = |bytes| may_begin_ascii_sentence(bytes) | is_within(bytes, 0xC0, 0xFF);
        self.likely_by(near, |bytes| is_ascii_mark(bytes) | may_begin_other_mark(bytes), may_begin_sentence)
    }

    #[inline(always)]
    fn likely_by(
        &self,
        near: &[u8; N_BLOCK + 1],
        is_mark: impl Fn(Sixteen) -> Sixteen,
        may_begin_sentence: impl Fn(Sixteen) -> Sixteen,
    ) -> u64 {
        match self.blanks {
            Blanks::None => bits(near, |bytes, _| is_mark(bytes)),
            Blanks::Before(_) => bits(near, |bytes, next| is_mark(bytes) | (is_blank(bytes) & may_begin_sentence(next))),
            Blanks::All => bits(near, |bytes, _| is_mark(bytes) | is_within(bytes, 0, b' ')),
        }
    }
}

/// The bytes of a block that are found by themselves and the next ones.
#[inline(always)]
fn bits(near: &[u8; N_BLOCK + 1], find: impl Fn(Sixteen, Sixteen) -> Sixteen) -> u64 {
    (0..N_BLOCK).step_by(N_LANES).fold(0, |bits, from| {
        let found = find(lanes::sixteen(near, from), lanes::sixteen(near, from + 1));
        bits | u64::from(found.to_bitmask()) << from
    })
}

/// Marks the bytes that are marks of ASCII.
#[inline(always)]
fn is_ascii_mark(bytes: Sixteen) -> Sixteen {
    is(bytes, b'.') | is(bytes, b'!') | is(bytes, b'?') | is_within(bytes, b':', b';')
}

/// Marks the bytes from which another mark or a bullet may begin.
#[inline(always)]
fn may_begin_other_mark(bytes: Sixteen) -> Sixteen {
    is_within(bytes, 0xD6, 0xE3) | is(bytes, 0xCD) | is(bytes, 0xEA) | is(bytes, 0xEF)
}

/// Marks the bytes of ASCII that are capitals, or from which a number may begin, a dash or a ruler.
#[inline(always)]
fn may_begin_ascii_sentence(bytes: Sixteen) -> Sixteen {
    is_within(bytes, b'A', b'_') | is_within(bytes, b'*', b'=')
}

#[inline(always)]
fn is_blank(bytes: Sixteen) -> Sixteen {
    is(bytes, b' ') | is(bytes, b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::words::is_capital;

    fn places(text: &str, blanks: Blanks) -> Vec<usize> {
        let mut finder = Finder::new(text, blanks);
        let mut places = Vec::new();
        while let Some(at) = finder.find(places.last().map_or(0, |last| last + 1)) {
            places.push(at);
        }
        places
    }

    #[test]
    fn all_marks_are_found_wherever_they_stand() {
        for mark in ('\0'..='\u{FFFF}').filter(|c| is_mark(*c) || is_bullet(*c)) {
            for before in 0..70 {
                let text = format!("{}{mark}", "a".repeat(before));
                assert_eq!(places(&text, Blanks::None), [before], "{mark}");
                assert_eq!(places(&format!("{text} no"), Blanks::Before(&Beginnings::of(["no"]))), [before], "{mark}");
            }
        }
    }

    #[test]
    fn blanks_are_found_before_what_is_asked_for() {
        for capital in ('\0'..='\u{FFFF}').filter(|c| is_capital(*c)) {
            let text = format!("{} {capital}", "a".repeat(62));
            assert_eq!(places(&text, Blanks::Before(&Beginnings::of([capital.to_string().as_str()])))[0], 62, "{capital}");
            assert_eq!(places(&text, Blanks::All)[0], 62);
        }
        assert_eq!(places("a no No\tNo", Blanks::Before(&Beginnings::of(["no"]))), [4]);
        assert_eq!(places("a no No\tNo", Blanks::All), [1, 4, 7]);
    }
}
