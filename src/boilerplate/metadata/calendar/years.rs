//! Days by other calendars than the Gregorian: Persian months, the years of the Buddha, and those of emperors and republics.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Years of the Persian calendar that a page may be of: from 1900 on.
pub(super) const PERSIAN: Range<i32> = 1279..1478;
/// Those that a value is of in any language: no page is as old by our calendar, and Islamic years of this length are later.
pub(super) const IN_VALUES: Range<i32> = 1300..1410;
/// The same since the Buddha, as Thailand counts them.
const BUDDHIST: Range<i32> = 2443..2643;
/// How many years before ours Thailand counts from.
const SINCE_BUDDHA: i32 = 543;
/// Those of its years that are written with two digits: from 1990 on. Others may be years of ours as well.
const SHORT: Range<i32> = 2533..2583;
/// The years before the first one of an era.
const ERAS: [(&str, i32); 6] = [("令和", 2018), ("平成", 1988), ("昭和", 1925), ("大正", 1911), ("民國", 1911), ("民国", 1911)];

/// A year as ours, if it is one that Thailand counts.
pub(super) fn of_thailand(year: i32) -> i32 {
    if BUDDHIST.contains(&year) { year - SINCE_BUDDHA } else { year }
}

/// A year since the Buddha of which only the last two digits are written.
pub(super) fn short_of_thailand(digits: i32) -> Option<i32> {
    Some(2500 + digits).filter(|year| SHORT.contains(year))
}

/// The year before the first one of the era that a word ends with.
pub(super) fn before_era(word: &str) -> Option<i32> {
    ERAS.iter().find(|(era, _)| word.ends_with(era)).map(|(_, before)| *before)
}

/// A day of the Persian calendar, whose leap years come in cycles of 33 in this time.
pub(super) fn of_persian(year: i32, month: i32, day: i32) -> Option<Date> {
    let is_date = PERSIAN.contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day) && (month < 7 || day < 31);
    let since = days_of_persian(year, month, day) - days_of_persian(1403, 1, 1);
    is_date.then(|| date(2024, 3, 20).checked_add(since.days()).ok())?
}

fn days_of_persian(year: i32, month: i32, day: i32) -> i32 {
    let year = year + 1595;
    let leap_days = year / 33 * 8 + (year % 33 + 3) / 4;
    let months = if month < 7 { (month - 1) * 31 } else { (month - 7) * 30 + 186 };
    365 * year + leap_days + months + day
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persian_days_become_ours() {
        let check = |(year, month, day): (i32, i32, i32), expected: &str| {
            assert_eq!(of_persian(year, month, day).map(|date| date.to_string()).unwrap_or_default(), expected);
        };
        check((1403, 1, 1), "2024-03-20");
        check((1403, 12, 30), "2025-03-20");
        check((1404, 1, 1), "2025-03-21");
        check((1399, 12, 30), "2021-03-20");
        check((1357, 11, 22), "1979-02-11");
        check((1402, 7, 31), "");
        check((2024, 1, 1), "");
    }
}
