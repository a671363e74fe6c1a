//! Abbreviations, by language: those that never end a sentence, those that go on with a number, and those that may end one.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What an abbreviation does to the full stop behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Habit {
    /// The sentence goes on.
    GoesOn,
    /// The sentence goes on with a number; before anything else this is a word as any other.
    BeforeNumber,
    /// The sentence ends where what follows begins as a sentence does.
    MayEnd,
}

/// Abbreviations in small letters, without the last full stop.
type List = HashMap<&'static str, Habit>;

macro_rules! lists {
    ($($code:literal)*) => {
        [$(($code, include_str!(concat!("abbreviations/", $code, ".txt")))),*]
    };
}

static LISTS: LazyLock<HashMap<&'static str, List>> = LazyLock::new(|| {
    let files = lists!(
        "bg" "ca" "cs" "da" "de" "el" "en" "es" "fi" "fr" "hr" "hu" "hy" "it" "kk" "nb" "nl" "pl" "pt" "ro" "ru" "sk" "sl" "sv" "tr" "uk"
    );
    files.into_iter().map(|(code, file)| (code, list(file))).collect()
});

fn list(file: &'static str) -> List {
    let mut list = List::new();
    for (head, words) in file.lines().filter_map(|line| line.split_once(':')) {
        let habit = match head {
            "never" => Habit::GoesOn,
            "before-number" => Habit::BeforeNumber,
            _ => Habit::MayEnd,
        };
        // A word that is in both lists may end a sentence.
        list.extend(words.split_whitespace().map(|word| (word, habit)));
    }
    list
}

/// Whether a language is English, or has no list of its own and uses that of English.
pub(super) fn has_list_of_english(language: &str) -> bool {
    code(language) == "en"
}

fn code(language: &str) -> &str {
    let code = match language {
        "bs" | "sr" => "hr",
        "nn" => "nb",
        "be" => "ru",
        "mk" => "bg",
        "af" => "nl",
        code => code,
    };
    if LISTS.contains_key(code) { code } else { "en" }
}

/// The list of a language, by its BCP 47 code; that of English where it has none.
pub(super) fn of(language: &str) -> &'static List {
    &LISTS[code(language)]
}
