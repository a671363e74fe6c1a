//! When a page was published: which of the dates it gives is that.

use std::collections::HashSet;
use std::ops::Range;

use url::Url;

use super::calendar::{Order, dates_in, iso_date};
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
/// Different days below a title; where there are more, they are those of a list.
const MAX_DAYS: usize = 2;
/// Bytes of a line that says what the date in the next line is.
const MAX_LABEL: usize = 40;
/// Letters of a line beside its date, such as the name of a writer or a town.
const MAX_BESIDE: usize = 70;
/// The same above the title: there, other things may be said.
const MAX_BESIDE_ABOVE: usize = 12;
/// Beginnings of words, in small letters, by which a line says that its date is that of something else than the publication.
#[rustfmt::skip]
const OTHER_DATES: [&str; 52] = [
    "founded", "establish", "opened", "effective", "event", "updat", "modif", "revis", "review", "edited", "correct",
    "aktualis", "actuali", "mis à jour", "aggiorn", "atualiz", "bijgewerkt", "oppdater", "opdater", "uppdater",
    "päivit", "обновл", "оновл", "ενημ", "güncel", "frissít", "更新", "수정", "stand:", "copyright", "©", "expire",
    "deadline", "until", "from ", "between", "through", "since", "born", "died", "member", "joined", "today",
    "сегодня", "heute", "now:", "access", "retriev", "release", "starts", "ends", "due ",
];

/// Lines, in small letters, below which there is the day of an event.
#[rustfmt::skip]
const OF_EVENTS: [&str; 12] = [
    "when", "date and time", "date & time", "dates", "wann", "termin", "quand", "cuándo", "quando", "wanneer", "kiedy", "когда",
];

/// The first date that one of the candidates has.
pub(super) fn date(markup: &Markup, linked: &LinkedData, opening: &Opening<'_>, addresses: [&str; 2]) -> String {
    let names: Vec<(String, &str)> = markup.all_named_metas().map(|(name, content)| (letters_of(name), content)).collect();
    let declared_as =
        |wanted: &str| names.iter().filter(move |(name, _)| name == wanted).find_map(|(_, content)| iso_date(content));
    let of_page = || linked.date.clone().or_else(|| linked.page_date.clone());
    let declared = || NAMES.iter().find_map(|name| declared_as(name));
    let itemprop = || markup.all_itemprops("datePublished").find_map(iso_date);
    let marked = of_page().or_else(|| declared_as(PUBLISHED)).or_else(|| linked.work_date.clone());
    let marked = marked.or_else(declared).or_else(itemprop);
    // What a reader sees on the page of an event is when that is.
    let opening = if linked.is_of_event { &Opening::default() } else { opening };
    let order = Order::of_language(&markup.language);
    let in_address = || addresses.iter().find_map(|address| date_in_address(address));
    let date = marked.or_else(|| time_in(&markup.times, &opening.blocks_below)).or_else(in_address);
    let date = date.or_else(|| date_below(&opening.below, order)).or_else(|| date_above(&opening.above, order));
    let only_time = || if opening.is_empty() { None } else { only_time(&markup.times) };
    let date = date.or_else(|| time_in(&markup.times, &opening.blocks_above)).or_else(only_time);
    date.unwrap_or_default()
}

fn letters_of(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphabetic).collect()
}

