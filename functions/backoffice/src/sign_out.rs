//! `POST /api/v1/admin/users/{id}/sign-out` - ends all sessions of a customer.

use crate::{access::ChangeUsers, problems, reason::WithReason, view::UserView, work::Work};
use api::{
    Json, PathId, Problem,
    axum::{self, extract::State, response::IntoResponse},
};
use domain::UserId;
use runtime::Context;

/// Sign a customer out
///
/// Ends all sessions at the next request. API keys stay valid.
#[utoipa::path(
    post, path = "/api/v1/admin/users/{id}/sign-out", operation_id = "sign_out_user", tag = "backoffice",
    params(("id" = UserId, Path)), request_body = WithReason, responses((status = 200, body = UserView)),
)]
pub async fn sign_out(
    State(context): State<Context>,
    work: Work<ChangeUsers>,
    PathId(user): PathId<UserId>,
    Json(WithReason { reason }): Json<WithReason>,
) -> Result<impl IntoResponse, Problem> {
    let profile = work.staff(&context).sign_out(&user, reason.as_str()).await.map_err(problems::of)?;
    Ok(axum::Json(UserView::from(profile)))
}
