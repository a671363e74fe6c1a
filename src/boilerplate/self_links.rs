//! Links that are no text: marks by which a page links to places in itself, such as `¶` behind a heading, and numbers of comments.

use super::white_space::{is_space, push_blank};

/// Characters of such a mark, with those that only say how it looks.
const MAX_CHARS: usize = 4;

/// Whether the text of a link into its own page is only a mark of a place, or of the way back.
pub(super) fn is_mark(text: &str) -> bool {
    let text = text.trim();
    let is_sign =
        |c: char| matches!(c, '#' | '^' | '¶' | '§' | '↑' | '↩' | '⤴' | '⇧' | '⬆' | '⏎' | '🔗' | '⚓' | '\u{fe0e}' | '\u{fe0f}');
    !text.is_empty() && text.chars().all(is_sign) && text.chars().count() <= MAX_CHARS
}

/// Whether the text of a link is nothing but a number.
pub(super) fn is_number(text: &str) -> bool {
    let text = text.trim_end();
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Takes the text from `start` on, which is a mark, from a line that begins at `line`; gives the number of characters that are no
/// white space. A blank in it stays.
pub(super) fn take_mark(out: &mut String, line: usize, start: usize) -> u32 {
    let mark = out.split_off(start);
    if mark.contains(char::is_whitespace) {
        push_blank(out, line);
    }
    mark.chars().filter(|c| !is_space(*c)).count() as u32
}

#[cfg(test)]
mod tests {
    use crate::boilerplate::scanner::{scan, texts_of_blocks};

    fn check(html: &str, expected: &str) {
        assert_eq!(texts_of_blocks(html), expected, "{html}");
        let n_chars = expected.chars().filter(|c| !c.is_whitespace() && *c != '|').count();
        assert_eq!(scan(html, "").outline.blocks.iter().map(|block| block.chars.all as usize).sum::<usize>(), n_chars, "{html}");
    }

    #[test]
    fn links_to_the_place_itself_are_no_text() {
        check("<h2>Usage <a href=#usage>¶</a></h2><p>Wind it up.", "Usage | Wind it up.");
        check("<h2><a href=' #usage'>#</a> Usage</h2>", "Usage");
        check("<li><b><a href=#ref-1>^</a></b> Hill, <i>Birds</i>. <a href=#ref-1>↩\u{fe0e}</a>", "Hill, Birds.");
        check("<p><a href=#top>↑</a></p><p>End", "End");
        check("<p>one<a href=#x> § </a>two", "one two");
    }

    #[test]
    fn numbers_of_comments_before_a_paragraph_are_no_text() {
        check("<p><a class=comments_count href=//b.example/>12 </a>It rained.", "It rained.");
        check("<p><a class=comment-count>0</a><br>It rained.", "It rained.");
        check("<p>See <a class=comments>12</a>", "See 12");
        check("<p><a class=number>12</a> <a class=comments>3 owls</a>", "12 3 owls");
        check("<div><a class=comments>12</a></div>", "12");
    }

    #[test]
    fn other_links_are_text() {
        check("<p>See <a href=#two>2</a>, <a href=/x>§</a>, <a href=#plus>+</a> <a href=#more>»</a>", "See 2, §, + »");
        check("<p>1990<a href=#n>–</a>95, 5 <a href=#eur>€</a><a href=#n1>。</a>", "1990–95, 5 €。");
        check("<pre><a href=#op>^</a> b</pre>", "^ b");
        check("<div>\u{3000}<a href=#x><hr></a>a</div>", "a");
        check("<div>\u{3000}<a href=#x><hr>日¶</a></div>", "日¶");
        check("<a href=#x><p>¶</p></a>", "¶");
    }
}
