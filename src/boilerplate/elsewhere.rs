//! Where a page may have its text if it shows none: in place of its frames, in documents that are attributes of frames, and in
//! what it tells search engines.

use super::markup::Markup;
use super::metadata;
use super::recipes;
use crate::document::Flag;

/// Bytes of text that are worth it; shorter ones say that the page needs frames or scripts.
pub(super) const LEAST_BYTES: usize = 400;

/// Documents in HTML, each with what the corpus says of a text that is from it, the likeliest first.
pub(super) fn documents(markup: &Markup) -> impl Iterator<Item = (Flag, String)> {
    let framed = (!markup.framed.is_empty()).then(|| (Flag::Framed, markup.framed.join("\n")));
    let body = || metadata::article_body(&markup.json_ld).or_else(|| recipes::text(markup));
    let told = move || body().map(|body| (Flag::LinkedData, article(&body)));
    framed.into_iter().chain(std::iter::once_with(told).flatten())
}

/// The text of an article, which may be written in HTML, as an element.
fn article(body: &str) -> String {
    if body.contains("</") {
        return format!("<article>{body}</article>");
    }
    let paragraphs = body.lines().filter(|line| !line.trim().is_empty());
    let paragraphs: String = paragraphs.map(|line| format!("<p>{}</p>\n", line.replace('<', "&lt;"))).collect();
    format!("<article>{paragraphs}</article>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boilerplate::{html, scanner};

    fn check(page: &str, expected: &[(Flag, &str)]) {
        for scanned in [scanner::scan(page, ""), html::outline(page, "")] {
            let found: Vec<(Flag, String)> = documents(&scanned.markup).collect();
            let expected: Vec<(Flag, String)> = expected.iter().map(|(flag, html)| (*flag, (*html).to_owned())).collect();
            assert_eq!(found, expected, "{page}");
        }
    }

    #[test]
    fn documents_stand_in_for_frames_and_in_them() {
        check(
            "<frameset><frame src=a><noframes><p>The <b>pier</b></noframes></frameset>",
            &[(Flag::Framed, "<p>The <b>pier</b>")],
        );
        check(
            "<body><iframe srcdoc='<p>Ann &amp;amp; Bob'></iframe><iframe srcdoc=x src=y></iframe>",
            &[(Flag::Framed, "<p>Ann &amp; Bob\nx")],
        );
        check("<body><iframe src=a>No frames</iframe><noembed>x</noembed>", &[]);
    }

    #[test]
    fn linked_data_tells_the_text_of_an_article() {
        let page = |data: &str| format!("<script type='application/ld+json'>{data}</script>");
        let body = r#"[{"@type":"WebPage","articleBody":"x"},{"@type":"NewsArticle","articleBody":" "},
            {"@type":"NewsArticle","articleBody":"The pier\n\nwas < 9 m &amp; old."}]"#;
        check(&page(body), &[(Flag::LinkedData, "<article><p>The pier</p>\n<p>was &lt; 9 m &amp; old.</p>\n</article>")]);
        let marked_up = r#"{"@type":"Article","articleBody":"<p>The <i>pier</i>\n</p>"}"#;
        check(&page(marked_up), &[(Flag::LinkedData, "<article><p>The <i>pier</i>\n</p></article>")]);
        check(&page(r#"{"@type":"Article","headline":"H"}"#), &[]);
        let recipe = r#"{"@type":"Recipe","recipeIngredient":["1 egg"],"recipeInstructions":[{"text":"Boil it."}]}"#;
        check(&page(recipe), &[(Flag::LinkedData, "<article><ul>\n<li>1 egg\n</ul>\n<p>Boil it.\n</article>")]);
    }
}
