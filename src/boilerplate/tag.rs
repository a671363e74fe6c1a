//! The names of HTML elements, and the sets that the HTML standard puts them into.

use super::keywords::{Closed, Keywords};
use crate::lanes::{self, Sixteen};

macro_rules! tags {
    ($($variant:ident $name:literal)*) => {
        /// An element's name; names without a meaning for us are one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Tag { $($variant,)* Other }

        impl Tag {
            /// How many there are.
            pub(super) const COUNT: usize = Self::Other as usize + 1;

            /// The name in small letters; empty where it is none of these.
            pub(super) fn name(self) -> &'static [u8] {
                match self { $(Self::$variant => $name,)* Self::Other => b"" }
            }
        }

        static KNOWN: Keywords<Tag, 512> = Keywords::new([$(($name, Tag::$variant),)*], Tag::Other);

        /// By tag, its name with the `>` that most end tags have right behind it.
        static CLOSED: [Closed; Tag::COUNT] = [$(Closed::new($name),)* Closed::NONE];
    };
}

tags! {
    A b"a" Address b"address" Annotation b"annotation" AnnotationXml b"annotation-xml" Applet b"applet" Area b"area"
    Article b"article" Aside b"aside"
    Audio b"audio" B b"b" Base b"base" Basefont b"basefont" Bgsound b"bgsound" Big b"big" Blockquote b"blockquote" Body b"body" Br b"br"
    Button b"button" Canvas b"canvas" Caption b"caption" Center b"center" Code b"code" Col b"col" Colgroup b"colgroup"
    Datalist b"datalist" Dd b"dd" Desc b"desc" Details b"details" Dialog b"dialog" Dir b"dir" Div b"div" Dl b"dl" Dt b"dt" Em b"em"
    Embed b"embed" Fieldset b"fieldset" Figcaption b"figcaption" Figure b"figure" Font b"font" Footer b"footer"
    ForeignObject b"foreignobject" Form b"form" Frame b"frame" Frameset b"frameset" H1 b"h1" H2 b"h2" H3 b"h3" H4 b"h4" H5 b"h5" H6 b"h6"
    Head b"head" Header b"header" Hgroup b"hgroup" Hr b"hr" Html b"html" I b"i" Iframe b"iframe" Image b"image" Img b"img" Input b"input"
    Kbd b"kbd" Keygen b"keygen" Label b"label" Legend b"legend" Li b"li" Link b"link" Listing b"listing" Main b"main" Marquee b"marquee" Math b"math"
    Menu b"menu" Meta b"meta" Mi b"mi" Mn b"mn" Mo b"mo" Ms b"ms" Mtext b"mtext" Nav b"nav" Nobr b"nobr" Noembed b"noembed"
    Noframes b"noframes" Noscript b"noscript" Object b"object" Ol b"ol" Optgroup b"optgroup" OptionItem b"option" P b"p" Param b"param"
    Plaintext b"plaintext" Pre b"pre" Q b"q" Rb b"rb" Rp b"rp" Rt b"rt" Rtc b"rtc" Ruby b"ruby" S b"s" Samp b"samp"
    Script b"script" Search b"search"
    Section b"section" Select b"select" Small b"small" Source b"source" Span b"span" Strike b"strike" Strong b"strong" Style b"style"
    Sub b"sub" Summary b"summary" Sup b"sup" Svg b"svg" Table b"table" Tbody b"tbody" Td b"td" Template b"template" Textarea b"textarea"
    Tfoot b"tfoot" Th b"th" Thead b"thead" Time b"time" Title b"title" Tr b"tr" Track b"track" Tt b"tt" U b"u" Ul b"ul" Var b"var"
    Video b"video" Wbr b"wbr" Xmp b"xmp"
}

use Tag::*;

/// Whether a tag is one of some, by a table of all: of what is asked for each tag of a page, each branch counts.
macro_rules! is_one_of {
    ($tag:expr, $($one:ident)|+) => {{
        static SET: [bool; Tag::COUNT] = {
            let mut set = [false; Tag::COUNT];
            $(set[Tag::$one as usize] = true;)+
            set
        };
        SET[$tag as usize]
    }};
}

