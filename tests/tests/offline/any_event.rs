//! Arbitrary events of the gateway: each gets an answer. More of them with `PROPTEST_CASES`.

use crate::gateway::{echo, event, function, send};
use api::catch_all;
use proptest::{collection::vec, prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};
use std::cell::RefCell;

/// Strings of ASCII characters, and of any characters.
fn texts() -> impl Strategy<Value = String> {
    let ascii = vec(0..0x80_u8, 0..24).prop_map(|bytes| bytes.into_iter().map(char::from).collect());
    let any = vec(any::<char>(), 0..24).prop_map(String::from_iter);
    prop_oneof![ascii, any]
}

/// The headers that the code reads.
const NAMES: [&str; 9] = [
    "x-api-key",
    "authorization",
    "idempotency-key",
    "if-none-match",
    "accept-encoding",
    "accept-language",
    "x-request-id",
    "x-forwarded-for",
    "x-origin-secret",
];

/// The parts of an event that the conversion reads.
const PARTS: [&str; 11] = [
    "/rawPath",
    "/rawQueryString",
    "/headers",
    "/headers/host",
    "/cookies",
    "/body",
    "/isBase64Encoded",
    "/requestContext",
    "/requestContext/http",
    "/requestContext/http/method",
    "/requestContext/http/sourceIp",
];

/// Values of any type, also of a wrong one.
fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        texts().prop_map(Value::from),
        prop::sample::select(vec!["GET", "HEAD", "POST", "/api/docs", "a=1&a=1", "e30=", "::1"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        let object = prop::collection::hash_map(texts(), inner.clone(), 0..3);
        prop_oneof![vec(inner, 0..3).prop_map(Value::from), object.prop_map(|fields| json!(fields))]
    })
}

prop_compose! {
    fn events()(
        path in texts(), folder in prop_oneof![Just("/api/docs/"), Just("/api/v1/verifications"), Just("")],
        texts in vec(texts(), 9), method in prop_oneof![Just("GET"), Just("POST"), Just("")],
        headers in vec((texts(), texts()), 0..6), is_base64 in any::<bool>(),
        known in vec(proptest::option::weighted(0.3, texts()), NAMES.len()),
    ) -> Value {
        let mut event = event(&format!("{folder}{path}"), &texts[0]);
        event["requestContext"]["http"]["method"] = method.into();
        for (at, pointer) in ["/headers/host", "/headers/x-forwarded-proto", "/headers/content-type",
            "/requestContext/domainName", "/requestContext/stage", "/requestContext/http/sourceIp"].iter().enumerate()
        {
            *event.pointer_mut(pointer).unwrap() = texts[at + 1].as_str().into();
        }
        for (name, value) in headers {
            event["headers"][name] = value.into();
        }
        for (name, value) in NAMES.iter().zip(known) {
            if let Some(value) = value {
                event["headers"][*name] = value.into();
            }
        }
        event["cookies"] = json!([texts[7], "b=2"]);
        event["body"] = texts[8].as_str().into();
        event["isBase64Encoded"] = is_base64.into();
        event
    }
}

/// Sends each event to functions of several kinds.
fn all_are_answered(events: impl Strategy<Value = Value>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let functions = RefCell::new([
        function(system::DOMAIN.endpoints, "docs"),
        function(system::DOMAIN.endpoints, "not_found"),
        function(verifications::DOMAIN.endpoints, "create"),
        function(&[catch_all!("echo", echo)], "echo"),
    ]);
    let answered = TestRunner::default().run(&events, |event| {
        let event = event.to_string();
        for function in functions.borrow_mut().iter_mut() {
            runtime.block_on(send(function, &event));
        }
        Ok(())
    });
    answered.unwrap();
}

#[test]
fn any_event_gets_an_answer() {
    all_are_answered(events());
}

#[test]
fn an_event_of_any_form_gets_an_answer() {
    let changes = vec((prop::sample::select(PARTS.to_vec()), values()), 1..4);
    all_are_answered((events(), changes).prop_map(|(mut event, changes)| {
        for (pointer, value) in changes {
            if let Some(part) = event.pointer_mut(pointer) {
                *part = value;
            }
        }
        event
    }));
}
