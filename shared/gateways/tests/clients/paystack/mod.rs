//! Paystack's client.

mod calls;
mod refunds;

use super::*;
use gateways::paystack::Paystack;

/// A server with this script, and a client of it with the flag of its key.
fn server(script: impl IntoIterator<Item = Reply>) -> (Loopback, Paystack, StaleFlag) {
    let (server, stale) = (Loopback::start(script), StaleFlag::default());
    let key = SecretString::from("sk_test_1");
    let client = Paystack::new(&server.url(), &key, https::http_client().unwrap(), stale.clone()).unwrap();
    (server, client, stale)
}

fn started() -> Payment {
    super::started("paystack")
}

fn ok(data: &Value) -> Reply {
    Reply::ok(&json!({ "status": true, "message": "ok", "data": data }))
}

fn failed(status: u16, code: &str, message: &str) -> Reply {
    let body = json!({
        "status": false, "message": message, "meta": { "nextStep": "Check it." }, "type": "validation_error",
        "code": code
    });
    Reply::Full(status, body.to_string())
}