impl Tag {
    /// The element of this name, in small or capital letters.
    pub(super) fn from_name(name: &[u8]) -> Self {
        Self::of(lanes::sixteen(name, 0), name.len())
    }

    /// The element whose name has this beginning and length.
    #[inline(always)]
    pub(super) fn of(beginning: Sixteen, length: usize) -> Self {
        KNOWN.meaning(beginning, length)
    }

    /// Where a tag ends whose name begins at `start`, if it is this name in small letters and nothing else.
    #[inline(always)]
    pub(super) fn closed_at(self, bytes: &[u8], start: usize) -> Option<usize> {
        CLOSED[self as usize].end(bytes, start)
    }

    /// Whether a line ends before and behind the element: the user agent style sheet's `display: block`, list items and
    /// table parts, and form controls, which stand apart.
    #[rustfmt::skip]
    pub(super) fn is_block(self) -> bool {
        is_one_of!(self,
            Address | Article | Aside | Blockquote | Body | Button | Caption | Center | Datalist | Dd | Details | Dialog
                | Dir | Div | Dl | Dt | Fieldset | Figcaption | Figure | Footer | Form | Frameset | H1 | H2 | H3 | H4 | H5
                | H6 | Head | Header | Hgroup | Hr | Html | Iframe | Legend | Li | Listing | Main | Menu | Nav | Noembed
                | Noframes | Noscript | Ol | Optgroup | OptionItem | P | Plaintext | Pre | Script | Search | Section
                | Select | Style | Summary | Table | Tbody | Td | Template | Textarea | Tfoot | Th | Thead | Title | Tr | Ul
                | Xmp
        )
    }

    /// Whether line feeds and blanks inside count.
    pub(super) fn is_preformatted(self) -> bool {
        is_one_of!(self, Pre | Listing | Xmp | Plaintext | Textarea)
    }

    /// Whether what is inside is code in a line.
    pub(super) fn is_code(self) -> bool {
        is_one_of!(self, Code | Kbd | Samp | Tt | Var)
    }

    /// Whether what is inside is never text of the page: code, style, the head's title, markup for old browsers, what a formula
    /// says in another notation.
    pub(super) fn is_invisible(self) -> bool {
        is_one_of!(self, Script | Style | Head | Title | Iframe | Noembed | Noframes | Annotation | AnnotationXml)
    }

    pub(super) fn is_heading(self) -> bool {
        is_one_of!(self, H1 | H2 | H3 | H4 | H5 | H6)
    }

    /// 1 to 6 for headings.
    pub(super) fn heading_level(self) -> Option<u8> {
        self.is_heading().then(|| self as u8 - H1 as u8 + 1)
    }

    /// Void elements (HTML standard, 13.1.2), and those that parsers treat so.
    #[rustfmt::skip]
    pub(super) fn is_void(self) -> bool {
        is_one_of!(self,
            Area | Base | Basefont | Bgsound | Br | Col | Embed | Frame | Hr | Image | Img | Input | Keygen | Link
                | Meta | Param | Source | Track | Wbr
        )
    }

    /// The special category (13.2.4.2).
    #[rustfmt::skip]
    pub(super) fn is_special(self) -> bool {
        is_one_of!(self,
            Address | Applet | Area | Article | Aside | Base | Basefont | Bgsound | Blockquote | Body | Br | Button
                | Caption | Center | Col | Colgroup | Dd | Details | Dir | Div | Dl | Dt | Embed | Fieldset | Figcaption
                | Figure | Footer | Form | Frame | Frameset | H1 | H2 | H3 | H4 | H5 | H6 | Head | Header | Hgroup | Hr
                | Html | Iframe | Img | Input | Li | Link | Listing | Main | Marquee | Menu | Meta | Nav | Noembed
                | Noframes | Noscript | Object | Ol | P | Param | Plaintext | Pre | Script | Section | Select | Source
                | Style | Summary | Table | Tbody | Td | Template | Textarea | Tfoot | Th | Thead | Title | Tr | Track | Ul
                | Wbr | Xmp
        )
    }

