//! What a page's JSON-LD says of it (schema.org).

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::Value;

use super::authors::names;
use super::calendar::iso_date;

/// JSON-LD objects that are looked at; product pages list thousands.
const MAX_OBJECTS: usize = 500;
/// Bytes of a page's JSON-LD that are parsed, which takes up to 48 times as much memory; the longest of 741 pages had 74,000.
const MAX_LINKED_DATA: usize = 1 << 20;

/// What the objects say that are the page or its site.
#[derive(Debug, Default)]
pub(super) struct LinkedData {
    /// Of the first work that has one; so are the authors, if it has the same title, or else those of the page.
    pub(super) headline: Option<String>,
    pub(super) page_title: Option<String>,
    pub(super) authors: Vec<String>,
    /// When the article by that title was published, in ISO 8601.
    pub(super) date: Option<String>,
    pub(super) page_date: Option<String>,
    /// That of a recipe or the like, which may be older than the page that it stands on.
    pub(super) work_date: Option<String>,
    /// What comes first, of events and works, is an event.
    pub(super) is_of_event: bool,
    pub(super) language: Option<String>,
    pub(super) site_name: Option<String>,
}

impl LinkedData {
    pub(super) fn read(scripts: &[String]) -> Self {
        let values = values(scripts);
        let objects = objects(&values);
        let works: Vec<&Value> = objects.iter().copied().filter(|object| is_type(object, is_work)).collect();
        let pages: Vec<&Value> = objects.iter().copied().filter(|object| is_type(object, is_web_page)).collect();
        let first = works.first();
        let first_of_all = objects.iter().find(|object| is_type(object, |name| is_work(name) || is_event(name)));
        let title = first.and_then(|work| title_of(work));
        // Works by another title are other works, such as those that are related.
        let is_same = |work: &&&Value| title.is_none() || title_of(work).is_none_or(|other| Some(other) == title);
        let about_text = || works.iter().filter(is_same).chain(&pages).copied();
        let by_id = with_names(&objects);
        let site = objects.iter().find(|object| is_type(object, |name| name == "website"));
        Self {
            headline: works.iter().copied().find_map(title_of),
            page_title: pages.iter().copied().find_map(title_of),
            authors: about_text().map(|work| authors_of(work, &by_id)).find(|names| !names.is_empty()).unwrap_or_default(),
            date: works.iter().filter(is_same).filter(|work| is_type(work, is_article)).copied().find_map(date_of),
            page_date: pages.iter().copied().find_map(date_of),
            work_date: works.iter().filter(is_same).filter(|work| !is_type(work, is_dated_otherwise)).copied().find_map(date_of),
            is_of_event: first_of_all.is_some_and(|object| is_type(object, is_event)),
            language: first.and_then(|work| text_of(work, "inLanguage")),
            site_name: first.and_then(|work| name_of(work.get("publisher")?)).or_else(|| name_of(site?)).map(|name| text(&name)),
        }
    }
}

/// The text of the first work that has one, with or without tags.
pub(in crate::boilerplate) fn article_body(scripts: &[String]) -> Option<String> {
    let values = values(scripts);
    let works = objects(&values).into_iter().filter(|object| is_type(object, is_work));
    works.filter_map(|work| work.get("articleBody")?.as_str()).find(|text| !text.trim().is_empty()).map(str::to_owned)
}

fn values(scripts: &[String]) -> Vec<Value> {
    let mut left = MAX_LINKED_DATA;
    let fitting = scripts.iter().map(|script| uncommented(script)).filter(|script| {
        let rest = left.checked_sub(script.len());
        left = rest.unwrap_or(left);
        rest.is_some()
    });
    fitting.filter_map(parsed).collect()
}

/// What programs write into JSON they often escape for HTML, and then once more.
fn text(value: &str) -> String {
    super::unescaped(&super::text(value))
}

fn text_of(object: &Value, key: &str) -> Option<String> {
    object.get(key).and_then(Value::as_str).map(text)
}

fn title_of(work: &Value) -> Option<String> {
    ["headline", "name"].iter().filter_map(|key| text_of(work, key)).find(|title| !title.trim().is_empty())
}

fn date_of(work: &Value) -> Option<String> {
    ["datePublished", "dateCreated", "uploadDate"].iter().find_map(|key| iso_date(&text_of(work, key)?))
}

