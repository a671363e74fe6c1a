//! What stands among the paragraphs of a text and is not of it: labels of advertisements, of Chinese editors and of what was left out
//! behind the text, and notes that its author earns by links.

use super::judge::Verdict;
use super::outline::{Block, Kind, Outline};

/// Paragraphs that say nothing but that an advertisement is there, or that the text goes on behind it; in small letters.
#[rustfmt::skip]
const LABELS: [&str; 64] = [
    "advertisement", "advertisements", "advertising", "sponsored content", "story continues below",
    "story continues below advertisement", "story continues after advertisement", "article continues below",
    "article continues below advertisement", "article continues after advertisement", "continue reading below", "scroll to continue",
    "anzeige", "werbung", "werbung überspringen", "publicité", "passer la publicité", "la suite après la publicité", "publicidad",
    "publicidade", "continua após a publicidade", "continua depois da publicidade", "pubblicità", "advertentie", "annonse",
    "annonsørinnhold", "annons", "annonce", "mainos", "reklame", "reklama", "reklam", "реклама", "διαφήμιση", "hirdetés", "publicitate",
    "iklan", "quảng cáo", "विज्ञापन", "广告", "廣告", "広告", "광고", "إعلان", "إعلانات", "تبلیغات", "آگهی", "اشتہار", "פרסומת", "โฆษณา",
    "বিজ্ঞাপন", "விளம்பரம்", "જાહેરાત", "जाहिरात", "പരസ്യം", "ಜಾಹೀರಾತು", "რეკლამა", "գովազդ", "жарнама", "reklāma", "reklaam", "oglas",
    "スポンサーリンク", "スポンサードリンク",
];

/// Links that an author is paid for.
#[rustfmt::skip]
const PAID_LINKS: [&str; 10] = [
    "affiliate link", "affiliate-link", "affiliatelink", "amazon associate", "liens affiliés", "liens d'affiliation", "enlaces de afiliad",
    "link di affiliazione", "link affiliati", "links de afiliad",
];
/// Words by which a text speaks of itself and of its author.
#[rustfmt::skip]
const SELF: [&str; 40] = [
    "this post", "this article", "this page", "this site", "this website", "this blog", "this story", "this recipe", "this content",
    "these links", "links in this", "links on this", "some of the links", "i may", "we may", "i earn", "we earn", "i receive", "we receive",
    "i get", "we get", "dieser beitrag", "diesem beitrag", "dieser artikel", "diesem artikel", "dieser text", "diesem text", "diese seite",
    "dieser seite", "cet article", "ce site", "este artículo", "este post", "este sitio", "questo articolo", "questo post", "questo sito",
    "este artigo", "dit artikel", "deze pagina",
];
/// Labels before the names of Chinese editors, which end a text.
const EDITORS: [&str; 8] = ["责任编辑", "责编", "責任編輯", "責編", "编辑", "編輯", "本文编辑", "值班编辑"];
/// Characters of a name behind that label, with the colon and a bracket.
const MAX_EDITOR: usize = 24;
/// Characters of a label at the end of a text, at most.
const MAX_LAST_LABEL: usize = 30;
/// Bytes of a label at most.
const MAX_LABEL: usize = 40;
/// Bytes of a notice at most.
const MAX_NOTICE: usize = 600;
/// A page with more notes of one kind is about them.
const MAX_NOTES: usize = 3;

/// Drops kept paragraphs that are such notices.
pub(super) fn drop_notices(outline: &Outline, verdicts: &mut [Verdict]) {
    let is_paragraph = |number: usize, block: &Block| {
        block.kind == Kind::Paragraph && !outline.is_wrapped(number) && outline.text_of(block).len() <= MAX_NOTICE
    };
    let (mut notes, mut editors) = (Vec::new(), Vec::new());
    for (number, (block, verdict)) in outline.blocks.iter().zip(verdicts.iter_mut()).enumerate() {
        if !verdict.keep || !is_paragraph(number, block) {
            continue;
        }
        let text = outline.text_of(block);
        verdict.keep = !is_label(text);
        if is_note(text) {
            notes.push(number);
        } else if is_editor(text) {
            editors.push(number);
        }
    }
    // Whose label comes more often is one who speaks.
    let few = [notes, editors].into_iter().filter(|notices| notices.len() <= MAX_NOTES);
    few.flatten().for_each(|notice| verdicts[notice].keep = false);
    drop_last_label(outline, verdicts);
}

/// A label that ends the text leads to what was left out: `See also:`, `Ссылки по теме:`.
fn drop_last_label(outline: &Outline, verdicts: &mut [Verdict]) {
    let Some(last) = verdicts.iter().rposition(|verdict| verdict.keep) else { return };
    let text = outline.text_of(&outline.blocks[last]);
    let is_short = || text.chars().nth(MAX_LAST_LABEL).is_none();
    let has_text_before = || verdicts[..last].iter().any(|verdict| verdict.keep);
    if leads_on(text) && outline.blocks[last].kind == Kind::Paragraph && is_short() && has_text_before() {
        verdicts[last].keep = false;
    }
}

