//! From pages to articles: what is content, and what a page says of itself.

mod asides;
mod attributes;
mod best;
mod builder;
mod code_lines;
mod content;
mod context;
mod elsewhere;
mod explain;
mod facts;
mod features;
mod forest;
mod gaps;
mod html;
mod images;
mod judge;
mod keywords;
mod lexicon;
mod lists;
mod markup;
mod measures;
mod metadata;
mod model;
mod names;
mod notices;
mod numbering;
mod open_elements;
mod opening;
mod outline;
mod page_type;
mod part;
mod patterns;
mod plain;
mod position;
mod recipes;
mod references;
mod refine;
mod robots;
mod rows;
mod run;
mod scanner;
mod seams;
mod tag;
mod text;
mod thresholds;
mod titles;
mod tokenizer;
mod told;
mod topics;
mod training;
mod unread;
mod white_space;

use std::cell::LazyCell;
use std::ops::Range;

use url::Url;

use crate::document::{Article, Flag, Media, Metadata, Page, Provenance, Reason, Rejection, Stage};
use crate::lines::{self, Hyphens};
pub use explain::Weighed;
use facts::Facts;
use judge::{Judgement, Verdict};
use markup::Markup;
use opening::Opening;
use outline::{Block, Kind, Outline};
use scanner::Scanned;
pub use thresholds::Favor;
pub use training::{DescribedBlock, DescribedPage, context_names, describe, describe_in_context, feature_names};

/// What reads HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HtmlEngine {
    /// Our own single pass.
    #[default]
    Scanner,
    /// The scraper crate, which makes a DOM.
    Scraper,
}

/// How pages are stripped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// What reads HTML.
    pub html_engine: HtmlEngine,
    /// What matters more where both cannot be had.
    pub favor: Favor,
    /// Whether readers' comments are content.
    pub comments: bool,
}

/// Keeps what is content.
///
/// # Errors
/// Pages without visible text, and pages of which nothing is content.
pub fn strip(mut page: Page, options: Options) -> Result<Article, Rejection> {
    if robots::is_robots_txt(&page) {
        return Err(reject(page, Reason::NoContent, "robots.txt, which tells crawlers what to leave alone".into()));
    }
    let reading = Reading::of(&page, options);
    let limits = [(reading.is_depth_limited, Flag::DepthLimit), (reading.outline.is_limited, Flag::NodeLimit)];
    page.provenance.flags.extend(limits.into_iter().filter(|(is_reached, _)| *is_reached).map(|(_, flag)| flag));
    page.provenance.flags.extend(reading.elsewhere);
    let (text, kept_chars) = reading.kept_text();
    let visible_chars = reading.visible_chars();
    if visible_chars == 0 {
        return Err(reject(page, Reason::NoText, String::new()));
    }
    if text.is_empty() {
        let detail = format!("{visible_chars} characters that are no blanks, all taken for boilerplate");
        return Err(reject(page, Reason::NoContent, detail));
    }
    Ok(Article {
        paragraphs: paragraphs(&text),
        text,
        kept_ratio: kept_chars as f64 / visible_chars as f64,
        confidence: f64::from(reading.judgement.confidence),
        page_type: reading.judgement.page_type,
        metadata: with_absolute_url(reading.metadata, &page.provenance.url),
        provenance: page.provenance,
    })
}

/// A block of a page with the judge's verdict on it.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedBlock {
    /// Its text; lines inside are separated by line feeds.
    pub text: String,
    /// Where its first text stands in the page's text, in bytes; 0 where a DOM was made, which does not know.
    pub offset: usize,
    /// Whether it is content.
    pub keep: bool,
    /// Probability that it is content, 0 to 1.
    pub score: f64,
}

/// All blocks of a page in reading order, for plain text one for each line that is not empty.
pub fn blocks(page: &Page, options: Options) -> Vec<JudgedBlock> {
    let reading = Reading::of(page, options);
    reading.judged_blocks()
}

/// How a page was judged, and why its blocks were judged as they were when each was first looked at by itself.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The word F1 that pages judged like this one have on average, 0 to 1.
    pub confidence: f64,
    /// The probability from which on blocks are kept.
    pub threshold: f64,
    /// The blocks in reading order, each with the features that weighed most, the weightiest first.
    pub blocks: Vec<(JudgedBlock, Vec<Weighed>)>,
}

