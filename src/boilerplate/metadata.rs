//! Title, author, date, language, canonical URL and site, as the page gives them.

mod authors;
mod bylines;
mod calendar;
mod date_lines;
mod dates;
mod linked_data;
mod titles;

use linked_data::LinkedData;
pub(super) use linked_data::article_body;
use url::Url;

use super::markup::Markup;
use super::opening::Opening;
use super::plain::plain;
use super::references;
use super::white_space::push_collapsed;
use crate::document::{Metadata, Provenance};

/// Where a page was found, and when: ISO 8601.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Visit<'a> {
    address: &'a str,
    date: &'a str,
}

impl<'a> From<&'a Provenance> for Visit<'a> {
    fn from(provenance: &'a Provenance) -> Self {
        Self { address: &provenance.url, date: &provenance.date_crawled }
    }
}

impl Visit<'_> {
    fn host(self) -> String {
        Url::parse(self.address).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// Weighs what the markup says: JSON-LD before Open Graph before other `<meta>` elements before the body's own marks, and these before
/// what only a reader sees. The lines that the text begins with tell what of the title is the site's.
pub(super) fn metadata(markup: &Markup, beginning: &[&str], opening: &Opening<'_>, visit: Visit<'_>) -> Metadata {
    // What opens a site's first page is about one of the texts that it leads to.
    let opening = if is_home(visit.address) { &Opening::default() } else { opening };
    let linked = LinkedData::read(&markup.json_ld);
    let meta = |names: &[&str]| markup.first_meta(names).map(text);
    let site_name = first([meta(&["og:site_name", "application-name"]), linked.site_name.clone()]);
    let addresses = [&markup.canonical_url, markup.first_meta(&["og:url"]).unwrap_or_default()];
    let canonical_url = first(addresses.map(|address| Some(unescaped(address))));
    Metadata {
        title: titles::title(markup, &linked, &site_name, beginning, &visit.host()),
        author: authors::author(markup, &linked, &site_name, opening),
        date_published: dates::date(markup, &linked, opening, &canonical_url, visit),
        language: first([
            Some(markup.language.clone()),
            meta(&["content-language", "dc.language", "og:locale", "language"]),
            linked.language.clone(),
        ]),
        canonical_url,
        site_name,
    }
}

/// What is known of plain text with this title.
pub(super) fn of_plain_text(title: &str, beginning: &[&str], opening: &Opening<'_>, provenance: &Provenance) -> Metadata {
    let mut markup = Markup { title: title.to_owned(), ..Markup::default() };
    if let Some(site) = titles::site_in(title, &provenance.host()) {
        markup.meta("", "og:site_name", "", site);
    }
    metadata(&markup, beginning, opening, provenance.into())
}

/// The first candidate that is not blank, on one line.
fn first<const N: usize>(candidates: [Option<String>; N]) -> String {
    candidates.into_iter().flatten().map(|text| on_one_line(&text)).find(|text| !text.is_empty()).unwrap_or_default()
}

/// An address or a text without tags, which may have been escaped once too often.
fn unescaped(value: &str) -> String {
    references::decoded_value(value)
}

/// Whether it is the address of a site, not of one of its pages.
fn is_home(address: &str) -> bool {
    let is_index = |path: &str| matches!(path, "/" | "/index.html" | "/index.htm" | "/index.php");
    Url::parse(address).is_ok_and(|url| is_index(url.path()) && url.query().is_none())
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
pub(super) mod tests {
    use super::*;

    /// What the markup alone says of a page whose text begins with these lines.
    pub(in crate::boilerplate) fn of_markup(markup: &Markup, beginning: &[&str]) -> Metadata {
        metadata(markup, beginning, &Opening::default(), Visit::default())
    }

    #[test]
    fn the_first_page_of_a_site_has_no_day_of_its_own() {
        let opening = Opening { below: vec!["By Ann Hill", "17 March 2012"], blocks_below: 1..3, ..Opening::default() };
        let of_address = |address| metadata(&Markup::default(), &[], &opening, Visit { address, date: "" });
        let page = of_address("https://example.com/storms");
        assert_eq!((page.author.as_str(), page.date_published.as_str()), ("Ann Hill", "2012-03-17"));
        for home in ["https://example.com/", "https://example.com/index.html"].map(of_address) {
            assert_eq!((home.author.as_str(), home.date_published.as_str()), ("", ""));
        }
    }

    #[test]
    fn json_ld_comes_before_meta() {
        let mut markup = Markup { title: "A tale | The Site".into(), ..Markup::default() };
        markup.meta("author", "", "", "Someone Else");
        markup.meta("", "og:site_name", "", "The Site");
        markup.meta("", "og:title", "", "A tale &amp; <b>more</b>");
        assert_eq!(of_markup(&markup, &[]).title, "A tale & more");
        assert_eq!(of_markup(&markup, &[]).author, "Someone Else");
        markup.json_ld.push(r#"{"@graph":[{"@type":"WebPage","name":"x"},{"@type":["NewsArticle"],"headline":"H","author":[{"name":"A B"},"C D"],"datePublished":"2020-01-02"}]}"#.into());
        let found = of_markup(&markup, &[]);
        assert_eq!((found.title.as_str(), found.author.as_str(), found.date_published.as_str()), ("H", "A B; C D", "2020-01-02"));
    }
}
