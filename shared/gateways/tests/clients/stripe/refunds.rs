//! Refunds at Stripe: made once by their key, read by their identifier, or looked for.

use super::*;
use domain::payment::RefundReported::{NeedsAttention, Pending, Processed};
use gateways::{GatewayError, PaymentGateway};
use https::Fault;

const LIST: &str = "GET /v1/refunds?payment_intent=pi_3SR9ggGn4&limit=100";

fn paid() -> Payment {
    credited("stripe", "pi_3SR9ggGn4")
}

/// A refund as Stripe answers it, with the name of one of ours.
fn answered(id: &str, name: &str, status: &str) -> Value {
    json!({
        "id": id, "object": "refund", "amount": 60_000, "charge": "ch_3SR9ggGn4", "created": 1_795_341_600,
        "currency": "ngn", "metadata": { "refund": name, "reference": started().reference.to_string() },
        "payment_intent": "pi_3SR9ggGn4", "status": status
    })
}

fn ours(status: &str) -> Value {
    answered("re_3SR9ggGn4", refund(None).id.as_str(), status)
}

fn list(refunds: &[Value], has_more: bool) -> Reply {
    Reply::ok(&json!({ "object": "list", "url": "/v1/refunds", "data": refunds, "has_more": has_more }))
}

#[tokio::test]
async fn a_refund_is_a_form_under_its_own_key() {
    let (server, client, _) = server([Reply::ok(&ours("succeeded"))]);
    assert_eq!(client.refund(&paid(), &refund(None)).await, Ok(report("re_3SR9ggGn4", Processed)));
    let [request] = server.requests().try_into().unwrap();
    let (id, reference) = (refund(None).id, paid().reference);
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/v1/refunds"));
    for header in [
        "authorization: Bearer sk_test_1",
        "stripe-version: 2025-09-30.clover",
        "content-type: application/x-www-form-urlencoded",
        &format!("idempotency-key: {id}"),
    ] {
        assert!(request.headers.iter().any(|line| line == header), "{header}: {:?}", request.headers);
    }
    let metadata = format!("metadata%5Brefund%5D={id}&metadata%5Breference%5D={reference}");
    assert_eq!(request.body, format!("payment_intent=pi_3SR9ggGn4&amount=60000&{metadata}"));
}

#[tokio::test]
async fn a_lost_answer_comes_again_by_the_same_request_or_by_a_report() {
    for lost in [Reply::Hangup, Reply::Half, Reply::Full(502, PAGE_502.to_owned()), Reply::Full(409, "{}".to_owned())] {
        let again = Reply::ok(&ours("pending"));
        let (server, client, _) = server([lost.clone(), again.clone(), list(&[ours("pending")], false)]);
        let error = client.refund(&paid(), &refund(None)).await.unwrap_err();
        assert_eq!(error.kind(), "outcome_unknown", "{lost:?}");
        assert_eq!(client.refund(&paid(), &refund(None)).await, Ok(report("re_3SR9ggGn4", Pending)));
        assert_eq!(client.refund_report(&paid(), &refund(None)).await, Ok(report("re_3SR9ggGn4", Pending)));
        assert_eq!(server.calls(), ["POST /v1/refunds", "POST /v1/refunds", LIST]);
        assert_eq!(server.requests()[0], server.requests()[1]);
    }
}

#[tokio::test]
async fn a_known_refund_is_read_by_its_identifier() {
    let missing = json!({ "error": { "code": "resource_missing", "message": "No such refund" } }).to_string();
    let (server, client, _) =
        server([Reply::ok(&ours("requires_action")), Reply::Full(404, missing), Reply::Full(404, PAGE_502.to_owned())]);
    let known = refund(Some("re_3SR9ggGn4"));
    assert_eq!(client.refund_report(&paid(), &known).await, Ok(report("re_3SR9ggGn4", NeedsAttention)));
    assert_eq!(client.refund_report(&paid(), &known).await, Ok(unknown()));
    assert_eq!(client.refund_report(&paid(), &known).await.unwrap_err().kind(), "refused");
    assert_eq!(server.calls(), ["GET /v1/refunds/re_3SR9ggGn4"; 3]);
}

#[tokio::test]
async fn an_identifier_that_means_something_in_a_path_is_not_asked_for() {
    let (server, client, _) = server([list(&[], false)]);
    assert_eq!(client.refund_report(&paid(), &refund(Some("re_1/cancel?x="))).await, Ok(unknown()));
    assert_eq!(server.calls(), [LIST]);
}

#[tokio::test]
async fn a_list_without_the_refund_says_so_only_if_it_is_whole() {
    let other = answered("re_other", RefundId::new(started_at(), 4).as_str(), "succeeded");
    let scripts = [list(std::slice::from_ref(&other), false), list(&[], false), list(&[other], true), Reply::Hangup];
    let (server, client, _) = server(scripts);
    assert_eq!(client.refund_report(&paid(), &refund(None)).await, Ok(unknown()));
    assert_eq!(client.refund_report(&paid(), &refund(None)).await, Ok(unknown()));
    let cut = Err(GatewayError::Unavailable { fault: Fault::TooLarge });
    assert_eq!(client.refund_report(&paid(), &refund(None)).await, cut);
    assert_eq!(client.refund_report(&paid(), &refund(None)).await.unwrap_err().kind(), "unavailable");
    assert_eq!(server.calls(), [LIST; 4]);
}

#[tokio::test]
async fn a_payment_without_credited_money_has_no_refund() {
    let (server, client, _) = server([]);
    let dollars = Refund { amount: Amount { currency: PayCurrency::Usd, ..amount(60_000) }, ..refund(None) };
    for (payment, refund) in [(started(), refund(None)), (pending(), refund(Some("re_1"))), (paid(), dollars)] {
        assert_eq!(client.refund(&payment, &refund).await.unwrap_err().kind(), "refused");
        assert_eq!(client.refund_report(&payment, &refund).await, Ok(unknown()));
    }
    assert!(server.calls().is_empty());
}

#[tokio::test]
async fn a_refusal_a_limit_and_a_key_that_is_not_accepted_are_told_apart() {
    let refused = json!({ "error": { "message": "Charge has already been refunded." } }).to_string();
    for (status, body, error) in [
        (400, refused, "refused: Charge has already been refunded."),
        (429, "{}".to_owned(), "throttled for 10s"),
        (401, "{}".to_owned(), "the key is not accepted"),
    ] {
        let (server, client, stale) = server([Reply::Full(status, body.clone()), Reply::Full(status, body)]);
        let refunded = client.refund(&paid(), &refund(None)).await.unwrap_err();
        let reported = client.refund_report(&paid(), &refund(None)).await.unwrap_err();
        assert_eq!((refunded.to_string().as_str(), &reported), (error, &refunded));
        assert_eq!(stale.is_raised(), status == 401);
        assert_eq!(server.calls().len(), 2);
    }
}
