//! `GET /api/v1/wallet` - returns the balances of the customer.

use crate::access::ReadBalance;
use api::{
    Balance, Caller,
    axum::{Json, extract::State, response::IntoResponse},
};
use domain::{Credits, EntrySeq, Plan, Timestamp, access::Mode, buying::Terms, ledger::MonthlySpending, sandbox};
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
    /// The part of `available` that was given to you: vouchers, rewards, included verifications. It is spent first, and
    /// never paid out.
    promotional: Credits,
    /// Balance held by open orders and disputes.
    held: Credits,
    /// What you owe after a dispute. Top-ups pay it first; until then you can't buy.
    owed: Credits,
    /// What is spent in the current month.
    spending: SpendingView,
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

/// What is spent in a month. Months begin at midnight in UTC.
#[derive(Serialize, ToSchema)]
pub struct SpendingView {
    /// The month.
    #[schema(examples("2026-11"), pattern = "^[0-9]{4}-[0-9]{2}$")]
    month: String,
    /// Prices that were held or paid in the month, less what was given back of them. A price that is given back in a
    /// later month is not subtracted from that one.
    spent: Credits,
    /// The part of it that orders cost. The rest are plans.
    orders: Credits,
    /// What `spent` will be at the end of the month, if you go on as in this month so far. Three days of the last month
    /// count with it.
    forecast: Credits,
    /// What was spent in the month before.
    last_month: Credits,
}

impl From<MonthlySpending> for SpendingView {
    fn from(MonthlySpending { month, spent, orders, forecast, last_month }: MonthlySpending) -> Self {
        Self { month, spent, orders, forecast, last_month }
    }
}

/// Get the wallet
///
/// `available` can be spent. `held` belongs to open orders and disputes; it is captured or released when they end. With a test key
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
        promotional: wallet.promo,
        held: wallet.held,
        owed: wallet.owed,
        spending: wallet.usage.spending.at(now).into(),
        seq: wallet.seq,
        plan: principal.plan,
        open_orders_limit: wallet.open_orders_limit(terms, now),
        buying_paused_until: wallet.buying_paused_until(terms, now),
    })
}
