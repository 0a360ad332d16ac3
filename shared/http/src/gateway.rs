//! Converts the gateway's events to requests, and answers to the gateway's form.
//!
//! Any event becomes a request, whatever bytes a client sends; nothing here panics (decision 0020). A
//! malformed event becomes [`Unreadable`], which the layer around all endpoints answers as a problem.

use crate::codes::BadRequest;
use axum::{body::Body, extract::Request, response::Response};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{
    HeaderMap, HeaderName, HeaderValue, Uri,
    header::{COOKIE, SET_COOKIE},
};
use lambda_http::{
    IntoResponse,
    aws_lambda_events::apigw::{ApiGatewayV2httpRequestContext, ApiGatewayV2httpResponse},
    request::RequestContext,
};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::collections::HashMap;

/// The bytes that a query must not contain (RFC 3986, 3.4). `%` stays, so nothing is encoded twice.
const QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');
/// The bytes that a path must not contain. The gateway decodes `%3F` and `%23`, and unencoded they would
/// begin a query or a fragment.
const PATH: &AsciiSet = &QUERY.add(b'?');

/// The event of an HTTP API for one request (payload format 2.0).
#[derive(Debug)]
pub struct Event(Result<Sent, Unreadable>);

/// The used parts of an event.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sent {
    raw_path: Option<String>,
    raw_query_string: Option<String>,
    cookies: Option<Vec<String>>,
    headers: Option<HashMap<String, String>>,
    request_context: ApiGatewayV2httpRequestContext,
    body: Option<String>,
    is_base64_encoded: Option<bool>,
}

/// Why an event can't become a request.
#[derive(Clone, Debug)]
pub(crate) struct Unreadable(pub(crate) BadRequest);

impl<'de> Deserialize<'de> for Event {
    /// Accepts any JSON, so that an event that can't be read is answered instead of failing the invocation.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Box::<RawValue>::deserialize(deserializer)?;
        let sent = serde_json::from_str(json.get());
        Ok(Self(sent.map_err(|_| Unreadable(BadRequest::Unreadable))))
    }
}

impl Event {
    /// The request. If the event is malformed, it is empty and has an [`Unreadable`] extension.
    pub fn into_request(self) -> Request {
        self.0.and_then(Sent::into_request).unwrap_or_else(|reason| {
            let mut request = Request::default();
            request.extensions_mut().insert(reason);
            request
        })
    }
}

impl Sent {
    fn into_request(self) -> Result<Request, Unreadable> {
        let mut request = Request::new(body(self.body, self.is_base64_encoded.unwrap_or_default())?);
        *request.method_mut() = self.request_context.http.method.clone();
        *request.uri_mut() =
            uri(&self.raw_path.unwrap_or_default(), self.raw_query_string.as_deref().unwrap_or_default())?;
        *request.headers_mut() = headers(self.headers.unwrap_or_default(), &self.cookies.unwrap_or_default());
        request.extensions_mut().insert(RequestContext::ApiGatewayV2(self.request_context));
        Ok(request)
    }
}

/// The path and the query. The host is not used, because the client sets it.
fn uri(path: &str, query: &str) -> Result<Uri, Unreadable> {
    let root = if path.starts_with('/') { "" } else { "/" };
    let mut text = format!("{root}{}", utf8_percent_encode(path, PATH));
    if !query.is_empty() {
        text.push('?');
        text.extend(utf8_percent_encode(query, QUERY));
    }
    text.try_into().map_err(|_| Unreadable(BadRequest::TooLong))
}

/// The valid headers. Others are dropped, because no endpoint can read them.
fn headers(sent: HashMap<String, String>, cookies: &[String]) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(sent.len().min(64));
    for (name, value) in sent {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value))
            && headers.try_append(name, value).is_err()
        {
            break; // more than the map can hold
        }
    }
    if let Ok(value) = HeaderValue::try_from(cookies.join("; "))
        && !value.is_empty()
    {
        let _ = headers.try_insert(COOKIE, value);
    }
    headers
}

fn body(text: Option<String>, is_base64: bool) -> Result<Body, Unreadable> {
    match text {
        Some(text) if is_base64 => STANDARD.decode(text).map(Body::from).map_err(|_| Unreadable(BadRequest::NotBase64)),
        text => Ok(text.map_or_else(Body::empty, Body::from)),
    }
}

/// The answer in the gateway's form.
pub(crate) async fn answer(response: Response) -> ApiGatewayV2httpResponse {
    let (parts, body) = IntoResponse::into_response(response).await.into_parts();
    let mut answer = ApiGatewayV2httpResponse::default();
    answer.status_code = parts.status.as_u16().into();
    answer.headers = parts.headers;
    let cookies = answer.headers.get_all(SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    answer.cookies = cookies.map(str::to_owned).collect();
    answer.headers.remove(SET_COOKIE);
    answer.is_base64_encoded = matches!(body, lambda_http::Body::Binary(_));
    answer.body = (!matches!(body, lambda_http::Body::Empty)).then_some(body);
    answer
}
