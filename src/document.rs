//! The nouns: what travels from stage to stage, and the two endings that are not a document.

mod page_type;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

pub use page_type::PageType;

/// Where a record was found, so that it can be found again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The input's label: a file name, or a path below the folder that was given.
    pub source: Arc<str>,
    /// Byte offset. Of the compressed member where the record begins one, else of the record in the uncompressed stream.
    pub offset: u64,
    /// Bytes from `offset`, counted in the same way.
    pub length: u64,
    /// WARC-Record-ID without angle brackets, or the `id` of a JSONL line; may be empty.
    pub record_id: String,
}

/// What a crawl file says a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    /// An HTTP response, headers and body.
    Response,
    /// A document stored without HTTP headers.
    Resource,
    /// A document derived from another one, such as the plain text in a WET file.
    Conversion,
    /// A file or a JSONL line that is itself the document.
    Bare,
    /// An HTTP request.
    Request,
    /// Facts about another record.
    Metadata,
    /// A response seen before, stored without its body.
    Revisit,
    /// Facts about the crawl file.
    Warcinfo,
    /// A later segment of a record that was cut in pieces.
    Continuation,
    /// A kind that no standard names.
    Unknown,
}

impl RecordKind {
    /// Whether a record of this kind can hold a page.
    pub fn may_be_page(self) -> bool {
        matches!(self, Self::Response | Self::Resource | Self::Conversion | Self::Bare)
    }
}

/// Whether a record's body is all there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// Every byte that was declared.
    Whole,
    /// The input, the member or the crawler cut it short; what there is stands in `body`.
    Truncated,
    /// Larger than a record may be; `body` holds only its beginning.
    TooLarge,
}

/// One record of a crawl, its block as it was stored.
#[derive(Debug, Clone)]
pub struct Record {
    /// Where it was found.
    pub origin: Origin,
    /// What it says it is.
    pub kind: RecordKind,
    /// The URL it was fetched from; may be empty.
    pub url: String,
    /// When it was fetched, ISO 8601 in UTC; may be empty.
    pub date: String,
    /// The block's own media type, with parameters; may be empty.
    pub content_type: String,
    /// The languages that the crawl's own detector found (`WARC-Identified-Content-Language`, or a metadata record of Common Crawl); may be empty.
    pub identified_language: String,
    /// The block: for a response the HTTP headers and body.
    pub body: Vec<u8>,
    /// Whether `body` is all of it.
    pub completeness: Completeness,
}

/// What a page is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// HTML or XHTML.
    Html,
    /// Plain text.
    Text,
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
    /// Blocks or elements beyond the limit were taken as part of the last.
    NodeLimit,
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

/// A language with its share of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct LanguageShare {
    /// BCP 47, or `und`.
    pub language: Language,
    /// Share of the text's characters, 0 to 1.
    pub share: f64,
}

/// The codes of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language {
    /// BCP 47: the shortest ISO 639 code, or `und`.
    pub bcp47: &'static str,
    /// ISO 639-3, or `und`.
    pub iso639_3: &'static str,
}

impl Language {
    /// The language is not known, or the text is not in one.
    pub const UNDETERMINED: Self = Self { bcp47: "und", iso639_3: "und" };
}

/// The languages of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Languages {
    /// The language of most of the text.
    pub main: Language,
    /// How sure that is, 0 to 1: of answers given .9, nine in ten are right.
    pub confidence: f64,
    /// The script that the main language is written in, ISO 15924; empty where there are no letters.
    pub script: &'static str,
    /// All languages found, the largest share first.
    pub shares: Vec<LanguageShare>,
    /// The parts of the text, in order and without gaps.
    pub spans: Vec<LanguageSpan>,
}

/// Which codes languages are written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LanguageCodes {
    /// BCP 47: the shortest code.
    #[default]
    Bcp47,
    /// ISO 639-3: three letters always.
    Iso639_3,
}

impl LanguageCodes {
    /// The code of a language.
    pub fn of(self, language: Language) -> &'static str {
        match self {
            Self::Bcp47 => language.bcp47,
            Self::Iso639_3 => language.iso639_3,
        }
    }
}

impl Languages {
    /// The languages of a text of which nothing is known.
    pub fn unknown() -> Self {
        Self { main: Language::UNDETERMINED, confidence: 0.0, script: "", shares: Vec::new(), spans: Vec::new() }
    }

    /// A text all in one language.
    pub fn one(main: Language) -> Self {
        Self { main, confidence: 1.0, ..Self::unknown() }
    }

    /// The language at a place of the text, in bytes.
    pub fn at(&self, place: usize) -> Language {
        let span = self.spans.partition_point(|span| span.range.end <= place);
        self.spans.get(span).map_or(self.main, |span| span.language)
    }
}

/// A part of a text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageSpan {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// BCP 47, or `und`.
    pub language: Language,
}

/// One sentence of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Index into the document's paragraphs.
    pub paragraph: usize,
    /// Byte range in the document's text.
    pub range: Range<usize>,
}

/// A page ready for the corpus.
#[derive(Debug, Clone)]
pub struct Document {
    /// The text and what is known of the page.
    pub article: Article,
    /// What it is written in.
    pub languages: Languages,
    /// In order, apart, with only white space between them.
    pub sentences: Vec<Sentence>,
}

