//! Tests of refunds.

use super::{Answer, Merchant};
use http::StatusCode;
use serde_json::{Value, json};

async fn refund(merchant: &Merchant, body: Value) -> Answer {
    merchant.post("/refund", &body).await
}

async fn id_of(merchant: &Merchant, body: Value) -> u64 {
    refund(merchant, body).await.data()["id"].as_u64().unwrap()
}

async fn status_of(merchant: &Merchant, id: u64) -> String {
    merchant.get(&format!("/refund/{id}")).await.data()["status"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_full_refund_is_processed_with_time() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({})).await;
    let answer = refund(&merchant, json!({ "transaction": "a" })).await;
    let data = answer.data();
    assert_eq!(answer.json()["message"], "Refund has been queued for processing");
    assert_eq!((&data["status"], &data["amount"]), (&json!("pending"), &json!(5_000)));
    assert_eq!((&data["transaction"]["reference"], &data["currency"]), (&json!("a"), &json!("GHS")));
    assert_eq!(data["customer_note"], "Refund for transaction a");
    let id = data["id"].as_u64().unwrap();
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push((status_of(&merchant, id).await, merchant.status("a").await));
        merchant.advance(3).await;
    }
    let pairs = [
        ("pending", "reversal-pending"),
        ("processing", "reversal-pending"),
        ("processed", "reversed"),
        ("processed", "reversed"),
    ];
    assert_eq!(seen, pairs.map(|(refund, payment)| (refund.to_owned(), payment.to_owned())));
}

#[tokio::test]
async fn several_refunds_up_to_what_was_paid() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({})).await;
    let number = merchant.verified("a").await["id"].clone();
    id_of(&merchant, json!({ "transaction": "a", "amount": 2_000 })).await;
    id_of(&merchant, json!({ "transaction": number, "amount": "1000", "currency": "GHS" })).await;
    let too_much = "Total refund amount cannot exceed original transaction amount";
    for body in [json!({ "transaction": "a", "amount": 2_001 }), json!({ "transaction": "a" })] {
        assert_eq!(refund(&merchant, body).await.refusal(), (400, too_much.to_owned()));
    }
    merchant.advance(10).await;
    assert_eq!(merchant.status("a").await, "success", "a part is left");
    id_of(&merchant, json!({ "transaction": "a", "amount": 2_000 })).await;
    assert_eq!(refund(&merchant, json!({ "transaction": "a", "amount": 100 })).await.refusal().1, too_much);
    merchant.advance(10).await;
    assert_eq!(merchant.status("a").await, "reversed");
    let answer = refund(&merchant, json!({ "transaction": "a", "amount": 100 })).await;
    assert_eq!(answer.refusal(), (400, "Transaction has been fully reversed".to_owned()));
    assert_eq!((&answer.json()["type"], &answer.json()["code"]), (&json!("api_error"), &json!("transaction_reversed")));
    assert_eq!(merchant.payment("a").await["refunds"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn what_paystack_refuses_is_refused() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({})).await;
    merchant.start("unpaid").await.data();
    for (body, status, message) in [
        (json!({}), 400, "Transaction is required"),
        (json!({ "transaction": ["a"] }), 400, "Invalid value of transaction"),
        (json!({ "transaction": "nothing" }), 404, "Transaction not found"),
        (json!({ "transaction": 77 }), 404, "Transaction not found"),
        (json!({ "transaction": "unpaid" }), 400, "Transaction has not been paid for"),
        (json!({ "transaction": "a", "amount": 0 }), 400, "Invalid Amount Sent"),
        (json!({ "transaction": "a", "amount": -1 }), 400, "Invalid Amount Sent"),
        (json!({ "transaction": "a", "amount": "1.5" }), 400, "Invalid Amount Sent"),
        (
            json!({ "transaction": "a", "amount": 5_001 }),
            400,
            "Total refund amount cannot exceed original transaction amount",
        ),
        (
            json!({ "transaction": "a", "amount": 99 }),
            400,
            "The minimum amount you may send in a single refund at this time is: GHS 1.00",
        ),
        (json!({ "transaction": "a", "currency": "USD" }), 400, "Transaction currency must match refund currency"),
    ] {
        assert_eq!(refund(&merchant, body.clone()).await.refusal(), (status, message.to_owned()), "{body}");
    }
    assert_eq!(merchant.payment("a").await["refunds"], json!([]));
}

