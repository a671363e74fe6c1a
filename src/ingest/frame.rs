//! The zstd frames of compressed crawl files: dictionaries, and what a frame begins with.

use std::io::Read;

use zstd::stream::raw::{Decoder as Zstd, Operation};

pub(super) const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// The skippable frame that holds a dictionary (IIPC, "WARC Zstandard compression").
pub(super) const DICTIONARY_MAGIC: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];
/// A dictionary larger than this is refused; those in use have 100 kB to 1 MB.
pub(super) const MAX_DICTIONARY: usize = 32 << 20;
/// Room for what a suspected frame decompresses to.
const TRIAL_OUTPUT: usize = 128 << 10;

/// Whether a skippable frame begins here, with its length.
pub(super) fn is_skippable(bytes: &[u8]) -> bool {
    bytes.len() >= 8 && bytes[0] & 0xf0 == 0x50 && bytes[1..4] == DICTIONARY_MAGIC[1..]
}

/// The dictionary that a frame holds, which may be compressed itself.
pub(super) fn dictionary(frame: &[u8]) -> std::io::Result<Vec<u8>> {
    if !frame.starts_with(&MAGIC) {
        return Ok(frame.to_vec());
    }
    let mut dictionary = Vec::new();
    let decoder = zstd::stream::read::Decoder::with_buffer(frame)?;
    decoder.take(MAX_DICTIONARY as u64).read_to_end(&mut dictionary)?;
    Ok(dictionary)
}

/// What a suspected frame decompresses to first, as far as it does, and the bytes that were read and made for it.
pub(super) fn beginning(bytes: &[u8], dictionary: &[u8]) -> (Vec<u8>, usize) {
    let Ok(mut decoder) = Zstd::with_dictionary(dictionary) else { return (Vec::new(), dictionary.len()) };
    let mut beginning = vec![0; TRIAL_OUTPUT];
    let (mut read, mut written) = (0, 0);
    while written < beginning.len() {
        match decoder.run_on_buffers(&bytes[read..], &mut beginning[written..]) {
            Ok(step) => {
                read += step.bytes_read;
                written += step.bytes_written;
                if step.bytes_read + step.bytes_written == 0 || step.remaining == 0 {
                    break;
                }
            }
            Err(_) => break,
        }
    }
    beginning.truncate(written);
    (beginning, dictionary.len() + TRIAL_OUTPUT + read)
}
