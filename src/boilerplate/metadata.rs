//! Title, author, date, language, canonical URL and site, as the page gives them.

use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;
use serde_json::Value;

use super::markup::Markup;
use crate::document::Metadata;

/// What sites put between a page's title and their name.
const SEPARATORS: [&str; 12] = [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", "｜", "_", "|"];
/// JSON-LD objects that are looked at; product pages list thousands.
const MAX_OBJECTS: usize = 500;

/// Weighs what the markup says: JSON-LD before Open Graph before other `<meta>` elements before the body's own marks.
pub(super) fn metadata(markup: &Markup) -> Metadata {
    let linked = LinkedData::read(&markup.json_ld);
    let meta = |names: &[&str]| markup.first_meta(names).map(str::to_owned);
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
        canonical_url: first([Some(markup.canonical_url.clone()), meta(&["og:url"])]),
        site_name,
    }
}

/// The first candidate that is not blank, on one line.
fn first<const N: usize>(candidates: [Option<String>; N]) -> String {
    candidates.into_iter().flatten().map(|text| on_one_line(&text)).find(|text| !text.is_empty()).unwrap_or_default()
}

fn on_one_line(text: &str) -> String {
    let plain = if text.contains(['&', '<']) { super::html::unescaped(text) } else { text.to_owned() };
    let visible: String = plain.chars().map(|c| if c.is_control() || c == '\u{a0}' { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn title(markup: &Markup, linked: &LinkedData, site_name: &str) -> String {
    let declared =
        markup.first_meta(&["og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title"]).map(str::to_owned);
    let itemprop = markup.first_itemprop("headline").map(str::to_owned);
    let title = first([linked.headline.clone(), declared, itemprop, Some(window_title(markup)), Some(markup.h1.clone())]);
    without_site(&title, site_name).to_owned()
}

/// The `<title>`, reduced to the main heading where that is a part of it.
fn window_title(markup: &Markup) -> String {
    let title = on_one_line(&markup.title);
    let h1 = on_one_line(&markup.h1);
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
    let mut names: Vec<String> = linked.authors.clone();
    for meta in ["citation_author", "author", "dc.creator", "dcterms.creator", "article:author", "parsely-author"] {
        if names.is_empty() {
            names = markup.all_metas(meta).map(on_one_line).filter(|name| is_name(name)).collect();
        }
    }
    if names.is_empty() {
        names = markup.first_itemprop("author").map(on_one_line).filter(|name| is_name(name)).into_iter().collect();
    }
    let mut unique: Vec<String> = Vec::new();
    for name in names {
        if !unique.contains(&name) {
            unique.push(name);
        }
    }
    unique.join("; ")
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
    let day = dashed.get(..10).filter(|day| day.parse::<Date>().is_ok())?;
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
        let parsed: Vec<Value> = scripts.iter().filter_map(|script| serde_json::from_str(uncommented(script)).ok()).collect();
        let objects = objects(&parsed);
        let mut linked = Self::default();
        if let Some(work) = objects.iter().find(|object| is_type(object, is_work)) {
            linked.take_work(work);
        }
        let site = objects.iter().find(|object| is_type(object, |t| t == "WebSite"));
        linked.site_name = linked.site_name.or_else(|| site.and_then(|site| name_of(site)));
        linked
    }

    fn take_work(&mut self, work: &Value) {
        let text = |key: &str| work.get(key).and_then(Value::as_str).map(str::to_owned);
        self.headline = text("headline").or_else(|| text("name"));
        self.date = text("datePublished").or_else(|| text("dateCreated")).or_else(|| text("uploadDate"));
        self.language = text("inLanguage");
        self.authors = ["author", "creator"].iter().find_map(|key| work.get(key)).map(names).unwrap_or_default();
        self.site_name = work.get("publisher").and_then(name_of);
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

fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.clone()),
        Value::Array(items) => items.iter().find_map(name_of),
        _ => value.get("name").and_then(Value::as_str).map(str::to_owned),
    }
}

fn names(value: &Value) -> Vec<String> {
    let names = match value {
        Value::Array(items) => items.iter().filter_map(name_of).collect(),
        one => name_of(one).into_iter().collect::<Vec<_>>(),
    };
    names.iter().map(|name| on_one_line(name)).filter(|name| is_name(name)).collect()
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
        check("last week", None);
        check("2013-09-2０x", None);
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
