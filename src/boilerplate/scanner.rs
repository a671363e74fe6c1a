//! From HTML to an outline in one pass: the tree construction of the HTML standard (13.2.6), as far as it shows in
//! text and blocks, without a tree.

use memchr::memchr;

use super::markup::Markup;
use super::open_elements::{OpenElement, OpenElements};
use super::outline::{Attributes, Builder, Outline, Target};
use super::references::{self, Place};
use super::tag::Tag;
use super::tokenizer::{Attribute, Text, Token, Tokenizer};

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

/// The FNV-1a hash of a name, the same for capital and small letters.
fn hash_of(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193))
}

impl<'a> Scanner<'a> {
    fn run(&mut self) {
        while let Some(token) = self.tokenizer.next(self.open.is_in_foreign_content()) {
            match token {
                Token::Text(text) => {
                    self.builder.at(self.tokenizer.position() - text.written.len());
                    self.text(text)
                }
                Token::Cdata(text) => self.plain_text(text),
                Token::StartTag { tag, name, self_closing } => self.start_tag(Name::of(tag, name), self_closing),
                Token::EndTag { tag, name } => self.end_tag(Name::of(tag, name)),
            }
            if !matches!(token, Token::StartTag { .. }) {
                self.ignores_line_feed = false;
            }
        }
        self.end_capture(0);
    }

    fn text(&mut self, text: Text<'a>) {
        if text.is_blank && self.builder.passes_over_blanks() && self.capture.is_none() {
            return;
        }
        let written = text.written;
        let written = if self.ignores_line_feed { without_line_feed(written) } else { written };
        if !text.has_references {
            return self.plain_text(written);
        }
        let mut pieces = String::with_capacity(written.len());
        references::decoded(written, Place::Text, |piece| pieces.push_str(piece));
        self.plain_text(&pieces);
    }

    fn plain_text(&mut self, text: &str) {
        if self.is_in_head {
            if text.trim_ascii().is_empty() || self.open.is_open(Tag::Template) {
                return;
            }
            self.leave_head();
        }
        if let Some(capture) = &mut self.capture {
            capture.text.push_str(text);
        }
        if self.invisible == 0 {
            self.builder.text(text);
        }
    }

    fn leave_head(&mut self) {
        self.is_in_head = false;
        self.is_in_head_noscript = false;
    }

    fn start_tag(&mut self, name: Name, self_closing: bool) {
        let tag = name.tag;
        self.ignores_line_feed = false;
        self.note(tag);
        if self.open.is_in_foreign_content() {
            let is_html = tag.breaks_out_of_foreign_content()
                || tag == Tag::Font && self.tokenizer.attributes().has(Attribute::Presentation);
            if !is_html {
                return self.start_foreign(name, self_closing);
            }
            self.leave_foreign_content();
        }
        if self.is_in_head && !matches!(tag, Tag::Html | Tag::Head) && !self.open.is_open(Tag::Template) {
            self.start_in_head(tag);
        }
        match tag {
            Tag::Html | Tag::Head | Tag::Frameset | Tag::Frame => {}
            Tag::Body => self.start_body(name),
            Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Tr | Tag::Td | Tag::Th => {
                self.start_table_part(name)
            }
            Tag::Svg | Tag::Math => self.start_foreign(name, self_closing),
            _ => self.start_in_body(name),
        }
    }

    /// What may stand in a head keeps it open; the rest begins the body.
    fn start_in_head(&mut self, tag: Tag) {
        match tag {
            Tag::Noscript if !self.is_in_head_noscript => self.is_in_head_noscript = true,
            Tag::Base | Tag::Basefont | Tag::Bgsound | Tag::Link | Tag::Meta | Tag::Noframes | Tag::Style => {}
            Tag::Script | Tag::Template | Tag::Title if !self.is_in_head_noscript => {}
            _ => self.leave_head(),
        }
    }

    /// The first one counts, if nothing of the body came before.
    fn start_body(&mut self, name: Name) {
        if self.open.len() == 0 {
            self.push(name);
        }
    }

