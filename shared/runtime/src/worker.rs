//! Workers by name: what starts them, how they run, and what they read.

use crate::{Context, Error};
use std::{future::Future, pin::Pin};

/// A worker: what `_HANDLER` names beside endpoints. Made by [`crate::worker!`].
#[derive(Clone, Copy)]
pub struct Worker {
    /// The part of `_HANDLER` after the binary's name: `poll`.
    pub name: &'static str,
    /// What starts it.
    pub trigger: Trigger,
    /// Runs it in this process.
    pub run: fn(Context) -> Running,
    /// Reads an event as the worker would, without running it: why it can't be read.
    pub read: fn(&str) -> Result<(), String>,
}

/// A worker at work; it ends only with an error.
pub type Running = Pin<Box<dyn Future<Output = Result<(), Error>>>>;

/// What starts a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// Messages of the queue of this name.
    Queue(&'static str),
    /// Changes of the table of this name.
    Stream(&'static str),
    /// The time.
    Schedule,
}

/// Names a function as a worker:
///
/// - `worker!("check", each: CHECKS, check::check)`: one message of a queue at a time (`deliveries::each`);
/// - `worker!("poll", batch: POLLS, poll::poll)`: the messages of a batch together (`deliveries::batch`);
/// - `worker!("outbox", changes: OrdersChange, outbox::outbox)`: the changes of a table (`stream::run_changes`);
/// - `worker!("sweep", schedule, sweep::sweep)`: on time (`run_schedule`).
#[macro_export]
macro_rules! worker {
    ($name:literal, each: $queue:expr, $function:path) => {
        $crate::worker!($name, $queue, $crate::deliveries::each, $function)
    };
    ($name:literal, batch: $queue:expr, $function:path) => {
        $crate::worker!($name, $queue, $crate::deliveries::batch, $function)
    };
    ($name:literal, changes: $change:ty, $function:path) => {
        $crate::Worker {
            name: $name,
            trigger: $crate::Trigger::Stream(<$change as $crate::store::TableChange>::TABLE),
            run: |context| Box::pin($crate::stream::run_changes::<$change, _, _, _>(context, $function)),
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
            trigger: $crate::Trigger::Queue($queue.name()),
            run: |context| Box::pin($adapter(context, &$queue, $function)),
            read: |event| $crate::deliveries::read_event(&$queue, event),
        }
    };
}
