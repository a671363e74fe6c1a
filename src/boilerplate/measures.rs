//! What can be measured of a block's text alone, in any language.

use foldhash::{HashMap, HashMapExt};

use super::outline::Outline;
use super::topics::{Topics, WORD_COUNTERS};
use crate::characters::{Kinds, is_unseparated};
use crate::hash;

/// Words that a character counts for in scripts that do not separate words.
const WORDS_PER_UNSEPARATED: f32 = 0.6;
/// Spreads the numbers of characters, so that pairs of them have different counters.
const SPREAD_OF_CHARACTERS: u32 = 0x9e37;
/// A word is common on a page if it is at least one in so many.
const COMMON_IS_ONE_IN: usize = 250;
/// And if it is there so often.
const COMMON_AT_LEAST: usize = 4;
/// Words of a block that counts as prose.
const PROSE_WORDS: f32 = 12.0;
/// Share of links above which a block is a menu.
pub(super) const MENU_LINK_SHARE: f32 = 0.5;

/// Share of a page's prose that is most of it.
pub(super) const MOST_OF_PAGE: f32 = 0.5;

/// Counts and marks of one text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Measures {
    /// Words, or what takes as long to read in scripts without blanks between them.
    pub(super) words: f32,
    pub(super) letters: u32,
    pub(super) digits: u32,
    pub(super) capitals: u32,
    pub(super) commas: u32,
    /// Marks that end sentences, wherever they stand.
    pub(super) sentence_ends: u32,
    /// Characters that are neither letters nor digits nor white space.
    pub(super) symbols: u32,
    /// Bars, bullets and arrows that part the items of a menu.
    pub(super) separators: u32,
    pub(super) lines: u32,
    pub(super) begins_with_capital: bool,
    pub(super) begins_with_small_letter: bool,
    pub(super) begins_with_digit: bool,
    pub(super) ends_sentence: bool,
    pub(super) ends_with_ellipsis: bool,
    pub(super) has_copyright: bool,
    /// Share of words that are common on the page: in most languages function words, 0 to 1.
    pub(super) common_share: f32,
    /// How often the page has the same text.
    pub(super) copies: u32,
    /// How many of them stand before.
    pub(super) copies_before: u32,
    /// Share of words that are in the page's title, 0 to 1.
    pub(super) title_share: f32,
    /// Share of words that are in the page's description of itself, 0 to 1.
    pub(super) description_share: f32,
    /// Share of characters inside links, 0 to 1.
    pub(super) link_share: f32,
}

impl Measures {
    /// Words of running text: none in short blocks and menus.
    pub(super) fn prose(&self) -> f32 {
        if self.words >= PROSE_WORDS && self.link_share < MENU_LINK_SHARE { self.words } else { 0.0 }
    }

    /// Words inside links.
    pub(super) fn linked(&self) -> f32 {
        self.words * self.link_share
    }
}

/// The measures of all blocks of a page, and what they are about; its title and its description of itself may be empty.
pub(super) fn measure(outline: &Outline, title: &str, description: &str) -> (Vec<Measures>, Topics) {
    let mut words = Words::default();
    let mut measures: Vec<Measures> = outline
        .blocks
        .iter()
        .map(|block| {
            let link_share = block.link_share() as f32;
            Measures { link_share, ..of_text(outline.text_of(block), &mut words) }
        })
        .collect();
    let (common, title, description) = (words.common(), Vocabulary::of(title), Vocabulary::of(description));
    let mut topics = Topics::default();
    for (measures, words) in measures.iter_mut().zip(words.blocks()) {
        measures.common_share = common.share_of(words);
        measures.title_share = title.share_of(words);
        measures.description_share = description.share_of(words);
        let is_topic = |word: &&Word| !common.has(word.counter);
        words.iter().filter(is_topic).filter_map(|word| word.topic).for_each(|topic| topics.push(topic));
        topics.end_block();
    }
    set_copies(outline, &mut measures);
    (measures, topics)
}

/// A word of a page, as numbers of counters.
#[derive(Debug, Clone, Copy)]
struct Word {
    counter: u16,
    /// What tells the text's topic: the word, or in scripts without blanks a character with the one before, if there is one.
    topic: Option<u16>,
}

/// The words of a page as they come.
struct Words {
    words: Vec<Word>,
    /// Where the words of each block end.
    ends: Vec<usize>,
    counters: Vec<u16>,
}

impl Default for Words {
    fn default() -> Self {
        Self { words: Vec::new(), ends: Vec::new(), counters: vec![0; WORD_COUNTERS] }
    }
}

impl Words {
    fn push(&mut self, hash: u32) {
        let counter = counter_of(hash);
        self.push_word(Word { counter, topic: Some(counter) });
    }

    /// A character of a script without blanks, and such a one before it.
    fn push_unseparated(&mut self, c: char, previous: Option<char>) {
        let hash = |c: char| (c as u32).wrapping_mul(SPREAD_OF_CHARACTERS);
        let topic = previous.map(|previous| counter_of(hash(previous).rotate_left(7) ^ hash(c)));
        self.push_word(Word { counter: counter_of(hash(c)), topic });
    }

    fn push_word(&mut self, word: Word) {
        let count = &mut self.counters[usize::from(word.counter)];
        *count = count.saturating_add(1);
        self.words.push(word);
    }