    fn start_in_body(&mut self, name: Name) {
        let tag = name.tag;
        if self.is_in_head && tag == Tag::Noscript {
            return;
        }
        if tag == Tag::Table && self.is_in_table_without_cell() {
            self.pop_to_table_scope(Tag::Table);
        }
        if tag == Tag::Form && self.is_form_open && !self.open.is_open(Tag::Template) {
            return;
        }
        if tag == Tag::Li || tag == Tag::Dd || tag == Tag::Dt {
            self.close_list_item(tag);
        }
        if tag.closes_paragraph() {
            self.close_paragraph();
        }
        self.close_siblings(tag);
        match tag {
            Tag::Br => self.line_break(),
            Tag::Hr => {
                self.builder.end_block();
            }
            Tag::Input => drop(self.pop_scope(Tag::Select)),
            Tag::Script | Tag::Style | Tag::Title | Tag::Iframe | Tag::Noembed | Tag::Noframes => self.unseen_text(tag),
            Tag::Textarea | Tag::Xmp => self.raw_text(name),
            Tag::Plaintext => {
                self.push(name);
                self.builder.at(self.tokenizer.position());
                let rest = self.tokenizer.plaintext();
                self.plain_text(rest);
            }
            Tag::Form => self.start_form(name),
            Tag::Select if self.pop_scope(Tag::Select) => {}
            _ if tag.is_void() => {}
            _ => {
                self.push(name);
                self.ignores_line_feed = matches!(tag, Tag::Pre | Tag::Listing);
            }
        }
    }

    /// Ends what cannot stand open beside or round an element of this tag.
    fn close_siblings(&mut self, tag: Tag) {
        match tag {
            _ if tag.is_heading() && self.open.top().is_some_and(|top| top.html_tag().is_heading()) => self.pop(),
            Tag::Button => drop(self.pop_scope(Tag::Button)),
            Tag::A | Tag::Nobr => self.end_formatting(tag),
            Tag::OptionItem | Tag::Optgroup => {
                if self.open.in_scope(Tag::Select, |_| false).is_some() {
                    let kept = if tag == Tag::OptionItem { Tag::Optgroup } else { Tag::Other };
                    self.end_implied(kept);
                } else if self.open.top().is_some_and(|top| top.html_tag() == Tag::OptionItem) {
                    self.pop();
                }
            }
            Tag::Rb | Tag::Rtc | Tag::Rp | Tag::Rt if self.open.in_scope(Tag::Ruby, |_| false).is_some() => {
                let kept = if matches!(tag, Tag::Rp | Tag::Rt) { Tag::Rtc } else { Tag::Other };
                self.end_implied(kept);
            }
            _ => {}
        }
    }

    fn start_form(&mut self, name: Name) {
        self.is_form_open = true;
        // In a table, a form holds nothing: its rows stay the table's.
        if !self.is_in_table_without_cell() {
            self.push(name);
        }
    }

    fn is_in_table_without_cell(&self) -> bool {
        let has_table = self.open.is_open(Tag::Table);
        has_table
            && matches!(self.open.table_part(), Some(Tag::Table | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Tr | Tag::Colgroup))
    }

    /// Outside of a table its parts are nothing; inside, they end the parts before them.
    fn start_table_part(&mut self, name: Name) {
        let Some(part) = self.open.table_part() else { return };
        if matches!(part, Tag::Td | Tag::Th) {
            self.pop_to_table_scope(part);
        } else if part == Tag::Caption {
            self.pop_to_table_scope(Tag::Caption);
        }
        let is_context = |tag: Tag| match name.tag {
            Tag::Td | Tag::Th => matches!(tag, Tag::Tr | Tag::Template),
            Tag::Tr => matches!(tag, Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Template),
            _ => matches!(tag, Tag::Table | Tag::Template),
        };
        let bottom = self.open.find(|e| is_context(e.html_tag()), |e| matches!(e.html_tag(), Tag::Table | Tag::Template));
        match bottom.or_else(|| self.open.find(|e| matches!(e.html_tag(), Tag::Table | Tag::Template), |_| false)) {
            Some(context) => self.pop_above(context),
            None => return,
        }
        match name.tag {
            Tag::Col => {}
            Tag::Td | Tag::Th => {
                if bottom.is_none() {
                    self.push_implied(Tag::Tr);
                }
                self.push(name);
            }
            _ => self.push(name),
        }
    }

