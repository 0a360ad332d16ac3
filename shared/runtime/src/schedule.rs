//! Schedules: a worker that runs on time and needs nothing from its event.

use crate::{Context, each_event, telemetry};
use serde_json::{Map, Value};
use std::future::Future;

/// Runs a worker at each event. Its error fails the invocation, so that the schedule's retries and alarm see it; each run that
/// ends well is counted (`ScheduleRuns` by the handler's name), so that an alarm can ring when there are none.
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

/// Why a schedule's event can't be read; any object can.
pub fn read_schedule_event(event: &str) -> Result<(), String> {
    serde_json::from_str::<Map<String, Value>>(event).map(|_| ()).map_err(|error| error.to_string())
}
