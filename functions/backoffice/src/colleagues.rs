//! `GET /api/v1/admin/staff` - lists the people of the staff.

use crate::{access::ChangeRoles, problems, users::UsersView, work::Work};
use api::{
    Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use runtime::Context;

/// List staff
///
/// Returns everybody who has a role.
#[utoipa::path(
    get, path = "/api/v1/admin/staff", operation_id = "list_staff", tag = "backoffice",
    responses((status = 200, body = UsersView)),
)]
pub async fn list(State(context): State<Context>, work: Work<ChangeRoles>) -> Result<impl IntoResponse, Problem> {
    let colleagues = work.staff(&context).colleagues().await.map_err(problems::of)?;
    Ok(Json(UsersView::from(colleagues)))
}