    fn push_implied(&mut self, tag: Tag) {
        let element =
            OpenElement { tag, name: 0, is_foreign: false, is_integration_point: false, is_detached: false, is_shown: true };
        if self.open.len() < MAX_DEPTH {
            self.builder.open(tag, &Attributes::default());
            self.open.push(element);
        }
    }

    fn start_foreign(&mut self, name: Name, self_closing: bool) {
        if self_closing {
            return;
        }
        let encoding = self.tokenizer.attributes().get(Attribute::Encoding).unwrap_or_default();
        let holds_html = ["text/html", "application/xhtml+xml"].iter().any(|html| encoding.eq_ignore_ascii_case(html));
        let is_integration_point = name.tag.is_integration_point() || name.tag == Tag::AnnotationXml && holds_html;
        self.push_element(name, true, is_integration_point);
    }

    fn leave_foreign_content(&mut self) {
        while self.open.is_in_foreign_content() {
            self.pop();
        }
    }

    fn end_tag(&mut self, name: Name) {
        let tag = name.tag;
        let ends_top = self.open.top().is_some_and(|top| name.is(top) && !top.is_foreign);
        if ends_top && self.too_deep == 0 && !matches!(tag, Tag::Html | Tag::Body | Tag::Head | Tag::Form | Tag::A) {
            return self.pop_through(self.open.len() - 1);
        }
        // At an integration point, start tags and text are HTML, end tags are not.
        if self.open.top().is_some_and(|top| top.is_foreign) {
            if matches!(tag, Tag::P | Tag::Br) {
                self.leave_foreign_content();
            } else if let Some(position) = self.open.find(|e| e.is_foreign && name.is(e), |e| !e.is_foreign) {
                return self.pop_through(position);
            }
        }
        if self.too_deep > 0 {
            self.too_deep -= 1;
            if tag.is_block() {
                self.builder.end_block();
            }
            return;
        }
        self.end_in_body(name);
    }

    fn end_in_body(&mut self, name: Name) {
        let tag = name.tag;
        match tag {
            Tag::Html | Tag::Body | Tag::Head => {}
            Tag::Noscript if self.is_in_head => self.is_in_head_noscript = false,
            Tag::Br => self.line_break(),
            Tag::P if !self.close_paragraph() => self.builder.end_block(),
            Tag::P => {}
            Tag::Li => drop(self.end_scoped(tag, |t| matches!(t, Tag::Ol | Tag::Ul))),
            Tag::Dd | Tag::Dt => drop(self.end_scoped(tag, |_| false)),
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => self.end_heading(),
            Tag::Form => self.end_form(),
            Tag::Table | Tag::Tr | Tag::Td | Tag::Th | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Caption => {
                self.pop_to_table_scope(tag)
            }
            Tag::Template => {
                if let Some(position) = self.open.find(|e| e.html_tag() == tag, |_| false) {
                    self.pop_through(position);
                }
            }
            _ if tag.is_formatting() => self.end_formatting(tag),
            _ if tag.is_closed_in_scope() => drop(self.end_scoped(tag, |_| false)),
            _ => self.end_other(name),
        }
    }

    /// "Any other end tag" of the standard: the innermost element of this name, if nothing special is open inside.
    fn end_other(&mut self, name: Name) {
        if !self.open.is_open(name.tag) {
            return;
        }
        let found = self.open.find(|e| !e.is_foreign && name.is(e), |e| e.html_tag().is_special());
        if let Some(position) = found {
            self.pop_through(position);
        }
    }

    fn end_scoped(&mut self, tag: Tag, also_bounds: impl Fn(Tag) -> bool) -> bool {
        let found = self.open.in_scope(tag, also_bounds);
        if let Some(position) = found {
            self.pop_through(position);
        }
        found.is_some()
    }

    /// Ends the innermost element of this tag in scope, if there is one.
    fn pop_scope(&mut self, tag: Tag) -> bool {
        self.end_scoped(tag, |_| false)
    }

