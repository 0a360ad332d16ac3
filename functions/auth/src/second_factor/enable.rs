//! `POST /api/v1/me/2fa/enable` - returns a secret for an authenticator app.

use crate::{access::EnableSecondFactor, client::Client, problems, proof::OwnerProof};
use accounts::Enrolment;
use api::{
    Caller, Json, Problem, Unstored,
    axum::{extract::State, response::IntoResponse},
};
use domain::Timestamp;
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// A secret for an authenticator app, in three forms.
#[derive(Serialize, ToSchema)]
pub struct EnrolmentView {
    /// The secret in base 32, to type into the app.
    #[schema(examples("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))]
    secret: String,
    /// The secret as a link that opens the app on a phone.
    #[schema(examples("otpauth://totp/Namaskah%20SMS:kofi%40example.com?secret=GEZD…&issuer=Namaskah%20SMS"))]
    otpauth_uri: String,
    /// The link as a QR code, in SVG.
    qr_svg: String,
    /// Until when a code of the app can confirm it.
    expires_at: Timestamp,
}

impl From<(Enrolment, Timestamp)> for EnrolmentView {
    fn from((enrolment, expires_at): (Enrolment, Timestamp)) -> Self {
        Self {
            secret: enrolment.secret.expose().to_owned(),
            otpauth_uri: enrolment.uri,
            qr_svg: enrolment.qr_svg,
            expires_at,
        }
    }
}

/// Turn the second factor on
///
/// Returns a secret for an authenticator app. The second factor is on once a code of the app was sent to
/// `POST /api/v1/me/2fa/confirm`. Calling it again replaces the secret.
#[utoipa::path(
    post, path = "/api/v1/me/2fa/enable", operation_id = "enable_second_factor", tag = "auth", request_body = OwnerProof,
    responses((status = 200, description = "The secret.", body = EnrolmentView)),
)]
pub async fn enable(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<EnableSecondFactor>,
    Client(client): Client,
    Json(proof): Json<OwnerProof>,
) -> Result<impl IntoResponse, Problem> {
    let proposed = accounts::propose_second_factor(&context, &principal.user, &proof.of(&principal), &client).await;
    let proposed = proposed.map_err(|reason| problems::of_second_factor(reason, context.now()))?;
    Ok(Unstored(EnrolmentView::from(proposed)))
}
