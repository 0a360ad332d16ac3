//! Events of the gateway, through the service that Lambda calls: each gets a proper answer, whatever its bytes.

use api::{
    Endpoint, Event,
    axum::{Json, body::Bytes},
    catch_all,
};
use lambda_http::{
    LambdaEvent, Service,
    aws_lambda_events::apigw::ApiGatewayV2httpResponse,
    http::{HeaderMap, Uri},
};
use serde_json::{Value, json};
use std::convert::Infallible;

/// The service that Lambda calls.
pub trait Function: Service<LambdaEvent<Event>, Response = ApiGatewayV2httpResponse, Error = Infallible> {}
impl<S: Service<LambdaEvent<Event>, Response = ApiGatewayV2httpResponse, Error = Infallible>> Function for S {}

/// The request that an endpoint sees.
pub async fn echo(uri: Uri, headers: HeaderMap, body: Bytes) -> Json<Value> {
    let headers = headers.iter().map(|(name, value)| json!([name.as_str(), String::from_utf8_lossy(value.as_bytes())]));
    let headers: Vec<_> = headers.collect();
    Json(json!({"path": uri.path(), "query": uri.query(), "headers": headers, "body": String::from_utf8_lossy(&body)}))
}

pub fn function(endpoints: &[Endpoint], name: &str) -> impl Function + use<> {
    // One client sends more than the limit of anonymous requests.
    let context = crate::context_with([("TRUSTED_NETWORKS", "0.0.0.0/0,::/0")]);
    api::service(context, *endpoints.iter().find(|endpoint| endpoint.name == name).unwrap())
}

fn docs() -> impl Function {
    function(system::DOMAIN.endpoints, "docs")
}

fn echoing() -> impl Function {
    function(&[catch_all!("echo", echo)], "echo")
}

/// An event for a path and a query.
pub fn event(path: &str, query: &str) -> Value {
    json!({
        "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": query,
        "headers": {"content-type": "application/json", "host": "api.example.com", "x-forwarded-proto": "https"},
        "requestContext": {
            "http": {"method": "GET", "path": path, "protocol": "HTTP/1.1", "sourceIp": "198.51.100.7", "userAgent": "x"},
            "domainName": "api.example.com", "stage": "$default", "timeEpoch": 1_795_255_200_412_u64,
        },
        "isBase64Encoded": false,
    })
}

/// The status and the body of the answer. Every error is a problem with its request id.
pub async fn send(function: &mut impl Function, event: &str) -> (i64, Value) {
    let payload: Event = serde_json::from_str(event).unwrap();
    let invocation = LambdaEvent::new(payload, lambda_http::Context::default());
    let Ok(answer) = function.call(invocation).await;
    let answer = serde_json::to_value(answer).unwrap();
    let status = answer["statusCode"].as_i64().unwrap();
    let body = answer["body"].as_str().unwrap_or_default();
    let body = serde_json::from_str(body).unwrap_or_else(|_| json!(body));
    assert!((200..500).contains(&status), "{event}: {answer}");
    if status >= 400 {
        assert_eq!(answer["headers"]["content-type"], "application/problem+json", "{event}: {answer}");
        // The answer to HEAD has no body.
        let id = if body == "" { &answer["headers"]["x-request-id"] } else { &body["request_id"] };
        assert_eq!(*id, answer["headers"]["x-request-id"], "{event}: {answer}");
    }
    (status, body)
}

/// Every one-byte character, and some longer ones.
fn characters() -> impl Iterator<Item = char> {
    (0..=0x7F_u8).map(char::from).chain(['\u{80}', 'é', '\u{2028}', '₵', '\u{10FFFF}'])
}

#[tokio::test]
async fn any_character_is_valid_in_a_query() {
    let (mut docs, mut echoing) = (docs(), echoing());
    for character in characters() {
        let query = format!("q={character}&\"{character}");
        let (status, _) = send(&mut docs, &event("/api/docs", &query).to_string()).await;
        assert_eq!(status, 200, "{character:?}");
        let (_, seen) = send(&mut echoing, &event("/", &query).to_string()).await;
        let query = seen["query"].as_str().unwrap();
        assert!(query.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}#".contains(&byte)), "{seen}");
    }
}

#[tokio::test]
async fn no_character_in_a_path_ends_it() {
    let mut docs = docs();
    for character in characters().filter(|character| *character != '/') {
        let path = format!("/api/docs/docs.css{character}");
        let (status, _) = send(&mut docs, &event(&path, "").to_string()).await;
        assert_eq!(status, 404, "{character:?}");
    }
    for path in
        ["/api/docs/docs.css%23x", "/api/docs/docs.css%3Fx=1", "/api/docs?x", "/api/docs#x", "", "x", "//", "/../"]
    {
        let (status, _) = send(&mut docs, &event(path, "").to_string()).await;
        assert_eq!(status, 404, "{path}");
    }
    assert_eq!(send(&mut docs, &event("/api/docs/docs.css", "").to_string()).await.0, 200);
    assert_eq!(send(&mut docs, &event("/api/docs/docs%2Ecss", "").to_string()).await.0, 200, "it may be encoded");
}

