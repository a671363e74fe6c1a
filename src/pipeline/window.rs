//! The window: it bounds what is in memory at a time, and opens where somebody panics, so that nobody waits for ever.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

use super::lock;
use crate::document::Record;

/// Bytes of records that may be in memory at a time, read and not yet written, where there are few workers: so few that what was
/// read is in the processor's cache when it is worked on.
const LEAST_BYTES: u64 = 16 << 20;
/// What each worker needs at least, so that none waits behind a page that takes another one long.
const BYTES_OF_WORKER: u64 = 4 << 20;
/// What a record costs in the window besides its block.
pub(super) const RECORD_OVERHEAD: u64 = 1 << 10;

/// Bounds the bytes in flight. What enters first is worked on first, so whoever waits gets room.
#[derive(Debug)]
pub(super) struct Window {
    inside: Mutex<Inside>,
    room: Condvar,
}

#[derive(Debug)]
struct Inside {
    bytes: u64,
    limit: u64,
}

impl Inside {
    fn has_room(&self, bytes: u64) -> bool {
        self.bytes == 0 || self.bytes + bytes <= self.limit
    }

    /// Who waits, waits for this: woken for each record that leaves, a reader would read one and wait again.
    fn is_half_empty(&self) -> bool {
        self.bytes <= self.limit / 2
    }
}

impl Window {
    pub(super) fn for_workers(n: usize) -> Self {
        let limit = LEAST_BYTES.max(n as u64 * BYTES_OF_WORKER);
        Self { inside: Mutex::new(Inside { bytes: 0, limit }), room: Condvar::new() }
    }

    /// Waits for room; a record larger than the window has it for itself.
    pub(super) fn enter(&self, bytes: u64) -> u64 {
        let mut inside = lock(&self.inside);
        if !inside.has_room(bytes) {
            let is_full = |inside: &mut Inside| !(inside.is_half_empty() && inside.has_room(bytes));
            inside = self.room.wait_while(inside, is_full).unwrap_or_else(PoisonError::into_inner);
        }
        inside.bytes += bytes;
        bytes
    }

    pub(super) fn leave(&self, bytes: u64) {
        let mut inside = lock(&self.inside);
        inside.bytes -= bytes;
        if inside.is_half_empty() {
            self.room.notify_all();
        }
    }

    /// From now on there is room for all.
    pub(super) fn open(&self) {
        lock(&self.inside).limit = u64::MAX;
        self.room.notify_all();
    }
}

/// Bytes of a record in memory; headers may have megabytes as well.
pub(super) fn weight(record: &Record) -> u64 {
    let Record { origin, kind: _, url, date, content_type, identified_language, body, completeness: _ } = record;
    let texts = [&origin.record_id, url, date, content_type, identified_language];
    texts.iter().map(|text| text.len() as u64).sum::<u64>() + body.len() as u64 + RECORD_OVERHEAD
}

/// Ends the run when whoever holds it panics: the others stop reading, and wait for nothing.
pub(super) struct Alarm<'a> {
    pub(super) failed: &'a AtomicBool,
    pub(super) window: &'a Window,
}

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.failed.store(true, Ordering::Relaxed);
            self.window.open();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_waits_for_room_behind_a_panic() {
        let (failed, window) = (AtomicBool::new(false), Window::for_workers(1));
        window.enter(LEAST_BYTES);
        std::thread::scope(|scope| {
            scope.spawn(|| window.enter(LEAST_BYTES));
            let writer = scope.spawn(|| {
                let _alarm = Alarm { failed: &failed, window: &window };
                std::panic::resume_unwind(Box::new("on purpose"));
            });
            assert!(writer.join().is_err() && failed.load(Ordering::Relaxed));
        });
    }

    #[test]
    fn long_headers_weigh_as_much_as_long_blocks() {
        let source = "x".into();
        let record = Record {
            origin: crate::document::Origin { source, offset: 0, length: 0, record_id: String::new() },
            kind: crate::document::RecordKind::Response,
            url: "a".repeat(500_000),
            date: String::new(),
            content_type: "b".repeat(300_000),
            identified_language: String::new(),
            body: vec![b'c'; 200_000],
            completeness: crate::document::Completeness::Whole,
        };
        assert_eq!(weight(&record), 1_000_000 + RECORD_OVERHEAD);
    }
}
