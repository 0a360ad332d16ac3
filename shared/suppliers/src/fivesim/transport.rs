//! The transport: sends requests built by [`super::wire`] and passes the answers to its parsers.
//!
//! Owns the key, deadlines, size limits, the retries of reads, and the classification of transport
//! failures. Every call ends with one `tracing` event (target `supplier_call`; fields `supplier`,
//! `operation`, `outcome`, `attempts`, `elapsed_ms`, `fault`), and a failed call with a metric of
//! its kind. No event contains a phone number, a text or the key.

use super::wire::{Answer, Call};
use crate::error::{Fault, SupplierError};
use backon::{BackoffBuilder, ExponentialBuilder};
use https::{BaseUrl, Lost, exchange};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use runtime::StaleFlag;
use secrecy::{ExposeSecret, SecretString};
use std::time::{Duration, Instant};
use thiserror::Error;

const MOST_ATTEMPTS: usize = 3;
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The size class of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    /// Not a list.
    Short,
    /// A page of orders with their messages.
    Page,
    /// A complete list: all prices are several megabytes.
    List,
}

impl Length {
    /// The limit in bytes, far above real answers.
    const fn largest(self) -> usize {
        match self {
            Self::Short => 1 << 20,
            Self::Page => 4 << 20,
            Self::List => 16 << 20,
        }
    }
}

/// Deadlines of calls. They include the connection, whose own timeout the HTTP client sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// For a purchase. Kept below the time after which a purchase without an answer is checked.
    pub buy: Duration,
    /// For finish, cancel and ban.
    pub action: Duration,
    /// For one attempt of a read.
    pub read: Duration,
    /// For one attempt of a list that may be megabytes (prices, products, countries).
    pub list: Duration,
    /// For all attempts of a read together, which cuts the last one short; at least the deadline of
    /// one attempt.
    pub retrying: Duration,
    /// The longest pause before the first retry, and half the longest pause before the second.
    pub pause: Duration,
}

impl Deadlines {
    /// The deadlines of a client that was given no others.
    pub const USUAL: Self = Self {
        buy: Duration::from_secs(8),
        action: Duration::from_secs(5),
        read: Duration::from_secs(5),
        list: Duration::from_secs(15),
        retrying: Duration::from_secs(8),
        pause: Duration::from_millis(150),
    };
}

/// Why the client can't be built: a setting is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BuildError {
    /// The base URL is invalid, has a user, a query or a fragment, or is plain `http` to another
    /// host than loopback.
    #[error("the 5SIM base URL must be https (http only to a loopback address), without user, query or fragment")]
    BaseUrl,
    /// The key is empty or not a valid header value.
    #[error("the 5SIM key is empty or holds characters that no key has")]
    ApiKey,
}

/// The transport to 5SIM for one account.
#[derive(Clone, Debug)]
pub(super) struct Transport {
    /// The supplier's identifier.
    pub(super) supplier: &'static str,
    base: BaseUrl,
    bearer: HeaderValue,
    http: reqwest::Client,
    pub(super) deadlines: Deadlines,
    pub(super) stale_key: StaleFlag,
}

impl Transport {
    pub(super) fn new(base_url: &str, api_key: &SecretString, http: reqwest::Client) -> Result<Self, BuildError> {
        let base = BaseUrl::parse(base_url).map_err(|_| BuildError::BaseUrl)?;
        let key = api_key.expose_secret().trim();
        let mut bearer = HeaderValue::from_str(&format!("Bearer {key}")).map_err(|_| BuildError::ApiKey)?;
        bearer.set_sensitive(true);
        if key.is_empty() {
            return Err(BuildError::ApiKey);
        }
        Ok(Self {
            supplier: super::ID,
            base,
            bearer,
            http,
            deadlines: Deadlines::USUAL,
            stale_key: StaleFlag::default(),
        })
    }

