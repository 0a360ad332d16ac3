//! The middleware of every endpoint: request id, duration, headers, rendering of problems, one log line, metrics.

use crate::{
    codes::{TokenExpired, Unauthenticated},
    compress::{accepts_gzip, compress},
    cors::CrossOrigin,
    gateway::Unreadable,
    headers, language,
    limits::LimitResult,
    origin,
    problem::Problem,
};
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::RequestId;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts};
use runtime::{
    Context,
    telemetry::{self, Kind},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tracing::Instrument;

/// Requests that take longer are logged as slow.
const SLOW: Duration = Duration::from_secs(1);

/// Wraps a request.
pub(crate) async fn around(State(context): State<Context>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let request_id = request_id(request.headers(), &context);
    let language = language::of_request(request.headers());
    let accepts = accepts_gzip(request.headers());
    let limit_result = LimitResult::default();
    request.extensions_mut().insert(limit_result.clone());
    let simulated = Simulated::default();
    request.extensions_mut().insert(simulated.clone());
    request.extensions_mut().insert(request_id.clone());
    let method = request.method().clone();
    let has_credential = headers::has_credential(request.headers());
    let admitted = origin::admit(&mut request, &context);
    let cross_origin =
        CrossOrigin::of(&context.environment().setting("CORS_ORIGINS"), request.method(), request.headers());
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());
    let empty = tracing::field::Empty;
    let span = tracing::info_span!("request", %request_id, %method, %route, user_id = empty, order_id = empty);

    let finish = async {
        let mut response = if let Some(Unreadable(reason)) = request.extensions_mut().remove::<Unreadable>() {
            Problem::from(reason).into_response()
        } else if let Err(problem) = admitted {
            problem.into_response()
        } else if let Some(answer) = cross_origin.preflight() {
            answer
        } else {
            next.run(request).await
        };
        let mut code = "-";
        if let Some(problem) = problem_of(&mut response) {
            code = problem.code().name();
            let rendered = problem.render(&context.config().public_url, request_id.as_str(), language);
            response = completed(rendered, response.headers(), is_challenged(code) && has_credential);
        }
        let status = response.status();
        response = compress(response, accepts).await;
        let took = started.elapsed();
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let waited = response.extensions().get::<Waited>().is_some();
        if took > SLOW && !waited {
            tracing::warn!(status = status.as_u16(), code, ms, "slow request");
        } else {
            tracing::info!(status = status.as_u16(), code, ms, "request");
        }
        let is_timed = !waited && !simulated.is_noted();
        telemetry::request(class_of(status), is_timed.then_some((kind_of(&method, &route), ms)));
        limit_result.write(response.headers_mut());
        let answer = response.headers_mut();
        cross_origin.write(answer);
        headers::write(answer, &context.config().public_url);
        write_own(answer, request_id.as_str(), took);
        response
    };
    finish.instrument(span).await
}

/// A rendered problem, with what the router said about methods and the endpoint about cookies, and whether the
/// credential that was sent is not valid.
fn completed(mut rendered: Response, said: &HeaderMap, is_not_valid: bool) -> Response {
    for name in [header::ALLOW, header::SET_COOKIE] {
        if let Some(value) = said.get(&name) {
            rendered.headers_mut().insert(name, value.clone());
        }
    }
    if is_not_valid {
        headers::challenge(rendered.headers_mut());
    }
    rendered
}

/// Whether a problem with this code is about the credential of the request.
fn is_challenged(code: &str) -> bool {
    [Unauthenticated::CODE, TokenExpired::CODE].iter().any(|challenged| challenged.name() == code)
}

/// A response extension that marks an answer as late by design, because the caller asked to wait. Its duration is
/// excluded from the metrics and is not logged as slow.
#[derive(Clone, Copy, Debug)]
pub struct Waited;

/// A request extension that notes a test key. The duration of its requests is excluded from the metrics, whatever they
/// answer: no supplier is called, so many of them would hide slow purchases.
#[derive(Clone, Debug, Default)]
pub(crate) struct Simulated(Arc<AtomicBool>);

impl Simulated {
    /// Notes that a request was sent with a test key.
    pub(crate) fn note(parts: &Parts) {
        if let Some(Self(noted)) = parts.extensions.get() {
            noted.store(true, Ordering::Relaxed);
        }
    }

    fn is_noted(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// An answer with an error status that is sent unchanged, because its body says more than a problem would.
#[derive(Clone, Copy, Debug)]
pub struct AsIs<R>(pub R);

/// The response extension that marks an [`AsIs`] answer.
#[derive(Clone, Copy)]
struct KeepBody;

impl<R: IntoResponse> IntoResponse for AsIs<R> {
    fn into_response(self) -> Response {
        let mut response = self.0.into_response();
        response.extensions_mut().insert(KeepBody);
        response
    }
}

/// Returns the problem of an endpoint's answer, or one that replaces an error answer of the router.
fn problem_of(response: &mut Response) -> Option<Problem> {
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        return Some(problem);
    }
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    (is_error && response.extensions().get::<KeepBody>().is_none()).then(|| Problem::of_status(status))
}

/// Writes the headers about this request.
fn write_own(headers: &mut HeaderMap, request_id: &str, took: Duration) {
    for (name, value) in [("x-request-id", request_id), ("x-process-time", &format!("{:.6}", took.as_secs_f64()))] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
}

/// Returns the client's id if it is valid, otherwise a new one.
fn request_id(headers: &HeaderMap, context: &Context) -> RequestId {
    let given = headers.get("x-request-id").and_then(|value| value.to_str().ok());
    let given = given.and_then(|text| text.parse().ok());
    given.unwrap_or_else(|| RequestId::new(context.now(), context.random()))
}

fn kind_of(method: &Method, route: &str) -> Kind {
    // Function URLs answer as fast as reads.
    if method.is_safe() || matches!(route, "/" | "/{*path}") {
        Kind::Read
    } else if route.contains("/auth/") || route.starts_with("/api/v1/me") {
        Kind::SignIn
    } else {
        Kind::Purchase
    }
}

const fn class_of(status: StatusCode) -> &'static str {
    match status.as_u16() {
        ..400 => "2xx",
        400..500 => "4xx",
        _ => "5xx",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_ins_are_not_timed_as_purchases() {
        for (method, route, kind) in [
            (Method::GET, "/api/v1/wallet", Kind::Read),
            (Method::POST, "/api/v1/verifications", Kind::Purchase),
            (Method::POST, "/api/v1/verifications/{id}/cancel", Kind::Purchase),
            (Method::POST, "/api/v1/auth/login", Kind::SignIn),
            (Method::POST, "/api/v1/me/2fa/disable", Kind::SignIn),
            (Method::DELETE, "/api/v1/me", Kind::SignIn),
            (Method::POST, "/api/v1/admin/auth/login", Kind::SignIn),
            (Method::POST, "-", Kind::Purchase),
            (Method::POST, "/", Kind::Read),
        ] {
            assert_eq!(kind_of(&method, route), kind, "{method} {route}");
        }
    }
}
