//! `POST /api/v1/admin/auth/logout` - ends the session of a person of the staff.

use crate::{access::EndStaffSession, client::Client, refresh_token::remove_cookie};
use api::{
    Caller, Problem,
    axum::{
        extract::State,
        response::{AppendHeaders, IntoResponse},
    },
};
use domain::{access::Via, account::Realm};
use http::{StatusCode, header::SET_COOKIE};
use runtime::Context;

/// Sign out as staff
///
/// Ends the session of the access token at once, and removes the cookie.
#[utoipa::path(
    post, path = "/api/v1/admin/auth/logout", operation_id = "staff_logout", tag = "auth",
    responses((status = 204, description = "The session has ended.")),
)]
pub async fn logout(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<EndStaffSession>,
    Client(client): Client,
) -> Result<impl IntoResponse, Problem> {
    if let Via::Staff(session) = &principal.via {
        accounts::end_session(&context, &principal.user, session, &client).await?;
    }
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(SET_COOKIE, remove_cookie(Realm::Staff))])))
}
