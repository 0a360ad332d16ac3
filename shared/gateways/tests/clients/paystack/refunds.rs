//! Refunds at Paystack: made by every request, read by their number, or looked for by their note.

use super::*;
use domain::payment::RefundReported::{NeedsAttention, Pending, Processed};
use gateways::{GatewayError, PaymentGateway};
use https::Fault;

const LIST: &str = "GET /refund?transaction=5104233871&perPage=100";

fn paid() -> Payment {
    credited("paystack", "5104233871")
}

/// A refund with this note, as it is read.
fn read(number: u64, note: &str, status: &str) -> Value {
    json!({
        "integration": 720_114, "transaction": 5_104_233_871_u64, "id": number, "domain": "test", "currency": "NGN",
        "amount": 60_000, "status": status, "customer_note": "xxx", "merchant_note": note
    })
}

fn ours(status: &str) -> Value {
    read(14_902_117, refund(None).id.as_str(), status)
}

fn list(refunds: &[Value], total: usize) -> Reply {
    let meta = json!({ "total": total, "skipped": 0, "perPage": "100", "page": 1, "pageCount": total.div_ceil(100) });
    Reply::ok(&json!({ "status": true, "message": "Refunds retrieved", "data": refunds, "meta": meta }))
}

#[tokio::test]
async fn a_refund_has_our_identifier_in_its_note() {
    let mut made = ours("pending");
    made["transaction"] = json!({ "id": 5_104_233_871_u64, "reference": started().reference.to_string() });
    let (server, client, _) = server([ok(&made)]);
    assert_eq!(client.refund(&paid(), &refund(None)).await, Ok(report("14902117", Pending)));
    let [request] = server.requests().try_into().unwrap();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/refund"));
    let body: Value = serde_json::from_str(&request.body).unwrap();
    let expected = json!({
        "transaction": paid().reference.to_string(), "amount": 60_000, "currency": "NGN",
        "merchant_note": refund(None).id.to_string(), "customer_note": "Refund of a Namaskah SMS top-up"
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn a_refund_whose_answer_was_lost_is_found_by_its_note() {
    let other = read(14_902_116, RefundId::new(started_at(), 4).as_str(), "failed");
    for lost in [Reply::Hangup, Reply::Half, Reply::Full(502, PAGE_502.to_owned()), Reply::ok(&"{}")] {
        let (server, client, _) = server([lost.clone(), list(&[other.clone(), ours("processing")], 2)]);
        let error = client.refund(&paid(), &refund(None)).await.unwrap_err();
        assert_eq!(error.kind(), "outcome_unknown", "{lost:?}");
        assert!(!error.is_definite_refusal());
        assert_eq!(client.refund_report(&paid(), &refund(None)).await, Ok(report("14902117", Pending)));
        assert_eq!(server.calls(), ["POST /refund", LIST]);
    }
}

#[tokio::test]
async fn a_known_refund_is_read_by_its_number() {
    let (server, client, _) = server([
        ok(&ours("processed")),
        ok(&ours("needs-attention")),
        failed(404, "not_found", "Entity not found"),
        Reply::Full(404, PAGE_502.to_owned()),
        Reply::Full(502, PAGE_502.to_owned()),
    ]);
    let known = refund(Some("14902117"));
    assert_eq!(client.refund_report(&paid(), &known).await, Ok(report("14902117", Processed)));
    assert_eq!(client.refund_report(&paid(), &known).await, Ok(report("14902117", NeedsAttention)));
    assert_eq!(client.refund_report(&paid(), &known).await, Ok(unknown()));
    assert_eq!(client.refund_report(&paid(), &known).await.unwrap_err().kind(), "refused");
    assert_eq!(client.refund_report(&paid(), &known).await.unwrap_err().kind(), "unavailable");
    assert_eq!(server.calls(), ["GET /refund/14902117"; 5]);
}

#[tokio::test]
async fn a_number_that_is_none_is_not_asked_for() {
    let (server, client, _) = server([list(&[], 0)]);
    assert_eq!(client.refund_report(&paid(), &refund(Some("../transaction"))).await, Ok(unknown()));
    assert_eq!(server.calls(), [LIST]);
}

#[tokio::test]
async fn a_list_without_the_refund_says_so_only_if_it_is_whole() {
    let other = read(14_902_116, "Refund for transaction by desk@example.com", "processed");
    let replies = [
        list(&[], 0),
        list(std::slice::from_ref(&other), 1),
        list(&[other], 101),
        Reply::Hangup,
        Reply::Full(502, String::new()),
    ];
    let (server, client, _) = server(replies);
    assert_eq!(client.refund_report(&paid(), &refund(None)).await, Ok(unknown()));
    assert_eq!(client.refund_report(&paid(), &refund(None)).await, Ok(unknown()));
    let cut = Err(GatewayError::Unavailable { fault: Fault::TooLarge });
    assert_eq!(client.refund_report(&paid(), &refund(None)).await, cut);
    for _ in 0..2 {
        assert_eq!(client.refund_report(&paid(), &refund(None)).await.unwrap_err().kind(), "unavailable");
    }
    assert_eq!(server.calls(), [LIST; 5]);
}

#[tokio::test]
async fn a_payment_without_credited_money_has_no_refund() {
    let (server, client, _) = server([]);
    let dollars = Refund { amount: Amount { currency: PayCurrency::Usd, ..amount(60_000) }, ..refund(None) };
    for (payment, refund) in [(started(), refund(None)), (started(), refund(Some("14902117"))), (paid(), dollars)] {
        assert_eq!(client.refund(&payment, &refund).await.unwrap_err().kind(), "refused");
        assert_eq!(client.refund_report(&payment, &refund).await, Ok(unknown()));
    }
    assert!(server.calls().is_empty());
}

#[tokio::test]
async fn a_refusal_a_limit_and_a_key_that_is_not_accepted_are_told_apart() {
    let too_much = failed(400, "invalid_params", "Total refund amount cannot exceed original transaction amount");
    for (reply, error) in [
        (too_much, "refused: Total refund amount cannot exceed original transaction amount"),
        (Reply::Full(429, "{}".to_owned()), "throttled for 10s"),
        (failed(401, "invalid_Key", "Invalid key"), "the key is not accepted"),
    ] {
        let (server, client, stale) = server([reply.clone(), reply]);
        let refunded = client.refund(&paid(), &refund(None)).await.unwrap_err();
        let reported = client.refund_report(&paid(), &refund(None)).await.unwrap_err();
        assert_eq!((refunded.to_string().as_str(), &reported), (error, &refunded));
        assert_eq!(stale.is_raised(), refunded == GatewayError::Unauthorized);
        assert_eq!(server.calls(), ["POST /refund", LIST]);
    }
}