/// Whether a text ends with a colon, which is no part of a smiley: `Take care (:`.
fn leads_on(text: &str) -> bool {
    let is_of_smiley = |sign: char| sign.is_ascii_punctuation() && !matches!(sign, ')' | ']' | '"' | '\'');
    text.strip_suffix([':', '：']).is_some_and(|label| !label.trim_end().ends_with(is_of_smiley))
}

fn is_editor(text: &str) -> bool {
    const SIGNS_OF_SENTENCES: [char; 6] = ['。', '！', '？', '…', '!', '?'];
    let text = text.trim_start_matches(['(', '（', '[', '【']);
    let behind = EDITORS.iter().find_map(|label| text.strip_prefix(label)).map(str::trim_start);
    let is_name = |behind: &str| behind.chars().nth(MAX_EDITOR).is_none() && !behind.contains(SIGNS_OF_SENTENCES);
    behind.is_some_and(|behind| behind.starts_with([':', '：']) && is_name(behind))
}

fn is_label(text: &str) -> bool {
    let label = text.trim_matches(|c: char| !c.is_alphanumeric() && !is_vowel_sign(c));
    label.len() <= MAX_LABEL && LABELS.contains(&label.to_lowercase().as_str())
}

/// Signs at the end of words in the scripts of India that are no letters.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{D7F}')
}

fn is_note(text: &str) -> bool {
    let may_be = ["fili", "FILI", "ssociate", "SSOCIATE"].iter().any(|part| text.contains(part));
    may_be && {
        let text = text.to_lowercase().replace('’', "'");
        let says = |words: &[&str]| words.iter().any(|words| text.contains(words));
        says(&PAID_LINKS) && says(&SELF)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{scanner, text};
    use super::*;

    /// The texts of a page's blocks that are left if all were kept before.
    fn left(html: &str) -> String {
        left_of(&scanner::scan(html, "").outline)
    }

    fn left_of(outline: &Outline) -> String {
        let mut verdicts = vec![Verdict { keep: true, probability: 0.9 }; outline.blocks.len()];
        drop_notices(outline, &mut verdicts);
        let kept = outline.blocks.iter().zip(&verdicts).filter(|(_, verdict)| verdict.keep);
        kept.map(|(block, _)| outline.text_of(block)).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn labels_of_advertisements_are_dropped() {
        for label in [
            "Advertisement",
            "ADVERTISEMENT",
            "(Story continues below)",
            "– Anzeige –",
            "Реклама:",
            "विज्ञापन",
            "[広告]",
            "விளம்பரம்",
        ] {
            assert_eq!(left(&format!("<p>One.</p><div>{label}</div><p>Two.</p>")), "One. | Two.", "{label}");
        }
        for text in ["<h2>Advertisement</h2>", "<p>The advertisement</p>", "<li>Anzeige", "<p>ad</p>", "<p>…</p>"] {
            assert_ne!(left(text), "", "{text}");
        }
    }

    #[test]
    fn names_of_editors_and_labels_of_what_was_left_out_are_dropped() {
        for last in ["（责任编辑：王硕）", "[编辑：王硕]", "責編: 王硕", "See also:", "Ссылки по теме:", "相关新闻："]
        {
            assert_eq!(left(&format!("<p>One.</p><p>{last}</p>")), "One.", "{last}");
        }
        for text in ["<p>One.</p><p>They said that all of it was lost in the:</p>", "<p>See also:</p>", "<p>One:</p><p>Two.</p>"]
        {
            assert_eq!(left(text).matches(':').count(), 1, "{text}");
        }
        for last in ["Take care (:", "Dear harbour (-:", "编辑：谢谢！"] {
            assert!(left(&format!("<p>One.</p><p>{last}</p>")).ends_with(last), "{last}");
        }
        let interview = "<p>编辑：好的<p>王硕：是的<p>编辑：谢谢<p>王硕：不客气<p>编辑：再见<p>王硕：再见<p>编辑：走吧";
        assert_eq!(left(interview).matches("编辑").count(), 4);
        assert_eq!(left("<p>编辑：你为什么写这本书，又为什么是在这个时候把它写出来的呢？</p>").matches('编').count(), 1);
    }

    #[test]
    fn notes_on_paid_links_are_dropped() {
        let note = "<p>This post may contain affiliate links. Please read my policy.</p>";
        assert_eq!(left(&format!("{note}<p>Text.</p>")), "Text.");
        assert_eq!(left("<p>In diesem Artikel sind Affiliate-Links enthalten.</p><p>Text.</p>"), "Text.");
        let about = "Affiliate links are how shops pay for readers.";
        assert_eq!(left(&format!("<p>{about}</p>")), about);
        assert_eq!(left(&note.repeat(4)).matches("policy").count(), 4);
    }

    #[test]
    fn a_wrapped_paragraph_loses_no_line() {
        let paragraph = "The harbour office opened again on Monday after three weeks of repairs, and\n\
            visitors ask how it earns its money: an affiliate link is there, as I receive\n\
            a little from the shops round the quay, and above the door hangs a very large\nadvertisement.\n\n";
        let text = format!("{}Advertisement\n", paragraph.repeat(2));
        assert_eq!(left_of(&text::outline(&text)), paragraph.repeat(2).trim_end().replace("\n\n", "\n").replace('\n', " | "));
    }
}
