//! The names that authors give to elements, and the words of short texts, as tokens; and what a token was learned to weigh.

use super::measures::Measures;
use super::names::{NameId, Names};
use super::outline::{Block, Outline};
use super::position::Above;
use super::tag::Tag;
use crate::characters::{Kinds, is_unseparated};
use crate::hash;
use crate::lanes;

/// Words of a text that is short enough for each of them to count.
const SHORT_TEXT_WORDS: f32 = 10.0;
/// A word's weight counts no more than this, so that pages in words unlike the training's are not misled.
const MAX_WORD_WEIGHT: f32 = 2.0;

/// What a token is, so that a class and a role of the same name differ.
#[derive(Debug, Clone, Copy)]
pub(super) enum TokenKind {
    Tag = b't' as isize,
    /// A whole class.
    Class = b'c' as isize,
    /// A word in a class or id.
    Word = b'w' as isize,
    Role = b'r' as isize,
    Itemprop = b'p' as isize,
    /// A word of a short text.
    Text = b'x' as isize,
    /// A word of a text that is not short.
    Prose = b'l' as isize,
}

/// What counts of an ASCII character in a token: the small letter, [`DIGIT`] for all digits, or [`NO_WORD`].
static COUNTED: [u8; 128] = {
    let mut counted = [NO_WORD; 128];
    let mut byte = 0;
    while byte < counted.len() {
        let c = byte as u8;
        if c.is_ascii_digit() {
            counted[byte] = DIGIT;
        } else if c.is_ascii_alphabetic() {
            counted[byte] = c.to_ascii_lowercase();
        }
        byte += 1;
    }
    counted
};
const DIGIT: u8 = b'0';
/// It is between words.
const NO_WORD: u8 = 0;

/// A token's hash, the same for capital and small letters, and for all numbers.
pub(super) fn token(kind: TokenKind, name: &[u8]) -> u32 {
    let mut hash = mix(hash::BASIS, kind as u8);
    let mut previous = NO_WORD;
    for &byte in name {
        let counted = match COUNTED.get(usize::from(byte)) {
            Some(&counted) if counted != NO_WORD => counted,
            _ => byte,
        };
        if counted != DIGIT || previous != DIGIT {
            hash = mix(hash, counted);
        }
        previous = counted;
    }
    hash
}

/// An element's name as a token: here numbers count.
fn tag_token(tag: Tag) -> u32 {
    tag.name().iter().fold(mix(hash::BASIS, TokenKind::Tag as u8), |hash, &byte| mix(hash, byte))
}

/// The token of a word above a block, by its token in the text itself.
fn token_above(above: Above, token: u32) -> u32 {
    mix(token, above as u8)
}

const fn mix(hash: u32, byte: u8) -> u32 {
    hash::mix(hash, byte as u32)
}

fn mix_small(hash: u32, c: char) -> u32 {
    let mix_char = |hash, c: char| c.encode_utf8(&mut [0; 4]).bytes().fold(hash, mix);
    if Kinds::of(c).is_lowered() { c.to_lowercase().fold(hash, mix_char) } else { mix_char(hash, c) }
}

/// Learned weights of tokens: positive for content.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// Ascending by token, with some behind the last that no token has.
    entries: Vec<u32>,
    /// How many tokens have lesser high bits than these.
    starts: Vec<u32>,
    /// What a step of a weight is.
    scale: f32,
}

/// High bits by which tokens are looked up: so many that seldom more than [`LANES`] tokens share them.
const BUCKET_BITS: u32 = 14;
/// Tokens looked at at once.
const LANES: usize = 8;
/// Low bits of an entry, which hold the weight in steps. The others hold the lower bits of the token: those of tokens that share
/// the high bits differ, and with the weight beside them there is one place in memory less to wait for.
const WEIGHT_BITS: u32 = i8::BITS;

impl Lexicon {
    /// Tokens must rise. Weights are in steps of `scale`.
    pub(super) fn new(tokens: &[u32], weights: &[i8], scale: f32) -> Self {
        let start = |bucket: usize| tokens.partition_point(|token| bucket_of(*token) < bucket) as u32;
        let starts = (0..=1 << BUCKET_BITS).map(start).collect();
        let entry = |(token, weight): (&u32, &i8)| token << WEIGHT_BITS | u32::from(weight.cast_unsigned());
        let entries = tokens.iter().zip(weights).map(entry).chain([0; LANES]).collect();
        Self { entries, starts, scale }
    }

    /// What a token weighs, if it is known.
    fn find(&self, token: u32) -> Option<f32> {
        let [mut at, end] = *self.starts.get(bucket_of(token)..)?.first_chunk()?;
        while at < end {
            let next: &[u32; LANES] = self.entries.get(at as usize..)?.first_chunk()?;
            let found = lanes::places_of_number(next.map(|entry| entry >> WEIGHT_BITS), token << WEIGHT_BITS >> WEIGHT_BITS);
            let place = found.trailing_zeros();
            if place < (end - at).min(LANES as u32) {
                return Some(f32::from(next[place as usize] as i8) * self.scale);
            }
            at += LANES as u32;
        }
        None
    }

