//! What an element's name, attributes, class and id say about everything inside it.

use std::ops::{BitOr, BitOrAssign};

use memchr::memchr2;

use super::attributes::Attribute;
use super::lexicon;
use super::tag::Tag;
use crate::lanes;

/// Facts about an element that hold for everything inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Facts(u32);

impl Facts {
    pub(super) const NONE: Self = Self(0);
    /// Not shown to a reader: hidden, a template, for screen readers only, fallback content.
    pub(super) const HIDDEN: Self = Self(1);
    /// A control of a form or its label.
    pub(super) const CONTROL: Self = Self(1 << 1);
    pub(super) const NAVIGATION: Self = Self(1 << 2);
    pub(super) const HEADER: Self = Self(1 << 3);
    pub(super) const FOOTER: Self = Self(1 << 4);
    pub(super) const ASIDE: Self = Self(1 << 5);
    pub(super) const ARTICLE: Self = Self(1 << 6);
    pub(super) const MAIN: Self = Self(1 << 7);
    pub(super) const FIGURE: Self = Self(1 << 8);
    /// The author's class or id names it as readers' comments.
    pub(super) const COMMENTS: Self = Self(1 << 9);

    /// Whether any of the others is among these.
    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Facts {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Facts {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// Words in class and id by which authors name readers' comments.
const COMMENTS: [&str; 6] = ["comment", "comments", "commentlist", "discussion", "disqus", "respond"];
/// Each of [`COMMENTS`] has one of these pairs of letters, and few other words do.
const PAIRS_OF_COMMENTS: [[u8; 2]; 4] = [*b"mm", *b"cu", *b"sq", *b"sp"];

/// Classes that take text off the screen and leave it to screen readers, and those that documentation tools and editors give
/// to links behind headings, and to the lines above and below a chapter that lead to the others (DocBook, Texinfo).
#[rustfmt::skip]
const UNREAD: [&str; 11] = [
    "element-invisible", "u-hidden", "ada-hidden", "off-screen", "headerlink", "anchorjs-link", "mw-editsection",
    "navheader", "navfooter", "nav_table", "nav-panel",
];
/// How classes of the same use end in many style sheets, alone or behind the name of the style sheet: `nhsuk-u-visually-hidden`.
const ENDS_OF_UNREAD: [&str; 8] = [
    "visually-hidden",
    "visuallyhidden",
    "sr-only",
    "sronly",
    "screen-reader",
    "screen-reader-text",
    "screen-reader-only",
    "screenreader-only",
];
/// What a class that takes them back has before such an end.
const SHOWN_AGAIN: &str = "not";
/// Each of [`UNREAD`] and [`ENDS_OF_UNREAD`] has one of these pairs of letters, and few other names do.
const PAIRS_OF_UNREAD: [[u8; 2]; 9] = [*b"dd", *b"sr", *b"ee", *b"nv", *b"rl", *b"rj", *b"mw", *b"ff", *b"av"];

/// Words in class and id by which authors name what a reader opens: the panels of accordions and tabs, answers to questions.
#[rustfmt::skip]
const PANELS: [&str; 19] = [
    "accordion", "accordions", "answer", "answers", "collapse", "collapsed", "collapsible", "details", "disclosure", "expand",
    "expandable", "expander", "faq", "faqs", "pane", "readmore", "tab", "tabpanel", "tabs",
];
/// Words by which authors name what opens, too, but holds no content.
const MENUS: [&str; 19] = [
    "comment", "comments", "consent", "cookie", "cookies", "dialog", "drawer", "dropdown", "filter", "filters", "footer",
    "header", "menu", "mobile", "modal", "nav", "navbar", "popup", "sidebar",
];

/// What the attributes of an element of this tag say, but for what its class and id say of all elements.
pub(super) fn of_attributes<'a>(tag: Tag, value_of: impl Fn(Attribute) -> Option<&'a str>) -> Facts {
    let is_hidden = value_of(Attribute::Hidden).is_some()
        || value_of(Attribute::AriaHidden) == Some("true")
        || value_of(Attribute::Style).is_some_and(is_styled_away);
    let facts = value_of(Attribute::Role).map_or(Facts::NONE, of_role);
    if is_hidden && !(tag.is_block() && is_panel(value_of)) { facts | Facts::HIDDEN } else { facts }
}

/// Whether a reader opens the element to read on: it is hidden only as long as the page was not touched.
fn is_panel<'a>(value_of: impl Fn(Attribute) -> Option<&'a str>) -> bool {
    let (mut names_panel, mut names_menu) = (value_of(Attribute::Role) == Some("tabpanel"), false);
    for name in [Attribute::Class, Attribute::Id].into_iter().filter_map(value_of) {
        lexicon::words_of(name, |word| {
            let is_among = |words: &[&str]| words.iter().any(|other| other.as_bytes().eq_ignore_ascii_case(word));
            names_panel |= is_among(&PANELS);
            names_menu |= is_among(&MENUS);
        });
    }
    names_panel && !names_menu
}

/// Whether one of the classes takes the element's text out of what is read.
pub(super) fn is_unread(classes: &str) -> bool {
    lanes::has_pair(classes.as_bytes(), PAIRS_OF_UNREAD) && classes.split_ascii_whitespace().any(names_unread)
}

fn names_unread(class: &str) -> bool {
    // Tools that make classes unique put the rest behind the author's name: `visuallyHidden__5vJWI`.
    let author_named = class.rsplit_once("__").map(|(name, _)| name.trim_end_matches('_'));
    std::iter::once(class).chain(author_named).any(is_name_of_unread)
}

fn is_name_of_unread(name: &str) -> bool {
    let ends = |end: &&str| {
        let before = name.len().checked_sub(end.len()).and_then(|at| name.split_at_checked(at));
        before.filter(|(_, last)| last.eq_ignore_ascii_case(end)).is_some_and(|(before, _)| {
            before.is_empty() || before.strip_suffix(['-', '_']).is_some_and(|before| !before.ends_with(SHOWN_AGAIN))
        })
    };
    UNREAD.iter().any(|unread| unread.eq_ignore_ascii_case(name)) || ENDS_OF_UNREAD.iter().any(ends)
}

/// What the words of a class or an id say of the element.
pub(super) fn named(name: &str) -> Facts {
    if !lanes::has_pair(name.as_bytes(), PAIRS_OF_COMMENTS) {
        return Facts::NONE;
    }
    let mut names_comments = false;
    lexicon::words_of(name, |word| {
        names_comments |= COMMENTS.iter().any(|comments| comments.as_bytes().eq_ignore_ascii_case(word));
    });
    if names_comments { Facts::COMMENTS } else { Facts::NONE }
}

/// What an element's tag says.
pub(super) fn of_tag(tag: Tag) -> Facts {
    OF_TAG[tag as usize]
}

static OF_TAG: [Facts; Tag::COUNT] = {
    let mut table = [Facts::NONE; Tag::COUNT];
    let mut i = 0;
    while i < TAGS_WITH_FACTS.len() {
        let (facts, tags) = TAGS_WITH_FACTS[i];
        let mut j = 0;
        while j < tags.len() {
            table[tags[j] as usize] = facts;
            j += 1;
        }
        i += 1;
    }
    table
};

const TAGS_WITH_FACTS: [(Facts, &[Tag]); 9] = [
    (Facts::NAVIGATION, &[Tag::Nav, Tag::Menu, Tag::Search]),
    (Facts::HEADER, &[Tag::Header]),
    (Facts::FOOTER, &[Tag::Footer]),
    (Facts::ASIDE, &[Tag::Aside]),
    (Facts::ARTICLE, &[Tag::Article]),
    (Facts::MAIN, &[Tag::Main]),
    (Facts::FIGURE, &[Tag::Figure]),
    (Facts::CONTROL, &[Tag::Button, Tag::Select, Tag::OptionItem, Tag::Optgroup, Tag::Textarea, Tag::Label, Tag::Legend]),
    (
        Facts::HIDDEN,
        // How a word is read stands inside the word.
        &[
            Tag::Rt,
            Tag::Rp,
            Tag::Rtc,
            Tag::Template,
            Tag::Noscript,
            Tag::Dialog,
            Tag::Datalist,
            Tag::Audio,
            Tag::Video,
            Tag::Canvas,
            Tag::Object,
            Tag::Svg,
        ],
    ),
];

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

fn is_styled_away(style: &str) -> bool {
    // Both properties have this letter, and few others do.
    if memchr2(b'y', b'Y', style.as_bytes()).is_none() {
        return false;
    }
    style.split(';').filter_map(|declaration| declaration.split_once(':')).any(|(property, value)| {
        let value = value.split('!').next().unwrap_or_default().trim_ascii();
        let is =
            |name: &str, hidden: &str| property.trim_ascii().eq_ignore_ascii_case(name) && value.eq_ignore_ascii_case(hidden);
        is("display", "none") || is("visibility", "hidden")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_come_from_every_attribute() {
        let with = |attribute, value| of_attributes(Tag::P, |other| (other == attribute).then_some(value));
        let styled = |style| with(Attribute::Style, style);
        assert!(styled("color: red; Display : None").has(Facts::HIDDEN));
        assert!(styled("visibility:hidden!important;").has(Facts::HIDDEN));
        assert!(!styled("display: block").has(Facts::HIDDEN));
        assert!(!styled("backface-visibility:hidden; -x-display:none").has(Facts::HIDDEN));
        assert!(with(Attribute::Role, "banner").has(Facts::HEADER));
        for class in [
            "x sr-only",
            "nhsuk-u-visually-hidden",
            "u-srOnly",
            "Button__visuallyHidden___5vJWI",
            "header__sr-only",
            "off-screen",
            "navheader",
        ] {
            assert!(is_unread(class), "{class}");
        }
        for class in ["sr", "not-sr-only", "sr-only-focusable", "focus:not-sr-only", "menu-off-screen", "wsr-onlyx"] {
            assert!(!is_unread(class), "{class}");
        }
        let pairs_of_unread = &PAIRS_OF_UNREAD[..];
        for (words, pairs) in
            [(&COMMENTS[..], &PAIRS_OF_COMMENTS[..]), (&UNREAD, pairs_of_unread), (&ENDS_OF_UNREAD, pairs_of_unread)]
        {
            let has_pair = |word: &&str| pairs.iter().any(|pair| word.as_bytes().windows(2).any(|two| two == pair));
            assert!(words.iter().all(has_pair), "{words:?}");
        }
        let hidden = |tag, class| {
            of_attributes(tag, |attribute| match attribute {
                Attribute::Hidden => Some(""),
                Attribute::Class => Some(class),
                _ => None,
            })
        };
        assert!(!hidden(Tag::Div, "faq-answer").has(Facts::HIDDEN) && !hidden(Tag::Section, "x tab-pane").has(Facts::HIDDEN));
        assert!(hidden(Tag::Span, "faq-answer").has(Facts::HIDDEN) && hidden(Tag::Div, "nav-collapse").has(Facts::HIDDEN));
        assert!(named("wp-comments").has(Facts::COMMENTS));
        assert!(!named("commentary").has(Facts::COMMENTS));
    }
}
