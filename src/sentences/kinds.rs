//! What a token is that is no mere word: an address, a date, a ruler and the like.

use crate::near;

/// Fewer of the same sign are not a ruler.
const MIN_RULER: usize = 8;
/// Bytes of a token that are looked at, so that time is linear.
const MAX_TOKEN: usize = 256;

/// The kind of a token, from blank to blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// There is no token.
    None,
    Word,
    /// Letters or digits with signs.
    Mixed,
    Number,
    /// A word behind which `>` closes.
    Pointed,
    /// A word behind which a quotation mark closes.
    Quoted,
    /// A word before which a bracket opens, or `<`.
    Bracket,
    /// A word before which a quotation mark opens.
    Quote,
    /// A URL, or an e-mail address.
    Address,
    /// The name of a file, or of a host.
    File,
    /// A date in digits.
    Date,
    /// A time in digits.
    Time,
    /// `AM` or `PM`.
    Noon,
    /// A line of signs.
    Ruler,
    Smiley,
    Dash,
    Sign,
}

impl Kind {
    /// Of the token at the end of a text, and what stands before it.
    pub(super) fn of_last(text: &str) -> (Self, &str) {
        let near = near::end_of(text, MAX_TOKEN);
        let token = near.bytes().rposition(|byte| byte.is_ascii_whitespace()).map_or(near, |blank| &near[blank + 1..]);
        let kind = match Self::of(token) {
            kind @ (Self::Word | Self::Mixed) => match token.chars().next_back() {
                Some('>') if !matches!(token, "->" | "=>" | "-->" | "==>") => Self::Pointed,
                Some('"' | '\'' | '»' | '”' | '’') => Self::Quoted,
                Some(c) if c.is_ascii_punctuation() => Self::Sign,
                _ => kind,
            },
            kind => kind,
        };
        (kind, &text[..text.len() - token.len()])
    }

    /// Of the token that a text begins with.
    pub(super) fn of_first(text: &str) -> Self {
        let near = near::beginning_of(text, MAX_TOKEN);
        let token = near.bytes().position(|byte| byte.is_ascii_whitespace()).map_or(near, |blank| &near[..blank]);
        match Self::of(token) {
            kind @ (Self::Word | Self::Mixed) => match token.chars().next() {
                Some('(' | '[' | '<' | '{') => Self::Bracket,
                Some('"' | '\'' | '`' | '«' | '“' | '‘' | '„') => Self::Quote,
                Some(c) if c.is_ascii_punctuation() => Self::Sign,
                _ => kind,
            },
            kind => kind,
        }
    }

    fn of(token: &str) -> Self {
        let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
        match token.as_bytes() {
            [] => Self::None,
            [b'A' | b'P', b'M'] => Self::Noon,
            // En and em dash.
            [b'-'] | [b'-', b'-'] | [b'-', b'-', b'-'] | [0xE2, 0x80, 0x93 | 0x94] => Self::Dash,
            bytes if bytes.iter().all(is_letter) => Self::Word,
            bytes if is_ruler(bytes) => Self::Ruler,
            bytes if is_smiley(bytes) => Self::Smiley,
            bytes if is_address(bytes) => Self::Address,
            _ => Self::of_name(token, token.trim_matches(|c: char| c.is_ascii_punctuation())),
        }
    }

    /// Of a token that is `name` without signs around it.
    fn of_name(token: &str, name: &str) -> Self {
        let consists_of = |signs: &[u8]| name.bytes().all(|byte| byte.is_ascii_digit() || signs.contains(&byte));
        if !name.starts_with(|c: char| c.is_ascii_digit()) {
            match name.rsplit_once('.') {
                Some((stem, extension)) if !stem.is_empty() && is_extension(extension) => Self::File,
                _ if name.bytes().any(|byte| byte.is_ascii_digit()) => Self::Mixed,
                _ => Self::Word,
            }
        } else if is_date(name) {
            Self::Date
        } else if name.contains(':') && consists_of(b":") {
            Self::Time
        } else if name.len() == token.len() && consists_of(b".,") {
            Self::Number
        } else {
            Self::Mixed
        }
    }
}

/// Three numbers of two digits at most, or two and a year.
fn is_date(name: &str) -> bool {
    let Some(sign) = name.chars().find(|c| matches!(c, '/' | '-' | '.')) else { return false };
    let mut n_parts = 0;
    let mut n_short = 0;
    for part in name.split(sign) {
        n_parts += 1;
        n_short += usize::from(matches!(part.len(), 1 | 2));
        if !matches!(part.len(), 1 | 2 | 4) || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
    }
    n_parts == 3 && n_short >= 2
}

fn is_extension(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    (2..=4).contains(&text.len()) && text.starts_with(|c: char| c.is_ascii_lowercase()) && text.bytes().all(is_plain)
}

fn is_address(token: &[u8]) -> bool {
    token.windows(2).enumerate().any(|(at, pair)| match *pair {
        [b'@', next] => at > 0 && next.is_ascii_alphanumeric(),
        [b':', b'/'] => token.get(at + 2) == Some(&b'/'),
        [b'w', b'.'] => token[..at].ends_with(b"ww"),
        _ => false,
    })
}

/// `:)`, `;-)`, `:P` and the like.
pub(super) fn is_smiley(token: &[u8]) -> bool {
    match token {
        [b':' | b';' | b'=', mouth @ ..] => {
            (1..=2).contains(&mouth.len()) && mouth.iter().all(|byte| b"-'o)(DPp*".contains(byte))
        }
        _ => false,
    }
}

/// Emoji and signs that are put before the items of lists, with the ranges of ticks, numbers, arrows and pointing hands.
const OF_ITEMS: &str = "☎★☆⚠♦✦☑✅❖📌📍🔸🔹";

/// Whether a character is an emoji or a part of one, but none that is put before items of lists.
pub(super) fn is_of_emoji(c: char) -> bool {
    let is_emoji =
        matches!(c, '\u{200d}' | '\u{fe0f}' | '☀'..='➿' | '⭐' | '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f300}'..='\u{1faff}');
    is_emoji && !matches!(c, '✓'..='✘' | '❶'..='➾' | '👆'..='👉') && !OF_ITEMS.contains(c)
}

/// Signs that rulers are made of.
pub(super) fn is_of_rulers(byte: u8) -> bool {
    matches!(byte, b'=' | b'_' | b'*' | b'-' | b'~' | b'#' | b'+' | b'<' | b'>')
}

/// Whether a token is a ruler, or what begins with one.
pub(super) fn is_ruler(token: &[u8]) -> bool {
    token.first_chunk::<MIN_RULER>().is_some_and(|signs| signs.iter().all(|byte| is_of_rulers(*byte)))
}
