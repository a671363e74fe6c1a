//! Holds the scanner against scraper on the pages of crawl files: `cargo run --release --example compare_engines FILE...`
//!
//! For each file: pages, pages with the same words in the same order, and pages with the same blocks; then the pages that differ,
//! sorted by cause, with the place where they first do.

#![allow(clippy::expect_used)] // a tool for developers

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::AtomicU64;

use corpusmill::boilerplate::{self, HtmlEngine, Options};
use corpusmill::document::{Media, Page, Record};
use corpusmill::ingest::{self, Finding, Plan};

/// Characters shown on each side of a difference.
const SHOWN: usize = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    /// The same words, in another order.
    Order,
    /// The scanner has words that scraper has not.
    MoreWords,
    /// Scraper has words that the scanner has not.
    FewerWords,
    /// The same words in the same order, in other blocks.
    Boundaries,
}

#[derive(Debug, Default)]
struct Comparison {
    pages: usize,
    same_words: usize,
    same_blocks: usize,
    differing: BTreeMap<Cause, Vec<String>>,
    /// Records that are no pages of HTML, by what is said of them.
    others: BTreeMap<String, usize>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    for input in Plan::new(&arguments, None).expect("files that can be read").inputs {
        let mut comparison = Comparison::default();
        let flow = ingest::read(&input, &AtomicU64::new(0), &mut |finding| {
            match finding {
                Finding::Record(record) => comparison.add_record(record),
                Finding::Damage(damage) => eprintln!("{damage:?}"),
            }
            ControlFlow::Continue(())
        });
        assert!(flow.is_continue());
        comparison.print(&input.label);
    }
}

impl Comparison {
    fn add_record(&mut self, record: Record) {
        match ingest::decode(record) {
            Ok(page) if page.media == Media::Html => self.add(&page),
            Ok(page) => *self.others.entry(format!("{:?}", page.media)).or_default() += 1,
            Err(rejection) => *self.others.entry(format!("{:?} {}", rejection.reason, rejection.detail)).or_default() += 1,
        }
    }

    fn add(&mut self, page: &Page) {
        let texts = |html_engine| -> Vec<String> {
            let options = Options { html_engine, ..Options::default() };
            boilerplate::blocks(page, options).into_iter().map(|block| block.text).collect()
        };
        let (ours, theirs) = (texts(HtmlEngine::Scanner), texts(HtmlEngine::Scraper));
        self.pages += 1;
        let cause = cause(&ours, &theirs);
        self.same_words += usize::from(matches!(cause, None | Some(Cause::Boundaries)));
        self.same_blocks += usize::from(cause.is_none());
        if let Some(cause) = cause {
            let name = format!("{} {}", page.provenance.origin.record_id, page.provenance.url);
            self.differing.entry(cause).or_default().push(format!("{name}\n{}", first_difference(&ours, &theirs)));
        }
    }

    fn print(&self, label: &str) {
        let share = |n: usize| 100.0 * n as f64 / self.pages.max(1) as f64;
        println!(
            "{label}: {} pages, same words {:.2} %, same blocks {:.2} %",
            self.pages,
            share(self.same_words),
            share(self.same_blocks)
        );
        for (cause, pages) in &self.differing {
            println!("  {cause:?}: {} pages, {:.2} %", pages.len(), share(pages.len()));
            pages.iter().for_each(|page| println!("    {page}"));
        }
        self.others.iter().for_each(|(what, n)| println!("  no HTML: {n} records, {what}"));
    }
}

fn cause(ours: &[String], theirs: &[String]) -> Option<Cause> {
    if ours == theirs {
        return None;
    }
    let words =
        |texts: &[String]| -> Vec<String> { texts.iter().flat_map(|text| text.split_whitespace()).map(str::to_owned).collect() };
    let (mut our_words, mut their_words) = (words(ours), words(theirs));
    if our_words == their_words {
        return Some(Cause::Boundaries);
    }
    our_words.sort();
    their_words.sort();
    Some(match our_words.len().cmp(&their_words.len()) {
        _ if our_words == their_words => Cause::Order,
        std::cmp::Ordering::Less => Cause::FewerWords,
        _ => Cause::MoreWords,
    })
}

fn first_difference(ours: &[String], theirs: &[String]) -> String {
    let at = ours.iter().zip(theirs).position(|(a, b)| a != b).unwrap_or(ours.len().min(theirs.len()));
    let (a, b) = (ours.get(at).map_or("", String::as_str), theirs.get(at).map_or("", String::as_str));
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let shown = |text: &str| text.chars().skip(same.saturating_sub(SHOWN / 3)).take(SHOWN).collect::<String>();
    format!("      block {at}, scanner {:?}\n      block {at}, scraper {:?}", shown(a), shown(b))
}
