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

/// A customer's money.
#[derive(Serialize, ToSchema)]
pub struct WalletView {
    /// What can be spent.
    available: Credits,
    /// What open orders have set aside.
    held: Credits,
    /// The number of the newest entry.
    #[schema(value_type = u64)]
    seq: EntrySeq,
    /// What the customer subscribed to.
    plan: Plan,
    /// Until when buying pauses, because nearly all of the last orders were given back; null while it does not.
    buying_paused_until: Option<Timestamp>,
}

/// What you have
///
/// `available` can be spent; `held` is set aside by open orders and is either captured or comes back.
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
        buying_paused_until: wallet.usage.habit.paused_until(context.now()),
    })
}
