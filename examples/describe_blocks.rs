//! Writes down the blocks of pages with their features: what the models are trained on.
//!
//!     cargo run --release --example describe_blocks -- PAGES.jsonl OUT
//!     cargo run --release --example describe_blocks -- PAGES.jsonl OUT PROBABILITIES.f32
//!
//! Each line of PAGES has an `id`, and `html` or `text`. OUT.jsonl gets for each page the texts of its blocks, the element of
//! each, the tokens of its text if it is short, the heading and the label above it, its list, the tokens of its text if it is
//! not short, each element's parent and tokens, and what the address says; OUT.f32 the features of all blocks as little-endian f32, one row a block;
//! OUT.names the features' names, one a line. With the probabilities that a first look found for all blocks, OUT.context.f32
//! and OUT.context.names get what that look says of each.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};

use corpusmill::boilerplate::{self, DescribedBlock, HtmlEngine};
use corpusmill::document::{Media, Origin, Page};
use corpusmill::ingest;
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [pages, out] => describe(pages, out),
        [pages, out, probabilities] => describe_in_context(pages, out, probabilities),
        _ => Err("usage: describe_blocks PAGES.jsonl OUT [PROBABILITIES.f32]".into()),
    }
}

fn describe(pages: &str, out: &str) -> Outcome<()> {
    std::fs::write(format!("{out}.names"), boilerplate::feature_names().join("\n"))?;
    let mut features = BufWriter::new(File::create(format!("{out}.f32"))?);
    let mut lines = BufWriter::new(File::create(format!("{out}.jsonl"))?);
    for page in read(pages)? {
        let (id, page) = page?;
        let described = boilerplate::describe(&page);
        for block in &described.blocks {
            write_row(&mut features, &block.features)?;
        }
        let block = |b: &DescribedBlock| json!([b.text, b.element, b.tokens, b.above, b.list, b.prose_tokens]);
        let blocks: Vec<Value> = described.blocks.iter().map(block).collect();
        writeln!(lines, "{}", json!({"id": id, "blocks": blocks, "elements": described.elements, "address": described.address}))?;
    }
    Ok(())
}

fn describe_in_context(pages: &str, out: &str, probabilities: &str) -> Outcome<()> {
    std::fs::write(format!("{out}.context.names"), boilerplate::context_names().join("\n"))?;
    let probabilities = std::fs::read(probabilities)?;
    let mut probabilities = probabilities.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes));
    let mut features = BufWriter::new(File::create(format!("{out}.context.f32"))?);
    for page in read(pages)? {
        let (_, page) = page?;
        let n_blocks = boilerplate::count_blocks(&page, HtmlEngine::Scanner);
        let of_page: Vec<f32> = probabilities.by_ref().take(n_blocks).collect();
        if of_page.len() < n_blocks {
            return Err("there are fewer probabilities than blocks".into());
        }
        for row in boilerplate::describe_in_context(&page, of_page) {
            write_row(&mut features, &row)?;
        }
    }
    if probabilities.next().is_some() {
        return Err("there are more probabilities than blocks".into());
    }
    Ok(())
}

fn read(pages: &str) -> Outcome<impl Iterator<Item = Outcome<(Value, Page)>>> {
    let read_line = |line: std::io::Result<String>| {
        let mut page: Value = serde_json::from_str(&line?)?;
        let field = |name: &str| page[name].as_str().map(str::to_owned);
        let (text, media) = match field("html") {
            Some(html) => (html, Media::Html),
            None => (field("text").unwrap_or_default(), Media::Text),
        };
        let origin = Origin { source: "training".into(), offset: 0, length: 0, record_id: String::new() };
        let url = field("url").unwrap_or_default();
        Ok((page["id"].take(), ingest::page_of(text, media, url, origin)))
    };
    Ok(BufReader::new(File::open(pages)?).lines().map(read_line))
}

fn write_row(out: &mut impl Write, row: &[f32]) -> std::io::Result<()> {
    row.iter().try_for_each(|value| out.write_all(&value.to_le_bytes()))
}
