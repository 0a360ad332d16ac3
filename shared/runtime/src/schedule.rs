//! The adapter for schedules: runs a worker that needs nothing from its event.

use crate::{Context, each_event, telemetry};
use serde_json::{Map, Value};
use std::future::Future;

/// Runs a worker for each event. An error fails the invocation, which triggers the schedule's retries and
/// alarm. Successful runs are counted (`ScheduleRuns` by handler), so that an alarm fires when none
/// happen.
pub async fn run_schedule<W, F, E>(context: Context, worker: W) -> Result<(), lambda_runtime::Error>
where
    W: Fn(Context) -> F,
    F: Future<Output = Result<(), E>>,
    E: std::error::Error + Send + Sync + 'static,
{
    let (context, worker) = (&context, &worker);
    each_event(|_: Value| async move {
        worker(context.clone()).await?;
        telemetry::count_class("ScheduleRuns", &crate::handler_name(), 1);
        Ok(())
    })
    .await
}

/// Checks that an event of a schedule can be read; any object can.
pub fn read_schedule_event(event: &str) -> Result<(), String> {
    serde_json::from_str::<Map<String, Value>>(event).map(|_| ()).map_err(|error| error.to_string())
}
