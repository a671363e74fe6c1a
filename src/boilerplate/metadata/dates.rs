//! When a page was published, as pages write it, in ISO 8601.

use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;

use super::linked_data::LinkedData;
use crate::boilerplate::markup::Markup;

pub(super) fn date(markup: &Markup, linked: &LinkedData) -> String {
    const NAMES: [&str; 12] = [
        "article:published_time",
        "og:published_time",
        "datepublished",
        "citation_publication_date",
        "citation_date",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date",
        "dcterms.date",
        "pubdate",
        "publishdate",
        "date",
    ];
    let declared = NAMES.iter().flat_map(|name| markup.all_metas(name));
    let itemprop = markup.all_itemprops("datePublished");
    let candidates =
        linked.date.as_deref().into_iter().chain(declared).chain(itemprop).chain(markup.times.iter().map(String::as_str));
    candidates.into_iter().find_map(iso_date).unwrap_or_default()
}

/// A date as pages write it for machines, as ISO 8601. `None` for other text.
fn iso_date(text: &str) -> Option<String> {
    let text = text.trim();
    if let Ok(time) = rfc2822::parse(text) {
        return Some(time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    }
    let dashed = text.replace('/', "-");
    // A program that knows no date may write the first that it can.
    let day = dashed.get(..10).filter(|day| day.parse::<Date>().is_ok_and(|date| date.year() > 1))?;
    let time = dashed[10..].trim_start_matches(['T', ' ']);
    if time.is_empty() {
        return Some(day.to_owned());
    }
    let (clock, offset) = time.split_at(time.find(['Z', 'z', '+', '-', ' ']).unwrap_or(time.len()));
    let is_time = clock.contains(':') && format!("{day}T{clock}").parse::<DateTime>().is_ok();
    let offset = offset.trim().to_ascii_uppercase();
    let hours = offset.strip_prefix(['+', '-']);
    let is_offset =
        offset.is_empty() || offset == "Z" || hours.is_some_and(|h| h.bytes().all(|b| b.is_ascii_digit() || b == b':'));
    match (is_time, is_offset) {
        (true, true) => Some(format!("{day}T{clock}{offset}")),
        (true, false) => Some(format!("{day}T{clock}")),
        (false, _) => Some(day.to_owned()),
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
        check("2013-13-20", None);
        check("0001-01-01T00:00:00Z", None);
        check("last week", None);
        check("2013-09-2０x", None);
    }
}