/// The stage that rejected a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Record to page.
    Decode,
    /// Page to article.
    Boilerplate,
    /// Article to languages.
    Language,
    /// Text to sentences.
    Sentences,
    /// Whole documents against the user's criteria.
    Filter,
}

impl Stage {
    /// All stages, in the order of the line.
    pub const ALL: [Self; 5] = [Self::Decode, Self::Boilerplate, Self::Language, Self::Sentences, Self::Filter];

    /// The name used in the corpus.
    pub fn name(self) -> &'static str {
        match self {
            Self::Decode => "decode",
            Self::Boilerplate => "boilerplate",
            Self::Language => "language",
            Self::Sentences => "sentences",
            Self::Filter => "filter",
        }
    }
}

/// Why a record is not in the corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// An HTTP request.
    Request,
    /// Facts about another record.
    Metadata,
    /// Seen before, stored without a body.
    Revisit,
    /// Facts about the crawl file.
    Warcinfo,
    /// A later segment of a record cut in pieces.
    Continuation,
    /// A record type that no standard names.
    UnknownRecord,
    /// The block of a response is not HTTP.
    NotHttp,
    /// A status other than 200.
    HttpStatus,
    /// Neither HTML nor plain text.
    MediaType,
    /// A Content-Encoding that could not be undone.
    ContentEncoding,
    /// No bytes, or only blanks.
    EmptyBody,
    /// Larger than a page may be.
    TooLarge,
    /// Markup without any visible text.
    NoText,
    /// Visible text, but all of it boilerplate.
    NoContent,
    /// Not in one of the languages asked for.
    Language,
    /// Fewer characters than asked for.
    TooShort,
    /// A bug in a stage; the record was lost to it, nothing else.
    InternalError,
}

impl Reason {
    /// The name used in the corpus.
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Metadata => "metadata",
            Self::Revisit => "revisit",
            Self::Warcinfo => "warcinfo",
            Self::Continuation => "continuation",
            Self::UnknownRecord => "unknown_record",
            Self::NotHttp => "not_http",
            Self::HttpStatus => "http_status",
            Self::MediaType => "media_type",
            Self::ContentEncoding => "content_encoding",
            Self::EmptyBody => "empty_body",
            Self::TooLarge => "too_large",
            Self::NoText => "no_text",
            Self::NoContent => "no_content",
            Self::Language => "language",
            Self::TooShort => "too_short",
            Self::InternalError => "internal_error",
        }
    }

    /// Whether the record was of a kind that can hold a page.
    pub fn is_of_page(self) -> bool {
        use Reason::{Continuation, Metadata, Request, Revisit, UnknownRecord, Warcinfo};
        !matches!(self, Request | Metadata | Revisit | Warcinfo | Continuation | UnknownRecord)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A record that does not belong in the corpus: normal, and most of a crawl.
#[derive(Debug, Clone)]
pub struct Rejection {
    /// Where the record was found.
    pub origin: Origin,
    /// The URL it was fetched from; may be empty.
    pub url: String,
    /// Who rejected it.
    pub stage: Stage,
    /// Why.
    pub reason: Reason,
    /// The particulars, such as the HTTP status; may be empty.
    pub detail: String,
    /// Bytes of the record's block.
    pub n_bytes: u64,
}

/// What is broken about a stretch of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DamageReason {
    /// Compressed data that does not inflate.
    CorruptMember,
    /// Data that inflates, but not to its checksum or length.
    ChecksumMismatch,
    /// The input ends inside a record or a compressed member.
    Truncated,
    /// A declared length that does not reach the next record, reaches past it, or is no number.
    WrongLength,
    /// A record header that cannot be read.
    BadHeader,
    /// Bytes between records that belong to none.
    Garbage,
    /// A JSONL line that is not an object with `html` or `text`.
    BadLine,
    /// A file that could not be opened or read.
    Unreadable,
    /// A device, pipe or socket in a folder, or a link that leads nowhere or back.
    NotAFile,
    /// A container that cannot be read.
    BadContainer,
}

impl DamageReason {
    /// The name used in the corpus.
    pub fn name(self) -> &'static str {
        match self {
            Self::CorruptMember => "corrupt_member",
            Self::ChecksumMismatch => "checksum_mismatch",
            Self::Truncated => "truncated",
            Self::WrongLength => "wrong_length",
            Self::BadHeader => "bad_header",
            Self::Garbage => "garbage",
            Self::BadLine => "bad_line",
            Self::Unreadable => "unreadable",
            Self::NotAFile => "not_a_file",
            Self::BadContainer => "bad_container",
        }
    }
}

/// Input that is broken here; reading goes on behind it.
#[derive(Debug, Clone)]
pub struct Damage {
    /// The input's label.
    pub source: Arc<str>,
    /// Byte offset, counted as in [`Origin::offset`].
    pub offset: u64,
    /// Bytes affected; 0 when not known.
    pub length: u64,
    /// What is broken.
    pub reason: DamageReason,
    /// The particulars, and what was done about them.
    pub detail: String,
}
