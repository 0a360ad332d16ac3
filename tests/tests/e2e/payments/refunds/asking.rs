//! What a customer may ask for, explained before and after.

use super::{Cloud, Plan, ask, asked, at_gateway, audit, balance, fifty_dollars, payer, pays, reaches};
use serde_json::{Value, json};

#[tokio::test]
async fn all_of_a_payment_goes_back_through_each_gateway() {
    let cloud = Cloud::shared().await;
    for gateway in ["paystack", "stripe"] {
        let (customer, reference) = payer(&cloud, gateway, json!({})).await;
        let before = customer.payment(&reference).await["refund"].clone();
        assert_eq!((&before["possible"], &before["amount"]), (&json!("25.0000"), &json!("50.00")), "{before:#}");
        assert_eq!((&before["needs_approval"], &before["reason"]), (&json!(false), &json!(null)));
        let in_two_weeks = cloud.now().plus(domain::payment::REFUNDABLE_FOR).to_string();
        assert_eq!(before["until"].as_str().map(|until| until[..10].to_owned()), Some(in_two_weeks[..10].to_owned()));

        let answer = ask(&customer, &reference, json!({ "reason": "topped up twice" }), "k").await;
        assert_eq!(answer.status, 201, "{answer:?}");
        let (refund, payment) = (&answer.body["refund"], &answer.body["payment"]);
        assert_eq!((&refund["credits"], &refund["amount"]), (&json!("25.0000"), &json!("50.00")));
        assert_eq!((&refund["status"], &payment["status"]), (&json!("requested"), &json!("refunded")));
        assert_eq!(balance(&customer).await, "0.0000", "the credits leave first");

        let paid_out = reaches(&cloud, &customer, &reference, "processed").await;
        let events: Vec<_> =
            paid_out["timeline"].as_array().unwrap().iter().map(|item| item["event"].clone()).collect();
        assert!(events.contains(&json!("refund_requested")) && events.contains(&json!("refunded")), "{events:?}");
        let made = at_gateway(&cloud, gateway, &reference).await;
        assert_eq!(made.iter().map(|made| made["amount"].clone()).collect::<Vec<_>>(), [5000], "{gateway}");
        let after = customer.payment(&reference).await["refund"].clone();
        assert_eq!((&after["possible"], &after["reason"]), (&json!(null), &json!("payment_refunded")));
        let entry = customer.get("/api/v1/wallet/entries?limit=1").await.body["items"][0].clone();
        assert_eq!((&entry["kind"], &entry["credit"]), (&json!("refund"), &json!("house:gateway_clearing")));
        audit(&cloud, &customer).await;
    }
}

