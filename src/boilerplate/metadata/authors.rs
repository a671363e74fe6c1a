//! Who wrote a page: which of the names it gives are names.

use std::collections::HashSet;

use super::bylines::{before_office, is_person, people, people_of_line};
use super::linked_data::LinkedData;
use super::on_one_line;
use crate::boilerplate::markup::{Markup, is_label};
use crate::boilerplate::opening::Opening;
use crate::boilerplate::plain::plain;
use crate::characters::bare;
use crate::characters::is_unspaced;

/// Authors of a page that are told; papers of physics have 3,000.
const MAX_AUTHORS: usize = 5000;
/// Characters of a name, of which those that are words by themselves count four times; what is longer is a paragraph.
const MAX_NAME: usize = 100;
/// Where most hosts are that are in no country.
const TOP_DOMAINS: [&str; 9] = ["biz", "com", "edu", "gov", "info", "net", "news", "online", "org"];

/// How the names of a `<meta>` element are written.
#[derive(Debug, Clone, Copy)]
enum Written {
    /// `Ann Hill and Bob West`
    Plainly,
    /// `Hill, Ann; West, Bob`
    AsInCatalogues,
}

/// The names of the first candidate that has any, joined. The site's own name counts only where nobody else is named.
pub(super) fn author(markup: &Markup, linked: &LinkedData, site_name: &str, opening: &Opening<'_>) -> String {
    const NAMES: [(&str, Written); 7] = [
        ("citation_author", Written::AsInCatalogues),
        ("citation_authors", Written::AsInCatalogues),
        ("author", Written::Plainly),
        ("dc.creator", Written::AsInCatalogues),
        ("dcterms.creator", Written::AsInCatalogues),
        ("article:author", Written::Plainly),
        ("parsely-author", Written::Plainly),
    ];
    const FURTHER: [(&str, Written); 10] = [
        ("byline", Written::Plainly),
        ("byl", Written::Plainly),
        ("authors", Written::Plainly),
        ("sailthru.author", Written::Plainly),
        ("article_author", Written::Plainly),
        ("og:author", Written::Plainly),
        ("og:article:author", Written::Plainly),
        ("http://ogp.me/ns/article#author", Written::Plainly),
        ("vr:author", Written::Plainly),
        ("cxenseparse:author", Written::Plainly),
    ];
    let declared = |(meta, written): &(&str, Written)| match written {
        Written::Plainly => names(markup.all_metas(meta)),
        Written::AsInCatalogues => each_once(markup.all_metas(meta).flat_map(|names| names.split(';')).map(name_in)),
    };
    let itemprops = markup.all_itemprops("author").map(|value| names([value]));
    let of_line = |line: &str| people_of_line(line, &markup.language);
    // A label may stand in a line of its own; above the title lines are told from below to above.
    let of_lines = |label: &str, name: &str| if is_bare_label(label) { of_line(&format!("{label} {name}")) } else { Vec::new() };
    let in_two_below = || opening.below.windows(2).map(|lines| of_lines(lines[0], lines[1]));
    let in_two_above = || opening.above.windows(2).map(|lines| of_lines(lines[1], lines[0]));
    let in_one_line = || opening.below.iter().chain(&opening.above).map(|line| of_line(line));
    let lines = || in_one_line().chain(in_two_below()).chain(in_two_above());
    let is_named = |names: &Vec<String>| !names.is_empty();
    let is_site = |names: &Vec<String>| names.iter().all(|name| is_same(name, site_name));
    let marked = std::iter::once(linked.authors.clone()).chain(NAMES.iter().map(declared)).chain(itemprops);
    let Some(marked) = marked.chain(FURTHER.iter().map(declared)).find(is_named) else {
        return lines().find(is_named).unwrap_or_default().join("; ");
    };
    let others = || NAMES.iter().chain(&FURTHER).map(declared).chain(lines());
    let other = if is_site(&marked) { others().find(|names| is_named(names) && !is_site(names)) } else { None };
    let named = other.unwrap_or(marked);
    named.iter().map(|name| without_site(name, site_name)).collect::<Vec<_>>().join("; ")
}

