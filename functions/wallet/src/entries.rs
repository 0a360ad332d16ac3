//! `GET /api/v1/wallet/entries` - lists the movements of the wallet, newest first.

use crate::access::ReadEntries;
use api::{
    Caller, Listed, PageParams, Params, Problem,
    axum::{extract::State, response::IntoResponse},
};
use domain::{
    Actor, Credits, EntrySeq, OrderId, Timestamp,
    ledger::{Account, Cause, Entry, EntryKind, Line},
    policy::RuleId,
};
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// A movement of money in the wallet. It never changes; a correction is a new entry.
#[derive(Serialize, ToSchema)]
pub struct EntryView {
    /// Number in the wallet: 1, 2, 3 … without gaps.
    #[schema(value_type = u64)]
    seq: EntrySeq,
    /// Kind of movement.
    kind: EntryKind,
    /// Amount moved.
    amount: Credits,
    /// Account that paid.
    debit: Account,
    /// Account that received.
    credit: Account,
    /// Spendable balance after the movement.
    available_after: Credits,
    /// Held balance after the movement.
    held_after: Credits,
    /// Line items of the amount.
    lines: Vec<Line>,
    /// Cause of the movement.
    cause: Cause,
    /// Verification that the movement belongs to, if any.
    order_id: Option<OrderId>,
    /// Number of the hold that a capture or release settles, in full or in part.
    #[schema(value_type = Option<u64>)]
    settles: Option<EntrySeq>,
    /// Rule that was applied, if any. Refund rules are listed by `GET /api/v1/policy`.
    rule: Option<RuleId>,
    /// Actor: a customer's id, `operator`, or `system:` and the name of a component.
    actor: Actor,
    /// Time of the movement.
    at: Timestamp,
}

impl From<Entry> for EntryView {
    fn from(entry: Entry) -> Self {
        Self {
            seq: entry.seq,
            kind: entry.kind,
            amount: entry.amount,
            debit: entry.debit,
            credit: entry.credit,
            available_after: entry.available_after,
            held_after: entry.held_after,
            lines: entry.lines,
            order_id: entry.cause.verification_id().cloned(),
            cause: entry.cause,
            settles: entry.settles.map(|settled| settled.hold),
            rule: entry.rule,
            actor: entry.actor.public(),
            at: entry.at,
        }
    }
}

/// List wallet entries
///
/// Returns every movement of the wallet, newest first, numbered without gaps. Entries never change; a
/// correction is a new entry. With a test key they are those of the play money.
#[utoipa::path(
    get, path = "/api/v1/wallet/entries", operation_id = "list_wallet_entries", tag = "wallet",
    params(PageParams), responses((status = 200, body = Listed<EntryView>)),
)]
pub async fn entries(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ReadEntries>,
    Params(page): Params<PageParams>,
) -> Result<impl IntoResponse, Problem> {
    let books = context.store().ledger().of(principal.mode);
    let entries = books.entries(&principal.user, page.limit(), page.cursor.as_ref()).await?;
    Ok(Listed::from(entries.map(EntryView::from)))
}
