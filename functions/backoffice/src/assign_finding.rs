//! `POST /api/v1/admin/findings/{id}/assign` - gives a finding to a colleague.

use crate::{access::WorkOnFindings, audit::Account, finding_view::FindingView, problems, reason::Reason, work::Work};
use api::{
    Json, Parse, PathId, Problem,
    axum::{self, extract::State, response::IntoResponse},
    codes::{Busy, NotFound, WrongStatus},
};
use domain::{FindingId, UserId};
use runtime::Context;
use utoipa::ToSchema;

/// Who works on a finding.
#[derive(Parse, ToSchema)]
#[parse(problems(NotFound, WrongStatus, Busy))]
#[schema(example = json!({"user_id": "usr_01M7Q1JNMW0KW9JVD7CEVTJTDH", "note": "the gateway answers by Friday"}))]
pub struct Assignment {
    /// Colleague; null for nobody.
    #[schema(required = false, value_type = Option<UserId>)]
    pub user_id: Option<Account>,
    /// What the colleague should know. It stays with the finding.
    #[schema(value_type = String)]
    pub note: Reason,
}

/// Assign a finding
///
/// The colleague needs the permission `findings:write`, and may be oneself. A finding that is assigned again has the
/// new owner.
#[utoipa::path(
    post, path = "/api/v1/admin/findings/{id}/assign", operation_id = "assign_finding", tag = "backoffice",
    params(("id" = FindingId, Path)), request_body = Assignment, responses((status = 200, body = FindingView)),
)]
pub async fn assign(
    State(context): State<Context>,
    work: Work<WorkOnFindings>,
    PathId(finding): PathId<FindingId>,
    Json(Assignment { user_id, note }): Json<Assignment>,
) -> Result<impl IntoResponse, Problem> {
    let staff = work.staff(&context);
    let assigned = staff.assign_finding(&finding, user_id.map(|Account(user)| user), note.as_str()).await;
    Ok(axum::Json(FindingView::from(assigned.map_err(problems::of)?)))
}
