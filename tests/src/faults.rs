//! A faulty network between the store and the database, below the SDK's retries.

use aws_smithy_runtime_api::client::{
    http::{
        HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
    },
    orchestrator::{HttpRequest, HttpResponse},
    result::ConnectorError,
    runtime_components::RuntimeComponents,
};
use aws_smithy_types::body::SdkBody;
use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// How many networks this process has made.
static NETWORKS: AtomicU64 = AtomicU64::new(0);

/// The fault of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// None: the request is executed and answered.
    Passes,
    /// The database throttles the request, which has no effect.
    Throttled,
    /// The database cancels the transaction because an item is throttled; it has no effect.
    Cancelled,
    /// The request is lost and has no effect.
    LostBefore,
    /// The request is executed, and its answer is lost.
    LostAfter,
}

/// A network with planned faults for the next transactions and the reads after them. Everything else passes.
#[derive(Clone, Debug)]
pub struct FaultyNetwork {
    number: u64,
    inner: SharedHttpClient,
    plan: Arc<Mutex<Plan>>,
}

#[derive(Debug)]
struct FaultyConnector {
    inner: SharedHttpConnector,
    plan: Arc<Mutex<Plan>>,
}

#[derive(Debug)]
struct Plan {
    transactions: VecDeque<Fault>,
    reads_lost_then: usize,
}

impl Plan {
    /// The fault of the next request of this operation.
    fn next(&mut self, operation: &str) -> Option<Fault> {
        match operation {
            "TransactWriteItems" => self.transactions.pop_front(),
            "GetItem" if self.transactions.is_empty() && self.reads_lost_then > 0 => {
                self.reads_lost_then -= 1;
                Some(Fault::LostBefore)
            }
            _ => None,
        }
    }
}

impl FaultyNetwork {
    /// Plans one fault for each of the next transactions.
    pub fn new(plan: impl IntoIterator<Item = Fault>) -> Self {
        let inner = aws_smithy_http_client::Builder::new().build_http();
        let plan = Plan { transactions: plan.into_iter().collect(), reads_lost_then: 0 };
        Self { number: NETWORKS.fetch_add(1, Ordering::Relaxed), inner, plan: Arc::new(Mutex::new(plan)) }
    }

    /// A name that no other network of this process has.
    pub fn name(&self) -> String {
        format!("faulty network {}", self.number)
    }

    /// Loses this many reads of single items after the transactions.
    #[must_use]
    pub fn then_reads_lost(self, reads: usize) -> Self {
        locked(&self.plan).reads_lost_then = reads;
        self
    }

    /// The number of planned faults that did not happen.
    pub fn left(&self) -> usize {
        let plan = locked(&self.plan);
        plan.transactions.len() + plan.reads_lost_then
    }
}

impl HttpClient for FaultyNetwork {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(FaultyConnector { inner, plan: Arc::clone(&self.plan) })
    }
}

impl HttpConnector for FaultyConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default();
        let fault = locked(&self.plan).next(operation);
        match fault {
            None | Some(Fault::Passes) => self.inner.call(request),
            Some(Fault::LostBefore) => HttpConnectorFuture::ready(Err(lost())),
            Some(Fault::Throttled) => HttpConnectorFuture::ready(Ok(refusal(THROTTLED))),
            Some(Fault::Cancelled) => HttpConnectorFuture::ready(Ok(refusal(CANCELLED))),
            Some(Fault::LostAfter) => {
                let answer = self.inner.call(request);
                HttpConnectorFuture::new(async move {
                    answer.await?;
                    Err(lost())
                })
            }
        }
    }
}

fn locked(plan: &Mutex<Plan>) -> MutexGuard<'_, Plan> {
    plan.lock().unwrap_or_else(PoisonError::into_inner)
}

fn lost() -> ConnectorError {
    ConnectorError::io("the connection was reset".into())
}

const THROTTLED: &str = r#"{"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException", "message": "slow down"}"#;
const CANCELLED: &str = r#"{"__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
    "Message": "cancelled", "CancellationReasons": [{"Code": "None"}, {"Code": "ThrottlingError", "Message": "slow down"}]}"#;

fn refusal(body: &'static str) -> HttpResponse {
    HttpResponse::new(400_u16.try_into().expect("a status"), SdkBody::from(body))
}
