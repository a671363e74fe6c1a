//! The outline of a page: its blocks of text and the elements round them. Here HTML and plain text meet.

use std::ops::{BitOr, BitOrAssign, Range};

use super::tag::Tag;

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
    /// The author's class or id names it as something round the content.
    pub(super) const NAMED_CHROME: Self = Self(1 << 9);
    /// The author's class or id names it as the content.
    pub(super) const NAMED_CONTENT: Self = Self(1 << 10);
    /// The author's class or id names it as readers' comments.
    pub(super) const NAMED_COMMENTS: Self = Self(1 << 11);

    /// Whether any of the others is among these.
    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn only(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
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

/// An element, in document order; the root stands first and is its own parent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element {
    pub(super) parent: u32,
    pub(super) tag: Tag,
    /// Its own facts and those of all elements round it.
    pub(super) facts: Facts,
}

/// A run of text that stands by itself on the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    start: u32,
    end: u32,
    /// The innermost block-level element round it, an index into the outline's elements.
    pub(super) element: u32,
    pub(super) kind: Kind,
    pub(super) facts: Facts,
    /// Characters that are no white space, and those of them inside links.
    pub(super) n_chars: u32,
    pub(super) link_chars: u32,
}

impl Block {
    /// Share of characters inside links, 0 to 1.
    pub(super) fn link_share(&self) -> f64 {
        f64::from(self.link_chars) / f64::from(self.n_chars.max(1))
    }
}

/// Blocks in reading order, and the elements that they stand in.
#[derive(Debug)]
pub(super) struct Outline {
    text: String,
    pub(super) blocks: Vec<Block>,
    pub(super) elements: Vec<Element>,
    /// There were more blocks or elements than are told apart.
    pub(super) is_limited: bool,
}

impl Outline {
    /// Whether the last block holds all that came behind the limit.
    pub(super) fn has_mixed_last_block(&self) -> bool {
        self.is_limited && self.blocks.len() == MAX_BLOCKS
    }

    pub(super) fn text_of(&self, block: &Block) -> &str {
        &self.text[block.start as usize..block.end as usize]
    }
}

/// What an element's attributes say, as far as it matters here.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Attributes<'a> {
    pub(super) class: &'a str,
    pub(super) id: &'a str,
    pub(super) role: &'a str,
    pub(super) style: &'a str,
    pub(super) hidden: bool,
    pub(super) aria_hidden: bool,
}

/// Text of one block while it is read. A hidden element in the middle of a line has its text put aside.
#[derive(Default)]
struct Run {
    start: usize,
    n_chars: u32,
    link_chars: u32,
    aside: String,
    aside_chars: u32,
    breaks: u8,
}

/// Makes an outline from a page's elements and text in document order.
pub(super) struct Builder {
    outline: Outline,
    open: Vec<Open>,
    /// The open elements that are blocks, the innermost last.
    containers: Vec<u32>,
    run: Run,
    links: u32,
    preformatted: u32,
    rows: Vec<Row>,
}

/// An element that is open.
struct Open {
    element: u32,
    tag: Tag,
    is_link: bool,
}

/// Blocks of a page of HTML that are told apart; the text of those behind is added to the last. Pages for people have thousands.
const MAX_BLOCKS: usize = 1 << 16;
/// Elements of a page that are told apart; those behind count as the element that they stand in.
const MAX_ELEMENTS: usize = 1 << 19;

/// A table row that is open: where its blocks begin, and how many of them each cell has.
struct Row {
    first_block: usize,
    cells: Vec<usize>,
}

/// A cell with more characters is laid out, not tabulated.
const MAX_CELL_CHARS: u32 = 200;

impl Builder {
    pub(super) fn new(page_bytes: usize) -> Self {
        let root = Element { parent: 0, tag: Tag::Html, facts: Facts::NONE };
        let outline =
            Outline { text: String::with_capacity(page_bytes / 8), blocks: Vec::new(), elements: vec![root], is_limited: false };
        let open = vec![Open { element: 0, tag: Tag::Html, is_link: false }];
        Self { outline, open, containers: vec![0], run: Run::default(), links: 0, preformatted: 0, rows: Vec::new() }
    }

