//! When a page was published: which of the dates it gives is that.

use std::collections::HashSet;
use std::ops::Range;

use url::Url;

use super::Visit;
use super::calendar::{Order, is_after, iso_date};
use super::date_lines::{MAX_DAYS, date_above, date_below, is_of_other};
use super::linked_data::LinkedData;
use crate::boilerplate::markup::{Markup, Time};
use crate::boilerplate::opening::Opening;

/// Names of `<meta>` elements, by their letters: the best known one, and then the others.
const PUBLISHED: &str = "articlepublishedtime";
#[rustfmt::skip]
const NAMES: [&str; 50] = [
    "ogpublishedtime", "httpogpmensarticlepublishedtime", "ogarticlepublishedtime", "newspublishedtime", "publishedtime",
    "rnewsdatepublished", "datepublished", "citationpublicationdate", "citationdate", "citationonlinedate", "dcdateissued",
    "dctermsissued", "dcdate", "dctermsdate", "prismpublicationdate", "originalpublicationdate", "articlepublicationdate",
    "publicationdate", "dateofpublication", "publishdate", "webpublishdate", "publisheddate", "ogpublishedat", "publishedat",
    "published", "articlepublished", "datepub", "pubdate", "rbpubdate", "pdate", "parselypubdate", "cxenseparsepublishtime",
    "sailthrudate", "issuedate", "displaydate", "articledateoriginal", "articledate", "docdate", "date", "ogreleasedate",
    "releasedate", "dctermscreated", "dcdatecreated", "datecreated", "createddate", "creationdate", "contentcreatedate",
    "created", "articlecreated", "pubtime",
];
/// The first date that one of the candidates has.
pub(super) fn date(markup: &Markup, linked: &LinkedData, opening: &Opening<'_>, canonical_url: &str, visit: Visit<'_>) -> String {
    let names: Vec<(String, &str)> = markup.all_named_metas().map(|(name, content)| (letters_of(name), content)).collect();
    let declared_as =
        |wanted: &str| names.iter().filter(move |(name, _)| name == wanted).find_map(|(_, content)| iso_date(content));
    let of_page = || linked.date.clone().or_else(|| linked.page_date.clone());
    let declared = || NAMES.iter().find_map(|name| declared_as(name));
    let itemprop = || markup.all_itemprops("datePublished").find_map(iso_date);
    let marked = of_page().or_else(|| declared_as(PUBLISHED)).or_else(|| linked.work_date.clone());
    let marked = marked.or_else(declared).or_else(itemprop);
    marked.or_else(|| seen(markup, linked, opening, canonical_url, visit)).unwrap_or_default()
}

/// The date that a reader sees, beside the title or in the address. None is later than the visit, as those of events are.
fn seen(markup: &Markup, linked: &LinkedData, opening: &Opening<'_>, canonical_url: &str, visit: Visit<'_>) -> Option<String> {
    // What a reader sees on the page of an event is when that is.
    let is_of_event = linked.is_of_event || markup.first_meta(&["og:type"]).is_some_and(|kind| kind.ends_with("event"));
    if is_of_event {
        return None;
    }
    let order = Order::of_language(&markup.language);
    let in_address = || [visit.address, canonical_url].into_iter().find_map(date_in_address);
    let date = time_in(&markup.times, &opening.blocks_below).or_else(in_address);
    // What a reader sees of a time says no more than its markup does.
    let other_days: Vec<String> = markup.times.iter().filter(is_other_time).filter_map(|time| iso_date(&time.value)).collect();
    let is_other = |day: &String| other_days.iter().any(|other| other.starts_with(day.as_str()));
    let in_lines = || date_below(&opening.below, order).or_else(|| date_above(&opening.above, order, visit.date));
    let date = date.or_else(|| in_lines().filter(|day| !is_other(day)));
    let only_time = || if opening.is_empty() { None } else { only_time(&markup.times) };
    let date = date.or_else(|| time_in(&markup.times, &opening.blocks_above)).or_else(only_time);
    date.filter(|date| !is_after(date, visit.date))
}

fn letters_of(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphabetic).collect()
}

/// Whether a time is that of a change, of an event or the like.
fn is_other_time(time: &&Time) -> bool {
    time.is_of_other || is_of_other(&time.before.to_lowercase())
}

fn dates_of_times(times: &[Time]) -> impl Iterator<Item = (usize, String)> {
    times.iter().filter(|time| !is_other_time(time)).filter_map(|time| Some((time.block, iso_date(&time.value)?)))
}

