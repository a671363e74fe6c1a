//! The tables of a corpus: their columns, types and meanings, in the words of datapackage.json.

/// The type of a column, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    /// Quoted always, so that no reader takes it for a number; a missing one is empty and not quoted.
    Text,
    Integer,
    Number,
}

/// One column.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) column_type: Type,
    pub(super) description: &'static str,
}

/// One table.
#[derive(Debug)]
pub(super) struct Schema {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) columns: &'static [Column],
    pub(super) primary_key: &'static [&'static str],
}

/// All tables.
pub(super) const ALL: [&Schema; 4] = [&DOCUMENTS, &SENTENCES, &REJECTS, &DAMAGE];

macro_rules! columns {
    ($($name:literal $column_type:ident $description:literal)*) => {
        &[$(Column { name: $name, column_type: Type::$column_type, description: $description }),*]
    };
}

pub(super) static DOCUMENTS: Schema = Schema {
    name: "documents",
    description: "One row for each page that was kept.",
    primary_key: &["doc_id"],
    columns: columns! {
        "doc_id" Text "Hash of source_file, offset, record, URL and content; begins with a letter."
        "url" Text "The URL that the page was fetched from."
        "host" Text "The host of the URL."
        "title" Text "The page's headline, without the site's name where that could be told apart."
        "author" Text "Names of the authors, separated by semicolons, as the page's markup or else the byline beside its title gives them."
        "date_published" Text "ISO 8601, as the page gives it in its markup, or else beside its title or in its address: a year, month or day, or a time, with its offset from UTC where the page has one."
        "date_crawled" Text "ISO 8601 in UTC, as the crawl gives it."
        "site_name" Text "The site's name for itself."
        "canonical_url" Text "The page's address as the page gives it."
        "lang" Text "Language of the text, BCP 47 (with --codes iso639-3, ISO 639-3): that of most letters, where English counts half beside another; und when it is none of those known."
        "lang_confidence" Number "How sure the language is, 0 to 1: of those given .9, nine in ten are right."
        "langs" Text "Languages with their shares of the letters, those of Chinese counted twice, the largest first, as en:0.90;de:0.10; those under half a hundredth are left out."
        "script" Text "The script that the language is written in, ISO 15924."
        "lang_declared" Text "The language that the page or its server declares, as written."
        "lang_identified" Text "The languages that the crawl's own detector found, as the crawl file gives them."
        "n_chars" Integer "Characters (Unicode scalar values) of the text."
        "n_sentences" Integer "Sentences of the text."
        "n_paragraphs" Integer "Paragraphs of the text: its lines that are not blank."
        "kept_ratio" Number "Share of the page's visible characters, white space aside, that was kept, 0 to 1."
        "boilerplate_confidence" Number "How sure the separation of content from boilerplate is, 0 to 1."
        "charset" Text "The character set the page was decoded with, by its WHATWG name."
        "charset_source" Text "What decided for it: bom, http, container (JSON is Unicode), meta (or an XML declaration), utf8 (the bytes are valid) or guess."
        "mime" Text "The media type, as declared or sniffed."
        "page_type" Text "The kind of page, where it is fairly sure: article, collection, documentation, forum, listing, product or service."
        "flags" Text "What a reader should know, separated by semicolons: truncated (the record or its body was cut short; the text may end early), coding_mismatch (the body is not coded as its headers say, or is corrupt), invalid_bytes (some bytes were not valid in the character set and became U+FFFD), depth_limit (elements nested too deep were not opened), node_limit (blocks or elements beyond the limit were not told apart, and the text of blocks beyond it was left out), framed (the page shows no text; this is what stands in for its frames, or in one of them), linked_data (the page shows no text; this is what its JSON-LD says its text is)."
        "content_digest" Text "SHA-256 of the text in UTF-8, in hexadecimal digits."
        "source_file" Text "The input: a file's name, or the path of a file from the name of the folder on that was read, with the path in it where the file is a WACZ archive; stdin for standard input; the path as given where two inputs would be called the same."
        "source_offset" Integer "Byte offset of the record's compressed member, or of the record in the uncompressed stream where they differ."
        "source_length" Integer "Bytes from there, counted in the same way."
        "record_id" Text "WARC-Record-ID without brackets, or the id of a JSONL line."
        "text" Text "The content. One line feed separates paragraphs."
    },
};

