//! Transactions that are initialized, and what a verification says about the money.

use super::*;

fn customer() -> Customer {
    let return_url = "https://app.example.com/wallet?a=1&b=2".to_owned();
    Customer { email: "Ama@example.com".parse().unwrap(), return_url }
}

fn verified(transaction: &Value) -> Result<Report, GatewayError> {
    wire::verified(&reference(), &ok(transaction))
}

fn closed(receipt: Receipt) -> Report {
    Report { receipts: vec![receipt], state: Reported::Closed }
}

#[test]
fn a_transaction_is_asked_for_with_one_channel() {
    for (method, channel) in [(Method::Card, "card"), (Method::MobileMoney, "mobile_money")] {
        let body = serde_json::to_value(wire::initialize(&payment_by(method), &customer())).unwrap();
        let expected = json!({
            "email": "ama@example.com", "amount": 2_500, "currency": "GHS", "reference": reference().to_string(),
            "channels": [channel], "callback_url": "https://app.example.com/wallet?a=1&b=2"
        });
        assert_eq!(body, expected);
    }
}

#[test]
fn an_initialized_transaction_has_a_page() {
    let url = "https://checkout.paystack.com/k2w8r0v5xq1t7ma";
    let data =
        json!({ "authorization_url": url, "access_code": "k2w8r0v5xq1t7ma", "reference": reference().to_string() });
    assert_eq!(wire::initialized(&ok(&data)), Ok(url.to_owned()));
    for data in [json!(null), json!({}), json!({ "authorization_url": null }), json!([])] {
        assert_eq!(wire::initialized(&ok(&data)), Err(unknown(Fault::Unreadable)), "{data}");
    }
}

#[test]
fn a_transaction_says_what_became_of_it() {
    for (status, report) in [
        ("success", closed(receipt(Some(cedis(2_500))))),
        ("failed", Report::of(Reported::Declined)),
        ("pending", Report::of(Reported::Confirming)),
        ("processing", Report::of(Reported::Confirming)),
        ("queued", Report::of(Reported::Confirming)),
        ("abandoned", Report::of(Reported::Open)),
        ("ongoing", Report::of(Reported::Open)),
        ("something new", Report::of(Reported::Open)),
        ("reversed", Report::of(Reported::Closed)),
        ("reversal-pending", closed(receipt(None))),
    ] {
        assert_eq!(verified(&transaction(status)), Ok(report), "{status}");
    }
}

#[test]
fn the_money_is_what_was_paid_and_not_what_was_asked_for() {
    let of = |path: &str, value: Value| verified(&with(transaction("success"), &[(path, value)])).unwrap();
    assert_eq!(of("/amount", json!(2_499)), closed(receipt(Some(cedis(2_499)))));
    assert_eq!(of("/requested_amount", json!(1)), closed(receipt(Some(cedis(2_500)))));
    let naira = Amount { currency: PayCurrency::Ngn, ..cedis(2_500) };
    assert_eq!(of("/currency", json!("NGN")), closed(receipt(Some(naira))));
    // Nobody can pay in it here: the amount is unknown, and a person looks at it.
    assert_eq!(of("/currency", json!("XOF")), closed(receipt(None)));
}

fn look(transaction: &Value) -> Look {
    Look::at(verified(transaction).unwrap(), paid_at())
}

/// The payment once this transaction settled it, with the credits that moved.
fn settled(payment: Payment, transaction: &Value) -> Option<(Payment, Option<Credits>)> {
    let settlement = payment.settled(&look(transaction), paid_at())?;
    Some((settlement.step.subject, settlement.step.movement.map(|movement| movement.amount)))
}

#[test]
fn a_refund_takes_nothing_from_a_payment_that_was_credited() {
    let (credited, moved) = settled(payment(), &transaction("success")).unwrap();
    assert_eq!(moved, Some(Credits::from_units(25_000)));
    for status in ["reversal-pending", "reversed", "success"] {
        assert_eq!(settled(credited.clone(), &transaction(status)), None, "{status}");
    }
}

#[test]
fn money_that_is_refunded_before_it_was_credited_is_never_credited() {
    let settlement = payment().settled(&look(&transaction("reversal-pending")), paid_at()).unwrap();
    let faults: Vec<_> = settlement.faults.iter().map(|(_, fault)| *fault).collect();
    assert_eq!(faults, [domain::payment::Fault::NotTheAmount], "a person must look at it");
    let (noted, moved) = settled(payment(), &transaction("reversal-pending")).unwrap();
    assert_eq!((moved, noted.credited), (None, Credits::ZERO));
    // The refund failed, or it was one of a part.
    assert_eq!(settled(noted, &transaction("success")), None);
    let (ended, moved) = settled(payment(), &transaction("reversed")).unwrap();
    assert_eq!((moved, ended.receipts), (None, vec![]));
}

#[test]
fn an_unknown_reference_is_a_report() {
    for unknown in [
        failed(400, Some("transaction_not_found"), "Transaction reference not found."),
        failed(404, Some("transaction_not_found"), "Transaction reference not found."),
        failed(404, None, "Transaction reference not found"),
        failed(400, None, "Transaction reference NOT FOUND"),
        answer(400, r#"{"status": false, "code": "transaction_not_found", "message": null}"#),
    ] {
        assert_eq!(wire::verified(&reference(), &unknown), Ok(Report::of(Reported::Unknown)));
    }
    // These say nothing about the payment.
    for other in [
        failed(400, Some("invalid_params"), "Invalid reference"),
        failed(403, None, "not found"),
        answer(404, PAGE_502),
        answer(404, ""),
    ] {
        assert_eq!(wire::verified(&reference(), &other).unwrap_err().kind(), "refused", "{other:?}");
    }
}

#[test]
fn another_transaction_or_one_without_sense_is_unreadable() {
    let sibling = PaymentReference { payment: PaymentId::new(started_at(), 3), ..reference() }.to_string();
    for (path, value) in [
        ("/reference", json!(sibling)),
        ("/reference", json!(reference().to_string().to_lowercase())),
        ("/reference", json!(format!("{} ", reference()))),
        ("/reference", json!(null)),
        ("/id", json!(null)),
        ("/id", json!("5104233871")),
        ("/id", json!(-1)),
        ("/status", json!(null)),
        ("/amount", json!(-2_500)),
        ("/amount", json!(25.5)),
        ("/amount", json!("2500")),
        ("/currency", json!(null)),
        ("/paid_at", json!("yesterday")),
    ] {
        let transaction = with(transaction("success"), &[(path, value)]);
        assert_eq!(verified(&transaction), Err(unavailable(Fault::Unreadable)), "{transaction}");
    }
    for data in [json!(null), json!({}), json!([transaction("success")])] {
        assert_eq!(verified(&data), Err(unavailable(Fault::Unreadable)), "{data}");
    }
}