    /// Sends a read, and retries it within its deadline if the network failed.
    pub(super) async fn read<T>(
        &self,
        operation: &'static str,
        length: Length,
        path: Result<String, SupplierError>,
        parse: impl Fn(&Answer<'_>) -> Result<T, SupplierError>,
    ) -> Result<T, SupplierError> {
        let deadline = if length == Length::List { self.deadlines.list } else { self.deadlines.read };
        let mut call = Observed::new(self.supplier, operation);
        let path = match path {
            Ok(path) => path,
            Err(error) => return call.end(Err(error)),
        };
        let until = call.started + self.deadlines.retrying.max(deadline);
        let mut pauses = self.pauses();
        loop {
            call.attempts += 1;
            let left = deadline.min(until.saturating_duration_since(Instant::now()));
            let result = self.ask(&path, Call::Read, left, length, &parse).await;
            let may_retry = matches!(&result, Err(error) if is_passing(error));
            let wait = pauses.next().filter(|wait| may_retry && Instant::now() + *wait < until);
            let Some(wait) = wait else { return call.end(result) };
            #[expect(clippy::disallowed_methods, reason = "a bounded pause between two attempts of a read")]
            tokio::time::sleep(wait).await;
        }
    }

    /// Sends a request that changes something, once.
    pub(super) async fn act<T>(
        &self,
        operation: &'static str,
        path: Result<String, SupplierError>,
        kind: Call,
        deadline: Duration,
        parse: impl Fn(&Answer<'_>) -> Result<T, SupplierError>,
    ) -> Result<T, SupplierError> {
        let mut call = Observed::new(self.supplier, operation);
        let result = match path {
            Ok(path) => {
                call.attempts = 1;
                self.ask(&path, kind, deadline, Length::Short, &parse).await
            }
            Err(error) => Err(error),
        };
        call.end(result)
    }

    /// Sends one request and parses its answer.
    async fn ask<T>(
        &self,
        path: &str,
        call: Call,
        deadline: Duration,
        length: Length,
        parse: impl Fn(&Answer<'_>) -> Result<T, SupplierError>,
    ) -> Result<T, SupplierError> {
        let mut request = self.http.get(self.base.of(path)).timeout(deadline).header(ACCEPT, JSON);
        if path.starts_with("/user/") {
            request = request.header(AUTHORIZATION, self.bearer.clone());
        }
        let answer = exchange(request, length.largest()).await.map_err(|lost| unsettled(lost, call))?;
        let result = parse(&Answer {
            status: answer.status.as_u16(),
            content_type: answer.header(CONTENT_TYPE),
            retry_after: answer.retry_after(),
            body: &answer.body,
        });
        if matches!(result, Err(SupplierError::Unauthorized)) {
            self.stale_key.raise();
        }
        result
    }

    /// The pauses between the attempts of one read: each is drawn from a span that doubles.
    fn pauses(&self) -> impl Iterator<Item = Duration> + use<> {
        let pauses = ExponentialBuilder::new().with_min_delay(self.deadlines.pause / 2).with_jitter();
        pauses.with_max_times(MOST_ATTEMPTS - 1).build()
    }
}

/// Whether a retry of a read may succeed soon. After a timeout there is no time for another
/// attempt.
fn is_passing(error: &SupplierError) -> bool {
    matches!(
        error,
        SupplierError::Refused | SupplierError::Unavailable { fault: Fault::Connection | Fault::Status(502..=504) }
    )
}

fn unsettled(lost: Lost, call: Call) -> SupplierError {
    match lost {
        Lost::NotReached => SupplierError::Refused,
        Lost::Unanswered(fault) => call.unsettled(fault),
    }
}

/// A call in progress, for the event at its end.
struct Observed {
    supplier: &'static str,
    operation: &'static str,
    started: Instant,
    attempts: u32,
}

impl Observed {
    fn new(supplier: &'static str, operation: &'static str) -> Self {
        Self { supplier, operation, started: Instant::now(), attempts: 0 }
    }

    fn end<T>(self, result: Result<T, SupplierError>) -> Result<T, SupplierError> {
        if let Err(error) = &result
            && !error.is_state_report()
        {
            tracing::info!(target: "metric", name = "SupplierErrors", value = 1_u64, unit = "Count", class = error.kind());
        }
        let outcome = result.as_ref().err().map_or("ok", SupplierError::kind);
        let elapsed_ms = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(
            target: "supplier_call",
            supplier = self.supplier,
            operation = self.operation,
            outcome,
            attempts = self.attempts,
            elapsed_ms,
            fault = result.as_ref().err().and_then(fault_of).map(tracing::field::display),
            "supplier call"
        );
        result
    }
}

/// The part of an error that [`SupplierError::kind`] leaves out.
fn fault_of(error: &SupplierError) -> Option<&Fault> {
    match error {
        SupplierError::OutcomeUnknown { fault } | SupplierError::Unavailable { fault } => Some(fault),
        _ => None,
    }
}
