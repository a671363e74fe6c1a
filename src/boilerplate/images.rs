//! Images that stand for characters or formulas.

use super::attributes::has_word;

/// Characters of an emoji that is put together of several.
const MAX_CHARS: usize = 16;
/// Signs outside of the blocks of emoji that are one by themselves (Unicode's Emoji_Presentation).
const EMOJI_AMONG_SIGNS: &str =
    "⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕";

/// Classes of images that show a formula, as Wikipedia, WordPress and converters of LaTeX name them.
const FORMULAS: [&str; 4] = ["mwe-math-fallback-image-inline", "mwe-math-fallback-image-display", "tex", "latex"];

/// What an image says in place of text: an emoji, or a formula as its author wrote it.
pub(super) fn text_of<'a>(alternative: &'a str, class: &str) -> Option<&'a str> {
    if alternative.is_empty() {
        return None;
    }
    let shows_formula = || FORMULAS.iter().any(|formula| has_word(class, formula));
    if is_emoji(alternative) || shows_formula() { Some(without_style(alternative)) } else { None }
}

/// A formula without the braces and the style that Wikipedia puts round it.
fn without_style(formula: &str) -> &str {
    let inner = ["{\\displaystyle", "{\\textstyle"].iter().find_map(|style| formula.trim().strip_prefix(style));
    inner.and_then(|inner| inner.strip_suffix('}')).map_or(formula, str::trim)
}

/// Whether the text that stands for an image is nothing but an emoji: then the image is one, too.
fn is_emoji(alternative: &str) -> bool {
    // U+FE0F and U+20E3 make emoji of other signs and of digits.
    let is_among_signs = |c: char| matches!(c, '⌚'..='⭕') && EMOJI_AMONG_SIGNS.contains(c);
    let shows_emoji = |c: char| matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{fe0f}' | '\u{20e3}') || is_among_signs(c);
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
        for emoji in ["😃", "👍🏽", "👩\u{200d}🚀", "❤\u{fe0f}", "7\u{fe0f}\u{20e3}", "⏩", "⬛", "🏴\u{e0067}\u{e007f}"]
        {
            assert_eq!(image(emoji), format!("Well {emoji}."));
        }
        assert_eq!(image("&#x1f603;"), "Well 😃.");
        for other in ["", "7", "Ann", ":)", "😃 smile", "→", "€", "№", "★★★☆", "✓"] {
            assert_eq!(image(other), "Well .");
        }
    }

    #[test]
    fn images_of_formulas_are_what_their_author_wrote() {
        let image = |class: &str, alt: &str| texts_of_blocks(&format!("<p>Let <img class='{class}' alt='{alt}'> be."));
        assert_eq!(image("x mwe-math-fallback-image-inline", "{\\displaystyle x_{1}}"), "Let x_{1} be.");
        assert_eq!(image("latex", "x^2 &lt; y"), "Let x^2 < y be.");
        assert_eq!(image("text", "x"), "Let be.");
    }

    #[test]
    fn formulas_are_told_in_one_notation() {
        let formula = "<math><semantics><mrow><mi>x</mi></mrow><annotation encoding='application/x-tex'>{\\displaystyle x}</annotation>\
            <annotation-xml encoding='MathML-Content'><ci>x</ci></annotation-xml></semantics></math>";
        assert_eq!(texts_of_blocks(&format!("<p>Let {formula} be.")), "Let x be.");
    }
}
