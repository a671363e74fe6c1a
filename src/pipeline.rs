//! Many records through all stages, on all cores, in order.

mod in_order;
mod line;
mod window;

use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range, RangeInclusive};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::{ScopeFifo, ThreadPool, ThreadPoolBuilder};

use crate::corpus::{Corpus, CorpusError, FinishedShard, RunFacts, Shard};
use crate::document::{Damage, Record};
use crate::ingest::{self, Finding, Input, Plan};
use crate::report::{Efforts, Tally};
pub(crate) use in_order::in_order;
pub(crate) use line::text_of_panic;
pub use line::{Line, Outcome};
use window::{Alarm, RECORD_OVERHEAD, Window, weight};

/// Workers for which it is enough that one more shard is worked on: reading takes an eighth of the work on a page.
const WORKERS_OF_LANE: usize = 4;
/// Shards that are worked on at a time with few workers, and with any number of them: each has half a dozen files open.
const LANES: RangeInclusive<usize> = 4..=32;

/// How far a run has come; to be looked at from another thread.
#[derive(Debug, Default)]
pub struct Progress {
    /// Bytes taken from the inputs.
    pub bytes_read: AtomicU64,
    /// Documents so far.
    pub kept: AtomicU64,
    /// Rejections of records that could have held a page.
    pub dropped: AtomicU64,
}

/// How to run.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Worker threads.
    pub threads: usize,
    /// Ends the reading behind this many records that can hold a page.
    pub limit: Option<u64>,
}

/// Why a run ended without a corpus.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The corpus cannot be written.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The system gives no threads.
    #[error("cannot start {threads} worker threads: {error}; try fewer with -j")]
    Threads {
        /// How many were asked for.
        threads: usize,
        /// What the system says.
        error: rayon::ThreadPoolBuildError,
    },
}

/// Reads everything that is planned, and writes the corpus.
///
/// # Errors
/// The corpus cannot be written, or there are no threads to be had.
pub fn run(
    plan: &Plan,
    line: &Line,
    corpus: &Corpus,
    facts: &RunFacts,
    settings: Settings,
    progress: &Progress,
) -> Result<Tally, RunError> {
    let threads = settings.threads;
    let pool = ThreadPoolBuilder::new().num_threads(threads).build().map_err(|error| RunError::Threads { threads, error })?;
    // A limit is counted over all inputs in their order, so they are read one after the other.
    let lanes = if settings.limit.is_some() { 1 } else { lanes_for(threads) };
    let job = Job {
        plan,
        line,
        corpus,
        progress,
        pool,
        window: Window::for_workers(threads),
        left: AtomicU64::new(settings.limit.unwrap_or(u64::MAX)),
        next: AtomicUsize::new(0),
        failed: AtomicBool::new(false),
    };
    let mut shards = job.all_shards(lanes)?;
    shards.sort_by_key(|(index, ..)| *index);
    let mut tally = Tally::default();
    plan.damage.iter().for_each(|damage| tally.count_damage(damage));
    let mut finished = Vec::new();
    for (_, shard, counts) in shards {
        tally.merge(counts);
        finished.push(shard);
    }
    corpus.finish(finished, &plan.damage, facts, &tally)?;
    Ok(tally)
}

fn lanes_for(workers: usize) -> usize {
    (workers / WORKERS_OF_LANE).clamp(*LANES.start(), *LANES.end()).min(workers)
}

type ShardResult = (usize, FinishedShard, Tally);

struct Job<'a> {
    plan: &'a Plan,
    line: &'a Line,
    corpus: &'a Corpus,
    progress: &'a Progress,
    pool: ThreadPool,
    window: Window,
    /// Records that may still be read of those that can hold a page.
    left: AtomicU64,
    next: AtomicUsize,
    failed: AtomicBool,
}

/// What reading or working on a record came to, with its number in the shard and its bytes in the window.
struct Arrival {
    number: u64,
    bytes: u64,
    what: Arrived,
}

enum Arrived {
    Outcome(Outcome, Efforts),
    Damage(Damage),
}

