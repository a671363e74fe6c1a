//! Titles, which have capitals inside: there a capital says little about where a sentence begins.

use super::place::{first_token, last_token};
use super::words::{is_capital, is_letter, is_letter_or_digit, is_small};
use crate::near;

/// Bytes of a title that are looked at, so that time is linear, and words behind the place.
const MAX_TITLE: usize = 160;
const MAX_WORDS: usize = 6;
/// Letters of the longest words that titles write small; of the longest behind which no sentence ends without a mark.
const MAX_SMALL: usize = 3;
const MAX_PARTICLE: usize = 2;

/// Whether a sentence goes on with a capital, as titles do, where no mark stands.
pub(super) fn go_on(sentence: &str, next: &str) -> bool {
    let last = last_token(sentence);
    let is_particle = last.len() <= MAX_PARTICLE * 2 && last.chars().count() <= MAX_PARTICLE && last.chars().all(is_small);
    let is_last_word = || first_token(next).ends_with(['.', '!', '?']);
    is_particle || is_last_word() || last.ends_with("'s") || last.ends_with("’s") || goes_on_as_title(next) && is_title(sentence)
}

/// Whether all words have capitals, but small ones, and one behind the first has.
fn is_title(sentence: &str) -> bool {
    let near = near::end_of(sentence, MAX_TITLE);
    let is_capitalized = |word: &str| n_letters(word) >= MAX_SMALL && begins_with_capital(word);
    near.split_ascii_whitespace().all(may_be_of_title) && near.split_ascii_whitespace().skip(1).any(is_capitalized)
}

/// Whether the words up to the next mark may belong to a title.
fn goes_on_as_title(next: &str) -> bool {
    for word in near::beginning_of(next, MAX_TITLE).split_ascii_whitespace().take(MAX_WORDS) {
        if !may_be_of_title(word) {
            return false;
        }
        if word.ends_with(['.', '!', '?', ':', ';']) {
            break;
        }
    }
    true
}

fn may_be_of_title(word: &str) -> bool {
    if word.len() > MAX_SMALL && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return false;
    }
    begins_with_capital(word) || n_letters(word) <= MAX_SMALL
}

fn begins_with_capital(word: &str) -> bool {
    if word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return true;
    }
    word.chars().find(|c| is_letter_or_digit(*c)).is_some_and(|c| is_capital(c) || c.is_numeric())
}

fn n_letters(word: &str) -> usize {
    word.chars().filter(|c| is_letter(*c)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_go_on_before_capitals() {
        assert!(go_on("Enamel Mug, Chipped at", "No Extra Cost"));
        assert!(go_on("Blue Enamel Mug", "No Extra Cost"));
        assert!(go_on("Does Your Layout Already", "Work?"));
        assert!(go_on("Are They", "Good for Your Hands?"));
        assert!(go_on("I read the author's", "The Long Way"));
        assert!(go_on("It is powered by the Example", "Service. It is fast."));
        assert!(!go_on("Blue Enamel Mug", "It is chipped"));
        assert!(!go_on("Incêndio destrói fábrica", "O incêndio começou"));
    }
}
