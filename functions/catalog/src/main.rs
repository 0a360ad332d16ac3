//! The binary of the catalog's functions; `_HANDLER` says which one this process is.

use runtime::{Context, run_schedule};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::telemetry::start();
    let context = Context::from_env().await?;
    match runtime::handler_name().as_str() {
        "refresh" => run_schedule(context, catalog::refresh::refresh).await,
        name => api::serve(context, catalog::endpoints(), name).await,
    }
}