impl Job<'_> {
    fn all_shards(&self, lanes: usize) -> Result<Vec<ShardResult>, CorpusError> {
        let shards: Mutex<Vec<ShardResult>> = Mutex::default();
        let outcomes: Vec<Result<(), CorpusError>> = std::thread::scope(|scope| {
            let lanes: Vec<_> = (0..lanes).map(|_| scope.spawn(|| self.lane(&shards))).collect();
            lanes.into_iter().map(|lane| lane.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
        });
        outcomes.into_iter().collect::<Result<(), _>>()?;
        Ok(shards.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Works on one shard after the other.
    fn lane(&self, shards: &Mutex<Vec<ShardResult>>) -> Result<(), CorpusError> {
        loop {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(inputs) = self.plan.shards.get(index) else { return Ok(()) };
            let _alarm = self.alarm();
            if self.failed.load(Ordering::Relaxed) {
                return Ok(());
            }
            let result = self.shard(index, inputs.clone());
            self.failed.fetch_or(result.is_err(), Ordering::Relaxed);
            lock(shards).push(result?);
        }
    }

    fn shard(&self, index: usize, inputs: Range<usize>) -> Result<ShardResult, CorpusError> {
        let shard = self.corpus.shard(index)?;
        let (sender, receiver) = channel();
        let inputs = &self.plan.inputs[inputs];
        let (read, written) = std::thread::scope(|scope| {
            let read = || self.pool.in_place_scope_fifo(|workers| self.read_inputs(inputs, workers, sender));
            let reader = scope.spawn(read);
            let written = self.write(shard, receiver);
            (reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), written)
        });
        let (shard, mut tally) = written?;
        tally.merge(read);
        Ok((index, shard.commit()?, tally))
    }

    fn alarm(&self) -> Alarm<'_> {
        Alarm { failed: &self.failed, window: &self.window }
    }

    /// Counts what it reads, on its own account: what is written is counted by the writer.
    fn read_inputs<'scope>(&'scope self, inputs: &[Input], workers: &ScopeFifo<'scope>, sender: Sender<Arrival>) -> Tally {
        let _alarm = self.alarm();
        let mut tally = Tally::default();
        let mut number = 0;
        for input in inputs {
            let mut take = |finding: Finding| {
                number += 1;
                self.take(finding, number, workers, &sender, &mut tally)
            };
            if ingest::read(input, &self.progress.bytes_read, &mut take).is_break() {
                break;
            }
        }
        tally
    }

    /// Hands a finding on, as soon as there is room for it.
    fn take<'scope>(
        &'scope self,
        finding: Finding,
        number: u64,
        workers: &ScopeFifo<'scope>,
        sender: &Sender<Arrival>,
        tally: &mut Tally,
    ) -> ControlFlow<()> {
        if self.failed.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        match finding {
            Finding::Damage(damage) => {
                let bytes = self.window.enter(damage.detail.len() as u64 + RECORD_OVERHEAD);
                send(sender, Arrival { number, bytes, what: Arrived::Damage(damage) });
            }
            Finding::Record(record) if !self.admits(&record) => return ControlFlow::Break(()),
            Finding::Record(record) => {
                tally.count_read(&record.origin.source);
                let bytes = self.window.enter(weight(&record));
                let sender = sender.clone();
                workers.spawn_fifo(move |_| {
                    let (outcome, efforts) = self.line.run(record);
                    send(&sender, Arrival { number, bytes, what: Arrived::Outcome(outcome, efforts) });
                });
            }
        }
        ControlFlow::Continue(())
    }

    /// Whether a record may still be read; one that can hold a page is counted.
    fn admits(&self, record: &Record) -> bool {
        let left = self.left.load(Ordering::Relaxed);
        if left > 0 {
            self.left.store(left - u64::from(record.kind.may_be_page()), Ordering::Relaxed);
        }
        left > 0
    }

    /// Writes arrivals in the order of their numbers. Behind an error it goes on taking, so that nobody waits for room.
    fn write(&self, mut shard: Shard, arrivals: Receiver<Arrival>) -> Result<(Shard, Tally), CorpusError> {
        let _alarm = self.alarm();
        let mut tally = Tally::default();
        let mut early: BTreeMap<u64, Arrival> = BTreeMap::new();
        let mut next = 1;
        let mut outcome = Ok(());
        for arrival in arrivals {
            early.insert(arrival.number, arrival);
            while let Some(arrival) = early.remove(&next) {
                next += 1;
                if outcome.is_ok() {
                    outcome = self.write_one(&mut shard, &mut tally, &arrival.what);
                    self.failed.fetch_or(outcome.is_err(), Ordering::Relaxed);
                }
                self.window.leave(arrival.bytes);
            }
        }
        outcome.map(|()| (shard, tally))
    }

    fn write_one(&self, shard: &mut Shard, tally: &mut Tally, what: &Arrived) -> Result<(), CorpusError> {
        match what {
            Arrived::Damage(damage) => {
                tally.count_damage(damage);
                shard.damage(damage)
            }
            Arrived::Outcome(Outcome::Kept(document), efforts) => {
                tally.count_kept(document);
                tally.add_efforts(efforts);
                self.progress.kept.fetch_add(1, Ordering::Relaxed);
                shard.keep(document)
            }
            Arrived::Outcome(Outcome::Rejected(rejection), efforts) => {
                tally.count_rejected(rejection);
                tally.add_efforts(efforts);
                self.progress.dropped.fetch_add(u64::from(rejection.reason.is_of_page()), Ordering::Relaxed);
                shard.reject(rejection)
            }
        }
    }
}

/// The receiver outlives all senders, but for a panic in the writer, which is on its way up already.
fn send(sender: &Sender<Arrival>, arrival: Arrival) {
    let _ = sender.send(arrival);
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
