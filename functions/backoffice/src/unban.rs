//! `POST /api/v1/admin/users/{id}/unban` - lets a banned customer in again.

use crate::{access::ChangeUsers, problems, reason::WithReason, view::UserView, work::Work};
use api::{
    Json, PathId, Problem,
    axum::{self, extract::State, response::IntoResponse},
};
use domain::UserId;
use runtime::Context;

/// Unban a customer
///
/// Keys work again; the customer signs in anew.
#[utoipa::path(
    post, path = "/api/v1/admin/users/{id}/unban", operation_id = "unban_user", tag = "backoffice",
    params(("id" = UserId, Path)), request_body = WithReason, responses((status = 200, body = UserView)),
)]
pub async fn unban(
    State(context): State<Context>,
    work: Work<ChangeUsers>,
    PathId(user): PathId<UserId>,
    Json(WithReason { reason }): Json<WithReason>,
) -> Result<impl IntoResponse, Problem> {
    let profile = work.staff(&context).set_active(&user, true, Some(reason.as_str())).await.map_err(problems::of)?;
    Ok(axum::Json(UserView::from(profile)))
}
