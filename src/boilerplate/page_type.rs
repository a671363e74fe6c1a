//! What kind of page it is: by what its content looks like, and by its address. models/page_type.md is the card of the weights.
//!
//! models/page_type.bin, little-endian: `CMT1`, u32 number of features, and for each kind of page, by name, its trees as in
//! models/boilerplate.bin. A kind's odds are the exponential of what its trees add up to.

use std::sync::LazyLock;

use url::Url;

use super::context::LEAST_WORDS;
use super::features::{Described, flag};
use super::forest::{Forest, ROW, Row};
use super::markup::Markup;
use super::model::Reader;
use crate::document::PageType;

/// A kind that is less probable is not named.
const LEAST_PROBABILITY: f32 = 0.6;
/// Words of content that it takes to tell a kind.
const LEAST_CONTENT: f32 = 100.0;
/// Blocks that are less probable do not count.
const LIKELY: f32 = 0.5;

/// Numbers that describe an address.
const ADDRESS: usize = 5 + TELLING_WORDS.len();

/// Words in addresses that tell something of the page.
#[rustfmt::skip]
const TELLING_WORDS: [&[&str]; 6] = [
    &["board", "boards", "community", "discussion", "discussions", "forum", "forums", "question", "questions",
        "showthread", "thread"],
    &["buy", "dp", "item", "items", "product", "products", "shop", "store"],
    &["catalog", "categories", "category", "collection", "collections", "tag", "tags", "topic", "topics"],
    &["api", "dev", "developer", "developers", "doc", "docs", "documentation", "en", "guide", "guides", "help",
        "latest", "learn", "man", "manual", "reference", "stable", "tutorial", "tutorials", "wiki"],
    &["article", "articles", "blog", "blogs", "news", "post", "posts", "stories", "story"],
    &["about", "contact", "features", "pricing", "service", "services", "solution", "solutions"],
];

/// What programs that make manuals, and little else, call themselves in `<meta name=generator>`; there a version follows, or a part.
#[rustfmt::skip]
const MANUAL_MAKERS: [&str; 42] = [
    "antora", "asciidoctor", "bookdown", "dartdoc", "docbook", "docfx", "docusaurus", "docutils", "doxygen", "exdoc",
    "fumadocs", "gitbook", "gnu texinfo", "haddock", "help & manual", "helpndoc", "javadoc", "jsdoc", "latex2html",
    "madcap flare", "makeinfo", "mdbook", "mintlify", "mkdocs", "natural docs", "ocamldoc", "oxygen webhelp", "pdoc",
    "phpdocumentor", "pkgdown", "publican", "rdoc", "robohelp", "rustdoc", "scaladoc", "sphinx", "starlight",
    "texi2any", "texi2html", "typedoc", "vitepress", "vuepress",
];

static FORESTS: LazyLock<Vec<Forest>> = LazyLock::new(|| {
    let bytes = include_bytes!("../../models/page_type.bin");
    read(&mut Reader::new(bytes)).unwrap_or_default()
});

fn read(reader: &mut Reader<'_>) -> Option<Vec<Forest>> {
    // Weights for other features than the program's are worse than none.
    if reader.take(4)? != b"CMT1" || reader.u32()? as usize != ADDRESS + super::feature_names().len() {
        return None;
    }
    PageType::ALL.iter().map(|_| reader.forest()).collect()
}

/// The kind of page, if the program that made it makes but one, or if one is probable enough.
pub(super) fn page_type(described: &Described<'_>, markup: &Markup, probabilities: &[f32], url: &str) -> Option<PageType> {
    if is_of_manual(markup) {
        return Some(PageType::Documentation);
    }
    let content = content(described, probabilities)?;
    let mut row = Row::new();
    address(url).into_iter().chain(content).for_each(|value| row.push(value));
    let keys = row.keys();
    let odds: Vec<f32> = FORESTS.iter().map(|forest| forest.log_odds_of(&keys).exp()).collect();
    let (most, page_type) = odds.iter().copied().zip(PageType::ALL).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (most > odds.iter().sum::<f32>() * LEAST_PROBABILITY).then_some(page_type)
}

/// Whether a program that makes manuals made the page, as it says itself.
fn is_of_manual(markup: &Markup) -> bool {
    let is_maker = |generator: &str| {
        let generator = generator.to_ascii_lowercase();
        MANUAL_MAKERS
            .iter()
            .any(|maker| generator.strip_prefix(maker).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric())))
    };
    markup.all_metas("generator").any(is_maker)
}

/// The means of the likely blocks' features, each block by its words and its probability. `None` for pages with too little
/// content.
fn content(described: &Described<'_>, probabilities: &[f32]) -> Option<[f32; ROW]> {
    let (mut sums, mut whole) = ([0.0; ROW], 0.0);
    for (block, &probability) in probabilities.iter().enumerate().filter(|(_, probability)| **probability >= LIKELY) {
        let weight = described.measures[block].words.max(LEAST_WORDS) * probability;
        let mut row = Row::new();
        described.features(block, |_, value| row.push(value));
        sums.iter_mut().zip(row.values).for_each(|(sum, value)| *sum += value * weight);
        whole += weight;
    }
    (whole >= LEAST_CONTENT).then(|| sums.map(|sum| sum / whole))
}

/// What an address says of the page: how many parts its path has, words and digits of the last one, whether there is a year
/// in it, whether there is a query, and for each group of telling words whether one of them is there.
pub(super) fn address(url: &str) -> [f32; ADDRESS] {
    let mut numbers = [0.0; ADDRESS];
    let Ok(url) = Url::parse(url) else { return numbers };
    let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    let last = parts.last().copied().unwrap_or_default();
    let is_year = |part: &&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    numbers[0] = parts.len() as f32;
    numbers[1] = last.split('-').count() as f32;
    numbers[2] = last.bytes().filter(u8::is_ascii_digit).count() as f32;
    numbers[3] = flag(parts.iter().any(is_year));
    numbers[4] = flag(url.query().is_some());
    let behind_scheme = &url[url::Position::BeforeHost..];
    for word in behind_scheme.split(|c: char| !c.is_ascii_alphabetic()) {
        for (number, telling) in numbers[5..].iter_mut().zip(TELLING_WORDS) {
            if telling.iter().any(|telling| telling.eq_ignore_ascii_case(word)) {
                *number = 1.0;
            }
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_weights_are_whole() {
        assert_eq!(FORESTS.len(), PageType::ALL.len());
        assert!(ADDRESS + super::super::feature_names().len() <= ROW);
    }

    #[test]
    fn makers_of_manuals_name_themselves() {
        let check = |generator: &str, expected: bool| {
            let mut markup = Markup::default();
            markup.meta("Generator", "", "", generator);
            assert_eq!(is_of_manual(&markup), expected, "{generator}");
        };
        check("DocBook XSL Stylesheets V1.79.1", true);
        check("javadoc/ClassWriterImpl", true);
        check("mkdocs-1.5.3, mkdocs-material-9.4.8", true);
        check("rustdoc", true);
        check("WordPress 6.4", false);
        check("GitBookworm", false);
        check("Made with Doxygen", false);
    }

    #[test]
    fn addresses_tell_of_pages() {
        let check = |url: &str, expected: [f32; ADDRESS]| assert_eq!(address(url), expected, "{url}");
        check("https://example.net/", [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        check("https://docs.example.net/api/a-b-12?x=1", [2.0, 3.0, 2.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        check("https://example.net/Forum/2019/x", [3.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        check("no address", [0.0; ADDRESS]);
    }
}