fn is_bare_label(line: &str) -> bool {
    line.ends_with([':', '：']) && is_label(line)
}

/// Those of the values that are names, each once; lists of people are told apart.
pub(super) fn names<Value: AsRef<str>>(values: impl IntoIterator<Item = Value>) -> Vec<String> {
    let people_of = |value: Value| match before_office(value.as_ref()) {
        people if !people.is_empty() => people,
        _ => {
            let name = name_in(value.as_ref());
            people(&name).unwrap_or_else(|| vec![name])
        }
    };
    each_once(values.into_iter().flat_map(people_of))
}

fn each_once(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    let names = names.into_iter().filter(|name| is_name(name));
    names.filter(|name| seen.insert(name.clone())).take(MAX_AUTHORS).collect()
}

fn name_in(value: &str) -> String {
    const SIGNS: [char; 10] = [',', ';', ':', '|', '/', '-', '–', '—', '•', '·'];
    let name = on_one_line(&without_tags(&plain(value)));
    let name = without_label(name.trim_matches(|c: char| SIGNS.contains(&c) || c.is_whitespace()));
    let name = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name);
    let name = name.split_once(" | ").filter(|(before, _)| is_person(before)).map_or(name, |(before, _)| before);
    name.trim().to_owned()
}

/// Whether two names differ in nothing but blanks, signs and the case of letters.
fn is_same(name: &str, other: &str) -> bool {
    !other.is_empty() && bare(name) == bare(other)
}

/// The name of who writes for a site: `Ann Hill, The Daily Harbour`.
fn without_site<'a>(name: &'a str, site_name: &str) -> &'a str {
    let parts = name.rsplit_once(", ").or_else(|| name.rsplit_once(" - "));
    parts.filter(|(person, site)| is_same(site, site_name) && !person.is_empty()).map_or(name, |(person, _)| person)
}

/// Names have no tags, known or not: `<author>Ann Hill</author>`, `Ann Hill <ann@example.com>`.
fn without_tags(name: &str) -> String {
    let mut text = String::new();
    let mut rest = name;
    while let Some((before, tag)) = rest.split_once('<') {
        let Some((_, behind)) = tag.split_once('>') else { break };
        text.push_str(before);
        rest = behind;
    }
    text + rest
}

/// The name of a byline: `By Ann Hill`.
fn without_label(name: &str) -> &str {
    const LABELS: [&str; 8] = ["written by ", "posted by ", "by: ", "by ", "author: ", "authors: ", "autor: ", "автор: "];
    // These may be part of a name as well.
    const PREPOSITIONS: [&str; 4] = ["von ", "par ", "por ", "door "];
    let behind = |label: &&str| {
        let (before, behind) = name.split_at_checked(label.len())?;
        (before.to_lowercase() == **label).then(|| behind.trim_start())
    };
    let begins_with_person = |list: &&str| is_person(list.split(',').next().unwrap_or_default());
    let is_written_as_label = name.starts_with(char::is_uppercase);
    let of_preposition = || PREPOSITIONS.iter().find_map(behind).filter(begins_with_person).filter(|_| is_written_as_label);
    LABELS.iter().find_map(behind).or_else(of_preposition).unwrap_or(name)
}

/// Not a number, not a site, an address or an account, and not a paragraph.
fn is_name(text: &str) -> bool {
    let width: usize = text.chars().map(|c| if is_unspaced(c) { 4 } else { 1 }).sum();
    width <= MAX_NAME && text.chars().any(char::is_alphabetic) && !is_address(text) && !is_account(text)
}

