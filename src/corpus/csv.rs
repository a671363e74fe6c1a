//! Tables as CSV: RFC 4180, UTF-8, LF, text always quoted, missing values empty and bare.

use std::cell::RefCell;
use std::fmt::{Arguments, Display};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::CorpusError;
use super::files::{Finished, Unfinished};
use super::schema::{Schema, Type};
use crate::document::{Damage, Document, LanguageCodes, PageType, Rejection};

/// Languages with less of a text than would be shown as .01 are left out of its list.
const MIN_SHARE_SHOWN: f64 = 0.005;

/// A table that is being written.
#[derive(Debug)]
pub(super) struct Table {
    file: Unfinished,
    row: Row,
    rows: u64,
}

impl Table {
    pub(super) fn create(folder: &Path, name: &str, schema: &'static Schema) -> Result<Self, CorpusError> {
        let mut file = Unfinished::create(folder, name)?;
        let names: Vec<&str> = schema.columns.iter().map(|column| column.name).collect();
        file.write(names.join(",").as_bytes())?;
        file.write(b"\n")?;
        Ok(Self { file, row: Row::new(schema), rows: 0 })
    }

    /// A table without a header, to be appended to another one.
    pub(super) fn part(folder: &Path, name: &str, schema: &'static Schema) -> Result<Self, CorpusError> {
        Ok(Self { file: Unfinished::create(folder, name)?, row: Row::new(schema), rows: 0 })
    }

    pub(super) fn commit(self) -> Result<Finished, CorpusError> {
        self.file.commit(self.rows)
    }

    /// Ends a part.
    pub(super) fn close(self) -> Result<Part, CorpusError> {
        Ok(Part { path: self.file.close()?, rows: self.rows })
    }

    /// Takes over the rows of a part, whose file is removed.
    pub(super) fn append(&mut self, part: Part) -> Result<(), CorpusError> {
        self.rows += part.rows;
        self.file.append(&part.path)
    }

    pub(super) fn document(
        &mut self,
        document: &Document,
        doc_id: &str,
        content_digest: &str,
        codes: LanguageCodes,
    ) -> Result<(), CorpusError> {
        let article = &document.article;
        let (provenance, metadata) = (&article.provenance, &article.metadata);
        let languages = &document.languages;
        let flags: Vec<&str> = provenance.flags.iter().map(|flag| flag.name()).collect();
        let shown = languages.shares.iter().filter(|s| s.share >= MIN_SHARE_SHOWN);
        let shares: Vec<String> = shown.map(|s| format!("{}:{:.2}", codes.of(s.language), s.share)).collect();
        let declared = if metadata.language.is_empty() { &provenance.content_language } else { &metadata.language };
        let row = &mut self.row;
        row.text(doc_id).text(&provenance.url).text(&provenance.host());
        row.text(&metadata.title).text(&metadata.author).text(&metadata.date_published).text(&provenance.date_crawled);
        row.text(&metadata.site_name).text(&metadata.canonical_url);
        row.text(codes.of(languages.main)).ratio(languages.confidence).text(&shares.join(";")).text(languages.script);
        row.text(declared).text(&provenance.identified_language);
        row.number(article.text.chars().count()).number(document.sentences.len()).number(article.paragraphs.len());
        row.ratio(article.kept_ratio).ratio(article.confidence);
        row.text(provenance.charset.name).text(provenance.charset.source.name()).text(&provenance.mime);
        row.text(article.page_type.map_or("", PageType::name)).text(&flags.join(";")).text(content_digest);
        row.text(&provenance.origin.source).number(provenance.origin.offset).number(provenance.origin.length);
        row.text(&provenance.origin.record_id).text(&article.text);
        self.end_row()
    }

    pub(super) fn sentences(&mut self, document: &Document, doc_id: &str, codes: LanguageCodes) -> Result<(), CorpusError> {
        let text = &document.article.text;
        let (mut bytes, mut chars) = (0, 0);
        for (number, sentence) in document.sentences.iter().enumerate() {
            let range = sentence.range.clone();
            let start = chars + text[bytes..range.start].chars().count();
            let end = start + text[range.clone()].chars().count();
            (bytes, chars) = (range.end, end);
            self.row.text(doc_id).number(sentence.paragraph).number(number).text(codes.of(document.languages.at(range.start)));
            self.row.number(start).number(end).text(&text[range]);
            self.end_row()?;
        }
        Ok(())
    }

