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
use crate::lines::is_unspaced;

/// What sites put between a page's title and their name.
const SEPARATORS: [&str; 12] = [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", "｜", "_", "|"];

/// Signs of these separators, and the colon that stands behind a site's name.
const SIGNS: [char; 13] = ['|', '-', '–', '—', '·', '•', '»', '«', '›', '‹', '｜', '_', ':'];
/// Signs that no title has inside, so that no blank needs to stand beside them.
const BARE_SIGNS: [char; 4] = ['|', '｜', '_', '»'];
/// Characters of a heading; shorter ones may be anything.
const MIN_HEADING: usize = 4;
/// Share of the title that a line of the text says if it is the heading that the title was made of; the rest is the site's.
const LEAST_OF_TITLE: f64 = 0.4;

/// Weighs what the markup says: JSON-LD before Open Graph before other `<meta>` elements before the body's own marks. The lines that
/// the text begins with tell what of the title is the site's.
pub(super) fn metadata(markup: &Markup, beginning: &[&str]) -> Metadata {
    let linked = LinkedData::read(&markup.json_ld);
    let meta = |names: &[&str]| markup.first_meta(names).map(text);
    let site_name = first([meta(&["og:site_name", "application-name"]), linked.site_name.clone()]);
    Metadata {
        title: title(markup, &linked, &site_name, beginning),
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

fn title(markup: &Markup, linked: &LinkedData, site_name: &str, beginning: &[&str]) -> String {
    // By its own rules Open Graph is written as properties.
    let declared = markup.first_property("og:title");
    let declared =
        declared.or_else(|| markup.first_meta(&["og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title"]));
    let [declared, itemprop] = [declared, markup.all_itemprops("headline").next()].map(|value| value.map(text));
    let [window, h1] = [&markup.title, &markup.h1].map(|title| on_one_line(&unescaped(title)));
    let candidates = [linked.headline.clone(), declared, itemprop, linked.page_title.clone(), Some(window), Some(h1.clone())];
    let title = first(candidates);
    let title = without_site(&title, site_name);
    // A main heading that the text does not begin with may be the site's name, which stands at the end of most titles.
    let main_heading = || part_of(title, &h1).filter(|part| title.starts_with(part));
    heading_in(title, site_name, beginning).or_else(main_heading).unwrap_or(title).to_owned()
}

/// The longest part of a title that is one of these lines, unless the title is about something else as well.
fn heading_in<'a>(title: &'a str, site_name: &str, lines: &[&str]) -> Option<&'a str> {
    let is_most = |part: &&str| part.len() as f64 >= title.len() as f64 * LEAST_OF_TITLE && *part != site_name;
    let short = lines.iter().filter(|line| line.len() <= title.len());
    short.filter_map(|line| part_of(title, &on_one_line(line))).filter(is_most).max_by_key(|part| part.len())
}

/// A line as part of a title, if signs part it from what else the title says.
fn part_of<'a>(title: &'a str, line: &str) -> Option<&'a str> {
    if line.chars().take(MIN_HEADING).count() < MIN_HEADING {
        return None;
    }
    let at = title.find(line)?;
    let (before, behind) = (&title[..at], &title[at + line.len()..]);
    let is_apart = |sign: Option<char>, is_behind_blank: bool| {
        let is_sign =
            |sign: char| SIGNS.contains(&sign) && (is_behind_blank || BARE_SIGNS.contains(&sign) || line.ends_with(is_unspaced));
        sign.is_some_and(is_sign)
    };
    let (last, next) = (before.trim_end(), behind.trim_start());
    let is_begun = last.is_empty() || is_apart(last.chars().next_back(), before.len() > last.len());
    let is_ended = next.is_empty() || !next.starts_with(':') && is_apart(next.chars().next(), behind.len() > next.len());
    (is_begun && is_ended).then(|| &title[at..at + line.len()])
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
        assert_eq!(metadata(&markup, &[]).title, title);
        let markup = Markup { h1: "AT&amp;T &lt;b&gt;".into(), ..Markup::default() };
        assert_eq!(metadata(&markup, &[]).title, "AT&T <b>");
    }

    #[test]
    fn titles_are_what_the_text_is_headed_by() {
        let check = |title: &str, h1: &str, beginning: &[&str], expected: &str| {
            let markup = Markup { title: title.into(), h1: h1.into(), ..Markup::default() };
            assert_eq!(metadata(&markup, beginning).title, expected);
        };
        check("A tale | The Site", "A tale", &[], "A tale");
        check(
            "The Daily | News | Owls fly north again",
            "The Daily",
            &["By Ann", "Owls fly\nnorth again"],
            "Owls fly north again",
        );
        check("The Daily: Owls fly north", "", &["Owls fly north"], "Owls fly north");
        check("Owls fly north - The Daily", "The Daily", &["By Ann"], "Owls fly north - The Daily");
        check("猫头鹰向北飞去-《日报》", "", &["猫头鹰向北飞去"], "猫头鹰向北飞去");
        check("Owls: a natural history", "", &["Owls: a natural", "Owls"], "Owls: a natural history");
        check("Owls fly north-east of here", "", &["Owls fly north"], "Owls fly north-east of here");
        check(
            "Owls fly north - The Very Long Name of This Site",
            "",
            &["Owls"],
            "Owls fly north - The Very Long Name of This Site",
        );
        check("The Owl - The Very Long Name of This Daily", "", &["The Owl"], "The Owl - The Very Long Name of This Daily");
    }

    #[test]
    fn the_title_of_open_graph_is_a_property() {
        let mut markup = Markup::default();
        markup.meta("og:title", "", "", "The Site");
        markup.meta("", "og:title", "", "A tale");
        assert_eq!(metadata(&markup, &[]).title, "A tale");
    }

    #[test]
    fn titles_are_not_read_as_elements_that_multiply() {
        let fonts: String = (0..1 << 14).map(|i| format!("<font a={i}>")).collect();
        let markup = Markup { title: format!("<p>{fonts}<p>").repeat(16), ..Markup::default() };
        assert!(metadata(&markup, &[]).title.starts_with("<p><font a=0>"));
    }

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
