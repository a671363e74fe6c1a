//! A page, what is known of it, and what is left of it without its boilerplate.

use std::ops::Range;

use super::{Origin, PageType};

/// What a page is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// HTML or XHTML.
    Html,
    /// Plain text.
    Text,
    /// Plain text that a crawl made of a page's markup, beginning with the page's title.
    Rendering,
}

/// How the character set of a page became known, in the order of the WHATWG encoding sniffing algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CharsetSource {
    /// A byte order mark.
    Bom,
    /// The charset parameter of the Content-Type header.
    Http,
    /// What the page is stored in is Unicode: a line of JSON.
    Container,
    /// A `<meta>` element or an XML declaration in the first bytes.
    Meta,
    /// The bytes are valid UTF-8.
    Utf8,
    /// Guessed from a sample of the bytes.
    Guess,
}

impl CharsetSource {
    /// The name used in the corpus.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bom => "bom",
            Self::Http => "http",
            Self::Container => "container",
            Self::Meta => "meta",
            Self::Utf8 => "utf8",
            Self::Guess => "guess",
        }
    }
}

/// A character set and how it became known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charset {
    /// The WHATWG name, in lower case.
    pub name: &'static str,
    /// What decided for it.
    pub source: CharsetSource,
}

/// Something about a page that a reader of the corpus should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// The record or its HTTP body was cut short; the text may end early.
    Truncated,
    /// The HTTP body was not coded as its headers say, or is corrupt.
    CodingMismatch,
    /// Some bytes were not valid in the character set and became U+FFFD.
    InvalidBytes,
    /// Elements nested deeper than the limit were attached at the limit.
    DepthLimit,
    /// Blocks or elements beyond the limit were taken as part of the last; of such a block no text is kept.
    NodeLimit,
    /// The text is that of a document that stands in for the page's frames, or that one of them shows.
    Framed,
    /// The text is what the page's JSON-LD says that its text is.
    LinkedData,
}

impl Flag {
    /// The name used in the corpus.
    pub fn name(self) -> &'static str {
        match self {
            Self::Truncated => "truncated",
            Self::CodingMismatch => "coding_mismatch",
            Self::InvalidBytes => "invalid_bytes",
            Self::DepthLimit => "depth_limit",
            Self::NodeLimit => "node_limit",
            Self::Framed => "framed",
            Self::LinkedData => "linked_data",
        }
    }
}

/// What is known of a page before its text is looked at; it travels with the page to the corpus.
#[derive(Debug, Clone)]
pub struct Provenance {
    /// Where the record was found.
    pub origin: Origin,
    /// The URL it was fetched from; may be empty.
    pub url: String,
    /// When it was fetched, ISO 8601 in UTC; may be empty.
    pub date_crawled: String,
    /// The media type without parameters, as declared or, failing that, as sniffed.
    pub mime: String,
    /// The character set that the bytes were decoded with.
    pub charset: Charset,
    /// The Content-Language header; may be empty.
    pub content_language: String,
    /// The languages that the crawl's own detector found; may be empty.
    pub identified_language: String,
    /// What a reader of the corpus should know.
    pub flags: Vec<Flag>,
    /// Bytes of the record's block.
    pub n_bytes: u64,
}

impl Provenance {
    /// The URL's host, in lower case; empty where there is none.
    pub fn host(&self) -> String {
        url::Url::parse(&self.url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// A record's document, decoded to Unicode.
#[derive(Debug, Clone)]
pub struct Page {
    /// Where it is from.
    pub provenance: Provenance,
    /// What it is written in.
    pub media: Media,
    /// The markup or the plain text.
    pub text: String,
}

/// What a page says of itself. Every field may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The headline, without the site's name where that could be told apart.
    pub title: String,
    /// Names of the authors, separated by `; `.
    pub author: String,
    /// ISO 8601, a date or a date and time, as the page gives it.
    pub date_published: String,
    /// The declared language, a BCP 47 tag as written.
    pub language: String,
    /// The canonical URL, as written.
    pub canonical_url: String,
    /// The name of the site.
    pub site_name: String,
}

/// A page without its boilerplate.
#[derive(Debug, Clone)]
pub struct Article {
    /// Where it is from.
    pub provenance: Provenance,
    /// What the page says of itself.
    pub metadata: Metadata,
    /// The kept blocks, one line feed between lines; no other control characters but tabs.
    pub text: String,
    /// Byte ranges of the paragraphs in `text`: every line that is not blank.
    pub paragraphs: Vec<Range<usize>>,
    /// Share of the page's visible characters that was kept, 0 to 1.
    pub kept_ratio: f64,
    /// How sure the judge is of its verdicts, 0 to 1.
    pub confidence: f64,
    /// What kind of page it is, where that is fairly sure. Of plain text it is not known.
    pub page_type: Option<PageType>,
}
