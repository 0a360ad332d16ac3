//! `GET /api/v1/wallet` - what the customer can spend and what open orders hold.

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
    /// Amount that can be spent.
    available: Credits,
    /// Amount set aside by open orders.
    held: Credits,
    /// Number of the newest entry.
    #[schema(value_type = u64)]
    seq: EntrySeq,
    /// Plan of the customer.
    plan: Plan,
    /// When a pause of buying ends; null without one. Buying pauses when nearly all recent orders were returned.
    buying_paused_until: Option<Timestamp>,
}

/// Get the wallet
///
/// `available` can be spent. `held` is set aside by open orders; it is captured or released when they end.
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
