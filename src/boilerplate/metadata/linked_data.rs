//! What a page's JSON-LD says of it (schema.org).

use serde_json::Value;

use super::authors::names;
use super::text;

/// JSON-LD objects that are looked at; product pages list thousands.
const MAX_OBJECTS: usize = 500;
/// Bytes of a page's JSON-LD that are parsed, which takes up to 48 times as much memory; the longest of 741 pages had 74,000.
const MAX_LINKED_DATA: usize = 1 << 20;

/// What the objects say that are the page or its site.
#[derive(Debug, Default)]
pub(super) struct LinkedData {
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) date: Option<String>,
    pub(super) language: Option<String>,
    pub(super) site_name: Option<String>,
}

impl LinkedData {
    pub(super) fn read(scripts: &[String]) -> Self {
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
        let authors = ["author", "creator"].iter().filter_map(|key| work.get(key)).map(names_in);
        self.authors = authors.into_iter().find(|names| !names.is_empty()).unwrap_or_default();
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
    use super::super::metadata;
    use super::*;
    use crate::boilerplate::markup::Markup;

    #[test]
    fn linked_data_beyond_a_bound_is_not_parsed() {
        let article = r#"{"@type":"Article","headline":"H"}"#;
        let markup =
            Markup { json_ld: vec![format!("[{}0]", "0,".repeat(MAX_LINKED_DATA)), article.into()], ..Markup::default() };
        assert_eq!(metadata(&markup).title, "H");
        let markup = Markup { json_ld: vec![format!("[{}{article}]", "0,".repeat(MAX_LINKED_DATA))], ..Markup::default() };
        assert_eq!(metadata(&markup).title, "");
    }
}
