//! `POST /api/v1/admin/findings/{id}/correct` - corrects a wallet because of a finding.

use crate::{
    access::CorrectWallets, audit::Account, codes::AccountOffLimits, finding_view::FindingView, problems,
    reason::Reason, work::Work,
};
use api::{
    Json, Parse, PathId, Problem,
    axum::{self, extract::State, response::IntoResponse},
    codes::{Busy, InsufficientFunds, NotFound, WrongStatus},
    parse::{At, Malformed, Value, name},
};
use domain::{
    Credits, FindingId, UserId,
    finding::{Direction, NewCorrection},
};
use runtime::Context;
use std::str::FromStr;
use utoipa::ToSchema;

/// A correction of a wallet.
#[derive(Parse, ToSchema)]
#[parse(problems(NotFound, AccountOffLimits, InsufficientFunds, WrongStatus, Busy))]
#[schema(example = json!({
    "user_id": "usr_01M7Q1JNMW0KW9JVD7CEVTJTDH", "direction": "credit", "amount": "2.5000", "reason": "paid twice"
}))]
pub struct WalletCorrection {
    /// Customer.
    #[schema(value_type = UserId)]
    pub user_id: Account,
    /// Whether credits come into the wallet or go out of it.
    #[schema(value_type = Direction)]
    pub direction: Towards,
    /// Credits, above zero.
    #[schema(value_type = Credits)]
    pub amount: Positive,
    /// Why. It stays with the finding, and in the audit trail; the customer does not see it.
    #[schema(value_type = String)]
    pub reason: Reason,
}

/// The direction of a correction.
#[derive(Clone, Copy, Debug)]
pub struct Towards(Direction);

impl Parse for Towards {
    fn parse(value: Value, at: &mut At) -> Option<Self> {
        name(value, at).map(Self)
    }
}

/// An amount above zero.
#[derive(Clone, Copy, Debug)]
pub struct Positive(Credits);

impl FromStr for Positive {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        text.parse().ok().filter(|credits: &Credits| credits.is_positive()).map(Self).ok_or(())
    }
}

api::text!(Positive => Malformed::Amount);

/// Correct a wallet
///
/// The correction is a new entry with the finding as its cause. Up to 50 credits it is posted at once, and resolves the
/// finding. Above, it is a proposal that a second person approves; nothing moves before.
#[utoipa::path(
    post, path = "/api/v1/admin/findings/{id}/correct", operation_id = "correct_finding", tag = "backoffice",
    params(("id" = FindingId, Path)), request_body = WalletCorrection, responses((status = 200, body = FindingView)),
)]
pub async fn correct(
    State(context): State<Context>,
    work: Work<CorrectWallets>,
    PathId(finding): PathId<FindingId>,
    Json(correction): Json<WalletCorrection>,
) -> Result<impl IntoResponse, Problem> {
    let new = NewCorrection {
        customer: correction.user_id.0,
        direction: correction.direction.0,
        amount: correction.amount.0,
        reason: correction.reason.as_str().to_owned(),
    };
    let corrected = work.staff(&context).correct_finding(&finding, new).await;
    Ok(axum::Json(FindingView::from(corrected.map_err(problems::of)?)))
}
