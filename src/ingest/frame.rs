//! The zstd frames of compressed crawl files: dictionaries, and what a frame begins with.

use std::io::Read;

use zstd::stream::raw::{Decoder as Zstd, Operation};

pub(super) const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// The skippable frame that holds a dictionary (IIPC, "WARC Zstandard compression").
pub(super) const DICTIONARY_MAGIC: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];
/// A dictionary larger than this is refused; those in use have 100 kB to 1 MB.
pub(super) const MAX_DICTIONARY: usize = 32 << 20;
/// Room for one step of a trial.
const TRIAL_STEP: usize = 128 << 10;

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

/// What a trial decompression of a suspected frame found.
pub(super) struct Trial {
    /// The first bytes that it decompresses to, as far as it does.
    pub(super) beginning: Vec<u8>,
    /// Whether it decompressed to its end, and to its checksum; most have one.
    pub(super) is_proven: bool,
    /// Bytes that were read and made.
    pub(super) cost: usize,
}

/// Decompresses a suspected frame to about `room` bytes.
pub(super) fn try_frame(bytes: &[u8], dictionary: &[u8], room: usize) -> Trial {
    const BEGINNING: usize = 4096;
    let mut trial = Trial { beginning: Vec::new(), is_proven: false, cost: dictionary.len() };
    let Ok(mut decoder) = Zstd::with_dictionary(dictionary) else { return trial };
    let mut out = vec![0; TRIAL_STEP];
    let (mut read, mut made) = (0, 0);
    while made < room
        && let Ok(step) = decoder.run_on_buffers(&bytes[read..], &mut out)
    {
        read += step.bytes_read;
        made += step.bytes_written;
        let wanted = BEGINNING.saturating_sub(trial.beginning.len()).min(step.bytes_written);
        trial.beginning.extend_from_slice(&out[..wanted]);
        trial.is_proven = step.remaining == 0 && has_checksum(bytes);
        if step.remaining == 0 || step.bytes_read + step.bytes_written == 0 {
            break;
        }
    }
    trial.cost += TRIAL_STEP + read + made;
    trial
}

/// By the descriptor behind the magic number (RFC 8878, 3.1.1.1.1).
fn has_checksum(frame: &[u8]) -> bool {
    frame.get(MAGIC.len()).is_some_and(|descriptor| descriptor & 4 != 0)
}
