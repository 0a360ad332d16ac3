//! `POST /api/v1/admin/auth/second-factor` - takes the second step of a sign-in of staff.

use crate::{
    client::Client,
    problems,
    second_factor::sign_in::SecondStep,
    tokens::{self, TokensView},
};
use api::{
    AttemptLimit, Json, Problem, StaffNetwork,
    axum::{extract::State, response::Response},
};
use domain::account::Realm;
use runtime::Context;

/// Sign in as staff with a code
///
/// Starts a session. It ends 30 minutes after its last refresh, and after twelve hours.
#[utoipa::path(
    post, path = "/api/v1/admin/auth/second-factor", operation_id = "staff_sign_in_with_code", tag = "auth",
    request_body = SecondStep,
    responses((status = 200, description = "The tokens of the session.", body = TokensView,
        headers(("Set-Cookie" = String, description = "The refresh token, with `use_cookie`.")))),
)]
pub async fn sign_in(
    State(context): State<Context>,
    _network: StaffNetwork,
    _limit: AttemptLimit,
    Client(client): Client,
    Json(SecondStep { challenge, code, use_cookie }): Json<SecondStep>,
) -> Result<Response, Problem> {
    let now = context.now();
    let issued = accounts::sign_in_with_code(&context, Realm::Staff, &challenge, &code, &client).await;
    Ok(tokens::answer(issued.map_err(|reason| problems::of_sign_in(reason, now))?, use_cookie, now))
}
