//! `GET /api/v1/wallet/entries` - lists the movements of the wallet, newest first.

use crate::access::ReadEntries;
use api::{
    Balance, Caller, Label, Listed, PageParams, Params, Parse, Problem,
    axum::{extract::State, response::IntoResponse},
};
use domain::{
    Actor, Credits, EntrySeq, OrderId, Timestamp,
    ledger::{Account, Cause, Entry, EntryKind, Line},
    policy::RuleId,
    rate_limit::requests_of_filtered_page,
};
use runtime::Context;
use serde::Serialize;
use store::EntryFilter;
use utoipa::{IntoParams, ToSchema};

/// Filters of the list.
#[derive(Debug, IntoParams, Parse)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Return only entries of this kind.
    kind: Option<EntryKind>,
    /// Return only entries of this verification.
    #[param(value_type = Option<String>)]
    order_id: Option<OrderId>,
    /// Return only entries of verifications with this label, as `name:value`.
    #[param(value_type = Option<String>, pattern = "^[^:]+:.+$", example = "project:crm")]
    tag: Option<Label>,
    /// Return only entries at or after this time.
    from: Option<Timestamp>,
    /// Return only entries before this time.
    to: Option<Timestamp>,
    #[param(ignore)]
    #[parse(flatten)]
    page: PageParams,
}

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
    /// The part of it that an included verification pays. It comes from promotions and goes back there, so `available_after`
    /// does not change by it.
    included: Credits,
    /// Account that paid.
    debit: Account,
    /// Account that received.
    credit: Account,
    /// Spendable balance after the movement.
    available_after: Credits,
    /// Held balance after the movement.
    held_after: Credits,
    /// What is owed after the movement.
    owed_after: Credits,
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
            included: entry.included.amount,
            debit: entry.debit,
            credit: entry.credit,
            available_after: entry.available_after,
            held_after: entry.held_after,
            owed_after: entry.owed_after,
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
///
/// Filters combine. A page may be shorter than `limit` even if more pages follow. A filtered page reads more than it
/// returns: with `kind` up to 250 entries, with `tag` up to 100 and their verifications, with `from` or `to` up to about
/// 100 to find the time. It counts as one request for each 25 that it reads.
#[utoipa::path(
    get, path = "/api/v1/wallet/entries", operation_id = "list_wallet_entries", tag = "wallet",
    params(Filter, PageParams), responses((status = 200, body = Listed<EntryView>)),
)]
pub async fn entries(
    State(context): State<Context>,
    Caller { principal, beside: Balance(wallet), meter }: Caller<ReadEntries>,
    Params(Filter { kind, order_id, tag, from, to, page }): Params<Filter>,
) -> Result<impl IntoResponse, Problem> {
    let tag = tag.map(|Label { name, value }| (name, value));
    let filter = EntryFilter { kind, order: order_id, tag, from, before: to };
    let (whose, after) = ((&principal.user, principal.mode), page.cursor.as_ref());
    let entries = context.store().filtered_entries(whose, wallet.seq, &filter, page.limit(), after).await?;
    if filter.reads_more() {
        meter.counts_as(&context, requests_of_filtered_page(entries.read)).await;
    }
    Ok(Listed::from(entries.map(EntryView::from)))
}
