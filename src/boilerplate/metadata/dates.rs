//! When a page was published, as pages write it, in ISO 8601.

use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;

use super::linked_data::LinkedData;
use crate::boilerplate::markup::Markup;

#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The first date that one of the candidates has.
pub(super) fn date(markup: &Markup, linked: &LinkedData) -> String {
    const NAMES: [&str; 25] = [
        "article:published_time",
        "og:published_time",
        "http://ogp.me/ns/article#published_time",
        "rnews:datepublished",
        "datepublished",
        "citation_publication_date",
        "citation_date",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date",
        "dcterms.date",
        "originalpublicationdate",
        "publication_date",
        "publish_date",
        "publish-date",
        "publishdate",
        "pub_date",
        "pubdate",
        "pdate",
        "parsely-pub-date",
        "sailthru.date",
        "issue_date",
        "displaydate",
        "date",
        "dcterms.created",
    ];
    let declared = NAMES.iter().flat_map(|name| markup.all_metas(name));
    let itemprops = markup.all_itemprops("datePublished");
    let times = markup.times.iter().map(String::as_str);
    linked.date.clone().or_else(|| declared.chain(itemprops).chain(times).find_map(iso_date)).unwrap_or_default()
}

/// A date as pages write it for machines, or in English, as ISO 8601. `None` for other text.
pub(super) fn iso_date(text: &str) -> Option<String> {
    let text = text.trim();
    let of_message = || rfc2822::parse(text).ok().map(|time| time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    let dashed = || dashed_date(&text.replace('/', "-"));
    let date = of_message().or_else(dashed).or_else(|| date_of_digits(text)).or_else(|| english_date(text));
    // A program that knows no date may write the first that it can.
    date.filter(|date| !date.starts_with("0000-") && !date.starts_with("0001-"))
}

/// `20051226`, of the years from 1900 to 2099: other numbers of eight digits are numbers.
fn date_of_digits(text: &str) -> Option<String> {
    let is_date = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) && matches!(text.get(..2), Some("19" | "20"));
    is_date.then(|| format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])).filter(|day| day.parse::<Date>().is_ok())
}

/// `December 26, 2005`, `26 Dec 2005`, with or without the day of the week before it; what follows is left out.
fn english_date(text: &str) -> Option<String> {
    let mut words = text.split([' ', ',', '\t', '\n', '\u{a0}']).filter(|word| !word.is_empty()).peekable();
    words.next_if(|word| is_name_or_beginning(word, &WEEKDAYS));
    let (first, second, year) = (words.next()?, words.next()?, words.next()?);
    let (month, day) = month_number(first).map(|month| (month, second)).or_else(|| Some((month_number(second)?, first)))?;
    let day = ["st", "nd", "rd", "th"].iter().find_map(|ending| day.strip_suffix(ending)).unwrap_or(day);
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !is_number(day) || day.len() > 2 || !is_number(year) || year.len() != 4 {
        return None;
    }
    Some(format!("{year}-{month:02}-{day:0>2}")).filter(|date| date.parse::<Date>().is_ok())
}

fn month_number(word: &str) -> Option<usize> {
    MONTHS.iter().position(|month| is_name_or_beginning(word, &[month])).map(|position| position + 1)
}

/// Whether a word is one of the names, or its first three letters, or four, with or without a full stop.
fn is_name_or_beginning(word: &str, names: &[&str]) -> bool {
    let word = word.strip_suffix('.').unwrap_or(word);
    let is_beginning = |name: &str| name.get(..word.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(word));
    names.iter().any(|name| (word.len() == name.len() || matches!(word.len(), 3 | 4)) && is_beginning(name))
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
        check("Mon, 01 Jan 0001 00:00:00 GMT", None);
        check("January 1, 0001", None);
        check("2005/10/13 10:36:40", Some("2005-10-13T10:36:40"));
        check("20081006", Some("2008-10-06"));
        check("20081306", None);
        check("18081006", None);
        check("200810061", None);
        check("last week", None);
        check("2013-09-2０x", None);
    }

    #[test]
    fn dates_in_english_become_iso() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(iso_date(text).as_deref(), expected, "{text}");
        check("December 26, 2005", Some("2005-12-26"));
        check("Jun 16, 2023", Some("2023-06-16"));
        check("26 December 2005", Some("2005-12-26"));
        check("Monday, Sept. 5th, 2005 at 9:15 am", Some("2005-09-05"));
        check("MAY 1 2005", Some("2005-05-01"));
        check("1 mai 2005", None);
        check("26 Décembre 2005", None);
        check("05 06 2005", None);
        check("May 2005", None);
        check("June 31, 2005", None);
        check("December 26, 05", None);
        check("March and April 2005", None);
    }

    #[test]
    fn the_date_of_publication_comes_before_that_of_the_file() {
        let mut markup = Markup::default();
        markup.meta("dcterms.created", "", "", "2001-01-01");
        markup.meta("date", "", "", "2002-02-02");
        markup.meta("OriginalPublicationDate", "", "", "2005/10/13 10:36:40");
        assert_eq!(date(&markup, &LinkedData::default()), "2005-10-13T10:36:40");
    }
}
