//! From plain text to an outline: a block for each line that is not empty.

use super::builder::Builder;
use super::outline::Outline;

pub(super) fn outline(text: &str) -> Outline {
    let mut builder = Builder::new(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        builder.at(text.len() - rest.len());
        builder.line(&rest[..end]);
        rest = &rest[end..];
        let line_end = if rest.starts_with("\r\n") { 2 } else { rest.len().min(1) };
        rest = &rest[line_end..];
    }
    builder.finish()
}