    fn pop_to_table_scope(&mut self, tag: Tag) {
        if let Some(position) = self.open.in_table_scope(tag) {
            self.pop_through(position);
        }
    }

    fn close_paragraph(&mut self) -> bool {
        self.end_scoped(Tag::P, |tag| tag == Tag::Button)
    }

    fn end_heading(&mut self) {
        if ![Tag::H1, Tag::H2, Tag::H3, Tag::H4, Tag::H5, Tag::H6].iter().any(|&heading| self.open.is_open(heading)) {
            return;
        }
        let is_heading = |e: &OpenElement| e.html_tag().is_heading();
        if let Some(position) = self.open.find(is_heading, |e| e.html_tag().bounds_scope()) {
            self.pop_through(position);
        }
    }

    fn close_list_item(&mut self, tag: Tag) {
        let is_item = |t: Tag| if tag == Tag::Li { t == Tag::Li } else { matches!(t, Tag::Dd | Tag::Dt) };
        let bounds = |t: Tag| t.is_special() && !matches!(t, Tag::Address | Tag::Div | Tag::P);
        if let Some(position) = self.open.find(|e| is_item(e.html_tag()), |e| bounds(e.html_tag())) {
            self.pop_through(position);
        }
    }

    /// A form's end does not end what is open inside.
    fn end_form(&mut self) {
        if !std::mem::take(&mut self.is_form_open) && !self.open.is_open(Tag::Template) {
            return;
        }
        let Some(position) = self.open.in_scope(Tag::Form, |_| false) else { return };
        self.end_implied(Tag::Other);
        self.end_at(position);
    }

    /// The adoption agency algorithm, as far as it shows in text: what is open inside stays open.
    fn end_formatting(&mut self, tag: Tag) {
        if tag == Tag::A && self.is_link_reopened {
            self.reopen_link(false);
        }
        if !self.open.is_open(tag) {
            return;
        }
        let found = self.open.find(|e| e.html_tag() == tag, |e| e.html_tag().sets_marker() || e.html_tag() == Tag::Table);
        let Some(position) = found else { return };
        let has_block_inside = (position + 1..self.open.len()).any(|i| self.open.at(i).html_tag().is_special());
        if has_block_inside {
            self.end_at(position);
        } else {
            self.pop_through(position);
        }
    }

    /// Ends an element without ending what is open inside.
    fn end_at(&mut self, position: usize) {
        if position + 1 == self.open.len() {
            self.pop();
        } else {
            self.builder.end_link(position);
            self.open.detach(position);
        }
    }

    /// Ends the elements that end by themselves, but for those of one tag.
    fn end_implied(&mut self, kept: Tag) {
        while self.open.top().is_some_and(|top| top.html_tag().is_implied_end() && top.html_tag() != kept) {
            self.pop();
        }
    }

    fn pop_above(&mut self, position: usize) {
        while self.open.len() > position + 1 {
            self.pop();
        }
    }

    /// Ends an element and all inside. A link inside that has not ended goes on behind it, if no table cell holds it back.
    fn pop_through(&mut self, position: usize) {
        let ends_marker = self.open.at(position).html_tag().sets_marker();
        let mut open_link = false;
        while self.open.len() > position {
            let is_inside = self.open.len() > position + 1;
            open_link |= is_inside && self.open.top().is_some_and(|top| top.html_tag() == Tag::A);
            self.pop();
        }
        if ends_marker {
            self.reopen_link(false);
        } else if open_link {
            self.reopen_link(true);
        }
    }

    fn reopen_link(&mut self, reopened: bool) {
        if self.is_link_reopened != reopened {
            self.is_link_reopened = reopened;
            self.builder.go_on_with_link(reopened);
        }
    }

    fn push(&mut self, name: Name) {
        self.push_element(name, false, false);
    }

