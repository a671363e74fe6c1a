//! From elements and text in document order to an outline.

mod lines;
mod marks;
mod quotations;
mod times;

use marks::Raised;
use quotations::Quotations;

use super::attributes::{Address, Attribute, Layout, Target};
use super::code_lines;
use super::facts::{self, Facts};
use super::names::{NameId, Names};
use super::outline::{Block, Chars, Element, Kind, MAX_BLOCKS, Outline};
use super::part::Part;
use super::rows::{Cell, Rows};
use super::seams::Seam;
use super::tag::Tag;
use super::white_space::{push_blank, push_collapsed, push_preformatted};

/// Text of one block while it is read. A hidden element in the middle of a line has its text put aside.
#[derive(Default)]
struct Run {
    start: usize,
    /// Where it begins on the page.
    offset: u32,
    blank_lines: u8,
    goes_on: bool,
    chars: Chars,
    aside: String,
    aside_chars: u32,
    breaks: u8,
    seam: Seam,
    /// Where the text ends of the last element that was a line of a program.
    code_line_end: Option<usize>,
    /// The number behind another one that was read last.
    raised: Option<Raised>,
}

/// Makes an outline from a page's elements and text in document order.
pub(super) struct Builder {
    outline: Outline,
    open: Vec<Open>,
    /// For each class, whether it takes text out of what is read.
    unread: Vec<bool>,
    run: Run,
    /// Where reading stands on the page.
    offset: u32,
    /// That of the last link.
    address: Address,
    links: u32,
    outward_links: u32,
    preformatted: u32,
    /// Open elements that show code.
    code: u32,
    n_ended_runs: u32,
    rows: Rows,
    quotations: Quotations,
}

/// An element that is open.
#[derive(Clone, Copy)]
struct Open {
    element: u32,
    /// The innermost block-level element: itself, or one round it.
    container: u32,
    /// Of the text in that.
    kind: Kind,
    /// How many blocks there were when it opened, how many runs had ended, and how many bytes of text there were.
    first_block: u32,
    first_run: u32,
    first_byte: u32,
    /// What was counted in the run before it.
    chars_before: Chars,
    tag: Tag,
    link: Option<Target>,
    is_hidden: bool,
    is_container_hidden: bool,
    is_code_line: bool,
}

impl Open {
    const ROOT: Self = Self {
        element: 0,
        container: 0,
        kind: Kind::Paragraph,
        first_block: 0,
        first_run: 0,
        first_byte: 0,
        chars_before: Chars::NONE,
        tag: Tag::Html,
        link: None,
        is_hidden: false,
        is_container_hidden: false,
        is_code_line: false,
    };
}

/// Elements of a page that are told apart; those behind count as the element that they stand in.
const MAX_ELEMENTS: usize = 1 << 19;

/// Bytes of a page for each byte of its text, for each element and for each block, about: that much is made room for.
const BYTES_PER_TEXT_BYTE: usize = 8;
const BYTES_PER_ELEMENT: usize = 128;
const BYTES_PER_BLOCK: usize = 512;

impl Builder {
    pub(super) fn new(page_bytes: usize) -> Self {
        let mut elements = Vec::with_capacity(page_bytes / BYTES_PER_ELEMENT + 1);
        elements.push(Element::ROOT);
        let outline = Outline {
            text: String::with_capacity(page_bytes / BYTES_PER_TEXT_BYTE),
            blocks: Vec::with_capacity(page_bytes / BYTES_PER_BLOCK),
            elements,
            classes: Names::new(),
            labels: Names::new(),
            is_plain_text: true,
            is_limited: false,
        };
        Self {
            outline,
            open: vec![Open::ROOT],
            unread: vec![false],
            run: Run::default(),
            offset: 0,
            address: Address::NONE,
            links: 0,
            outward_links: 0,
            preformatted: 0,
            code: 0,
            n_ended_runs: 0,
            rows: Rows::default(),
            quotations: Quotations::COMMON,
        }
    }

    pub(super) fn finish(mut self) -> Outline {
        self.end_block();
        self.outline.hand_facts_down();
        self.outline
    }