    pub(super) fn finish(mut self) -> Outline {
        self.end_block();
        self.outline
    }

    /// Opens an element with its own facts.
    pub(super) fn open(&mut self, tag: Tag, own: Facts) {
        if tag.is_block() {
            self.end_block();
        }
        match tag {
            Tag::Tr => self.rows.push(Row { first_block: self.outline.blocks.len(), cells: Vec::new() }),
            _ if tag.is_preformatted() => self.preformatted += 1,
            _ => {}
        }
        let element = self.element(tag, own);
        let is_link = tag == Tag::A;
        self.links += u32::from(is_link);
        self.open.push(Open { element, tag, is_link });
        if tag.is_block() {
            self.containers.push(element);
        }
    }

    fn element(&mut self, tag: Tag, own: Facts) -> u32 {
        let parent = self.innermost();
        let element = self.outline.elements.len();
        if element >= MAX_ELEMENTS {
            self.outline.is_limited = true;
            return parent;
        }
        let facts = self.outline.elements[parent as usize].facts | own;
        self.outline.elements.push(Element { parent, tag, facts });
        element as u32
    }

    /// Ends the innermost open element.
    pub(super) fn close(&mut self) {
        let tag = self.open.last().map_or(Tag::Html, |open| open.tag);
        if tag.is_block() {
            self.end_block();
            self.containers.pop();
        }
        match tag {
            Tag::Td | Tag::Th => self.end_cell(),
            Tag::Tr => self.end_row(),
            _ if tag.is_preformatted() => self.preformatted -= 1,
            _ => {}
        }
        if self.open.pop().is_some_and(|open| open.is_link) {
            self.links -= 1;
        }
    }

    /// What follows is not inside the link at this position, counted from the outermost open element, if it is one.
    pub(super) fn end_link(&mut self, position: usize) {
        if let Some(open) = self.open.get_mut(position + 1)
            && std::mem::take(&mut open.is_link)
        {
            self.links -= 1;
        }
    }

