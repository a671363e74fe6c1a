//! What a recipe needs: the lists that a page shows and that its JSON-LD has as well (schema.org), which trees take for menus.

use foldhash::HashSet;

use super::facts::Facts;
use super::judge::Verdict;
use super::markup::Markup;
use super::outline::Outline;
use super::plain;

const INGREDIENTS: &str = "\"recipeIngredient\"";
/// Fewer are no list.
const LEAST_INGREDIENTS: usize = 3;
/// Blocks from one ingredient to the next: labels of parts, amounts, boxes to tick.
const MAX_APART: usize = 4;
/// Bytes of an ingredient at most.
const MAX_INGREDIENT: usize = 400;
/// From this probability on what stands between ingredients is kept with them.
const LEAST_BETWEEN: f32 = 0.2;

/// Keeps the blocks that list the ingredients, once, if other text of the page is kept and half of the ingredients are not. Whether
/// that was so.
pub(super) fn keep_ingredients(outline: &Outline, markup: &Markup, verdicts: &mut [Verdict]) -> bool {
    let ingredients: HashSet<String> = markup.json_ld.iter().flat_map(|script| ingredients_of(script)).collect();
    if ingredients.len() < LEAST_INGREDIENTS || !verdicts.iter().any(|verdict| verdict.keep) {
        return false;
    }
    let said = |block: usize| {
        let text = outline.text_of(&outline.blocks[block]);
        (text.len() <= MAX_INGREDIENT).then(|| letters_of(text)).and_then(|text| ingredients.get(&text))
    };
    let is_read = |block: &usize| !outline.blocks[*block].facts.has(Facts::HIDDEN) && verdicts[*block].probability > 0.0;
    let listed: Vec<usize> = (0..verdicts.len()).filter(is_read).filter(|&block| said(block).is_some()).collect();
    let are_most = |blocks: &mut dyn Iterator<Item = usize>| {
        let different: HashSet<&String> = blocks.filter_map(said).collect();
        different.len() * 2 >= ingredients.len()
    };
    if are_most(&mut listed.iter().copied().filter(|&block| verdicts[block].keep)) {
        return false;
    }
    let mut lists = listed.chunk_by(|before, block| block - before <= MAX_APART);
    let Some(list) = lists.find(|list| are_most(&mut list.iter().copied())) else { return false };
    let (Some(&first), Some(&last)) = (list.first(), list.last()) else { return false };
    for (block, verdict) in verdicts.iter_mut().enumerate().take(last + 1).skip(first) {
        verdict.keep |= verdict.probability >= LEAST_BETWEEN || list.binary_search(&block).is_ok();
    }
    true
}

/// The ingredients that a script of JSON-LD has, by their letters and digits.
fn ingredients_of(script: &str) -> impl Iterator<Item = String> {
    let lists = script.match_indices(INGREDIENTS).filter_map(|(at, name)| {
        let value = script[at + name.len()..].trim_start().strip_prefix(':')?;
        serde_json::Deserializer::from_str(value).into_iter::<Vec<String>>().next()?.ok()
    });
    lists.flatten().map(|ingredient| letters_of(&plain::plain(&ingredient))).filter(|letters| !letters.is_empty())
}

fn letters_of(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::super::scanner;
    use super::*;

    /// Which blocks are kept, by a letter each, if only those with an `x` in `before` were and all are likely enough.
    fn kept(body: &str, before: &str) -> String {
        let data =
            r#"<script type="application/ld+json">{"recipeIngredient": ["1 cup flour","2 eggs &amp; milk","Salt"]}</script>"#;
        let scanned = scanner::scan(&format!("{data}{body}"), "");
        let verdict = |c: char| Verdict { keep: c == 'x', probability: 0.1 };
        let mut verdicts: Vec<Verdict> = before.chars().map(verdict).collect();
        assert_eq!(verdicts.len(), scanned.outline.blocks.len(), "{body}");
        keep_ingredients(&scanned.outline, &scanned.markup, &mut verdicts);
        verdicts.iter().map(|verdict| if verdict.keep { 'x' } else { '-' }).collect()
    }

    #[test]
    fn ingredients_are_kept_once() {
        let list = "<ul><li>▢ 1 cup flour<li>2 eggs & milk<li>salt</ul>";
        assert_eq!(kept(&format!("<p>Home{list}<p>Mix."), "----x"), "-xxxx");
        assert_eq!(kept(&format!("{list}<p>1<p>2<p>3<p>4{list}<p>Mix."), "----------x"), "xxx-------x");
        assert_eq!(kept(&format!("{list}<p>1<p>2<p>3<p>4{list}<p>Mix."), "-------xxxx"), "-------xxxx");
        assert_eq!(kept(&format!("{list}<p>Menu"), "----"), "----");
        assert_eq!(kept("<p>Salt<p>Mix.", "-x"), "-x");
    }
}
