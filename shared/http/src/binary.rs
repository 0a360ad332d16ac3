//! A domain: the endpoints and workers of one binary, and its start. Tests and documents use the same
//! values.

use crate::{
    endpoint::{Endpoint, serve},
    problem::Code,
};
use runtime::{Context, Worker, telemetry};

/// A part of the product with its own binary.
pub struct Domain {
    /// The binary's name: the part of `_HANDLER` before the dot, and the tag of the domain's operations.
    pub name: &'static str,
    /// A description of the operations, in CommonMark.
    pub about: &'static str,
    /// The endpoints, in the order of the document.
    pub endpoints: &'static [Endpoint],
    /// The codes that the domain declares with [`problems!`](crate::problems!).
    pub codes: &'static [&'static Code],
    /// The workers.
    pub workers: &'static [Worker],
}

/// An API: a set of routes with its own document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// The API for customers.
    Public,
    /// The API for staff, which has a gateway of its own.
    Staff,
    /// Events of outside systems, each with a function URL of its own. They have no document.
    Hooks,
}

/// Runs the endpoint or worker of this domain that `_HANDLER` names. A binary's `main` does nothing else.
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
