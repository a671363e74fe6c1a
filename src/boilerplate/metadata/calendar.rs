//! Reading dates, as pages write them for machines and for people, in ISO 8601.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;

/// Characters of a value that a date may be among.
const MAX_AROUND: usize = 100;
/// Between the parts of a date there is no other word than these.
const LINKS: [&str; 9] = ["de", "del", "di", "of", "den", "el", "г", "año", "the"];
/// Endings of ordinal numbers: English, French, Italian, Portuguese, Dutch.
const ORDINALS: [&str; 7] = ["st", "nd", "rd", "th", "er", "º", "e"];
/// Years that a date on a page may be of.
const YEARS: std::ops::Range<i32> = 1900..2100;

/// The months by their names in small letters.
static MONTHS: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
    let lines = include_str!("months/names.txt").lines().filter(|line| !line.starts_with('#'));
    lines.zip(1..).flat_map(|(names, month)| names.split(' ').map(move |name| (name, month))).collect()
});

/// Which number is the day's where both might be: `5/6/2012`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    /// The sixth of May in Boston, the fifth of June in Leeds; where the year comes first, nobody is used to either.
    Unclear,
    /// No language is told: days come first between full stops, and slashes leave it open.
    Unknown,
}

impl Order {
    /// That of pages in a language, by its code.
    pub(super) fn of_language(language: &str) -> Self {
        const UNCLEAR: [&str; 6] = ["en", "fil", "ja", "ko", "tl", "zh"];
        let code = language.split(['-', '_']).next().unwrap_or_default();
        match code {
            "" => Self::Unknown,
            _ if UNCLEAR.iter().any(|unclear| code.eq_ignore_ascii_case(unclear)) => Self::Unclear,
            _ => Self::DayFirst,
        }
    }
}

/// A date that is given as a value, as ISO 8601. `None` for other text.
pub(super) fn iso_date(text: &str) -> Option<String> {
    let text = text.trim();
    let of_message = || rfc2822::parse(text).ok().map(|time| time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    let dashed = || dashed_date(&text.replace('/', "-"));
    let date = of_message().or_else(dashed).or_else(|| date_of_digits(text)).or_else(|| {
        let end = text.char_indices().nth(MAX_AROUND).map_or(text.len(), |(at, _)| at);
        dates_in(&text[..end], Order::Unknown).into_iter().next().map(|found| found.iso)
    });
    // A program that knows no date may write the first that it can.
    date.filter(|date| !date.starts_with("0000-") && !date.starts_with("0001-") && !date.starts_with("1970-01-01"))
}

/// `20051226`, with or without the time behind it, of the years from 1900 to 2099: other numbers are numbers.
fn date_of_digits(text: &str) -> Option<String> {
    let is_date = matches!(text.len(), 8 | 12 | 14) && text.bytes().all(|b| b.is_ascii_digit());
    if !is_date || !matches!(text.get(..2), Some("19" | "20")) {
        return None;
    }
    let day = format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..8]);
    let clock = match text.len() {
        8 => return Some(day).filter(|day| day.parse::<Date>().is_ok()),
        12 => format!("{}:{}", &text[8..10], &text[10..12]),
        _ => format!("{}:{}:{}", &text[8..10], &text[10..12], &text[12..]),
    };
    Some(format!("{day}T{clock}")).filter(|time| time.parse::<DateTime>().is_ok())
}

/// Years, months and days between hyphens, with or without a time.
fn dashed_date(dashed: &str) -> Option<String> {
    let day = dashed.get(..10).filter(|day| day.parse::<Date>().is_ok())?;
    let time = dashed[10..].trim_start_matches(['T', ' ']);
    if time.is_empty() {
        return Some(day.to_owned());
    }
    let (clock, offset) = time.split_at(time.find(['Z', 'z', '+', '-', ' ']).unwrap_or(time.len()));
    let is_time = clock.contains(':') && format!("{day}T{clock}").parse::<DateTime>().is_ok();
    let offset = offset.trim().to_ascii_uppercase();
    match (is_time, is_offset(&offset)) {
        (true, true) => Some(format!("{day}T{clock}{offset}")),
        (true, false) => Some(format!("{day}T{clock}")),
        (false, _) => Some(day.to_owned()),
    }
}

