//! The runtime of every function: settings, clients, clock, telemetry, and the adapters for queues,
//! streams and schedules.
//!
//! A binary contains all endpoints and workers of its domain. `_HANDLER` (`verifications.create`) names
//! the one that this process serves. Nothing here knows what the endpoints do.

pub mod audit;
mod clients;
mod clock;
pub mod config;
mod context;
pub mod deliveries;
mod environment;
pub mod fail_point;
pub mod findings;
mod parked;
mod queues;
mod random;
mod schedule;
pub mod secrets;
pub mod stream;
pub mod telemetry;
mod worker;

use lambda_runtime::{LambdaEvent, service_fn};
use serde::{Serialize, de::DeserializeOwned};
use std::{future::Future, time::Duration};

pub use clients::Client;
pub use clock::Clock;
pub use config::Config;
pub use context::Context;
pub use deliveries::{Delivery, Judged, Verdict};
pub use environment::{ConfigError, Environment};
pub use lambda_runtime::Error;
pub use queues::{Backlog, Letter, Queue, QueueError, Queues, Redriven};
pub use random::random_bytes;
pub use schedule::{read_schedule_event, run_schedule};
pub use secrets::{Secret, SecretError, Secrets, StaleFlag};
pub use store;
pub use worker::{Running, Trigger, Worker};

/// The endpoint or worker that this process serves: the part of `_HANDLER` after the binary's name.
pub fn handler_name() -> String {
    let handler = std::env::var("_HANDLER").unwrap_or_default();
    handler.rsplit('.').next().unwrap_or_default().to_owned()
}

/// The binary that this process runs: the part of `_HANDLER` before the endpoint's name. Empty outside
/// Lambda.
pub(crate) fn binary_name() -> String {
    let handler = std::env::var("_HANDLER").unwrap_or_default();
    handler.split('.').next().unwrap_or_default().to_owned()
}

/// A bounded pause inside a request, for long polls. Retries in the store and of suppliers have their own.
#[expect(clippy::disallowed_methods, reason = "long-polls wait")]
pub async fn pause(span: std::time::Duration) {
    tokio::time::sleep(span).await;
}

/// The outcome of this work, or `None` if it takes longer. The work is dropped then.
pub async fn within<T>(span: Duration, work: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(span, work).await.ok()
}

/// Runs a worker for each event, and records the share of the timeout that it used.
///
/// The worker's future is boxed. It nests the futures of the SDK, and inline it would exceed the
/// compiler's recursion limit.
async fn each_event<E, A, F>(worker: impl Fn(E) -> F) -> Result<(), Error>
where
    E: DeserializeOwned,
    A: Serialize,
    F: Future<Output = Result<A, Error>>,
{
    let worker = &worker;
    let run = |event: LambdaEvent<E>| {
        Box::pin(async move {
            let granted = Clock::left_until(event.context.deadline);
            let answer = worker(event.payload).await;
            let used = used(granted, Clock::left_until(event.context.deadline));
            if used >= WORTH_RECORDING {
                telemetry::percent("TimeUsed", used);
            }
            answer
        })
    };
    lambda_runtime::run(service_fn(run)).await
}

/// The share of its timeout, in percent, from which on a worker's run is recorded. The alarm fires at 75;
/// below half, a line for each run would only cost.
const WORTH_RECORDING: u64 = 50;

/// The used share of the granted time, in percent.
fn used(granted: Duration, left: Duration) -> u64 {
    let gone = granted.saturating_sub(left).as_millis() * 100;
    u64::try_from(gone / granted.as_millis().max(1)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_used_time_is_a_share_of_the_timeout() {
        let seconds = Duration::from_secs;
        for (granted, left, percent) in [(30, 30, 0), (30, 3, 90), (120, 30, 75), (30, 0, 100), (0, 0, 0)] {
            assert_eq!(used(seconds(granted), seconds(left)), percent, "{left} of {granted} s left");
        }
    }
}
