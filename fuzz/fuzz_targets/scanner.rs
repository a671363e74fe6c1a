//! Any bytes as a page of HTML: no panic, no hang, blocks in the order of the page, all of them inside of it.

#![no_main]

use corpusmill::boilerplate::{self, Options};
use corpusmill::document::{Media, Origin};
use corpusmill::ingest;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let html = String::from_utf8_lossy(bytes).into_owned();
    let origin = Origin { source: "fuzz".into(), offset: 0, length: 0, record_id: String::new() };
    let page = ingest::page_of(html, Media::Html, "http://example.com/".into(), origin);
    let blocks = boilerplate::blocks(&page, Options::default());
    assert!(blocks.is_sorted_by_key(|block| block.offset), "blocks are out of order");
    assert!(blocks.iter().all(|block| page.text.is_char_boundary(block.offset)), "a block begins inside of a character");
    assert!(blocks.iter().all(|block| !block.text.trim().is_empty()), "a block is empty");
});