/// Whether it is one from universal time: none, `Z`, hours, or hours and minutes with or without a colon.
fn is_offset(offset: &str) -> bool {
    let Some(clock) = offset.strip_prefix(['+', '-']) else { return matches!(offset, "" | "Z") };
    let (hours, minutes) = clock.split_at_checked(2).unwrap_or((clock, ""));
    let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
    let is_below = |digits: &str, end| digits.len() == 2 && digits.parse::<u8>().is_ok_and(|number| number < end);
    is_below(hours, 24) && (minutes.is_empty() && clock.len() == 2 || is_below(minutes, 60))
}

/// A day that a text names.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    pub(super) iso: String,
}

/// The days that a text names with their years, in its order.
pub(super) fn dates_in(text: &str, order: Order) -> Vec<Found> {
    let parts = parts(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        let Some((length, iso)) = date_at(&parts[at..], order).filter(|_| !goes_on_with_number(&parts, at)) else {
            at += 1;
            continue;
        };
        found.push(Found { range: parts[at].start..parts[at + length - 1].end(), iso });
        at += length;
    }
    found
}

/// Whether a date is later than the day of a visit, and than the day after it, which has begun elsewhere on earth.
pub(super) fn is_after(date: &str, visit: &str) -> bool {
    let day = |time: &str| time.get(..10)?.parse::<Date>().ok();
    let last = day(visit).and_then(|day| day.tomorrow().ok());
    day(date).zip(last).is_some_and(|(day, last)| day > last)
}

/// Whether a word in small letters is the name of a month or of a day of the week, or a beginning of it.
pub(super) fn is_of_date(word: &str) -> bool {
    const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    MONTHS.contains_key(word) || word.len() >= 3 && WEEKDAYS.iter().any(|day| day.starts_with(word))
}

/// A number, a word or a sign of a text.
#[derive(Debug, Clone, Copy)]
struct Part<'a> {
    text: &'a str,
    start: usize,
    /// Whether nothing stands between it and the part before.
    is_joined: bool,
}

impl Part<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn is_number(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }

    /// A number of so many digits.
    fn number(&self, digits: std::ops::RangeInclusive<usize>) -> Option<i32> {
        self.is_number().then_some(self.text).filter(|text| digits.contains(&text.len()))?.parse().ok()
    }

    fn is_sign(&self) -> bool {
        !self.text.starts_with(char::is_alphanumeric)
    }
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let kind = |c: char| match c {
        _ if c.is_ascii_digit() => 0,
        _ if c.is_whitespace() => 1,
        // Those that are written without blanks between them.
        '年' | '月' | '日' | '년' | '월' | '일' => 2,
        _ if c.is_alphanumeric() || is_mark(c) => 3,
        _ => 2,
    };
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        let mut end = start + c.len_utf8();
        while kind(c) != 2
            && let Some((at, other)) = rest.next_if(|(_, other)| kind(*other) == kind(c))
        {
            end = at + other.len_utf8();
        }
        if kind(c) != 1 {
            let is_joined = parts.last().is_some_and(|last| last.end() == start);
            parts.push(Part { text: &text[start..end], start, is_joined });
        }
    }
    parts
}

