//! What a session says about the money.

use super::*;
use domain::payment::{Fault as MoneyFault, Look, Receipt, ReceiptId};

fn receipt(minor: u64, currency: PayCurrency) -> Receipt {
    let amount = Some(Amount { minor: Minor::new(minor), currency });
    Receipt { id: ReceiptId::new("pi_3SR9ggGn4"), amount, at: Timestamp::from_millis(1_795_255_290_000) }
}

#[test]
fn a_paid_session_has_the_money_of_its_intent() {
    let receipts = vec![receipt(2_500, PayCurrency::Usd)];
    assert_eq!(report_of(&paid()), Ok(Report { receipts, state: Reported::Closed }));
}

#[test]
fn the_money_is_what_was_received_and_not_what_the_session_asks_for() {
    let of = |path: &str, value: Value| {
        let report = report_of(&with(paid(), &[(path, value)])).unwrap();
        assert_eq!(report.state, Reported::Closed);
        report.receipts
    };
    assert_eq!(of("/payment_intent/amount_received", json!(2_499)), [receipt(2_499, PayCurrency::Usd)]);
    assert_eq!(of("/payment_intent/currency", json!("ngn")), [receipt(2_500, PayCurrency::Ngn)]);
    // Nobody can pay in it here: the amount is unknown, and a person looks at it.
    let foreign = Receipt { amount: None, ..receipt(2_500, PayCurrency::Usd) };
    assert_eq!(of("/payment_intent/currency", json!("eur")), [foreign]);
    for (path, value) in
        [("/amount_total", json!(1)), ("/currency", json!("zar")), ("/payment_intent/amount", json!(1))]
    {
        assert_eq!(of(path, value), [receipt(2_500, PayCurrency::Usd)], "{path}");
    }
}

#[test]
fn money_that_went_back_does_not_count() {
    let refunded =
        |minor: u64| report_of(&with(paid(), &[("/payment_intent/latest_charge/amount_refunded", json!(minor))]));
    assert_eq!(refunded(2_500), Ok(Report::of(Reported::Closed)));
    assert_eq!(refunded(1).unwrap().receipts, [receipt(2_499, PayCurrency::Usd)]);
    assert_eq!(refunded(2_501), Err(unavailable(Fault::Unreadable)));
}

#[test]
fn money_that_a_bank_asked_for_has_no_amount() {
    let disputed = with(paid(), &[("/payment_intent/latest_charge/disputed", json!(true))]);
    let receipts = vec![Receipt { amount: None, ..receipt(2_500, PayCurrency::Usd) }];
    assert_eq!(report_of(&disputed), Ok(Report { receipts, state: Reported::Closed }));
}

/// The payment after this charge changed: how much was refunded of it, and whether it is disputed.
fn settled(payment: Payment, refunded: u64, disputed: bool) -> Option<(Payment, Option<MoneyFault>)> {
    let changes = [
        ("/payment_intent/latest_charge/amount_refunded", json!(refunded)),
        ("/payment_intent/latest_charge/disputed", json!(disputed)),
    ];
    let now = STARTED.parse().unwrap();
    let settlement = payment.settled(&Look::at(report_of(&with(paid(), &changes)).unwrap(), now), now)?;
    Some((settlement.step.subject, settlement.faults.first().map(|(_, fault)| *fault)))
}

#[test]
fn refunds_and_disputes_take_nothing_from_a_payment_that_was_credited() {
    let (credited, fault) = settled(payment(), 0, false).unwrap();
    assert_eq!((credited.credited, fault), (credited.credits, None));
    for (refunded, disputed) in [(0, false), (1_000, false), (2_500, false), (0, true), (1_000, true)] {
        assert_eq!(settled(credited.clone(), refunded, disputed), None, "{refunded} {disputed}");
    }
}

#[test]
fn money_that_went_back_before_it_was_credited_is_never_credited() {
    for (refunded, disputed) in [(1_000, false), (0, true), (1_000, true)] {
        let (noted, fault) = settled(payment(), refunded, disputed).unwrap();
        assert_eq!((noted.credited, fault), (Credits::ZERO, Some(MoneyFault::NotTheAmount)), "{refunded} {disputed}");
        // The refund failed, or the dispute was won.
        assert_eq!(settled(noted, 0, false), None, "{refunded} {disputed}");
    }
    let (ended, fault) = settled(payment(), 2_500, false).unwrap();
    assert_eq!((ended.credited, fault, ended.receipts), (Credits::ZERO, None, vec![]));
}

#[test]
fn a_session_without_money_says_whether_it_may_still_come() {
    for (status, intent, state) in [
        ("open", json!(null), Reported::Open),
        ("open", declined_intent("requires_payment_method"), Reported::Open),
        ("open", declined_intent("requires_action"), Reported::Open),
        ("open", declined_intent("processing"), Reported::Open),
        ("open", declined_intent("canceled"), Reported::Declined),
        ("complete", json!(null), Reported::Confirming),
        ("complete", declined_intent("processing"), Reported::Confirming),
        ("complete", declined_intent("requires_payment_method"), Reported::Declined),
        ("complete", declined_intent("canceled"), Reported::Declined),
        ("expired", json!(null), Reported::Closed),
        ("expired", declined_intent("requires_payment_method"), Reported::Closed),
        ("expired", declined_intent("canceled"), Reported::Closed),
    ] {
        let session = session_in(status, "unpaid", intent);
        assert_eq!(report_of(&session), Ok(Report::of(state)), "{session}");
    }
}

#[test]
fn a_session_of_another_payment_is_unreadable() {
    let other = PaymentReference { payment: PaymentId::new(payment().created_at, 3), ..reference() }.to_string();
    for other in [json!(null), json!(""), json!(other), json!(format!("{} ", reference())), json!("shop-17")] {
        let session = with(paid(), &[("/client_reference_id", other)]);
        assert_eq!(report_of(&session), Err(unavailable(Fault::Unreadable)), "{session}");
    }
}

#[test]
fn a_session_that_contradicts_itself_or_says_something_new_is_unreadable() {
    for session in [
        session_in("complete", "paid", json!(null)),
        // Not expanded, so its money is unknown.
        session_in("complete", "paid", json!("pi_3SR9ggGn4")),
        with(paid(), &[("/payment_intent/latest_charge", json!("ch_3SR9ggGn4"))]),
        with(paid(), &[("/payment_intent/latest_charge", json!(null))]),
        with(paid(), &[("/payment_intent/latest_charge/disputed", json!(null))]),
        with(paid(), &[("/payment_intent/amount_received", json!(0))]),
        with(paid(), &[("/payment_intent/amount_received", json!(-2_500))]),
        with(paid(), &[("/payment_intent/amount_received", json!(25.5))]),
        session_in("complete", "no_payment_required", json!(null)),
        session_in("complete", "partly", json!(null)),
        session_in("paused", "unpaid", json!(null)),
        with(session(), &[("/status", json!(null))]),
        json!({}),
        json!([session()]),
        json!(null),
    ] {
        assert_eq!(report_of(&session), Err(unavailable(Fault::Unreadable)), "{session}");
    }
}

#[test]
fn a_session_that_stripe_does_not_know_is_a_report() {
    let missing = failed(404, Some("resource_missing"), "No such checkout.session: 'cs_test_a1'");
    assert_eq!(reported(&reference(), &missing), Ok(Report::of(Reported::Unknown)));
    // An address that is wrong says nothing about the payment.
    for other in [failed(404, None, "Unrecognized request URL (GET: /v2/x)."), answer(404, PAGE_502)] {
        assert_eq!(reported(&reference(), &other).unwrap_err().kind(), "refused");
    }
}
