//! Counts of requests that a stranger may make for an address. They fail closed: without the count there is no
//! answer.

use crate::Client;
use domain::{
    EmailAddress, Timestamp,
    access::SecretHash,
    account::{ATTEMPTS_WINDOW, Attempts},
};
use runtime::Context;
use std::time::Duration;
use store::{Counter, CounterState, StoreError};
use thiserror::Error;

/// Letters that one network may order for one address within [`LETTERS_WINDOW`].
const LETTERS_OF_PAIR: u32 = 5;
/// Letters that one network may order for all addresses within [`LETTERS_WINDOW`].
const LETTERS_OF_NETWORK: u32 = 50;
const LETTERS_WINDOW: Duration = Duration::from_hours(1);
/// The limits of failed sign-ins that are stored; [`Attempts::judge`] decides.
const PAIR: u32 = 5;
const NETWORK: u32 = 100;
const UNLIMITED: u32 = u32::MAX - 1;

/// Too many requests for an address, or of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("too many requests until {until}")]
pub struct TooMany {
    /// When the next one is accepted.
    pub until: Timestamp,
}

/// The counters of a sign-in.
pub(crate) struct Attempt {
    counters: [Counter; 3],
}

impl Attempt {
    /// The counters of sign-ins to this address from this network.
    pub(crate) fn of(email: &EmailAddress, client: &Client) -> Self {
        let (address, window, network) = (hidden(email), ATTEMPTS_WINDOW, client.network);
        let of_network = if client.is_trusted { UNLIMITED } else { NETWORK };
        let counter = |name, most| Counter { name, most, window };
        Self {
            counters: [
                counter(format!("signin#{address}#{network}"), PAIR),
                counter(format!("signin#{network}"), of_network),
                counter(format!("signin#{address}"), UNLIMITED),
            ],
        }
    }

    /// Counts a sign-in as failed. Returns the pause before its answer, or a refusal.
    pub(crate) async fn count(&self, context: &Context) -> Result<Result<Duration, TooMany>, StoreError> {
        let [pair, network, address] = &self.counters;
        let (limits, now) = (context.store().limits(), context.now());
        let (pair, network, address) =
            tokio::try_join!(limits.count(pair, now), limits.count(network, now), limits.count(address, now))?;
        let of_network = if self.counters[1].most == UNLIMITED { 0 } else { network.count };
        let attempts = Attempts { of_pair: pair.count, of_network, of_address: address.count };
        Ok(attempts.judge().map_err(|_| {
            let full = |state: &CounterState, most| (state.count > most).then_some(state.ends_at);
            TooMany { until: full(&pair, PAIR).max(full(&network, NETWORK)).unwrap_or(now) }
        }))
    }

    /// Takes the counts back after a success.
    pub(crate) async fn take_back(&self, context: &Context) -> Result<(), StoreError> {
        let limits = context.store().limits();
        let [pair, network, address] = &self.counters;
        tokio::try_join!(
            limits.take_back(&pair.name),
            limits.take_back(&network.name),
            limits.take_back(&address.name)
        )?;
        Ok(())
    }
}

/// Counts a letter that somebody in this network orders for this address.
pub(crate) async fn letter(
    context: &Context,
    email: &EmailAddress,
    client: &Client,
) -> Result<Result<(), TooMany>, StoreError> {
    let counter = |name, most| Counter { name, most, window: LETTERS_WINDOW };
    let pair = counter(format!("letters#{}#{}", hidden(email), client.network), LETTERS_OF_PAIR);
    let of_network = if client.is_trusted { UNLIMITED } else { LETTERS_OF_NETWORK };
    let all = counter(format!("letters#{}", client.network), of_network);
    let (limits, now) = (context.store().limits(), context.now());
    let states = tokio::try_join!(limits.count(&pair, now), limits.count(&all, now))?;
    let full = |state: CounterState, most| (state.count > most).then_some(state.ends_at);
    let until = full(states.0, LETTERS_OF_PAIR).max(full(states.1, of_network));
    Ok(until.map_or(Ok(()), |until| Err(TooMany { until })))
}

/// A text for an address, so that the table of limits holds no addresses.
fn hidden(email: &EmailAddress) -> String {
    SecretHash::of(email.as_str()).as_str()[..32].to_owned()
}
