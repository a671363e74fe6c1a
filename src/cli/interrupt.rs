//! What is told of a run that is interrupted.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use signal_hook::consts::{SIGINT, SIGTERM, SIGXFSZ};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::{complain, tell};
use crate::corpus;

/// From now on a signal that ends the run says first what that means for the folder. The run still ends by the signal, so
/// that a shell stops as well, and without a word if there are no threads to be had. A file that may not become longer is an error of
/// the one who writes it.
pub(super) fn told(folder: &Path) {
    let folder = folder.to_path_buf();
    let (ready, is_ready) = channel::<()>();
    let _ = thread::Builder::new().spawn(move || listen(&folder, ready));
    // It is dropped when the thread listens, or is not to be had.
    let _ = is_ready.recv();
}

fn listen(folder: &Path, ready: Sender<()>) {
    let heard = [SIGINT, SIGTERM, SIGXFSZ].into_iter().filter(|&signal| !is_ignored(signal));
    let Ok(mut signals) = Signals::new(heard) else { return };
    drop(ready);
    for signal in signals.forever().filter(|&signal| signal != SIGXFSZ) {
        if io::stderr().is_terminal() {
            // Below the bar.
            tell("\n");
        }
        let found = if corpus::is_whole(folder) { "the whole corpus that was there" } else { "no corpus" };
        complain(format_args!(
            "interrupted; {} holds {found}; the next run there begins anew, and removes what is unfinished",
            folder.display()
        ));
        let _ = emulate_default_handler(signal);
    }
}

/// Whether the run was started so that a signal does not end it, as shells do in the background. Only Linux tells.
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}