    /// The formatting category (13.2.4.2).
    #[rustfmt::skip]
    pub(super) fn is_formatting(self) -> bool {
        is_one_of!(self,
            A | B | Big | Code | Em | Font | I | Nobr | S | Small | Strike | Strong | Tt | U
        )
    }

    /// Whether a start tag of this name closes an open `<p>` (13.2.6.4.7).
    #[rustfmt::skip]
    pub(super) fn closes_paragraph(self) -> bool {
        is_one_of!(self,
            Address | Article | Aside | Blockquote | Center | Details | Dialog | Dir | Div | Dl | Fieldset | Figcaption
                | Figure | Footer | Header | Hgroup | Main | Menu | Nav | Ol | P | Search | Section | Summary | Ul | H1 | H2
                | H3 | H4 | H5 | H6 | Pre | Listing | Form | Li | Dd | Dt | Plaintext | Table | Hr | Xmp
        )
    }

    /// Elements whose end tags close what is open inside them, if they are in scope (13.2.6.4.7).
    #[rustfmt::skip]
    pub(super) fn is_closed_in_scope(self) -> bool {
        is_one_of!(self,
            Address | Applet | Article | Aside | Blockquote | Button | Center | Details | Dialog | Dir | Div | Dl
                | Fieldset | Figcaption | Figure | Footer | Header | Hgroup | Listing | Main | Marquee | Menu | Nav | Object
                | Ol | Pre | Search | Section | Select | Summary | Ul
        )
    }

    /// Elements that end by themselves where something round them ends (13.2.6.3).
    pub(super) fn is_implied_end(self) -> bool {
        is_one_of!(self, Dd | Dt | Li | OptionItem | Optgroup | P | Rb | Rp | Rt | Rtc)
    }

    /// Elements that end a search for an element in scope (13.2.4.2).
    pub(super) fn bounds_scope(self) -> bool {
        is_one_of!(self, Applet | Caption | Html | Table | Td | Th | Marquee | Object | Select | Template)
    }

    /// Elements that start a list of active formatting elements of their own (13.2.4.3).
    pub(super) fn sets_marker(self) -> bool {
        is_one_of!(self, Applet | Caption | Marquee | Object | Td | Template | Th)
    }

    /// Start tags that leave foreign content (13.2.6.5); `<font>` does with some attributes only.
    #[rustfmt::skip]
    pub(super) fn breaks_out_of_foreign_content(self) -> bool {
        is_one_of!(self,
            B | Big | Blockquote | Body | Br | Center | Code | Dd | Div | Dl | Dt | Em | Embed | H1 | H2 | H3 | H4 | H5
                | H6 | Head | Hr | I | Img | Li | Listing | Menu | Meta | Nobr | Ol | P | Pre | Ruby | S | Small | Span
                | Strong | Strike | Sub | Sup | Table | Tt | U | Ul | Var
        )
    }

    /// Elements of MathML and SVG inside of which HTML is read (13.2.6, integration points).
    pub(super) fn is_integration_point(self) -> bool {
        is_one_of!(self, Mi | Mo | Mn | Ms | Mtext | ForeignObject | Desc | Title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_any_case() {
        assert_eq!(Tag::from_name(b"BlockQuote"), Tag::Blockquote);
        assert_eq!(Tag::from_name(b"h1"), Tag::H1);
        assert_eq!((Tag::H1.name(), Tag::Other.name()), (&b"h1"[..], &b""[..]));
        assert_eq!(Tag::from_name(b"annotation-xml"), Tag::AnnotationXml);
        assert_eq!(Tag::from_name(b"h1\0"), Tag::Other);
        assert_eq!(Tag::from_name(b""), Tag::Other);
        assert_eq!(Tag::from_name(b"a-name-that-is-longer"), Tag::Other);
    }
}