fn authors_of(work: &Value, by_id: &ById) -> Vec<String> {
    let authors = ["author", "creator"].iter().filter_map(|key| work.get(key)).map(|authors| names_in(authors, by_id));
    authors.into_iter().find(|names| !names.is_empty()).unwrap_or_default()
}

/// Objects that others refer to, by their `@id`.
type ById<'a> = HashMap<&'a str, &'a Value>;

fn with_names<'a>(objects: &[&'a Value]) -> ById<'a> {
    let mut by_id = ById::new();
    for &object in objects.iter().filter(|object| name_of(object).is_some()) {
        if let Some(id) = object.get("@id").and_then(Value::as_str) {
            by_id.entry(id).or_insert(object);
        }
    }
    by_id
}

/// Some pages wrap their JSON in comments or CDATA for the sake of old parsers.
fn uncommented(script: &str) -> &str {
    // The brackets of CDATA are none of the JSON.
    let script = match script.split_once("<![CDATA[") {
        Some((before, inside)) if !before.contains(['{', '[']) => inside.rsplit_once("]]>").map_or(inside, |(inside, _)| inside),
        _ => script,
    };
    let start = script.find(['{', '[']).unwrap_or(0);
    let end = script.rfind(['}', ']']).map_or(script.len(), |end| end + 1);
    script.get(start..end).unwrap_or(script)
}

/// Strings that were pasted in have their line feeds and tabs as they are, which JSON does not allow.
fn parsed(script: &str) -> Option<Value> {
    let without_controls = || script.replace(|c: char| c < ' ', " ");
    serde_json::from_str(script).or_else(|_| serde_json::from_str(&without_controls())).ok()
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

/// Whether one of the object's types, in small letters and without the vocabulary it is from, is wanted.
fn is_type(object: &Value, is_wanted: impl Fn(&str) -> bool) -> bool {
    let is_wanted = |name: &str| is_wanted(&name.rsplit(['/', ':']).next().unwrap_or(name).to_ascii_lowercase());
    match object.get("@type") {
        Some(Value::String(name)) => is_wanted(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is_wanted),
        _ => false,
    }
}

fn is_article(name: &str) -> bool {
    name.ends_with("article")
        || name.ends_with("blogposting")
        || matches!(name, "discussionforumposting" | "qapage" | "report" | "socialmediaposting")
}

/// Pages about these are not as old as they are.
fn is_dated_otherwise(name: &str) -> bool {
    matches!(name, "book" | "course" | "event")
}

/// `Event`, `MusicEvent`, `SportsEvent`
fn is_event(name: &str) -> bool {
    name.ends_with("event") || matches!(name, "eventseries" | "festival" | "hackathon")
}

fn is_work(name: &str) -> bool {
    const WORKS: [&str; 8] = ["recipe", "product", "event", "course", "howto", "faqpage", "book", "creativework"];
    is_article(name) || WORKS.contains(&name)
}

fn is_web_page(name: &str) -> bool {
    name.ends_with("webpage")
}

fn name_of(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(name) => Some(name.into()),
        Value::Array(items) => items.iter().find_map(name_of),
        _ => value
            .get("name")
            .and_then(Value::as_str)
            .filter(|name| !name.trim().is_empty())
            .map(Cow::from)
            .or_else(|| personal_name(value)),
    }
}

fn personal_name(person: &Value) -> Option<Cow<'_, str>> {
    let names: Vec<&str> = ["givenName", "familyName"].iter().filter_map(|key| person.get(key)?.as_str()).collect();
    (!names.is_empty()).then(|| names.join(" ").into())
}

fn names_in(value: &Value, by_id: &ById) -> Vec<String> {
    let name = |value| author_name(value, by_id).map(|name| text(&name));
    match value {
        Value::Array(items) => names(items.iter().filter_map(name)),
        one => names(name(one)),
    }
}

