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
}

impl List {
    /// Reads a file: lines with a habit, a colon, and words without the last full stop.
    fn new(file: &str) -> Self {
        let mut habits = BTreeMap::new();
        let (mut beginnings, mut behind_numbers, mut labels) = (Vec::new(), Vec::new(), Vec::new());
        for (head, words) in file.lines().filter_map(|line| line.split_once(':')) {
            let keys = words.split_whitespace().map(Key::of);
            match head {
                "never" => habits.extend(keys.map(|key| (key, Habit::GoesOn))),
                "before-number" => habits.extend(keys.map(|key| (key, Habit::BeforeNumber))),
                "begins" => beginnings.extend(keys),
                "behind-number" => behind_numbers.extend(keys),
                "label" => labels.extend(keys),
                _ => habits.extend(keys.map(|key| (key, Habit::MayEnd))),
            }
        }
        [&mut beginnings, &mut behind_numbers, &mut labels].into_iter().for_each(|keys| keys.sort_unstable());
        let mut places = Bits::EMPTY;
        habits.keys().for_each(|word| places.insert(place(*word)));
        Self { habits: habits.into_iter().collect(), places, beginnings, behind_numbers, labels }
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

    /// Whether the language has a list of such words.
    pub(super) fn knows_beginnings(&self) -> bool {
        !self.beginnings.is_empty()
    }
}

fn place(word: Key) -> usize {
    (word.0 >> (64 - N_PLACES.trailing_zeros())) as usize
}

macro_rules! lists {
    ($($code:literal)*) => {
        [$(($code, include_str!(concat!("abbreviations/", $code, ".txt")))),*]
    };
}

static LISTS: LazyLock<HashMap<&'static str, List>> = LazyLock::new(|| {
    let files = lists!(
        "ar" "az" "bg" "bn" "ca" "cs" "cy" "da" "de" "el" "en" "eo" "es" "et" "eu" "fa" "fi" "fr" "ga" "gl" "gu" "hi" "hr"
        "hu" "hy" "id" "is" "it" "ka" "kk" "kn" "la" "lt" "lv" "ml" "mn" "mr" "ms" "nb" "ne" "nl" "pa" "pl" "pt" "ro" "ru"
        "sk" "sl" "sq" "sv" "sw" "ta" "te" "th" "tl" "tr" "uk" "vi"
    );
    files.into_iter().map(|(code, file)| (code, List::new(file))).collect()
});

/// Titles of names, and what stands before numbers, in capitals: texts of any language have foreign names. And labels of figures.
static OF_ANY_LANGUAGE: LazyLock<List> = LazyLock::new(|| List::new(include_str!("abbreviations/any.txt")));

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
    let code = match language {
        "bs" | "sr" => "hr",
        "nn" => "nb",
        "be" => "ru",
        "mk" => "bg",
        "af" => "nl",
        code => code,
    };
    LISTS.get(code).unwrap_or_else(|| &LISTS["en"])
}