#[tokio::test]
async fn a_failed_refund_gives_the_amount_back() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({ "outcome": "refund_fails" })).await;
    let id = id_of(&merchant, json!({ "transaction": "a" })).await;
    merchant.advance(10).await;
    assert_eq!(
        (status_of(&merchant, id).await, merchant.status("a").await),
        ("failed".to_owned(), "success".to_owned())
    );
    id_of(&merchant, json!({ "transaction": "a" })).await;
}

#[tokio::test]
async fn a_refund_that_needs_attention_gets_a_bank_account() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({ "outcome": "refund_needs_attention" })).await;
    let id = id_of(&merchant, json!({ "transaction": "a" })).await;
    let path = format!("/refund/retry_with_customer_details/{id}");
    let account = json!({ "currency": "GHS", "account_number": "0123456789", "bank_id": "9" });
    let early = merchant.post(&path, &json!({ "refund_account_details": account })).await;
    let message = "Invalid Refund state, refund status should be \"needs-attention\"";
    assert_eq!(early.refusal(), (422, message.to_owned()));
    merchant.advance(1_000_000).await;
    assert_eq!(status_of(&merchant, id).await, "needs-attention", "it waits for ever");
    for body in [
        json!({}),
        json!({ "refund_account_details": "9" }),
        json!({ "refund_account_details": { "currency": "GHS", "bank_id": "9" } }),
        json!({ "refund_account_details": { "currency": "NGN", "account_number": "0123456789", "bank_id": "9" } }),
    ] {
        assert_eq!(merchant.post(&path, &body).await.refusal().0, 400, "{body}");
    }
    let data = merchant.post(&path, &json!({ "refund_account_details": account })).await.data();
    assert_eq!(data["status"], "processing");
    merchant.advance(4).await;
    assert_eq!(
        (status_of(&merchant, id).await, merchant.status("a").await),
        ("processed".to_owned(), "reversed".to_owned())
    );
}

#[tokio::test]
async fn tests_move_a_refund() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({})).await;
    let id = id_of(&merchant, json!({ "transaction": "a" })).await;
    let moved = merchant.control(&format!("refunds/{id}"), json!({ "status": "needs-attention" })).await;
    assert_eq!((moved.status, &moved.json()["status"]), (StatusCode::OK, &json!("needs-attention")));
    merchant.set(&format!("refunds/{id}"), json!({ "status": "failed" })).await;
    assert_eq!(merchant.status("a").await, "success");
    let again = merchant.control(&format!("refunds/{id}"), json!({ "status": "processed" })).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "it has ended");
    assert_eq!(merchant.control("refunds/1", json!({ "status": "failed" })).await.status, StatusCode::NOT_FOUND);
    let wrong = merchant.control(&format!("refunds/{id}"), json!({ "status": "lost" })).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_was_paid_counts_not_what_was_asked() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({ "outcome": "wrong_amount", "amount": 3_000 })).await;
    assert_eq!(refund(&merchant, json!({ "transaction": "a", "amount": 3_001 })).await.refusal().0, 400);
    assert_eq!(refund(&merchant, json!({ "transaction": "a" })).await.data()["amount"], 3_000);
}

#[tokio::test]
async fn an_unknown_refund_is_not_found() {
    let merchant = Merchant::new();
    for path in ["/refund/1", "/refund/a"] {
        assert_eq!(merchant.get(path).await.refusal(), (404, "Entity not found".to_owned()));
    }
}
