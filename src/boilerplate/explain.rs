//! Which features weighed most when a block was first looked at: those that, were they as on the page's other blocks, would
//! change most what that look said.

use super::features::Described;
use super::forest::{Forest, Row};
use super::markup::Markup;
use super::model;
use super::outline::Outline;

/// A feature that weighed in a verdict.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighed {
    /// Its name, one of [`super::feature_names`].
    pub feature: &'static str,
    /// Its value on the block.
    pub value: f32,
    /// What the logarithm of the odds has more than with the page's median value: above 0 it speaks for content.
    pub log_odds: f32,
}

/// Reasons given for a block.
const MAX_REASONS: usize = 4;
/// What weighs less is not worth telling.
const LEAST_LOG_ODDS: f32 = 0.05;

/// The reasons for each block, the weightiest first.
pub(super) fn reasons(outline: &Outline, markup: &Markup) -> Vec<Vec<Weighed>> {
    let model = model::model();
    let described = Described::new(outline, markup, &model.lexicon);
    let names = super::feature_names();
    let row = |block| {
        let mut row = Row::new();
        described.features(block, |_, value| row.push(value));
        row
    };
    let rows: Vec<Row> = (0..outline.blocks.len()).map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let medians: Vec<f32> = (0..names.len()).map(|feature| median(&rows, feature)).collect();
    let forest = &model.looks_at(outline).first;
    rows.iter().map(|row| of_block(forest, &names, row, &medians)).collect()
}

fn median(rows: &[Row], feature: usize) -> f32 {
    let mut values: Vec<f32> = rows.iter().map(|row| row.values[feature]).collect();
    values.sort_by(f32::total_cmp);
    values[values.len() / 2]
}

fn of_block(forest: &Forest, names: &[&'static str], row: &Row, medians: &[f32]) -> Vec<Weighed> {
    let whole = forest.log_odds_of(&row.keys());
    let without = |feature: usize| {
        let mut changed = *row;
        changed.values[feature] = medians[feature];
        forest.log_odds_of(&changed.keys())
    };
    let mut reasons: Vec<Weighed> = (0..names.len())
        .filter(|&feature| row.values[feature] != medians[feature])
        .map(|feature| Weighed { feature: names[feature], value: row.values[feature], log_odds: whole - without(feature) })
        .filter(|reason| reason.log_odds.abs() >= LEAST_LOG_ODDS)
        .collect();
    reasons.sort_by(|a, b| b.log_odds.abs().total_cmp(&a.log_odds.abs()));
    reasons.truncate(MAX_REASONS);
    reasons
}
