//! Starting, paying and cancelling a payment.

use super::{audit, balance, fifty_dollars};
use domain::Plan;
use namaskah_tests::{Cloud, reference_of};
use serde_json::{Value, json};

#[tokio::test]
async fn each_gateway_credits_what_was_agreed() {
    let cloud = Cloud::shared().await;
    for (gateway, body) in [
        ("paystack", fifty_dollars("paystack")),
        ("stripe", fifty_dollars("stripe")),
        ("btcpay", json!({ "amount": "50.00", "currency": "USD", "gateway": "btcpay", "method": "bitcoin" })),
    ] {
        let customer = cloud.customer(Plan::Enterprise, "0").await;
        let started = customer.pay(&body, "first").await;
        assert_eq!(started.status, 201, "{started:?}");
        let payment = &started.body;
        assert_eq!((&payment["status"], &payment["credits"]), (&json!("pending"), &json!("25.0000")), "{gateway}");
        assert_eq!((&payment["amount"], &payment["currency"]), (&json!("50.00"), &json!("USD")));
        let page = payment["checkout_url"].as_str().unwrap();
        assert!(page.starts_with(cloud.simulator(gateway)), "{page}");
        assert_eq!(cloud.http.get(page).send().await.unwrap().status(), 200, "{gateway} has a page");
        assert_eq!(balance(&customer).await, "0.0000");

        let reference = reference_of(payment);
        cloud.pays(gateway, &reference, json!({})).await;
        let paid = customer.settled(&reference, "succeeded").await;
        assert_eq!(paid["credited"], "25.0000", "{paid:#}");
        let events: Vec<_> = paid["timeline"].as_array().unwrap().iter().map(|item| item["event"].clone()).collect();
        assert!(events.starts_with(&[json!("started"), json!("opened")]) && events.contains(&json!("credited")));
        assert_eq!(balance(&customer).await, "25.0000");
        let entries = customer.get("/api/v1/wallet/entries").await.body;
        let entry = &entries["items"][0];
        assert_eq!((&entry["kind"], &entry["debit"]), (&json!("top_up"), &json!("house:gateway_clearing")));
        assert_eq!(
            entry["cause"],
            json!({ "kind": "payment", "payment_id": format!("pay_{}", reference.payment.ulid()) })
        );
        audit(&cloud, &customer).await;
    }
}