    fn weight(&self, token: u32) -> f32 {
        self.find(token).unwrap_or(0.0)
    }
}

fn bucket_of(token: u32) -> usize {
    (token >> (u32::BITS - BUCKET_BITS)) as usize
}

/// Hands on the tokens of a class attribute.
pub(super) fn class_tokens(class: &str, mut take: impl FnMut(u32)) {
    class.split_ascii_whitespace().for_each(|class| take(token(TokenKind::Class, class.as_bytes())));
    words_of(class, |word| take(token(TokenKind::Word, word)));
}

/// Hands on the tokens of an element but for those of its class.
pub(super) fn element_tokens(outline: &Outline, element: usize, mut take: impl FnMut(u32)) {
    take(tag_token(outline.elements[element].tag));
    label_tokens(outline, element, take);
}

/// Hands on the tokens of an element's id, role and itemprop.
fn label_tokens(outline: &Outline, element: usize, mut take: impl FnMut(u32)) {
    let element = &outline.elements[element];
    let label = |id: NameId| outline.labels.get(id);
    words_of(label(element.id), |word| take(token(TokenKind::Word, word)));
    for (kind, names) in [(TokenKind::Role, label(element.role)), (TokenKind::Itemprop, label(element.itemprop))] {
        names.split_ascii_whitespace().for_each(|name| take(token(kind, name.as_bytes())));
    }
}

/// Whether each word of a text counts, and not only what most of them say.
pub(super) fn is_short(measures: &Measures) -> bool {
    measures.words <= SHORT_TEXT_WORDS
}

/// Hands on the words of a short text.
pub(super) fn text_tokens(outline: &Outline, block: &Block, mut take: impl FnMut(u32)) {
    let text = outline.text_of(block);
    if text.is_ascii() {
        let words = text.as_bytes().split(|byte| COUNTED[usize::from(*byte)] == NO_WORD).filter(|word| !word.is_empty());
        return words.for_each(|word| take(token(TokenKind::Text, word)));
    }
    for word in text.split(|c: char| !Kinds::of(c).is_letter_or_number()).filter(|word| !word.is_empty()) {
        take(match word.is_ascii() {
            true => token(TokenKind::Text, word.as_bytes()),
            false => token(TokenKind::Text, word.to_lowercase().as_bytes()),
        });
    }
}

/// Hands on the words of a text that is not short; where words are not separated, pairs of letters.
pub(super) fn prose_tokens(text: &str, mut take: impl FnMut(u32)) {
    const EMPTY: u32 = mix(hash::BASIS, TokenKind::Prose as u8);
    let (mut word, mut previous_counted, mut previous) = (EMPTY, NO_WORD, ' ');
    let mut end_word = |word: &mut u32| {
        if *word != EMPTY {
            take(std::mem::replace(word, EMPTY));
        }
    };
    for c in text.chars() {
        if let Some(&counted) = COUNTED.get(c as usize) {
            if counted == NO_WORD {
                end_word(&mut word);
            } else if counted != DIGIT || previous_counted != DIGIT {
                word = mix(word, counted);
            }
            previous_counted = counted;
        } else {
            previous_counted = NO_WORD;
            if is_unseparated(c) {
                end_word(&mut word);
                if is_unseparated(previous) {
                    word = mix_small(mix_small(EMPTY, previous), c);
                    end_word(&mut word);
                }
            } else if Kinds::of(c).is_letter_or_number() {
                word = mix_small(word, c);
            } else {
                end_word(&mut word);
            }
        }
        previous = c;
    }
    end_word(&mut word);
}

/// The words of `siteFooter_main-2` are site, Footer, main and 2.
pub(super) fn words_of<'a>(names: &'a str, mut take: impl FnMut(&'a [u8])) {
    let bytes = names.as_bytes();
    let (mut start, mut previous) = (0, b' ');
    for (i, &byte) in bytes.iter().enumerate() {
        let is_between = byte.is_ascii() && !byte.is_ascii_alphanumeric();
        if is_between || previous.is_ascii_lowercase() && byte.is_ascii_uppercase() {
            if start < i {
                take(&bytes[start..i]);
            }
            start = i + usize::from(is_between);
        }
        previous = byte;
    }
    if start < bytes.len() {
        take(&bytes[start..]);
    }
}

/// The weights of an element's tokens, and those of the elements round it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Weights {
    pub(super) own: f32,
    pub(super) sum: f32,
    pub(super) least: f32,
    pub(super) most: f32,
}