/// Whether a character is part of the letter before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Whether a part goes on with a number before it, such as that of a version or a telephone.
fn goes_on_with_number(parts: &[Part<'_>], at: usize) -> bool {
    let [.., number, sign] = &parts[..at] else { return false };
    let is_joined = parts[at].is_joined && sign.is_joined;
    is_joined && parts[at].is_number() && number.is_number() && matches!(sign.text, "." | "-" | "/")
}

/// The date that parts begin with, and of how many it is.
fn date_at(parts: &[Part<'_>], order: Order) -> Option<(usize, String)> {
    // A number that goes on behind is another one as well.
    let is_whole = |&(length, _): &(usize, String)| {
        let next = |i: usize| parts.get(length + i).filter(|part| part.is_joined);
        let is_ended = !next(0).is_some_and(|part| part.text.starts_with(char::is_numeric));
        is_ended && !(next(0).is_some_and(|part| matches!(part.text, "." | "-" | "/")) && next(1).is_some_and(Part::is_number))
    };
    let date = of_numbers(parts, order).or_else(|| month_first(parts)).or_else(|| day_first(parts));
    date.filter(is_whole)
}

/// `2012-3-17`, `2012年3月17日`, `17.03.2012`, `3/17/2012`.
fn of_numbers(parts: &[Part<'_>], order: Order) -> Option<(usize, String)> {
    let [first, sign, second, other_sign, third, ..] = parts else { return None };
    let is_cjk = matches!((sign.text, other_sign.text), ("年", "月") | ("년", "월"));
    let is_joined = sign.is_joined && other_sign.is_joined;
    // In Korean a blank stands behind each full stop.
    let is_parted = sign.text == other_sign.text && matches!(sign.text, "-" | "/" | "." | "\u{2010}" | "\u{2011}");
    let is_close = second.is_joined && third.is_joined || sign.text == ".";
    if !is_joined || !(is_cjk || is_parted && is_close) {
        return None;
    }
    let middle = second.number(1..=2)?;
    if let Some(year) = first.number(4..=4) {
        let has_day_sign = is_cjk && parts.get(5).is_some_and(|part| matches!(part.text, "日" | "일"));
        return iso(year, middle, third.number(1..=2)?).map(|iso| (5 + usize::from(has_day_sign), iso));
    }
    let (number, year) = (first.number(1..=2)?, third.number(4..=4)?);
    let is_usual = order == Order::DayFirst || order == Order::Unknown && sign.text == ".";
    let is_day_first = is_usual || number > 12 || number == middle;
    match is_day_first {
        true => iso(year, middle, number),
        false => (middle > 12).then(|| iso(year, number, middle))?,
    }
    .map(|iso| (5, iso))
}

/// `March 17th, 2012`, `Mar. 17 2012`, `Mar 17 03:00:25 PDT 2012`.
fn month_first(parts: &[Part<'_>]) -> Option<(usize, String)> {
    let month = month_of(parts.first()?)?;
    let mut at = 1 + count(&parts[1..], &[".", "-"]);
    let day = parts.get(at)?.number(1..=2)?;
    at += 1;
    at += usize::from(parts.get(at).is_some_and(|part| part.is_joined && ORDINALS.contains(&part.text)));
    at += clock_length(&parts[at..]);
    at += count(&parts[at..], &[",", "-"]);
    let year = parts.get(at)?.number(4..=4)?;
    Some((at + 1, iso(year, month, day)?))
}

/// `17 March 2012`, `17. März 2012`, `17 de marzo de 2012`, `17-Mar-2012`.
fn day_first(parts: &[Part<'_>]) -> Option<(usize, String)> {
    let day = parts.first()?.number(1..=2)?;
    let mut at = 1;
    at += usize::from(parts.get(at).is_some_and(|part| part.is_joined && ORDINALS.contains(&part.text)));
    at += count(&parts[at..], &[".", "-", "/"]);
    at += count(&parts[at..], &LINKS);
    let month = month_of(parts.get(at)?)?;
    at += 1;
    at += count(&parts[at..], &["."]);
    at += count(&parts[at..], &[",", "-", "/"]);
    at += count(&parts[at..], &LINKS);
    let year = parts.get(at)?.number(4..=4)?;
    Some((at + 1, iso(year, month, day)?))
}

/// How many parts a time of the day with its zone has, up to the year.
fn clock_length(parts: &[Part<'_>]) -> usize {
    let [hours, colon, minutes, rest @ ..] = parts else { return 0 };
    if hours.number(1..=2).is_none() || colon.text != ":" || minutes.number(2..=2).is_none() {
        return 0;
    }
    let seconds = if let [colon, seconds, ..] = rest { colon.text == ":" && seconds.number(2..=2).is_some() } else { false };
    let length = if seconds { 5 } else { 3 };
    length + usize::from(parts.get(length).is_some_and(|zone| !zone.is_number() && !zone.is_sign()))
}

/// Whether the first part is one of these: 1 or 0.
fn count(parts: &[Part<'_>], texts: &[&str]) -> usize {
    usize::from(parts.first().is_some_and(|part| texts.contains(&part.text)))
}

fn month_of(part: &Part<'_>) -> Option<usize> {
    MONTHS.get(part.text.to_lowercase().as_str()).copied()
}

fn iso<Month: TryInto<i32>>(year: i32, month: Month, day: i32) -> Option<String> {
    let month = month.try_into().ok()?;
    let date = format!("{year:04}-{month:02}-{day:02}");
    (YEARS.contains(&year) && date.parse::<Date>().is_ok()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_for_machines_become_iso() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(iso_date(text).as_deref(), expected, "{text}");
        check("2024-01-02 10:00 달이면", Some("2024-01-02T10:00"));
        check("2013-09-20", Some("2013-09-20"));
        check(" 2013/09/20 ", Some("2013-09-20"));
        check("2013-09-20T12:30:00+02:00", Some("2013-09-20T12:30:00+02:00"));
        check("2013-09-20 12:30:00.123Z", Some("2013-09-20T12:30:00.123Z"));
        check("2013-09-20T12:30 UTC", Some("2013-09-20T12:30"));
        check("Fri, 20 Sep 2013 12:30:00 +0200", Some("2013-09-20T12:30:00+02:00"));
        check("2013-09-20T12-30-00", Some("2013-09-20"));
        check("2013-09-20T12:30+02", Some("2013-09-20T12:30+02"));
        for wrong in ["-", "+1", "+:30", "+02:", "+99:00", "+02:99", "+++2"] {
            check(&format!("2013-09-20T12:30{wrong}"), Some("2013-09-20T12:30"));
        }
        check("2013-13-20", None);
        check("0001-01-01T00:00:00Z", None);
        check("1970-01-01T00:00:00Z", None);
        check("Mon, 01 Jan 0001 00:00:00 GMT", None);
        check("January 1, 0001", None);
        check("2005/10/13 10:36:40", Some("2005-10-13T10:36:40"));
        check("20081006", Some("2008-10-06"));
        check("20081006123045", Some("2008-10-06T12:30:45"));
        check("200810061230", Some("2008-10-06T12:30"));
        check("20081006993045", None);
        check("20081306", None);
        check("18081006", None);
        check("200810061", None);
        check("last week", None);
        check("2013-09-2０x", None);
        check("Mon Jan 14 16:53:27 UTC 2008", Some("2008-01-14"));
        check("<date>2012-01-12 15:21</date>", Some("2012-01-12"));
        check("2008-1-8 8:04", Some("2008-01-08"));
    }

    #[test]
    fn dates_for_people_become_iso() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(iso_date(text).as_deref(), expected, "{text}");
        check("December 26, 2005", Some("2005-12-26"));
        check("Jun 16, 2023", Some("2023-06-16"));
        check("26 December 2005", Some("2005-12-26"));
        check("Monday, Sept. 5th, 2005 at 9:15 am", Some("2005-09-05"));
        check("MAY 1 2005", Some("2005-05-01"));
        check("le 1er mai 2005", Some("2005-05-01"));
        check("26 Décembre 2005", Some("2005-12-26"));
        check("26. Dezember 2005", Some("2005-12-26"));
        check("26 de diciembre de 2005", Some("2005-12-26"));
        check("02 Haziran 2020", Some("2020-06-02"));
        check("17-Mar-2012", Some("2012-03-17"));
        check("2012年3月17日星期六", Some("2012-03-17"));
        check("2012년 3월 17일", Some("2012-03-17"));
        check("2012. 3. 17.", Some("2012-03-17"));
        check("17.03.2012 15:21", Some("2012-03-17"));
        check("17/3/2012", Some("2012-03-17"));
        check("03/17/2012 12:00", Some("2012-03-17"));
        for unclear in ["05 06 2005", "05/06/2005", "May 2005", "June 31, 2005", "December 26, 05", "March and April 2005"] {
            check(unclear, None);
        }
        for number in ["1.2.2012.5", "1.2.3.2012", "555-12-12-2012", "Version 3.17.20121", "17.03.2012-5"] {
            check(number, None);
        }
    }

    #[test]
    fn the_language_tells_which_number_is_the_day() {
        let check = |language: &str, text: &str, expected: usize| {
            assert_eq!(dates_in(text, Order::of_language(language)).len(), expected, "{language} {text}");
        };
        for (language, of_slashes, of_stops) in [("", 0, 1), ("en-GB", 0, 0), ("ja", 0, 0), ("fr", 1, 1), ("pt_BR", 1, 1)] {
            check(language, "05/06/2005", of_slashes);
            check(language, "05.06.2005", of_stops);
        }
    }

    #[test]
    fn all_dates_of_a_line_are_found() {
        let found = dates_in("Posted May 3, 2012, updated 4 May 2012", Order::Unknown);
        let found: Vec<_> = found.iter().map(|found| (found.range.clone(), found.iso.as_str())).collect();
        assert_eq!(found, [(7..18, "2012-05-03"), (28..38, "2012-05-04")]);
    }

    #[test]
    fn every_month_has_its_line() {
        assert_eq!((MONTHS["january"], MONTHS["december"], MONTHS.values().max()), (1, 12, Some(&12)));
    }
}