    fn push_element(&mut self, name: Name, is_foreign: bool, is_integration_point: bool) {
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
            let attributes = self.layout_attributes(name.tag);
            self.builder.open(name.tag, &attributes);
        }
        self.invisible += usize::from(!is_shown);
        let tag = name.tag;
        self.open.push(OpenElement { tag, name: name.hash, is_foreign, is_integration_point, is_detached: false, is_shown });
    }

    /// What the start tag says of the page's layout.
    fn layout_attributes(&self, tag: Tag) -> Attributes<'a> {
        let raw = self.tokenizer.attributes();
        if raw.is_empty() {
            return Attributes::default();
        }
        let is_link = tag == Tag::A;
        Attributes {
            class: raw.value(Attribute::Class),
            id: raw.value(Attribute::Id),
            role: raw.value(Attribute::Role),
            style: raw.value(Attribute::Style),
            itemprop: raw.value(Attribute::Itemprop),
            hidden: raw.has(Attribute::Hidden),
            aria_hidden: raw.value(Attribute::AriaHidden) == "true",
            target: if is_link { Target::of(raw.value(Attribute::Href), self.page_host) } else { Target::default() },
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
                let title = self.tokenizer.raw_text("title");
                if self.markup.title.is_empty() {
                    references::decoded(title, Place::Text, |piece| self.markup.title.push_str(piece));
                }
            }
            Tag::Style => drop(self.tokenizer.raw_text("style")),
            Tag::Iframe => drop(self.tokenizer.raw_text("iframe")),
            Tag::Noembed => drop(self.tokenizer.raw_text("noembed")),
            _ => drop(self.tokenizer.raw_text("noframes")),
        }
    }

    fn raw_text(&mut self, name: Name) {
        self.push(name);
        self.builder.at(self.tokenizer.position());
        if name.tag == Tag::Textarea {
            let text = self.tokenizer.raw_text("textarea");
            let written = without_line_feed(text);
            let has_references = memchr(b'&', written.as_bytes()).is_some();
            self.text(Text { written, has_references, is_blank: false });
        } else {
            let text = self.tokenizer.raw_text("xmp");
            self.plain_text(text);
        }
        self.pop();
    }

    /// Takes over what a start tag says of the page.
    fn note(&mut self, tag: Tag) {
        let raw = self.tokenizer.attributes();
        let itemprop = raw.get(Attribute::Itemprop);
        if itemprop.is_none() && !matches!(tag, Tag::Html | Tag::Meta | Tag::Link | Tag::Time | Tag::A) {
            return;
        }
        let value = |attribute| raw.get(attribute).map(references::decoded_value).unwrap_or_default();
        match tag {
            Tag::Html => self.markup.language(&value(Attribute::Lang), &value(Attribute::XmlLang)),
            Tag::Meta => self.markup.meta(
                &value(Attribute::Name),
                &value(Attribute::Property),
                &value(Attribute::HttpEquiv),
                &value(Attribute::Content),
            ),
            Tag::Link => self.markup.link(raw.get(Attribute::Rel).unwrap_or_default(), &value(Attribute::Href)),
            Tag::Time if raw.get(Attribute::Datetime).is_some_and(|time| !time.is_empty()) => {
                self.markup.times.push(value(Attribute::Datetime))
            }
            _ => {}
        }
        match itemprop {
            Some(names) if !names.is_empty() => match raw.get(Attribute::Content).or(raw.get(Attribute::Datetime)) {
                Some(given) => self.markup.itemprop(names, || references::decoded_value(given)),
                None => self.begin_capture(tag, names),
            },
            _ if tag == Tag::A && raw.get(Attribute::Rel) == Some("author") => self.begin_capture(tag, "author"),
            _ => {}
        }
    }

    fn begin_capture(&mut self, tag: Tag, name: &str) {
        if self.capture.is_none() && !tag.is_void() {
            self.capture = Some(Capture { below: self.open.len(), name: name.to_owned(), text: String::new() });
        }
    }

    fn end_capture(&mut self, height: usize) {
        if self.capture.as_ref().is_some_and(|capture| height <= capture.below)
            && let Some(capture) = self.capture.take()
        {
            self.markup.itemprop(&capture.name, || capture.text);
        }
    }
}

/// A line feed right behind the start tag of some elements is not part of their text.
fn without_line_feed(text: &str) -> &str {
    text.strip_prefix("\r\n").or_else(|| text.strip_prefix(['\n', '\r'])).unwrap_or(text)
}
