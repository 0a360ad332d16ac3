//! `POST /api/v1/admin/users/{id}/role` - gives a role to a person, or takes it.

use crate::{
    access::ChangeRoles,
    codes::{AccountOffLimits, NoSecondFactor},
    problems,
    reason::Reason,
    view::UserView,
    work::Work,
};
use api::{
    Json, Parse, PathId, Problem,
    axum::{self, extract::State, response::IntoResponse},
    codes::{Busy, NotFound},
    parse::{At, Value, name},
};
use domain::{UserId, access::StaffRole};
use runtime::Context;
use utoipa::ToSchema;

/// A role to give.
#[derive(Parse, ToSchema)]
#[parse(problems(NotFound, AccountOffLimits, NoSecondFactor, Busy))]
#[schema(example = json!({"role": "support", "reason": "joined the team"}))]
pub struct NewRole {
    /// The role; null to take the role that the person has.
    #[schema(required = false, value_type = Option<StaffRole>)]
    pub role: Option<Role>,
    /// Why. It stays in the audit trail.
    #[schema(value_type = String)]
    pub reason: Reason,
}

/// The name of a role.
#[derive(Clone, Copy, Debug)]
pub struct Role(StaffRole);

impl Parse for Role {
    fn parse(value: Value, at: &mut At) -> Option<Self> {
        name(value, at).map(Self)
    }
}

/// Set the role of a person
///
/// The person needs an account with a second factor. A change counts at the next request of the person. Nobody changes
/// the own role.
#[utoipa::path(
    post, path = "/api/v1/admin/users/{id}/role", operation_id = "set_role", tag = "backoffice",
    params(("id" = UserId, Path)), request_body = NewRole, responses((status = 200, body = UserView)),
)]
pub async fn set(
    State(context): State<Context>,
    work: Work<ChangeRoles>,
    PathId(user): PathId<UserId>,
    Json(NewRole { role, reason }): Json<NewRole>,
) -> Result<impl IntoResponse, Problem> {
    let staff = work.staff(&context);
    let profile = staff.set_role(&user, role.map(|role| role.0), reason.as_str()).await.map_err(problems::of)?;
    Ok(axum::Json(UserView::from(profile)))
}
