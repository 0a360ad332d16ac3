//! `/token`: a client exchanges a code for tokens.

use super::{
    client::Client,
    grant::{SESSION_S, Session},
    id_token::Facts,
    keys::Key,
    parameters::Parameters,
    plan::{self, Fault, Moment},
    world::Shared,
};
use axum::{
    Form, Json, Router,
    extract::{State, rejection::FormRejection},
    response::{IntoResponse, Response},
    routing::post,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{
    HeaderMap, StatusCode,
    header::{AUTHORIZATION, CACHE_CONTROL, WWW_AUTHENTICATE},
};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use std::time::Duration;

pub fn routes() -> Router<Shared> {
    Router::new().route("/token", post(exchange))
}

/// An error of the protocol (RFC 6749, section 5.2).
struct Error(&'static str, String);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.0, "error_description": self.1 });
        if self.0 == "invalid_client" {
            let challenge = [(WWW_AUTHENTICATE, "Basic realm=\"token\"")];
            return (challenge, private(StatusCode::UNAUTHORIZED, body)).into_response();
        }
        private(StatusCode::BAD_REQUEST, body)
    }
}

async fn exchange(
    State(shared): State<Shared>,
    headers: HeaderMap,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    match answer(&shared, &headers, form).await {
        Ok(response) => response,
        Err(error) => error.into_response(),
    }
}

async fn answer(
    shared: &Shared,
    headers: &HeaderMap,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, Error> {
    let Form(pairs) = form.map_err(|rejection| invalid(rejection.body_text()))?;
    let form = Parameters::new(pairs).map_err(invalid)?;
    authenticate(&shared.client, headers, &form)?;
    if form.required("grant_type").map_err(invalid)? != "authorization_code" {
        return Err(Error("unsupported_grant_type", "Only authorization_code is supported.".to_owned()));
    }
    let code = form.required("code").map_err(invalid)?;
    let redirect_uri = form.required("redirect_uri").map_err(invalid)?;
    if let Some(failure) = failure_of_exchange(shared, code).await {
        return Ok(failure);
    }
    tokens(shared, code, redirect_uri, form.get("code_verifier"))
}

/// The client proves its identity in the form or by Basic, never by both (RFC 6749, section 2.3).
fn authenticate(client: &Client, headers: &HeaderMap, form: &Parameters) -> Result<(), Error> {
    let header = headers.get(AUTHORIZATION).map(|value| value.to_str().unwrap_or_default());
    let (id, secret) = match (header, form.get("client_secret")) {
        (Some(_), Some(_)) => return Err(invalid("Two ways of client authentication.".to_owned())),
        (Some(header), None) => basic(header).ok_or_else(unauthorized)?,
        (None, Some(secret)) => (form.required("client_id").map_err(invalid)?.to_owned(), secret.to_owned()),
        (None, None) => return Err(unauthorized()),
    };
    let other_id = form.get("client_id").is_some_and(|named| named != id);
    if other_id || id != client.id || secret != client.secret { Err(unauthorized()) } else { Ok(()) }
}

/// Both parts are encoded as in a form before they are joined (RFC 6749, section 2.3.1).
fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    let joined = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = joined.split_once(':').filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let decoded = |text: &str| Some(percent_decode_str(&text.replace('+', " ")).decode_utf8().ok()?.into_owned());
    Some((decoded(id)?, decoded(secret)?))
}

/// Waits, or answers in place of the exchange, if that is planned for the person of a code.
#[expect(clippy::disallowed_methods, reason = "answers are delayed in real time")]
async fn failure_of_exchange(shared: &Shared, code: &str) -> Option<Response> {
    let plan = {
        let mut world = shared.lock();
        let email = world.grants.email_of(code)?.to_owned();
        plan::take_fault(&mut world.plans, Moment::Exchange, &email)?
    };
    if plan.fault == Fault::Token500 {
        return Some((StatusCode::INTERNAL_SERVER_ERROR, "Internal error").into_response());
    }
    tokio::time::sleep(Duration::from_secs(plan.seconds)).await;
    None
}

fn tokens(shared: &Shared, code: &str, redirect_uri: &str, verifier: Option<&str>) -> Result<Response, Error> {
    let (grant, fault) = {
        let mut world = shared.lock();
        let now = world.now_ms();
        let redeemed = world.grants.redeem(code, redirect_uri, verifier, now);
        let grant = redeemed.map_err(|reason| Error("invalid_grant", reason.to_owned()))?;
        let fault = plan::take_fault(&mut world.plans, Moment::IdToken, &grant.person.email).map(|plan| plan.fault);
        (grant, fault)
    };
    // A key takes long to make, so it is made without the lock.
    let new_key = (fault == Some(Fault::RotateKeys)).then(Key::generate);
    let mut world = shared.lock();
    if let Some(key) = new_key {
        world.keys.rotate(key);
    }
    let now_ms = world.now_ms();
    let session = Session {
        subject: Facts::subject(&grant, fault),
        email: grant.person.email.clone(),
        email_verified: fault != Some(Fault::EmailUnverified),
        name: grant.person.name.clone(),
        scopes: grant.request.scopes.clone(),
        until_ms: now_ms + SESSION_S * 1000,
    };
    let access_token = world.grants.open(code, session);
    let facts = Facts {
        issuer: &shared.issuer,
        client_id: &shared.client.id,
        grant: &grant,
        access_token: &access_token,
        now_s: now_ms / 1000,
        fault,
    };
    let body = json!({
        "access_token": access_token,
        "expires_in": SESSION_S - 1,
        "scope": grant.request.scopes.join(" "),
        "token_type": "Bearer",
        "id_token": facts.token(&world.keys),
    });
    Ok(private(StatusCode::OK, body))
}

fn private(status: StatusCode, body: Value) -> Response {
    (status, [(CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

const fn invalid(reason: String) -> Error {
    Error("invalid_request", reason)
}

fn unauthorized() -> Error {
    Error("invalid_client", "Unauthorized".to_owned())
}
