//! The binary of the system's functions; `_HANDLER` says which one this process is.

use runtime::Context;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::telemetry::start();
    let context = Context::from_env().await?;
    api::serve(context, system::endpoints(), &runtime::handler_name()).await
}
