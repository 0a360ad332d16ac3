//! A domain: what one binary serves, and how it starts. Tests and documents go through the same values.

use crate::{
    endpoint::{Endpoint, serve},
    problem::Code,
};
use runtime::{Context, Worker, telemetry};

/// A part of the product, with a binary of its own.
pub struct Domain {
    /// The binary's name: the part of `_HANDLER` before the point, and the tag of the domain's operations.
    pub name: &'static str,
    /// What its operations are about, in CommonMark.
    pub about: &'static str,
    /// The API that its endpoints belong to.
    pub api: Api,
    /// Its endpoints, in the order in which a reader meets them.
    pub endpoints: &'static [Endpoint],
    /// The codes that it declares with [`problems!`](crate::problems!).
    pub codes: &'static [&'static Code],
    /// Its workers.
    pub workers: &'static [Worker],
}

/// An API: a set of routes with a document of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// What customers use.
    Public,
}

/// Runs the endpoint or worker of this domain that `_HANDLER` names. All of a binary's `main`.
pub fn main(domain: &'static Domain) -> Result<(), runtime::Error> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(run(domain))
}

async fn run(domain: &'static Domain) -> Result<(), runtime::Error> {
    telemetry::start();
    let context = Context::from_env().await?;
    let name = runtime::handler_name();
    if let Some(worker) = domain.workers.iter().find(|worker| worker.name == name) {
        return (worker.run)(context).await;
    }
    let endpoint = domain.endpoints.iter().find(|endpoint| endpoint.name == name);
    let endpoint = endpoint.ok_or_else(|| format!("{} has no endpoint or worker named {name:?}", domain.name))?;
    serve(context, *endpoint).await
}
