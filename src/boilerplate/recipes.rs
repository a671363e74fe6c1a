//! What a recipe needs: the ingredients and the steps that a page shows and that its JSON-LD has as well (schema.org), which trees
//! take for menus, and for what stands beside the text.

use foldhash::HashSet;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::facts::Facts;
use super::judge::Verdict;
use super::markup::Markup;
use super::outline::Outline;
use super::plain;
use super::told::Told;
use crate::characters::bare;

const INGREDIENTS: &str = "\"recipeIngredient\"";
const INSTRUCTIONS: &str = "\"recipeInstructions\"";
/// Fewer are no list.
const LEAST_INGREDIENTS: usize = 3;
/// Blocks from one part of a recipe to the next: labels, amounts, pictures, boxes to tick.
const MAX_APART: usize = 4;
/// Bytes of an ingredient at most.
const MAX_INGREDIENT: usize = 400;
/// Longer scripts are not read for steps: as values they take many times the memory.
const MAX_SCRIPT: usize = 1 << 20;
/// From this probability on what stands between the parts of a recipe is kept with them.
const LEAST_BETWEEN: f32 = 0.2;

/// A block that says a part of what the data has.
struct Part {
    block: usize,
    letters: String,
    /// How much of it.
    weight: usize,
}

/// Keeps the blocks that tell the steps and list the ingredients, once. Whether some were not kept before.
pub(super) fn keep_recipe(outline: &Outline, markup: &Markup, verdicts: &mut [Verdict]) -> bool {
    let keeps_steps = keep_steps(outline, markup, verdicts);
    keep_ingredients(outline, markup, verdicts) || keeps_steps
}

/// Keeps the ingredients if other text of the page is kept.
fn keep_ingredients(outline: &Outline, markup: &Markup, verdicts: &mut [Verdict]) -> bool {
    let letters = ingredients(markup).map(|ingredient| bare(&ingredient));
    let ingredients: HashSet<String> = letters.filter(|letters| !letters.is_empty()).collect();
    if ingredients.len() < LEAST_INGREDIENTS || !verdicts.iter().any(|verdict| verdict.keep) {
        return false;
    }
    let part = |block: usize, text: &str| {
        let letters = (text.len() <= MAX_INGREDIENT).then(|| bare(text))?;
        ingredients.contains(&letters).then_some(Part { block, letters, weight: 1 })
    };
    keep_parts(outline, verdicts, ingredients.len(), part)
}

fn keep_steps(outline: &Outline, markup: &Markup, verdicts: &mut [Verdict]) -> bool {
    let told = Told::of(&steps(markup));
    if told.is_empty() {
        return false;
    }
    let part = |block: usize, text: &str| {
        let letters = told.part(text)?;
        Some(Part { block, weight: letters.len(), letters })
    };
    keep_parts(outline, verdicts, told.n_letters(), part)
}

/// Keeps the parts of what has this weight as a whole: all beside those that are kept, if these are most of it, or else the first
/// that are, and what is not improbable between them.
fn keep_parts(outline: &Outline, verdicts: &mut [Verdict], whole: usize, part: impl Fn(usize, &str) -> Option<Part>) -> bool {
    let blocks = outline.blocks.iter().enumerate();
    let read = blocks.filter(|(i, block)| !block.facts.has(Facts::HIDDEN) && verdicts[*i].probability > 0.0);
    let parts: Vec<Part> = read.filter_map(|(i, block)| part(i, outline.text_of(block))).collect();
    let are_most = |parts: &mut dyn Iterator<Item = &Part>| {
        let mut seen = HashSet::default();
        let told: usize = parts.filter(|part| seen.insert(part.letters.as_str())).map(|part| part.weight).sum();
        told * 2 >= whole
    };
    let is_kept = |part: &&Part| verdicts[part.block].keep;
    let mut copies = parts.chunk_by(|before, part| part.block - before.block <= MAX_APART);
    let are_kept = are_most(&mut parts.iter().filter(is_kept));
    let copy = match are_kept {
        true => copies.find(|copy| are_most(&mut copy.iter().filter(is_kept))),
        false => copies.find(|copy| are_most(&mut copy.iter())),
    };
    let Some(copy @ ([first, .., last] | [first @ last])) = copy else { return false };
    let mut is_changed = false;
    for part in copy {
        is_changed |= !std::mem::replace(&mut verdicts[part.block].keep, true);
    }
    if !are_kept {
        let between = verdicts[first.block..last.block].iter_mut();
        between.for_each(|verdict| verdict.keep |= verdict.probability >= LEAST_BETWEEN);
    }
    is_changed
}