/// The first of those that stand in some blocks, unless they list what was published on several days.
fn time_in(times: &[Time], blocks: &Range<usize>) -> Option<String> {
    let mut dates: Vec<String> =
        dates_of_times(times).filter(|(block, _)| blocks.contains(block)).map(|(_, date)| date).collect();
    let days: HashSet<Option<&str>> = dates.iter().map(|date| date.get(..10)).collect();
    let is_list = days.len() > MAX_DAYS;
    (!dates.is_empty() && !is_list).then(|| dates.swap_remove(0))
}

/// That of a page whose times are all of one day; others are of what it lists.
fn only_time(times: &[Time]) -> Option<String> {
    let (_, first) = dates_of_times(times).next()?;
    dates_of_times(times).all(|(_, date)| date.get(..10) == first.get(..10)).then_some(first)
}

/// `/2012/03/17/harbour-storms`, `/2012/mar/17/`, `/2012-03-17-harbour-storms`: where journals put what they publish, and others what
/// happens.
fn date_in_address(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let path: Vec<&str> = url.path_segments()?.collect();
    let is_of_event = |name: &&str| name.starts_with("event") || name.starts_with("calendar");
    if path.iter().any(is_of_event) {
        return None;
    }
    let of_parts = |parts: &[&str]| {
        let [year, month, day] = parts else { return None };
        let is_date = year.len() == 4 && (1..=3).contains(&month.len()) && (1..=2).contains(&day.len());
        is_date.then(|| match month.starts_with(|c: char| c.is_ascii_digit()) {
            true => iso_date(&format!("{year}-{month:0>2}-{day:0>2}")),
            false => iso_date(&format!("{day} {month} {year}")),
        })?
    };
    let of_name = |name: &&str| {
        let day = name.get(..10).filter(|_| name[10..].is_empty() || name[10..].starts_with(['-', '_']))?;
        of_parts(&day.split('-').collect::<Vec<_>>())
    };
    let date = path.windows(3).find_map(of_parts).or_else(|| path.iter().find_map(of_name));
    date.filter(|date| date.starts_with("19") || date.starts_with("20"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date_of(markup: &Markup) -> String {
        date(markup, &LinkedData::default(), &Opening::default(), "", Visit::default())
    }

    #[test]
    fn the_date_of_publication_comes_before_that_of_the_file() {
        let mut markup = Markup::default();
        markup.meta("dcterms.created", "", "", "2001-01-01");
        markup.meta("date", "", "", "2002-02-02");
        markup.meta("OriginalPublicationDate", "", "", "2005/10/13 10:36:40");
        assert_eq!(date_of(&markup), "2005-10-13T10:36:40");
        markup.meta("", "article:published:time", "", "2005-10-14");
        assert_eq!(date_of(&markup), "2005-10-14");
    }

    #[test]
    fn addresses_of_journals_tell_the_day() {
        let check = |path: &str, expected: &str| {
            let found = date_in_address(&format!("https://example.com/{path}"));
            assert_eq!(found.unwrap_or_default(), expected, "{path}");
        };
        check("blog/2012/03/17/storms.html", "2012-03-17");
        check("world/2012/mar/7/storms", "2012-03-07");
        check("news/2012-03-17-storms", "2012-03-17");
        check("2012/03/storms", "");
        check("2012/13/17/storms", "");
        check("part/2012-03-175", "");
        check("events/2012/03/17/storms", "");
    }

    #[test]
    fn of_times_those_beside_the_title_count_or_the_only_one() {
        let time = |value: &str, block| Time { value: value.into(), block, before: String::new(), is_of_other: false };
        let visit = Visit { date: "2013-01-01T10:00:00Z", ..Visit::default() };
        let check = |times: Vec<Time>, expected: &str| {
            let opening = Opening { blocks_above: 1..3, blocks_below: 3..6, ..Opening::default() };
            let markup = Markup { times, ..Markup::default() };
            assert_eq!(date(&markup, &LinkedData::default(), &opening, "", visit), expected);
        };
        check(vec![time("2012-01-01", 0), time("2012-03-17", 4), time("2012-03-18", 5)], "2012-03-17");
        check(vec![time("2012-01-01", 0), time("2012-03-17", 9)], "");
        check(vec![time("2012-03-17", 9), time("2012-03-17T10:00", 20)], "2012-03-17");
        check(vec![Time { before: "Last updated on".into(), ..time("2012-03-17", 4) }], "");
        check(vec![Time { is_of_other: true, ..time("2012-03-17", 4) }], "");
        check(vec![time("2013-01-02", 4)], "2013-01-02");
        check(vec![time("2013-01-03", 4)], "");
    }
}
