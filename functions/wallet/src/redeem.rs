//! `POST /api/v1/wallet/vouchers` - redeems a voucher.

use crate::{
    access::Redeem,
    codes::{VoucherNotValid, VoucherUsed},
};
use api::{
    Caller, Idempotent, Parse, Problem, REPLAYED,
    axum::{Json, extract::State, response::IntoResponse},
    codes::{Busy, IdempotencyKeyReused, LiveOnly, TooManyAttempts},
};
use axum::response::Response;
use billing::NotRedeemed;
use domain::{
    Credits, EntrySeq, Timestamp, VoucherId,
    access::Mode,
    voucher::{NotRedeemable, Redemption, VoucherCode},
};
use http::StatusCode;
use runtime::Context;
use serde::Serialize;
use store::Done;
use utoipa::ToSchema;

/// A voucher to redeem.
#[derive(Debug, Parse, Serialize, ToSchema)]
#[parse(problems(VoucherNotValid, VoucherUsed, TooManyAttempts, Busy))]
#[schema(example = json!({"code": "7K2M-Q9XD-0TVB-4HRN"}))]
pub struct VoucherToRedeem {
    /// The code, in any case, with or without hyphens and spaces.
    #[schema(value_type = String, min_length = 6, max_length = 80)]
    pub code: VoucherCode,
}

/// A redeemed voucher.
#[derive(Serialize, ToSchema)]
pub struct RedemptionView {
    /// The voucher.
    voucher_id: VoucherId,
    /// The credits that it gave. They are promotional.
    credits: Credits,
    /// Number of the entry of the wallet.
    #[schema(value_type = Option<u64>)]
    entry: Option<EntrySeq>,
    /// Time.
    redeemed_at: Timestamp,
}

impl From<Redemption> for RedemptionView {
    fn from(redemption: Redemption) -> Self {
        let Redemption { voucher_id, credits, entries, at, .. } = redemption;
        Self { voucher_id, credits, entry: entries.first().copied(), redeemed_at: at }
    }
}

/// Redeem a voucher
///
/// Adds the voucher's credits to the wallet. They are promotional: they are spent first, and never paid out. Each customer
/// can use a voucher once. After ten codes that do not exist, the next one is accepted 15 minutes later.
#[utoipa::path(
    post, path = "/api/v1/wallet/vouchers", operation_id = "redeem_voucher", tag = "wallet",
    request_body = VoucherToRedeem, responses((status = 201, description = "The credits are in the wallet.", body = RedemptionView)),
)]
pub async fn redeem(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<Redeem>,
    request: Idempotent<VoucherToRedeem>,
) -> Result<Response, Problem> {
    if principal.mode == Mode::Test {
        return Err(LiveOnly.into());
    }
    let key = request.key(&principal);
    let done = billing::redeem(&context, &principal.user, &request.body.code, &key).await;
    let done = done.map_err(|reason| problem(reason, context.now()))?;
    Ok(match done {
        Done::Now(redemption) => (StatusCode::CREATED, Json(RedemptionView::from(redemption))).into_response(),
        Done::Before(redemption) => {
            (StatusCode::CREATED, [(REPLAYED, "true")], Json(RedemptionView::from(redemption))).into_response()
        }
    })
}

/// How customers see why a voucher gave nothing.
fn problem(reason: NotRedeemed, now: Timestamp) -> Problem {
    match reason {
        NotRedeemed::Unknown | NotRedeemed::NotRedeemable(NotRedeemable::NotBegun) => VoucherNotValid::Unknown.into(),
        NotRedeemed::NotRedeemable(NotRedeemable::Ended) => VoucherNotValid::Ended.into(),
        NotRedeemed::NotRedeemable(NotRedeemable::UsedUp) => VoucherNotValid::UsedUp.into(),
        NotRedeemed::Before => VoucherUsed.into(),
        NotRedeemed::TooMany { until } => {
            Problem::from(TooManyAttempts { until }).retry_after(until.since(now).as_secs() + 1)
        }
        NotRedeemed::KeyReused(_) => IdempotencyKeyReused.into(),
        NotRedeemed::Busy => Problem::from(Busy).retry_after(1),
        NotRedeemed::Ledger(error) => Problem::internal(error),
        NotRedeemed::Store(error) => error.into(),
    }
}
