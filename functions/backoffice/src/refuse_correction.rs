//! `POST /api/v1/admin/findings/{id}/correction/refuse` - refuses a correction that was proposed.

use crate::{access::CorrectWallets, finding_view::FindingView, problems, reason::FindingReason, work::Work};
use api::{
    Json, PathId, Problem,
    axum::{self, extract::State, response::IntoResponse},
};
use domain::FindingId;
use runtime::Context;
use staff::CorrectionDecision;

/// Refuse a correction
///
/// Nothing moves, and the finding can be worked on again. The person who proposed the correction may refuse it, too.
#[utoipa::path(
    post, path = "/api/v1/admin/findings/{id}/correction/refuse", operation_id = "refuse_correction",
    tag = "backoffice", params(("id" = FindingId, Path)), request_body = FindingReason,
    responses((status = 200, body = FindingView)),
)]
pub async fn refuse(
    State(context): State<Context>,
    work: Work<CorrectWallets>,
    PathId(finding): PathId<FindingId>,
    Json(FindingReason { reason }): Json<FindingReason>,
) -> Result<impl IntoResponse, Problem> {
    let staff = work.staff(&context);
    let decided = staff.decide_correction(&finding, CorrectionDecision::Refuse, reason.as_str()).await;
    Ok(axum::Json(FindingView::from(decided.map_err(problems::of)?)))
}
