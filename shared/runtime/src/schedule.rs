//! Schedules: a worker that runs on time and needs nothing from its event.

use crate::Context;
use lambda_runtime::{LambdaEvent, service_fn};
use std::future::Future;

/// Runs a worker at each event. Its error fails the invocation, so that the schedule's retries and alarm see it.
pub async fn run_schedule<W, F, E>(context: Context, worker: W) -> Result<(), lambda_runtime::Error>
where
    W: Fn(Context) -> F,
    F: Future<Output = Result<(), E>>,
    E: std::error::Error + Send + Sync + 'static,
{
    let (context, worker) = (&context, &worker);
    lambda_runtime::run(service_fn(move |_: LambdaEvent<serde_json::Value>| async move {
        worker(context.clone()).await.map_err(lambda_runtime::Error::from)
    }))
    .await
}
