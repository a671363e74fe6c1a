//! Reading dates, as pages write them for machines and for people, in ISO 8601.

mod parts;
mod years;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;

use parts::{Part, digit, goes_on_with_number, parts};

/// Characters of a value that a date may be among.
const MAX_AROUND: usize = 100;
/// Between the parts of a date there is no other word than these.
const LINKS: [&str; 10] = ["de", "del", "di", "of", "den", "el", "г", "año", "the", "năm"];
/// Words behind a year that the day follows: in Hungarian, Lithuanian, Latvian, Kazakh and Mongolian.
const BEHIND_YEARS: [&str; 7] = [".", "m", "gada", "жылғы", "жылы", "оны", "онд"];
/// Signs between the parts of a date.
const SIGNS: [&str; 4] = [",", "-", "/", "،"];
/// Endings of ordinal numbers: English, French, Italian, Portuguese, Dutch.
const ORDINALS: [&str; 7] = ["st", "nd", "rd", "th", "er", "º", "e"];
/// Years that a date on a page may be of.
const YEARS: std::ops::Range<i32> = 1900..2100;

/// A month of our calendar, or of the Persian one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Month {
    Ours(i32),
    Persian(i32),
}

/// The months by their names in small letters.
static MONTHS: LazyLock<HashMap<String, Month>> = LazyLock::new(|| {
    let named = |names: &'static str, month: fn(i32) -> Month| {
        let lines = names.lines().filter(|line| !line.starts_with('#')).zip(1..);
        lines.flat_map(move |(names, number)| names.split(' ').map(move |name| (name.replace('_', " "), month(number))))
    };
    let ours = named(include_str!("months/names.txt"), Month::Ours);
    ours.chain(named(include_str!("months/persian.txt"), Month::Persian)).collect()
});

/// Which number is the day's where both might be: `5/6/2012`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    /// The sixth of May in Boston, the fifth of June in Leeds; where the year comes first, nobody is used to either.
    Unclear,
    /// Years may be of the Persian calendar.
    Persian,
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
            "fa" | "prs" | "ps" => Self::Persian,
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
    let day = day_of_value(dashed.get(..10)?)?;
    let time = dashed[10..].trim_start_matches(['T', ' ']);
    if time.is_empty() {
        return Some(day);
    }
    let (clock, offset) = time.split_at(time.find(['Z', 'z', '+', '-', ' ']).unwrap_or(time.len()));
    let is_time = clock.contains(':') && format!("{day}T{clock}").parse::<DateTime>().is_ok();
    let offset = offset.trim().to_ascii_uppercase();
    match (is_time, is_offset(&offset)) {
        (true, true) => Some(format!("{day}T{clock}{offset}")),
        (true, false) => Some(format!("{day}T{clock}")),
        (false, _) => Some(day),
    }
}

