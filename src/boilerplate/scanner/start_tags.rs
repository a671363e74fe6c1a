//! What start tags do: where elements begin, and which others end by that.

use super::{Name, Scanner};
use crate::boilerplate::attributes::Attribute;
use crate::boilerplate::images;
use crate::boilerplate::open_elements::Rules;
use crate::boilerplate::part::Part;
use crate::boilerplate::references;
use crate::boilerplate::tag::Tag;

impl Scanner<'_> {
    pub(super) fn start_tag(&mut self, name: Name, self_closing: bool) {
        let tag = name.tag;
        self.ignores_line_feed = false;
        self.part_captured_words(tag);
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
            Tag::Hr => self.builder.end_block(),
            Tag::Input => drop(self.pop_scope(Tag::Select)),
            Tag::Script | Tag::Style | Tag::Title | Tag::Iframe | Tag::Noembed | Tag::Noframes => self.unseen_text(tag),
            Tag::Textarea | Tag::Xmp => self.raw_text(name),
            Tag::Plaintext => {
                self.push(name);
                self.builder.at(self.tokenizer.position());
                let rest = self.tokenizer.plaintext();
                self.plain_text(rest.into());
            }
            Tag::Form => self.start_form(name),
            Tag::Select if self.pop_scope(Tag::Select) => {}
            Tag::Img => self.image(),
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

    fn image(&mut self) {
        let value = |attribute| self.tokenizer.attributes().get(attribute).unwrap_or_default();
        let (alternative, class) = (references::decoded_value(value(Attribute::Alt)), value(Attribute::Class));
        if let Some(text) = images::text_of(&alternative, class) {
            self.builder.at(self.tokenizer.position());
            self.plain_text(Part::from(text));
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

    fn start_foreign(&mut self, name: Name, self_closing: bool) {
        if self_closing {
            return;
        }
        let encoding = self.tokenizer.attributes().get(Attribute::Encoding).unwrap_or_default();
        let holds_html = ["text/html", "application/xhtml+xml"].iter().any(|html| encoding.eq_ignore_ascii_case(html));
        let rules = match name.tag {
            Tag::AnnotationXml if holds_html => Rules::IntegrationPoint,
            tag if tag.is_integration_point() => Rules::IntegrationPoint,
            _ => Rules::Foreign,
        };
        self.push_element(name, rules);
    }

    pub(super) fn leave_foreign_content(&mut self) {
        while self.open.is_in_foreign_content() {
            self.pop();
        }
    }
}
