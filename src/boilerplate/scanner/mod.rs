//! From HTML to an outline in one pass: the tree construction of the HTML standard (13.2.6), as far as it shows in
//! text and blocks, without a tree.

mod buttons;
mod end_tags;
mod notes;
mod start_tags;

use memchr::memchr;

use super::attributes::{Attribute, Layout};
use super::builder::Builder;
use super::markup::Markup;
use super::open_elements::{OpenElement, OpenElements, Rules};
use super::outline::Outline;
use super::part::Part;
use super::plain::plain;
use super::references::{self, Place};
use super::tag::Tag;
use super::tokenizer::{Text, Token, Tokenizer};
use crate::hash;

/// Elements nested deeper are not opened; their text belongs to the last that was. Browsers have the same limit.
const MAX_DEPTH: usize = 512;

/// What a page holds, and whether elements were nested too deep.
pub(super) struct Scanned {
    pub(super) outline: Outline,
    pub(super) markup: Markup,
    pub(super) is_depth_limited: bool,
}

/// Reads a page from a host, scripts off.
pub(super) fn scan(html: &str, page_host: &str) -> Scanned {
    let mut scanner = Scanner {
        tokenizer: Tokenizer::new(html),
        builder: Builder::new(html.len()),
        markup: Markup::default(),
        page_host,
        open: OpenElements::new(),
        is_in_head: true,
        is_in_head_noscript: false,
        is_form_open: false,
        is_link_reopened: false,
        ignores_line_feed: false,
        invisible: 0,
        too_deep: 0,
        is_depth_limited: false,
        capture: None,
        decoded: String::new(),
    };
    scanner.run();
    Scanned { outline: scanner.builder.finish(), markup: scanner.markup, is_depth_limited: scanner.is_depth_limited }
}

/// The text of an element that is a fact of the page, while it is read.
struct Capture {
    /// Height of the stack below the element.
    below: usize,
    name: String,
    text: String,
}

struct Scanner<'a> {
    tokenizer: Tokenizer<'a>,
    builder: Builder,
    markup: Markup,
    page_host: &'a str,
    open: OpenElements,
    is_in_head: bool,
    is_in_head_noscript: bool,
    is_form_open: bool,
    /// A link that was not closed goes on behind the end of the block it began in.
    is_link_reopened: bool,
    ignores_line_feed: bool,
    /// Open foreign elements whose content is no text of the page.
    invisible: usize,
    /// Start tags beyond the depth limit that have not ended.
    too_deep: usize,
    is_depth_limited: bool,
    capture: Option<Capture>,
    /// The last text that had character references, decoded.
    decoded: String,
}

/// A tag's name: the hash tells those apart that have no tag of their own.
#[derive(Clone, Copy)]
struct Name {
    tag: Tag,
    hash: u32,
}

impl Name {
    fn of(tag: Tag, written: &str) -> Self {
        let hash = if tag == Tag::Other { hash_of(written) } else { 0 };
        Self { tag, hash }
    }

    fn is(self, element: &OpenElement) -> bool {
        element.tag == self.tag && element.name == self.hash && !element.is_detached
    }
}

/// A name's hash, the same for capital and small letters.
fn hash_of(name: &str) -> u32 {
    name.bytes().fold(hash::BASIS, |hash, byte| hash::mix(hash, byte.to_ascii_lowercase().into()))
}

impl<'a> Scanner<'a> {
    fn run(&mut self) {
        while let Some(token) = self.tokenizer.next(&self.open) {
            match token {
                Token::Text(text) => {
                    self.builder.at(text.written.start);
                    self.text(text)
                }
                Token::Cdata(text) => self.plain_text(text.into()),
                Token::StartTag { tag, name, self_closing } => self.start_tag(Name::of(tag, name), self_closing),
                Token::EndTag { tag, name } => self.end_tag(Name::of(tag, name)),
            }
            if !matches!(token, Token::StartTag { .. }) {
                self.ignores_line_feed = false;
            }
        }
        self.end_capture(0);
    }

    #[inline(always)]
    fn text(&mut self, text: Text<'a>) {
        if text.is_blank && self.builder.passes_over_blanks() && self.capture.is_none() {
            return;
        }
        let written = if self.ignores_line_feed { without_line_feed(text.written) } else { text.written };
        if !text.has_references {
            return self.plain_text(written);
        }
        let mut decoded = std::mem::take(&mut self.decoded);
        decoded.clear();
        references::decoded(written.as_str(), Place::Text, |piece| decoded.push_str(piece));
        self.plain_text(Part::from(&*decoded));
        self.decoded = decoded;
    }

    fn plain_text(&mut self, text: Part<'_>) {
        if self.is_in_head {
            if text.as_str().trim_ascii().is_empty() || self.open.is_open(Tag::Template) {
                return;
            }
            self.leave_head();
        }
        if let Some(capture) = &mut self.capture {
            text.push_to(&mut capture.text);
        }
        if self.invisible == 0 {
            self.builder.text(text);
        }
    }

    fn leave_head(&mut self) {
        self.is_in_head = false;
        self.is_in_head_noscript = false;
    }

    fn reopen_link(&mut self) {
        if !std::mem::replace(&mut self.is_link_reopened, true) {
            self.builder.go_on_with_link();
        }
    }

    fn end_reopened_link(&mut self) {
        if std::mem::take(&mut self.is_link_reopened) {
            self.builder.leave_link();
        }
    }

