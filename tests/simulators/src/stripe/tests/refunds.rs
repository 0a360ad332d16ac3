//! Tests of refunds and disputes.

use super::Stripe;
use http::StatusCode;
use serde_json::{Value, json};

const REFUNDS: &str = "/v1/refunds";

/// Pays ten dollars. Returns the payment.
async fn paid(stripe: &Stripe, outcome: &str) -> (String, String) {
    stripe.session("ref").await;
    let paid = stripe.pay("ref", outcome).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&paid["payment_intent"]), text(&paid["charges"][0]["id"]))
}

async fn charge(stripe: &Stripe, id: &str) -> Value {
    stripe.read(&format!("/v1/charges/{id}?expand[]=refunds")).await
}

#[tokio::test]
async fn a_payment_is_refunded_in_parts() {
    let stripe = Stripe::new();
    let (intent, id) = paid(&stripe, "success").await;
    let fields =
        [("payment_intent", intent.as_str()), ("amount", "300"), ("metadata[order]", "o1"), ("reason", "duplicate")];
    let refund = stripe.post(REFUNDS, &fields).await.json();
    assert_eq!(
        (&refund["status"], &refund["amount"], &refund["currency"]),
        (&json!("succeeded"), &json!(300), &json!("usd"))
    );
    assert_eq!((&refund["charge"], &refund["payment_intent"]), (&json!(id), &json!(intent)));
    assert_eq!((&refund["metadata"]["order"], &refund["reason"]), (&json!("o1"), &json!("duplicate")));
    let money =
        stripe.read(&format!("/v1/balance_transactions/{}", refund["balance_transaction"].as_str().unwrap())).await;
    assert_eq!((&money["amount"], &money["fee"], &money["type"]), (&json!(-300), &json!(0), &json!("refund")));
    let shown = charge(&stripe, &id).await;
    assert_eq!((&shown["amount_refunded"], &shown["refunded"]), (&json!(300), &json!(false)));
    assert_eq!(shown["refunds"]["data"][0]["id"], refund["id"]);
    let much = stripe.post(REFUNDS, &[("charge", &id), ("amount", "701")]).await;
    assert_eq!(much.refusal(), (400, String::new(), "amount".to_owned()));
    assert_eq!(much.error()["message"], "Refund amount ($7.01) is greater than unrefunded amount on charge ($7.00)");
    let rest = stripe.post(REFUNDS, &[("charge", &id), ("expand[]", "charge")]).await.json();
    assert_eq!((&rest["amount"], &rest["charge"]["refunded"]), (&json!(700), &json!(true)));
    let more = stripe.post(REFUNDS, &[("charge", &id)]).await;
    assert_eq!(more.refusal().1, "charge_already_refunded");
    assert_eq!(stripe.events().await[3..], ["refund.created", "charge.refunded", "refund.created", "charge.refunded"]);
    let event = stripe.read("/v1/events?type=charge.refunded&limit=1").await["data"][0]["data"].clone();
    assert_eq!(event["previous_attributes"], json!({ "amount_refunded": 300, "refunded": false }));
    assert_eq!((&event["object"]["amount_refunded"], &event["object"]["refunded"]), (&json!(1000), &json!(true)));
    let listed = stripe.read(&format!("{REFUNDS}?payment_intent={intent}")).await;
    assert_eq!(listed["data"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_refund_names_one_payment_that_has_money() {
    let stripe = Stripe::new();
    let (intent, id) = paid(&stripe, "failed").await;
    let (intent, id) = (intent.as_str(), id.as_str());
    for (fields, words) in [
        (&[][..], "One of the following params should be provided for this request: payment_intent or charge."),
        (
            &[("charge", id), ("payment_intent", intent)],
            "You may only specify one of these parameters: charge, payment_intent.",
        ),
        (&[("payment_intent", "pi_x")], "No such payment_intent: 'pi_x'"),
        (&[("charge", "ch_x")], "No such charge: 'ch_x'"),
        (&[("charge", id), ("amount", "0")], "This value must be greater than or equal to 1."),
        (&[("payment_intent", intent)], "does not have a successful charge to refund."),
        (&[("charge", id), ("reason", "whim")], "Invalid reason"),
    ] {
        let answer = stripe.post(REFUNDS, fields).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(answer.error()["message"].as_str().unwrap().contains(words), "{}", answer.body);
    }
    assert_eq!(stripe.read(REFUNDS).await["data"], json!([]));
}

#[tokio::test]
async fn a_refund_may_fail_or_take_time() {
    for (outcome, first, last, events) in [
        (
            "success_refund_fails",
            "succeeded",
            "failed",
            &["refund.updated", "charge.refund.updated", "refund.failed"][..],
        ),
        ("success_refund_pending", "pending", "succeeded", &["refund.updated", "charge.refund.updated"]),
        (
            "success_refund_pending_fails",
            "pending",
            "failed",
            &["refund.updated", "charge.refund.updated", "refund.failed"],
        ),
    ] {
        let stripe = Stripe::new();
        let (_, id) = paid(&stripe, outcome).await;
        let refund = stripe.post(REFUNDS, &[("charge", &id), ("amount", "400")]).await.json();
        assert_eq!((&refund["status"], &charge(&stripe, &id).await["amount_refunded"]), (&json!(first), &json!(400)));
        let before = stripe.events().await.len();
        stripe.set("clock", json!({ "advance_s": 61 })).await;
        let refund = stripe.read(&format!("{REFUNDS}/{}", refund["id"].as_str().unwrap())).await;
        assert_eq!(refund["status"], last);
        assert_eq!(stripe.events().await[before..], *events);
        let left = charge(&stripe, &id).await["amount_refunded"].clone();
        if last == "failed" {
            assert_eq!((left, &refund["failure_reason"]), (json!(0), &json!("expired_or_canceled_card")));
            let back = refund["failure_balance_transaction"].as_str().unwrap();
            assert_eq!(stripe.read(&format!("/v1/balance_transactions/{back}")).await["amount"], 400);
        } else {
            assert_eq!(left, 400);
        }
        let event = stripe.read("/v1/events?type=refund.updated").await["data"][0]["data"].clone();
        assert_eq!(
            (&event["previous_attributes"]["status"], &event["object"]["status"]),
            (&json!(first), &json!(last))
        );
    }
}

#[tokio::test]
async fn a_dispute_takes_the_money_until_it_is_won() {
    for (end, events, money) in [
        ("won", &["charge.dispute.closed", "charge.dispute.funds_reinstated"][..], vec![-1000, 1000]),
        ("lost", &["charge.dispute.closed"], vec![-1000]),
    ] {
        let stripe = Stripe::new();
        stripe.session("early").await;
        assert_eq!(stripe.control("dispute/early", json!({ "state": "created" })).await.status, StatusCode::CONFLICT);
        let (intent, id) = paid(&stripe, "success").await;
        assert_eq!(stripe.control("dispute/ref", json!({ "state": end })).await.status, StatusCode::CONFLICT);
        let shown = stripe.set("dispute/ref", json!({ "state": "created" })).await.json();
        assert_eq!(
            (&shown["disputes"][0]["status"], &shown["charges"][0]["disputed"]),
            (&json!("needs_response"), &json!(true))
        );
        assert_eq!(stripe.control("dispute/ref", json!({ "state": "created" })).await.status, StatusCode::CONFLICT);
        let refused = stripe.post(REFUNDS, &[("charge", &id)]).await;
        assert_eq!(refused.refusal().1, "charge_disputed");
        stripe.set("dispute/ref", json!({ "state": end })).await;
        let listed = stripe.read(&format!("/v1/disputes?payment_intent={intent}&expand[]=data.charge")).await;
        let dispute = &listed["data"][0];
        assert_eq!(
            (&dispute["status"], &dispute["amount"], &dispute["charge"]["id"]),
            (&json!(end), &json!(1000), &json!(id))
        );
        let moved = dispute["balance_transactions"].as_array().unwrap().iter();
        assert_eq!(moved.map(|one| one["amount"].as_i64().unwrap()).collect::<Vec<_>>(), money);
        assert_eq!(dispute["balance_transactions"][0]["fee"], 1_500);
        let told = stripe.events().await;
        assert_eq!(told[3..5], ["charge.dispute.created", "charge.dispute.funds_withdrawn"]);
        assert_eq!(told[5..], *events);
    }
    assert_eq!(
        Stripe::new().control("dispute/none", json!({ "state": "created" })).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_part_of_a_charge_is_disputed() {
    let stripe = Stripe::new();
    let (_, id) = paid(&stripe, "success").await;
    stripe.post(REFUNDS, &[("charge", &id), ("amount", "250")]).await;
    assert_eq!(
        stripe.control("dispute/ref", json!({ "state": "created", "amount": 1_001 })).await.status,
        StatusCode::CONFLICT
    );
    let shown = stripe.set("dispute/ref", json!({ "state": "created" })).await.json();
    assert_eq!(shown["disputes"][0]["amount"], 750);
}
