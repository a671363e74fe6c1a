//! The text of a value that a page gives of itself, which may have been written as markup, or escaped once too often.

use std::borrow::Cow;

use super::open_elements::OpenElements;
use super::references::{self, Place};
use super::tag::Tag;
use super::tokenizer::{Token, Tokenizer};

/// The value without character references, and without the tags of HTML if some of them are end tags, line breaks or images
/// with attributes: `The <b> element` is text, `The <b>elements</b>` is markup.
pub(super) fn plain(value: &str) -> Cow<'_, str> {
    if !value.contains(['&', '<']) {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len());
    match is_markup(value) {
        true => push_text_of(value, &mut text),
        false => push_decoded(value, &mut text),
    }
    Cow::Owned(text)
}

fn is_markup(value: &str) -> bool {
    let mut tokenizer = Tokenizer::new(value);
    let open = OpenElements::new();
    let mut from = 0;
    while let Some(token) = tokenizer.next(&open) {
        let length = tokenizer.position() - from;
        let is_tag_of_markup = match token {
            Token::EndTag { tag, .. } => tag != Tag::Other,
            Token::StartTag { tag: Tag::Img, .. } => length > "<img>".len(),
            Token::StartTag { tag, .. } => matches!(tag, Tag::Br | Tag::Wbr),
            Token::Text(_) | Token::Cdata(_) => false,
        };
        if is_tag_of_markup {
            return true;
        }
        from = tokenizer.position();
    }
    false
}

fn push_text_of(markup: &str, text: &mut String) {
    let mut tokenizer = Tokenizer::new(markup);
    let open = OpenElements::new();
    let mut from = 0;
    while let Some(token) = tokenizer.next(&open) {
        match token {
            Token::Text(part) => push_decoded(part.written.as_str(), text),
            Token::StartTag { tag: Tag::Other, .. } | Token::EndTag { tag: Tag::Other, .. } | Token::Cdata(_) => {
                text.push_str(&markup[from..tokenizer.position()]);
            }
            Token::StartTag { tag, .. } | Token::EndTag { tag, .. } if tag.is_block() || tag == Tag::Br => text.push(' '),
            Token::StartTag { .. } | Token::EndTag { .. } => {}
        }
        from = tokenizer.position();
    }
    text.push_str(&markup[from..]);
}

fn push_decoded(written: &str, text: &mut String) {
    references::decoded(written, Place::Text, |piece| text.push_str(piece));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &str) {
        assert_eq!(plain(value), expected);
    }

    #[test]
    fn references_mean_what_they_stand_for() {
        check("Fish &amp; chips &lt;b&gt;", "Fish & chips <b>");
        check("a & b", "a & b");
    }

    #[test]
    fn markup_loses_its_tags_and_text_keeps_what_looks_like_tags() {
        check("A tale &amp; <b>more</b>", "A tale & more");
        check("One<br>two<p>three</p>", "One two three ");
        check("A zub<wbr/>ehör <img src=x alt=':)'>", "A zubehör ");
        check("<img>: The Image Embed element", "<img>: The Image Embed element");
        check("<div>: The Content Division element", "<div>: The Content Division element");
        check("a < b, b > c </3", "a < b, b > c </3");
        check("Vec<T> and <i>Option<T></i>", "Vec<T> and Option<T>");
        check("<i>x</i> <b", "x <b");
    }

    #[test]
    fn time_is_linear_in_long_values() {
        for piece in ["<p>", "<font a=1>", "<!--", "</b", "&lt", "<a b='"] {
            assert!(plain(&piece.repeat(1 << 20)).len() < 1 << 24);
            assert!(plain(&format!("</b>{}", piece.repeat(1 << 20))).len() < 1 << 24);
        }
    }
}
