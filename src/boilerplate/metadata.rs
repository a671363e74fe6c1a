//! Title, author, date, language, canonical URL and site, as the page gives them.

use std::collections::HashSet;

use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;
use serde_json::Value;

use super::markup::Markup;
use super::plain::plain;
use super::references;
use super::white_space::push_collapsed;
use crate::document::Metadata;

/// What sites put between a page's title and their name.
const SEPARATORS: [&str; 12] = [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", "｜", "_", "|"];
/// JSON-LD objects that are looked at; product pages list thousands.
const MAX_OBJECTS: usize = 500;
/// Bytes of a page's JSON-LD that are parsed, which takes up to 48 times as much memory; the longest of 741 pages had 74,000.
const MAX_LINKED_DATA: usize = 1 << 20;
/// Authors of a page that are told; papers of physics have 3,000.
const MAX_AUTHORS: usize = 5000;

/// Weighs what the markup says: JSON-LD before Open Graph before other `<meta>` elements before the body's own marks.
pub(super) fn metadata(markup: &Markup) -> Metadata {
    let linked = LinkedData::read(&markup.json_ld);
    let meta = |names: &[&str]| markup.first_meta(names).map(text);
    let site_name = first([meta(&["og:site_name", "application-name"]), linked.site_name.clone()]);
    Metadata {
        title: title(markup, &linked, &site_name),
        author: author(markup, &linked),
        date_published: date(markup, &linked),
        language: first([
            Some(markup.language.clone()),
            meta(&["content-language", "dc.language", "og:locale", "language"]),
            linked.language.clone(),
        ]),
        canonical_url: first(
            [&markup.canonical_url, markup.first_meta(&["og:url"]).unwrap_or_default()].map(|address| Some(unescaped(address))),
        ),
        site_name,
    }
}

/// The first candidate that is not blank, on one line.
fn first<const N: usize>(candidates: [Option<String>; N]) -> String {
    candidates.into_iter().flatten().map(|text| on_one_line(&text)).find(|text| !text.is_empty()).unwrap_or_default()
}

/// An address or a text without tags, which may have been escaped once too often.
fn unescaped(value: &str) -> String {
    references::decoded_value(value)
}

fn on_one_line(text: &str) -> String {
    let mut line = String::new();
    push_collapsed(&mut line, 0, text.into());
    line.trim().to_owned()
}

fn title(markup: &Markup, linked: &LinkedData, site_name: &str) -> String {
    let declared = markup.first_meta(&["og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title"]);
    let [declared, itemprop] = [declared, markup.first_itemprop("headline")].map(|value| value.map(text));
    let title = first([linked.headline.clone(), declared, itemprop, Some(window_title(markup)), Some(unescaped(&markup.h1))]);
    without_site(&title, site_name).to_owned()
}

/// The `<title>`, reduced to the main heading where that is a part of it.
fn window_title(markup: &Markup) -> String {
    let [title, h1] = [&markup.title, &markup.h1].map(|text| on_one_line(&unescaped(text)));
    let is_part = h1.chars().count() > 3 && SEPARATORS.iter().any(|s| title.split(s).any(|part| part.trim() == h1));
    if is_part { h1 } else { title }
}

fn without_site<'a>(title: &'a str, site_name: &str) -> &'a str {
    if site_name.is_empty() || title == site_name {
        return title;
    }
    let cut = SEPARATORS.iter().find_map(|separator| {
        let behind = title.strip_suffix(site_name).and_then(|t| t.strip_suffix(separator));
        behind.or_else(|| title.strip_prefix(site_name).and_then(|t| t.strip_prefix(separator)))
    });
    cut.map_or(title, str::trim)
}