    pub(super) fn rejection(&mut self, rejection: &Rejection) -> Result<(), CorpusError> {
        let Rejection { origin, url, stage, reason, detail, n_bytes } = rejection;
        self.row.text(&origin.source).number(origin.offset).text(&origin.record_id).text(url);
        self.row.text(stage.name()).text(reason.name()).text(detail).number(n_bytes);
        self.end_row()
    }

    pub(super) fn damage(&mut self, damage: &Damage) -> Result<(), CorpusError> {
        let Damage { source, offset, length, reason, detail } = damage;
        self.row.text(source).number(offset).number(length).text(reason.name()).text(detail);
        self.end_row()
    }

    fn end_row(&mut self) -> Result<(), CorpusError> {
        self.rows += 1;
        self.row.write_to(&mut self.file)
    }
}

/// The rows of a table that is put together from several.
#[derive(Debug)]
pub(super) struct Part {
    path: PathBuf,
    rows: u64,
}

/// A row while its fields are added. A field of text is, to the csv crate, a record of one field that ends in a comma:
/// so each field can be quoted or not.
#[derive(Debug)]
struct Row {
    schema: &'static Schema,
    column: usize,
    fields: ::csv::Writer<Fields>,
}

#[derive(Debug, Default)]
struct Fields(RefCell<Vec<u8>>);

impl Write for Fields {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.0.get_mut().extend_from_slice(buffer);
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Row {
    fn new(schema: &'static Schema) -> Self {
        let mut builder = ::csv::WriterBuilder::new();
        builder.quote_style(::csv::QuoteStyle::Always).terminator(::csv::Terminator::Any(b',')).has_headers(false);
        Self { schema, column: 0, fields: builder.from_writer(Fields::default()) }
    }

    /// Adds text, without the control characters that make readers stop. Empty text is a missing value.
    fn text(&mut self, text: &str) -> &mut Self {
        self.expect(Type::Text);
        if text.is_empty() {
            self.push(format_args!(","));
            return self;
        }
        let is_unwanted = |c: char| c.is_control() && c != '\n' && c != '\t';
        let written = match may_have_controls(text) && text.chars().any(is_unwanted) {
            true => self.fields.write_record([text.replace(is_unwanted, "")]),
            false => self.fields.write_record([text]),
        };
        let flushed = written.and_then(|()| Ok(self.fields.flush()?));
        debug_assert!(flushed.is_ok(), "memory takes what is written to it");
        self
    }

    fn number(&mut self, number: impl Display) -> &mut Self {
        self.expect(Type::Integer);
        self.push(format_args!("{number},"));
        self
    }

    fn ratio(&mut self, ratio: f64) -> &mut Self {
        self.expect(Type::Number);
        self.push(format_args!("{ratio:.4},"));
        self
    }

    fn push(&mut self, field: Arguments<'_>) {
        let written = self.fields.get_ref().0.borrow_mut().write_fmt(field);
        debug_assert!(written.is_ok(), "memory takes what is written to it");
    }

    fn expect(&mut self, column_type: Type) {
        debug_assert_eq!(self.schema.columns[self.column].column_type, column_type, "{}", self.schema.columns[self.column].name);
        self.column += 1;
    }

    fn write_to(&mut self, file: &mut Unfinished) -> Result<(), CorpusError> {
        debug_assert_eq!(self.column, self.schema.columns.len());
        self.column = 0;
        let mut fields = self.fields.get_ref().0.borrow_mut();
        fields.pop();
        fields.push(b'\n');
        let written = file.write(&fields);
        fields.clear();
        written
    }
}

/// Whether there may be control characters that are no line feeds or tabs; beside those of ASCII, Unicode has some that begin
/// with a byte with which other characters begin, too.
fn may_have_controls(text: &str) -> bool {
    const LEAD_OF_C1: u8 = 0xc2;
    let may_be = |byte: u8| (byte < b' ' && byte != b'\n' && byte != b'\t') | (byte == 0x7f) | (byte == LEAD_OF_C1);
    // Chunk by chunk without leaving early inside, which is done in vectors.
    text.as_bytes().chunks(64).any(|chunk| chunk.iter().fold(false, |any, &byte| any | may_be(byte)))
}
