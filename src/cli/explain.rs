//! The verdicts on a page's blocks as one self-contained page of HTML.

use std::fmt::Write;

use crate::boilerplate::{Explanation, JudgedBlock, Weighed};

const STYLE: &str = "\
body{font:15px/1.45 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}\
h1{font-size:1.2rem;margin:0}p{margin:.2rem 0 1rem;color:#555}\
table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:normal;color:#555}\
td,th{vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #eee}\
td.p{width:4.5rem;font-variant-numeric:tabular-nums;white-space:nowrap}td.t{white-space:pre-wrap;overflow-wrap:anywhere}\
td.w{width:21rem;font-size:12px;color:#555}\
.bar{height:5px;background:#ddd}.bar i{display:block;height:5px;background:#666}\
tr.keep td.p{border-left:6px solid #1a7f37}tr.keep{background:#f1faf3}tr.keep .bar i{background:#1a7f37}\
tr.drop td.p{border-left:6px solid #d8d8d8}tr.drop td.t{color:#8a8a8a}\
.for{color:#1a7f37}.against{color:#b42318}";

/// A page with a row for each block: whether it was kept, its probability, its text and the features that weighed most.
pub(super) fn to_html(source: &str, explanation: &Explanation) -> String {
    let blocks = &explanation.blocks;
    let n_kept = blocks.iter().filter(|(block, _)| block.keep).count();
    let rows: String = blocks.iter().map(|(block, reasons)| row(block, reasons)).collect();
    format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>{source}</title><style>{STYLE}</style></head><body>\
         <h1>{source}</h1><p>{n_kept} of {} blocks kept, from a probability of {:.2} on. \
         Pages judged like this one have a word F1 of {:.2} on average.</p>\
         <table><tr><th>p</th><th>text</th><th>what weighed most in the first look, against the page's median block</th></tr>\n{rows}</table></body></html>",
        blocks.len(),
        explanation.threshold,
        explanation.confidence,
        source = escaped(source),
    )
}

fn row(block: &JudgedBlock, reasons: &[Weighed]) -> String {
    let class = if block.keep { "keep" } else { "drop" };
    let reasons: Vec<String> = reasons.iter().map(reason).collect();
    format!(
        "<tr class=\"{class}\"><td class=\"p\">{:.2}<div class=\"bar\"><i style=\"width:{:.0}%\"></i></div></td>\
         <td class=\"t\">{}</td><td class=\"w\">{}</td></tr>\n",
        block.score,
        block.score * 100.0,
        escaped(&block.text),
        reasons.join("<br>"),
    )
}

fn reason(reason: &Weighed) -> String {
    let class = if reason.log_odds > 0.0 { "for" } else { "against" };
    format!("<span class=\"{class}\">{:+.1}</span> {} = {:.2}", reason.log_odds, reason.feature, reason.value)
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '<' | '>' | '"' => drop(write!(escaped, "&#{};", c as u32)),
            c => escaped.push(c),
        }
    }
    escaped
}
