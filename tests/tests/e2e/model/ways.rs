//! How an act runs: plainly, over a faulty network, twice at once, or until it dies.

use super::chance::Chance;
use namaskah_tests::faults::Fault;
use std::{
    future::{Future, poll_fn},
    task::Poll,
};

/// How an act runs.
#[derive(Clone, Debug)]
pub enum Way {
    Plain,
    /// The next transactions have these faults.
    Faulty(Vec<Fault>),
    /// It dies when it has to wait for the so-manieth time, as a function does whose process is killed.
    Killed(u32),
    Twice,
}

impl Way {
    pub fn random(chance: &mut Chance) -> Self {
        match chance.below(9) {
            0 | 1 => Self::Faulty(faults(chance)),
            2 | 3 => Self::Killed(u32::try_from(chance.between(0, 12)).expect("a small number")),
            4 | 5 => Self::Twice,
            _ => Self::Plain,
        }
    }
}

fn faults(chance: &mut Chance) -> Vec<Fault> {
    let all = [Fault::Passes, Fault::Throttled, Fault::Cancelled, Fault::LostBefore, Fault::LostAfter];
    let first = [Fault::LostAfter, Fault::LostAfter, Fault::LostBefore, Fault::Throttled, Fault::Cancelled];
    let more = chance.below(4);
    let mut faults = vec![chance.of(&first).expect("a fault")];
    faults.extend((0..more).filter_map(|_| chance.of(&all)));
    faults
}

/// What a future returns, unless it must wait more often than this. Then it is dropped where it is.
pub async fn unless_killed<F: Future>(future: F, waits: u32) -> Option<F::Output> {
    let mut future = Box::pin(future);
    let mut left = waits;
    poll_fn(move |context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending if left == 0 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}
