//! What end tags do: which elements end, and which go on.

use super::{Name, Scanner};
use crate::boilerplate::open_elements::OpenElement;
use crate::boilerplate::tag::Tag;

impl Scanner<'_> {
    pub(super) fn end_tag(&mut self, name: Name) {
        let tag = name.tag;
        self.part_captured_words(tag);
        let ends_top = self.open.top().is_some_and(|top| name.is(top) && !top.is_foreign());
        if ends_top && self.too_deep == 0 && !matches!(tag, Tag::Html | Tag::Body | Tag::Head | Tag::Form) {
            self.pop();
            if tag == Tag::A || tag.sets_marker() {
                self.end_reopened_link();
            }
            return;
        }
        // At an integration point, start tags and text are HTML, end tags are not.
        if self.open.top().is_some_and(|top| top.is_foreign()) {
            if matches!(tag, Tag::P | Tag::Br) {
                self.leave_foreign_content();
            } else if let Some(position) = self.open.find(|e| e.is_foreign() && name.is(e), |e| !e.is_foreign()) {
                return self.pop_through(position);
            }
        }
        if self.too_deep > 0 {
            return self.end_too_deep(tag);
        }
        self.end_in_body(name);
    }

    fn end_in_body(&mut self, name: Name) {
        let tag = name.tag;
        match tag {
            Tag::Html | Tag::Body | Tag::Head => {}
            Tag::Noscript if self.is_in_head => self.is_in_head_noscript = false,
            Tag::Br => self.line_break(),
            Tag::P => self.end_paragraph(),
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
        let found = self.open.find(|e| !e.is_foreign() && name.is(e), |e| e.html_tag().is_special());
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
    pub(super) fn pop_scope(&mut self, tag: Tag) -> bool {
        self.end_scoped(tag, |_| false)
    }

    pub(super) fn pop_to_table_scope(&mut self, tag: Tag) {
        if let Some(position) = self.open.in_table_scope(tag) {
            self.pop_through(position);
        }
    }

    pub(super) fn close_paragraph(&mut self) -> bool {
        self.end_scoped(Tag::P, |tag| tag == Tag::Button)
    }

    /// Where no paragraph is open, the end tag makes one without text.
    fn end_paragraph(&mut self) {
        if !self.close_paragraph() {
            self.builder.end_block();
        }
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

    pub(super) fn close_list_item(&mut self, tag: Tag) {
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
    pub(super) fn end_formatting(&mut self, tag: Tag) {
        if tag == Tag::A {
            self.end_reopened_link();
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
    pub(super) fn end_implied(&mut self, kept: Tag) {
        while self.open.top().is_some_and(|top| top.html_tag().is_implied_end() && top.html_tag() != kept) {
            self.pop();
        }
    }

    pub(super) fn pop_above(&mut self, position: usize) {
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
            self.end_reopened_link();
        } else if open_link {
            self.reopen_link();
        }
    }
}