/// A day as ISO 8601 has it; programs in Iran and Thailand write their own years.
fn day_of_value(text: &str) -> Option<String> {
    let mut numbers = text.split('-').map(|number| number.parse().unwrap_or_default());
    let (year, month, day) = (numbers.next()?, numbers.next()?, numbers.next()?);
    match years::of_thailand(year) {
        _ if years::IN_VALUES.contains(&year) => iso_of(year, Month::Persian(month), day),
        ours if ours != year => iso(year, month, day),
        _ => text.parse::<Date>().is_ok().then(|| text.to_owned()),
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

/// Whether a date is so much earlier than the day of a visit that no clock shows it.
pub(super) fn is_long_before(date: &str, visit: &str) -> bool {
    let day = |time: &str| time.get(..10)?.parse::<Date>().ok();
    let last = day(visit).and_then(|day| day.checked_sub(3.days()).ok());
    day(date).zip(last).is_some_and(|(day, last)| day <= last)
}

/// Whether a word in small letters is the name of a month or of a day of the week, or a beginning of it.
pub(super) fn is_of_date(word: &str) -> bool {
    const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    MONTHS.contains_key(word) || word.len() >= 3 && WEEKDAYS.iter().any(|day| day.starts_with(word))
}

/// The date that parts begin with, and of how many it is.
fn date_at(parts: &[Part<'_>], order: Order) -> Option<(usize, String)> {
    // A number that goes on behind is another one as well, but not behind the sign of a day.
    let is_whole = |&(length, _): &(usize, String)| {
        let next = |i: usize| parts.get(length + i).filter(|part| part.is_joined);
        let has_day_sign = matches!(parts[length - 1].text, "日" | "일");
        let is_ended = has_day_sign || !next(0).is_some_and(|part| part.text.starts_with(char::is_numeric));
        is_ended && !(next(0).is_some_and(|part| matches!(part.text, "." | "-" | "/")) && next(1).is_some_and(Part::is_number))
    };
    let date = of_numbers(parts, order).or_else(|| of_era(parts)).or_else(|| year_first(parts));
    let date = date.or_else(|| month_first(parts)).or_else(|| day_first(parts));
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
        let day = third.number(1..=2)?;
        let is_persian = order == Order::Persian && years::PERSIAN.contains(&year);
        let iso = if is_persian { iso_of(year, Month::Persian(middle), day) } else { iso(year, middle, day) };
        let has_day_sign = is_cjk && parts.get(5).is_some_and(|part| matches!(part.text, "日" | "일"));
        return iso.map(|iso| (5 + usize::from(has_day_sign), iso));
    }
    let (number, year) = (first.number(1..=2)?, third.number(4..=4)?);
    let is_usual = matches!(order, Order::DayFirst | Order::Persian) || order == Order::Unknown && sign.text == ".";
    let is_day_first = is_usual || number > 12 || number == middle;
    match is_day_first {
        true => iso(year, middle, number),
        false => (middle > 12).then(|| iso(year, number, middle))?,
    }
    .map(|iso| (5, iso))
}

/// `令和6年3月17日`, `民國113年3月17日`.
fn of_era(parts: &[Part<'_>]) -> Option<(usize, String)> {
    let (name, is_first) = parts.first()?.text.strip_suffix('元').map_or((parts[0].text, false), |name| (name, true));
    let before = years::before_era(name)?;
    let at = if is_first { 1 } else { 2 };
    let year = if is_first { 1 } else { parts.get(1)?.number(1..=3)? };
    let [year_sign, month, month_sign, day, rest @ ..] = parts.get(at..)? else { return None };
    let is_date = year_sign.text == "年" && month_sign.text == "月";
    let iso = is_date.then(|| iso(before + year, month.number(1..=2)?, day.number(1..=2)?))??;
    Some((at + 4 + count(rest, &["日"]), iso))
}

/// `2012. március 17.`, `2012 m. kovo 17 d.`, `2012. gada 17. martā`, `2012 оны 3-р сарын 17`.
fn year_first(parts: &[Part<'_>]) -> Option<(usize, String)> {
    let year = parts.first()?.number(4..=4)?;
    let mut at = 1 + count(&parts[1..], &BEHIND_YEARS);
    if at == 1 {
        return None;
    }
    at += count(&parts[at..], &[".", "gada"]);
    let first = parts.get(at)?.number(1..=2);
    let (month, day, length) = match (month_at(&parts[at..]), first) {
        (Some((length, month)), _) => (month, parts.get(at + length)?.number(1..=2)?, length + 1),
        (None, first) => {
            let first = first?;
            let mut length = 1 + count(&parts[at + 1..], &[".", "-"]);
            length += count(&parts[at + length..], &["р", "дугаар", "дүгээр"]);
            match month_at(&parts[at + length..]) {
                Some((of_month, month)) => (month, first, length + of_month),
                None if count(&parts[at + length..], &["сарын"]) == 1 => {
                    (Month::Ours(first), parts.get(at + length + 1)?.number(1..=2)?, length + 2)
                }
                None => return None,
            }
        }
    };
    at += length;
    // What stands before is the end of something else: `© 2012. May 17, 2013`.
    let behind = parts.get(at + count(&parts[at..], &SIGNS)).and_then(|part| part.number(4..=4));
    if behind.is_some_and(|year| YEARS.contains(&year)) {
        return None;
    }
    Some((at, iso_of(year, month, day)?))
}

/// `March 17th, 2012`, `Mar. 17 2012`, `Mar 17 03:00:25 PDT 2012`.
fn month_first(parts: &[Part<'_>]) -> Option<(usize, String)> {
    let (mut at, month) = month_at(parts)?;
    at += count(&parts[at..], &[".", "-"]);
    let day = parts.get(at)?.number(1..=2)?;
    at += 1;
    at += usize::from(parts.get(at).is_some_and(|part| part.is_joined && ORDINALS.contains(&part.text)));
    at += clock_length(&parts[at..]);
    at += count(&parts[at..], &SIGNS);
    let year = parts.get(at)?.number(4..=4)?;
    Some((at + 1, iso_of(year, month, day)?))
}

/// `17 March 2012`, `17. März 2012`, `17 de marzo de 2012`, `17-Mar-2012`, `17 tháng 3 năm 2012`, `17 มี.ค. 2555`.
fn day_first(parts: &[Part<'_>]) -> Option<(usize, String)> {
    let day = parts.first()?.number(1..=2)?;
    let mut at = 1;
    at += usize::from(parts.get(at).is_some_and(|part| part.is_joined && ORDINALS.contains(&part.text)));
    at += count(&parts[at..], &[".", "-", "/"]);
    at += count(&parts[at..], &LINKS);
    let (length, month) = month_at(&parts[at..])?;
    let is_thai = parts[at].text.starts_with(|c| matches!(c, '\u{E00}'..='\u{E7F}'));
    at += length;
    at += count(&parts[at..], &["."]);
    at += count(&parts[at..], &SIGNS);
    // In the Levant months have two names: `17 آذار/مارس 2012`.
    at += month_at(&parts[at..]).filter(|(_, other)| *other == month).map_or(0, |(length, _)| length);
    at += count(&parts[at..], &LINKS);
    at += if is_thai { epoch_length(&parts[at..]) } else { 0 };
    let year = parts.get(at)?;
    let short = year.number(2..=2).filter(|_| is_thai).and_then(years::short_of_thailand);
    Some((at + 1, iso_of(short.or_else(|| year.number(4..=4))?, month, day)?))
}

/// The month that parts begin with, and of how many its name is: `March`, `มี.ค`, `كانون الثاني`, `tháng 3`.
fn month_at(parts: &[Part<'_>]) -> Option<(usize, Month)> {
    let known = |name: &str| MONTHS.get(name).copied();
    let first = parts.first()?.text.to_lowercase();
    let second = parts.get(1).map_or("", |part| part.text);
    match second {
        _ if first.starts_with(|c| digit(c).is_some()) => None,
        "." if !first.is_ascii() && parts.get(2).is_some_and(|part| part.is_joined) => {
            known(&format!("{first}.{}", parts[2].text)).map(|month| (3, month)).or_else(|| Some((1, known(&first)?)))
        }
        _ if first == "tháng" => Some((2, Month::Ours(parts.get(1)?.number(1..=2)?))),
        _ => known(&first).map(|month| (1, month)).or_else(|| Some((2, known(&format!("{first} {second}"))?))),
    }
}

/// How many parts the name of the epoch before a year has: that of the Buddha, or ours.
fn epoch_length(parts: &[Part<'_>]) -> usize {
    let is_epoch = matches!(parts, [first, _, second, _, ..] if matches!(first.text, "พ" | "ค") && second.text == "ศ");
    if is_epoch { 4 } else { 0 }
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

/// A day of our calendar, whose year may be of Thailand's.
fn iso(year: i32, month: i32, day: i32) -> Option<String> {
    let year = years::of_thailand(year);
    let date = format!("{year:04}-{month:02}-{day:02}");
    (YEARS.contains(&year) && date.parse::<Date>().is_ok()).then_some(date)
}

fn iso_of(year: i32, month: Month, day: i32) -> Option<String> {
    match month {
        Month::Ours(month) => iso(year, month, day),
        Month::Persian(month) => years::of_persian(year, month, day).map(|date| date.to_string()),
    }
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
        check("1390/12/27 10:30", Some("2012-03-17T10:30"));
        check("2555-03-17T10:30:00+07:00", Some("2012-03-17T10:30:00+07:00"));
        check("1445-11-10", Some("1445-11-10"));
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
    fn dates_of_many_languages_become_iso() {
        let check = |language: &str, text: &str| {
            let found = dates_in(text, Order::of_language(language));
            let found: Vec<&str> = found.iter().map(|found| found.iso.as_str()).collect();
            assert_eq!(found, ["2012-03-17"], "{text}");
        };
        check("zh", "2012年03月17日15:57");
        check("zh-TW", "中華民國101年3月17日");
        check("ja", "平成24年3月17日");
        check("ja", "２０１２年３月１７日");
        check("ko", "입력 2012.03.17 10:00");
        check("th", "17 มี.ค. 2555 10:30 น.");
        check("th", "17 มี.ค. 55");
        check("th", "วันที่ 17 มีนาคม พ.ศ. 2555");
        check("fa", "شنبه ۲۷ اسفند ۱۳۹۰");
        check("fa", "1390/12/27 - 10:30");
        check("ar", "السبت ١٧ مارس، ٢٠١٢");
        check("ar", "17 آذار/مارس 2012");
        check("he", "17 במרץ 2012");
        check("ur", "17 مارچ، 2012ء");
        check("hi", "17 मार्च 2012, 10:30");
        check("bn", "১৭ মার্চ ২০১২");
        check("vi", "Thứ bảy, ngày 17 tháng 3 năm 2012");
        check("hu", "2012. március 17. 10:30");
        check("lt", "2012 m. kovo 17 d.");
        check("lv", "2012. gada 17. martā");
        check("mn", "2012 оны 3-р сарын 17");
        check("kk", "2012 жылғы 17 наурыз");
        check("pl", "17 mar 2012");
        check("ka", "17 მარტი, 2012");
        let found = dates_in("17 كانون الثاني 2012", Order::of_language("ar"));
        assert_eq!(found[0].iso, "2012-01-17");
        for text in ["2012. 17 March 2013", "© 2012. March 17, 2013", "2012. 17 March, 2013"] {
            let found = dates_in(text, Order::Unknown);
            assert_eq!(found.into_iter().map(|found| found.iso).collect::<Vec<_>>(), ["2013-03-17"], "{text}");
        }
        for none in ["17 مارس 55", "17 มี.ค. 12", "17 มี.ค. 99", "令和6年", "13.3.1390", "2012 March 17", "2012年3月"]
        {
            assert_eq!(dates_in(none, Order::DayFirst), [], "{none}");
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
        let months = ["january", "december", "فروردین", "اسفند"].map(|name| MONTHS[name]);
        assert_eq!(months, [Month::Ours(1), Month::Ours(12), Month::Persian(1), Month::Persian(12)]);
    }
}