#[tokio::test]
async fn a_refusal_says_what_the_payment_said_before() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let unpaid = customer.started(&fifty_dollars("stripe"), "unpaid").await;
    let refunded = pays(&cloud, &customer, "stripe", json!({})).await;
    asked(&customer, &refunded, json!({})).await;
    for (reference, code) in [(&unpaid, "payment_not_paid"), (&refunded, "payment_refunded")] {
        let said = customer.payment(reference).await["refund"].clone();
        assert_eq!((&said["possible"], &said["reason"]), (&json!(null), &json!(code)), "{said:#}");
        let answer = ask(&customer, reference, json!({}), code).await;
        assert_eq!((answer.status, answer.code()), (409, code), "{answer:?}");
    }
    let reference = pays(&cloud, &customer, "stripe", json!({})).await;
    for (n, (credits, code)) in
        [("25.0001", "refund_too_large"), ("0.0001", "refund_too_small"), ("0", "refund_too_small")].iter().enumerate()
    {
        let answer = ask(&customer, &reference, json!({ "credits": credits }), &format!("part-{n}")).await;
        assert_eq!((answer.status, answer.code()), (409, *code), "{answer:?}");
        if *code == "refund_too_large" {
            assert_eq!(answer.body["possible"], "25.0000");
        }
    }
    for (body, field) in [(json!({ "credits": "-1" }), "credits"), (json!({ "reason": "two\nlines" }), "reason")] {
        let answer = ask(&customer, &reference, body, "bad").await;
        assert_eq!((answer.status, &answer.body["errors"][0]["field"]), (422, &json!(field)), "{answer:?}");
    }
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn spent_credits_and_gifts_are_not_paid_out() {
    let cloud = Cloud::shared().await;
    // A new account has the credit of one included verification.
    let person = cloud.person().await;
    let customer = &person.client;
    let gift = balance(customer).await;
    assert_ne!(gift, "0.0000");
    let first = pays(&cloud, customer, "stripe", json!({})).await;
    let offer = customer.payment(&first).await["refund"].clone();
    assert_eq!(offer["possible"], "25.0000", "the gift stays");
    // The gift is spent first, then the oldest payment.
    customer.buy_patiently("airbnb", "GH", "one").await;
    cloud.debit(&customer.user, "10".parse().unwrap(), "spent").await.unwrap();
    let left = cloud.store.ledger().wallet(&customer.user).await.unwrap().own_money();
    assert!(left < "25".parse().unwrap(), "{left}");
    let second = pays(&cloud, customer, "stripe", json!({})).await;
    assert_eq!(customer.payment(&second).await["refund"]["possible"], "25.0000");
    let offer = customer.payment(&first).await["refund"].clone();
    assert_eq!(offer["possible"], left.to_string(), "{offer:#}");
    let refund = asked(customer, &first, json!({})).await;
    assert_eq!(refund["credits"], left.to_string());
    let more = ask(customer, &first, json!({}), "more").await;
    assert_eq!((more.status, more.code()), (409, "credits_spent"), "{more:?}");
    assert_eq!(customer.payment(&second).await["refund"]["possible"], "25.0000", "the newer one is untouched");
    audit(&cloud, customer).await;
}

#[tokio::test]
async fn a_request_that_is_repeated_gets_the_same_refund() {
    let cloud = Cloud::shared().await;
    let (customer, reference) = payer(&cloud, "stripe", json!({})).await;
    let body = json!({ "credits": "10" });
    let first = ask(&customer, &reference, body.clone(), "k").await;
    reaches(&cloud, &customer, &reference, "processed").await;
    let again = ask(&customer, &reference, body, "k").await;
    assert_eq!((first.status, again.status), (201, 201), "{again:?}");
    assert_eq!(again.headers["idempotent-replayed"], "true");
    assert_eq!(first.body["refund"]["id"], again.body["refund"]["id"]);
    assert_eq!(again.body["refund"]["status"], "processed", "as it is now");
    let other = ask(&customer, &reference, json!({ "credits": "11" }), "k").await;
    assert_eq!((other.status, other.code()), (422, "idempotency_key_reused"), "{other:?}");
    let path = format!("/api/v1/payments/{reference}/refund");
    let without = customer.send("POST", &path, Some(&json!({})), &[]).await;
    assert_eq!((without.status, without.code()), (400, "idempotency_key_required"));
    assert_eq!(at_gateway(&cloud, "stripe", &reference).await.len(), 1);
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn nobody_refunds_the_payment_of_another_customer_or_with_a_test_key() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let reference = pays(&cloud, &person.client, "stripe", json!({})).await;
    let other = cloud.customer(Plan::Enterprise, "0").await;
    let scopes = json!(["payments:write", "wallet:read"]);
    let made = person.client.make_key(&json!({ "name": "t", "mode": "test", "scopes": scopes })).await;
    let tester = person.client.with_key(made.body["key"].as_str().unwrap());
    let reader = person.client.make_key(&json!({ "name": "r", "scopes": ["wallet:read"] })).await;
    let reader = person.client.with_key(reader.body["key"].as_str().unwrap());
    for (client, status, code) in
        [(&other, 404, "not_found"), (&tester, 404, "not_found"), (&reader, 403, "missing_scope")]
    {
        let answer = ask(client, &reference, json!({}), "k").await;
        assert_eq!((answer.status, answer.code()), (status, code), "{answer:?}");
    }
    let untouched: Value = person.client.payment(&reference).await;
    assert_eq!((&untouched["status"], &untouched["refunds"]), (&json!("succeeded"), &json!([])));
    audit(&cloud, &person.client).await;
}
