//! Refunds that are made, read and looked for.

use super::*;
use crate::stripe::wire::{found_refund, refund_report, refunded, refunds_of};
use domain::{
    RefundId,
    payment::{ReceiptId, Refund, RefundReport, RefundReported, RefundStatus},
};

const UNKNOWN: RefundReport = RefundReport { gateway_refund: None, state: RefundReported::Unknown };

fn intent() -> ReceiptId {
    ReceiptId::new("pi_3SR9ggGn4")
}

/// A refund of ten dollars.
fn refund() -> Refund {
    let at = payment().created_at;
    Refund {
        id: RefundId::new(at, 3),
        credits: Credits::from_units(50_000),
        amount: Amount { minor: Minor::new(1_000), currency: PayCurrency::Usd },
        address: None,
        status: RefundStatus::Requested,
        gateway_refund: None,
        created_at: at,
        reason: None,
        approved_at: None,
        tried: None,
        completed_at: None,
        fault: None,
    }
}

/// The refund as Stripe answers it.
pub(super) fn refund_in(status: &str) -> Value {
    json!({
        "id": "re_3SR9ggGn41aB", "object": "refund", "amount": 1000, "balance_transaction": "txn_3SR9ggGn41cD",
        "charge": "ch_3SR9ggGn4", "created": 1_795_341_600, "currency": "usd",
        "destination_details": { "card": { "reference_status": "pending", "type": "refund" }, "type": "card" },
        "metadata": { "reference": reference().to_string(), "refund": refund().id.to_string() },
        "payment_intent": "pi_3SR9ggGn4", "reason": null, "receipt_number": null, "source_transfer_reversal": null,
        "status": status, "transfer_reversal": null
    })
}

fn report(state: RefundReported) -> RefundReport {
    RefundReport { gateway_refund: Some("re_3SR9ggGn41aB".to_owned()), state }
}

pub(super) fn made(answer: &Answer) -> Result<RefundReport, GatewayError> {
    refunded(&refund(), &intent(), answer)
}

pub(super) fn read(answer: &Answer) -> Result<RefundReport, GatewayError> {
    refund_report(&refund(), &intent(), answer)
}

pub(super) fn look(answer: &Answer) -> Result<RefundReport, GatewayError> {
    found_refund(&refund(), &intent(), answer)
}

fn page(refunds: &[Value], has_more: bool) -> Answer {
    ok(&json!({ "object": "list", "url": "/v1/refunds", "has_more": has_more, "data": refunds }))
}

#[test]
fn a_refund_is_asked_for_with_its_amount_and_our_names() {
    let form = super::super::refund(&payment(), &refund(), &intent());
    let (id, reference) = (refund().id.to_string(), reference().to_string());
    let expected = [
        ("payment_intent", "pi_3SR9ggGn4"),
        ("amount", "1000"),
        ("metadata[refund]", &id),
        ("metadata[reference]", &reference),
    ];
    assert!(form.iter().map(|(name, value)| (*name, value.as_str())).eq(expected));
    let query = refunds_of(&intent());
    let expected = [("payment_intent", "pi_3SR9ggGn4"), ("limit", "100")];
    assert!(query.iter().map(|(name, value)| (*name, value.as_str())).eq(expected));
}

#[test]
fn every_state_of_a_refund_is_known() {
    for (status, state) in [
        ("pending", RefundReported::Pending),
        ("requires_action", RefundReported::NeedsAttention),
        ("succeeded", RefundReported::Processed),
        ("failed", RefundReported::Failed),
        ("canceled", RefundReported::Failed),
    ] {
        let refund = refund_in(status);
        assert_eq!(made(&ok(&refund)), Ok(report(state)), "{status}");
        assert_eq!(read(&ok(&refund)), Ok(report(state)), "{status}");
        assert_eq!(look(&page(&[refund], false)), Ok(report(state)), "{status}");
    }
}

