//! `GET /api/v1/wallet` - returns the balances of the customer.

use crate::access::ReadBalance;
use api::{
    Balance, Caller,
    axum::{Json, extract::State, response::IntoResponse},
};
use domain::{Credits, EntrySeq, Plan, Timestamp, access::Mode, buying::Terms, sandbox};
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// A customer's wallet.
#[derive(Serialize, ToSchema)]
pub struct WalletView {
    /// Whether the money is real; false with a test key.
    live: bool,
    /// Spendable balance.
    available: Credits,
    /// Balance held by open orders.
    held: Credits,
    /// Number of the newest entry.
    #[schema(value_type = u64)]
    seq: EntrySeq,
    /// Plan of the customer.
    plan: Plan,
    /// How many orders may be open at once. Each code that is received allows more, up to the limit of the
    /// plan; each order without a code allows fewer for some hours.
    open_orders_limit: u32,
    /// End of the current pause of buying; null without one. Buying pauses if too many orders ended without a
    /// code.
    buying_paused_until: Option<Timestamp>,
}

/// Get the wallet
///
/// `available` can be spent. `held` belongs to open orders; it is captured or released when they end. With a test key
/// it is the wallet of play money. It is filled up to 1000 credits before a purchase that finds less than 500, so then
/// `available` is 1000.
#[utoipa::path(get, path = "/api/v1/wallet", operation_id = "get_wallet", tag = "wallet", responses((status = 200, body = WalletView)))]
pub async fn get(
    State(context): State<Context>,
    Caller { principal, beside: Balance(wallet), .. }: Caller<ReadBalance>,
) -> impl IntoResponse {
    let now = context.now();
    let terms = Terms { mode: principal.mode, plan: principal.plan, trust: principal.trust, rating: None };
    let available = match principal.mode {
        Mode::Live => wallet.available,
        Mode::Test => sandbox::spendable(&wallet),
    };
    Json(WalletView {
        live: principal.mode == Mode::Live,
        available,
        held: wallet.held,
        seq: wallet.seq,
        plan: principal.plan,
        open_orders_limit: wallet.open_orders_limit(terms, now),
        buying_paused_until: wallet.buying_paused_until(terms, now),
    })
}
