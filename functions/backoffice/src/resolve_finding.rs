//! `POST /api/v1/admin/findings/{id}/resolve` - ends the work on a finding.

use crate::{access::WorkOnFindings, finding_view::FindingView, problems, reason::FindingReason, work::Work};
use api::{
    Json, PathId, Problem,
    axum::{self, extract::State, response::IntoResponse},
};
use domain::FindingId;
use runtime::Context;

/// Resolve a finding
///
/// The finding needs nothing more. It moves no money.
#[utoipa::path(
    post, path = "/api/v1/admin/findings/{id}/resolve", operation_id = "resolve_finding", tag = "backoffice",
    params(("id" = FindingId, Path)), request_body = FindingReason, responses((status = 200, body = FindingView)),
)]
pub async fn resolve(
    State(context): State<Context>,
    work: Work<WorkOnFindings>,
    PathId(finding): PathId<FindingId>,
    Json(FindingReason { reason }): Json<FindingReason>,
) -> Result<impl IntoResponse, Problem> {
    let resolved = work.staff(&context).resolve_finding(&finding, reason.as_str()).await;
    Ok(axum::Json(FindingView::from(resolved.map_err(problems::of)?)))
}
