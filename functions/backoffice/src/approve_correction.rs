//! `POST /api/v1/admin/findings/{id}/correction/approve` - approves a correction that a colleague proposed.

use crate::{
    access::CorrectWallets,
    codes::{AccountOffLimits, SecondPersonNeeded},
    finding_view::FindingView,
    problems,
    reason::Reason,
    work::Work,
};
use api::{
    Json, Parse, PathId, Problem,
    axum::{self, extract::State, response::IntoResponse},
    codes::{Busy, InsufficientFunds, NotFound, WrongStatus},
};
use domain::FindingId;
use runtime::Context;
use staff::CorrectionDecision;
use utoipa::ToSchema;

/// The approval of a correction.
#[derive(Parse, ToSchema)]
#[parse(problems(NotFound, AccountOffLimits, SecondPersonNeeded, InsufficientFunds, WrongStatus, Busy))]
#[schema(example = json!({"reason": "compared with the gateway's list"}))]
pub struct CorrectionApproval {
    /// Why. It stays with the finding, and in the audit trail.
    #[schema(value_type = String)]
    pub reason: Reason,
}

/// Approve a correction
///
/// Posts the correction, and resolves the finding. Nobody approves what one proposed oneself.
#[utoipa::path(
    post, path = "/api/v1/admin/findings/{id}/correction/approve", operation_id = "approve_correction",
    tag = "backoffice", params(("id" = FindingId, Path)), request_body = CorrectionApproval,
    responses((status = 200, body = FindingView)),
)]
pub async fn approve(
    State(context): State<Context>,
    work: Work<CorrectWallets>,
    PathId(finding): PathId<FindingId>,
    Json(CorrectionApproval { reason }): Json<CorrectionApproval>,
) -> Result<impl IntoResponse, Problem> {
    let staff = work.staff(&context);
    let decided = staff.decide_correction(&finding, CorrectionDecision::Approve, reason.as_str()).await;
    Ok(axum::Json(FindingView::from(decided.map_err(problems::of)?)))
}
