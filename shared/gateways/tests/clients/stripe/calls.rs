//! Sessions that are opened, read and expired.

use super::*;
use domain::payment::{Report, Reported};
use gateways::{GatewayError, PaymentGateway};
use std::time::Duration;

/// The payment's session, as the gateway reads it again.
const READ: &str = "GET /v1/checkout/sessions/cs_test_a1?expand%5B%5D=payment_intent.latest_charge";
const EXPIRE: &str = "POST /v1/checkout/sessions/cs_test_a1/expire";

#[tokio::test]
async fn a_session_is_opened_by_a_form_under_its_own_key() {
    let (server, client, stale) = server([Reply::ok(&session("open"))]);
    let checkout = client.open(&started(), &customer(), started_at()).await;
    assert_eq!(checkout.as_ref(), Ok(&pending().checkout.unwrap()));
    let [request] = server.requests().try_into().unwrap();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/v1/checkout/sessions"));
    let reference = started().reference;
    for header in [
        "authorization: Bearer sk_test_1",
        "stripe-version: 2025-09-30.clover",
        "content-type: application/x-www-form-urlencoded",
        "accept: application/json",
        &format!("idempotency-key: {reference}"),
    ] {
        assert!(request.headers.iter().any(|line| line == header), "{header}: {:?}", request.headers);
    }
    for field in [
        "mode=payment".to_owned(),
        format!("client_reference_id={reference}"),
        "line_items%5B0%5D%5Bprice_data%5D%5Bcurrency%5D=ngn".to_owned(),
        "line_items%5B0%5D%5Bprice_data%5D%5Bunit_amount%5D=150000".to_owned(),
        "line_items%5B0%5D%5Bprice_data%5D%5Bproduct_data%5D%5Bname%5D=Namaskah+SMS+credits".to_owned(),
        "success_url=https%3A%2F%2Fapp.example.com%2Fwallet%3Fa%3D1%26b%3D2".to_owned(),
        "expires_at=1795341300".to_owned(),
    ] {
        assert!(request.body.split('&').any(|part| part == field), "{field}: {}", request.body);
    }
    assert!(!stale.is_raised());
}

#[tokio::test]
async fn the_same_session_is_opened_by_the_same_request_at_any_time() {
    let (server, client, _) = server([Reply::Hangup, Reply::ok(&session("open"))]);
    assert_eq!(client.open(&started(), &customer(), started_at()).await.unwrap_err().kind(), "outcome_unknown");
    let later = started_at().plus(Duration::from_mins(3));
    assert_eq!(client.open(&started(), &customer(), later).await, Ok(pending().checkout.unwrap()));
    let [first, second] = server.requests().try_into().unwrap();
    assert_eq!(first, second);
}

#[tokio::test]
async fn a_change_is_sent_once_whatever_happens() {
    for (reply, kind) in [
        (Reply::Hangup, "outcome_unknown"),
        (Reply::Half, "outcome_unknown"),
        (Reply::Full(502, "<html>".to_owned()), "outcome_unknown"),
        (Reply::Full(409, "{}".to_owned()), "outcome_unknown"),
        (Reply::Full(400, "{}".to_owned()), "refused"),
        (Reply::Full(429, "{}".to_owned()), "throttled"),
    ] {
        let (server, client, stale) = server([reply.clone(), reply.clone()]);
        assert_eq!(client.open(&started(), &customer(), started_at()).await.unwrap_err().kind(), kind, "{reply:?}");
        assert_eq!(client.close(&pending()).await.unwrap_err().kind(), kind, "{reply:?}");
        assert_eq!(server.calls(), ["POST /v1/checkout/sessions", EXPIRE], "{reply:?}");
        assert!(!stale.is_raised());
    }
}

#[tokio::test]
async fn a_report_reads_the_session_with_its_money() {
    let (server, client, _) = server([Reply::ok(&session("open")), Reply::Hangup]);
    assert_eq!(client.report(&pending()).await, Ok(Report::of(Reported::Open)));
    assert_eq!(client.report(&pending()).await.unwrap_err().kind(), "unavailable");
    assert_eq!(server.calls(), [READ; 2]);
    assert!(server.requests()[0].headers.iter().any(|line| line == "stripe-version: 2025-09-30.clover"));
}

#[tokio::test]
async fn a_closed_session_is_closed_again() {
    let not_open = r#"{"error": {"message": "Only Checkout Sessions with a status in [\"open\"] can be expired."}}"#;
    let (server, client, _) = server([Reply::ok(&session("expired")), Reply::Full(400, not_open.to_owned())]);
    assert_eq!(client.close(&pending()).await, Ok(()));
    assert_eq!(client.close(&pending()).await, Ok(()));
    assert_eq!(server.calls(), [EXPIRE; 2]);
}

#[tokio::test]
async fn a_key_that_is_not_accepted_is_stale() {
    let (_server, client, stale) = server([Reply::Full(401, String::new())]);
    assert_eq!(client.report(&pending()).await, Err(GatewayError::Unauthorized));
    assert!(stale.is_raised());
}
