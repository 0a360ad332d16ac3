//! Ends of orders, counted for the key that bought them.

use super::about;
use crate::letters::{self, LetterOrder};
use domain::{
    Actor,
    access::{Keyring, OrderEnd},
    audit::Action,
    order::Order,
    statistics::Outcome,
};
use runtime::{Context, audit};
use store::{KeyringChange, StoreError};

/// Counts the end of an order for its API key, if the key stops after failures, and stops it after the last one that it
/// allows. Its owner gets a letter. Counting it again has no effect.
pub async fn count_end(context: &Context, order: &Order, outcome: Outcome) -> Result<(), StoreError> {
    let Some(key) = order.key.as_ref().filter(|key| key.counts_failures) else { return Ok(()) };
    let now = context.now();
    // The last line of the history moved the money.
    let at = order.timeline.last().map_or(now, |item| item.at);
    let delivered = matches!(outcome, Outcome::Delivered { .. });
    let end = OrderEnd { order: order.id.clone(), at, delivered };
    let line = audit::line(context, Actor::system("orders"), Action::KeyStopped, "").of(&order.user_id);
    let decide = |keyring: &mut Keyring| {
        let before = keyring.clone();
        let stopped = keyring.count(&key.family, &end, now);
        let line = stopped.as_ref().map(|key| about(&line, before.find(&key.key_id), key));
        Ok::<_, StoreError>(KeyringChange { value: stopped, made: None, line })
    };
    if let Some(stopped) = context.store().change_keyring(&order.user_id, decide).await? {
        tracing::info!(key_id = %stopped.key_id, order_id = %order.id, "a key was stopped after failures");
        let (name, last_four) = (stopped.name, stopped.last_four.unwrap_or_default());
        letters::tell(context, &LetterOrder::KeyStopped { user_id: order.user_id.clone(), name, last_four, at: now })
            .await;
    }
    Ok(())
}
