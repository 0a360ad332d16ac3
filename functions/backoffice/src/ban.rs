//! `POST /api/v1/admin/users/{id}/ban` - bans a customer.

use crate::{access::ChangeUsers, problems, reason::WithReason, view::UserView, work::Work};
use api::{
    Json, PathId, Problem,
    axum::{self, extract::State, response::IntoResponse},
};
use domain::UserId;
use runtime::Context;

/// Ban a customer
///
/// Ends all sessions, and refuses all keys, at the next request. Open orders settle as usual. Banning again changes
/// nothing.
#[utoipa::path(
    post, path = "/api/v1/admin/users/{id}/ban", operation_id = "ban_user", tag = "backoffice",
    params(("id" = UserId, Path)), request_body = WithReason, responses((status = 200, body = UserView)),
)]
pub async fn ban(
    State(context): State<Context>,
    work: Work<ChangeUsers>,
    PathId(user): PathId<UserId>,
    Json(WithReason { reason }): Json<WithReason>,
) -> Result<impl IntoResponse, Problem> {
    let profile = work.staff(&context).set_active(&user, false, Some(reason.as_str())).await.map_err(problems::of)?;
    Ok(axum::Json(UserView::from(profile)))
}
