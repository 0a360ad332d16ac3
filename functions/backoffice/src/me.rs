//! `GET /api/v1/admin/me` - returns the caller's role, and what it allows.

use crate::access::SeeSelf;
use api::{
    Caller, Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use domain::{
    UserId,
    access::{Permission, StaffRole},
};
use runtime::Context;
use serde::Serialize;
use store::Profile;
use utoipa::ToSchema;

/// A person of the staff.
#[derive(Serialize, ToSchema)]
pub struct ColleagueView {
    /// The account.
    id: UserId,
    /// Email address.
    email: String,
    /// Role.
    role: Option<StaffRole>,
    /// What the role allows.
    #[schema(value_type = Vec<String>, examples(json!(["staff:self", "users:read"])))]
    permissions: Vec<Permission>,
}

/// Get the own role
#[utoipa::path(
    get, path = "/api/v1/admin/me", operation_id = "staff_me", tag = "backoffice",
    responses((status = 200, body = ColleagueView)),
)]
pub async fn me(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<SeeSelf>,
) -> Result<impl IntoResponse, Problem> {
    let profile: Option<Profile> = context.store().record(&principal.user, &()).await?;
    let profile = profile.ok_or_else(Problem::not_found)?;
    let permissions = Permission::ALL.iter().copied().filter(|permission| principal.may(*permission)).collect();
    let (id, email) = (profile.user_id, profile.email.to_string());
    Ok(Json(ColleagueView { id, email, role: profile.role, permissions }))
}