    /// The words of each block.
    fn blocks(&self) -> impl Iterator<Item = &[Word]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(&start, &end)| &self.words[start..end])
    }

    /// The words that are common on the page.
    fn common(&self) -> Vocabulary {
        let least = (self.words.len() / COMMON_IS_ONE_IN).clamp(COMMON_AT_LEAST, usize::from(u16::MAX)) as u16;
        Vocabulary(self.counters.iter().map(|&count| count >= least).collect())
    }
}

/// For each counter, whether a word with its number is among some.
struct Vocabulary(Vec<bool>);

impl Vocabulary {
    /// The words of a text.
    fn of(text: &str) -> Self {
        let mut words = Words::default();
        of_text(text, &mut words);
        Self(words.counters.iter().map(|&count| count > 0).collect())
    }

    fn has(&self, counter: u16) -> bool {
        self.0[usize::from(counter)]
    }

    fn share_of(&self, words: &[Word]) -> f32 {
        let among = words.iter().filter(|word| self.has(word.counter)).count();
        among as f32 / words.len().max(1) as f32
    }
}

fn counter_of(hash: u32) -> u16 {
    ((hash ^ hash >> 15) as usize % WORD_COUNTERS) as u16
}

fn set_copies(outline: &Outline, measures: &mut [Measures]) {
    let mut copies: HashMap<&str, u32> = HashMap::with_capacity(outline.blocks.len());
    for (measures, block) in measures.iter_mut().zip(&outline.blocks) {
        let seen = copies.entry(outline.text_of(block)).or_default();
        measures.copies_before = *seen;
        *seen += 1;
    }
    for (measures, block) in measures.iter_mut().zip(&outline.blocks) {
        measures.copies = copies[outline.text_of(block)];
    }
}

/// Counts the characters of a text and hands its words on.
fn of_text(text: &str, words: &mut Words) -> Measures {
    let mut measures = Measures { lines: 1, ..Measures::default() };
    let (mut n_words, mut unseparated) = (0u32, 0u32);
    let mut word = None;
    let mut previous = None;
    for c in text.chars() {
        let mut go_on_with_word = || {
            n_words += u32::from(word.is_none());
            word = Some(hash::mix(word.unwrap_or(hash::BASIS), c as u32 | 0x20));
        };
        let before = previous.take();
        if c.is_ascii_lowercase() {
            measures.letters += 1;
            go_on_with_word();
            continue;
        }
        let kinds = Kinds::of(c);
        measures.count(c, kinds);
        if kinds.is_letter_or_number() && !is_unseparated(c) {
            go_on_with_word();
        } else if is_unseparated(c) {
            unseparated += 1;
            word.take().into_iter().for_each(|hash| words.push(hash));
            words.push_unseparated(c, before);
            previous = Some(c);
        } else if kinds.is_blank() {
            word.take().into_iter().for_each(|hash| words.push(hash));
        }
    }
    word.into_iter().for_each(|hash| words.push(hash));
    words.ends.push(words.words.len());
    measures.words = n_words as f32 + unseparated as f32 * WORDS_PER_UNSEPARATED;
    measures.mark_ends(text);
    measures
}

impl Measures {
    fn count(&mut self, c: char, kinds: Kinds) {
        match c {
            ' ' | '\t' => {}
            'A'..='Z' => {
                self.letters += 1;
                self.capitals += 1;
            }
            '0'..='9' => self.digits += 1,
            '\n' => self.lines += 1,
            _ => self.count_other(c, kinds),
        }
    }

    fn count_other(&mut self, c: char, kinds: Kinds) {
        if kinds.is_letter() {
            self.letters += 1;
            self.capitals += u32::from(kinds.is_capital());
        } else if kinds.is_number() {
            self.digits += 1;
        } else if !kinds.is_blank() {
            self.symbols += 1;
            self.commas += u32::from(matches!(c, ',' | '、' | '，' | '،' | ';'));
            self.sentence_ends += u32::from(is_sentence_end(c));
            self.separators += u32::from(matches!(c, '|' | '·' | '•' | '»' | '›' | '→' | '/' | '>' | '▶' | '｜'));
            self.has_copyright |= c == '©';
        }
    }

    fn mark_ends(&mut self, text: &str) {
        let first = text.chars().map(Kinds::of).find(|kinds| kinds.is_letter_or_number());
        self.begins_with_capital = first.is_some_and(Kinds::is_capital);
        self.begins_with_small_letter = first.is_some_and(Kinds::is_small);
        self.begins_with_digit = first.is_some_and(Kinds::is_number);
        let end = text.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»›」』)]）】".contains(c));
        self.ends_sentence = end.ends_with(|c| is_sentence_end(c) || matches!(c, ':' | '：'));
        self.ends_with_ellipsis = end.ends_with('…') || end.ends_with("...");
    }
}

/// Marks that end sentences in some script.
fn is_sentence_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '॥' | '؟' | '۔' | '։' | '።' | '។' | '．' | '｡' | '၊' | '။')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Measures {
        of_text(text, &mut Words::default())
    }

    #[test]
    fn words_count_alike_in_all_scripts() {
        assert_eq!(of("It's two-fold, isn't it?").words, 4.0);
        assert_eq!(of("図書館").words, 3.0 * WORDS_PER_UNSEPARATED);
        assert_eq!(of(" – … ").words, 0.0);
    }

    #[test]
    fn sentences_end_in_every_script() {
        for text in ["Yes.", "He said: “No.”", "そうです。", "क्या है।", "ماذا؟"] {
            assert!(of(text).ends_sentence, "{text}");
        }
        assert!(!of("Read more").ends_sentence);
    }
}