/// A string may be the `@id` of what stands elsewhere; an object that has one may have a name as well.
fn author_name<'a>(value: &'a Value, by_id: &ById<'a>) -> Option<Cow<'a, str>> {
    let referred = |id: &str| by_id.get(id).copied().and_then(name_of);
    match value {
        Value::String(name) => referred(name).or_else(|| name_of(value)),
        _ => name_of(value).or_else(|| referred(value.get("@id")?.as_str()?)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::of_markup;
    use super::*;
    use crate::boilerplate::markup::Markup;

    #[test]
    fn linked_data_beyond_a_bound_is_not_parsed() {
        let article = r#"{"@type":"Article","headline":"H"}"#;
        let markup =
            Markup { json_ld: vec![format!("[{}0]", "0,".repeat(MAX_LINKED_DATA)), article.into()], ..Markup::default() };
        assert_eq!(of_markup(&markup, &[]).title, "H");
        let markup = Markup { json_ld: vec![format!("[{}{article}]", "0,".repeat(MAX_LINKED_DATA))], ..Markup::default() };
        assert_eq!(of_markup(&markup, &[]).title, "");
    }

    fn of_script(script: &str) -> LinkedData {
        LinkedData::read(&[script.to_owned()])
    }

    #[test]
    fn what_the_first_work_lacks_the_next_or_the_page_has() {
        let found = of_script(
            r#"[{"@type":"WebPage","name":"Page","datePublished":"2001-01-01","author":"Bob West"},
                {"@type":"http://schema.org/recipe","name":"Fish soup","datePublished":"soon","inLanguage":"en"},
                {"@type":"Article","headline":"Related","author":"Somebody Else","datePublished":"1999-01-01"},
                {"@type":"NEWSARTICLE","headline":"Fish soup","author":"Ann Hill","inLanguage":"de"}]"#,
        );
        assert_eq!((found.headline.as_deref(), found.page_title.as_deref()), (Some("Fish soup"), Some("Page")));
        assert_eq!((found.authors, found.page_date.as_deref()), (vec!["Ann Hill".to_owned()], Some("2001-01-01")));
        assert_eq!((found.date, found.work_date), (None, None));
        assert_eq!(found.language.as_deref(), Some("en"));
    }

    #[test]
    fn pages_of_events_are_told() {
        let check = |types: [&str; 2], expected: bool| {
            let objects = types.map(|name| format!(r#"{{"@type":"{name}","name":"Storms"}}"#)).join(",");
            assert_eq!(of_script(&format!("[{objects}]")).is_of_event, expected, "{types:?}");
        };
        check(["WebSite", "Event"], true);
        check(["MusicEvent", "Article"], true);
        check(["Article", "MusicEvent"], false);
        check(["WebSite", "Recipe"], false);
    }

    #[test]
    fn control_characters_inside_strings_are_blanks() {
        let found = of_script("{\"@type\":\"Article\",\n\"headline\":\"Storms\r\n\thit\u{1}the pier\"}");
        assert_eq!(found.headline.as_deref(), Some("Storms   hit the pier"));
        assert_eq!(of_script(r#"{"@type":"Article","headline":"H",}"#).headline, None);
    }

    #[test]
    fn authors_may_stand_elsewhere_or_in_parts() {
        let found = of_script(
            r##"{"@graph":[{"@type":"Article","author":["#ann",{"@id":"#none"},{"@id":"#ann","name":"A. Hill"},{"givenName":"Bob","familyName":"West"}]},
                {"@type":"Person","@id":"#ann"},{"@type":"Person","@id":"#ann","name":"Ann Hill"}]}"##,
        );
        assert_eq!(found.authors, ["Ann Hill", "A. Hill", "Bob West"]);
    }

    #[test]
    fn text_that_was_escaped_twice_is_as_it_was_meant() {
        let found = of_script(r#"{"@type":"Article","name":"Fish &amp;amp; chips","author":{"name":"Ann &amp;amp; Bob"}}"#);
        assert_eq!((found.headline.as_deref(), found.authors), (Some("Fish & chips"), vec!["Ann & Bob".to_owned()]));
    }

    #[test]
    fn json_is_read_inside_of_comments_and_cdata() {
        for (before, behind) in [("", ";"), ("<!-- ", " -->"), ("//<![CDATA[\n", "\n//]]>"), ("<![CDATA[", "]]>")] {
            let found = of_script(&format!(r#"{before}[{{"@type":"Article","headline":"H]]> <![CDATA["}}]{behind}"#));
            assert_eq!(found.headline.as_deref(), Some("H]]> <![CDATA["), "{before}");
        }
    }
}
