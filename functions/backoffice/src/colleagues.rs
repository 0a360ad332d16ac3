//! `GET /api/v1/admin/staff` - lists the people of the staff.

use crate::{access::ChangeRoles, problems, users::UsersView};
use api::{
    Caller, Problem, Requested,
    axum::{Json, extract::State, response::IntoResponse},
};
use runtime::Context;
use staff::Staff;

/// List staff
///
/// Returns everybody who has a role.
#[utoipa::path(
    get, path = "/api/v1/admin/staff", operation_id = "list_staff", tag = "backoffice",
    responses((status = 200, body = UsersView)),
)]
pub async fn list(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ChangeRoles>,
    Requested(source): Requested,
) -> Result<impl IntoResponse, Problem> {
    let colleagues = Staff::signed_in(&context, &principal, source).colleagues().await.map_err(problems::of)?;
    Ok(Json(UsersView::from(colleagues)))
}
