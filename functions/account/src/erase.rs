//! Queue ERASURES: removes what is left of a deleted account.
//!
//! Sessions and keys go first, then the texts of its orders, a page for each message: the message of the next page is
//! sent before this one is done. Everything may be repeated. Entries, orders and the audit trail stay, under the
//! account's identifier.

use accounts::{ERASURES, Erasure};
use domain::UserId;
use orders::Unsettled;
use runtime::{Context, QueueError, Verdict};
use std::time::Duration;
use store::{Cursor, StoreError};
use thiserror::Error;

/// The orders of a page.
const PAGE: usize = 100;
/// The pause before a page whose orders are still open, or whose purchase came in late.
const WHILE_OPEN: Duration = Duration::from_mins(10);
/// The pause after a failure.
const SOON: Duration = Duration::from_secs(30);

/// Why a page was not finished.
#[derive(Debug, Error)]
enum NotErased {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Order(#[from] Unsettled),
    #[error(transparent)]
    Queue(#[from] QueueError),
}

/// Removes a page.
pub async fn erase(context: Context, Erasure { user_id, after }: Erasure) -> Verdict {
    // The account may not have been deleted after all.
    match accounts::remove_rest(&context, &user_id).await {
        Ok(true) => {}
        Ok(false) => return Verdict::Done,
        Err(error) => return failed(&user_id, &error.into()),
    }
    let after = after.map(|order| Cursor::after(order.as_str()));
    match forget_page(&context, &user_id, after.as_ref()).await {
        Ok(true) => Verdict::Done,
        Ok(false) => Verdict::Again(WHILE_OPEN),
        Err(error) => failed(&user_id, &error),
    }
}

/// Forgets the orders of a page, and sends the message of the next one. Returns `false` if some are open.
async fn forget_page(context: &Context, user: &UserId, after: Option<&Cursor>) -> Result<bool, NotErased> {
    let page = context.store().orders().all(user, PAGE, after).await?;
    let last = page.items.last().map(|order| order.id.clone());
    let mut all_closed = true;
    for order in page.items {
        all_closed &= orders::forget(context, order).await?;
    }
    if all_closed && page.next.is_some() && last.is_some() {
        let next = Erasure { user_id: user.clone(), after: last };
        context.queues().await.send(&ERASURES, &next, Duration::ZERO).await?;
    }
    Ok(all_closed)
}

fn failed(user: &UserId, error: &NotErased) -> Verdict {
    tracing::warn!(user_id = %user, %error, "a deleted account was not erased yet");
    Verdict::Again(SOON)
}
