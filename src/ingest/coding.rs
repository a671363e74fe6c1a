//! Content codings of HTTP bodies: gzip, deflate, brotli, zstd, as declared or as found.

use std::io::{ErrorKind, Read};

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::{frame, gzip, media};

/// More codings than this on one body are an attack, not a page.
const MAX_LAYERS: usize = 4;

/// The codings that are known, by the names that servers use.
const CODINGS: [&str; 5] = ["gzip", "x-gzip", "deflate", "br", "zstd"];

/// How the data of a coding ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ending {
    Whole,
    /// It is cut short.
    Cut,
    /// It was not coded as declared, or did not match its checksum.
    Mismatch,
}

/// A body after its codings are undone.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) body: Vec<u8>,
    /// The worst of all codings; `body` is what they came to.
    pub(super) ending: Ending,
}

/// Why a body could not be decoded.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// It is larger than `limit` when decoded.
    TooLarge,
    /// It does not decode at all.
    Undecodable(String),
}

/// Undoes the codings of a Content-Encoding header, at most `limit` bytes of output. A body that is plainly not coded,
/// though declared to be (crawlers decode it and keep the header), is given back as it is; one that is plainly gzip is that, whatever
/// is declared.
pub(super) fn undo(header: &str, body: Vec<u8>, limit: usize) -> Result<Decoded, Failure> {
    let names: Vec<&str> = header.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    if names.len() > MAX_LAYERS {
        return Err(Failure::Undecodable(format!("{} codings, one upon the other", names.len())));
    }
    let mut decoded = Decoded { body, ending: Ending::Whole };
    for name in names.iter().rev() {
        let name = name.to_ascii_lowercase();
        let layer = undo_one(&name, &decoded.body, limit)?;
        match layer {
            Some(layer) => decoded = Decoded { body: layer.body, ending: decoded.ending.max(layer.ending) },
            None if CODINGS.contains(&name.as_str()) => decoded.ending = Ending::Mismatch,
            None => {}
        }
    }
    if decoded.body.starts_with(&gzip::MAGIC)
        && let Some(layer) = undo_one("gzip", &decoded.body, limit)?
    {
        return Ok(Decoded { body: layer.body, ending: decoded.ending.max(layer.ending) });
    }
    Ok(decoded)
}

/// `None` where the body is not coded this way.
fn undo_one(name: &str, body: &[u8], limit: usize) -> Result<Option<Decoded>, Failure> {
    match name {
        "gzip" | "x-gzip" if body.starts_with(&gzip::MAGIC[..2]) => read(MultiGzDecoder::new(body), name, limit).map(Some),
        "deflate" | "br" if body.starts_with(&gzip::MAGIC) => Ok(None),
        "deflate" if has_zlib_header(body) => unless_text(read(ZlibDecoder::new(body), name, limit), body),
        "deflate" => unless_text(read(DeflateDecoder::new(body), name, limit), body),
        "br" => unless_text(read(brotli_decompressor::Decompressor::new(body, 16 << 10), name, limit), body),
        "zstd" if body.starts_with(&frame::MAGIC) => {
            let decoder =
                zstd::stream::read::Decoder::with_buffer(body).map_err(|e| Failure::Undecodable(format!("zstd: {e}")))?;
            read(decoder, name, limit).map(Some)
        }
        _ => Ok(None),
    }
}

/// Codings without a magic number: what fails to decode and reads as text was never coded.
fn unless_text(decoded: Result<Decoded, Failure>, body: &[u8]) -> Result<Option<Decoded>, Failure> {
    match decoded {
        Ok(decoded) if decoded.ending == Ending::Whole => Ok(Some(decoded)),
        Err(Failure::TooLarge) => Err(Failure::TooLarge),
        _ if media::is_text(body) => Ok(None),
        other => other.map(Some),
    }
}

fn read(decoder: impl Read, name: &str, limit: usize) -> Result<Decoded, Failure> {
    let mut body = Vec::new();
    let outcome = decoder.take(limit as u64 + 1).read_to_end(&mut body);
    match outcome {
        _ if body.len() > limit => Err(Failure::TooLarge),
        Ok(_) => Ok(Decoded { body, ending: Ending::Whole }),
        Err(e) if body.is_empty() => Err(Failure::Undecodable(format!("{name}: {e}"))),
        Err(e) if e.kind() == ErrorKind::UnexpectedEof => Ok(Decoded { body, ending: Ending::Cut }),
        Err(_) => Ok(Decoded { body, ending: Ending::Mismatch }),
    }
}

fn has_zlib_header(body: &[u8]) -> bool {
    matches!(body, [cmf, flg, ..] if cmf & 0x0f == 8 && (u16::from(*cmf) << 8 | u16::from(*flg)) % 31 == 0)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, ZlibEncoder};

    use super::*;

    const PAGE: &[u8] = b"<html><body><p>A page, coded in some way.</p></body></html>";

    fn check(header: &str, coded: &[u8], expected: &[u8], ending: Ending) {
        let decoded = undo(header, coded.to_vec(), 1 << 20);
        assert_eq!(decoded, Ok(Decoded { body: expected.to_vec(), ending }), "{header}");
    }

    fn gzipped(body: &[u8]) -> Vec<u8> {
        gzip::member(body, Compression::default())
    }

    #[test]
    fn declared_codings_are_undone() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(PAGE).and_then(|()| raw.write_all(PAGE)).unwrap_or_default();
        check("deflate", &zlib.finish().unwrap_or_default(), PAGE, Ending::Whole);
        check("Deflate", &raw.finish().unwrap_or_default(), PAGE, Ending::Whole);
        check("x-gzip", &gzipped(PAGE), PAGE, Ending::Whole);
        check("gzip, gzip", &gzipped(&gzipped(PAGE)), PAGE, Ending::Whole);
        check("", &gzipped(PAGE), PAGE, Ending::Whole);
    }

    #[test]
    fn lies_are_seen_through() {
        for header in ["gzip", "br", "deflate", "zstd"] {
            check(header, PAGE, PAGE, Ending::Mismatch);
        }
        for header in ["identity", "UTF-8", ""] {
            check(header, PAGE, PAGE, Ending::Whole);
            check(header, &gzipped(PAGE), PAGE, Ending::Whole);
        }
        for header in ["deflate", "br", "zstd"] {
            check(header, &gzipped(PAGE), PAGE, Ending::Mismatch);
        }
        check("gzip", &gzipped(&gzipped(PAGE)), PAGE, Ending::Whole);
    }

    #[test]
    fn bombs_and_towers_are_refused() {
        assert_eq!(undo("gzip", gzipped(&[b'a'; 5000]), 4999), Err(Failure::TooLarge));
        assert!(matches!(undo("gzip,gzip,gzip,gzip,gzip", gzipped(PAGE), 9999), Err(Failure::Undecodable(_))));
    }

    #[test]
    fn what_was_decoded_before_a_cut_is_kept() {
        let page = PAGE.repeat(50);
        let mut coded = gzipped(&page);
        let decoded = undo("gzip", coded[..coded.len() - 12].to_vec(), 1 << 20);
        assert!(matches!(decoded, Ok(Decoded { ending: Ending::Cut, body }) if body.starts_with(PAGE)));
        let crc = coded.len() - 8;
        coded[crc] ^= 1;
        check("gzip", &coded, &page, Ending::Mismatch);
    }
}
