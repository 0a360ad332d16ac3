//! The binary of the verifications' functions; `_HANDLER` says which one this process is.

use runtime::{Context, deliveries, run_schedule, stream};
use verifications::{check, endpoints, outbox, poll, queues, sweep};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::telemetry::start();
    let context = Context::from_env().await?;
    match runtime::handler_name().as_str() {
        "outbox" => stream::run_changes(context, outbox::outbox).await,
        "poll" => deliveries::batch(context, &queues::POLLS, poll::poll).await,
        "check" => deliveries::each(context, &queues::CHECKS, check::check).await,
        "sweep" => run_schedule(context, sweep::sweep).await,
        name => api::serve(context, endpoints(), name).await,
    }
}