    /// What its attributes say of an element of this tag on a page from this host.
    pub(super) fn layout<'a>(&mut self, page_host: &str, tag: Tag, value_of: impl Fn(Attribute) -> Option<&'a str>) -> Layout {
        let class = value_of(Attribute::Class).map_or(NameId::NONE, |class| self.outline.classes.id_of(class));
        let mut facts = facts::of_attributes(tag, &value_of);
        if self.is_unread(class) {
            facts |= Facts::HIDDEN;
        }
        let mut label = |attribute| value_of(attribute).map_or(NameId::NONE, |label| self.outline.labels.any_id_of(label));
        let (id, role, itemprop) = (label(Attribute::Id), label(Attribute::Role), label(Attribute::Itemprop));
        let (target, address) = value_of(Attribute::Href)
            .map_or((Target::SameHost, Address::NONE), |href| (Target::of(href, page_host), Address::of(href)));
        Layout { facts, class, id, role, itemprop, target, address }
    }

    /// Opens an element.
    #[inline(always)]
    pub(super) fn open(&mut self, tag: Tag, layout: &Layout) {
        if tag.is_block() {
            self.end_block();
        }
        match tag {
            Tag::Tr => self.rows.begin(self.outline.blocks.len()),
            Tag::Q => self.quotations.begin(),
            _ if tag.is_preformatted() => self.preformatted += 1,
            _ if tag.is_code() => self.code += 1,
            _ => {}
        }
        self.run.seam.open(tag, layout.class);
        if tag == Tag::A && std::mem::replace(&mut self.address, layout.address) == layout.address {
            self.run.seam.go_on_with_link(layout.address);
        }
        let is_code_line = self.preformatted > 0 && tag == Tag::Span && self.begins_code_line(layout.class);
        self.outline.is_plain_text = false;
        let parent = self.innermost();
        let facts = facts::of_tag(tag) | layout.facts;
        let is_hidden = facts.has(Facts::HIDDEN) || parent.is_hidden;
        let element = self.element(parent.element, tag, facts, layout);
        let link = (tag == Tag::A).then_some(layout.target);
        self.count_link(link, 1);
        let (first_block, first_byte) = (self.outline.blocks.len() as u32, self.outline.text.len() as u32);
        let first_run = self.n_ended_runs;
        let chars_before = self.run.chars;
        let inline =
            Open { element, first_block, first_run, first_byte, chars_before, tag, link, is_hidden, is_code_line, ..parent };
        if is_hidden && !parent.is_hidden {
            push_blank(&mut self.run.aside, 0);
        }
        self.open.push(match tag.is_block() {
            true => Open { container: element, kind: Kind::inside(tag, parent.kind), is_container_hidden: is_hidden, ..inline },
            false => inline,
        });
    }

    /// Whether an element of this class is a line of a program; if one ended here, so does its line.
    fn begins_code_line(&mut self, class: NameId) -> bool {
        let is_code_line = code_lines::is_line(self.outline.classes.get(class));
        if is_code_line && self.run.code_line_end == Some(self.outline.text.len()) {
            self.push_newline();
        }
        is_code_line
    }

    fn end_code_line(&mut self, first_byte: usize) {
        let text = &self.outline.text;
        let has_ended = text.len() > first_byte && text.ends_with('\n');
        self.run.code_line_end = (!has_ended).then_some(text.len());
    }

    fn is_unread(&mut self, class: NameId) -> bool {
        if class.index() == self.unread.len() {
            self.unread.push(facts::is_unread(self.outline.classes.get(class)));
        }
        self.unread[class.index()]
    }

    fn element(&mut self, parent: u32, tag: Tag, facts: Facts, layout: &Layout) -> u32 {
        let element = self.outline.elements.len();
        if element >= MAX_ELEMENTS {
            self.outline.is_limited = true;
            return parent;
        }
        let Layout { class, id, role, itemprop, .. } = *layout;
        self.outline.elements.push(Element { parent, tag, facts, class, id, role, itemprop });
        element as u32
    }

    fn count_link(&mut self, link: Option<Target>, by: i32) {
        let (all, outward) = (i32::from(link.is_some()), i32::from(link == Some(Target::OtherHost)));
        self.links = self.links.wrapping_add_signed(all * by);
        self.outward_links = self.outward_links.wrapping_add_signed(outward * by);
    }

    /// Ends the innermost open element.
    #[inline(always)]
    pub(super) fn close(&mut self) {
        let tag = self.innermost().tag;
        if tag.is_block() {
            self.end_block();
        }
        match tag {
            Tag::Td | Tag::Th => {
                self.rows.end_cell(Cell { n_blocks: self.outline.blocks.len(), is_hidden: self.innermost().is_hidden })
            }
            Tag::Tr => {
                self.rows.end(&mut self.outline);
                self.run.start = self.outline.text.len();
            }
            _ if tag.is_preformatted() => self.preformatted -= 1,
            _ if tag.is_code() => self.code -= 1,
            _ => {}
        }
        if let Some(open) = self.open.pop() {
            let class = if tag == Tag::Span { self.outline.elements[open.element as usize].class } else { NameId::NONE };
            self.run.seam.close(tag, class, (open.first_byte as usize).saturating_sub(self.run.start));
            if open.is_code_line {
                self.end_code_line(open.first_byte as usize);
            }
            if open.link.is_some() || tag == Tag::Sup {
                self.end_mark(&open);
            }
            if tag == Tag::Q {
                self.end_quotation(&open);
            }
            self.count_link(open.link, -1);
            self.forget_if_empty(&open);
        }
    }

    /// An element without blocks says nothing of any.
    fn forget_if_empty(&mut self, open: &Open) {
        let is_last = open.element as usize + 1 == self.outline.elements.len();
        if is_last && open.element > 0 && open.first_block as usize == self.outline.blocks.len() && !self.outline.is_limited {
            self.outline.elements.pop();
        }
    }

    /// What follows is not inside the link at this position, counted from the outermost open element, if it is one.
    pub(super) fn end_link(&mut self, position: usize) {
        let link = self.open.get_mut(position + 1).and_then(|open| open.link.take());
        self.count_link(link, -1);
    }

    /// What follows is inside of a link that began in a block that has ended.
    pub(super) fn go_on_with_link(&mut self) {
        self.links += 1;
    }

    /// What follows is no longer inside of it.
    pub(super) fn leave_link(&mut self) {
        self.links -= 1;
    }

    /// A forced line break; two of them with nothing between end the block, as they do for a reader.
    pub(super) fn line_break(&mut self) {
        self.run.breaks += 1;
        if self.run.breaks > 1 {
            self.end_block();
        } else {
            self.push_newline();
        }
    }

    /// What follows stands at this byte of the page.
    pub(super) fn at(&mut self, offset: usize) {
        self.offset = offset as u32;
    }

    /// Whether blanks that come now are nothing.
    pub(super) fn passes_over_blanks(&self) -> bool {
        self.is_between_blocks() && self.preformatted == 0
    }

    /// Whether what comes now goes on with a line of a paragraph or a heading.
    pub(super) fn is_inside_line(&self) -> bool {
        let tag = self.outline.elements[self.innermost().container as usize].tag;
        let line = &self.outline.text[self.run.start..];
        (tag == Tag::P || tag.is_heading()) && !line.is_empty() && !line.ends_with('\n')
    }

    pub(super) fn text(&mut self, text: Part<'_>) {
        if self.passes_over_blanks() && text.as_str().trim_ascii_start().is_empty() {
            return;
        }
        if self.is_between_blocks() {
            self.run.offset = self.offset;
        }
        let innermost = self.innermost();
        if innermost.is_hidden && !innermost.is_container_hidden {
            self.run.aside_chars += push_collapsed(&mut self.run.aside, 0, text);
            return;
        }
        if !self.run.seam.is_none() && self.preformatted + self.code == 0 {
            let line = &self.outline.text[self.run.start..];
            if self.run.seam.lacks_blank(line, text.as_str()) {
                self.outline.text.push(' ');
            }
        }
        if let Some(raised) = self.run.raised.take() {
            self.go_on_behind_raised(raised, text.as_str());
        }
        let n_chars = match self.preformatted {
            0 => push_collapsed(&mut self.outline.text, self.run.start, text),
            _ => push_preformatted(&mut self.outline.text, text),
        };
        if n_chars > 0 {
            self.run.breaks = 0;
            self.run.seam = Seam::default();
        }
        let if_inside = |links: u32| if links > 0 { n_chars } else { 0 };
        self.run.chars +=
            Chars { all: n_chars, in_links: if_inside(self.links), in_outward_links: if_inside(self.outward_links) };
    }

    /// Nothing was read since the last block ended.
    fn is_between_blocks(&self) -> bool {
        self.outline.text.len() == self.run.start && self.run.aside.is_empty()
    }

    fn innermost(&self) -> Open {
        self.open.last().copied().unwrap_or(Open::ROOT)
    }

    fn push_newline(&mut self) {
        let text = &mut self.outline.text;
        while text.len() > self.run.start && text.ends_with(' ') {
            text.pop();
        }
        if text.len() > self.run.start {
            text.push('\n');
        }
    }

    /// Ends the line that is being read.
    pub(super) fn end_block(&mut self) {
        if self.is_between_blocks() {
            self.run.breaks = 0;
            return;
        }
        self.end_run();
        let aside = std::mem::take(&mut self.run.aside);
        if !aside.trim_ascii().is_empty() {
            self.outline.text.push_str(aside.trim_ascii());
            self.run.chars = Chars { all: self.run.aside_chars, ..Chars::default() };
            if let Some(block) = self.end_run() {
                self.outline.blocks[block].facts |= Facts::HIDDEN;
            }
        }
    }

    /// Ends the text that is being read; if it became a block of its own, gives its number.
    fn end_run(&mut self) -> Option<usize> {
        let start = self.run.start;
        let end = start + self.outline.text[start..].trim_end().len();
        self.outline.text.truncate(end);
        let chars = self.run.chars;
        let n_blocks = self.outline.blocks.len();
        match end > start {
            true if n_blocks < MAX_BLOCKS => self.push_block(start, chars),
            true => self.add_to_last_block(chars),
            false => {}
        }
        self.n_ended_runs += 1;
        let (aside, aside_chars) = (std::mem::take(&mut self.run.aside), self.run.aside_chars);
        let offset = self.run.offset;
        self.run = Run { start: self.outline.text.len(), offset, aside, aside_chars, ..Run::default() };
        (self.outline.blocks.len() > n_blocks).then_some(n_blocks)
    }

    fn add_to_last_block(&mut self, chars: Chars) {
        self.outline.is_limited = true;
        let end = self.outline.text.len() as u32;
        let last = self.outline.blocks.len() - 1;
        let block = &mut self.outline.blocks[last];
        block.end = end;
        block.chars += chars;
        self.outline.text.push('\n');
    }

    /// Makes a block of the text from `start` on.
    fn push_block(&mut self, start: usize, chars: Chars) {
        let (start, end, offset) = (start as u32, self.outline.text.len() as u32, self.run.offset);
        let blank_lines = std::mem::take(&mut self.run.blank_lines);
        let goes_on = std::mem::take(&mut self.run.goes_on);
        let Open { container: element, kind, is_container_hidden, .. } = self.innermost();
        // Rows of tables ask before facts are handed down; and beyond the element limit the element is one round it, which may be shown.
        let facts = if is_container_hidden { Facts::HIDDEN } else { Facts::NONE };
        self.outline.blocks.push(Block { start, end, offset, blank_lines, goes_on, element, kind, facts, chars });
        self.outline.text.push('\n');
        self.run.start = self.outline.text.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boilerplate::scanner::scan;

    /// The texts of the last blocks, hidden ones in brackets.
    fn check(html: &str, expected: &[&str]) {
        let outline = scan(html, "").outline;
        let shown = |block: &Block| match block.facts.has(Facts::HIDDEN) {
            true => format!("[{}]", outline.text_of(block)),
            false => outline.text_of(block).to_owned(),
        };
        let last = outline.blocks.len().saturating_sub(expected.len());
        assert_eq!(outline.blocks[last..].iter().map(shown).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn form_fields_beyond_the_depth_limit_end_no_other_element() {
        let deep = format!("<div hidden>{}{}", "<div>".repeat(511), "<textarea>x</textarea>".repeat(512));
        check(&format!("{deep}secret"), &["[x]", "[secret]"]);
        check(&format!("{deep}{}shown", "</div>".repeat(512)), &["[x]", "shown"]);
    }

    #[test]
    fn hidden_texts_of_different_elements_are_words_of_their_own() {
        check("<p>a<b hidden>4 of 5 stars</b> <b hidden>58</b><b hidden>sold", &["a", "[4 of 5 stars 58 sold]"]);
    }

    #[test]
    fn what_is_hidden_is_so_beyond_the_element_limit() {
        let nested = |n_divs| format!("{}x{}", "<div>".repeat(n_divs), "</div>".repeat(n_divs));
        let page = format!("{}<p>shown <b hidden>secret</b></p><p hidden>too", nested(9).repeat(MAX_ELEMENTS / 9 + 1));
        check(&page, &["x", "shown", "[secret]", "[too]"]);
    }
}