/// Judges a page and tells why.
pub fn explain(page: &Page, options: Options) -> Explanation {
    let reading = Reading::of(page, options);
    let reasons = explain::reasons(&reading.outline, &reading.markup);
    Explanation {
        confidence: f64::from(reading.judgement.confidence),
        threshold: f64::from(reading.judgement.threshold),
        blocks: reading.judged_blocks().into_iter().zip(reasons).collect(),
    }
}

/// Number of blocks of a page, none of them judged: what reading HTML costs by itself.
pub fn count_blocks(page: &Page, engine: HtmlEngine) -> usize {
    scanned(page, engine).outline.blocks.len()
}

fn scanned(page: &Page, engine: HtmlEngine) -> Scanned {
    match page.media {
        Media::Html => scanned_html(&page.text, &page.provenance, engine),
        Media::Text | Media::Rendering => {
            Scanned { outline: text::outline(&page.text), markup: Markup::default(), is_depth_limited: false }
        }
    }
}

fn scanned_html(html: &str, provenance: &Provenance, engine: HtmlEngine) -> Scanned {
    match engine {
        HtmlEngine::Scanner => scanner::scan(html, &provenance.host()),
        HtmlEngine::Scraper => html::outline(html, &provenance.host()),
    }
}

/// Byte ranges of the paragraphs of a text: its lines that are not blank.
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    outline::lines(text)
}

struct Reading {
    outline: Outline,
    markup: Markup,
    judgement: Judgement,
    metadata: Metadata,
    is_depth_limited: bool,
    /// What the page's text is from, if it is not what the page shows.
    elsewhere: Option<Flag>,
}

impl Reading {
    fn of(page: &Page, options: Options) -> Self {
        let shown = Self::of_scanned(scanned(page, options.html_engine), page.media, &page.provenance, options);
        let elsewhere = if shown.kept().next().is_none() { shown.elsewhere(&page.provenance, options) } else { None };
        elsewhere.unwrap_or(shown)
    }

    /// The first document of the page that is no part of what it shows and has a text.
    fn elsewhere(&self, provenance: &Provenance, options: Options) -> Option<Self> {
        let reading = |(flag, html): (Flag, String)| {
            let scanned = scanned_html(&html, provenance, options.html_engine);
            let document = Self::of_scanned(scanned, Media::Html, provenance, options);
            let beginning = titles::headings(&document.outline, &document.judgement.verdicts);
            let metadata = metadata::metadata(&self.markup, &beginning, &Opening::default(), provenance.into());
            Self { metadata, elsewhere: Some(flag), ..document }
        };
        elsewhere::documents(&self.markup).map(reading).find(|document| document.kept_text().0.len() >= elsewhere::LEAST_BYTES)
    }

    fn of_scanned(scanned: Scanned, media: Media, provenance: &Provenance, options: Options) -> Self {
        let Scanned { mut outline, mut markup, is_depth_limited } = scanned;
        if let Some(h1) = outline.blocks.iter().find(|block| block.kind == Kind::Heading(1)) {
            markup.h1 = outline.text_of(h1).to_owned();
        }
        let judgement = judge::judge(&outline, &markup, &provenance.url, options);
        if !outline.is_plain_text {
            numbering::join_numbers(&mut outline, &judgement.verdicts);
        }
        let beginning = titles::headings(&outline, &judgement.verdicts);
        let opening = Opening::of(&outline, &judgement.verdicts);
        let metadata = match media {
            Media::Html => metadata::metadata(&markup, &beginning, &opening, provenance.into()),
            Media::Text | Media::Rendering => {
                let title = titles::title_line(&outline, &judgement.verdicts, media);
                metadata::of_plain_text(title, &beginning, &opening, provenance)
            }
        };
        Self { judgement, metadata, outline, markup, is_depth_limited, elsewhere: None }
    }

