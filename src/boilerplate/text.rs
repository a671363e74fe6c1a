//! From plain text to an outline: a block for each line that is not empty, but for the heads and feet of printed pages.

use super::builder::Builder;
use super::outline::Outline;
use crate::lines::{self, Pages};

pub(super) fn outline(text: &str) -> Outline {
    let (continuations, pages) = (lines::continuations(text), Pages::of(text));
    let mut builder = Builder::new(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let start = text.len() - rest.len();
        let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
        builder.at(start);
        let begin = start + line.len() - line.trim_start().len();
        if !pages.is_head_or_foot(begin..begin + line.trim().len()) {
            let lines_that_go_on = [&continuations, &pages.continuations];
            match lines_that_go_on.iter().any(|lines| lines.binary_search(&begin).is_ok()) {
                true => builder.line_of_paragraph(line),
                false => builder.line(line),
            }
        }
        rest = &rest[line.len()..];
        let line_end = if rest.starts_with("\r\n") { 2 } else { rest.len().min(1) };
        rest = &rest[line_end..];
    }
    builder.finish()
}
