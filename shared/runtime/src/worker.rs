//! Named workers: their triggers, and how they run.

use crate::{Context, Error};
use std::{future::Future, pin::Pin, time::Duration};

/// A worker that `_HANDLER` can name. Made by [`crate::worker!`].
#[derive(Clone, Copy)]
pub struct Worker {
    /// The part of `_HANDLER` after the binary's name, such as `poll`.
    pub name: &'static str,
    /// What triggers the worker.
    pub trigger: Trigger,
    /// Runs the worker in this process.
    pub run: fn(Context) -> Running,
    /// Checks that the worker can read an event, without running it.
    pub read: fn(&str) -> Result<(), String>,
}

/// A running worker; it ends only with an error.
pub type Running = Pin<Box<dyn Future<Output = Result<(), Error>>>>;

/// What triggers a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// Messages of the queue with this name.
    Queue {
        /// The queue's name.
        name: &'static str,
        /// The longest pause before a message is delivered again.
        longest_pause: Duration,
    },
    /// Changes of the table with this name.
    Stream(&'static str),
    /// A schedule.
    Schedule,
}

/// Makes a [`Worker`] of a function:
///
/// - `worker!("check", each: CHECKS, check::check)`: takes single messages (`deliveries::each`);
/// - `worker!("poll", batch: POLLS, poll::poll)`: takes a batch of messages (`deliveries::batch`);
/// - `worker!("outbox", changes: OrdersChange, outbox::outbox)`: takes changes of a table
///   (`stream::run_changes`);
/// - `worker!("copy", batches: AuditChange, copy::copy)`: takes batches of changes of a table
///   (`stream::run_batches`);
/// - `worker!("sweep", schedule, sweep::sweep)`: runs on a schedule (`run_schedule`).
#[macro_export]
macro_rules! worker {
    ($name:literal, each: $queue:expr, $function:path) => {
        $crate::worker!($name, $queue, $crate::deliveries::each, $function)
    };
    ($name:literal, batch: $queue:expr, $function:path) => {
        $crate::worker!($name, $queue, $crate::deliveries::batch, $function)
    };
    ($name:literal, changes: $change:ty, $function:path) => {
        $crate::worker!($name, stream $change, run_changes, $function)
    };
    ($name:literal, batches: $change:ty, $function:path) => {
        $crate::worker!($name, stream $change, run_batches, $function)
    };
    ($name:literal, stream $change:ty, $adapter:ident, $function:path) => {
        $crate::Worker {
            name: $name,
            trigger: $crate::Trigger::Stream(<$change as $crate::store::TableChange>::TABLE),
            run: |context| Box::pin($crate::stream::$adapter::<$change, _, _, _>(context, $function)),
            read: $crate::stream::read_event::<$change>,
        }
    };
    ($name:literal, schedule, $function:path) => {
        $crate::Worker {
            name: $name,
            trigger: $crate::Trigger::Schedule,
            run: |context| Box::pin($crate::run_schedule(context, $function)),
            read: $crate::read_schedule_event,
        }
    };
    ($name:literal, $queue:expr, $adapter:path, $function:path) => {
        $crate::Worker {
            name: $name,
            trigger: $crate::Trigger::Queue { name: $queue.name(), longest_pause: $queue.longest_pause() },
            run: |context| Box::pin($adapter(context, &$queue, $function)),
            read: |event| $crate::deliveries::read_event(&$queue, event),
        }
    };
}