    fn push(&mut self, name: Name) {
        self.push_element(name, Rules::Html);
    }

    fn push_element(&mut self, name: Name, rules: Rules) {
        if self.open.len() >= MAX_DEPTH {
            self.too_deep += 1;
            self.is_depth_limited = true;
            if name.tag.is_block() {
                self.builder.end_block();
            }
            return;
        }
        let is_invisible = name.tag.is_invisible() || self.is_in_head;
        let is_shown = self.invisible == 0 && !is_invisible;
        if is_shown {
            let layout = self.layout(name.tag);
            let is_word = name.tag == Tag::Button && self.is_in_sentence();
            self.builder.open(if is_word { Tag::Span } else { name.tag }, &layout);
        }
        self.invisible += usize::from(!is_shown);
        let tag = name.tag;
        self.open.push(OpenElement { tag, name: name.hash, rules, is_detached: false, is_shown });
    }

    fn push_implied(&mut self, tag: Tag) {
        let element = OpenElement { tag, name: 0, rules: Rules::Html, is_detached: false, is_shown: true };
        if self.open.len() < MAX_DEPTH {
            self.builder.open(tag, &Layout::NONE);
            self.open.push(element);
        }
    }

    /// What the attributes of the start tag that was read last say of its element.
    #[inline(always)]
    fn layout(&mut self, tag: Tag) -> Layout {
        let attributes = self.tokenizer.attributes();
        match attributes.is_empty() {
            true => Layout::NONE,
            false => self.builder.layout(self.page_host, tag, |attribute| attributes.get(attribute)),
        }
    }

    fn pop(&mut self) {
        self.pop_one();
        while self.open.top().is_some_and(|top| top.is_detached) {
            self.pop_one();
        }
    }

    fn pop_one(&mut self) {
        let Some(element) = self.open.pop() else { return };
        if element.is_shown {
            self.builder.close();
        } else {
            self.invisible -= 1;
        }
        if self.capture.is_some() {
            self.end_capture(self.open.len());
        }
    }

    fn line_break(&mut self) {
        if self.invisible == 0 {
            self.builder.line_break();
        }
    }

    /// Content that is no text of the page, though it may be a fact of it.
    fn unseen_text(&mut self, tag: Tag) {
        let is_linked_data =
            self.tokenizer.attributes().get(Attribute::Type).is_some_and(|t| t.eq_ignore_ascii_case("application/ld+json"));
        match tag {
            Tag::Script => {
                let script = self.tokenizer.script();
                if is_linked_data {
                    self.markup.json_ld.push(script.to_owned());
                }
            }
            Tag::Title => {
                let title = self.tokenizer.closed_raw_text("title").unwrap_or_else(|| self.tokenizer.rest_of_line());
                if self.markup.title.is_empty() {
                    self.markup.title = plain(title).into_owned();
                }
            }
            Tag::Style => drop(self.tokenizer.raw_text("style")),
            Tag::Iframe => {
                let document = self.tokenizer.attributes().get(Attribute::Srcdoc).map(references::decoded_value);
                self.markup.framed.extend(document);
                self.tokenizer.closed_raw_text("iframe");
            }
            Tag::Noembed => drop(self.tokenizer.closed_raw_text("noembed")),
            _ => self.markup.framed.extend(self.tokenizer.closed_raw_text("noframes").map(str::to_owned)),
        }
    }

    fn raw_text(&mut self, name: Name) {
        let height = self.open.len();
        self.push(name);
        self.builder.at(self.tokenizer.position());
        if name.tag == Tag::Textarea {
            let text = self.tokenizer.raw_text("textarea");
            let written = without_line_feed(text.into());
            let has_references = memchr(b'&', text.as_bytes()).is_some();
            self.text(Text { written, has_references, is_blank: false });
        } else {
            let text = self.tokenizer.raw_text("xmp");
            self.plain_text(text.into());
        }
        match self.open.len() > height {
            true => self.pop(),
            false => self.end_too_deep(name.tag),
        }
    }

    /// Ends an element beyond the depth limit, which was not opened.
    fn end_too_deep(&mut self, tag: Tag) {
        self.too_deep -= 1;
        if tag.is_block() {
            self.builder.end_block();
        }
    }
}

/// A line feed right behind the start tag of some elements is not part of their text.
fn without_line_feed(part: Part<'_>) -> Part<'_> {
    let text = part.as_str();
    let rest = text.strip_prefix("\r\n").or_else(|| text.strip_prefix(['\n', '\r'])).unwrap_or(text);
    Part { start: part.end - rest.len(), ..part }
}

/// The blocks of a page, with bars between them.
#[cfg(test)]
pub(super) fn texts_of_blocks(html: &str) -> String {
    let outline = scan(html, "").outline;
    outline.blocks.iter().map(|block| outline.text_of(block)).collect::<Vec<_>>().join(" | ")
}

/// Checks the blocks of a page, with bars between them, and that their characters are counted.
#[cfg(test)]
pub(super) fn check_blocks(html: &str, expected: &str) {
    assert_eq!(texts_of_blocks(html), expected, "{html}");
    let n_chars = expected.chars().filter(|c| !c.is_whitespace() && *c != '|').count();
    assert_eq!(scan(html, "").outline.blocks.iter().map(|block| block.chars.all as usize).sum::<usize>(), n_chars, "{html}");
}
