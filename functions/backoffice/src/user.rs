//! `GET /api/v1/admin/users/{id}` - returns a customer, with wallet, keys and sessions.

use crate::{access::ReadUsers, problems, view::UserView, work::Work};
use api::{
    PathId, Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use domain::{
    ApiKeyId, Credits, SessionId, Timestamp, UserId,
    access::{ApiKey, KeyName},
    account::Session,
};
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// A customer, with everything that support needs first.
#[derive(Serialize, ToSchema)]
pub struct UserDetails {
    /// The customer.
    #[serde(flatten)]
    user: UserView,
    /// What can be spent.
    available: Credits,
    /// What is held for open orders and disputes.
    held: Credits,
    /// What is owed after disputes.
    owed: Credits,
    /// API keys, without their texts.
    keys: Vec<KeySummary>,
    /// Open sessions, newest first.
    sessions: Vec<SessionSummary>,
}

/// An API key.
#[derive(Serialize, ToSchema)]
pub struct KeySummary {
    /// Identifier.
    id: ApiKeyId,
    /// Name.
    #[schema(value_type = String)]
    name: KeyName,
    /// Last characters; null for old keys.
    last_four: Option<String>,
    /// When it was stopped; null if it was not.
    stopped_at: Option<Timestamp>,
    /// The end; null for never.
    expires_at: Option<Timestamp>,
    /// Time when it was made.
    created_at: Timestamp,
}

/// An open session.
#[derive(Serialize, ToSchema)]
pub struct SessionSummary {
    /// Identifier.
    id: SessionId,
    /// Device, as its browser says.
    device: String,
    /// Network of the last sign-in or refresh.
    network: String,
    /// Time of the last refresh.
    used_at: Timestamp,
}

impl From<ApiKey> for KeySummary {
    fn from(key: ApiKey) -> Self {
        Self {
            id: key.key_id,
            name: key.name,
            last_four: key.last_four,
            stopped_at: key.stopped_at,
            expires_at: key.expires_at,
            created_at: key.created_at,
        }
    }
}

impl From<Session> for SessionSummary {
    fn from(session: Session) -> Self {
        Self {
            id: session.session_id,
            device: session.device.to_string(),
            network: session.network.to_string(),
            used_at: session.used_at,
        }
    }
}

/// Get a customer
#[utoipa::path(
    get, path = "/api/v1/admin/users/{id}", operation_id = "get_user", tag = "backoffice",
    params(("id" = UserId, Path)), responses((status = 200, body = UserDetails)),
)]
pub async fn show(
    State(context): State<Context>,
    work: Work<ReadUsers>,
    PathId(user): PathId<UserId>,
) -> Result<impl IntoResponse, Problem> {
    let staff = work.staff(&context);
    let profile = staff.customer(&user).await.map_err(problems::of)?;
    let wallet = staff.wallet(&user).await.map_err(problems::of)?;
    let keys = staff.keys(&user).await.map_err(problems::of)?;
    let sessions = accounts::open_sessions(&context, &user).await?;
    Ok(Json(UserDetails {
        user: profile.into(),
        available: wallet.available,
        held: wallet.held,
        owed: wallet.owed,
        keys: keys.into_iter().map(KeySummary::from).collect(),
        sessions: sessions.into_iter().map(SessionSummary::from).collect(),
    }))
}
