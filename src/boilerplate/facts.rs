//! What an element's name, attributes, class and id say about everything inside it.

use memchr::memchr2;

use super::lexicon;
use super::outline::{Attributes, Facts};
use super::tag::Tag;

/// Words in class and id, and what their authors mean by them.
static NAMED: KnownNames =
    KnownNames::new(&[(&["comment", "comments", "commentlist", "discussion", "disqus", "respond"], Facts::COMMENTS)]);

/// Classes that take text off the screen and leave it to screen readers, and those of links that editors and
/// documentation tools put behind headings.
static UNREAD: KnownNames = KnownNames::new(&[(
    &[
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
    ],
    Facts::HIDDEN,
)]);

/// What an element's tag and attributes say, but for its class and id.
pub(super) fn own(tag: Tag, attributes: &Attributes<'_>) -> Facts {
    of_tag(tag) | of_role(attributes.role) | of_visibility(attributes)
}

/// Whether one of the classes takes the element's text out of what is read.
pub(super) fn is_unread(class: &str) -> bool {
    class.split_ascii_whitespace().any(|class| UNREAD.facts_of(class.as_bytes()).has(Facts::HIDDEN))
}

/// What the words of a class or an id say of the element.
pub(super) fn named(name: &str) -> Facts {
    let mut facts = Facts::NONE;
    lexicon::words_of(name, |word| facts |= NAMED.facts_of(word));
    facts
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
    let is_hidden = attributes.hidden || attributes.aria_hidden || is_styled_away(attributes.style);
    if is_hidden { Facts::HIDDEN } else { Facts::NONE }
}

fn is_styled_away(style: &str) -> bool {
    // Both properties have this letter, and few others do.
    if memchr2(b'y', b'Y', style.as_bytes()).is_none() {
        return false;
    }
    let style: String = style.chars().filter(|c| !c.is_ascii_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// The FNV-1a hash of a name, the same for capital and small letters.
const fn hash_of(name: &[u8]) -> usize {
    let (mut hash, mut i) = (0x811c_9dc5_u32, 0);
    while i < name.len() {
        hash = (hash ^ (name[i] | 0x20) as u32).wrapping_mul(0x0100_0193);
        i += 1;
    }
    hash as usize
}

/// Names in lower case with what they mean, to be looked up by hash.
struct KnownNames {
    groups: &'static [(&'static [&'static str], Facts)],
    /// By the last bits of the hash: group and place in it, from 1; a name that finds its slot taken stands in the next.
    slots: [(u8, u8); SLOTS],
    /// Which lengths names have that begin with a letter, so that most words are no names at a glance.
    lengths: [u32; 26],
}

/// A power of two, several times the number of names, so that most lookups end at the first slot.
const SLOTS: usize = 512;

impl KnownNames {
    const fn new(groups: &'static [(&'static [&'static str], Facts)]) -> Self {
        let mut slots = [(0, 0); SLOTS];
        let mut lengths = [0; 26];
        let mut group = 0;
        while group < groups.len() {
            let mut place = 0;
            while place < groups[group].0.len() {
                let bytes = groups[group].0[place].as_bytes();
                lengths[(bytes[0] - b'a') as usize] |= 1 << bytes.len();
                let mut slot = hash_of(bytes) % SLOTS;
                while slots[slot].1 != 0 {
                    slot = (slot + 1) % SLOTS;
                }
                slots[slot] = (group as u8, place as u8 + 1);
                place += 1;
            }
            group += 1;
        }
        Self { groups, slots, lengths }
    }

    fn facts_of(&self, name: &[u8]) -> Facts {
        let letter = usize::from(name[0] | 0x20).wrapping_sub(usize::from(b'a'));
        let lengths = self.lengths.get(letter).copied().unwrap_or(0);
        if name.len() >= 32 || lengths & 1 << name.len() == 0 {
            return Facts::NONE;
        }
        let mut slot = hash_of(name) % SLOTS;
        loop {
            let (group, place) = self.slots[slot];
            let Some(place) = place.checked_sub(1) else { return Facts::NONE };
            let (names, facts) = self.groups[usize::from(group)];
            if names[usize::from(place)].as_bytes().eq_ignore_ascii_case(name) {
                return facts;
            }
            slot = (slot + 1) % SLOTS;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_come_from_every_attribute() {
        let styled = |style| own(Tag::Div, &Attributes { style, ..Attributes::default() });
        assert!(styled("color: red; Display : None").has(Facts::HIDDEN));
        assert!(!styled("display: block").has(Facts::HIDDEN));
        assert!(own(Tag::Div, &Attributes { role: "banner", ..Attributes::default() }).has(Facts::HEADER));
        assert!(is_unread("x sr-only") && !is_unread("sr"));
        assert!(named("wp-comments").has(Facts::COMMENTS));
        assert!(!named("commentary").has(Facts::COMMENTS));
    }
}
