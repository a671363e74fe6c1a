//! From plain text to an outline: a block for each line that is not empty.

use super::builder::Builder;
use super::outline::Outline;
use crate::lines;

pub(super) fn outline(text: &str) -> Outline {
    let continuations = lines::continuations(text);
    let mut builder = Builder::new(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let start = text.len() - rest.len();
        let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
        builder.at(start);
        if continuations.binary_search(&(start + line.len() - line.trim_start().len())).is_ok() {
            builder.go_on_with_paragraph();
        }
        builder.line(line);
        rest = &rest[line.len()..];
        let line_end = if rest.starts_with("\r\n") { 2 } else { rest.len().min(1) };
        rest = &rest[line_end..];
    }
    builder.finish()
}
