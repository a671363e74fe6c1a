//! Who wrote a page: which of the names it gives are names.

use std::collections::HashSet;

use super::linked_data::LinkedData;
use super::on_one_line;
use crate::boilerplate::markup::Markup;
use crate::boilerplate::plain::plain;

/// Authors of a page that are told; papers of physics have 3,000.
const MAX_AUTHORS: usize = 5000;

pub(super) fn author(markup: &Markup, linked: &LinkedData) -> String {
    const NAMES: [&str; 6] = ["citation_author", "author", "dc.creator", "dcterms.creator", "article:author", "parsely-author"];
    let declared = NAMES.iter().map(|meta| names(markup.all_metas(meta)));
    let itemprop = std::iter::once_with(|| names(markup.first_itemprop("author")));
    let authors = std::iter::once(linked.authors.clone()).chain(declared).chain(itemprop);
    authors.into_iter().find(|names| !names.is_empty()).unwrap_or_default().join("; ")
}

/// Those of the values that are names, each once.
pub(super) fn names<'a>(values: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let names = values.into_iter().map(|value| without_by(&on_one_line(&plain(value))).to_owned()).filter(|name| is_name(name));
    let mut seen = HashSet::new();
    names.filter(|name| seen.insert(name.clone())).take(MAX_AUTHORS).collect()
}

/// The name of a byline: `By Ann Hill`.
fn without_by(name: &str) -> &str {
    let is_by = name.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "));
    if is_by { &name[3..] } else { name }
}

/// Not a number, not the address of a profile, and not a paragraph.
fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.contains("://") && text.chars().count() <= 100
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
        assert_eq!(metadata(&markup).author, "Ann Hill; Byron West");
    }

    #[test]
    fn authors_are_told_once_and_up_to_a_bound() {
        let mut markup = Markup::default();
        for i in 0..1 << 19 {
            markup.meta("author", "", "", &format!("Ann {i}"));
            markup.meta("author", "", "", "Ann 0");
        }
        let author = metadata(&markup).author;
        assert!(author.starts_with("Ann 0; Ann 1; Ann 2") && author.split("; ").count() == MAX_AUTHORS);
    }
}
