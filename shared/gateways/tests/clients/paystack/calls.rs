//! Transactions that are initialized and verified.

use super::*;
use gateways::{GatewayError, PaymentGateway};

const INITIALIZE: &str = "POST /transaction/initialize";

fn initialized() -> Reply {
    ok(&json!({
        "authorization_url": "https://checkout.paystack.com/k2w8r0v5xq1t7ma", "access_code": "k2w8r0v5xq1t7ma",
        "reference": started().reference.to_string()
    }))
}

fn verified(status: &str) -> Reply {
    ok(&json!({
        "id": 5_104_233_871_u64, "status": status, "reference": started().reference.to_string(), "amount": 150_000,
        "currency": "NGN", "paid_at": "2026-11-21T10:02:00.000Z"
    }))
}

/// The request that reads the transaction again.
fn verify() -> String {
    format!("GET /transaction/verify/{}", started().reference)
}

#[tokio::test]
async fn a_transaction_is_initialized_under_our_reference() {
    let (server, client, stale) = server([initialized()]);
    let checkout = client.open(&started(), &customer(), started_at()).await.unwrap();
    assert_eq!(checkout.url, "https://checkout.paystack.com/k2w8r0v5xq1t7ma");
    assert_eq!((checkout.gateway_payment, checkout.coins), (None, None));
    assert_eq!(checkout.expires_at, "2026-11-22T10:00:00Z".parse().unwrap());
    let [request] = server.requests().try_into().unwrap();
    assert_eq!(format!("{} {}", request.method, request.path), INITIALIZE);
    for header in ["authorization: Bearer sk_test_1", "content-type: application/json", "accept: application/json"] {
        assert!(request.headers.iter().any(|line| line == header), "{header}: {:?}", request.headers);
    }
    let body: Value = serde_json::from_str(&request.body).unwrap();
    let expected = json!({
        "email": "ama@example.com", "amount": 150_000, "currency": "NGN", "channels": ["card"],
        "reference": started().reference.to_string(), "callback_url": "https://app.example.com/wallet?a=1&b=2"
    });
    assert_eq!(body, expected);
    assert!(!stale.is_raised());
}

#[tokio::test]
async fn a_transaction_is_initialized_once_whatever_happens() {
    for (reply, kind) in [
        (Reply::Hangup, "outcome_unknown"),
        (Reply::Half, "outcome_unknown"),
        (Reply::Full(502, PAGE_502.to_owned()), "outcome_unknown"),
        (Reply::Full(200, PAGE_502.to_owned()), "outcome_unknown"),
        (failed(400, "duplicate_reference", "Duplicate Transaction Reference"), "refused"),
        (Reply::Full(429, "{}".to_owned()), "throttled"),
    ] {
        let (server, client, stale) = server([reply.clone()]);
        let error = client.open(&started(), &customer(), started_at()).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{reply:?}");
        assert_eq!(server.calls(), [INITIALIZE], "{reply:?}");
        assert!(!stale.is_raised());
    }
}

#[tokio::test]
async fn a_report_verifies_the_reference() {
    let unknown = failed(400, "transaction_not_found", "Transaction reference not found.");
    let (server, client, _) = server([verified("success"), unknown, verified("abandoned"), Reply::Hangup]);
    let receipt = Receipt {
        id: ReceiptId::new("5104233871"),
        amount: Some(amount(150_000)),
        at: "2026-11-21T10:02:00Z".parse().unwrap(),
    };
    let paid = Report { receipts: vec![receipt], state: Reported::Closed };
    assert_eq!(client.report(&started()).await, Ok(paid));
    assert_eq!(client.report(&started()).await, Ok(Report::of(Reported::Unknown)));
    assert_eq!(client.report(&started()).await, Ok(Report::of(Reported::Open)));
    assert_eq!(client.report(&started()).await.unwrap_err().kind(), "unavailable");
    assert_eq!(server.calls(), [(); 4].map(|()| verify()));
}

#[tokio::test]
async fn nothing_is_asked_to_close_a_transaction() {
    let (server, client, _) = server([]);
    assert_eq!(client.close(&started()).await, Ok(()));
    assert!(server.calls().is_empty());
}

#[tokio::test]
async fn a_key_that_is_not_accepted_is_stale() {
    let (_server, client, stale) = server([failed(401, "invalid_Key", "Invalid key")]);
    assert_eq!(client.report(&started()).await, Err(GatewayError::Unauthorized));
    assert!(stale.is_raised());
}

#[tokio::test]
async fn a_server_that_is_not_reached_did_nothing() {
    // Nobody listens on this port any more.
    let url = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let key = SecretString::from("sk_test_1");
    let client = Paystack::new(&url, &key, https::http_client().unwrap(), StaleFlag::default()).unwrap();
    assert_eq!(client.open(&started(), &customer(), started_at()).await, Err(GatewayError::NotReached));
    let paid = credited("paystack", "5104233871");
    assert_eq!(client.refund(&paid, &refund(None)).await, Err(GatewayError::NotReached));
    assert_eq!(client.refund_report(&paid, &refund(None)).await, Err(GatewayError::NotReached));
}
