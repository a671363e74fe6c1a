//! Title, author, date, language, canonical URL and site, as the page gives them.

mod authors;
mod dates;
mod linked_data;

use linked_data::LinkedData;

use super::markup::Markup;
use super::plain::plain;
use super::references;
use super::white_space::push_collapsed;
use crate::document::Metadata;

/// What sites put between a page's title and their name.
const SEPARATORS: [&str; 12] = [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", "｜", "_", "|"];

/// Weighs what the markup says: JSON-LD before Open Graph before other `<meta>` elements before the body's own marks.
pub(super) fn metadata(markup: &Markup) -> Metadata {
    let linked = LinkedData::read(&markup.json_ld);
    let meta = |names: &[&str]| markup.first_meta(names).map(text);
    let site_name = first([meta(&["og:site_name", "application-name"]), linked.site_name.clone()]);
    Metadata {
        title: title(markup, &linked, &site_name),
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
    // By its own rules Open Graph is written as properties.
    let declared = markup.first_property("og:title");
    let declared =
        declared.or_else(|| markup.first_meta(&["og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title"]));
    let [declared, itemprop] = [declared, markup.all_itemprops("headline").next()].map(|value| value.map(text));
    let [window, heading] = [window_title(markup), unescaped(&markup.h1)].map(Some);
    let title = first([linked.headline.clone(), declared, itemprop, linked.page_title.clone(), window, heading]);
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

fn text(value: &str) -> String {
    plain(value).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_text_already() {
        let title = "<div>: The Content Division element";
        let markup = Markup { title: title.into(), ..Markup::default() };
        assert_eq!(metadata(&markup).title, title);
        let markup = Markup { h1: "AT&amp;T &lt;b&gt;".into(), ..Markup::default() };
        assert_eq!(metadata(&markup).title, "AT&T <b>");
    }

    #[test]
    fn the_title_of_open_graph_is_a_property() {
        let mut markup = Markup::default();
        markup.meta("og:title", "", "", "The Site");
        markup.meta("", "og:title", "", "A tale");
        assert_eq!(metadata(&markup).title, "A tale");
    }

    #[test]
    fn titles_are_not_read_as_elements_that_multiply() {
        let fonts: String = (0..1 << 14).map(|i| format!("<font a={i}>")).collect();
        let markup = Markup { title: format!("<p>{fonts}<p>").repeat(16), ..Markup::default() };
        assert!(metadata(&markup).title.starts_with("<p><font a=0>"));
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
