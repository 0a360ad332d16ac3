//! `GET /api/v1/wallet/entries` - every movement of the wallet, newest first.

use crate::access::ReadEntries;
use api::{
    Caller, Listed, PageParams, Params, Problem,
    axum::{extract::State, response::IntoResponse},
};
use domain::ledger::Entry;
use runtime::Context;

/// Your movements
///
/// Every movement of your wallet, newest first, numbered without gaps. Entries are never changed; corrections are new ones.
#[utoipa::path(
    get, path = "/api/v1/wallet/entries", operation_id = "list_wallet_entries", tag = "wallet",
    params(PageParams), responses((status = 200, body = Listed<Entry>)),
)]
pub async fn entries(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ReadEntries>,
    Params(page): Params<PageParams>,
) -> Result<impl IntoResponse, Problem> {
    let entries = context.store().entries(&principal.user, page.limit(), page.cursor.as_ref()).await?;
    Ok(Listed::from(entries))
}
