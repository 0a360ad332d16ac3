//! `POST /api/v1/admin/auth/enable-2fa` - returns a secret for the authenticator app of a person of the staff.

use crate::{
    codes::{ChallengeOver, SecondFactorOn},
    problems,
    second_factor::enable::EnrolmentView,
};
use api::{
    AttemptLimit, Json, Parse, Problem, StaffNetwork, Unstored,
    axum::{extract::State, response::IntoResponse},
    codes::Busy,
};
use domain::account::OneTimeText;
use runtime::Context;
use utoipa::ToSchema;

/// A request to turn the second factor on.
#[derive(Parse, ToSchema)]
#[parse(problems(ChallengeOver, SecondFactorOn, Busy))]
pub struct EnableStaffFactor {
    /// The `challenge` of the first step.
    #[schema(value_type = String)]
    pub challenge: OneTimeText,
}

/// Turn the second factor on
///
/// Staff can't work without it. Returns a secret for an authenticator app; calling it again replaces the secret. Send
/// the first code to `POST /api/v1/admin/auth/confirm-2fa`.
#[utoipa::path(
    post, path = "/api/v1/admin/auth/enable-2fa", operation_id = "staff_enable_second_factor", tag = "auth",
    request_body = EnableStaffFactor, responses((status = 200, description = "The secret.", body = EnrolmentView)),
)]
pub async fn enable(
    State(context): State<Context>,
    _network: StaffNetwork,
    _limit: AttemptLimit,
    Json(EnableStaffFactor { challenge }): Json<EnableStaffFactor>,
) -> Result<impl IntoResponse, Problem> {
    let proposed = accounts::enrol_staff(&context, &challenge).await;
    let proposed = proposed.map_err(|reason| problems::of_sign_in(reason, context.now()))?;
    Ok(Unstored(EnrolmentView::from(proposed)))
}
