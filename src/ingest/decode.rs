//! From a record to a page: its kind, HTTP, content coding, media type and character set.

use super::coding::{self, Ending, Failure};
use super::framing::MAX_BLOCK;
use super::jsonl::MAX_LINE;
use super::{beginning_of, charset, controls, http, media};
use crate::document::{
    Charset, CharsetSource, Completeness, Flag, Media, Origin, Page, Provenance, Reason, Record, RecordKind, Rejection, Stage,
};

/// Bytes that a page may have when its codings are undone. The longest pages that people wrote have a few megabytes.
pub const MAX_PAGE: usize = 16 << 20;

/// The document that a record holds.
///
/// # Errors
/// Records of other kinds, statuses other than 200, media that are neither HTML nor plain text, and bodies that are
/// empty, too large or cannot be decoded.
pub fn decode(record: Record) -> Result<Page, Rejection> {
    let refusal = Refusal::of(&record);
    page(record).map_err(|(reason, detail)| refusal.because(reason, detail))
}

/// A rejection without its reason.
struct Refusal {
    origin: Origin,
    url: String,
    n_bytes: u64,
}

impl Refusal {
    fn of(record: &Record) -> Self {
        Self { origin: record.origin.clone(), url: record.url.clone(), n_bytes: record.n_bytes() }
    }

    fn because(self, reason: Reason, detail: String) -> Rejection {
        let Self { origin, url, n_bytes } = self;
        Rejection { origin, url, stage: Stage::Decode, reason, detail, n_bytes }
    }
}

type Refused = (Reason, String);

/// A record's document before its character set is known.
struct Body {
    media: Media,
    mime: String,
    content_type: String,
    content_language: String,
    bytes: Vec<u8>,
    flags: Vec<Flag>,
}

fn page(mut record: Record) -> Result<Page, Refused> {
    if let Some(reason) = reason_against(record.kind) {
        return Err((reason, String::new()));
    }
    let n_bytes = record.n_bytes();
    let mut body = match record.kind {
        RecordKind::Response => response(&mut record)?,
        _ => stored(&mut record)?,
    };
    if record.completeness == Completeness::Truncated && !body.flags.contains(&Flag::Truncated) {
        body.flags.insert(0, Flag::Truncated);
    }
    let tld = top_level_domain(&record.url);
    let decoded = charset::decode(body.bytes, media::charset_parameter(&body.content_type), body.media, tld.as_deref());
    if decoded.invalid {
        body.flags.push(Flag::InvalidBytes);
    }
    let mut charset = decoded.charset;
    if record.kind == RecordKind::Bare && charset.source == CharsetSource::Http {
        charset.source = CharsetSource::Container;
    }
    let provenance = Provenance {
        origin: record.origin,
        url: record.url,
        date_crawled: record.date,
        mime: body.mime,
        charset,
        content_language: body.content_language,
        identified_language: record.identified_language,
        flags: body.flags,
        n_bytes,
    };
    let media = match (record.kind, body.media) {
        (RecordKind::Conversion, Media::Text) => Media::Rendering,
        (_, media) => media,
    };
    Ok(Page { provenance, media, text: decoded.text })
}

/// A page of markup or text that is Unicode already, as a filter gets it.
pub fn page_of(text: String, media: Media, url: String, origin: Origin) -> Page {
    let mime = match media {
        Media::Html => "text/html",
        Media::Text | Media::Rendering => "text/plain",
    };
    let provenance = Provenance {
        origin,
        url,
        date_crawled: String::new(),
        mime: mime.into(),
        charset: Charset { name: "utf-8", source: CharsetSource::Container },
        content_language: String::new(),
        identified_language: String::new(),
        flags: Vec::new(),
        n_bytes: text.len() as u64,
    };
    Page { provenance, media, text: controls::as_meant(text) }
}

fn reason_against(kind: RecordKind) -> Option<Reason> {
    match kind {
        RecordKind::Response | RecordKind::Resource | RecordKind::Conversion | RecordKind::Bare => None,
        RecordKind::Request => Some(Reason::Request),
        RecordKind::Metadata => Some(Reason::Metadata),
        RecordKind::Revisit => Some(Reason::Revisit),
        RecordKind::Warcinfo => Some(Reason::Warcinfo),
        RecordKind::Continuation => Some(Reason::Continuation),
        RecordKind::Unknown => Some(Reason::UnknownRecord),
    }
}

