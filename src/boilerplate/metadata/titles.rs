//! What a page is called: its title, without what the site says of itself there.

use super::linked_data::LinkedData;
use super::{first, on_one_line, text, unescaped};
use crate::boilerplate::markup::Markup;
use crate::characters::bare;
use crate::characters::is_unspaced;

/// What sites put between a page's title and their name.
const SEPARATORS: [&str; 13] = [" | ", " : ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", "｜", "_", "|"];

/// What they put before their name only: behind it, what the site is about may follow.
const BEFORE_SITES: &str = ": ";

/// Signs of these separators, and the colon that stands behind a site's name.
const SIGNS: [char; 13] = ['|', '-', '–', '—', '·', '•', '»', '«', '›', '‹', '｜', '_', ':'];
/// Signs that no title has inside, so that no blank needs to stand beside them.
const BARE_SIGNS: [char; 4] = ['|', '｜', '_', '»'];
/// Characters of a heading; shorter ones may be anything.
const MIN_HEADING: usize = 4;
/// Bytes of a heading that is long enough to be nothing else, and all that the title says of its page if it begins with it.
const LONG_HEADING: usize = 24;
/// Share of the title that a line of the text says if it is the heading that the title was made of; the rest is the site's.
const LEAST_OF_TITLE: f64 = 0.4;

pub(super) fn title(markup: &Markup, linked: &LinkedData, site_name: &str, beginning: &[&str], host: &str) -> String {
    // By its own rules Open Graph is written as properties.
    let declared = markup.first_property("og:title");
    let declared =
        declared.or_else(|| markup.first_meta(&["og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title"]));
    let [declared, itemprop] = [declared, markup.all_itemprops("headline").next()].map(|value| value.map(text));
    let [window, h1] = [&markup.title, &markup.h1].map(|title| on_one_line(&unescaped(title)));
    let candidates = [linked.headline.clone(), declared, itemprop, linked.page_title.clone(), Some(window), Some(h1.clone())];
    let title = first(candidates);
    let title = without_site(&title, site_name);
    let title = site_in(title, host).map_or(title, |site| before_site(title, site));
    let title = without_manual(title, markup);
    let title = without_banner(title, &h1, beginning);
    heading_in(title, site_name, beginning).or_else(|| part_of(title, &h1)).unwrap_or(title).to_owned()
}

/// The name of the site at the end of a title, if the site's host is called the same.
pub(super) fn site_in<'a>(title: &'a str, host: &str) -> Option<&'a str> {
    let ends =
        SEPARATORS.iter().chain([&BEFORE_SITES]).filter_map(|separator| title.rfind(separator).map(|at| at + separator.len()));
    let name = title[ends.max()?..].trim();
    let letters = bare(name);
    let host = host.replace('-', "");
    let labels: Vec<&str> = host.split('.').collect();
    let joined = labels.concat();
    let mut start = 0;
    let is_of_host = |label: &&str| {
        let rest = &joined[start..];
        start += label.len();
        **label == letters || rest == letters
    };
    (letters.len() >= MIN_HEADING && labels[..labels.len() - 1].iter().any(is_of_host)).then_some(name)
}

/// Where a page's title has the name of its manual, by the program that made both.
enum Manual {
    InBrackets,
    Behind(&'static str),
}

/// A title without the name of the manual that the page is of, unless it is all that the title says.
fn without_manual<'a>(title: &'a str, markup: &Markup) -> &'a str {
    const MAKERS: [(&str, Manual); 5] = [
        ("javadoc", Manual::InBrackets),
        ("makeinfo", Manual::InBrackets),
        ("texi2any", Manual::InBrackets),
        ("gnu texinfo", Manual::InBrackets),
        ("rustdoc", Manual::Behind(" - Rust")),
    ];
    let generator = markup.first_meta(&["generator"]).unwrap_or_default().to_ascii_lowercase();
    let Some((_, manual)) = MAKERS.iter().find(|(maker, _)| generator.starts_with(maker)) else { return title };
    let parts = match manual {
        Manual::Behind(name) => title.strip_suffix(name).map(|page| (page, page)),
        Manual::InBrackets => before_brackets(title),
    };
    match parts {
        // The first page of a manual in Texinfo.
        Some(("Top", manual)) if !manual.is_empty() => manual,
        Some((page, _)) if !page.is_empty() => page,
        _ => title,
    }
}

