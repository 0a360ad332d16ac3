//! Middleware of calls: the journal, the simulated downtime, the key, the version, and the parameters.

use super::{answer::network_error, form::Form, id, refusal::Refusal, version::Version, world::Shared};
use axum::{
    body::{Body, to_bytes},
    extract::{OriginalUri, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE},
    request::Parts,
};

/// The largest body.
pub const MOST: usize = 1 << 20;
const FORM: &str = "application/x-www-form-urlencoded";

/// The name of a call, which Stripe's support asks for.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Notes a call after it was answered. The state is of the current time before.
pub async fn record(
    State(shared): State<Shared>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    shared.lock().advance();
    let response = next.run(request).await;
    let mut world = shared.lock();
    let at_ms = world.now_ms();
    world.calls.note(at_ms, uri.to_string(), response.status().as_u16());
    response
}

/// Lets a call of the API pass that has the key, and a version and parameters that can be read.
pub async fn admit(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    if shared.lock().down {
        return network_error(StatusCode::SERVICE_UNAVAILABLE);
    }
    let (parts, body) = request.into_parts();
    let id = id::random("req_", 14);
    let mut response = match admitted(&shared, parts, body, &id).await {
        Ok(request) => {
            let version = request.extensions().get::<Version>().map(|version| version.name().to_owned());
            let mut response = next.run(request).await;
            note(response.headers_mut(), "stripe-version", &version.unwrap_or_default());
            response
        }
        Err(refusal) => refusal.into_response(),
    };
    note(response.headers_mut(), "request-id", &id);
    response
}

async fn admitted(shared: &Shared, mut parts: Parts, body: Body, id: &str) -> Result<Request, Refusal> {
    authorize(&parts.headers, &shared.key)?;
    let version = parts.headers.get("stripe-version").map(|value| value.to_str().unwrap_or_default());
    let version = Version::read(version)?;
    let form = if parts.method == Method::GET {
        Form::decoded(parts.uri.query().unwrap_or_default())
    } else {
        read_body(&parts.headers, body).await?
    };
    parts.extensions.insert(form);
    parts.extensions.insert(version);
    parts.extensions.insert(RequestId(id.to_owned()));
    Ok(Request::from_parts(parts, Body::empty()))
}

async fn read_body(headers: &HeaderMap, body: Body) -> Result<Form, Refusal> {
    let too_large = |_| Refusal::invalid("Request body is too large.").status(StatusCode::PAYLOAD_TOO_LARGE);
    let bytes = to_bytes(body, MOST).await.map_err(too_large)?;
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if bytes.is_empty() || kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(FORM)) {
        return Ok(Form::decoded(&String::from_utf8_lossy(&bytes)));
    }
    let message = format!(
        "Invalid request (check that your POST content type is {FORM}). If you have any questions, we can help at \
         https://support.stripe.com/."
    );
    Err(Refusal::invalid(message))
}

/// The secret key comes as a bearer token, or as the user name of Basic.
fn authorize(headers: &HeaderMap, key: &str) -> Result<(), Refusal> {
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some((scheme, credential)) = header.and_then(|header| header.split_once(' ')) else {
        return Err(unauthorized(
            "You did not provide an API key. You need to provide your API key in the Authorization header, using \
             Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See \
             https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.",
        ));
    };
    let is_basic = scheme.eq_ignore_ascii_case("basic");
    let given = if is_basic {
        let decoded = STANDARD.decode(credential.trim()).unwrap_or_default();
        String::from_utf8_lossy(&decoded).split(':').next().unwrap_or_default().to_owned()
    } else {
        credential.trim().to_owned()
    };
    if given == key && (is_basic || scheme.eq_ignore_ascii_case("bearer")) {
        return Ok(());
    }
    Err(wrong_key(&given))
}

/// 401 for a key that is not valid, of which the ends are shown.
pub fn wrong_key(key: &str) -> Refusal {
    let signs: Vec<char> = key.chars().collect();
    let hidden: String =
        signs.iter().enumerate().map(|(at, sign)| if at < 8 || at + 4 >= signs.len() { *sign } else { '*' }).collect();
    unauthorized(&format!("Invalid API Key provided: {hidden}"))
}

fn unauthorized(message: &str) -> Refusal {
    Refusal::invalid(message).status(StatusCode::UNAUTHORIZED)
}

/// Adds a header to an answer.
pub fn note(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}

/// 404 for a path or a method that the API does not have.
pub async fn unrecognized(method: Method, OriginalUri(uri): OriginalUri) -> Refusal {
    let message = format!(
        "Unrecognized request URL ({method}: {}). Please see https://stripe.com/docs or we can help at \
         https://support.stripe.com/.",
        uri.path()
    );
    Refusal::invalid(message).status(StatusCode::NOT_FOUND)
}