fn author(markup: &Markup, linked: &LinkedData) -> String {
    const NAMES: [&str; 6] = ["citation_author", "author", "dc.creator", "dcterms.creator", "article:author", "parsely-author"];
    let declared = NAMES.iter().map(|meta| names(markup.all_metas(meta)));
    let itemprop = std::iter::once_with(|| names(markup.first_itemprop("author")));
    let authors = std::iter::once(linked.authors.clone()).chain(declared).chain(itemprop);
    authors.into_iter().find(|names| !names.is_empty()).unwrap_or_default().join("; ")
}

/// Those of the values that are names, each once.
fn names<'a>(values: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let names = values.into_iter().map(|value| without_by(&on_one_line(&plain(value))).to_owned()).filter(|name| is_name(name));
    let mut seen = HashSet::new();
    names.filter(|name| seen.insert(name.clone())).take(MAX_AUTHORS).collect()
}

/// The name of a byline: `By Ann Hill`.
fn without_by(name: &str) -> &str {
    let is_by = name.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "));
    if is_by { &name[3..] } else { name }
}

/// Not a number, not the address of a profile, and not a paragraph.
fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.contains("://") && text.chars().count() <= 100
}

fn date(markup: &Markup, linked: &LinkedData) -> String {
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
    let itemprop = markup.itemprops.iter().filter(|(name, _)| name == "datePublished").map(|(_, value)| value.as_str());
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

/// What a page's JSON-LD says of it (schema.org).
#[derive(Debug, Default)]
struct LinkedData {
    headline: Option<String>,
    authors: Vec<String>,
    date: Option<String>,
    language: Option<String>,
    site_name: Option<String>,
}

impl LinkedData {
    fn read(scripts: &[String]) -> Self {
        let mut left = MAX_LINKED_DATA;
        let fitting = scripts.iter().map(|script| uncommented(script)).filter(|script| {
            let rest = left.checked_sub(script.len());
            left = rest.unwrap_or(left);
            rest.is_some()
        });
        let parsed: Vec<Value> = fitting.filter_map(|script| serde_json::from_str(script).ok()).collect();
        let objects = objects(&parsed);
        let mut linked = Self::default();
        if let Some(work) = objects.iter().find(|object| is_type(object, is_work)) {
            linked.take_work(work);
        }
        let site = objects.iter().find(|object| is_type(object, |t| t == "WebSite"));
        linked.site_name = linked.site_name.or_else(|| site.and_then(|site| name_of(site)).map(text));
        linked
    }

    fn take_work(&mut self, work: &Value) {
        let text_of = |key: &str| work.get(key).and_then(Value::as_str).map(text);
        self.headline = text_of("headline").or_else(|| text_of("name"));
        self.date = text_of("datePublished").or_else(|| text_of("dateCreated")).or_else(|| text_of("uploadDate"));
        self.language = text_of("inLanguage");
        self.authors = ["author", "creator"].iter().find_map(|key| work.get(key)).map(names_in).unwrap_or_default();
        self.site_name = work.get("publisher").and_then(name_of).map(text);
    }
}

/// Some pages wrap their JSON in comments or CDATA for the sake of old parsers.
fn uncommented(script: &str) -> &str {
    let start = script.find(['{', '[']).unwrap_or(0);
    let end = script.rfind(['}', ']']).map_or(script.len(), |end| end + 1);
    script.get(start..end).unwrap_or(script)
}

/// All objects, outer ones first, that are documents or sites of their own, not parts of others.
fn objects(values: &[Value]) -> Vec<&Value> {
    let mut queue: std::collections::VecDeque<&Value> = values.iter().collect();
    let mut objects = Vec::new();
    while let Some(value) = queue.pop_front() {
        match value {
            Value::Array(items) => queue.extend(items),
            Value::Object(fields) => {
                objects.push(value);
                queue.extend(["@graph", "mainEntity", "mainEntityOfPage", "isPartOf"].iter().filter_map(|key| fields.get(*key)));
            }
            _ => {}
        }
        if objects.len() >= MAX_OBJECTS {
            break;
        }
    }
    objects
}

fn is_type(object: &Value, is_wanted: impl Fn(&str) -> bool) -> bool {
    match object.get("@type") {
        Some(Value::String(name)) => is_wanted(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is_wanted),
        _ => false,
    }
}

fn is_work(name: &str) -> bool {
    const WORKS: [&str; 12] = [
        "BlogPosting",
        "Report",
        "Recipe",
        "DiscussionForumPosting",
        "QAPage",
        "Product",
        "Event",
        "Course",
        "HowTo",
        "FAQPage",
        "Book",
        "CreativeWork",
    ];
    name.ends_with("Article") || WORKS.contains(&name)
}

fn text(value: &str) -> String {
    plain(value).into_owned()
}

fn name_of(value: &Value) -> Option<&str> {
    match value {
        Value::String(name) => Some(name),
        Value::Array(items) => items.iter().find_map(name_of),
        _ => value.get("name").and_then(Value::as_str),
    }
}

fn names_in(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => names(items.iter().filter_map(name_of)),
        one => names(name_of(one)),
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

    #[test]
    fn titles_are_text_already() {
        let title = "<div>: The Content Division element";
        let markup = Markup { title: title.into(), ..Markup::default() };
        assert_eq!(metadata(&markup).title, title);
        let markup = Markup { h1: "AT&amp;T &lt;b&gt;".into(), ..Markup::default() };
        assert_eq!(metadata(&markup).title, "AT&T <b>");
    }

    #[test]
    fn titles_are_not_read_as_elements_that_multiply() {
        let fonts: String = (0..1 << 14).map(|i| format!("<font a={i}>")).collect();
        let markup = Markup { title: format!("<p>{fonts}<p>").repeat(16), ..Markup::default() };
        assert!(metadata(&markup).title.starts_with("<p><font a=0>"));
    }

    #[test]
    fn authors_are_names_without_their_bylines() {
        let mut markup = Markup::default();
        markup.meta("author", "", "", "By Ann\u{200b} Hill");
        markup.meta("author", "", "", "Byron West");
        assert_eq!(metadata(&markup).author, "Ann Hill; Byron West");
    }

    #[test]
    fn authors_are_told_once_and_up_to_a_bound() {
        let mut markup = Markup::default();
        for i in 0..1 << 19 {
            markup.meta("author", "", "", &format!("Ann {i}"));
            markup.meta("author", "", "", "Ann 0");
        }
        let author = metadata(&markup).author;
        assert!(author.starts_with("Ann 0; Ann 1; Ann 2") && author.split("; ").count() == MAX_AUTHORS);
    }

    #[test]
    fn linked_data_beyond_a_bound_is_not_parsed() {
        let article = r#"{"@type":"Article","headline":"H"}"#;
        let markup =
            Markup { json_ld: vec![format!("[{}0]", "0,".repeat(MAX_LINKED_DATA)), article.into()], ..Markup::default() };
        assert_eq!(metadata(&markup).title, "H");
        let markup = Markup { json_ld: vec![format!("[{}{article}]", "0,".repeat(MAX_LINKED_DATA))], ..Markup::default() };
        assert_eq!(metadata(&markup).title, "");
    }

    #[test]
    fn json_ld_comes_before_meta() {
        let mut markup = Markup { title: "A tale | The Site".into(), ..Markup::default() };
        markup.meta("author", "", "", "Someone Else");
        markup.meta("", "og:site_name", "", "The Site");
        markup.meta("", "og:title", "", "A tale &amp; <b>more</b>");
        assert_eq!(metadata(&markup).title, "A tale & more");
        assert_eq!(metadata(&markup).author, "Someone Else");
        markup.json_ld.push(r#"{"@graph":[{"@type":"WebPage","name":"x"},{"@type":["NewsArticle"],"headline":"H","author":[{"name":"A B"},"C D"],"datePublished":"2020-01-02"}]}"#.into());
        let found = metadata(&markup);
        assert_eq!((found.title.as_str(), found.author.as_str(), found.date_published.as_str()), ("H", "A B; C D", "2020-01-02"));
    }
}
