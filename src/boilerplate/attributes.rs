//! The attributes of elements, and what they say.

use super::facts::Facts;
use super::keywords::Keywords;
use super::names::NameId;
use crate::hash::SPREAD;
use crate::lanes::{self, Sixteen, is};

macro_rules! attributes {
    ($($(#[$doc:meta])* $variant:ident $($name:literal)|+)*) => {
        /// The attributes that say something of the page or its layout.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Attribute { $($(#[$doc])* $variant,)* }

        impl Attribute {
            /// How many there are.
            const COUNT: usize = [$(Self::$variant,)*].len();

            /// The name, or the first of its names, in small letters.
            pub(super) fn name(self) -> &'static str {
                match self { $(Self::$variant => [$($name,)+][0],)* }
            }
        }

        static KNOWN: Keywords<Option<Attribute>, 128> =
            Keywords::new([$($(($name.as_bytes(), Some(Attribute::$variant)),)+)*], None);
    };
}

attributes! {
    Alt "alt" AriaHidden "aria-hidden" Class "class" Content "content" Datetime "datetime" Encoding "encoding" Hidden "hidden"
    Href "href" HttpEquiv "http-equiv" Id "id" Itemprop "itemprop" Lang "lang" Name "name"
    /// Of `<font>`: how it looks.
    Presentation "color" | "face" | "size"
    Property "property" Rel "rel" Role "role" Srcdoc "srcdoc" Style "style" Title "title" Type "type" XmlLang "xml:lang"
}

impl Attribute {
    /// The attribute whose name has this beginning and length.
    #[inline(always)]
    pub(super) fn named(beginning: Sixteen, length: usize) -> Option<Self> {
        KNOWN.meaning(beginning, length)
    }
}

/// The attributes of a start tag that are known, with their values as written.
#[derive(Debug)]
pub(super) struct Attributes<'a> {
    /// By attribute; what stands where none was found is of tags before.
    values: [&'a str; Attribute::COUNT],
    /// A bit for each attribute that was found.
    found: u32,
}

impl<'a> Attributes<'a> {
    pub(super) fn new() -> Self {
        Self { values: [""; Attribute::COUNT], found: 0 }
    }

    pub(super) fn clear(&mut self) {
        self.found = 0;
    }

    /// Of an attribute that comes twice, the first counts.
    pub(super) fn note(&mut self, attribute: Attribute, value: &'a str) {
        if !self.has(attribute) {
            self.found |= 1 << attribute as u32;
            self.values[attribute as usize] = value;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found == 0
    }

    pub(super) fn has(&self, attribute: Attribute) -> bool {
        self.found & 1 << attribute as u32 != 0
    }

    pub(super) fn get(&self, attribute: Attribute) -> Option<&'a str> {
        self.has(attribute).then(|| self.values[attribute as usize])
    }
}

/// Whether a value that is a list of words has this one.
pub(super) fn has_word(words: &str, wanted: &str) -> bool {
    words.split_ascii_whitespace().any(|word| word == wanted)
}

/// What its attributes say of an element, with the names that a page's outline knows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub(super) facts: Facts,
    pub(super) class: NameId,
    pub(super) id: NameId,
    pub(super) role: NameId,
    pub(super) itemprop: NameId,
    /// Of a link, where it leads.
    pub(super) target: Target,
    pub(super) address: Address,
}

impl Layout {
    /// That of an element without attributes.
    pub(super) const NONE: Self = Self {
        facts: Facts::NONE,
        class: NameId::NONE,
        id: NameId::NONE,
        role: NameId::NONE,
        itemprop: NameId::NONE,
        target: Target::SameHost,
        address: Address::NONE,
    };
}

/// A hash of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Address(u64);

impl Address {
    pub(super) const NONE: Self = Self(0);

    pub(super) fn of(href: &str) -> Self {
        let with = |hash: u64, eight: &[u8]| (hash ^ lanes::up_to_eight(eight)).wrapping_mul(SPREAD).rotate_left(23);
        Self(href.as_bytes().chunks(8).fold(href.len() as u64, with))
    }
}

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Target {
    /// To a place in the page itself.
    SamePage,
    #[default]
    SameHost,
    OtherHost,
}

impl Target {
    /// Relative addresses stay on the host.
    pub(super) fn of(href: &str, page_host: &str) -> Self {
        let href = href.trim_ascii_start();
        let address = match href.as_bytes() {
            [b'#', ..] => return Self::SamePage,
            [b'?', ..] => return Self::SameHost,
            [b'/', b'/', ..] => href,
            [b'/', ..] => return Self::SameHost,
            _ => href.strip_prefix("https:").or_else(|| href.strip_prefix("http:")).unwrap_or(href),
        };
        let Some(address) = address.strip_prefix("//") else { return Self::SameHost };
        let ends_host = |bytes| is(bytes, b'/') | is(bytes, b'?') | is(bytes, b'#') | is(bytes, b':');
        let host = &address[..lanes::position(address.as_bytes(), 0, ends_host).unwrap_or(address.len())];
        if without_www(host).eq_ignore_ascii_case(without_www(page_host)) { Self::SameHost } else { Self::OtherHost }
    }
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}
