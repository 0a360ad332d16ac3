//! `POST /api/v1/auth/logout-all` - ends all sessions.

use crate::{access::EndSessions, client::Client, refresh_token::remove_cookie};
use api::{
    Caller, Problem,
    axum::{
        extract::State,
        response::{AppendHeaders, IntoResponse},
    },
};
use domain::account::Realm;
use http::{StatusCode, header::SET_COOKIE};
use runtime::Context;

/// Sign out everywhere
///
/// Ends all sessions of the account at once, this one too. API keys stay valid.
#[utoipa::path(
    post, path = "/api/v1/auth/logout-all", operation_id = "logout_all", tag = "auth",
    responses((status = 204, description = "All sessions have ended.")),
)]
pub async fn logout_all(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<EndSessions>,
    Client(client): Client,
) -> Result<impl IntoResponse, Problem> {
    accounts::end_all_sessions(&context, &principal.user, &client).await?;
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(SET_COOKIE, remove_cookie(Realm::Customer))])))
}
