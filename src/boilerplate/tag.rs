//! The HTML elements that mean something for the layout of a text.

macro_rules! tags {
    ($($variant:ident $name:literal)*) => {
        /// An element's name; names without a meaning for us are one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub(super) enum Tag { $($variant,)* Other }

        impl Tag {
            pub(super) fn from_name(name: &str) -> Self {
                match name { $($name => Self::$variant,)* _ => Self::Other }
            }
        }
    };
}

tags! {
    A "a" Address "address" Article "article" Aside "aside" Audio "audio" Blockquote "blockquote" Body "body" Br "br"
    Button "button" Canvas "canvas" Caption "caption" Center "center" Code "code" Datalist "datalist" Dd "dd"
    Details "details" Dialog "dialog" Div "div" Dl "dl" Dt "dt" Fieldset "fieldset" Figcaption "figcaption"
    Figure "figure" Footer "footer" Form "form" Frameset "frameset" H1 "h1" H2 "h2" H3 "h3" H4 "h4" H5 "h5" H6 "h6"
    Head "head" Header "header" Hgroup "hgroup" Hr "hr" Html "html" Iframe "iframe" Label "label" Legend "legend"
    Li "li" Listing "listing" Main "main" Menu "menu" Nav "nav" Noembed "noembed" Noframes "noframes"
    Noscript "noscript" Object "object" Ol "ol" Optgroup "optgroup" OptionItem "option" P "p" Plaintext "plaintext"
    Pre "pre" Script "script" Search "search" Section "section" Select "select" Span "span" Style "style"
    Summary "summary" Svg "svg" Table "table" Tbody "tbody" Td "td" Template "template" Textarea "textarea"
    Tfoot "tfoot" Th "th" Thead "thead" Time "time" Title "title" Tr "tr" Ul "ul" Video "video" Xmp "xmp"
}

impl Tag {
    /// Whether a line ends before and behind the element: the user agent style sheet's `display: block`, list items and
    /// table parts, and form controls, which stand apart.
    pub(super) fn is_block(self) -> bool {
        use Tag::*;
        !matches!(self, A | Br | Code | Span | Label | Time | Audio | Video | Canvas | Object | Svg | Other)
    }

    /// Whether line feeds and blanks inside count.
    pub(super) fn is_preformatted(self) -> bool {
        matches!(self, Tag::Pre | Tag::Listing | Tag::Xmp | Tag::Plaintext | Tag::Textarea)
    }

    /// Whether what is inside is never text of the page: code, style, the head's title, markup for old browsers.
    pub(super) fn is_invisible(self) -> bool {
        use Tag::*;
        matches!(self, Script | Style | Head | Title | Iframe | Noembed | Noframes)
    }

    /// 1 to 6 for headings.
    pub(super) fn heading_level(self) -> Option<u8> {
        use Tag::*;
        [H1, H2, H3, H4, H5, H6].iter().position(|&h| h == self).map(|level| level as u8 + 1)
    }
}