    /// What follows is inside of a link that began in a block that has ended, or no longer so.
    pub(super) fn go_on_with_link(&mut self, goes_on: bool) {
        if goes_on { self.links += 1 } else { self.links -= 1 }
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

    /// A line of plain text: a block of its own, unless it is blank.
    pub(super) fn line(&mut self, line: &str) {
        let line = line.trim_matches(is_space);
        if line.is_empty() {
            return;
        }
        let start = self.outline.text.len();
        let n_chars = push_preformatted(&mut self.outline.text, line);
        self.push_block(start, 0, n_chars, 0);
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.is_between_blocks() && self.preformatted == 0 && text.trim_ascii_start().is_empty() {
            return;
        }
        let element = self.outline.elements[self.innermost() as usize];
        let container = self.outline.elements[self.container() as usize];
        if element.facts.has(Facts::HIDDEN) && !container.facts.has(Facts::HIDDEN) {
            self.run.aside_chars += push_collapsed(&mut self.run.aside, 0, text);
            return;
        }
        let n_chars = match self.preformatted {
            0 => push_collapsed(&mut self.outline.text, self.run.start, text),
            _ => push_preformatted(&mut self.outline.text, text),
        };
        if n_chars > 0 {
            self.run.breaks = 0;
        }
        self.run.n_chars += n_chars;
        if self.links > 0 {
            self.run.link_chars += n_chars;
        }
    }

    /// Nothing was read since the last block ended.
    fn is_between_blocks(&self) -> bool {
        self.outline.text.len() == self.run.start && self.run.aside.is_empty()
    }

    fn innermost(&self) -> u32 {
        self.open.last().map_or(0, |open| open.element)
    }

    /// The innermost open element that is a block.
    fn container(&self) -> u32 {
        self.containers.last().copied().unwrap_or(0)
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
        let container = self.container();
        self.end_run(container);
        let aside = std::mem::take(&mut self.run.aside);
        if !aside.trim_ascii().is_empty() {
            self.outline.text.push_str(aside.trim_ascii());
            self.run.n_chars = self.run.aside_chars;
            let block = self.end_run(container);
            if let Some(block) = block.filter(|_| !self.outline.is_limited) {
                self.outline.blocks[block].facts |= Facts::HIDDEN;
            }
        }
    }

    fn end_run(&mut self, container: u32) -> Option<usize> {
        let start = self.run.start;
        let end = start + self.outline.text[start..].trim_end().len();
        self.outline.text.truncate(end);
        let (n_chars, link_chars) = (self.run.n_chars, self.run.link_chars);
        let index = (end > start).then(|| match self.outline.blocks.len() < MAX_BLOCKS {
            true => self.push_block(start, container, n_chars, link_chars),
            false => self.add_to_last_block(n_chars, link_chars),
        });
        let (aside, aside_chars) = (std::mem::take(&mut self.run.aside), self.run.aside_chars);
        self.run = Run { start: self.outline.text.len(), aside, aside_chars, ..Run::default() };
        index
    }

    fn add_to_last_block(&mut self, n_chars: u32, link_chars: u32) -> usize {
        self.outline.is_limited = true;
        let end = self.outline.text.len() as u32;
        let last = self.outline.blocks.len() - 1;
        let block = &mut self.outline.blocks[last];
        block.end = end;
        block.n_chars += n_chars;
        block.link_chars += link_chars;
        self.outline.text.push('\n');
        last
    }

    /// Makes a block of the text from `start` on.
    fn push_block(&mut self, start: usize, element: u32, n_chars: u32, link_chars: u32) -> usize {
        let facts = self.outline.elements[element as usize].facts;
        let (start, end) = (start as u32, self.outline.text.len() as u32);
        let kind = self.kind(element);
        self.outline.blocks.push(Block { start, end, element, kind, facts, n_chars, link_chars });
        self.outline.text.push('\n');
        self.run.start = self.outline.text.len();
        self.outline.blocks.len() - 1
    }

    fn kind(&self, container: u32) -> Kind {
        let mut at = container;
        loop {
            let element = self.outline.elements[at as usize];
            match element.tag {
                Tag::Li | Tag::Dd | Tag::Dt => return Kind::ListItem,
                Tag::Blockquote => return Kind::Quote,
                Tag::Figcaption | Tag::Caption => return Kind::Caption,
                tag if tag.is_preformatted() => return Kind::Code,
                Tag::Td | Tag::Th | Tag::Article | Tag::Section | Tag::Body | Tag::Html => return Kind::Paragraph,
                tag => {
                    if let Some(level) = tag.heading_level() {
                        return Kind::Heading(level);
                    }
                }
            }
            at = element.parent;
        }
    }

    fn end_cell(&mut self) {
        let n_blocks = self.outline.blocks.len();
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(n_blocks);
        }
    }

    /// Puts the cells of a row of tabular text into one line.
    fn end_row(&mut self) {
        let Some(Row { first_block, cells }) = self.rows.pop() else { return };
        let row = &self.outline.blocks[first_block..];
        let is_tabular = row.len() > 1
            && row.len()
                == cells.iter().zip(std::iter::once(&first_block).chain(&cells)).filter(|(end, start)| end > start).count()
            && cells.windows(2).all(|pair| pair[1] - pair[0] <= 1)
            && row.iter().all(|cell| cell.n_chars <= MAX_CELL_CHARS && cell.kind == Kind::Paragraph)
            && !self.outline.text[row[0].start as usize..]
                .trim_end()
                .bytes()
                .zip(0..)
                .any(|(b, at)| b == b'\n' && !is_between(row, at));
        if is_tabular {
            self.join_cells(first_block);
        }
    }

