//! Reminders: letters that a customer may switch off, and alerts of a budget, which end with the budget.

use crate::letters::{self, LetterOrder};
use domain::{
    UserId,
    ledger::Entry,
    metering::{self, BudgetTold},
    notification::{Told, brings_money, lowers_available},
};
use runtime::{Context, telemetry};
use store::StoreError;

/// Orders the letter about a low balance, if this entry took the balance below the customer's limit; or notes that money
/// came that took it to the limit again.
///
/// The letter is noted after it was ordered, so an entry that comes again may send it twice, but never none. A failure loses
/// it: an entry must not wait for a reminder.
pub async fn remind_of_balance(context: &Context, user: &UserId, entry: &Entry) {
    let done = if lowers_available(entry) {
        order(context, user, entry).await
    } else if brings_money(entry) {
        refill(context, user, entry).await.map_err(NotOrdered::from)
    } else {
        return;
    };
    if let Err(error) = done {
        tracing::error!(%error, "a reminder was not ordered");
        telemetry::count("LettersLost", 1);
    }
}

/// Orders the letter about the use of a budget, if this entry took it to a part that was not told.
///
/// The letter is noted after it was ordered, like that of a low balance.
pub async fn alert_of_budget(context: &Context, user: &UserId, entry: &Entry) {
    if let Err(error) = alert(context, user, entry).await {
        tracing::error!(%error, "an alert was not ordered");
        telemetry::count("LettersLost", 1);
    }
}

async fn alert(context: &Context, user: &UserId, entry: &Entry) -> Result<(), NotOrdered> {
    // Most entries need no read.
    let Some(metered) = entry.metered.filter(|metered| metered.reached().is_some()) else { return Ok(()) };
    let accounts = context.store().accounts();
    let before = accounts.notifications(user).await?.budget_told;
    if let Some(told) = metering::alert(before, entry) {
        let BudgetTold { percent, budget, .. } = told;
        let (user_id, spent, until) = (user.clone(), metered.spent, entry.at.end_of_month());
        letters::order(context, &LetterOrder::BudgetReached { user_id, percent, spent, budget, until }).await?;
        accounts.note_budget_told(user, told, before).await?;
    }
    Ok(())
}

async fn order(context: &Context, user: &UserId, entry: &Entry) -> Result<(), NotOrdered> {
    let accounts = context.store().accounts();
    if accounts.notifications(user).await?.is_low_balance(entry) {
        let letter = LetterOrder::LowBalance { user_id: user.clone(), available: entry.available_after };
        letters::order(context, &letter).await?;
        accounts.note_low_balance_told(user, Told { seq: entry.seq, at: entry.at, refilled: false }).await?;
    }
    Ok(())
}

async fn refill(context: &Context, user: &UserId, entry: &Entry) -> Result<(), StoreError> {
    let accounts = context.store().accounts();
    if accounts.notifications(user).await?.is_refill(entry) {
        accounts.note_low_balance_refilled(user, entry.seq).await?;
    }
    Ok(())
}

/// Why a reminder was not ordered.
#[derive(Debug, thiserror::Error)]
enum NotOrdered {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Queue(#[from] runtime::QueueError),
}