pub(super) static SENTENCES: Schema = Schema {
    name: "sentences",
    description: "One row for each sentence; no text holds a line feed.",
    primary_key: &["doc_id", "sentence"],
    columns: columns! {
        "doc_id" Text "The document that the sentence is from."
        "paragraph" Integer "Number of the paragraph in the document, from 0."
        "sentence" Integer "Number of the sentence in the document, from 0."
        "lang" Text "Language of the part of the text that the sentence is in, coded as in documents."
        "char_start" Integer "Where the sentence begins in the document's text, in characters from 0."
        "char_end" Integer "Where it ends: the character behind its last."
        "text" Text "The sentence."
    },
};

pub(super) static REJECTS: Schema = Schema {
    name: "rejects",
    description: "One row for each record that was read and not kept.",
    primary_key: &[],
    columns: columns! {
        "source_file" Text "The input that the record is from."
        "source_offset" Integer "Byte offset, counted as in documents."
        "record_id" Text "WARC-Record-ID without brackets, or the id of a JSONL line."
        "url" Text "The URL that the record was fetched from."
        "stage" Text "The stage that rejected it: decode (record to page), boilerplate (page to text), language, sentences or filter (what users ask of documents)."
        "reason" Text "Why: request, metadata, revisit, warcinfo, continuation, unknown_record (a record of another kind); not_http (a response whose block is not HTTP); http_status (another one than 200); media_type (neither HTML nor plain text); content_encoding (a coding that could not be undone); empty_body (no bytes, or only blanks); too_large (a page over 16 MiB, a record over 64 MiB, or a line of JSON over 96 MiB); no_text (markup without visible text); no_content (nothing but boilerplate); language, too_short (not what was asked for); internal_error (a bug)."
        "detail" Text "The particulars, such as the HTTP status."
        "n_bytes" Integer "Bytes of the record's block."
    },
};

pub(super) static DAMAGE: Schema = Schema {
    name: "damage",
    description: "One row for each place where the input is broken.",
    primary_key: &[],
    columns: columns! {
        "source_file" Text "The input."
        "offset" Integer "Byte offset, counted as in documents."
        "length" Integer "Bytes affected; 0 when not known."
        "reason" Text "What is broken: corrupt_member (compressed data that does not inflate), checksum_mismatch (data that inflates, but not to its checksum or length), truncated (the input ends inside a record or a member), wrong_length (a declared length that is not that of the record), bad_header (a record header that cannot be read), garbage (bytes that belong to no record), bad_line (a line that is not JSON with html or text), unreadable (a file or folder that could not be read), not_a_file (a device, pipe or link), bad_container (a container that cannot be read)."
        "detail" Text "The particulars, and what was done about them."
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DamageReason, Flag, Reason};

    #[test]
    fn every_name_in_a_column_is_explained() {
        let check = |schema: &Schema, column: &str, names: &[&str]| {
            let explained = schema.columns.iter().find(|c| c.name == column).map_or("", |c| c.description);
            let words: Vec<&str> = explained.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
            assert_eq!(names.iter().filter(|name| !words.contains(*name)).count(), 0, "{column}: {explained}");
        };
        use {DamageReason as D, Reason as R};
        let flags = [Flag::Truncated, Flag::CodingMismatch, Flag::InvalidBytes, Flag::DepthLimit, Flag::NodeLimit];
        check(&DOCUMENTS, "flags", &flags.map(Flag::name));
        check(&DOCUMENTS, "flags", &[Flag::Framed, Flag::LinkedData].map(Flag::name));
        let kinds = [R::Request, R::Metadata, R::Revisit, R::Warcinfo, R::Continuation, R::UnknownRecord, R::NotHttp];
        check(&REJECTS, "reason", &kinds.map(R::name));
        let pages = [R::HttpStatus, R::MediaType, R::ContentEncoding, R::EmptyBody, R::TooLarge, R::NoText, R::NoContent];
        check(&REJECTS, "reason", &pages.map(R::name));
        check(&REJECTS, "reason", &[R::Language, R::TooShort, R::InternalError].map(R::name));
        let bytes = [D::CorruptMember, D::ChecksumMismatch, D::Truncated, D::WrongLength, D::BadHeader, D::Garbage];
        check(&DAMAGE, "reason", &bytes.map(D::name));
        check(&DAMAGE, "reason", &[D::BadLine, D::Unreadable, D::NotAFile, D::BadContainer].map(D::name));
    }
}
