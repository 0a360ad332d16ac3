//! `GET /api/v1/me/sessions` - lists the open sessions of the caller.

use crate::access::ReadSessions;
use api::{
    Caller, Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use domain::{
    SessionId, Timestamp,
    access::Via,
    account::{Factor, Session, SignIn},
};
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// The open sessions.
#[derive(Serialize, ToSchema)]
pub struct SessionsView {
    /// The sessions, newest first.
    items: Vec<SessionView>,
}

/// A session.
#[derive(Serialize, ToSchema)]
pub struct SessionView {
    /// Identifier.
    id: SessionId,
    /// How the person signed in.
    sign_in: SignIn,
    /// The second factor that was used; null without one.
    second_factor: Option<Factor>,
    /// The device, as its browser says.
    #[schema(examples("Firefox on Android"))]
    device: String,
    /// The network of the last sign-in or refresh.
    #[schema(examples("198.51.100.0/24"))]
    network: String,
    /// Time of the sign-in.
    started_at: Timestamp,
    /// Time of the last refresh.
    used_at: Timestamp,
    /// The end, unless it is refreshed before.
    ends_at: Timestamp,
    /// Whether this request belongs to it.
    current: bool,
}

/// List sessions
///
/// Returns the open sessions of the account. An unknown one can be ended with
/// `DELETE /api/v1/me/sessions/{id}`.
#[utoipa::path(
    get, path = "/api/v1/me/sessions", operation_id = "list_sessions", tag = "account",
    responses((status = 200, body = SessionsView)),
)]
pub async fn list(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ReadSessions>,
) -> Result<impl IntoResponse, Problem> {
    let open = accounts::open_sessions(&context, &principal.user).await?;
    let view = |session: Session| {
        let current = principal.via == Via::Session(session.session_id.clone());
        SessionView {
            id: session.session_id,
            sign_in: session.factors.sign_in,
            second_factor: session.factors.second_factor,
            device: session.device.to_string(),
            network: session.network.to_string(),
            started_at: session.started_at,
            used_at: session.used_at,
            ends_at: session.ends_at,
            current,
        }
    };
    Ok(Json(SessionsView { items: open.into_iter().map(view).collect() }))
}
