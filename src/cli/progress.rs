//! How far a run has come, on a terminal or in a log.

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use super::args::ProgressKind;
use super::tell;
use crate::pipeline::Progress;

/// Between two lines in a log.
const LINE_INTERVAL: Duration = Duration::from_secs(10);
/// Between two states of a bar.
const BAR_INTERVAL: Duration = Duration::from_millis(100);

enum Display {
    Bar(ProgressBar),
    Lines,
    Json,
    Nothing,
}

/// Shows `progress` while `work` is done. `size` is the bytes to be read, 0 if that is not known.
pub(super) fn shown<T>(kind: ProgressKind, progress: &Progress, size: u64, work: impl FnOnce() -> T) -> T {
    let display = match kind {
        ProgressKind::Off => Display::Nothing,
        ProgressKind::Json => Display::Json,
        ProgressKind::Plain => Display::Lines,
        ProgressKind::Auto if io::stderr().is_terminal() => Display::Bar(bar(size)),
        ProgressKind::Auto => Display::Lines,
    };
    let (done, is_done) = channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(|| watch(display, progress, size, is_done));
        let result = work();
        drop(done);
        result
    })
}

fn bar(size: u64) -> ProgressBar {
    let template = match size {
        0 => "{spinner} {bytes} read, {binary_bytes_per_sec}, {msg}",
        _ => "{bar:30} {bytes}/{total_bytes}, {binary_bytes_per_sec}, {eta} left, {msg}",
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(size).filter(|&n| n > 0), ProgressDrawTarget::stderr()).with_style(style)
}

fn watch(display: Display, progress: &Progress, size: u64, is_done: Receiver<()>) {
    let start = Instant::now();
    let interval = if matches!(display, Display::Bar(_)) { BAR_INTERVAL } else { LINE_INTERVAL };
    while is_done.recv_timeout(interval) == Err(RecvTimeoutError::Timeout) {
        show(&display, progress, size, start.elapsed());
    }
    match display {
        Display::Bar(bar) => bar.finish_and_clear(),
        // A program that reads the lines learns how far a short run came as well.
        Display::Json => show(&display, progress, size, start.elapsed()),
        Display::Lines | Display::Nothing => {}
    }
}

fn show(display: &Display, progress: &Progress, size: u64, elapsed: Duration) {
    let value = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    let (bytes, kept, dropped) = (value(&progress.bytes_read), value(&progress.kept), value(&progress.dropped));
    let seconds = elapsed.as_secs_f64();
    let rate = bytes as f64 / 1e6 / seconds;
    match display {
        Display::Nothing => {}
        Display::Bar(bar) => {
            bar.set_position(bytes);
            bar.set_message(format!("{kept} pages kept, {dropped} dropped"));
        }
        Display::Lines => {
            let read = bytes as f64 / 1e6;
            let of_all = if size > 0 { format!(" of {:.0}", size as f64 / 1e6) } else { String::new() };
            tell(format_args!(
                "{seconds:.0} s: {read:.0}{of_all} MB read, {rate:.1} MB/s, {kept} pages kept, {dropped} dropped\n"
            ));
        }
        Display::Json => {
            let state =
                json!({ "seconds": seconds.round(), "bytes_read": bytes, "bytes": size, "kept": kept, "dropped": dropped });
            tell(format_args!("{state}\n"));
        }
    }
}
