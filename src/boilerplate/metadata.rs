//! Title, author, date, language, canonical URL and site, as the page gives them.

mod authors;
mod dates;
mod linked_data;
mod titles;

use linked_data::LinkedData;

use super::markup::Markup;
use super::plain::plain;
use super::references;
use super::white_space::push_collapsed;
use crate::document::Metadata;

/// Weighs what the markup says: JSON-LD before Open Graph before other `<meta>` elements before the body's own marks. The lines that
/// the text begins with tell what of the title is the site's.
pub(super) fn metadata(markup: &Markup, beginning: &[&str]) -> Metadata {
    let linked = LinkedData::read(&markup.json_ld);
    let meta = |names: &[&str]| markup.first_meta(names).map(text);
    let site_name = first([meta(&["og:site_name", "application-name"]), linked.site_name.clone()]);
    Metadata {
        title: titles::title(markup, &linked, &site_name, beginning),
        author: authors::author(markup, &linked),
        date_published: dates::date(markup, &linked),
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

/// What is known of plain text with this title from this host.
pub(super) fn of_plain_text(title: &str, host: &str, beginning: &[&str]) -> Metadata {
    let mut markup = Markup { title: title.to_owned(), ..Markup::default() };
    if let Some(site) = titles::site_in(title, host) {
        markup.meta("", "og:site_name", "", site);
    }
    metadata(&markup, beginning)
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

fn text(value: &str) -> String {
    plain(value).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_ld_comes_before_meta() {
        let mut markup = Markup { title: "A tale | The Site".into(), ..Markup::default() };
        markup.meta("author", "", "", "Someone Else");
        markup.meta("", "og:site_name", "", "The Site");
        markup.meta("", "og:title", "", "A tale &amp; <b>more</b>");
        assert_eq!(metadata(&markup, &[]).title, "A tale & more");
        assert_eq!(metadata(&markup, &[]).author, "Someone Else");
        markup.json_ld.push(r#"{"@graph":[{"@type":"WebPage","name":"x"},{"@type":["NewsArticle"],"headline":"H","author":[{"name":"A B"},"C D"],"datePublished":"2020-01-02"}]}"#.into());
        let found = metadata(&markup, &[]);
        assert_eq!((found.title.as_str(), found.author.as_str(), found.date_published.as_str()), ("H", "A B; C D", "2020-01-02"));
    }
}
