//! Writes down the blocks of pages with their features: what the models are trained on.
//!
//!     cargo run --release --example describe_blocks -- PAGES.jsonl OUT
//!
//! Each line of PAGES has an `id`, and `html` or `text`. OUT.jsonl gets for each page the texts of its blocks, the element of
//! each and the tokens of its text, and each element's parent and tokens; OUT.f32 the features of all blocks as little-endian
//! f32, one row a block; OUT.names the features' names, one a line.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};

use corpusmill::boilerplate;
use corpusmill::document::{Media, Origin};
use corpusmill::ingest;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [pages, out] = arguments.as_slice() else { return Err("usage: describe_blocks PAGES.jsonl OUT".into()) };
    std::fs::write(format!("{out}.names"), boilerplate::feature_names().join("\n"))?;
    let mut features = BufWriter::new(File::create(format!("{out}.f32"))?);
    let mut described = BufWriter::new(File::create(format!("{out}.jsonl"))?);
    for line in BufReader::new(File::open(pages)?).lines() {
        let page: Value = serde_json::from_str(&line?)?;
        describe(&page, &mut features, &mut described)?;
    }
    Ok(())
}

fn describe(page: &Value, features: &mut impl Write, described: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let field = |name: &str| page[name].as_str().map(str::to_owned);
    let (text, media) = match field("html") {
        Some(html) => (html, Media::Html),
        None => (field("text").unwrap_or_default(), Media::Text),
    };
    let origin = Origin { source: "training".into(), offset: 0, length: 0, record_id: String::new() };
    let page_described = boilerplate::describe(&ingest::page_of(text, media, field("url").unwrap_or_default(), origin));
    for block in &page_described.blocks {
        for value in &block.features {
            features.write_all(&value.to_le_bytes())?;
        }
    }
    let blocks: Vec<Value> = page_described.blocks.iter().map(|block| json!([block.text, block.element, block.tokens])).collect();
    let line = json!({"id": page["id"], "blocks": blocks, "elements": page_described.elements});
    writeln!(described, "{line}")?;
    Ok(())
}