/// What stands before the last brackets of a text that ends with them, and inside.
fn before_brackets(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_suffix(')')?;
    let mut open = 1;
    let at = inside.char_indices().rev().find_map(|(at, sign)| {
        open += i32::from(sign == ')') - i32::from(sign == '(');
        (open == 0).then_some(at)
    })?;
    Some((text[..at].trim_end(), inside[at + 1..].trim()))
}

/// A title without the main heading at its end if that is none of the text: it heads all pages of the site.
fn without_banner<'a>(title: &'a str, h1: &str, beginning: &[&str]) -> &'a str {
    let is_of_text = beginning.is_empty() || beginning.iter().any(|line| on_one_line(line).contains(h1));
    if is_of_text || h1.chars().take(MIN_HEADING).count() < MIN_HEADING {
        return title;
    }
    let at = title.len().saturating_sub(h1.len());
    let Some((before, _)) = title.split_at_checked(at).filter(|(_, end)| end.eq_ignore_ascii_case(h1)) else { return title };
    let page = before.trim_end_matches(|sign: char| sign.is_whitespace() || SIGNS.contains(&sign) && sign != ':');
    let is_apart = before[page.len()..].contains(char::is_whitespace) || before.ends_with(BARE_SIGNS);
    let is_parted = before[page.len()..].contains(|sign: char| !sign.is_whitespace());
    if is_parted && is_apart && !page.is_empty() { page } else { title }
}

/// The longest part of a title that is one of these lines, unless the title is about something else as well.
fn heading_in<'a>(title: &'a str, site_name: &str, lines: &[&str]) -> Option<&'a str> {
    let is_title = |part: &str| part.len() >= LONG_HEADING && title.starts_with(part);
    let is_most =
        |part: &&str| (part.len() as f64 >= title.len() as f64 * LEAST_OF_TITLE || is_title(part)) && *part != site_name;
    let short = lines.iter().filter(|line| line.len() <= title.len());
    short.filter_map(|line| heading_part(title, &on_one_line(line))).filter(is_most).max_by_key(|part| part.len())
}

/// A line as part of a title, with its number or without.
fn heading_part<'a>(title: &'a str, line: &str) -> Option<&'a str> {
    part_of(title, line).or_else(|| part_of(title, without_number(line)?))
}

/// What a line says behind the number that it begins with: `4.2. Ferries`, `A.1 Ferries`.
fn without_number(line: &str) -> Option<&str> {
    let (number, rest) = line.split_once(' ')?;
    let is_number = number.contains(|c: char| c.is_ascii_digit())
        && number.split('.').all(|part| part.len() < 2 || part.bytes().all(|b| b.is_ascii_digit()));
    is_number.then(|| rest.trim_start())
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
    cut.map_or_else(|| before_site(title, site_name), str::trim)
}

/// A title without the name of the site at its end.
fn before_site<'a>(title: &'a str, site_name: &str) -> &'a str {
    let before = title.strip_suffix(site_name).unwrap_or_default();
    // A short word before a colon is of what follows: `Category: Owls`.
    let before_colon = || before.strip_suffix(BEFORE_SITES).filter(|page| page.len() >= LONG_HEADING);
    let page = SEPARATORS.iter().find_map(|separator| before.strip_suffix(separator)).or_else(before_colon).map(str::trim);
    page.filter(|page| page.contains(char::is_alphanumeric)).unwrap_or(title)
}

#[cfg(test)]
mod tests {
    use super::super::tests::of_markup;
    use super::*;

    fn check(title: &str, h1: &str, beginning: &[&str], expected: &str) {
        let markup = Markup { title: title.into(), h1: h1.into(), ..Markup::default() };
        assert_eq!(of_markup(&markup, beginning).title, expected);
    }

    #[test]
    fn titles_are_text_already() {
        let title = "<div>: The Content Division element";
        let markup = Markup { title: title.into(), ..Markup::default() };
        assert_eq!(of_markup(&markup, &[]).title, title);
        let markup = Markup { h1: "AT&amp;T &lt;b&gt;".into(), ..Markup::default() };
        assert_eq!(of_markup(&markup, &[]).title, "AT&T <b>");
    }

