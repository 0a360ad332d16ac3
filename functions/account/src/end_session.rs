//! `DELETE /api/v1/me/sessions/{id}` - ends a session of the caller.

use crate::access::EndSession;
use api::{
    Caller, Owned, Problem, Requested,
    axum::{extract::State, response::IntoResponse},
};
use domain::SessionId;
use http::StatusCode;
use runtime::Context;

/// End a session
///
/// Its tokens end at once. Ending it again has no effect.
#[utoipa::path(
    delete, path = "/api/v1/me/sessions/{id}", operation_id = "end_session", tag = "account",
    params(("id" = SessionId, Path)), responses((status = 204, description = "The session has ended.")),
)]
pub async fn end(
    State(context): State<Context>,
    Caller { principal, beside: Owned(session), .. }: Caller<EndSession>,
    Requested(source): Requested,
) -> Result<impl IntoResponse, Problem> {
    accounts::end_session(&context, &principal.user, &session.session_id, &source.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}
