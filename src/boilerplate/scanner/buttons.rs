//! Buttons inside a sentence, such as a word that opens its explanation.

use super::Scanner;
use crate::boilerplate::open_elements::OpenElements;
use crate::boilerplate::references;
use crate::boilerplate::tag::Tag;
use crate::boilerplate::tokenizer::{Token, Tokenizer};

/// Bytes behind the beginning of a button that are looked at, so that time is linear.
const MAX_AHEAD: usize = 1024;

impl Scanner<'_> {
    /// Whether the button that begins here is part of a sentence: it goes on with a line of a paragraph, and the line goes on behind it.
    pub(super) fn is_in_sentence(&self) -> bool {
        // A tag that is cut off right where it begins is no text.
        self.builder.is_inside_line() && goes_on_behind(self.tokenizer.ahead(MAX_AHEAD).trim_end_matches(['<', '/']))
    }
}

fn has_letters(written: &str) -> bool {
    references::decoded_value(written).contains(char::is_alphanumeric)
}

fn goes_on_behind(inside: &str) -> bool {
    let mut tokenizer = Tokenizer::new(inside);
    let open = OpenElements::new();
    let mut has_ended = false;
    while let Some(token) = tokenizer.next(&open) {
        match token {
            Token::Text(text) if has_ended && has_letters(text.written.as_str()) => return true,
            Token::EndTag { tag: Tag::Button, .. } if !has_ended => has_ended = true,
            Token::StartTag { tag, .. } | Token::EndTag { tag, .. } if tag.is_block() || tag == Tag::Br => return false,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::boilerplate::scanner::check_blocks as check;

    #[test]
    fn a_button_inside_a_sentence_is_a_word_of_it() {
        check("<p>Let it <button class=term><span>simmer</span></button> for an hour.", "Let it simmer for an hour.");
        check("<h2>What a <button>roux</button> <i>is</i>", "What a roux is");
        check("<p>one<button> </button> two", "one two");
        check(&format!("<p>one <button>two</button>{}three", "<i>".repeat(500)), "one | two | three");
    }

    #[test]
    fn other_buttons_stand_apart() {
        check("<p>Tell a friend. <button>Share</button> <button>Copy</button></p>then", "Tell a friend. | Share | Copy | then");
        check("<p>Tell a friend. <button>Share</button>&nbsp;</p>", "Tell a friend. | Share");
        check("<p><button>More</button> on owls", "More | on owls");
        check("<p>one<br><button>two</button> three", "one | two | three");
        check("<p>one <button><div>two</div></button> three", "one | two | three");
        check("<div>one <button>two</button> three</div>", "one | two | three");
    }
}