    #[test]
    fn titles_are_what_the_text_is_headed_by() {
        check("A tale | The Site", "A tale", &[], "A tale");
        check(
            "The Daily | News | Owls fly north again",
            "The Daily",
            &["By Ann", "Owls fly\nnorth again"],
            "Owls fly north again",
        );
        check("The Daily: Owls fly north", "", &["Owls fly north"], "Owls fly north");
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
        check("Manual of Owls -- Nesting in barns", "", &["4.2. Nesting in barns"], "Nesting in barns");
        check("Owls in 1984 - The Daily", "", &["1984 Owls in"], "Owls in 1984 - The Daily");
        check(
            "猫头鹰今年冬天又向北飞去了-猫头鹰,冬天,鸟类,北方,迁徙,天气,森林,山地,湖泊,河流-日报-新闻中心",
            "",
            &["猫头鹰今年冬天又向北飞去了"],
            "猫头鹰今年冬天又向北飞去了",
        );
    }

    #[test]
    fn hosts_tell_names_of_sites() {
        let check = |title: &str, host: &str, expected: Option<&str>| assert_eq!(site_in(title, host), expected, "{title}");
        check("Owls fly north | The Daily Owl", "www.the-dailyowl.example", Some("The Daily Owl"));
        check("Owls - fly north - Owls.example", "owls.example", Some("Owls.example"));
        check("Owls.example - fly north", "owls.example", None);
        check("The Daily Owl", "dailyowl.example", None);
        check("Owls | org", "owls.org", None);
        check("Owls | a.org", &"a.".repeat(1 << 20), None);
        let markup = Markup { title: "Совы летят на север: DAILYOWL".into(), ..Markup::default() };
        let title_on = |host: &str| title(&markup, &LinkedData::default(), "", &[], host);
        assert_eq!(title_on("daily-owl.example"), "Совы летят на север");
        assert_eq!(title_on("owl.example"), "Совы летят на север: DAILYOWL");
        assert_eq!(before_site("Category: Owls", "Owls"), "Category: Owls");
        check(":: D A I L Y O W L", "dailyowl.example", Some("D A I L Y O W L"));
        assert_eq!(before_site(":: D A I L Y O W L", "D A I L Y O W L"), ":: D A I L Y O W L");
    }

    #[test]
    fn headings_of_all_pages_are_the_sites() {
        check("Nests - The Book of Owls", "The Book of Owls", &["How owls nest"], "Nests");
        check("Nests | Owls v2 Documentation", "Owls v2 documentation", &["Nests"], "Nests");
        check("Nests - The Book of Owls", "The Book of Owls", &["The Book of Owls", "Nests"], "The Book of Owls");
        check("The Daily: A tale", "A tale", &["Once upon a time"], "A tale");
        check("Tales - Of an owl", "Of an owl", &["Tales Of an owl"], "Of an owl");
        check("A modern fairy tale", "fairy tale", &["Once upon a time"], "A modern fairy tale");
        check("| The Book of Owls", "The Book of Owls", &["How owls nest"], "The Book of Owls");
    }

    #[test]
    fn programs_that_make_manuals_put_their_names_into_titles() {
        let check = |generator: &str, title: &str, expected: &str| {
            let mut markup = Markup { title: title.into(), ..Markup::default() };
            markup.meta("Generator", "", "", generator);
            assert_eq!(of_markup(&markup, &[]).title, expected);
        };
        check("javadoc/ClassWriter", "Owl (Birds 17 & Bats 17)", "Owl");
        check("makeinfo", "Nesting (GNU Owls (version 7.3.0))", "Nesting");
        check("texi2any", "Top (GNU Owls)", "GNU Owls");
        check("texi2any", "(GNU Owls)", "(GNU Owls)");
        check("texi2any", "Nesting)", "Nesting)");
        check("rustdoc", "owl in birds::owls - Rust", "owl in birds::owls");
        check("WordPress 6", "Owl (2009)", "Owl (2009)");
    }

    #[test]
    fn the_title_of_open_graph_is_a_property() {
        let mut markup = Markup::default();
        markup.meta("og:title", "", "", "The Site");
        markup.meta("", "og:title", "", "A tale");
        assert_eq!(of_markup(&markup, &[]).title, "A tale");
    }

    #[test]
    fn titles_are_not_read_as_elements_that_multiply() {
        let fonts: String = (0..1 << 14).map(|i| format!("<font a={i}>")).collect();
        let markup = Markup { title: format!("<p>{fonts}<p>").repeat(16), ..Markup::default() };
        assert!(of_markup(&markup, &[]).title.starts_with("<p><font a=0>"));
    }
}
