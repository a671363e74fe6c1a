//! A record of a crawl, and where it was found.

use std::sync::Arc;

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
    TooLarge {
        /// Bytes of the whole block, up to the next record where its own length is not known.
        n_bytes: u64,
    },
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

impl Record {
    /// A whole document of which nothing is known but where it was found.
    pub fn bare(origin: Origin, body: Vec<u8>) -> Self {
        Self {
            origin,
            kind: RecordKind::Bare,
            url: String::new(),
            date: String::new(),
            content_type: String::new(),
            identified_language: String::new(),
            body,
            completeness: Completeness::Whole,
        }
    }

    /// Bytes of the whole block, of which `body` may be only the beginning.
    pub fn n_bytes(&self) -> u64 {
        match self.completeness {
            Completeness::TooLarge { n_bytes } => n_bytes,
            Completeness::Whole | Completeness::Truncated => self.body.len() as u64,
        }
    }
}