    fn join_cells(&mut self, first_block: usize) {
        let row: Vec<Block> = self.outline.blocks.drain(first_block..).collect();
        let (first, last) = (row[0], row[row.len() - 1]);
        let joined: String = row.iter().map(|cell| self.outline.text_of(cell)).collect::<Vec<_>>().join("\t");
        self.outline.text.replace_range(first.start as usize..last.end as usize, &joined);
        let sum = |count: fn(&Block) -> u32| row.iter().map(count).sum::<u32>();
        let element = self.outline.elements[first.element as usize].parent;
        self.outline.blocks.push(Block {
            end: last.end,
            element,
            kind: Kind::TableRow,
            n_chars: sum(|cell| cell.n_chars),
            link_chars: sum(|cell| cell.link_chars),
            ..first
        });
    }
}

/// Whether the line feed at `at`, counted from the row's first byte, stands between two cells.
fn is_between(row: &[Block], at: u32) -> bool {
    row.iter().any(|cell| cell.end - row[0].start == at)
}

/// Appends text with runs of white space as one blank, none at the beginning of a line; gives the number of characters
/// that are no white space. `start` is where the block begins.
fn push_collapsed(out: &mut String, start: usize, text: &str) -> u32 {
    let mut rest = text;
    let mut n_chars = 0;
    while !rest.is_empty() {
        let (plain, n_plain) = plain_prefix(rest);
        out.push_str(&rest[..plain]);
        n_chars += n_plain;
        rest = &rest[plain..];
        let blank = rest.bytes().position(|b| !matches!(b, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')).unwrap_or(rest.len());
        if blank > 0 {
            push_blank(out, start);
            rest = &rest[blank..];
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        rest = &rest[c.len_utf8()..];
        match c {
            c if is_space(c) => push_blank(out, start),
            c if is_dropped(c) => {}
            c => {
                out.push(c);
                n_chars += 1;
            }
        }
    }
    n_chars
}

fn push_blank(out: &mut String, start: usize) {
    let bytes = out.as_bytes();
    if bytes.len() > start && !matches!(bytes.last(), Some(b' ' | b'\n')) {
        out.push(' ');
    }
}

/// Length of the words at the beginning of `text` with single blanks between them, as they can be taken over, and how many
/// characters they have besides the blanks.
fn plain_prefix(text: &str) -> (usize, u32) {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        while at < bytes.len() && !needs_care(bytes[at]) {
            at += 1;
        }
        let is_single_blank = at > 0 && bytes.get(at) == Some(&b' ') && bytes.get(at + 1).is_some_and(|&next| !needs_care(next));
        if !is_single_blank {
            break;
        }
        at += 1;
    }
    let is_counted = |byte: &u8| byte & 0xc0 != 0x80 && *byte != b' ';
    (at, bytes[..at].iter().map(|byte| u32::from(is_counted(byte))).sum())
}

/// White space, control characters, and the first bytes of the characters that [`is_space`] and [`is_dropped`] know.
fn needs_care(byte: u8) -> bool {
    NEEDS_CARE[usize::from(byte)]
}

static NEEDS_CARE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = byte <= b' ' as usize || matches!(byte, 0x7f | 0xc2 | 0xe2 | 0xef);
        byte += 1;
    }
    table
};

/// White space that is only layout. The ideographic space is punctuation and stays.
fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c' | '\u{85}' | '\u{a0}' | '\u{2000}'
            ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}'
    )
}

/// Characters that belong in no corpus: controls, soft hyphens, byte order marks, noncharacters at the end of the plane.
fn is_dropped(c: char) -> bool {
    c.is_control() || matches!(c, '\u{ad}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Appends text with its line feeds, tabs and blanks; gives the number of characters that are no white space.
fn push_preformatted(out: &mut String, text: &str) -> u32 {
    let mut previous = '\0';
    let mut n_chars = 0;
    for c in text.chars() {
        match c {
            '\n' if previous == '\r' => {}
            '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                let end = out.trim_end_matches([' ', '\t']).len();
                out.truncate(end);
                out.push('\n');
            }
            '\t' => out.push('\t'),
            c if is_space(c) => out.push(' '),
            c if is_dropped(c) => {}
            c => {
                out.push(c);
                n_chars += 1;
            }
        }
        previous = c;
    }
    n_chars
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
