//! Character references (HTML standard, 13.2.5.72): named with and without semicolon, and by number.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr;

use super::keywords::Keywords;
use crate::lanes::{self, is};

/// Where a reference stands: in an attribute, one without a semicolon before a letter is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Text,
    Attribute,
}

/// Hands the pieces of `text` on, references as what they mean.
pub(super) fn decoded(text: &str, place: Place, mut take: impl FnMut(&str)) {
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        if at > 0 {
            take(&rest[..at]);
        }
        rest = &rest[at..];
        match reference(&rest[1..], place) {
            Some((characters, length)) => {
                characters.into_iter().flatten().for_each(|c| take(c.encode_utf8(&mut [0; 4])));
                rest = &rest[1 + length..];
            }
            None => {
                take("&");
                rest = &rest[1..];
            }
        }
    }
    if !rest.is_empty() {
        take(rest);
    }
}

/// A value as it is meant.
pub(super) fn decoded_value(value: &str) -> String {
    let mut decoded_value = String::with_capacity(value.len());
    decoded(value, Place::Attribute, |piece| decoded_value.push_str(piece));
    decoded_value
}

type Characters = [Option<char>; 2];

/// What the bytes behind an ampersand mean, and how many of them.
fn reference(text: &str, place: Place) -> Option<(Characters, usize)> {
    match text.as_bytes().first()? {
        b'#' => numeric(&text[1..]).map(|(c, length)| ([Some(c), None], length + 1)),
        b if b.is_ascii_alphabetic() => named(text, place),
        _ => None,
    }
}

/// Those that most references are, found without a look into the whole table.
#[rustfmt::skip]
const COMMON_NAMES: [(&[u8], char); 40] = [
    (b"nbsp", '\u{a0}'), (b"amp", '&'), (b"lt", '<'), (b"gt", '>'), (b"quot", '"'), (b"apos", '\''), (b"shy", '\u{ad}'),
    (b"copy", '©'), (b"reg", '®'), (b"para", '¶'), (b"middot", '·'), (b"bull", '•'), (b"times", '×'), (b"euro", '€'),
    (b"hellip", '…'), (b"ndash", '–'), (b"mdash", '—'), (b"laquo", '«'), (b"raquo", '»'), (b"lsquo", '‘'), (b"rsquo", '’'),
    (b"ldquo", '“'), (b"rdquo", '”'), (b"aacute", 'á'), (b"acirc", 'â'), (b"agrave", 'à'), (b"auml", 'ä'), (b"ccedil", 'ç'),
    (b"eacute", 'é'), (b"ecirc", 'ê'), (b"egrave", 'è'), (b"iacute", 'í'), (b"icirc", 'î'), (b"ntilde", 'ñ'), (b"oacute", 'ó'),
    (b"ocirc", 'ô'), (b"ouml", 'ö'), (b"szlig", 'ß'), (b"uacute", 'ú'), (b"uuml", 'ü'),
];
static COMMON: Keywords<Option<char>, 256> = {
    let mut names = [(b"" as &[u8], None); COMMON_NAMES.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = (COMMON_NAMES[i].0, Some(COMMON_NAMES[i].1));
        i += 1;
    }
    Keywords::new(names, None)
};

fn named(text: &str, place: Place) -> Option<(Characters, usize)> {
    let bytes = text.as_bytes();
    let beginning = lanes::sixteen(bytes, 0);
    let semicolon = is(beginning, b';').to_bitmask().trailing_zeros() as usize;
    if let Some(c) = COMMON.meaning_as_written(beginning, semicolon) {
        return Some(([Some(c), None], semicolon + 1));
    }
    let name = bytes.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    if bytes.get(name) == Some(&b';')
        && let Some(characters) = NAMED_ENTITIES.get(&text[..=name]).and_then(characters_of)
    {
        return Some((characters, name + 1));
    }
    let mut longest = None;
    for length in 1..=name {
        let Some(entity) = NAMED_ENTITIES.get(&text[..length]) else { break };
        longest = characters_of(entity).map(|characters| (characters, length)).or(longest);
    }
    let (characters, length) = longest?;
    let is_open = bytes.get(length).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'=');
    (place == Place::Text || !is_open).then_some((characters, length))
}

/// The table has the beginnings of names, too, with nothing behind them.
fn characters_of((first, second): &(u32, u32)) -> Option<Characters> {
    let character = |number: u32| char::from_u32(number).filter(|c| *c != '\0');
    character(*first).map(|first| [Some(first), character(*second)])
}

fn numeric(text: &str) -> Option<(char, usize)> {
    let (digits, radix, prefix) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (text, 10, 0),
    };
    let n_digits = digits.bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
    if n_digits == 0 {
        return None;
    }
    let number = digits[..n_digits].bytes().fold(0u32, |number, b| {
        let digit = char::from(b).to_digit(radix).unwrap_or(0);
        number.saturating_mul(radix).saturating_add(digit)
    });
    let semicolon = usize::from(digits.as_bytes().get(n_digits) == Some(&b';'));
    Some((character(number), prefix + n_digits + semicolon))
}

fn character(number: u32) -> char {
    let c1 = number.checked_sub(0x80).and_then(|n| C1_REPLACEMENTS.get(n as usize)).copied().flatten();
    c1.or_else(|| char::from_u32(number).filter(|c| *c != '\0')).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, place: Place, expected: &str) {
        let mut found = String::new();
        decoded(text, place, |piece| found.push_str(piece));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn common_references_mean_what_the_standard_says() {
        for (name, c) in COMMON_NAMES {
            let name = std::str::from_utf8(name).unwrap_or_default();
            assert_eq!(NAMED_ENTITIES.get(&format!("{name};")), Some(&(u32::from(c), 0)), "{name}");
            check(&format!("&{name};"), Place::Text, &c.to_string());
        }
    }

    #[test]
    fn references_are_decoded_as_browsers_do() {
        check("&amp;&lt&gt;x &notin; &notit; &nGt; &Eacute; &bogus; & &; &#", Place::Text, "&<>x ∉ ¬it; ≫⃒ É &bogus; & &; &#");
        check("&#65;&#x42&#0;&#xD800;&#x110000;&#99999999999;&#128;&#x;", Place::Text, "AB\u{fffd}\u{fffd}\u{fffd}\u{fffd}€&#x;");
        check("?a=1&copy=2&copy;&lt", Place::Attribute, "?a=1&copy=2©<");
    }
}