#[tokio::test]
async fn host_and_scheme_are_ignored() {
    let mut docs = docs();
    for host in ["", "a b", "h:99999", "[::1", "foo.1", "x:y", "\u{7f}", "é", "a\r\nb"] {
        for scheme in ["", "ht tp", "http,https", "1", "\0"] {
            let mut event = event("/api/docs", "");
            event["headers"]["host"] = host.into();
            event["headers"]["x-forwarded-proto"] = scheme.into();
            event["requestContext"]["domainName"] = host.into();
            event["requestContext"]["stage"] = host.into();
            assert_eq!(send(&mut docs, &event.to_string()).await.0, 200, "{host:?} {scheme:?}");
        }
    }
}

#[tokio::test]
async fn invalid_headers_are_dropped() {
    let (mut docs, mut echoing) = (docs(), echoing());
    let mut event = event("/", "");
    event["cookies"] = json!(["a=1", "b=2"]);
    event["headers"] = json!({"": "a", "a b": "a", "é": "a", "x\n": "a", "x-lf": "a\nb", "x-nul": "\0", "x-text": "é"});
    let (_, seen) = send(&mut echoing, &event.to_string()).await;
    let mut headers: Vec<(String, String)> = serde_json::from_value(seen["headers"].clone()).unwrap();
    headers.sort();
    assert_eq!(headers, [("cookie".into(), "a=1; b=2".into()), ("x-text".into(), "é".into())]);

    let many: serde_json::Map<_, _> = (0..40_000).map(|n| (format!("x-{n}"), json!(""))).collect();
    event["headers"] = many.into();
    event["cookies"] = json!(["\r\n"]);
    event["rawPath"] = "/api/docs".into();
    assert_eq!(send(&mut docs, &event.to_string()).await.0, 200);
}

#[tokio::test]
async fn a_malformed_event_is_a_bad_request() {
    let mut docs = docs();
    let good = || event("/api/docs", "");
    let changed = |pointer: &str, value: Value| {
        let mut event = good();
        *event.pointer_mut(pointer).unwrap() = value;
        event.to_string()
    };
    let mut not_base64 = good();
    not_base64["isBase64Encoded"] = true.into();
    not_base64["body"] = "{}".into();
    for event in [
        not_base64.to_string(),
        changed("/rawQueryString", "x".repeat(70_000).into()),
        changed("/rawPath", format!("/{}", "\"".repeat(30_000)).into()),
        changed("/requestContext/http/method", "G T".into()),
        changed("/requestContext", Value::Null),
        good().to_string().replace("198.51.100.7", r"\ud83d"),
        "{}".to_owned(),
        "7".to_owned(),
    ] {
        let (status, problem) = send(&mut docs, &event).await;
        assert_eq!((status, &problem["code"]), (400, &json!("bad_request")), "{problem}");
    }
}

/// What attackers and testers found, each with the status that it gets now.
#[tokio::test]
async fn requests_that_were_answered_wrongly() {
    let mut docs = docs();
    let found = [
        ("/api/docs", "\"", "", "", 200),
        ("/api/docs", "<", "", "", 200),
        ("/api/docs", ">", "", "", 200),
        ("/api/docs", "tag=project:<x>", "", "", 200),
        ("/api/docs", "", "x-forwarded-proto", "a,b", 200),
        ("/api/docs", "", "x-forwarded-proto", "", 200),
        ("/api/docs", "", "x-forwarded-proto", "1", 200),
        ("/api/docs", "", "host", "foo.1", 200),
        ("/api/docs", "", "host", "x:99999", 200),
        ("/api/docs", "", "host", "a b", 200),
        ("/api/docs%23x", "", "", "", 404),
        ("/api/docs#x", "", "", "", 404),
        ("/api/docs%3Fwait=1", "", "", "", 404),
        ("/api/docs?wait=1", "", "", "", 404),
    ];
    for (path, query, header, value, status) in found {
        let mut event = event(path, query);
        if !header.is_empty() {
            event["headers"][header] = value.into();
        }
        assert_eq!(send(&mut docs, &event.to_string()).await.0, status, "{path} {query} {header} {value}");
    }
    let mut head = event("/api/docs", "");
    head["requestContext"]["http"]["method"] = "HEAD".into();
    assert_eq!(send(&mut docs, &head.to_string()).await, (200, json!("")));
}
