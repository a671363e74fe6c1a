//! Places where a sentence may end without a mark, by what stands on both sides: an address, a date, a ruler and the like.

use std::sync::LazyLock;

use super::finder::Heads;
use super::kinds::{self, Kind};
use super::reasons::Reason;
use super::words::{is_capital, is_small};

/// What stands on both sides of a blank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sides {
    pub(super) last: Kind,
    pub(super) next: Kind,
}

impl Sides {
    /// Of a place that is not asked about for its sides.
    pub(super) const UNSEEN: Self = Self { last: Kind::None, next: Kind::None };
}

/// What stands on both sides of a blank, and why the sentence before it may end there.
#[inline(never)]
pub(super) fn judge(sentence: &str, next: &str) -> (Sides, Option<Reason>) {
    let (last, before) = Kind::of_last(sentence);
    let sides = Sides { last, next: Kind::of_first(next) };
    let token = &sentence[before.len()..];
    let is_before_capital = next.starts_with(is_capital);
    let previous = || Kind::of_last(before.trim_end()).0;
    let reason = match (last, sides.next) {
        (_, Kind::Ruler) => Some(Reason::BeforeRuler),
        (Kind::Ruler, _) => Some(Reason::BehindRuler),
        (_, Kind::Date) if may_be_before_header(token, before) && begins_header(next) => Some(Reason::BeforeDate),
        (Kind::Noon, Kind::Address) if previous() == Kind::Time => Some(Reason::BehindTime),
        (Kind::Noon, _) if is_before_capital && previous() == Kind::Time && !is_time_zone(next) => Some(Reason::BehindTime),
        (Kind::File | Kind::Address, Kind::Dash) if begins_item(next) => Some(Reason::BeforeItem),
        (Kind::Smiley, _) if is_before_capital => Some(Reason::BehindSmiley),
        (Kind::Address, _) if token.ends_with([',', '(', '"', '”', '/']) => None,
        (Kind::Address, Kind::Address) => Some(Reason::AddressBehindAddress),
        (Kind::Address, _) if is_before_capital => Some(Reason::BehindAddress),
        (Kind::Pointed, next) if is_before_capital || matches!(next, Kind::Dash | Kind::Date) => Some(Reason::BehindPointed),
        _ => None,
    };
    (sides, reason)
}

/// Whether a line that begins with a date may follow a token, of which the sentence has others before.
fn may_be_before_header(token: &str, before: &str) -> bool {
    !token.starts_with(is_small) && !token.ends_with(',') && !before.is_empty()
}

/// Whether a time follows the date that a text begins with, as at the head of an e-mail: logs write dates with dashes.
fn begins_header(date: &str) -> bool {
    let time = date.trim_start_matches(|c: char| !c.is_whitespace());
    date[..date.len() - time.len()].contains('/') && Kind::of_first(time.trim_start()) == Kind::Time
}

/// Whether a dash and the name of a file follow.
fn begins_item(text: &str) -> bool {
    let name = text.trim_start_matches(|c: char| !c.is_whitespace()).trim_start();
    Kind::of_first(name) == Kind::File
}

/// `ET`, `GMT` and the like.
fn is_time_zone(text: &str) -> bool {
    let n_capitals = text.bytes().take_while(u8::is_ascii_uppercase).count();
    (2..=4).contains(&n_capitals) && !text[n_capitals..].starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Whether `judge` may give a reason for the blank that stands between these bytes, without an address before it. Others may be
/// among them.
#[inline(never)]
pub(super) fn may_be_between(before: &[u8], next: &[u8]) -> bool {
    match *next {
        [b'0'..=b'9', b'/', ..] | [b'0'..=b'9', b'0'..=b'9', b'/', ..] => true,
        [b'-', b' ', ..] => ends_break(before),
        [first, ..] if kinds::is_of_rulers(first) => kinds::is_ruler(next),
        [first, second, ..] => CAPITALS.have(first, second) && ends_break(before),
        _ => false,
    }
}

/// Whether [`may_be_between`] has to be asked, by the byte before the blank and those behind it.
#[inline(always)]
pub(super) fn may_be(last: u8, next: [u8; 4]) -> bool {
    let [first, second, third, _] = next;
    LASTS[usize::from(last)] || first < b'A' && (second == b'/' || third == b'/') || first == third && first == second
}

/// Whether `judge` may give a reason for a blank between an address, or the name of a file, and these bytes.
pub(super) fn may_follow_address(next: &[u8]) -> bool {
    match next {
        [b'a'..=b'z', ..] => next.starts_with(b"http") || next.starts_with(b"www."),
        [first, ..] => !first.is_ascii_whitespace(),
        [] => false,
    }
}

/// The last bytes of what `ends_break` finds.
static LASTS: [bool; 256] = {
    let mut lasts = [false; 256];
    let bytes = b">M)DP";
    let mut at = 0;
    while at < bytes.len() {
        lasts[bytes[at] as usize] = true;
        at += 1;
    }
    lasts
};

/// Whether a text may end in `>`, `AM`, `PM` or a smiley.
fn ends_break(text: &[u8]) -> bool {
    match *text {
        [.., b'>'] | [.., b'A' | b'P', b'M'] => true,
        [.., eye, b')' | b'D' | b'P'] => b":;=-'o".contains(&eye),
        _ => false,
    }
}

static CAPITALS: LazyLock<Heads> = LazyLock::new(|| Heads::of_characters(is_capital));
