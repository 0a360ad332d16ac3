//! Sign-in with Google, and the link of an account with one at Google (decision 0041).

mod cookie;
pub mod finish;
pub mod link_finish;
pub mod link_start;
pub mod start;
pub mod unlink;

use accounts::Begun;
use domain::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// The way to Google.
#[derive(Serialize, ToSchema)]
pub struct AuthorizationView {
    /// Page at Google to which the browser goes. Google sends the person back to the page `/sign-in/google`, with
    /// `code` and `state` in the query.
    #[schema(examples("https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=…"))]
    authorization_url: String,
    /// One-time token that comes back with the code. Accept no other.
    state: String,
    /// Until when the person must be back.
    expires_at: Timestamp,
}

impl From<Begun> for AuthorizationView {
    fn from(begun: Begun) -> Self {
        Self {
            authorization_url: begun.authorization_url,
            state: begun.state.expose().to_owned(),
            expires_at: begun.ends_at,
        }
    }
}