#[test]
fn another_refund_or_one_without_sense_says_nothing() {
    for (path, value) in [
        ("/status", json!("reversed")),
        ("/status", json!(null)),
        ("/id", json!("re_1/cancel")),
        ("/id", json!(null)),
        ("/amount", json!(2_500)),
        ("/amount", json!(-1_000)),
        ("/currency", json!("ngn")),
        ("/payment_intent", json!("pi_other")),
        ("/payment_intent", json!(null)),
    ] {
        let refund = with(refund_in("succeeded"), &[(path, value)]);
        assert_eq!(made(&ok(&refund)), Err(unknown(Fault::Unreadable)), "{refund}");
        assert_eq!(read(&ok(&refund)), Err(unavailable(Fault::Unreadable)), "{refund}");
        assert_eq!(look(&page(std::slice::from_ref(&refund), false)), Err(unavailable(Fault::Unreadable)), "{refund}");
    }
}

#[test]
fn a_refund_is_found_by_its_exact_name() {
    let id = refund().id.to_string();
    let other = |metadata: Value| with(refund_in("failed"), &[("/metadata", metadata), ("/id", json!("re_other"))]);
    let others = [
        other(json!(null)),
        other(json!({})),
        other(json!({ "refund": null })),
        other(json!({ "refund": format!("{id} ") })),
        other(json!({ "refund": id.to_lowercase() })),
        other(json!({ "reference": id })),
    ];
    assert_eq!(look(&page(&others, false)), Ok(UNKNOWN));
    assert_eq!(look(&page(&[], false)), Ok(UNKNOWN));
    for other in &others {
        assert_eq!(made(&ok(other)), Err(unknown(Fault::Unreadable)), "{other}");
    }
    let with_ours: Vec<_> = others.into_iter().chain([refund_in("pending")]).collect();
    assert_eq!(look(&page(&with_ours, false)), Ok(report(RefundReported::Pending)));
    // The rest does not matter once it is found.
    assert_eq!(look(&page(&with_ours, true)), Ok(report(RefundReported::Pending)));
}

#[test]
fn a_refund_that_was_sent_twice_failed_only_if_both_did() {
    let first = with(refund_in("failed"), &[("/id", json!("re_first"))]);
    for refunds in [[refund_in("succeeded"), first.clone()], [first, refund_in("succeeded")]] {
        assert_eq!(look(&page(&refunds, false)), Ok(report(RefundReported::Processed)));
    }
}

#[test]
fn a_list_that_was_cut_does_not_say_that_there_is_no_refund() {
    let other = with(refund_in("succeeded"), &[("/metadata", json!({}))]);
    assert_eq!(look(&page(&[other], true)), Err(unavailable(Fault::TooLarge)));
    assert_eq!(look(&page(&[], true)), Err(unavailable(Fault::TooLarge)));
    for unreadable in [
        json!({ "data": [] }),
        json!({ "has_more": false }),
        json!({ "data": null, "has_more": false }),
        json!({ "data": [{ "id": "re_1" }], "has_more": false }),
        json!([]),
    ] {
        assert_eq!(look(&ok(&unreadable)), Err(unavailable(Fault::Unreadable)), "{unreadable}");
    }
}

#[test]
fn a_refund_that_stripe_does_not_know_is_a_report() {
    let missing = failed(404, Some("resource_missing"), "No such refund: 're_3SR9ggGn41aB'");
    assert_eq!(read(&missing), Ok(UNKNOWN));
    // The payment intent is missing, so nothing was made, and nothing can be looked for.
    assert_eq!(made(&missing).unwrap_err().kind(), "refused");
    assert_eq!(look(&missing).unwrap_err().kind(), "refused");
    for other in [failed(404, None, "Unrecognized request URL."), answer(404, PAGE_502)] {
        assert_eq!(read(&other).unwrap_err().kind(), "refused");
    }
}

#[test]
fn errors_of_refunds_are_those_of_sessions() {
    for (answer, made_so, read_so) in [
        (answer(502, PAGE_502), unknown(Fault::Status(502)), unavailable(Fault::Status(502))),
        (answer(200, PAGE_502), unknown(Fault::Unreadable), unavailable(Fault::Unreadable)),
        (failed(409, None, "In progress."), unknown(Fault::Status(409)), unavailable(Fault::Status(409))),
        (failed(401, None, "Invalid API Key"), GatewayError::Unauthorized, GatewayError::Unauthorized),
        (failed(400, Some("charge_already_refunded"), "No."), refused("No."), refused("No.")),
    ] {
        assert_eq!(made(&answer), Err(made_so));
        assert_eq!(read(&answer), Err(read_so.clone()));
        assert_eq!(look(&answer), Err(read_so));
    }
}
