//! What the judge knows of a block: its text, what stands beside it, where it stands, and what stands round it.
//!
//! Shares are 0 to 1. Counts are logarithms, ln(1 + n), so that a tree's thresholds lie evenly. "Prose" is words in blocks of
//! at least a dozen that are not mostly links. Plain text has one element, so what is said of elements is the same for all its blocks.

use std::sync::LazyLock;

use super::best::{self, ToBest};
use super::content::{self, Content, share};
use super::facts::Facts;
use super::lexicon::{self, Lexicon, TextWeights, Weights};
use super::markup::Markup;
use super::measures::{self, Measures};
use super::outline::{Kind, Outline};
use super::patterns::{self, Patterns};
use super::position::{self, FAR, Position};
use super::run;
use super::topics::Shared;

/// Takes a feature's name and value; the order is always the same.
pub(super) trait Take: FnMut(&'static str, f32) {}
impl<T: FnMut(&'static str, f32)> Take for T {}

/// Elements round a block that are looked at one by one, by their distance from the block's own.
const LEVELS: usize = 5;
/// Whole counts below this have their logarithms at hand.
const MAX_KNOWN_LOG: usize = 1 << 12;
/// Blocks on each side that make a block's surroundings.
const WINDOW: usize = 5;

/// A page with all that its blocks' features are made from.
pub(super) struct Described<'a> {
    pub(super) outline: &'a Outline,
    pub(super) measures: Vec<Measures>,
    holds_text: Vec<bool>,
    weights: Vec<Weights>,
    text_weights: Vec<TextWeights>,
    shared: Vec<Shared>,
    contents: Vec<Content>,
    to_best: Vec<ToBest>,
    patterns: Patterns,
    siblings_alike: Vec<u32>,
    positions: Vec<Position>,
    whole: Content,
    run: BestRun,
    /// What stands in readers' comments.
    comments: Content,
    declared: Declared,
}

/// The best run of blocks, and the best one before or behind it.
#[derive(Debug, Clone, Default)]
struct BestRun {
    values: Vec<f32>,
    blocks: std::ops::Range<usize>,
    worth: f32,
    /// What the second best run is worth.
    second_worth: f32,
}

impl BestRun {
    fn of(outline: &Outline, measures: &[Measures]) -> Self {
        let values: Vec<f32> = outline.blocks.iter().zip(measures).map(|(block, measures)| run::value(block, measures)).collect();
        let (blocks, worth) = run::best(&values);
        let second_worth = run::best(&values[..blocks.start]).1.max(run::best(&values[blocks.end..]).1);
        Self { values, blocks, worth, second_worth }
    }

    /// Blocks between a block and the run: below 0 for those before it, 0 inside.
    fn distance(&self, block: usize) -> f32 {
        match block {
            _ if self.blocks.contains(&block) => 0.0,
            _ if block < self.blocks.start => -log((self.blocks.start - block) as f32),
            _ => log((block + 1 - self.blocks.end) as f32),
        }
    }
}

/// What a page says it is, in Open Graph or JSON-LD.
#[derive(Debug, Clone, Copy, Default)]
struct Declared {
    article: bool,
    product: bool,
    discussion: bool,
    list: bool,
}

impl Declared {
    fn of(markup: &Markup) -> Self {
        let kind = markup.first_meta(&["og:type"]).unwrap_or_default();
        let says = |types: &[&str]| {
            let is_named = |name: &&str| markup.json_ld.iter().any(|script| script.contains(&format!("\"{name}\"")));
            types.iter().any(is_named)
        };
        Self {
            article: kind == "article" || says(&["Article", "NewsArticle", "BlogPosting", "Recipe", "TechArticle"]),
            product: kind.contains("product") || says(&["Product", "ProductGroup"]),
            discussion: says(&["DiscussionForumPosting", "QAPage"]),
            list: says(&["ItemList", "CollectionPage"]),
        }
    }
}

/// ln(1 + n).
pub(super) fn log(count: f32) -> f32 {
    static OF_WHOLE: LazyLock<Vec<f32>> = LazyLock::new(|| (0..MAX_KNOWN_LOG).map(|count| (count as f32).ln_1p()).collect());
    let whole = count as usize;
    match OF_WHOLE.get(whole) {
        Some(log) if whole as f32 == count => *log,
        // Counts are no tiny fractions, for which alone ln_1p is the better one, and it is slow.
        _ => (1.0 + count.max(0.0)).ln(),
    }
}

pub(super) fn flag(is: bool) -> f32 {
    f32::from(u8::from(is))
}

impl<'a> Described<'a> {
    pub(super) fn new(outline: &'a Outline, markup: &Markup, lexicon: &Lexicon) -> Self {
        let title = markup.first_meta(&["og:title"]).unwrap_or(&markup.title);
        let description = markup.first_meta(&["og:description", "description"]).unwrap_or_default();
        let (measures, topics) = measures::measure(outline, title, description);
        let holds_text = outline.text_holders();
        let contents = content::of_elements(outline, &measures);
        let whole = contents[0];
        let weigh = |(block, measures)| lexicon::weigh_text(outline, block, measures, lexicon);
        let run = BestRun::of(outline, &measures);
        Self {
            patterns: Patterns::of(outline, &holds_text, &contents),
            siblings_alike: patterns::siblings_alike(outline, &holds_text),
            weights: lexicon::weigh_elements(outline, &holds_text, lexicon),
            text_weights: outline.blocks.iter().zip(&measures).map(weigh).collect(),
            to_best: best::distances(outline, &measures, &contents),
            positions: position::of_blocks(outline, &measures),
            comments: content::of_blocks_with(outline, &measures, Facts::COMMENTS),
            shared: topics.shared(&run.blocks),
            run,
            declared: Declared::of(markup),
            outline,
            measures,
            holds_text,
            contents,
            whole,
        }
    }

    /// All features of one block.
    pub(super) fn features(&self, block: usize, mut take: impl Take) {
        self.of_text(block, &mut take);
        self.of_neighbours(block, &mut take);
        self.of_position(block, &mut take);
        self.of_elements(block, &mut take);
        self.of_names(block, &mut take);
        self.of_page(&mut take);
    }

    /// The tokens of an element, none if it holds no text; for training.
    pub(super) fn element_tokens(&self, element: usize) -> Vec<u32> {
        let mut tokens = Vec::new();
        if self.holds_text[element] && element > 0 {
            let class = self.outline.elements[element].class;
            lexicon::class_tokens(self.outline.classes.get(class), |token| tokens.push(token));
            lexicon::element_tokens(self.outline, element, |token| tokens.push(token));
        }
        tokens
    }

    /// The blocks that say what a block is about: the last heading, and the last heading or label before it.
    pub(super) fn blocks_above(&self, block: usize) -> [Option<usize>; 2] {
        [self.positions[block].heading, self.positions[block].label]
    }

    /// The tokens of a block's text, if it is short; for training.
    pub(super) fn text_tokens(&self, block: usize) -> Vec<u32> {
        let mut tokens = Vec::new();
        if lexicon::is_short(&self.measures[block]) {
            lexicon::text_tokens(self.outline, &self.outline.blocks[block], |token| tokens.push(token));
        }
        tokens
    }

    /// The tokens of a block's text, if it is not short; for training.
    pub(super) fn prose_tokens(&self, block: usize) -> Vec<u32> {
        let mut tokens = Vec::new();
        if !lexicon::is_short(&self.measures[block]) {
            lexicon::prose_tokens(self.outline.text_of(&self.outline.blocks[block]), |token| tokens.push(token));
        }
        tokens
    }

    fn of_text(&self, block: usize, take: &mut impl Take) {
        let (measures, kind) = (&self.measures[block], self.outline.blocks[block].kind);
        let letters = measures.letters as f32;
        let chars = letters + (measures.digits + measures.symbols) as f32;
        take("words", log(measures.words));
        take("letters_per_word", share(letters, measures.words));
        take("link_share", measures.link_share);
        take("outward_link_share", share(self.outline.blocks[block].chars.in_outward_links as f32, chars));
        take("digit_share", share(measures.digits as f32, chars));
        take("capital_share", share(measures.capitals as f32, letters));
        take("symbol_share", share(measures.symbols as f32, chars));
        take("commas_per_word", share(measures.commas as f32, measures.words));
        take("sentence_ends", log(measures.sentence_ends as f32));
        take("sentence_ends_per_word", share(measures.sentence_ends as f32, measures.words));
        take("separators_per_word", share(measures.separators as f32, measures.words));
        take("lines", log(measures.lines as f32));
        take("begins_with_capital", flag(measures.begins_with_capital));
        take("begins_with_small_letter", flag(measures.begins_with_small_letter));
        take("begins_with_digit", flag(measures.begins_with_digit));
        take("ends_sentence", flag(measures.ends_sentence));
        take("ends_with_ellipsis", flag(measures.ends_with_ellipsis));
        take("has_copyright", flag(measures.has_copyright));
        take("common_word_share", measures.common_share);
        take("copies_on_page", log(measures.copies as f32));
        take("copies_before", log(measures.copies_before as f32));
        take("title_share", measures.title_share);
        take("description_share", measures.description_share);
        take("words_shared_with_run", self.shared[block].with_run);
        take("words_shared_with_page", self.shared[block].with_page);
        take("kind", kind_number(kind));
        take("heading_level", heading_level(kind));
    }

    fn of_neighbours(&self, block: usize, take: &mut impl Take) {
        const NAMES: [[&str; 5]; 2] = [
            ["previous.words", "previous.link_share", "previous.ends_sentence", "previous.kind", "previous.text_words"],
            ["next.words", "next.link_share", "next.ends_sentence", "next.kind", "next.text_words"],
        ];
        for (names, distance) in NAMES.iter().zip([-1, 1]) {
            let neighbour = block.checked_add_signed(distance).filter(|&i| i < self.measures.len());
            let measures = neighbour.map(|i| self.measures[i]).unwrap_or_default();
            take(names[0], neighbour.map_or(-1.0, |_| log(measures.words)));
            take(names[1], measures.link_share);
            take(names[2], flag(measures.ends_sentence));
            take(names[3], neighbour.map_or(-1.0, |i| kind_number(self.outline.blocks[i].kind)));
            take(names[4], neighbour.map_or(0.0, |i| self.text_weights[i].own));
        }
        let gap = |i: usize| self.outline.blocks.get(i).map_or(0.0, |block| f32::from(block.blank_lines));
        take("blank_lines_before", gap(block));
        take("blank_lines_behind", gap(block + 1));
        let before = self.window(block.saturating_sub(WINDOW)..block);
        let behind = self.window(block + 1..(block + 1 + WINDOW).min(self.measures.len()));
        take("before.words_per_block", log(share(before.words, before.blocks)));
        take("before.link_share", before.link_share());
        take("before.prose_share", before.prose_share());
        take("behind.words_per_block", log(share(behind.words, behind.blocks)));
        take("behind.link_share", behind.link_share());
        take("behind.prose_share", behind.prose_share());
    }

    fn window(&self, blocks: std::ops::Range<usize>) -> Content {
        let mut sum = Content::default();
        self.measures[blocks].iter().for_each(|measures| sum.add(Content::of(measures)));
        sum
    }

    fn of_position(&self, block: usize, take: &mut impl Take) {
        let position = &self.positions[block];
        let own_prose = self.measures[block].prose();
        take("blocks_before_share", share(block as f32, self.measures.len() as f32));
        take("words_before_share", share(position.words_before, self.whole.words));
        take("prose_before_share", share(position.prose_before, self.whole.prose));
        take("prose_before", log(position.prose_before));
        take("prose_behind", log(self.whole.prose - position.prose_before - own_prose));
        take("since_prose", log(position.since_prose));
        take("until_prose", log(position.until_prose));
        take("since_heading", log(position.since_heading));
        take("until_heading", log(position.until_heading));
        take("level_of_heading_before", position.heading_level);
        take("section_prose", log(position.section_prose));
        take("since_main_heading", log(position.since_main_heading));
        take("since_label", position.label.map_or(log(FAR), |label| log((block - label) as f32)));
        take("run.value", self.run.values[block]);
        take("run.distance", self.run.distance(block));
        take("run.from_start", if self.run.distance(block) == 0.0 { log((block - self.run.blocks.start) as f32) } else { -1.0 });
        take("run.to_end", if self.run.distance(block) == 0.0 { log((self.run.blocks.end - block) as f32) } else { -1.0 });
        take("run.worth", log(self.run.worth));
        take("run.second_share", share(self.run.second_worth, self.run.worth));
    }

    fn of_elements(&self, block: usize, take: &mut impl Take) {
        const NAMES: [[&str; 4]; LEVELS] = [
            ["element.page_share", "element.link_share", "element.prose_share", "element.blocks"],
            ["parent.page_share", "parent.link_share", "parent.prose_share", "parent.blocks"],
            ["ancestor_2.page_share", "ancestor_2.link_share", "ancestor_2.prose_share", "ancestor_2.blocks"],
            ["ancestor_3.page_share", "ancestor_3.link_share", "ancestor_3.prose_share", "ancestor_3.blocks"],
            ["ancestor_4.page_share", "ancestor_4.link_share", "ancestor_4.prose_share", "ancestor_4.blocks"],
        ];
        let mut at = self.outline.blocks[block].element as usize;
        let own = at;
        for names in NAMES {
            let content = &self.contents[at];
            take(names[0], share(content.words, self.whole.words));
            take(names[1], content.link_share());
            take(names[2], content.prose_share());
            take(names[3], log(content.blocks));
            at = self.parent(at);
        }
        take("steps_up_to_best", f32::from(self.to_best[own].up));
        take("steps_down_to_best", f32::from(self.to_best[own].down));
        self.of_repetition(own, take);
        let facts = self.outline.blocks[block].facts;
        const FACTS: [(&str, Facts); 10] = [
            ("is_navigation", Facts::NAVIGATION),
            ("is_header", Facts::HEADER),
            ("is_footer", Facts::FOOTER),
            ("is_aside", Facts::ASIDE),
            ("is_article", Facts::ARTICLE),
            ("is_main", Facts::MAIN),
            ("is_figure", Facts::FIGURE),
            ("is_control", Facts::CONTROL),
            ("is_hidden", Facts::HIDDEN),
            ("is_comment", Facts::COMMENTS),
        ];
        FACTS.iter().for_each(|(name, fact)| take(name, flag(facts.has(*fact))));
    }

    /// How often elements like this one, and like its parent, come again.
    fn of_repetition(&self, element: usize, take: &mut impl Take) {
        const NAMES: [[&str; 4]; 2] = [
            ["pattern.blocks", "pattern.page_share", "pattern.link_share", "pattern.prose_share"],
            ["parent_pattern.blocks", "parent_pattern.page_share", "parent_pattern.link_share", "parent_pattern.prose_share"],
        ];
        const SIBLINGS: [&str; 4] =
            ["siblings_alike", "parent_siblings_alike", "ancestor_2_siblings_alike", "ancestor_3_siblings_alike"];
        for (names, at) in NAMES.iter().zip([element, self.parent(element)]) {
            let content = self.patterns.contents[self.pattern(at)];
            take(names[0], log(content.blocks));
            take(names[1], share(content.words, self.whole.words));
            take(names[2], content.link_share());
            take(names[3], content.prose_share());
        }
        let mut at = element;
        for name in SIBLINGS {
            take(name, log(self.siblings_alike[at] as f32));
            at = self.parent(at);
        }
    }

    fn of_names(&self, block: usize, take: &mut impl Take) {
        let element = self.outline.blocks[block].element as usize;
        let own = self.weights[element];
        let parent = self.weights[self.parent(element)];
        take("names.own", own.own);
        take("names.parent", parent.own);
        take("names.sum", own.sum);
        take("names.least", own.least);
        take("names.most", own.most);
        take("text_words.sum", self.text_weights[block].own);
        take("prose_words", self.text_weights[block].prose);
        let position = &self.positions[block];
        take("heading_words.sum", position.heading.map_or(0.0, |i| self.text_weights[i].as_heading));
        take("label_words.sum", position.label.map_or(0.0, |i| self.text_weights[i].as_label));
    }

    fn of_page(&self, take: &mut impl Take) {
        take("page.words", log(self.whole.words));
        take("page.blocks", log(self.whole.blocks));
        take("page.link_share", self.whole.link_share());
        take("page.prose_share", self.whole.prose_share());
        take("page.comment_share", share(self.comments.words, self.whole.words));
        take("page.prose_outside_comments", log(self.whole.prose - self.comments.prose));
        take("page.says_article", flag(self.declared.article));
        take("page.says_product", flag(self.declared.product));
        take("page.says_discussion", flag(self.declared.discussion));
        take("page.says_list", flag(self.declared.list));
    }

    /// Whether the page says that it is a list or a discussion: more than one text.
    pub(super) fn says_many_texts(&self) -> bool {
        self.declared.list || self.declared.discussion
    }

    pub(super) fn n_elements(&self) -> usize {
        self.outline.elements.len()
    }

    /// The element that a block stands in.
    pub(super) fn element(&self, block: usize) -> usize {
        self.outline.blocks[block].element as usize
    }

    pub(super) fn parent(&self, element: usize) -> usize {
        self.outline.elements[element].parent as usize
    }

    pub(super) fn n_patterns(&self) -> usize {
        self.patterns.contents.len()
    }

    /// The number of an element's pattern.
    pub(super) fn pattern(&self, element: usize) -> usize {
        self.patterns.of_elements[element] as usize
    }

    pub(super) fn is_heading(&self, block: usize) -> bool {
        self.outline.blocks[block].kind.is_heading()
    }

    pub(super) fn heading_before(&self, block: usize) -> Option<usize> {
        self.positions[block].heading
    }
}

fn kind_number(kind: Kind) -> f32 {
    match kind {
        Kind::Paragraph => 0.0,
        Kind::Quote => 1.0,
        Kind::Code => 2.0,
        Kind::Heading(_) => 3.0,
        Kind::Caption => 4.0,
        Kind::ListItem => 5.0,
        Kind::TableRow => 6.0,
    }
}

/// 1 to 6; 7 for what is no heading.
fn heading_level(kind: Kind) -> f32 {
    if let Kind::Heading(level) = kind { f32::from(level) } else { 7.0 }
}
