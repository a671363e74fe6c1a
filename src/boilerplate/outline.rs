//! The outline of a page: its blocks of text and the elements round them. Here HTML and plain text meet.

use std::ops::{AddAssign, Range};

use super::facts::{self, Facts};
use super::names::{NameId, Names};
use super::tag::Tag;

/// What sort of text a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Paragraph,
    /// With its level, 1 to 6.
    Heading(u8),
    ListItem,
    /// Cells separated by tabs.
    TableRow,
    Code,
    Quote,
    Caption,
}

impl Kind {
    /// That of text in a block-level element of this tag, inside of one in which text is of an outer kind.
    pub(super) fn inside(tag: Tag, outer: Self) -> Self {
        match tag {
            Tag::Li | Tag::Dd | Tag::Dt => Self::ListItem,
            Tag::Blockquote => Self::Quote,
            Tag::Figcaption | Tag::Caption => Self::Caption,
            Tag::Td | Tag::Th | Tag::Article | Tag::Section | Tag::Body | Tag::Html => Self::Paragraph,
            _ if tag.is_preformatted() => Self::Code,
            _ => tag.heading_level().map_or(outer, Self::Heading),
        }
    }

    pub(super) fn is_heading(self) -> bool {
        matches!(self, Self::Heading(_))
    }
}

/// An element, in document order; the root stands first and is its own parent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element {
    pub(super) parent: u32,
    pub(super) tag: Tag,
    /// Its own facts and those of all elements round it.
    pub(super) facts: Facts,
    /// One of the outline's classes: the whole attribute.
    pub(super) class: NameId,
    /// One of the outline's labels, as are the next two.
    pub(super) id: NameId,
    pub(super) role: NameId,
    pub(super) itemprop: NameId,
}

impl Element {
    pub(super) const ROOT: Self = Self {
        parent: 0,
        tag: Tag::Html,
        facts: Facts::NONE,
        class: NameId::NONE,
        id: NameId::NONE,
        role: NameId::NONE,
        itemprop: NameId::NONE,
    };
}

/// A run of text that stands by itself on the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    /// Bytes of the outline's text.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Where its first text stands on the page, in bytes, where the reader knows.
    pub(super) offset: u32,
    /// In plain text, how many lines before it are blank.
    pub(super) blank_lines: u8,
    /// Whether it goes on with the line before: in plain text with its paragraph, in HTML behind a number that counts items.
    pub(super) goes_on: bool,
    /// The innermost block-level element round it, an index into the outline's elements.
    pub(super) element: u32,
    pub(super) kind: Kind,
    pub(super) facts: Facts,
    pub(super) chars: Chars,
}

/// How many characters there are that are no white space.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Chars {
    pub(super) all: u32,
    pub(super) in_links: u32,
    /// In links to other hosts.
    pub(super) in_outward_links: u32,
}

impl Chars {
    pub(super) const NONE: Self = Self { all: 0, in_links: 0, in_outward_links: 0 };
}

impl AddAssign for Chars {
    fn add_assign(&mut self, other: Self) {
        self.all += other.all;
        self.in_links += other.in_links;
        self.in_outward_links += other.in_outward_links;
    }
}

impl Block {
    /// Share of characters inside links, 0 to 1.
    pub(super) fn link_share(&self) -> f64 {
        f64::from(self.chars.in_links) / f64::from(self.chars.all.max(1))
    }
}

/// Blocks of a page of HTML that are told apart; the text of those behind is added to the last. Pages for people have thousands.
pub(super) const MAX_BLOCKS: usize = 1 << 16;

/// Blocks in reading order, and the elements that they stand in.
#[derive(Debug)]
pub(super) struct Outline {
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    pub(super) elements: Vec<Element>,
    /// The class attributes of the elements.
    pub(super) classes: Names,
    /// Their ids, roles and itemprops.
    pub(super) labels: Names,
    /// There were no elements.
    pub(super) is_plain_text: bool,
    /// There were more blocks or elements than are told apart.
    pub(super) is_limited: bool,
}

impl Outline {
    /// Whether the last block holds all that came behind the limit.
    pub(super) fn has_mixed_last_block(&self) -> bool {
        self.is_limited && self.blocks.len() >= MAX_BLOCKS
    }

    pub(super) fn text_of(&self, block: &Block) -> &str {
        &self.text[block.start as usize..block.end as usize]
    }

    /// Whether a block is part of a paragraph that was wrapped.
    pub(super) fn is_wrapped(&self, block: usize) -> bool {
        self.blocks[block].goes_on || self.blocks.get(block + 1).is_some_and(|next| next.goes_on)
    }

    /// Adds to the facts of the elements that hold blocks what their class and id say, and the facts of the elements
    /// round them; and gives each block those of its element.
    pub(super) fn hand_facts_down(&mut self) {
        let holds_text = self.text_holders();
        let mut of_class = vec![None; self.classes.len()];
        for (i, holds_text) in holds_text.into_iter().enumerate().skip(1) {
            let Element { parent, tag, class, id, .. } = self.elements[i];
            let mut facts = self.elements[parent as usize].facts;
            // Page-wide elements carry names of features that they contain, not of what they are.
            if holds_text && !matches!(tag, Tag::Html | Tag::Body) {
                facts |= *of_class[class.index()].get_or_insert_with(|| facts::named(self.classes.get(class)));
                if id != NameId::NONE {
                    facts |= facts::named(self.labels.get(id));
                }
            }
            self.elements[i].facts |= facts;
        }
        for block in &mut self.blocks {
            block.facts |= self.elements[block.element as usize].facts;
        }
    }

    /// For each element, whether there is a block inside.
    pub(super) fn text_holders(&self) -> Vec<bool> {
        let mut holds_text = vec![false; self.elements.len()];
        for block in &self.blocks {
            let mut at = block.element as usize;
            while !std::mem::replace(&mut holds_text[at], true) {
                at = self.elements[at].parent as usize;
            }
        }
        holds_text
    }
}

/// Byte ranges of the lines of `text` that are not blank.
pub(super) fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            lines.push(start..start + line.len());
        }
        start += line.len() + 1;
    }
    lines
}