/// Whether a text is a site's address, or begins with it, or holds that of a page or a mailbox.
fn is_address(text: &str) -> bool {
    let begins_with_host = |mark: &&str| text.split_once(*mark).is_some_and(|(site, _)| is_host(site.trim()));
    let has_www = text.split([' ', ':', '：', '/']).any(|word| word.get(..4).is_some_and(|www| www.eq_ignore_ascii_case("www.")));
    has_www
        || text.contains("://")
        || is_host(text)
        || [" | ", " — ", ","].iter().any(begins_with_host)
        || text.split_whitespace().any(is_mailbox)
}

fn is_mailbox(word: &str) -> bool {
    word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.trim_end_matches('.').contains('.'))
}

/// Whether a text is the name of a host, with or without a path: `BIOLOG.PL`, `example.com/ann`, but not `Mr.Smith`.
fn is_host(text: &str) -> bool {
    let host = text.split_once('/').map_or(text, |(host, _)| host);
    let Some((domain, top)) = host.rsplit_once('.') else { return false };
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let is_uniform = top.bytes().all(|b| b.is_ascii_lowercase()) || top.bytes().all(|b| b.is_ascii_uppercase());
    let is_junior = top.eq_ignore_ascii_case("jr");
    let is_country = top.len() == 2 && is_uniform && !is_junior && domain.len() > 2;
    domain.split('.').all(is_label) && (is_country || TOP_DOMAINS.iter().any(|known| known.eq_ignore_ascii_case(top)))
}