#[tokio::test]
async fn mobile_money_is_paid_in_cedis() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let methods = customer.get("/api/v1/payments/methods?country=GH&currency=GHS").await.body;
    let mobile = methods["items"].as_array().unwrap().iter().find(|item| item["method"] == "mobile_money").unwrap();
    assert_eq!((&mobile["gateway"], &mobile["fee"]), (&json!("paystack"), &json!("0.00")));
    let least = mobile["min_amount"].as_str().unwrap();
    let body = json!({ "amount": least, "currency": "GHS", "method": "mobile_money" });
    let reference = customer.started(&body, "k").await;
    cloud.pays("paystack", &reference, json!({ "channel": "mobile_money" })).await;
    let paid = customer.settled(&reference, "succeeded").await;
    assert_eq!((&paid["credited"], &paid["gateway"]), (&paid["credits"], &json!("paystack")));
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn the_same_key_starts_one_payment() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let first = customer.pay(&fifty_dollars("paystack"), "same").await;
    let again = customer.pay(&fifty_dollars("paystack"), "same").await;
    assert_eq!((first.status, again.status), (201, 201), "{again:?}");
    assert_eq!(first.body["reference"], again.body["reference"]);
    assert_eq!(again.headers["idempotent-replayed"], "true");
    let other = customer.pay(&fifty_dollars("stripe"), "same").await;
    assert_eq!((other.status, other.code()), (422, "idempotency_key_reused"));
    let without = customer.send("POST", "/api/v1/payments", Some(&fifty_dollars("paystack")), &[]).await;
    assert_eq!((without.status, without.code()), (400, "idempotency_key_required"));
    let listed = customer.get("/api/v1/payments").await.body;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_can_t_be_paid_is_refused_before_a_gateway_is_asked() {
    let cloud = Cloud::shared().await;
    let (customer, other) = (cloud.customer(Plan::Enterprise, "0").await, cloud.customer(Plan::Enterprise, "0").await);
    let with = |change: Value| {
        let mut body = fifty_dollars("paystack");
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        body
    };
    for (n, (change, status, code, field)) in [
        (json!({ "amount": "4.99" }), 422, "validation_failed", "amount"),
        (json!({ "amount": "10000.01" }), 422, "validation_failed", "amount"),
        (json!({ "amount": 50 }), 422, "validation_failed", "amount"),
        (json!({ "amount": "-50.00" }), 422, "validation_failed", "amount"),
        (json!({ "amount": "5e1" }), 422, "validation_failed", "amount"),
        (json!({ "amount": "50.001" }), 422, "validation_failed", "amount"),
        (json!({ "currency": "EUR" }), 422, "validation_failed", "currency"),
        (json!({ "gateway": "coinbase" }), 422, "validation_failed", "gateway"),
        (json!({ "credits": "1000" }), 422, "validation_failed", "credits"),
        (json!({ "user_id": "usr_1", "plan": "pro" }), 422, "validation_failed", "plan"),
        (json!({ "currency": "GHS", "gateway": "stripe" }), 409, "method_not_offered", ""),
        (json!({ "method": "mobile_money" }), 409, "method_not_offered", ""),
    ]
    .into_iter()
    .enumerate()
    {
        // A customer starts at most ten payments in a minute.
        let customer = if n < 6 { &customer } else { &other };
        let answer = customer.pay(&with(change.clone()), &format!("k{n}")).await;
        assert_eq!((answer.status, answer.code()), (status, code), "{change} {answer:?}");
        if !field.is_empty() {
            assert_eq!(answer.body["errors"][0]["field"], field, "{change} {answer:?}");
        }
    }
    assert!(customer.get("/api/v1/payments").await.body["items"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn nobody_sees_or_gets_the_payment_of_another_customer() {
    let cloud = Cloud::shared().await;
    let (payer, other) = (cloud.customer(Plan::Enterprise, "0").await, cloud.customer(Plan::Enterprise, "0").await);
    let reference = payer.started(&fifty_dollars("paystack"), "k").await;
    cloud.pays("paystack", &reference, json!({})).await;
    // Verifying a foreign reference used to credit whoever asked.
    for path in [format!("/api/v1/payments/{reference}"), format!("/api/v1/payments/{}", reference.payment)] {
        assert_eq!(other.get(&path).await.status, 404, "{path}");
        assert_eq!(other.post(&format!("{path}/cancel")).await.status, 404, "{path}");
    }
    payer.settled(&reference, "succeeded").await;
    assert_eq!((balance(&payer).await, balance(&other).await), ("25.0000".to_owned(), "0.0000".to_owned()));
    // His own payment with the owner's identifier exchanged leads nowhere either.
    let exchanged = domain::payment::PaymentReference { user: other.user.clone(), payment: reference.payment };
    assert_eq!(other.get(&format!("/api/v1/payments/{exchanged}")).await.status, 404);
    let own = other.started(&fifty_dollars("paystack"), "k").await;
    let exchanged = domain::payment::PaymentReference { user: payer.user.clone(), payment: own.payment };
    assert_eq!(other.get(&format!("/api/v1/payments/{exchanged}")).await.status, 404);
    assert_eq!(payer.get(&format!("/api/v1/payments/{exchanged}")).await.status, 404);
}

#[tokio::test]
async fn ten_payments_may_be_open_at_once() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let mut references = Vec::new();
    for n in 0..10 {
        references.push(customer.started(&fifty_dollars("paystack"), &n.to_string()).await);
    }
    // The limit of a minute counts the minute before, too.
    cloud.advance(121).await;
    let refused = customer.pay(&fifty_dollars("paystack"), "one-more").await;
    assert_eq!((refused.status, refused.code()), (409, "too_many_open_payments"), "{refused:?}");
    let again = customer.pay(&fifty_dollars("paystack"), "0").await;
    assert_eq!((again.status, reference_of(&again.body)), (201, references[0].clone()), "a replay starts none");
    assert_eq!(customer.post(&format!("/api/v1/payments/{}/cancel", references[0])).await.status, 200);
    assert_eq!(customer.pay(&fifty_dollars("paystack"), "one-more").await.status, 201);
}

#[tokio::test]
async fn a_cancelled_payment_that_is_paid_all_the_same_is_credited() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let reference = customer.started(&fifty_dollars("paystack"), "k").await;
    let path = format!("/api/v1/payments/{reference}/cancel");
    let cancelled = customer.post(&path).await;
    assert_eq!((cancelled.status, &cancelled.body["status"]), (200, &json!("cancelled")), "{cancelled:?}");
    assert_eq!(customer.post(&path).await.status, 200, "a second cancel changes nothing");
    cloud.pays("paystack", &reference, json!({})).await;
    customer.settled(&reference, "succeeded").await;
    assert_eq!(balance(&customer).await, "25.0000");
    let late = customer.post(&path).await;
    assert_eq!((late.status, late.code()), (409, "wrong_status"), "{late:?}");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_cancel_finds_out_that_it_was_paid() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    for gateway in ["paystack", "stripe"] {
        let reference = customer.started(&fifty_dollars(gateway), gateway).await;
        cloud
            .gateway(
                gateway,
                "plan",
                json!({ "fault": "webhook_never", "reference": reference.to_string(), "times": 9 }),
            )
            .await;
        cloud.pays(gateway, &reference, json!({})).await;
        let cancel = customer.post(&format!("/api/v1/payments/{reference}/cancel")).await;
        assert_eq!((cancel.status, cancel.code()), (409, "wrong_status"), "{gateway} {cancel:?}");
        assert_eq!(customer.known_payment(&reference).await["status"], "succeeded");
    }
    // A session of Stripe that was cancelled can't be paid any more.
    let reference = customer.started(&fifty_dollars("stripe"), "cancelled").await;
    assert_eq!(customer.post(&format!("/api/v1/payments/{reference}/cancel")).await.status, 200);
    let url = format!("{}/_sim/pay/{reference}", cloud.simulator("stripe"));
    assert_eq!(cloud.http.post(url).json(&json!({})).send().await.unwrap().status(), 409);
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_test_key_can_t_pay_real_money() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let made = person
        .client
        .make_key(&json!({ "name": "t", "mode": "test", "scopes": ["payments:write", "wallet:read"] }))
        .await;
    let tester = person.client.with_key(made.body["key"].as_str().unwrap());
    let refused = tester.pay(&fifty_dollars("paystack"), "k").await;
    assert_eq!((refused.status, refused.code()), (403, "live_only"), "{refused:?}");
}
