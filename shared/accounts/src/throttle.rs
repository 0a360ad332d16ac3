//! Counts of what a stranger may try for an address. They fail closed: without the count there is no answer.

use crate::Client;
use domain::{
    EmailAddress, Timestamp, UserId,
    access::SecretHash,
    account::{
        ATTEMPTS_WINDOW, FAILURES_OF_NETWORK, FAILURES_OF_PAIR, LETTERS_OF_ADDRESS, LETTERS_OF_NETWORK,
        LETTERS_OF_PAIR, LETTERS_WINDOW, WRONG_CODES, pause_of_sign_in,
    },
};
use runtime::{Context, telemetry};
use std::time::Duration;
use store::{Counter, CounterState, Full, StoreError};
use thiserror::Error;

/// Too many requests for an address, or of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("too many requests until {until}")]
pub struct TooMany {
    /// When the next one is accepted.
    pub until: Timestamp,
}

impl From<Full> for TooMany {
    fn from(Full { until }: Full) -> Self {
        Self { until }
    }
}

/// A sign-in that counts as failed until it succeeds.
pub(crate) struct Attempt {
    counted: Vec<(Counter, CounterState)>,
    /// The pause before its answer.
    pub(crate) pause: Duration,
}

impl Attempt {
    /// Counts a sign-in to this address.
    pub(crate) async fn count(
        context: &Context,
        email: &EmailAddress,
        client: &Client,
    ) -> Result<Result<Self, TooMany>, StoreError> {
        let (address, network, window) = (hidden(email), client.network(), ATTEMPTS_WINDOW);
        let pair = Counter { name: format!("signin#{address}#{network}"), most: FAILURES_OF_PAIR, window };
        let whole = Counter { name: format!("signin#{network}"), most: FAILURES_OF_NETWORK, window };
        let mut counted = match count_client(context, client, "failed_sign_ins", pair, whole).await? {
            Ok(counted) => counted,
            Err(too_many) => return Ok(Err(too_many)),
        };
        // Without a limit: the address is slowed down, never refused.
        let address = Counter { name: format!("signin#{address}"), most: u32::MAX, window };
        let mut pause = Duration::ZERO;
        if let Ok(state) = context.store().limits().count(&address, context.now()).await? {
            pause = pause_of_sign_in(state.count);
            counted.push((address, state));
        }
        Ok(Ok(Self { counted, pause }))
    }

    /// Takes the counts back after a success.
    pub(crate) async fn take_back(&self, context: &Context) -> Result<(), StoreError> {
        for (counter, state) in &self.counted {
            context.store().limits().take_back(counter, *state).await?;
        }
        Ok(())
    }
}

/// Counts a code of this person, which counts as wrong until it is accepted.
pub(crate) async fn code(context: &Context, user: &UserId) -> Result<Result<Attempt, TooMany>, StoreError> {
    let counter = Counter { name: format!("code#{user}"), most: WRONG_CODES, window: ATTEMPTS_WINDOW };
    let state = context.store().limits().count(&counter, context.now()).await?;
    let attempt = state.map(|state| Attempt { counted: vec![(counter, state)], pause: Duration::ZERO });
    Ok(attempt.map_err(|full| rejected("wrong_codes", "account", full)))
}

/// Counts a letter that somebody orders for this address. Returns whether it is sent.
pub(crate) async fn letter(
    context: &Context,
    email: &EmailAddress,
    client: &Client,
) -> Result<Result<bool, TooMany>, StoreError> {
    let (address, network, window) = (hidden(email), client.network(), LETTERS_WINDOW);
    let pair = Counter { name: format!("letters#{address}#{network}"), most: LETTERS_OF_PAIR, window };
    let whole = Counter { name: format!("letters#{network}"), most: LETTERS_OF_NETWORK, window };
    if let Err(too_many) = count_client(context, client, "letters", pair, whole).await? {
        return Ok(Err(too_many));
    }
    let address = Counter { name: format!("letters#{address}"), most: LETTERS_OF_ADDRESS, window };
    let is_sent = context.store().limits().count(&address, context.now()).await?.is_ok();
    if !is_sent {
        // The answer does not show it.
        tracing::info!("a letter is not ordered, because its address has had too many");
    }
    Ok(Ok(is_sent))
}

/// Counts a client: for the address, then for its whole network, unless that is trusted. A refused one counts nowhere
/// further, so that a client that repeats a wrong password does not lock its whole network.
async fn count_client(
    context: &Context,
    client: &Client,
    limit: &'static str,
    pair: Counter,
    network: Counter,
) -> Result<Result<Vec<(Counter, CounterState)>, TooMany>, StoreError> {
    let mut counted = Vec::with_capacity(3);
    let network = (!client.is_trusted).then_some(("network", network));
    for (of, counter) in [Some(("address_and_network", pair)), network].into_iter().flatten() {
        match context.store().limits().count(&counter, context.now()).await? {
            Ok(state) => counted.push((counter, state)),
            Err(full) => return Ok(Err(rejected(limit, of, full))),
        }
    }
    Ok(Ok(counted))
}

/// Notes which limit rejects a request.
fn rejected(limit: &'static str, of: &'static str, full: Full) -> TooMany {
    telemetry::limit_rejects(limit, of);
    full.into()
}

/// A text for an address, so that the table of limits holds no addresses.
fn hidden(email: &EmailAddress) -> String {
    SecretHash::of(email.as_str()).as_str().chars().take(32).collect()
}
