//! Stripe's client on a real connection: the requests that it sends, in which order and how often.

#![expect(clippy::unwrap_used, reason = "a test that can't be set up has failed")]

mod calls;
mod lookup;
mod loopback;

use domain::{
    Credits, PaymentId, Timestamp, UserId,
    payment::{
        Amount, Checkout, CreditPrice, GatewayId, Method, Minor, NewPayment, PayCurrency, Payment, PaymentReference,
    },
};
use gateways::{Customer, stripe::Stripe};
use loopback::{Loopback, Reply};
use runtime::StaleFlag;
use secrecy::SecretString;
use serde_json::{Value, json};

/// A server with this script, and a client of it with the flag of its key.
fn server(script: impl IntoIterator<Item = Reply>) -> (Loopback, Stripe, StaleFlag) {
    let (server, stale) = (Loopback::start(script), StaleFlag::default());
    let key = SecretString::from("sk_test_1");
    let client = Stripe::new(&server.url(), &key, https::http_client().unwrap(), stale.clone()).unwrap();
    (server, client, stale)
}

fn started_at() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

/// A payment whose session is not known.
fn started() -> Payment {
    let new = NewPayment {
        reference: PaymentReference { user: UserId::new(started_at(), 1), payment: PaymentId::new(started_at(), 2) },
        gateway: GatewayId::new("stripe"),
        method: Method::Card,
        amount: Amount { minor: Minor::new(150_000), currency: PayCurrency::Ngn },
        price: CreditPrice::new(Minor::new(60_000)).unwrap(),
        credits: Credits::from_units(25_000),
    };
    Payment::start(new, started_at()).subject
}

/// The same, with its session.
fn pending() -> Payment {
    let gateway_payment = Some("cs_test_a1".to_owned());
    let expires_at = "2026-11-22T09:55:00Z".parse().unwrap();
    let checkout =
        Checkout { gateway_payment, url: "https://checkout.stripe.com/c".to_owned(), expires_at, coins: None };
    started().opened(checkout, started_at()).unwrap().subject
}

fn customer() -> Customer {
    Customer {
        email: "ama@example.com".parse().unwrap(),
        return_url: "https://app.example.com/wallet?a=1&b=2".to_owned(),
    }
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
