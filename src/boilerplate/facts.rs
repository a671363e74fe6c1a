//! What an element's name, attributes, class and id say about everything inside it.

use memchr::memmem;

use super::outline::{Attributes, Facts};
use super::tag::Tag;

/// Words in class and id that authors give to what stands round the content.
static CHROME: Words = Words::new(&[
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
]);

/// Words that authors give to the content.
static CONTENT: Words = Words::new(&["article", "articlebody", "body", "content", "entry", "main", "post", "story", "text"]);

/// Words that authors give to readers' comments.
static COMMENTS: Words = Words::new(&["comment", "comments", "commentlist", "discussion", "disqus", "respond"]);

/// Classes that take text off the screen and leave it to screen readers, and those of links that editors and
/// documentation tools put behind headings.
static UNREAD: Words = Words::new(&[
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
]);

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
    let is_unread = || attributes.class.split_ascii_whitespace().any(|class| UNREAD.has(class.as_bytes()));
    let is_hidden = attributes.hidden || attributes.aria_hidden || is_styled_away(attributes.style) || is_unread();
    if is_hidden { Facts::HIDDEN } else { Facts::NONE }
}

fn is_styled_away(style: &str) -> bool {
    const TELLING: [&[u8]; 4] = [b"none", b"None", b"NONE", b"idden"];
    if !TELLING.iter().any(|word| memmem::find(style.as_bytes(), word).is_some()) {
        return false;
    }
    let style: String = style.chars().filter(|c| !c.is_ascii_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// Page-wide elements carry names of features that they contain, not of what they are.
fn of_names(tag: Tag, attributes: &Attributes<'_>) -> Facts {
    if matches!(tag, Tag::Html | Tag::Body) {
        return Facts::NONE;
    }
    let mut facts = Facts::NONE;
    for names in [attributes.class, attributes.id] {
        for_each_word(names, |word| {
            if COMMENTS.has(word) {
                facts |= Facts::NAMED_COMMENTS;
            } else if CHROME.has(word) {
                facts |= Facts::NAMED_CHROME;
            } else if CONTENT.has(word) {
                facts |= Facts::NAMED_CONTENT;
            }
        });
    }
    facts
}

/// A list of words in lower case, with a filter before it: which lengths words have that begin with a letter.
struct Words {
    list: &'static [&'static str],
    lengths: [u32; 26],
}

impl Words {
    const fn new(list: &'static [&'static str]) -> Self {
        let mut lengths = [0; 26];
        let mut i = 0;
        while i < list.len() {
            let word = list[i].as_bytes();
            lengths[(word[0] - b'a') as usize] |= 1 << word.len();
            i += 1;
        }
        Self { list, lengths }
    }

    /// Whether the list has the word, in any case of letters.
    fn has(&self, word: &[u8]) -> bool {
        let Some(first) = word.first().map(|b| (b | 0x20).wrapping_sub(b'a')).filter(|first| *first < 26) else { return false };
        let may_have = word.len() < 32 && self.lengths[first as usize] & (1 << word.len()) != 0;
        may_have && self.list.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(word))
    }
}

/// Hands on the words of a class or id: `siteFooter_main-2` has site, Footer, main and 2.
fn for_each_word(names: &str, mut take: impl FnMut(&[u8])) {
    let bytes = names.as_bytes();
    let mut start = 0;
    let mut previous = b' ';
    for (i, &byte) in bytes.iter().enumerate() {
        let is_separator = byte.is_ascii() && !byte.is_ascii_alphanumeric();
        if is_separator || previous.is_ascii_lowercase() && byte.is_ascii_uppercase() {
            if start < i {
                take(&bytes[start..i]);
            }
            start = i + usize::from(is_separator);
        }
        previous = byte;
    }
    if start < bytes.len() {
        take(&bytes[start..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        let words = |names| {
            let mut words: Vec<String> = Vec::new();
            for_each_word(names, |word| words.push(String::from_utf8_lossy(word).into_owned()));
            words
        };
        assert_eq!(words("siteFooter_main-2 größe x"), ["site", "Footer", "main", "2", "größe", "x"]);
        assert!(words("-").is_empty());
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