fn response(record: &mut Record) -> Result<Body, Refused> {
    if record.body.is_empty() {
        return Err((Reason::EmptyBody, String::new()));
    }
    let is_http = record.content_type.is_empty() || media::essence(&record.content_type) == "application/http";
    let (headers, body) = match http::parse(&record.body) {
        Some(response) => response,
        None if is_http => return Err((Reason::NotHttp, beginning_of(&record.body))),
        // ARC files hold DNS answers and the like; their header line says what they are.
        None => return stored(record),
    };
    if headers.status != 200 {
        return Err((Reason::HttpStatus, headers.status.to_string()));
    }
    let n_before_body = record.body.len() - body.len();
    let mut flags = Vec::new();
    let bytes = body_of(record, n_before_body, &headers, &mut flags)?;
    let content_type =
        if headers.content_type.is_empty() && !is_http { record.content_type.clone() } else { headers.content_type };
    let (media, mime) = classify(&content_type, &bytes, record.completeness)?;
    Ok(Body { media, mime, content_type, content_language: headers.content_language, bytes, flags })
}

/// Takes the body out of a response, without its codings.
fn body_of(record: &mut Record, n_before: usize, headers: &http::Headers, flags: &mut Vec<Flag>) -> Result<Vec<u8>, Refused> {
    let dechunked = if headers.chunked { http::dechunk(&record.body[n_before..]) } else { None };
    let (body, chunks) = match dechunked {
        Some(dechunked) => (dechunked.body, dechunked.ending),
        None => {
            record.body.drain(..n_before);
            (std::mem::take(&mut record.body), if headers.chunked { Ending::Mismatch } else { Ending::Whole })
        }
    };
    let decoded = coding::undo(&headers.content_encoding, body, MAX_PAGE).map_err(|failure| match failure {
        // Its beginning alone may not decode.
        _ if matches!(record.completeness, Completeness::TooLarge { .. }) => too_large(),
        Failure::TooLarge => too_large(),
        Failure::Undecodable(detail) => (Reason::ContentEncoding, detail),
    })?;
    let endings = [chunks, decoded.ending];
    let told = [(Ending::Cut, Flag::Truncated), (Ending::Mismatch, Flag::CodingMismatch)];
    flags.extend(told.into_iter().filter(|(ending, _)| endings.contains(ending)).map(|(_, flag)| flag));
    Ok(decoded.body)
}

/// A document without HTTP headers.
fn stored(record: &mut Record) -> Result<Body, Refused> {
    let bytes = std::mem::take(&mut record.body);
    let content_type = record.content_type.clone();
    let (media, mime) = classify(&content_type, &bytes, record.completeness)?;
    let is_undeclared_text = media == Media::Text && content_type.is_empty() && record.kind == RecordKind::Bare;
    if let Some(mime) = media::text_by_name(&record.origin.source).filter(|_| is_undeclared_text) {
        return Err((Reason::MediaType, format!("{mime}, by the name of its file")));
    }
    Ok(Body { media, mime, content_type, content_language: String::new(), bytes, flags: Vec::new() })
}

fn classify(content_type: &str, bytes: &[u8], completeness: Completeness) -> Result<(Media, String), Refused> {
    if bytes.trim_ascii().is_empty() {
        return Err((Reason::EmptyBody, String::new()));
    }
    let classified = media::classify(content_type, bytes).map_err(|found| (Reason::MediaType, found))?;
    match completeness {
        Completeness::TooLarge { .. } => Err(too_large()),
        _ if bytes.len() > MAX_PAGE => Err(too_large()),
        _ => Ok(classified),
    }
}

fn too_large() -> Refused {
    (
        Reason::TooLarge,
        format!("pages may have {} MiB, records {}, lines of JSON {}", MAX_PAGE >> 20, MAX_BLOCK >> 20, MAX_LINE >> 20),
    )
}

/// The last label of a URL's host, in lower case.
fn top_level_domain(url: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    let label = url.host_str()?.rsplit('.').next()?;
    label.bytes().all(|b| b.is_ascii_alphabetic()).then(|| label.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::gzip;

    #[test]
    fn what_is_too_large_is_known_under_its_coding() {
        let check = |content: &[u8], reason: Reason| {
            let coded = gzip::member(content, flate2::Compression::fast());
            let headers = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n";
            let record = Record {
                origin: Origin { source: "x".into(), offset: 0, length: 0, record_id: String::new() },
                kind: RecordKind::Response,
                url: String::new(),
                date: String::new(),
                content_type: "application/http".into(),
                identified_language: String::new(),
                body: [headers, &coded[..coded.len() - 9]].concat(),
                completeness: Completeness::TooLarge { n_bytes: 1 << 30 },
            };
            assert_eq!(decode(record).map_err(|rejection| rejection.reason).err(), Some(reason));
        };
        check("<p>The river is high. ".repeat(40).as_bytes(), Reason::TooLarge);
        check(&vec![b'a'; MAX_PAGE * 2], Reason::TooLarge);
        check(b"", Reason::TooLarge);
        check(&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".repeat(9), Reason::MediaType);
    }
}
