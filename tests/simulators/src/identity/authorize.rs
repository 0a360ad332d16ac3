//! `/authorize`: a person signs in and is sent back to the client with a code.

use super::{
    page,
    person::is_email,
    plan,
    request::SignIn,
    world::{Shared, World},
};
use axum::{
    Form, Router,
    extract::{Query, State},
    response::{IntoResponse, Response},
    routing::get,
};
use http::{StatusCode, header::LOCATION};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

type Asked = Query<Vec<(String, String)>>;

pub fn routes() -> Router<Shared> {
    Router::new().route("/authorize", get(ask).post(answer))
}

/// Shows the page, unless an approval is planned for the person whom the client expects.
async fn ask(State(shared): State<Shared>, Query(asked): Asked) -> Response {
    let request = match SignIn::read(&shared.client, asked) {
        Ok(request) => request,
        Err(refusal) => return page::refused(&refusal),
    };
    let mut world = shared.lock();
    let hint = request.login_hint.clone().filter(|hint| is_email(hint));
    if let Some(email) = &hint
        && let Some(approval) = plan::take_approval(&mut world.approvals, email)
    {
        if approval.denied {
            return sent_back(StatusCode::FOUND, &request, &[("error", "access_denied")]);
        }
        return approved(StatusCode::FOUND, &mut world, &request, email, approval.name.as_deref());
    }
    if request.is_silent {
        return sent_back(StatusCode::FOUND, &request, &[("error", "interaction_required")]);
    }
    page::sign_in(&shared.client.id, &request, &world.persons(), None)
}

/// What a person answers on the page; without an address, they refuse.
#[derive(Deserialize)]
struct Answer {
    email: Option<String>,
    #[serde(default)]
    name: String,
}

/// The page sends its own query again, so it is checked again.
async fn answer(State(shared): State<Shared>, Query(asked): Asked, Form(answer): Form<Answer>) -> Response {
    let request = match SignIn::read(&shared.client, asked) {
        Ok(request) => request,
        Err(refusal) => return page::refused(&refusal),
    };
    let Some(email) = answer.email else {
        return sent_back(StatusCode::SEE_OTHER, &request, &[("error", "access_denied")]);
    };
    let (email, name) = (email.trim(), answer.name.trim());
    let mut world = shared.lock();
    if !is_email(email) {
        let complaint = format!("{email} is not an e-mail address.");
        return page::sign_in(&shared.client.id, &request, &world.persons(), Some(&complaint));
    }
    approved(StatusCode::SEE_OTHER, &mut world, &request, email, Some(name).filter(|name| !name.is_empty()))
}

fn approved(status: StatusCode, world: &mut World, request: &SignIn, email: &str, name: Option<&str>) -> Response {
    let (person, now) = (world.person(email, name), world.now_ms());
    let code = world.grants.issue(request.clone(), person, now);
    sent_back(status, request, &[("code", &code), ("scope", &request.scopes.join(" "))])
}

/// Sends the person back to the client, with the client's own state.
fn sent_back(status: StatusCode, request: &SignIn, told: &[(&str, &str)]) -> Response {
    let told = [("state", request.state.as_str())].into_iter().chain(told.iter().copied());
    let pairs = told.map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)));
    let sign = if request.redirect_uri.contains('?') { '&' } else { '?' };
    let address = format!("{}{sign}{}", request.redirect_uri, pairs.collect::<Vec<_>>().join("&"));
    (status, [(LOCATION, address)]).into_response()
}
