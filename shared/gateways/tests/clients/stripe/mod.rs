//! Stripe's client.

mod calls;
mod lookup;
mod refunds;

use super::*;
use domain::payment::Checkout;
use gateways::stripe::Stripe;

/// A server with this script, and a client of it with the flag of its key.
fn server(script: impl IntoIterator<Item = Reply>) -> (Loopback, Stripe, StaleFlag) {
    let (server, stale) = (Loopback::start(script), StaleFlag::default());
    let key = SecretString::from("sk_test_1");
    let client = Stripe::new(&server.url(), &key, https::http_client().unwrap(), stale.clone()).unwrap();
    (server, client, stale)
}

/// A payment whose session is not known.
fn started() -> Payment {
    super::started("stripe")
}

/// The same, with its session.
fn pending() -> Payment {
    let gateway_payment = Some("cs_test_a1".to_owned());
    let expires_at = "2026-11-22T09:55:00Z".parse().unwrap();
    let checkout =
        Checkout { gateway_payment, url: "https://checkout.stripe.com/c".to_owned(), expires_at, coins: None };
    started().opened(checkout, started_at()).unwrap().subject
}

/// The payment's session.
fn session(status: &str) -> Value {
    json!({
        "id": "cs_test_a1",
        "client_reference_id": started().reference.to_string(),
        "expires_at": 1_795_341_300,
        "payment_intent": null,
        "payment_status": "unpaid",
        "status": status,
        "url": "https://checkout.stripe.com/c"
    })
}
