//! Who wrote a page: which of the names it gives are names.

use std::collections::HashSet;

use super::linked_data::LinkedData;
use super::on_one_line;
use crate::boilerplate::markup::Markup;
use crate::boilerplate::plain::plain;

/// Authors of a page that are told; papers of physics have 3,000.
const MAX_AUTHORS: usize = 5000;
/// Characters of a name; what is longer is a paragraph.
const MAX_NAME: usize = 100;
/// Where most hosts are that are in no country.
const TOP_DOMAINS: [&str; 9] = ["biz", "com", "edu", "gov", "info", "net", "news", "online", "org"];

/// The names of the first candidate that has any, joined.
pub(super) fn author(markup: &Markup, linked: &LinkedData) -> String {
    const NAMES: [&str; 6] = ["citation_author", "author", "dc.creator", "dcterms.creator", "article:author", "parsely-author"];
    const FURTHER: [&str; 4] = ["byline", "sailthru.author", "article_author", "og:author"];
    let declared = |meta: &&str| names(markup.all_metas(meta));
    let itemprops = markup.all_itemprops("author").map(|value| names([value]));
    let authors = std::iter::once(linked.authors.clone()).chain(NAMES.iter().map(declared)).chain(itemprops);
    let mut authors = authors.chain(FURTHER.iter().map(declared));
    authors.find(|names| !names.is_empty()).unwrap_or_default().join("; ")
}

/// Those of the values that are names, each once.
pub(super) fn names<Value: AsRef<str>>(values: impl IntoIterator<Item = Value>) -> Vec<String> {
    let names = values.into_iter().map(|value| name_in(value.as_ref())).filter(|name| is_name(name));
    let mut seen = HashSet::new();
    names.filter(|name| seen.insert(name.clone())).take(MAX_AUTHORS).collect()
}

fn name_in(value: &str) -> String {
    let name = without_tags(&plain(value));
    without_by(&on_one_line(&name)).to_owned()
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
fn without_by(name: &str) -> &str {
    let is_by = name.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "));
    if is_by { &name[3..] } else { name }
}

/// Not a number, not a site, an address or an account, and not a paragraph.
fn is_name(text: &str) -> bool {
    let is_short = text.chars().nth(MAX_NAME).is_none();
    is_short && text.chars().any(char::is_alphabetic) && !is_address(text) && !is_account(text)
}

/// Whether a text is a site's address, or begins with it, or holds that of a page or a mailbox.
fn is_address(text: &str) -> bool {
    let begins_with_host = |mark: &&str| text.split_once(*mark).is_some_and(|(site, _)| is_host(site.trim()));
    let begins_with_www = text.get(..4).is_some_and(|www| www.eq_ignore_ascii_case("www."));
    begins_with_www
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

/// What programs call whoever writes with them.
fn is_account(text: &str) -> bool {
    const ACCOUNTS: [&str; 11] = [
        "admin",
        "administrador",
        "administrateur",
        "administrator",
        "editor",
        "root",
        "siteadmin",
        "super user",
        "user",
        "webmaster",
        "wpadmin",
    ];
    ACCOUNTS.iter().any(|account| account.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::super::metadata;
    use super::*;

    #[test]
    fn authors_are_names_without_their_bylines() {
        let mut markup = Markup::default();
        markup.meta("author", "", "", "By Ann\u{200b} Hill");
        markup.meta("author", "", "", "Byron West");
        assert_eq!(metadata(&markup, &[]).author, "Ann Hill; Byron West");
    }

    #[test]
    fn authors_are_told_once_and_up_to_a_bound() {
        let mut markup = Markup::default();
        for i in 0..1 << 19 {
            markup.meta("author", "", "", &format!("Ann {i}"));
            markup.meta("author", "", "", "Ann 0");
        }
        let author = metadata(&markup, &[]).author;
        assert!(author.starts_with("Ann 0; Ann 1; Ann 2") && author.split("; ").count() == MAX_AUTHORS);
    }

    #[test]
    fn sites_addresses_and_accounts_are_no_authors() {
        let check = |author: &str, expected: &str| {
            let mut markup = Markup::default();
            markup.meta("author", "", "", author);
            markup.meta("", "article:author", "", "Ann Hill");
            assert_eq!(metadata(&markup, &[]).author, expected, "{author}");
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
            "Webmaster",
            "Super User",
            "2024",
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
    fn other_bylines_come_last() {
        let mut markup = Markup::default();
        markup.meta("byline", "", "", "By Ann Hill");
        markup.itemprop("author", || "admin".to_owned());
        assert_eq!(metadata(&markup, &[]).author, "Ann Hill");
        markup.itemprop("author", || "Bob West".to_owned());
        assert_eq!(metadata(&markup, &[]).author, "Bob West");
    }

    #[test]
    fn names_have_no_tags() {
        let check = |author: &str, expected: &str| assert_eq!(names([author]), [expected], "{author}");
        check("<author>王硕</author>", "王硕");
        check("Ann Hill <ann@example.com>", "Ann Hill");
        check("&lt;b&gt;By Ann Hill&lt;/b&gt;", "Ann Hill");
        check("Ann < Hill", "Ann < Hill");
    }
}
