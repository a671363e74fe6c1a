//! Abbreviations, by language: those that never end a sentence, those that go on with a number, and those that may end one.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::bits::Bits;
use super::words::{Key, Shape};

/// How many words are told apart at once, before a list is searched.
const N_PLACES: usize = 1 << 12;

/// What a word does to the full stop behind it, or before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Habit {
    /// The sentence goes on.
    GoesOn,
    /// The sentence goes on with a number; before anything else this is a word as any other.
    BeforeNumber,
    /// The sentence ends where what follows begins as a sentence does.
    MayEnd,
    /// A unit behind a number, where the sentence may end; elsewhere another abbreviation, with which it goes on.
    Unit,
}

/// The abbreviations of a language, and words that begin a sentence more often than a name goes on with them.
#[derive(Debug)]
pub(super) struct List {
    habits: Vec<(Key, Habit)>,
    /// Places that their keys have.
    places: Bits<{ N_PLACES / 64 }>,
    beginnings: Vec<Key>,
    /// Words that no ordinal number stands before.
    behind_numbers: Vec<Key>,
    /// Words before the numbers of figures, tables and chapters.
    labels: Vec<Key>,
    /// The last parts of abbreviations of several that may end a sentence.
    last_parts: Vec<Key>,
}

impl List {
    /// Reads files: lines with a habit, a colon, and words without the last full stop. What a later one says counts.
    fn new<'f>(files: impl IntoIterator<Item = &'f str>) -> Self {
        let mut list = Self {
            habits: Vec::new(),
            places: Bits::EMPTY,
            beginnings: Vec::new(),
            behind_numbers: Vec::new(),
            labels: Vec::new(),
            last_parts: Vec::new(),
        };
        let mut habits = BTreeMap::new();
        for (head, words) in files.into_iter().flat_map(str::lines).filter_map(|line| line.split_once(':')) {
            let keys = words.split_whitespace().map(Key::of);
            match head {
                "never" => habits.extend(keys.map(|key| (key, Habit::GoesOn))),
                "unit" => habits.extend(keys.map(|key| (key, Habit::Unit))),
                "before-number" => habits.extend(keys.map(|key| (key, Habit::BeforeNumber))),
                "begins" => list.beginnings.extend(keys),
                "behind-number" => list.behind_numbers.extend(keys),
                "label" => list.labels.extend(keys),
                _ => {
                    habits.extend(keys.map(|key| (key, Habit::MayEnd)));
                    let last_part = |word: &'f str| word.rsplit_once('.').map(|(_, last)| Key::of(last));
                    list.last_parts.extend(words.split_whitespace().filter_map(last_part));
                }
            }
        }
        let Self { beginnings, behind_numbers, labels, last_parts, .. } = &mut list;
        [beginnings, behind_numbers, labels, last_parts].into_iter().for_each(|keys| keys.sort_unstable());
        habits.keys().for_each(|word| list.places.insert(place(*word)));
        Self { habits: habits.into_iter().collect(), ..list }
    }

    pub(super) fn habit(&self, word: Key) -> Option<Habit> {
        if !self.places.have(place(word)) {
            return None;
        }
        self.habits.binary_search_by_key(&word, |(key, _)| *key).ok().map(|found| self.habits[found].1)
    }

    /// Whether a sentence begins with a word more often than a name goes on with it.
    pub(super) fn begins(&self, word: Key) -> bool {
        self.beginnings.binary_search(&word).is_ok()
    }

    /// Whether a sentence begins with a word that follows a number with a full stop.
    pub(super) fn begins_behind_number(&self, word: Key) -> bool {
        self.behind_numbers.binary_search(&word).is_ok()
    }

    /// Whether an abbreviation of several parts that may end a sentence ends with this one: `dr` of `i dr.`
    pub(super) fn is_last_part(&self, part: Key) -> bool {
        self.last_parts.binary_search(&part).is_ok()
    }

    /// Whether the language has a list of such words.
    pub(super) fn knows_beginnings(&self) -> bool {
        !self.beginnings.is_empty()
    }
}

fn place(word: Key) -> usize {
    (word.0 >> (64 - N_PLACES.trailing_zeros())) as usize
}

macro_rules! files {
    ($($code:literal)*) => {
        [$(($code, include_str!(concat!("abbreviations/", $code, ".txt")))),*]
    };
}

/// Languages whose abbreviations are those of another one, and what their own file adds.
const LIKE_ANOTHER: [(&str, &str); 6] = [("af", "nl"), ("be", "ru"), ("bs", "hr"), ("mk", "bg"), ("nn", "nb"), ("sr", "hr")];

static LISTS: LazyLock<HashMap<&'static str, List>> = LazyLock::new(|| {
    let files = HashMap::from(files!(
        "af" "ar" "az" "be" "bg" "bn" "ca" "cs" "cy" "da" "de" "el" "en" "eo" "es" "et" "eu" "fa" "fi" "fr" "ga" "gl" "gu" "hi" "hr"
        "hu" "hy" "id" "is" "it" "ka" "kk" "kn" "la" "lt" "lv" "ml" "mn" "mr" "ms" "nb" "ne" "nl" "pa" "pl" "pt" "ro" "ru" "sk" "sl" "sq" "sr"
        "sv" "sw" "ta" "te" "th" "tl" "tr" "uk" "vi"
    ));
    let file = |code: &str| files.get(code).copied();
    let another = |code: &str| LIKE_ANOTHER.iter().find(|(like, _)| *like == code).and_then(|(_, another)| file(another));
    let codes = files.keys().copied().chain(LIKE_ANOTHER.map(|(code, _)| code));
    codes.map(|code| (code, List::new(another(code).into_iter().chain(file(code))))).collect()
});

/// Titles of names, and what stands before numbers, in capitals: texts of any language have foreign names. And labels of figures.
static OF_ANY_LANGUAGE: LazyLock<List> = LazyLock::new(|| List::new([include_str!("abbreviations/any.txt")]));

/// What an abbreviation with a capital does that texts of any language have.
pub(super) fn of_any_language(shape: Shape, word: Key) -> Option<Habit> {
    (shape == Shape::Capitalized).then(|| OF_ANY_LANGUAGE.habit(word)).flatten()
}

/// Whether a word stands before the numbers of figures, tables or chapters in some language.
pub(super) fn is_label(word: Key) -> bool {
    OF_ANY_LANGUAGE.labels.binary_search(&word).is_ok()
}

/// The list of a language, by its BCP 47 code; that of English where it has none.
pub(super) fn of(language: &str) -> &'static List {
    LISTS.get(language).unwrap_or_else(|| &LISTS["en"])
}
