//! `POST /api/v1/admin/users/{id}/ban` - bans a customer.

use crate::{access::ChangeUsers, problems, reason::WithReason, view::UserView};
use api::{
    Caller, Json, PathId, Problem, Requested,
    axum::{self, extract::State, response::IntoResponse},
};
use domain::UserId;
use runtime::Context;
use staff::Staff;

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
    Caller { principal, .. }: Caller<ChangeUsers>,
    Requested(source): Requested,
    PathId(user): PathId<UserId>,
    Json(WithReason { reason }): Json<WithReason>,
) -> Result<impl IntoResponse, Problem> {
    let staff = Staff::signed_in(&context, &principal, source);
    let profile = staff.set_active(&user, false, Some(reason.as_str())).await.map_err(problems::of)?;
    Ok(axum::Json(UserView::from(profile)))
}
