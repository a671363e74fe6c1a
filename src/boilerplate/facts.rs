//! What an element's name, attributes, class and id say about everything inside it.

use super::outline::{Attributes, Facts};
use super::tag::Tag;

/// Words in class and id that authors give to what stands round the content.
const CHROME: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "carousel",
    "cookie",
    "cookies",
    "copyright",
    "disclaimer",
    "footer",
    "gdpr",
    "header",
    "login",
    "masthead",
    "menu",
    "meta",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "outbrain",
    "pager",
    "pagination",
    "popup",
    "popular",
    "promo",
    "promotion",
    "recommended",
    "related",
    "share",
    "sharing",
    "shoutbox",
    "sidebar",
    "signup",
    "skip",
    "skyscraper",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "taboola",
    "tags",
    "teaser",
    "toc",
    "tool",
    "toolbar",
    "tools",
    "topbar",
    "trending",
    "widget",
    "widgets",
];

/// Words that authors give to the content.
const CONTENT: &[&str] = &["article", "articlebody", "body", "content", "entry", "main", "post", "story", "text"];

/// Words that authors give to readers' comments.
const COMMENTS: &[&str] = &["comment", "comments", "commentlist", "discussion", "disqus", "respond"];

/// Classes that take text off the screen and leave it to screen readers, and those of links that editors and
/// documentation tools put behind headings.
const UNREAD_CLASSES: &[&str] = &[
    "visually-hidden",
    "visuallyhidden",
    "sr-only",
    "screen-reader-text",
    "screen-reader",
    "element-invisible",
    "u-hidden",
    "headerlink",
    "anchorjs-link",
    "mw-editsection",
];

/// The element's own facts.
pub(super) fn of(tag: Tag, attributes: &Attributes<'_>) -> Facts {
    of_tag(tag) | of_role(attributes.role) | of_names(tag, attributes) | of_visibility(attributes)
}

fn of_tag(tag: Tag) -> Facts {
    match tag {
        Tag::Nav | Tag::Menu | Tag::Search => Facts::NAVIGATION,
        Tag::Header => Facts::HEADER,
        Tag::Footer => Facts::FOOTER,
        Tag::Aside => Facts::ASIDE,
        Tag::Article => Facts::ARTICLE,
        Tag::Main => Facts::MAIN,
        Tag::Figure => Facts::FIGURE,
        Tag::Button | Tag::Select | Tag::OptionItem | Tag::Optgroup | Tag::Textarea | Tag::Label | Tag::Legend => Facts::CONTROL,
        Tag::Template
        | Tag::Noscript
        | Tag::Dialog
        | Tag::Datalist
        | Tag::Audio
        | Tag::Video
        | Tag::Canvas
        | Tag::Object
        | Tag::Svg => Facts::HIDDEN,
        _ => Facts::NONE,
    }
}

fn of_role(role: &str) -> Facts {
    match role {
        "navigation" | "menu" | "menubar" | "search" | "tablist" | "toolbar" => Facts::NAVIGATION,
        "banner" => Facts::HEADER,
        "contentinfo" => Facts::FOOTER,
        "complementary" | "note" | "alert" | "dialog" | "alertdialog" => Facts::ASIDE,
        "main" => Facts::MAIN,
        "article" => Facts::ARTICLE,
        _ => Facts::NONE,
    }
}

fn of_visibility(attributes: &Attributes<'_>) -> Facts {
    let is_styled_away = || {
        let style: String =
            attributes.style.chars().filter(|c| !c.is_ascii_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
        style.contains("display:none") || style.contains("visibility:hidden")
    };
    let is_unread = || attributes.class.split_ascii_whitespace().any(|class| UNREAD_CLASSES.contains(&class));
    let is_hidden =
        attributes.hidden || attributes.aria_hidden || (!attributes.style.is_empty() && is_styled_away()) || is_unread();
    if is_hidden { Facts::HIDDEN } else { Facts::NONE }
}

/// Page-wide elements carry names of features that they contain, not of what they are.
fn of_names(tag: Tag, attributes: &Attributes<'_>) -> Facts {
    if matches!(tag, Tag::Html | Tag::Body) {
        return Facts::NONE;
    }
    let mut facts = Facts::NONE;
    for word in words(attributes.class).chain(words(attributes.id)) {
        let is = |list: &[&str]| list.iter().any(|name| name.eq_ignore_ascii_case(word));
        if is(COMMENTS) {
            facts |= Facts::NAMED_COMMENTS;
        } else if is(CHROME) {
            facts |= Facts::NAMED_CHROME;
        } else if is(CONTENT) {
            facts |= Facts::NAMED_CONTENT;
        }
    }
    facts
}

/// The words of a class or id: `siteFooter_main-2` has site, Footer, main and 2.
fn words(names: &str) -> impl Iterator<Item = &str> {
    let bytes = names.as_bytes();
    let mut start = 0;
    let mut ends = (0..=bytes.len()).filter(move |&i| match (i.checked_sub(1).map(|b| bytes[b]), bytes.get(i)) {
        (_, None) => true,
        (_, Some(b)) if b.is_ascii() && !b.is_ascii_alphanumeric() => true,
        (Some(a), Some(b)) => a.is_ascii_lowercase() && b.is_ascii_uppercase(),
        _ => false,
    });
    std::iter::from_fn(move || {
        let end = ends.next()?;
        let word = names[start..end].trim_matches(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric());
        start = end;
        Some(word)
    })
    .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        assert_eq!(words("siteFooter_main-2 größe x").collect::<Vec<_>>(), ["site", "Footer", "main", "2", "größe", "x"]);
        assert_eq!(words("").count(), 0);
    }

    #[test]
    fn facts_come_from_every_attribute() {
        let facts = |class, style| of(Tag::Div, &Attributes { class, style, ..Attributes::default() });
        assert!(facts("", "color: red; Display : None").has(Facts::HIDDEN));
        assert!(facts("sr-only", "").has(Facts::HIDDEN));
        assert!(facts("page-sidebar", "").has(Facts::NAMED_CHROME));
        assert!(!facts("downloads", "").has(Facts::NAMED_CHROME));
        assert!(of(Tag::Div, &Attributes { role: "banner", ..Attributes::default() }).has(Facts::HEADER));
    }
}
