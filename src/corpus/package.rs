//! datapackage.json: what the files of a corpus are, by the Frictionless Data Package standard, and how they came to be.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::CorpusError;
use super::files::{Finished, Unfinished};
use super::schema::{self, Schema, Type};
use crate::document::LanguageCodes;
use crate::ingest::Input;
use crate::report::Tally;

pub(super) const NAME: &str = "datapackage.json";

/// What is written down of a run besides its results. Nothing that differs between two runs on the same input.
#[derive(Debug, Clone)]
pub struct RunFacts {
    /// Settings that the result depends on, by name.
    pub configuration: Vec<(&'static str, Value)>,
    /// In the order in which they were read.
    pub inputs: Vec<Input>,
}

pub(super) fn write(
    folder: &Path,
    files: &[Finished],
    facts: &RunFacts,
    tally: &Tally,
    codes: LanguageCodes,
) -> Result<Finished, CorpusError> {
    let package = json!({
        "name": "corpus",
        "profile": "data-package",
        "resources": files.iter().filter_map(resource).collect::<Vec<_>>(),
        "corpusmill": {
            "version": env!("CARGO_PKG_VERSION"),
            "configuration": facts.configuration.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect::<Map<_, _>>(),
            "inputs": facts.inputs.iter().map(|input| json!({ "source": &*input.label, "bytes": input.size })).collect::<Vec<_>>(),
            "counts": counts(tally, codes),
        },
    });
    let mut file = Unfinished::create(folder, NAME)?;
    file.write(format!("{package:#}\n").as_bytes())?;
    file.commit(0)
}

fn resource(file: &Finished) -> Option<Value> {
    let name = file.name.strip_suffix(".csv")?;
    let schema = schema::ALL.into_iter().find(|schema| name == schema.name || name.starts_with(&format!("{}-", schema.name)))?;
    Some(json!({
        "name": name,
        "description": schema.description,
        "path": file.name,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": format!("sha256:{}", file.digest),
        "rows": file.rows,
        "dialect": { "lineTerminator": "\n", "doubleQuote": true },
        "schema": table_schema(schema),
    }))
}

fn table_schema(schema: &Schema) -> Value {
    let fields = schema.columns.iter().map(|column| {
        let type_name = match column.column_type {
            Type::Text => "string",
            Type::Integer => "integer",
            Type::Number => "number",
        };
        json!({ "name": column.name, "type": type_name, "description": column.description })
    });
    let mut value = json!({ "fields": fields.collect::<Vec<_>>(), "missingValues": [""] });
    if !schema.primary_key.is_empty() {
        value["primaryKey"] = json!(schema.primary_key);
    }
    value
}

fn counts(tally: &Tally, codes: LanguageCodes) -> Value {
    let total = tally.total();
    let sources = tally.sources.iter().map(|(source, c)| {
        json!({ "source": &**source, "records": c.read, "kept": c.kept, "rejected": c.rejected, "damaged": c.damaged })
    });
    json!({
        "records": total.read,
        "pages": tally.pages,
        "documents": total.kept,
        "rejected": total.rejected,
        "damaged": total.damaged,
        "sentences": tally.sentences,
        "characters": tally.characters,
        "reasons": tally.reasons.iter().map(|((stage, reason), n)| (format!("{}/{}", stage.name(), reason.name()), json!(n))).collect::<Map<_, _>>(),
        "damages": tally.damages.iter().map(|(reason, n)| (reason.name().to_owned(), json!(n))).collect::<Map<_, _>>(),
        "languages": tally.languages.iter().map(|(language, n)| (codes.of(*language).to_owned(), json!(n))).collect::<Map<_, _>>(),
        "sources": sources.collect::<Vec<_>>(),
    })
}
