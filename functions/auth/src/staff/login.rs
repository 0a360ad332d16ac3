//! `POST /api/v1/admin/auth/login` - takes the first step of a sign-in of staff.

use crate::{
    client::Client,
    codes::{InvalidCredentials, TooManyAttempts},
    problems,
    robots::{NoRobot, SignIn},
};
use accounts::StaffStep;
use api::{
    AttemptLimit, Json, Parse, Problem, StaffNetwork, Unstored,
    axum::{extract::State, response::IntoResponse},
    codes::AccountDisabled,
};
use domain::{EmailAddress, Timestamp, account::Password};
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// The first step of a sign-in of staff.
#[derive(Parse, ToSchema)]
#[parse(problems(InvalidCredentials, TooManyAttempts, AccountDisabled))]
#[schema(example = json!({"email": "ama@example.com", "password": "correct horse battery"}))]
pub struct StaffLogin {
    /// Email address.
    #[schema(value_type = String, format = "email")]
    pub email: EmailAddress,
    /// Password.
    #[schema(value_type = String, format = "password")]
    pub password: Password,
}

/// What to do next.
#[derive(Serialize, ToSchema)]
pub struct NextStepView {
    /// The next step.
    next: NextStep,
    /// Proves the first step. It works once.
    challenge: String,
    /// Until when it works.
    expires_at: Timestamp,
}

/// The next step of a sign-in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum NextStep {
    /// Replace the first password with `POST /api/v1/admin/auth/first-password`, then sign in again.
    ReplacePassword,
    /// Ask for a secret with `POST /api/v1/admin/auth/enable-2fa`, and confirm it with
    /// `POST /api/v1/admin/auth/confirm-2fa`.
    EnableSecondFactor,
    /// Send a code to `POST /api/v1/admin/auth/second-factor`.
    EnterCode,
}

impl From<StaffStep> for NextStepView {
    fn from(step: StaffStep) -> Self {
        let (next, challenge) = match step {
            StaffStep::ReplacePassword(challenge) => (NextStep::ReplacePassword, challenge),
            StaffStep::Enrol(challenge) => (NextStep::EnableSecondFactor, challenge),
            StaffStep::EnterCode(challenge) => (NextStep::EnterCode, challenge),
        };
        Self { next, challenge: challenge.token.expose().to_owned(), expires_at: challenge.ends_at }
    }
}

/// Sign in as staff
///
/// The answer says what to do next. There is no session before the second step.
#[utoipa::path(
    post, path = "/api/v1/admin/auth/login", operation_id = "staff_login", tag = "auth", request_body = StaffLogin,
    params(("Proof-Of-Work" = Option<String>, Header, description = "A proof of work, if the problem `proof_of_work_required` asks for one.")),
    responses((status = 200, description = "The next step.", body = NextStepView)),
)]
pub async fn login(
    State(context): State<Context>,
    _network: StaffNetwork,
    _limit: AttemptLimit,
    _no_robot: NoRobot<SignIn>,
    Client(client): Client,
    Json(StaffLogin { email, password }): Json<StaffLogin>,
) -> Result<impl IntoResponse, Problem> {
    let step = accounts::staff_sign_in(&context, &email, &password, &client).await;
    let step = step.map_err(|reason| problems::of_sign_in(reason, context.now()))?;
    Ok(Unstored(NextStepView::from(step)))
}
