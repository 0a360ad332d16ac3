//! `GET /api/v1/wallet/entries` - every movement of the wallet, newest first.

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
    /// Its number in the wallet: 1, 2, 3 … without gaps.
    #[schema(value_type = u64)]
    seq: EntrySeq,
    /// Why money moved.
    kind: EntryKind,
    /// How much.
    amount: Credits,
    /// The account that paid.
    debit: Account,
    /// The account that received.
    credit: Account,
    /// What could be spent afterwards.
    available_after: Credits,
    /// What was held afterwards.
    held_after: Credits,
    /// The parts of the amount.
    lines: Vec<Line>,
    /// What it belongs to.
    cause: Cause,
    /// The verification that it belongs to, where it belongs to one.
    order_id: Option<OrderId>,
    /// The number of the hold that a capture or release settles, in full or in part.
    #[schema(value_type = Option<u64>)]
    settles: Option<EntrySeq>,
    /// The rule that it follows: for money that went back, one of the refund rules of `GET /api/v1/policy`.
    rule: Option<RuleId>,
    /// Who did it: a customer's id, or `system:` and a part of the system.
    actor: Actor,
    /// When.
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
            order_id: entry.cause.order_id().cloned(),
            cause: entry.cause,
            settles: entry.settles.map(|settled| settled.hold),
            rule: entry.rule,
            actor: entry.actor,
            at: entry.at,
        }
    }
}

/// List wallet entries
///
/// Every movement of your wallet, newest first, numbered without gaps. Entries are never changed; corrections are new ones.
#[utoipa::path(
    get, path = "/api/v1/wallet/entries", operation_id = "list_wallet_entries", tag = "wallet",
    params(PageParams), responses((status = 200, body = Listed<EntryView>)),
)]
pub async fn entries(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ReadEntries>,
    Params(page): Params<PageParams>,
) -> Result<impl IntoResponse, Problem> {
    let entries = context.store().ledger().entries(&principal.user, page.limit(), page.cursor.as_ref()).await?;
    Ok(Listed::from(entries.map(EntryView::from)))
}
