//! The tokens of HTML (HTML standard, 13.2.5): tags, text and nothing else. Comments and doctypes are passed over.

use memchr::{memchr, memchr2, memmem};

/// What stands next on the page. Texts are as written, with their character references.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Text(&'a str),
    /// The text of a CDATA section, in which there are no character references.
    Cdata(&'a str),
    /// The name as written; the attributes are in the tokenizer's hands.
    StartTag {
        name: &'a str,
        self_closing: bool,
    },
    EndTag {
        name: &'a str,
    },
}

macro_rules! attributes {
    ($($(#[$doc:meta])* $variant:ident $($name:literal)|+)*) => {
        /// The attributes that say something of the page or its layout.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Attribute { $($(#[$doc])* $variant,)* }

        impl Attribute {
            /// The attribute of this name, which must be in lower case.
            fn from_name(name: &[u8]) -> Option<Self> {
                match name { $($($name)|+ => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

attributes! {
    AriaHidden b"aria-hidden" Class b"class" Content b"content" Datetime b"datetime" Encoding b"encoding" Hidden b"hidden"
    Href b"href" HttpEquiv b"http-equiv" Id b"id" Itemprop b"itemprop" Lang b"lang" Name b"name"
    /// Of `<font>`: how it looks.
    Presentation b"color" | b"face" | b"size"
    Property b"property" Rel b"rel" Role b"role" Style b"style" Type b"type" XmlLang b"xml:lang"
}

/// Attributes of one tag that are looked at. Tags for people have some ten; those behind are passed over.
const MAX_ATTRIBUTES: usize = 64;

/// The attributes of a start tag that are known, in the order they stand in, with their values as written.
#[derive(Debug, Default)]
pub(super) struct Attributes<'a>(Vec<(Attribute, &'a str)>);

impl<'a> Attributes<'a> {
    fn note(&mut self, name: &[u8], value: &'a str) {
        if self.0.len() == MAX_ATTRIBUTES {
            return;
        }
        let known = Attribute::from_name(name).or_else(|| {
            let has_capitals = name.iter().any(|b| b.is_ascii_uppercase());
            has_capitals.then(|| Attribute::from_name(&name.to_ascii_lowercase())).flatten()
        });
        if let Some(attribute) = known {
            self.0.push((attribute, value));
        }
    }

    /// Of an attribute that comes twice, the first counts.
    pub(super) fn get(&self, attribute: Attribute) -> Option<&'a str> {
        self.0.iter().find(|(a, _)| *a == attribute).map(|(_, value)| *value)
    }

    pub(super) fn has(&self, attribute: Attribute) -> bool {
        self.get(attribute).is_some()
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (Attribute, &'a str)> {
        self.0.iter().copied()
    }
}

/// What ends an attribute's value without quotes: white space and the tag's end.
const VALUE_END: u8 = 1;
const SLASH: u8 = 2;
const EQUALS: u8 = 4;

fn ends(byte: u8, what: u8) -> bool {
    ENDS[usize::from(byte)] & what != 0
}

static ENDS: [u8; 256] = {
    let mut table = [0; 256];
    let white_space = [b' ', b'\n', b'\t', b'\r', b'\x0c'];
    let mut i = 0;
    while i < white_space.len() {
        table[white_space[i] as usize] = VALUE_END;
        i += 1;
    }
    table[b'>' as usize] = VALUE_END;
    table[b'/' as usize] = SLASH;
    table[b'=' as usize] = EQUALS;
    table
};

/// Where reading stands in a page.
pub(super) struct Tokenizer<'a> {
    html: &'a str,
    at: usize,
    attributes: Attributes<'a>,
}

impl<'a> Tokenizer<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { html, at: 0, attributes: Attributes::default() }
    }

    /// The attributes of the start tag that was read last.
    pub(super) fn attributes(&self) -> &Attributes<'a> {
        &self.attributes
    }

    /// Where reading stands, in bytes.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    fn bytes(&self) -> &'a [u8] {
        self.html.as_bytes()
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes().get(at).copied()
    }

    #[inline]
    /// The next token. In foreign content there are CDATA sections.
    pub(super) fn next(&mut self, in_foreign_content: bool) -> Option<Token<'a>> {
        loop {
            let start = self.at;
            if self.byte(start)? != b'<' {
                return Some(self.text(start));
            }
            match self.byte(start + 1) {
                Some(b) if b.is_ascii_alphabetic() => return self.start_tag(),
                Some(b'/') => match self.byte(start + 2) {
                    Some(b) if b.is_ascii_alphabetic() => return self.end_tag(),
                    Some(b'>') => self.at += 3,
                    Some(_) => self.pass_over_bogus_comment(),
                    None => return Some(self.text(start)),
                },
                Some(b'!') if in_foreign_content && self.html[start..].starts_with("<![CDATA[") => return Some(self.cdata()),
                Some(b'!') if self.html[start..].starts_with("<!--") => self.pass_over_comment(),
                Some(b'!' | b'?') => self.pass_over_bogus_comment(),
                _ => return Some(self.text(start)),
            }
        }
    }

    /// Text up to the next `<`; one that it begins with is text itself.
    fn text(&mut self, start: usize) -> Token<'a> {
        let length = memchr(b'<', &self.bytes()[start + 1..]).map_or(self.html.len() - start, |n| n + 1);
        self.at = start + length;
        Token::Text(&self.html[start..self.at])
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

    fn start_tag(&mut self) -> Option<Token<'a>> {
        self.attributes.0.clear();
        let name = self.tag_name(self.at + 1);
        let self_closing = self.read_attributes()?;
        Some(Token::StartTag { name, self_closing })
    }

    fn end_tag(&mut self) -> Option<Token<'a>> {
        let name = self.tag_name(self.at + 2);
        self.read_attributes()?;
        Some(Token::EndTag { name })
    }

    fn tag_name(&mut self, start: usize) -> &'a str {
        let is_end = |&b: &u8| ends(b, VALUE_END | SLASH);
        let length = self.bytes()[start..].iter().position(is_end).unwrap_or(self.html.len() - start);
        self.at = start + length;
        &self.html[start..self.at]
    }

    /// Reads up to the tag's end, and tells whether it is self-closing. `None` where the page ends before.
    fn read_attributes(&mut self) -> Option<bool> {
        loop {
            let mut slash = false;
            loop {
                match self.byte(self.at)? {
                    b'>' => {
                        self.at += 1;
                        return Some(slash);
                    }
                    b'/' => slash = true,
                    b if b.is_ascii_whitespace() => slash = false,
                    _ => break,
                }
                self.at += 1;
            }
            self.read_attribute()?;
        }
    }

    fn read_attribute(&mut self) -> Option<()> {
        let start = self.at;
        // An equals sign at the beginning is part of the name.
        let is_end = |&b: &u8| ends(b, VALUE_END | SLASH | EQUALS);
        let length = self.bytes()[start + 1..].iter().position(is_end)? + 1;
        let name = &self.bytes()[start..start + length];
        self.at = start + length;
        self.skip_white_space();
        let value = if self.byte(self.at)? == b'=' { self.attribute_value()? } else { "" };
        self.attributes.note(name, value);
        Some(())
    }

    fn attribute_value(&mut self) -> Option<&'a str> {
        self.at += 1;
        self.skip_white_space();
        let quote = self.byte(self.at)?;
        let (start, length) = match quote {
            b'"' | b'\'' => (self.at + 1, memchr(quote, &self.bytes()[self.at + 1..])?),
            _ => {
                let is_end = |&b: &u8| ends(b, VALUE_END);
                (self.at, self.bytes()[self.at..].iter().position(is_end)?)
            }
        };
        let is_quoted = start > self.at;
        self.at = start + length + usize::from(is_quoted);
        Some(&self.html[start..start + length])
    }

    fn skip_white_space(&mut self) {
        while self.byte(self.at).is_some_and(|b| b.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// The text of an element whose content is raw text, up to its end tag, which is passed over too.
    pub(super) fn raw_text(&mut self, name: &str) -> &'a str {
        let start = self.at;
        let end = self.raw_text_end(name);
        self.at = end;
        self.pass_over_end_tag(name);
        &self.html[start..end]
    }

    /// The source of a script, in which an end tag inside of `<!-- <script>` ends nothing (13.2.5.15 to 31).
    pub(super) fn script(&mut self) -> &'a str {
        let start = self.at;
        let end = self.script_end();
        self.at = end;
        self.pass_over_end_tag("script");
        &self.html[start..end]
    }

    /// Everything that is left.
    pub(super) fn plaintext(&mut self) -> &'a str {
        let start = std::mem::replace(&mut self.at, self.html.len());
        &self.html[start..]
    }

    fn raw_text_end(&self, name: &str) -> usize {
        let mut from = self.at;
        while let Some(found) = memmem::find(&self.bytes()[from..], b"</") {
            let at = from + found;
            if self.is_tag(at + 2, name) {
                return at;
            }
            from = at + 2;
        }
        self.html.len()
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
        while let Some(token) = tokenizer.next(false) {
            match token {
                Token::Text(text) | Token::Cdata(text) => found.push_str(&format!("[{text}]")),
                Token::StartTag { name, self_closing } => {
                    let class = tokenizer.attributes().get(Attribute::Class).map(|class| format!(".{class}")).unwrap_or_default();
                    found.push_str(&format!("<{name}{class}{}>", if self_closing { "/" } else { "" }));
                }
                Token::EndTag { name } => found.push_str(&format!("</{name}>")),
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
