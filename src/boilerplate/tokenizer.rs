//! The tokens of HTML (HTML standard, 13.2.5): tags, text and nothing else. Comments and doctypes are passed over.

use std::ops::Range;

use memchr::{memchr, memchr2, memmem};

use super::attributes::{Attribute, Attributes};
use super::open_elements::OpenElements;
use super::part::Part;
use super::tag::Tag;
use crate::lanes::{self, N_LANES, Sixteen, is, is_at_most};
use crate::near;

/// What stands next on the page. Texts are as written, with their character references.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Text(Text<'a>),
    /// The text of a CDATA section, in which there are no character references.
    Cdata(&'a str),
    /// The name as written; the attributes are in the tokenizer's hands.
    StartTag {
        tag: Tag,
        name: &'a str,
        self_closing: bool,
    },
    EndTag {
        tag: Tag,
        name: &'a str,
    },
}

/// Text between two tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Text<'a> {
    pub(super) written: Part<'a>,
    pub(super) has_references: bool,
    /// There are only white space and control characters.
    pub(super) is_blank: bool,
}

fn is_white_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')
}

/// Where reading stands in a page.
pub(super) struct Tokenizer<'a> {
    html: &'a str,
    at: usize,
    attributes: Attributes<'a>,
    /// Names of which no end tag follows any more.
    unclosed: Vec<&'static str>,
}