fn dates_of_times(times: &[Time]) -> impl Iterator<Item = (usize, String)> {
    times.iter().filter(|time| !time.is_of_change).filter_map(|time| Some((time.block, iso_date(&time.value)?)))
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

/// The day that a line below the title names, unless the lines list what was published on several days.
fn date_below(lines: &[&str], order: Order) -> Option<String> {
    let days: HashSet<String> = lines.iter().flat_map(|line| dates_in(line, order)).map(|found| found.iso).collect();
    if days.len() > MAX_DAYS {
        return None;
    }
    // `Last updated:` may stand in a line of its own.
    let says_of_other = |line: &str| {
        let label = line.to_lowercase();
        let is_when = || OF_EVENTS.contains(&label.trim_end_matches([':', '?', ' ']));
        line.len() <= MAX_LABEL && (is_when() || is_of_other(&label)) && dates_in(line, order).is_empty()
    };
    let is_labelled = |at: usize| at.checked_sub(1).is_some_and(|before| says_of_other(lines[before]));
    lines.iter().enumerate().find_map(|(at, line)| date_of_line(line, order, MAX_BESIDE).filter(|_| !is_labelled(at)))
}

/// The same above the title, where a date with a clock is that of the visit if nothing else is said of it.
fn date_above(lines: &[&str], order: Order) -> Option<String> {
    let is_clock = |signs: &[u8]| signs[0].is_ascii_digit() && signs[1] == b':' && signs[2].is_ascii_digit();
    let has_clock = |line: &str| line.as_bytes().windows(3).any(is_clock);
    lines.iter().find_map(|line| match (says_published(line), has_clock(line)) {
        (true, _) => date_of_line(line, order, MAX_BESIDE),
        (false, true) => None,
        (false, false) => date_of_line(line, order, MAX_BESIDE_ABOVE),
    })
}

fn says_published(line: &str) -> bool {
    #[rustfmt::skip]
    const LABELS: [&str; 13] = [
        "posted", "publish", "veröffentl", "publié", "publicad", "pubblicat", "gepubliceerd", "dodano", "opublikowan", "опублик", "δημοσ",
        "发布", "發布",
    ];
    let line = line.to_lowercase();
    LABELS.iter().any(|label| line.contains(label))
}

fn is_of_other(text: &str) -> bool {
    OTHER_DATES.iter().any(|other| text.contains(other))
}

/// The first day of a line that names one, says little more, and not that the day is that of something else.
fn date_of_line(line: &str, order: Order, max_beside: usize) -> Option<String> {
    let dates = dates_in(line, order);
    let first = dates.first()?;
    let before = line[..first.range.start].to_lowercase();
    let in_dates = dates.iter().map(|date| letters(&line[date.range.clone()])).sum::<usize>();
    // A day to a day is how long something lasts.
    let is_span = dates.get(1).is_some_and(|second| {
        let between = line[first.range.end..second.range.start].trim();
        matches!(between, "-" | "–" | "—" | "to" | "bis" | "au" | "al")
    });
    (!is_of_other(&before) && !is_span && letters(line) - in_dates <= max_beside).then(|| first.iso.clone())
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// `/2012/03/17/harbour-storms`, `/2012/mar/17/`, `/2012-03-17-harbour-storms`: where journals put what they publish.
fn date_in_address(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let path: Vec<&str> = url.path_segments()?.collect();
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
        date(markup, &LinkedData::default(), &Opening::default(), [""; 2])
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
    fn lines_beside_the_title_tell_the_day() {
        let check = |above: &str, below: &str, expected: &str| {
            let below: Vec<&str> = below.split('|').collect();
            let found = date_below(&below, Order::Unknown).or_else(|| date_above(&[above], Order::Unknown));
            assert_eq!(found.unwrap_or_default(), expected, "{above} {below:?}");
        };
        check("News", "By Ann Hill • March 17, 2012 9:05 AM PST", "2012-03-17");
        check("17 March 2012", "By Ann Hill", "2012-03-17");
        check("", "Posted 17 March 2012, updated 18 March 2012", "2012-03-17");
        check("", "Last updated on 18 March 2012", "");
        check("", "This section was updated|18 March 2012", "");
        check("", "When?|Saturday 17 March 2012", "");
        check("Saturday 17 March 2012", "", "2012-03-17");
        check("Saturday 17 March 2012, 10:15", "", "");
        check("Posted: Saturday 17 March 2012, 10:15", "", "2012-03-17");
        check("", "Ferry 17 March 2012|Pier 16 March 2012|Storm 12 March 2012", "");
        check("", "17 March 2012 – 20 April 2012", "");
        check("Welcome to the harbour on this 17 March 2012", "", "");
        check("", &format!("{} on 17 March 2012", "The ferry sailed from the harbour ".repeat(3)), "");
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
    }

    #[test]
    fn of_times_those_beside_the_title_count_or_the_only_one() {
        let time = |value: &str, block| Time { value: value.into(), block, is_of_change: false };
        let check = |times: Vec<Time>, expected: &str| {
            let opening = Opening { blocks_above: 1..3, blocks_below: 3..6, ..Opening::default() };
            let markup = Markup { times, ..Markup::default() };
            assert_eq!(date(&markup, &LinkedData::default(), &opening, [""; 2]), expected);
        };
        check(vec![time("2012-01-01", 0), time("2012-03-17", 4), time("2012-03-18", 5)], "2012-03-17");
        check(vec![time("2012-01-01", 0), time("2012-03-17", 9)], "");
        check(vec![time("2012-03-17", 9), time("2012-03-17T10:00", 20)], "2012-03-17");
        check(vec![Time { is_of_change: true, ..time("2012-03-17", 4) }], "");
    }
}