/// The weights of all elements that hold text; of those that do not, none.
pub(super) fn weigh_elements(outline: &Outline, holds_text: &[bool], lexicon: &Lexicon) -> Vec<Weights> {
    let mut of_class: Vec<Option<f32>> = vec![None; outline.classes.len()];
    let mut of_tag = [None; Tag::COUNT];
    let mut weights: Vec<Weights> = Vec::with_capacity(outline.elements.len());
    for (i, element) in outline.elements.iter().enumerate() {
        let outer = weights.get(element.parent as usize).copied().unwrap_or_default();
        if !holds_text[i] || i == 0 {
            weights.push(outer);
            continue;
        }
        let class = element.class;
        let mut own = *of_class[class.index()].get_or_insert_with(|| weight_of_class(&outline.classes, class, lexicon));
        own += *of_tag[element.tag as usize].get_or_insert_with(|| lexicon.weight(tag_token(element.tag)));
        label_tokens(outline, i, |token| own += lexicon.weight(token));
        let (least, most) = (outer.least.min(own), outer.most.max(own));
        weights.push(Weights { own, sum: outer.sum + own, least, most });
    }
    weights
}

fn weight_of_class(classes: &Names, class: NameId, lexicon: &Lexicon) -> f32 {
    let mut weight = 0.0;
    class_tokens(classes.get(class), |token| weight += lexicon.weight(token));
    weight
}

/// What the words of a text weigh: those of a short one for the text itself and for what follows, those of others for the
/// text alone.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TextWeights {
    pub(super) own: f32,
    pub(super) as_heading: f32,
    pub(super) as_label: f32,
    pub(super) prose: f32,
}

/// Texts that are no heading or label weigh nothing as one.
pub(super) fn weigh_text(outline: &Outline, block: &Block, measures: &Measures, lexicon: &Lexicon) -> TextWeights {
    if !is_short(measures) {
        return TextWeights { prose: weigh_prose(outline.text_of(block), lexicon), ..TextWeights::default() };
    }
    let [is_heading, is_label] = [Above::Heading, Above::Label].map(|above| above.is_one(block, measures));
    let mut weights = TextWeights::default();
    text_tokens(outline, block, |token| {
        weights.own += lexicon.weight(token);
        if is_heading {
            weights.as_heading += lexicon.weight(token_above(Above::Heading, token));
        }
        if is_label {
            weights.as_label += lexicon.weight(token_above(Above::Label, token));
        }
    });
    let bounded = |weight: f32| weight.clamp(-MAX_WORD_WEIGHT, MAX_WORD_WEIGHT);
    TextWeights {
        own: bounded(weights.own),
        as_heading: bounded(weights.as_heading),
        as_label: bounded(weights.as_label),
        ..weights
    }
}

/// The sum of the known words' weights, by the root of their number.
fn weigh_prose(text: &str, lexicon: &Lexicon) -> f32 {
    let (mut sum, mut n_known) = (0.0, 0.0f32);
    prose_tokens(text, |token| {
        if let Some(weight) = lexicon.find(token) {
            sum += weight;
            n_known += 1.0;
        }
    });
    sum / n_known.max(1.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        let mut words: Vec<String> = Vec::new();
        words_of("siteFooter_main-2 größe x", |word| words.push(String::from_utf8_lossy(word).into_owned()));
        assert_eq!(words, ["site", "Footer", "main", "2", "größe", "x"]);
        words_of("-", |word| panic!("{word:?} is no word"));
    }

    #[test]
    fn tokens_of_different_kinds_differ() {
        assert_eq!(token(TokenKind::Class, b"Post-12"), token(TokenKind::Class, b"post-3"));
        assert_ne!(token(TokenKind::Class, b"main"), token(TokenKind::Role, b"main"));
        assert_ne!(tag_token(Tag::H1), tag_token(Tag::H2));
    }

    #[test]
    fn prose_is_words_or_pairs_of_letters() {
        let tokens = |text| {
            let mut tokens = Vec::new();
            prose_tokens(text, |token| tokens.push(token));
            tokens
        };
        assert_eq!(tokens("Größe, 12 m"), tokens("grÖße 7 M"));
        assert_eq!(tokens("図書館").len(), 2);
        assert_eq!(tokens("a図書 b").len(), 3);
        assert!(tokens(" – ").is_empty());
    }

    #[test]
    fn long_texts_weigh_by_the_root_of_their_known_words() {
        let mut tokens = Vec::new();
        prose_tokens("cookies", |token| tokens.push(token));
        let lexicon = Lexicon::new(&tokens, &[-4], 0.5);
        assert_eq!(weigh_prose("Cookies and more cookies, cookies, COOKIES", &lexicon), -4.0);
        assert_eq!(weigh_prose("none", &lexicon), 0.0);
    }

    #[test]
    fn unknown_tokens_weigh_nothing() {
        let lexicon = Lexicon::new(&[3, 7, u32::MAX], &[1, -2, 4], 0.5);
        assert_eq!([0, 3, 5, 7, 1 << 30, u32::MAX].map(|token| lexicon.weight(token)), [0.0, 0.5, 0.0, -1.0, 0.0, 2.0]);
        assert_eq!(Lexicon::default().weight(3), 0.0);
    }
}
