//! `GET /api/v1/me/passkeys` - lists the passkeys of the account.

use super::PasskeyView;
use crate::access::ReadPasskeys;
use api::{
    Caller, Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use domain::account::Passkeys;
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// The passkeys of an account.
#[derive(Serialize, ToSchema)]
pub struct PasskeysView {
    /// The passkeys, oldest first.
    items: Vec<PasskeyView>,
}

/// List passkeys
///
/// Returns the passkeys of the account, ten at most.
#[utoipa::path(
    get, path = "/api/v1/me/passkeys", operation_id = "list_passkeys", tag = "auth",
    responses((status = 200, body = PasskeysView)),
)]
pub async fn list(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ReadPasskeys>,
) -> Result<impl IntoResponse, Problem> {
    let passkeys: Passkeys = context.store().record(&principal.user, &()).await?.unwrap_or_default();
    Ok(Json(PasskeysView { items: passkeys.all().iter().cloned().map(PasskeyView::from).collect() }))
}
