//! `GET /api/v1/wallet` - returns the balances of the customer.

use crate::access::ReadBalance;
use api::{
    Balance, Caller,
    axum::{Json, extract::State, response::IntoResponse},
};
use domain::{Credits, EntrySeq, Plan, Timestamp};
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// A customer's wallet.
#[derive(Serialize, ToSchema)]
pub struct WalletView {
    /// Spendable balance.
    available: Credits,
    /// Balance held by open orders.
    held: Credits,
    /// Number of the newest entry.
    #[schema(value_type = u64)]
    seq: EntrySeq,
    /// Plan of the customer.
    plan: Plan,
    /// End of the current pause of buying; null without one. Buying pauses if nearly all recent orders were
    /// returned.
    buying_paused_until: Option<Timestamp>,
}

/// Get the wallet
///
/// `available` can be spent. `held` belongs to open orders; it is captured or released when they end.
#[utoipa::path(get, path = "/api/v1/wallet", operation_id = "get_wallet", tag = "wallet", responses((status = 200, body = WalletView)))]
pub async fn get(
    State(context): State<Context>,
    Caller { principal, beside: Balance(wallet) }: Caller<ReadBalance>,
) -> impl IntoResponse {
    Json(WalletView {
        available: wallet.available,
        held: wallet.held,
        seq: wallet.seq,
        plan: principal.plan,
        buying_paused_until: wallet.usage.return_rate.paused_until(context.now()),
    })
}
