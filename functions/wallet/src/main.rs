//! The binary of the wallet's functions; `_HANDLER` says which one this process is.

use runtime::{Context, stream};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::telemetry::start();
    let context = Context::from_env().await?;
    match runtime::handler_name().as_str() {
        "tally" => stream::run_changes(context, wallet::tally::tally).await,
        name => api::serve(context, wallet::endpoints(), name).await,
    }
}
