//! Shared counters. A marker in the same transaction ensures that each event is counted once.

use crate::{
    StoreError,
    keys::Key,
    table::Table,
    transact::{as_update, as_write, collided, condition_failed, permanent_error, transact},
};
use aws_sdk_dynamodb::types::{Put, Update};
use backon::{BackoffBuilder, ExponentialBuilder};
use domain::Timestamp;
use serde::Serialize;
use std::time::Duration;

/// The lifetime of a marker: longer than a stream's retention (24 h).
const MARKERS_KEPT: Duration = Duration::from_hours(7 * 24);
/// The pauses after a collision with another count of the same item.
const PAUSES: ExponentialBuilder = ExponentialBuilder::new()
    .with_min_delay(Duration::from_millis(10))
    .with_max_delay(Duration::from_millis(80))
    .with_max_times(6)
    .with_jitter();

/// The empty body of a marker.
#[derive(Serialize)]
struct Marker {}

/// The write of a marker, which fails if the event was counted before.
pub(crate) fn marker(table: Table<'_>, key: &Key, at: Timestamp) -> Result<Put, StoreError> {
    table.absent_put(key, &Marker {}, Some(at.plus(MARKERS_KEPT).epoch_seconds()))
}

/// Raises counters, or returns `false` if the marker exists. Updates of shared counters may collide; a
/// collision is retried a few times after a random pause.
pub(crate) async fn count_once(table: Table<'_>, marker: Put, counters: Vec<Update>) -> Result<bool, StoreError> {
    let counters = counters.into_iter().map(as_update);
    let writes: Vec<_> = std::iter::once(as_write(marker)).chain(counters).collect();
    let mut pauses = PAUSES.build();
    loop {
        let Some(reasons) = transact(table.client(), writes.clone()).await? else { return Ok(true) };
        // The marker is the first write.
        if reasons.first().is_some_and(condition_failed) {
            return Ok(false);
        }
        if !reasons.iter().any(collided) {
            return Err(reasons.iter().find_map(permanent_error).unwrap_or(StoreError::Conflict));
        }
        let Some(pause) = pauses.next() else { return Err(StoreError::Busy) };
        crate::pause(pause).await;
    }
}
