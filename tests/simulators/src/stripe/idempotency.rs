//! `Idempotency-Key`: the same request has the same answer, and its work is done once.

use super::{
    answer,
    calls::{MOST, RequestId, note},
    form::Form,
    refusal::{NotKept, Refusal},
    world::Shared,
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{OriginalUri, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{Method, StatusCode, header::CONTENT_TYPE};
use serde_json::json;
use std::collections::HashMap;

/// How long a key is remembered, in seconds.
const KEPT_S: i64 = 24 * 60 * 60;
const MOST_KEY: usize = 255;

/// Answers by key.
#[derive(Debug, Default)]
pub struct Answers(HashMap<String, Kept>);

/// The first request with a key.
#[derive(Debug)]
struct Kept {
    at: i64,
    path: String,
    form: Form,
    /// The name of that request.
    id: String,
    /// Its answer; `None` while it is at work.
    answer: Option<(StatusCode, Bytes)>,
}

impl Answers {
    /// The answer that is known for a request. Without one, the request is remembered as at work.
    fn claim(&mut self, key: &str, new: Kept) -> Result<Option<(StatusCode, Bytes, String)>, Refusal> {
        self.0.retain(|_, kept| kept.at > new.at - KEPT_S);
        let Some(kept) = self.0.get(key) else {
            self.0.insert(key.to_owned(), new);
            return Ok(None);
        };
        let hint = format!("Try using a key other than '{key}' if you meant to execute a different request.");
        if kept.path != new.path {
            return Err(other_request(format!(
                "Keys for idempotent requests can only be used for the same endpoint they were first used for ('{}' vs \
                 '{}'). {hint}",
                new.path, kept.path
            )));
        }
        if kept.form != new.form {
            let message =
                "Keys for idempotent requests can only be used with the same parameters they were first used with.";
            return Err(other_request(format!("{message} {hint}")));
        }
        let Some((status, body)) = kept.answer.clone() else {
            let message = format!(
                "There is currently another in-progress request using this Idempotent Key (that probably means you \
                 submitted twice, and the other request is still going through): {key}. Please try again later."
            );
            return Err(Refusal::invalid(message).status(StatusCode::CONFLICT).code("idempotency_key_in_use"));
        };
        Ok(Some((status, body, kept.id.clone())))
    }

    /// Keeps an answer, or forgets the request if it has none that may be kept.
    fn settle(&mut self, key: &str, answer: Option<(StatusCode, Bytes)>) {
        if answer.is_none() {
            self.0.remove(key);
        } else if let Some(kept) = self.0.get_mut(key) {
            kept.answer = answer;
        }
    }
}

fn other_request(message: String) -> Refusal {
    Refusal::invalid(message).with("type", json!("idempotency_error"))
}

/// Answers a repeated request as the first one, and keeps new answers.
pub async fn keep(
    State(shared): State<Shared>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    let key = request.headers().get("idempotency-key").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let Some(key) = key.filter(|key| !key.is_empty() && request.method() == Method::POST) else {
        return next.run(request).await;
    };
    if key.chars().count() > MOST_KEY {
        return Refusal::invalid(format!("Idempotency keys can have up to {MOST_KEY} characters.")).into_response();
    }
    let extensions = request.extensions();
    let form = extensions.get::<Form>().cloned().unwrap_or_default();
    let id = extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let claimed = {
        let mut world = shared.lock();
        let new = Kept { at: world.now(), path: uri.path().to_owned(), form, id, answer: None };
        world.answers.claim(&key, new)
    };
    let mut response = match claimed {
        Err(refusal) => refusal.into_response(),
        Ok(Some((status, body, original))) => replayed(status, body, &original),
        Ok(None) => first(&shared, &key, next.run(request).await).await,
    };
    note(response.headers_mut(), "idempotency-key", &key);
    response
}

fn replayed(status: StatusCode, body: Bytes, original: &str) -> Response {
    let mut response = (status, [(CONTENT_TYPE, "application/json")], body).into_response();
    note(response.headers_mut(), "idempotent-replayed", "true");
    note(response.headers_mut(), "original-request", original);
    response
}

async fn first(shared: &Shared, key: &str, response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let is_kept = !parts.status.is_server_error() && parts.extensions.get::<NotKept>().is_none();
    let body = to_bytes(body, MOST).await.ok();
    shared.lock().answers.settle(key, body.clone().filter(|_| is_kept).map(|body| (parts.status, body)));
    match body {
        Some(body) => Response::from_parts(parts, Body::from(body)),
        None => answer::network_error(StatusCode::BAD_GATEWAY),
    }
}

#[cfg(test)]
mod tests {
    use super::{Answers, Form, Kept};
    use axum::{body::Bytes, response::IntoResponse};
    use http::StatusCode;

    #[test]
    fn a_key_at_work_is_a_conflict_until_it_is_settled() {
        let mut answers = Answers::default();
        let first = || Kept { at: 0, path: "/v1".into(), form: Form::default(), id: "req_1".into(), answer: None };
        assert_eq!(answers.claim("key", first()).unwrap(), None);
        let refusal = answers.claim("key", first()).unwrap_err();
        assert_eq!(refusal.into_response().status(), StatusCode::CONFLICT);
        answers.settle("key", None);
        assert_eq!(answers.claim("key", first()).unwrap(), None, "an answer that is not kept frees the key");
        answers.settle("key", Some((StatusCode::OK, Bytes::from("{}"))));
        assert_eq!(answers.claim("key", first()).unwrap(), Some((StatusCode::OK, "{}".into(), "req_1".into())));
    }
}
