//! The two endings that are not a document: a record that does not belong in the corpus, and input that is broken.

use std::fmt;
use std::sync::Arc;

use super::Origin;

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
    /// A device, pipe or socket in a folder, or a link there that leads nowhere, to a folder or to a file that is read already.
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
