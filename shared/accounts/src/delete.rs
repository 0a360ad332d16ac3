//! The deletion of an account.
//!
//! What must happen afterwards is ordered before the deletion, with a delay that outlasts the request: the letter, and
//! the removal of what is left. Both look first whether the account was deleted at that moment. So it does not matter
//! where the function dies.

use crate::{
    Client,
    letters::{self, LetterOrder},
    prove::{self, NotProved, OwnerProof},
    trail,
};
use domain::{
    Actor, Credits, OrderId, Timestamp, UserId,
    account::{NotClosable, Tombstone, waived_with},
    audit::Action,
    ledger::{Cause, EntryKind, Movement, Step},
};
use runtime::{Context, Queue, QueueError, fail_point};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use store::{Deletion, IdempotencyKey, NotCommitted, Person, StoreError, Transaction};
use thiserror::Error;

/// Deleted accounts, of which something may be left. They pause for long while an order is open.
pub const ERASURES: Queue<Erasure> = Queue::new("ERASURES").pausing(Duration::from_mins(10));

/// Longer than a request can last: afterwards the account is deleted, or it will not be.
const AFTER_THE_REQUEST: Duration = Duration::from_secs(15);

/// An account of which the rest is to be removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// The account.
    pub user_id: UserId,
    /// The order after which to go on; `None` at the beginning.
    #[serde(default)]
    pub after: Option<OrderId>,
}

/// Why the account was not deleted.
#[derive(Debug, Error)]
pub enum NotDeleted {
    /// The person did not prove to be the owner.
    #[error(transparent)]
    NotProved(#[from] NotProved),
    /// Orders are open, or money is left.
    #[error(transparent)]
    NotClosable(#[from] NotClosable),
    /// Account or wallet changed meanwhile.
    #[error("the account changed meanwhile")]
    Changed,
    /// What must follow could not be ordered.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The wallet is not as it was when the balance was waived.
struct WalletChanged;

/// Deletes an account. A balance is waived only if `may_waive`; its entry is part of the same transaction.
pub async fn delete_account(
    context: &Context,
    user: &UserId,
    proof: &OwnerProof,
    may_waive: bool,
    client: &Client,
) -> Result<(), NotDeleted> {
    let (person, _) = Box::pin(prove::owner(context, user, proof, "a deletion", client)).await?;
    let Person { profile, credentials, .. } = person;
    let now = context.now();
    let wallet = context.store().ledger().wallet(user).await?;
    let waived = waived_with(&wallet, may_waive)?;
    order_what_follows(context, user, &profile, now).await?;
    let tombstone = Tombstone { user_id: user.clone(), created_at: profile.created_at, deleted_at: now };
    let deletion = Deletion { profile, credentials, tombstone };
    let line = trail::line(context, user, Action::AccountDeleted, user.as_str(), client);
    fail_point::here("before-deletion");
    let step = match waived {
        Some(amount) => Step::with(deletion, waiver(amount, Actor::user(user))),
        None => Step::free(deletion),
    };
    let transaction = Transaction::of(step).audited(line);
    let committed = match waived {
        Some(amount) => {
            let as_read = move |wallet: &_| {
                if waived_with(wallet, true) == Ok(Some(amount)) { Ok(()) } else { Err(WalletChanged) }
            };
            Box::pin(context.store().commit(transaction.under(as_read).on(Some(wallet)), now)).await.map(drop)
        }
        // Without money nothing can be bought meanwhile. What may still come in is waived with the rest.
        None => Box::pin(context.store().commit(transaction, now)).await.map(drop).map_err(as_changed),
    };
    committed.map_err(|reason| match reason {
        NotCommitted::Store(error) => error.into(),
        _ => NotDeleted::Changed,
    })
}

fn as_changed(reason: NotCommitted) -> NotCommitted<WalletChanged> {
    match reason {
        NotCommitted::Store(error) => error.into(),
        _ => NotCommitted::Changed,
    }
}

async fn order_what_follows(
    context: &Context,
    user: &UserId,
    profile: &store::Profile,
    now: Timestamp,
) -> Result<(), QueueError> {
    let erasure = Erasure { user_id: user.clone(), after: None };
    context.queues().await.send(&ERASURES, &erasure, AFTER_THE_REQUEST).await?;
    let (former, language) = (profile.email.clone(), profile.language);
    let letter = LetterOrder::AccountDeleted { user_id: user.clone(), former, language, at: now };
    letters::order_after(context, &letter, AFTER_THE_REQUEST).await
}

/// Removes what is left of a deleted account except its orders: everything in its partition, and money that came in
/// after the deletion. It may be repeated. Returns `false` if the account was not deleted.
pub async fn remove_rest(context: &Context, user: &UserId) -> Result<bool, StoreError> {
    let store = context.store();
    if !store.is_deleted(user).await? {
        return Ok(false);
    }
    store.accounts().remove_rest(user).await?;
    let wallet = store.ledger().wallet(user).await?;
    if wallet.available.is_positive() {
        // The wallet's newest entry, so that a repeated run moves it once.
        let key = IdempotencyKey {
            user: user.clone(),
            operation: "deletion".to_owned(),
            key: wallet.seq.to_string(),
            fingerprint: wallet.available.to_string(),
        };
        let movement = waiver(wallet.available, Actor::system("accounts"));
        match Box::pin(store.commit(Transaction::alone(user.clone(), movement, &key), context.now())).await {
            Ok(_) | Err(NotCommitted::Replayed(_)) => {}
            Err(NotCommitted::Store(error)) => return Err(error),
            Err(_) => return Err(StoreError::Conflict),
        }
    }
    Ok(true)
}

/// The movement that gives a balance to the house.
fn waiver(amount: Credits, actor: Actor) -> Movement {
    Movement::new(EntryKind::Adjustment, amount, Cause::Deletion, actor)
}
