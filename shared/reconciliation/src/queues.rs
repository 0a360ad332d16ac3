//! The queue of the parts of a night.

use domain::{Timestamp, reconciliation::Task};
use runtime::Queue;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Parts of nights. A gateway may be down for hours.
pub const RECONCILIATION: Queue<Part> = Queue::new("RECONCILIATION").pausing(Duration::from_mins(10));

/// A part of a night.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The beginning of the day.
    pub day: Timestamp,
    /// What is to be done.
    pub task: Task,
}
