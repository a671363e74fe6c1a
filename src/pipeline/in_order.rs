//! Questions answered in parallel, in their order.

use std::ops::ControlFlow;

use rayon::ThreadPoolBuilder;

use super::RunError;

/// Questions that are in memory at a time.
const BATCH: usize = 256;
/// Their bytes, from which on there is no other.
const BATCH_BYTES: u64 = 64 << 20;

/// Works on lines of text in parallel and gives the answers in the order of the questions. `weigh` tells the bytes of a question.
///
/// # Errors
/// The system gives no threads.
pub(crate) fn in_order<Q: Send, A: Send>(
    threads: usize,
    mut questions: impl Iterator<Item = Q> + Send,
    weigh: impl Fn(&Q) -> usize,
    answer: impl Fn(Q) -> A + Sync,
    mut take: impl FnMut(A) -> ControlFlow<()>,
) -> Result<(), RunError> {
    use rayon::prelude::*;
    let pool = ThreadPoolBuilder::new().num_threads(threads).build().map_err(|error| RunError::Threads { threads, error })?;
    loop {
        let batch = batch(&mut questions, &weigh);
        if batch.is_empty() {
            return Ok(());
        }
        let answers: Vec<A> = pool.install(|| batch.into_par_iter().map(&answer).collect());
        if answers.into_iter().try_for_each(&mut take).is_break() {
            return Ok(());
        }
    }
}

/// The next questions, until their number or their bytes are enough.
fn batch<Q>(questions: &mut impl Iterator<Item = Q>, weigh: impl Fn(&Q) -> usize) -> Vec<Q> {
    let mut bytes = 0;
    let mut batch = Vec::new();
    while batch.len() < BATCH && bytes < BATCH_BYTES {
        let Some(question) = questions.next() else { break };
        bytes += weigh(&question) as u64;
        batch.push(question);
    }
    batch
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_are_bounded_by_their_bytes() {
        let lines = |lengths: &[u64]| -> Vec<usize> {
            let mut lengths = lengths.iter().map(|&n| n as usize);
            std::iter::from_fn(|| Some(batch(&mut lengths, |&n| n).len()).filter(|&n| n > 0)).collect()
        };
        assert_eq!(lines(&[10; 300]), [256, 44]);
        assert_eq!(lines(&[BATCH_BYTES / 2, BATCH_BYTES / 2, 1, 2 * BATCH_BYTES, 1]), [2, 2, 1]);
        assert!(lines(&[]).is_empty());
    }
}