    fn judged_blocks(&self) -> Vec<JudgedBlock> {
        let judged = self.outline.blocks.iter().zip(&self.judgement.verdicts);
        let judged_block = |(block, verdict): (&Block, &Verdict)| JudgedBlock {
            text: self.outline.text_of(block).to_owned(),
            offset: block.offset as usize,
            keep: verdict.keep,
            score: f64::from(verdict.probability),
        };
        judged.map(judged_block).collect()
    }

    fn kept(&self) -> impl Iterator<Item = &Block> {
        self.kept_with_numbers().map(|(_, block)| block)
    }

    fn kept_with_numbers(&self) -> impl Iterator<Item = (usize, &Block)> {
        let judged = self.outline.blocks.iter().enumerate().zip(&self.judgement.verdicts);
        judged.filter(|(_, verdict)| verdict.keep).map(|(block, _)| block)
    }

    /// The kept blocks, one line feed between lines, but where a paragraph goes on, and how many characters they have.
    fn kept_text(&self) -> (String, usize) {
        let mut text = String::new();
        let mut n_chars = 0;
        let mut next = 0;
        let hyphens_of_page = LazyCell::new(|| Hyphens::of(&self.outline.text));
        for (number, block) in self.kept_with_numbers() {
            n_chars += block.chars.all as usize;
            let mut goes_on = block.goes_on && number == next;
            next = number + 1;
            let block_text = self.outline.text_of(block);
            let hyphens_inside = LazyCell::new(|| Hyphens::of(block_text));
            for (line, goes_on_inside) in lines_of(block.kind, block_text) {
                // Where words are not separated, paragraphs begin with an ideographic space.
                let line = if block.kind == Kind::Code { line } else { line.trim_start_matches(['\u{3000}', ' ']) };
                let begun = line.trim_start();
                match (std::mem::take(&mut goes_on), goes_on_inside) {
                    (_, true) => lines::go_on_with(&mut text, begun, *hyphens_inside),
                    (true, false) => lines::go_on_with(&mut text, begun, *hyphens_of_page),
                    (false, false) => push_line(&mut text, line),
                }
            }
        }
        text.drain(..text.len() - text.trim_start().len());
        (text, n_chars)
    }

    fn visible_chars(&self) -> usize {
        let visible = self.outline.blocks.iter().filter(|block| !block.facts.has(Facts::HIDDEN));
        let kept_though_hidden = self.kept().filter(|block| block.facts.has(Facts::HIDDEN));
        visible.chain(kept_though_hidden).map(|block| block.chars.all as usize).sum()
    }
}

/// The lines of a block that are not blank, and whether each goes on with the one before, as in letters that are shown as they
/// were wrapped.
fn lines_of(kind: Kind, text: &str) -> impl Iterator<Item = (&str, bool)> {
    let continuations = match kind {
        Kind::Code => lines::continuations(text),
        Kind::Paragraph | Kind::Quote | Kind::ListItem => lines::continuations_behind_breaks(text),
        Kind::Heading(_) => titles::continuations(text),
        Kind::Caption | Kind::TableRow => Vec::new(),
    };
    let mut start = 0;
    let with_continuation = move |line| {
        let begins = start + str::len(line) - line.trim_start().len();
        start += line.len() + 1;
        (line, continuations.binary_search(&begins).is_ok())
    };
    text.split('\n').map(with_continuation).filter(|(line, _)| !line.trim().is_empty())
}

fn push_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

/// The canonical URL is often written without the host.
fn with_absolute_url(mut metadata: Metadata, page_url: &str) -> Metadata {
    let absolute = Url::parse(page_url).and_then(|base| base.join(&metadata.canonical_url));
    if let (Ok(absolute), false) = (absolute, metadata.canonical_url.is_empty()) {
        metadata.canonical_url = absolute.into();
    }
    metadata
}

fn reject(page: Page, reason: Reason, mut detail: String) -> Rejection {
    let provenance = page.provenance;
    for flag in &provenance.flags {
        detail = if detail.is_empty() { flag.name().into() } else { format!("{detail}; {}", flag.name()) };
    }
    Rejection {
        origin: provenance.origin,
        url: provenance.url,
        stage: Stage::Boilerplate,
        reason,
        detail,
        n_bytes: provenance.n_bytes,
    }
}