impl<'a> Tokenizer<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { html, at: 0, attributes: Attributes::new(), unclosed: Vec::new() }
    }

    /// The attributes of the start tag that was read last.
    pub(super) fn attributes(&self) -> &Attributes<'a> {
        &self.attributes
    }

    /// Where reading stands, in bytes.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// About so many bytes of what stands next.
    pub(super) fn ahead(&self, n_bytes: usize) -> &'a str {
        near::beginning_of(&self.html[self.at..], n_bytes)
    }

    fn bytes(&self) -> &'a [u8] {
        self.html.as_bytes()
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes().get(at).copied()
    }

    /// The next token, inside of these elements.
    #[inline(always)]
    pub(super) fn next(&mut self, open: &OpenElements) -> Option<Token<'a>> {
        loop {
            let start = self.at;
            if self.byte(start)? != b'<' {
                break;
            }
            match self.byte(start + 1) {
                Some(b) if b.is_ascii_alphabetic() => return self.start_tag(),
                Some(b'/') => match self.byte(start + 2) {
                    Some(b) if b.is_ascii_alphabetic() => return self.end_tag(open.innermost()),
                    Some(b'>') => self.at += 3,
                    Some(_) => self.pass_over_bogus_comment(),
                    None => break,
                },
                Some(b'!') if open.is_in_foreign_content() && self.html[start..].starts_with("<![CDATA[") => {
                    return Some(self.cdata());
                }
                Some(b'!') if self.html[start..].starts_with("<!--") => self.pass_over_comment(),
                Some(b'!' | b'?') => self.pass_over_bogus_comment(),
                _ => break,
            }
        }
        Some(self.text())
    }

    /// Text up to the next `<`; one that it begins with is text itself.
    #[inline(always)]
    fn text(&mut self) -> Token<'a> {
        let (bytes, start) = (self.bytes(), self.at);
        let (mut has_references, mut is_blank) = (false, bytes[start] != b'<');
        let from = start + usize::from(!is_blank);
        let mut at = from;
        let end = loop {
            let sixteen = lanes::sixteen(bytes, at);
            let before = {
                let ends = is(sixteen, b'<').to_bitmask();
                ends.wrapping_sub(1) & !ends & 0xffff
            };
            has_references |= is(sixteen, b'&').to_bitmask() & before != 0;
            is_blank &= !is_at_most(sixteen, b' ').to_bitmask() & before == 0;
            at += N_LANES;
            if before != 0xffff || at >= bytes.len() {
                break (at - N_LANES + before.trailing_ones() as usize).min(bytes.len());
            }
        };
        self.at = end;
        Token::Text(Text { written: Part { whole: self.html, start, end }, has_references, is_blank })
    }

    fn pass_over_bogus_comment(&mut self) {
        self.at = memchr(b'>', &self.bytes()[self.at..]).map_or(self.html.len(), |n| self.at + n + 1);
    }

    fn pass_over_comment(&mut self) {
        let inside = self.at + 4;
        let rest = &self.bytes()[inside..];
        if rest.starts_with(b">") || rest.starts_with(b"->") {
            self.at = inside + if rest[0] == b'>' { 1 } else { 2 };
            return;
        }
        let mut from = 0;
        while let Some(found) = memmem::find(&rest[from..], b"--") {
            let dashes = from + found;
            let end = match (rest.get(dashes + 2), rest.get(dashes + 3)) {
                (Some(b'>'), _) => 3,
                (Some(b'!'), Some(b'>')) => 4,
                _ => 0,
            };
            if end > 0 {
                self.at = inside + dashes + end;
                return;
            }
            from = dashes + 1;
        }
        self.at = self.html.len();
    }

    fn cdata(&mut self) -> Token<'a> {
        let inside = self.at + "<![CDATA[".len();
        let length = memmem::find(&self.bytes()[inside..], b"]]>").unwrap_or(self.html.len() - inside);
        self.at = (inside + length + 3).min(self.html.len());
        Token::Cdata(&self.html[inside..inside + length])
    }

    #[inline(always)]
    fn start_tag(&mut self) -> Option<Token<'a>> {
        self.attributes.clear();
        let (tag, name) = self.tag_name(self.at + 1);
        let self_closing = self.read_attributes()?;
        Some(Token::StartTag { tag, name, self_closing })
    }

    #[inline(always)]
    fn end_tag(&mut self, innermost: Tag) -> Option<Token<'a>> {
        let start = self.at + 2;
        if let Some(end) = innermost.closed_at(self.bytes(), start) {
            self.at = end;
            return Some(Token::EndTag { tag: innermost, name: &self.html[start..end - 1] });
        }
        let (tag, name) = self.tag_name(start);
        self.read_attributes()?;
        Some(Token::EndTag { tag, name })
    }

    #[inline(always)]
    fn tag_name(&mut self, start: usize) -> (Tag, &'a str) {
        let (beginning, end) = self.name(start, b'/');
        self.at = end;
        (Tag::of(beginning, end - start), &self.html[start..end])
    }

    /// The first sixteen bytes from `start` on, and where the name ends that has at least one: before white space, a slash,
    /// the tag's end or `also`.
    #[inline(always)]
    fn name(&self, start: usize, also: u8) -> (Sixteen, usize) {
        let is_end = |bytes| is_at_most(bytes, b' ') | is(bytes, b'>') | is(bytes, b'/') | is(bytes, also);
        let beginning = lanes::sixteen(self.bytes(), start);
        let ends = is_end(beginning).to_bitmask() & !1;
        let mut end = start + ends.trailing_zeros().min(N_LANES as u32) as usize;
        loop {
            match self.byte(end) {
                None => return (beginning, self.html.len()),
                Some(b) if is_white_space(b) || matches!(b, b'>' | b'/') || b == also => return (beginning, end),
                // Control characters are part of a name.
                Some(_) => end = lanes::position(self.bytes(), end + 1, is_end).unwrap_or(self.html.len()),
            }
        }
    }

    /// Reads up to the tag's end, and tells whether it is self-closing. `None` where the page ends before.
    #[inline(always)]
    fn read_attributes(&mut self) -> Option<bool> {
        if self.byte(self.at)? == b'>' {
            self.at += 1;
            return Some(false);
        }
        self.read_some_attributes()
    }

    fn read_some_attributes(&mut self) -> Option<bool> {
        let mut at = self.at;
        let mut slash = false;
        loop {
            match self.byte(at)? {
                b'>' => {
                    self.at = at + 1;
                    return Some(slash);
                }
                b'/' => {
                    slash = true;
                    at += 1;
                }
                b if is_white_space(b) => {
                    slash = false;
                    at = self.behind_white_space(at + 1);
                }
                _ => {
                    slash = false;
                    at = self.read_attribute(at)?;
                }
            }
        }
    }

    /// Reads the attribute that begins at `start`, and gives where it ends.
    #[inline(always)]
    fn read_attribute(&mut self, start: usize) -> Option<usize> {
        // An equals sign at the beginning is part of the name.
        let (beginning, name_end) = self.name(start, b'=');
        let (value, end) = match self.bytes().get(name_end..)?.first_chunk() {
            Some(b"=\"") => self.quoted(name_end + 2, b'"')?,
            _ => self.attribute_value(name_end)?,
        };
        if let Some(attribute) = Attribute::named(beginning, name_end - start) {
            self.attributes.note(attribute, &self.html[value]);
        }
        Some(end)
    }

    /// The value that stands behind a name, if any, and where what follows does.
    #[inline(never)]
    fn attribute_value(&self, name_end: usize) -> Option<(Range<usize>, usize)> {
        let behind = self.behind_white_space(name_end);
        if self.byte(behind)? != b'=' {
            return Some((0..0, behind));
        }
        let start = self.behind_white_space(behind + 1);
        let quote = self.byte(start)?;
        if matches!(quote, b'"' | b'\'') {
            return self.quoted(start + 1, quote);
        }
        let is_end = |&b: &u8| b == b'>' || is_white_space(b);
        let end = start + self.bytes()[start..].iter().position(is_end)?;
        Some((start..end, end))
    }

    #[inline(always)]
    fn quoted(&self, start: usize, quote: u8) -> Option<(Range<usize>, usize)> {
        let end = lanes::position_of(self.bytes(), start, quote)?;
        Some((start..end, end + 1))
    }

    #[inline(always)]
    fn behind_white_space(&self, start: usize) -> usize {
        let mut at = start;
        while self.byte(at).is_some_and(is_white_space) {
            at += 1;
            if self.byte(at) == Some(b' ') {
                at = lanes::position(self.bytes(), at, |bytes| !is(bytes, b' ')).unwrap_or(self.html.len());
            }
        }
        at
    }

    /// The text of an element whose content is raw text, up to its end tag, which is passed over too.
    pub(super) fn raw_text(&mut self, name: &str) -> &'a str {
        let end = self.raw_text_end(name).unwrap_or(self.html.len());
        self.up_to_end_tag(end, name)
    }

    /// The same, but none where the end tag is missing, so that it does not cost the rest of the page.
    pub(super) fn closed_raw_text(&mut self, name: &'static str) -> Option<&'a str> {
        if self.unclosed.contains(&name) {
            return None;
        }
        let end = self.raw_text_end(name);
        if end.is_none() {
            self.unclosed.push(name);
        }
        end.map(|end| self.up_to_end_tag(end, name))
    }

    fn up_to_end_tag(&mut self, end: usize, name: &str) -> &'a str {
        let start = std::mem::replace(&mut self.at, end);
        self.pass_over_end_tag(name);
        &self.html[start..end]
    }

    /// What stands before the next tag in this line.
    pub(super) fn rest_of_line(&mut self) -> &'a str {
        let start = self.at;
        let length = memchr2(b'<', b'\n', &self.bytes()[start..]).unwrap_or(self.html.len() - start);
        self.at = start + length;
        &self.html[start..self.at]
    }

    /// The source of a script, in which an end tag inside of `<!-- <script>` ends nothing (13.2.5.15 to 31).
    pub(super) fn script(&mut self) -> &'a str {
        self.up_to_end_tag(self.script_end(), "script")
    }

    /// Everything that is left.
    pub(super) fn plaintext(&mut self) -> &'a str {
        let start = std::mem::replace(&mut self.at, self.html.len());
        &self.html[start..]
    }

    fn raw_text_end(&self, name: &str) -> Option<usize> {
        let mut from = self.at;
        while let Some(found) = memmem::find(&self.bytes()[from..], b"</") {
            let at = from + found;
            if self.is_tag(at + 2, name) {
                return Some(at);
            }
            from = at + 2;
        }
        None
    }

    /// Whether a tag's name stands here, and ends here.
    fn is_tag(&self, at: usize, name: &str) -> bool {
        let begins = self.bytes().get(at..at + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
        begins && self.byte(at + name.len()).is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
    }

    fn script_end(&self) -> usize {
        let bytes = self.bytes();
        let (mut escaped, mut doubly_escaped) = (false, false);
        let mut at = self.at;
        let next = |at: usize, escaped: bool| match escaped {
            true => memchr2(b'<', b'-', &bytes[at..]),
            false => memchr(b'<', &bytes[at..]),
        };
        while let Some(found) = next(at, escaped) {
            at += found;
            let rest = &bytes[at..];
            if rest[0] == b'-' {
                if escaped && rest.starts_with(b"-->") {
                    (escaped, doubly_escaped) = (false, false);
                }
                at += 1;
            } else if rest.starts_with(b"</") && self.is_tag(at + 2, "script") {
                if !doubly_escaped {
                    return at;
                }
                doubly_escaped = false;
                at += 2;
            } else if rest.starts_with(b"<!--") && !escaped {
                escaped = true;
                // The dashes may be those of the end: `<!-->`.
                at += 2;
            } else {
                doubly_escaped |= escaped && self.is_tag(at + 1, "script");
                at += 1;
            }
        }
        self.html.len()
    }

    fn pass_over_end_tag(&mut self, name: &str) {
        self.at = (self.at + 2 + name.len()).min(self.html.len());
        if self.read_attributes().is_none() {
            self.at = self.html.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        let mut tokenizer = Tokenizer::new(html);
        let mut found = String::new();
        while let Some(token) = tokenizer.next(&OpenElements::new()) {
            match token {
                Token::Text(text) => found.push_str(&format!("[{}]", text.written.as_str())),
                Token::Cdata(text) => found.push_str(&format!("[{text}]")),
                Token::StartTag { name, self_closing, .. } => {
                    let class = tokenizer.attributes().get(Attribute::Class).map(|class| format!(".{class}")).unwrap_or_default();
                    found.push_str(&format!("<{name}{class}{}>", if self_closing { "/" } else { "" }));
                }
                Token::EndTag { name, .. } => found.push_str(&format!("</{name}>")),
            }
        }
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn tags_and_text_are_told_apart() {
        check("a < b</3><p>c</ p>d</>e<?x?>f<!x>g", "[a ][< b]<p>[c][d][e][f][g]");
        check("<br/><a b=/>", "<br/><a>");
        check("<a b = '>' class=\"x>y\" class=z d>t</a x='>'>", "<a.x>y>[t]</a>");
        check("<p class=a/b>", "<p.a/b>");
        check("<p =class=x class=y>", "<p.y>");
        check("x<p class='y", "[x]");
    }

    #[test]
    fn comments_end_where_browsers_say() {
        check("<!-->a<!--->b<!---->c<!--x--!>d<!----!>e<!-- - -- ->f-->g", "[a][b][c][d][e][g]");
        check("a<!-- x", "[a]");
    }

    fn check_script(html: &str, expected: &str) {
        let mut tokenizer = Tokenizer::new(html);
        tokenizer.script();
        assert_eq!(tokenizer.plaintext(), expected, "{html}");
    }

    #[test]
    fn scripts_end_where_browsers_say() {
        check_script("if(a<b){}</scripts></SCRIPT >x", "x");
        check_script("<!-- <script> </script> --> </script>x", "x");
        check_script("<!-- <script> </script> </script>x", "x");
        check_script("<!--></script>x", "x");
        check_script("<!-- </script>x", "x");
        check_script("no end", "");
    }
}
