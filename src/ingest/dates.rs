//! When a page was crawled, as crawl files write it: a day that the calendar has, in ISO 8601, or nothing.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// A date in ISO 8601, in UTC, from one in ISO 8601 or one of digits alone as ARC has it. Anything else is none.
pub(super) fn iso_date(text: &str) -> String {
    let date = if is_arc_date(text.as_bytes()) { with_marks(text) } else { text.to_owned() };
    if is_iso_8601(&date) && is_real(&date) { in_utc(date) } else { String::new() }
}

/// Some crawlers write the time of their own zone, which WARC does not allow.
fn in_utc(date: String) -> String {
    let has_offset = date.split_once('T').is_some_and(|(_, time)| time.contains(['+', '-']));
    let moment = if has_offset { date.parse::<Timestamp>().ok() } else { None };
    moment.map_or(date, |moment| moment.to_string())
}

/// Whether a word is a date as ARC has it, to a day or to a fraction of a second.
pub(super) fn is_arc_date(word: &[u8]) -> bool {
    (8..=17).contains(&word.len()) && word.iter().all(u8::is_ascii_digit)
}

/// `20080430204825` as `2008-04-30T20:48:25Z`, and a date without a whole time as `2008-04-30`.
fn with_marks(digits: &str) -> String {
    let part = |from: usize| &digits[from..from + 2];
    let date = format!("{}-{}-{}", &digits[..4], part(4), part(6));
    if digits.len() < 14 {
        return date;
    }
    format!("{date}T{}:{}:{}Z", part(8), part(10), part(12))
}

/// By its shape: from a year to a time with a fraction of a second, and a zone.
fn is_iso_8601(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let Some(rest) = shape.strip_prefix("0000-00-00T00:00") else {
        return matches!(shape.as_str(), "0000" | "0000-00" | "0000-00-00");
    };
    let rest = rest.strip_prefix(":00").unwrap_or(rest);
    let zone = rest.strip_prefix(".0").map_or(rest, |fraction| fraction.trim_start_matches('0'));
    matches!(zone, "" | "Z" | "+00:00" | "-00:00")
}

/// Whether the calendar and the clock have it.
fn is_real(date: &str) -> bool {
    match date.split_once('T') {
        None if date.len() == 4 => true,
        None if date.len() == 7 => format!("{date}-01").parse::<Date>().is_ok(),
        None => date.parse::<Date>().is_ok(),
        Some((_, time)) if time.contains(['Z', '+', '-']) => date.parse::<Timestamp>().is_ok(),
        Some(_) => date.parse::<DateTime>().is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(iso_date(text), expected, "{text}");
    }

    #[test]
    fn dates_are_in_iso_8601() {
        for good in [
            "2024-05-06T07:08:09Z",
            "2024-05-06T07:08:09.123456Z",
            "2024-05-06T07:08Z",
            "2024-05-06T07:08:09",
            "2016-12-31T23:59:60Z",
            "2024-02-29",
            "2024-12",
            "2024",
        ] {
            check(good, good);
        }
        check("2024-05-06T01:08:09+02:00", "2024-05-05T23:08:09Z");
        check("2024-05-06T07:08:09.5-00:00", "2024-05-06T07:08:09.5Z");
        check("20240506070809", "2024-05-06T07:08:09Z");
        check("202405060708", "2024-05-06");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for bad in ["not a date", "", "2024-05-06T", "6.5.2024", "2024-05-06T07:08:09Zulu"] {
            check(bad, "");
        }
    }

    #[test]
    fn what_the_calendar_does_not_have_is_none() {
        for bad in [
            "2024-99-99T99:99:99Z",
            "2023-02-29",
            "2024-13",
            "2024-05-06T25:00:00Z",
            "2024-05-06T07:61",
            "2024-05-06T07:08:09+99:00",
            "123456789",
            "20240230070809",
            "20240506996699",
        ] {
            check(bad, "");
        }
    }
}