/// The ingredients and steps of the page's recipes, in HTML.
pub(super) fn text(markup: &Markup) -> Option<String> {
    let in_elements = |start: &str, text: &str| format!("{start}{}\n", text.replace('<', "&lt;"));
    let ingredients: String = ingredients(markup).map(|ingredient| in_elements("<li>", &ingredient)).collect();
    let steps: String = steps(markup).lines().map(|step| in_elements("<p>", step)).collect();
    (!steps.is_empty()).then(|| format!("<ul>\n{ingredients}</ul>\n{steps}"))
}

fn ingredients(markup: &Markup) -> impl Iterator<Item = String> {
    let lists = markup.json_ld.iter().flat_map(|script| values_of::<Vec<String>>(script, INGREDIENTS));
    lists.flatten().map(|ingredient| plain::plain(&ingredient).into_owned())
}

/// The steps, in lines.
fn steps(markup: &Markup) -> String {
    let scripts = markup.json_ld.iter().filter(|script| script.len() <= MAX_SCRIPT);
    let mut steps = String::new();
    scripts.flat_map(|script| values_of(script, INSTRUCTIONS)).for_each(|value| push_steps(&value, &mut steps));
    steps
}

/// The values of a field in a script of JSON-LD, as far as they are of the type.
fn values_of<T: DeserializeOwned>(script: &str, field: &'static str) -> impl Iterator<Item = T> {
    script.match_indices(field).filter_map(|(at, name)| {
        let value = script[at + name.len()..].trim_start().strip_prefix(':')?;
        serde_json::Deserializer::from_str(value).into_iter::<T>().next()?.ok()
    })
}

/// Adds the text of instructions: a text, a step, a section with steps in it, or a list of such.
fn push_steps(instructions: &Value, steps: &mut String) {
    match instructions {
        Value::String(text) => {
            steps.push_str(&plain::plain(text));
            steps.push('\n');
        }
        Value::Array(parts) => parts.iter().for_each(|part| push_steps(part, steps)),
        Value::Object(step) => {
            ["text", "itemListElement"].iter().filter_map(|name| step.get(*name)).for_each(|part| push_steps(part, steps));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::judge::shown;
    use super::super::scanner;
    use super::*;

    const INGREDIENTS: &str = r#"{"recipeIngredient": ["1 cup flour","2 eggs &amp; milk","Salt"]}"#;

    /// Which blocks are kept, if only those with an `x` in `before` were and all are likely enough.
    fn kept_with(data: &str, body: &str, before: &str) -> String {
        let scanned = scanner::scan(&format!(r#"<script type="application/ld+json">{data}</script>{body}"#), "");
        let verdict = |c: char| Verdict { keep: c == 'x', probability: 0.1 };
        let mut verdicts: Vec<Verdict> = before.chars().map(verdict).collect();
        assert_eq!(verdicts.len(), scanned.outline.blocks.len(), "{body}");
        keep_recipe(&scanned.outline, &scanned.markup, &mut verdicts);
        shown(&verdicts)
    }

    fn kept(body: &str, before: &str) -> String {
        kept_with(INGREDIENTS, body, before)
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

    #[test]
    fn steps_are_kept_once_and_whole() {
        let sections = r#"{"recipeInstructions": [{"@type": "HowToSection", "name": "Dough", "itemListElement": [
            {"@type": "HowToStep", "text": "Stir the flour &amp; the eggs."}, {"@type": "HowToStep", "text": "Knead for 10 minutes."}]},
            {"@type": "HowToStep", "text": "Bake until it is brown."}]}"#;
        let text =
            r#"{"recipeInstructions": "<p>Stir the flour & the eggs.</p><p>Knead for 10 minutes. Bake until it is brown.</p>"}"#;
        let list = "<ol><li>1. Stir the flour & the eggs.<li>Knead for 10 minutes.<li>Bake until it is brown.</ol>";
        for data in [sections, text] {
            assert_eq!(kept_with(data, &format!("<p>Home{list}<p>Tags"), "-----"), "-xxx-");
            assert_eq!(kept_with(data, &format!("{list}<p>1<p>2<p>3<p>4{list}"), "----------"), "xxx-------");
            assert_eq!(kept_with(data, &format!("{list}<p>1<p>2<p>3<p>4{list}"), "--------xx"), "-------xxx");
            assert_eq!(kept_with(data, "<p>Bake until it is brown.<p>More", "--"), "--");
        }
        assert_eq!(kept_with(r#"{"recipeInstructions": {"text": 5, "itemListElement": [[]]}}"#, list, "---"), "---");
    }
}
