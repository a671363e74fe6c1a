//! Images that stand for characters.

/// Characters of an emoji that is put together of several.
const MAX_CHARS: usize = 16;
/// Signs outside of the blocks of emoji that are one by themselves (Unicode's Emoji_Presentation), the usual ones.
const EMOJI_AMONG_SIGNS: &str = "⌚⌛☔☕⚡⚽⚾⛄⛔⛪⛵✅✊✋✨❌❓❔❕❗➕➖➗⭐⭕";

/// Whether the text that stands for an image is nothing but an emoji: then the image is one, too.
pub(super) fn is_emoji(alternative: &str) -> bool {
    // U+FE0F and U+20E3 make emoji of other signs and of digits.
    let shows_emoji = |c: char| matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{fe0f}' | '\u{20e3}') || EMOJI_AMONG_SIGNS.contains(c);
    let is_sign = |c: char| matches!(c, '\u{203c}' | '\u{2049}' | '\u{2122}'..='\u{2b55}' | '#' | '*' | '0'..='9');
    // Joiners make several one, tags tell which flag it is.
    let joins = |c: char| matches!(c, '\u{200d}' | '\u{e0020}'..='\u{e007f}');
    alternative.contains(shows_emoji)
        && alternative.chars().all(|c| shows_emoji(c) || is_sign(c) || joins(c))
        && alternative.chars().count() <= MAX_CHARS
}

#[cfg(test)]
mod tests {
    use crate::boilerplate::scanner::texts_of_blocks;

    #[test]
    fn images_of_emoji_are_emoji() {
        let image = |alt: &str| texts_of_blocks(&format!("<p>Well <img alt='{alt}'>."));
        for emoji in ["😃", "👍🏽", "👩\u{200d}🚀", "❤\u{fe0f}", "7\u{fe0f}\u{20e3}", "🏴\u{e0067}\u{e007f}"] {
            assert_eq!(image(emoji), format!("Well {emoji}."));
        }
        assert_eq!(image("&#x1f603;"), "Well 😃.");
        for other in ["", "7", "Ann", ":)", "😃 smile", "→", "€", "№", "★★★☆", "✓"] {
            assert_eq!(image(other), "Well .");
        }
    }
}
