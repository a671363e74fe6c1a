//! The command line: flags to the library's terms, progress and summary, exit status. The only place that prints.

mod args;
mod explain;
mod filters;
#[cfg(unix)]
mod interrupt;
mod progress;
mod run;
mod summary;

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::pipeline;

use args::{Args, Command};

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    Done = 0,
    Failed = 1,
    Usage = 2,
    /// Done, but some input was damaged.
    Damaged = 3,
    /// Nothing came out.
    Empty = 4,
}

/// Runs the program with the arguments it was started with.
pub fn main() -> ExitCode {
    // A panic in a stage costs one record and is told of in the corpus; nobody is helped by a trace on the terminal.
    std::panic::set_hook(Box::new(|_| {}));
    let args = Args::parse();
    let exit = std::panic::catch_unwind(|| match args.command {
        Command::Run(args) => run::run(&args),
        Command::Extract(args) => filters::extract(&args),
        Command::Language(args) => filters::language(&args),
        Command::Sentences(args) => filters::sentences(&args),
    });
    let exit = exit.unwrap_or_else(|panic| {
        let text = pipeline::text_of_panic(&*panic);
        complain(format_args!("internal error: {text}; please report it with the input that shows it"));
        Exit::Failed
    });
    ExitCode::from(exit as u8)
}

fn complain(message: impl Display) {
    tell(format_args!("corpusmill: {message}\n"));
}

/// Writes to standard error. Whether somebody listens makes no difference to the work.
fn tell(text: impl Display) {
    let _ = write!(io::stderr(), "{text}");
}

/// Worker threads where none are asked for.
fn threads(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}
