//! What the page's tags say of the page: its language, its author, its dates.

use super::{Capture, Scanner};
use crate::boilerplate::attributes::Attribute;
use crate::boilerplate::references;
use crate::boilerplate::tag::Tag;

impl Scanner<'_> {
    /// Takes over what a start tag says of the page.
    pub(super) fn note(&mut self, tag: Tag) {
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

    pub(super) fn end_capture(&mut self, height: usize) {
        if self.capture.as_ref().is_some_and(|capture| height <= capture.below)
            && let Some(capture) = self.capture.take()
        {
            self.markup.itemprop(&capture.name, || capture.text);
        }
    }
}
