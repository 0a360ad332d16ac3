//! Lists of a day at Paystack and Stripe: all pages, in their order, and nothing after a fault.

use super::*;
use domain::reconciliation::MoneyState;
use gateways::{GatewayError, PaymentGateway, paystack::Paystack, stripe::Stripe};
use https::Fault;

const PAID_AT: &str = "2026-11-21T10:00:00.000Z";

fn until() -> Timestamp {
    "2026-11-22T00:00:00Z".parse().unwrap()
}

fn from() -> Timestamp {
    "2026-11-21T00:00:00Z".parse().unwrap()
}

fn paystack(server: &Loopback) -> Paystack {
    let key = SecretString::from("sk_test_1");
    Paystack::new(&server.url(), &key, https::http_client().unwrap(), StaleFlag::default()).unwrap()
}

fn stripe(server: &Loopback) -> Stripe {
    let key = SecretString::from("sk_test_1");
    Stripe::new(&server.url(), &key, https::http_client().unwrap(), StaleFlag::default()).unwrap()
}

/// A page of Paystack with these lines, of so many.
fn lines(lines: &[Value], total: usize) -> Reply {
    Reply::ok(&json!({ "status": true, "message": "ok", "data": lines, "meta": { "total": total } }))
}

fn transactions(ids: std::ops::Range<u64>) -> Vec<Value> {
    let line = |id| json!({ "id": id, "amount": 150_000, "currency": "NGN", "paid_at": PAID_AT });
    ids.map(line).collect()
}

#[tokio::test]
async fn paystack_lists_paid_and_reversed_transactions_and_refunds() {
    let refund = json!({
        "id": 7, "status": "processed", "amount": 60_000, "currency": "NGN", "transaction": 1, "createdAt": PAID_AT
    });
    let server = Loopback::start([
        lines(&transactions(0..100), 101),
        lines(&transactions(100..101), 101),
        lines(&transactions(200..201), 1),
        lines(&[refund], 1),
    ]);
    let list = paystack(&server).list(from(), until()).await.unwrap();
    assert_eq!((list.from, list.until), (from(), until()));
    let returned: Vec<_> = list.money.iter().filter(|money| money.state == MoneyState::Returned).collect();
    assert_eq!((list.money.len(), returned.len(), list.refunds.len()), (102, 1, 1));
    assert_eq!(returned[0].receipt, ReceiptId::new("200"));
    let day = "to=2026-11-22T00%3A00%3A00.000Z&perPage=100";
    let paid = format!("GET /transaction?from=2026-11-18T00%3A00%3A00.000Z&{day}");
    let expected = [
        format!("{paid}&page=1&status=success"),
        format!("{paid}&page=2&status=success"),
        format!("{paid}&page=1&status=reversed"),
        format!("GET /refund?from=2026-11-21T00%3A00%3A00.000Z&{day}&page=1"),
    ];
    assert_eq!(server.calls(), expected);
}

#[tokio::test]
async fn stripe_lists_charges_and_refunds_page_by_page() {
    let charge = |id: &str| {
        json!({ "id": id, "created": started_at().epoch_seconds(), "status": "succeeded", "amount_captured": 1_000,
            "currency": "usd", "payment_intent": format!("pi_{id}") })
    };
    let refund = json!({ "id": "re_1", "created": started_at().epoch_seconds(), "status": "pending", "amount": 400,
        "currency": "usd", "charge": "ch_1", "payment_intent": "pi_1" });
    let page = |objects: Vec<Value>, has_more: bool| Reply::ok(&json!({ "data": objects, "has_more": has_more }));
    let script =
        [page(vec![charge("1"), charge("2")], true), page(vec![charge("3")], false), page(vec![refund], false)];
    let server = Loopback::start(script);
    let list = stripe(&server).list(from(), until()).await.unwrap();
    let receipts: Vec<_> = list.money.iter().map(|money| money.receipt.as_str()).collect();
    assert_eq!((receipts, list.refunds.len()), (vec!["pi_1", "pi_2", "pi_3"], 1));
    let span = "limit=100&created%5Bgte%5D=1795219200&created%5Blte%5D=1795305600";
    let expected = [
        format!("GET /v1/charges?{span}"),
        format!("GET /v1/charges?{span}&starting_after=2"),
        format!("GET /v1/refunds?{span}"),
    ];
    assert_eq!(server.calls(), expected);
}

#[tokio::test]
async fn a_list_that_can_t_be_read_to_its_end_is_an_error() {
    let page = lines(&transactions(0..100), 20_000);
    let server = Loopback::start(vec![page.clone(); 120]);
    let list = paystack(&server).list(from(), until()).await;
    assert_eq!(list, Err(GatewayError::Unavailable { fault: Fault::TooLarge }));
    assert_eq!(server.calls().len(), 100);
    let server = Loopback::start([page, Reply::Full(502, PAGE_502.to_owned())]);
    let list = paystack(&server).list(from(), until()).await;
    assert_eq!(list, Err(GatewayError::Unavailable { fault: Fault::Status(502) }));
}
