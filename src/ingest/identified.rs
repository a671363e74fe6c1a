//! What Common Crawl's metadata records say of the language of the response before them.

use std::ops::ControlFlow;

use super::{Finding, Sink};
use crate::document::{Record, RecordKind};

/// The line of a metadata record that holds what CLD2 found, as JSON.
const LINE: &str = "languages-cld2:";

/// Reads with responses handed on one finding later: what follows may be about them.
pub(super) fn with_languages(read: impl FnOnce(Sink<'_>) -> ControlFlow<()>, sink: Sink<'_>) -> ControlFlow<()> {
    let mut response: Option<Record> = None;
    read(&mut |finding| {
        if let (Some(response), Finding::Record(about)) = (&mut response, &finding) {
            take_languages(response, about);
        }
        if let Some(response) = response.take() {
            sink(Finding::Record(response))?;
        }
        match finding {
            Finding::Record(record) if record.kind == RecordKind::Response => response = Some(record),
            finding => sink(finding)?,
        }
        ControlFlow::Continue(())
    })?;
    response.map_or(ControlFlow::Continue(()), |response| sink(Finding::Record(response)))
}

fn take_languages(response: &mut Record, about: &Record) {
    if about.kind == RecordKind::Metadata && about.url == response.url && response.identified_language.is_empty() {
        response.identified_language = languages(&about.body).unwrap_or_default();
    }
}

/// Codes of ISO 639-3, the largest share first, separated by commas: as WET files have them.
fn languages(body: &[u8]) -> Option<String> {
    let json = std::str::from_utf8(body).ok()?.lines().find_map(|line| line.strip_prefix(LINE))?;
    let found: serde_json::Value = serde_json::from_str(json).ok()?;
    let codes = found["languages"].as_array()?.iter().filter_map(|language| language["code-iso-639-3"].as_str());
    Some(codes.collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_taken_from_what_cld2_found() {
        let body = b"fetchTimeMs: 258\r\nlanguages-cld2: {\"reliable\":true,\"languages\":[{\"code\":\"es\",\"code-iso-639-3\":\"spa\"},\
            {\"code\":\"en\",\"code-iso-639-3\":\"eng\"}]}\r\n";
        assert_eq!(languages(body).as_deref(), Some("spa,eng"));
        assert_eq!(languages(b"languages-cld2: {\"languages\":"), None);
        assert_eq!(languages(b"fetchTimeMs: 258"), None);
    }
}