/// What programs call whoever writes with them, and what stands where nobody is named.
fn is_account(text: &str) -> bool {
    #[rustfmt::skip]
    const ACCOUNTS: [&str; 18] = [
        "administrador", "administrateur", "administrative user", "administrator", "anonymous", "author", "editor", "guest", "none", "null",
        "root", "staff", "super user", "undefined", "unknown", "user", "webmaster", "website",
    ];
    // `siteadmin`, `q_admin`, `NOC Admin`.
    let is_admin = text.len().checked_sub(5).and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case("admin"));
    // Programs fill in `{{author}}`, `[author]`, `%author%`; where they do not, it is shown.
    let is_blank = text.contains("{{") || text.contains("${") || text.starts_with(['[', '%']);
    is_admin || is_blank || ACCOUNTS.iter().any(|account| account.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::super::tests::of_markup;
    use super::*;

    #[test]
    fn authors_are_names_without_their_bylines() {
        let mut markup = Markup::default();
        markup.meta("author", "", "", "By Ann\u{200b} Hill");
        markup.meta("author", "", "", "Byron West");
        assert_eq!(of_markup(&markup, &[]).author, "Ann Hill; Byron West");
    }

    #[test]
    fn authors_are_told_once_and_up_to_a_bound() {
        let mut markup = Markup::default();
        for i in 0..1 << 19 {
            markup.meta("author", "", "", &format!("Ann {i}"));
            markup.meta("author", "", "", "Ann 0");
        }
        let author = of_markup(&markup, &[]).author;
        assert!(author.starts_with("Ann 0; Ann 1; Ann 2") && author.split("; ").count() == MAX_AUTHORS);
    }

    #[test]
    fn sites_addresses_and_accounts_are_no_authors() {
        let check = |author: &str, expected: &str| {
            let mut markup = Markup::default();
            markup.meta("author", "", "", author);
            markup.meta("", "article:author", "", "Ann Hill");
            assert_eq!(of_markup(&markup, &[]).author, expected, "{author}");
        };
        let none = [
            "harbour.example.gr | The Harbour",
            "harbour.gr | The Harbour",
            "HARBOUR.PL",
            "Harbour.com, Bob West",
            "harbour.org — news",
            "www.facebook.com/harbour",
            "facebook.com/harbour",
            "hello@example.com",
            "Bob West (bob@example.com)",
            "https://example.com/bob",
            "admin",
            "q_admin",
            "NOC Admin",
            "{{author}}",
            "Webmaster",
            "Super User",
            "2024",
            "港口新闻网:www.example.com",
            "港口网_提供港口新闻、天气、船期与潮汐资讯，以及海员咨询等服务",
        ];
        none.iter().for_each(|author| check(author, "Ann Hill"));
        let names = [
            "Harbour.com Staff",
            "Bob West, Harbour.com",
            "J.R.R.West",
            "Mr.West",
            "B.Li",
            "Dr.Li",
            "Smith.JR",
            "Row.Sail.Repeat.",
            "Bob @ Sea",
        ];
        names.iter().for_each(|author| check(author, author));
    }

    #[test]
    fn people_of_one_value_are_told_apart() {
        let check = |author: &str, expected: &str| {
            let mut markup = Markup::default();
            markup.meta("author", "", "", author);
            markup.meta("", "og:site_name", "", "The Harbour");
            assert_eq!(of_markup(&markup, &[]).author, expected, "{author}");
        };
        check("Ann Hill and Bob West", "Ann Hill; Bob West");
        check("Ann Hill, Bob West, The Harbour", "Ann Hill, Bob West");
        check("Ann Hill, THE HARBOUR", "Ann Hill");
        check("Von Ann Hill", "Ann Hill");
        check("Por Ann Hill, cook", "Ann Hill, cook");
        check("Von Trapp", "Von Trapp");
        check("Author: Ann Hill", "Ann Hill");
        check(", The Harbour", "The Harbour");
        check("Ann Hill | The Harbour", "Ann Hill");
    }

    #[test]
    fn names_of_catalogues_are_one_each() {
        let mut markup = Markup::default();
        markup.meta("citation_author", "", "", "Hill West, Ann Maria");
        assert_eq!(of_markup(&markup, &[]).author, "Hill West, Ann Maria");
        let mut markup = Markup::default();
        markup.meta("citation_authors", "", "", "Hill West, Ann Maria;East, Bob");
        assert_eq!(of_markup(&markup, &[]).author, "Hill West, Ann Maria; East, Bob");
    }

    #[test]
    fn somebody_is_named_rather_than_the_site() {
        let mut markup = Markup::default();
        markup.meta("author", "", "", "the harbour");
        markup.meta("", "og:site_name", "", "The Harbour");
        assert_eq!(of_markup(&markup, &[]).author, "the harbour");
        markup.meta("byline", "", "", "Ann Hill");
        assert_eq!(of_markup(&markup, &[]).author, "Ann Hill");
    }

    #[test]
    fn labels_may_have_a_line_of_their_own() {
        let check = |below: &[&'static str], expected: &str| {
            let opening = Opening { below: below.to_vec(), blocks_below: 1..3, ..Opening::default() };
            assert_eq!(author(&Markup::default(), &LinkedData::default(), "", &opening), expected, "{below:?}");
        };
        check(&["Автор:", "Анна Горина"], "Анна Горина");
        check(&["Category:", "Ann Hill"], "");
        check(&["作者：", "王硕"], "王硕");
    }

    #[test]
    fn other_bylines_come_last() {
        let mut markup = Markup::default();
        markup.meta("byline", "", "", "By Ann Hill");
        markup.itemprop("author", || "admin".to_owned());
        assert_eq!(of_markup(&markup, &[]).author, "Ann Hill");
        markup.itemprop("author", || "Bob West".to_owned());
        assert_eq!(of_markup(&markup, &[]).author, "Bob West");
    }

    #[test]
    fn korean_names_have_no_office() {
        assert_eq!(names(["홍길동·김철수 기자(hong@example.com)"]), ["홍길동", "김철수"]);
        assert_eq!(names(["항구뉴스"]), ["항구뉴스"]);
    }

    #[test]
    fn names_have_no_tags() {
        let check = |author: &str, expected: &str| assert_eq!(names([author]), [expected], "{author}");
        check("<author>王硕</author>", "王硕");
        check("Ann Hill <ann@example.com>", "Ann Hill");
        check("&lt;b&gt;By Ann Hill&lt;/b&gt;", "Ann Hill");
        check("&quot;Ann Hill&quot;", "Ann Hill");
        check("Ann < Hill", "Ann < Hill");
    }
}
