//! `POST /api/v1/me/passkey/finish` - adds a passkey.

use super::{Credential, PasskeyView};
use crate::{
    access::AddPasskey,
    client::Client,
    codes::{PasskeyChallengeOver, PasskeyRefused, PasskeyTaken},
    problems,
};
use api::{
    Caller, Json, Parse, Problem,
    axum::{self, extract::State, response::IntoResponse},
    codes::Busy,
};
use domain::access::KeyName;
use http::StatusCode;
use runtime::Context;
use utoipa::ToSchema;

/// A new passkey.
#[derive(Parse, ToSchema)]
#[parse(problems(PasskeyChallengeOver, PasskeyRefused, PasskeyTaken, Busy))]
pub struct NewPasskey {
    /// The credential that the browser made, as its `toJSON()` returns it.
    #[schema(value_type = Object)]
    pub credential: Credential,
    /// Name.
    #[schema(example = "My phone")]
    pub name: KeyName,
}

/// Add a passkey
///
/// The account can then be signed in to with it. Sends a mail to the owner of the account. An account has ten passkeys
/// at most.
#[utoipa::path(
    post, path = "/api/v1/me/passkey/finish", operation_id = "add_passkey", tag = "auth", request_body = NewPasskey,
    responses((status = 201, description = "The passkey was added.", body = PasskeyView)),
)]
pub async fn finish(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<AddPasskey>,
    Client(client): Client,
    Json(NewPasskey { credential, name }): Json<NewPasskey>,
) -> Result<impl IntoResponse, Problem> {
    let added = accounts::add_passkey(&context, &principal.user, &credential.0, name, &client).await;
    let added = added.map_err(|reason| problems::of_passkey(reason, context.now()))?;
    Ok((StatusCode::CREATED, axum::Json(PasskeyView::from(added))))
}
