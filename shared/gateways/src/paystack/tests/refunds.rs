//! Refunds that are made, read and looked for.

use super::*;

fn report(state: RefundReported) -> RefundReport {
    RefundReport { gateway_refund: Some("14902117".to_owned()), state }
}

fn made(refunded: &Value) -> Result<RefundReport, GatewayError> {
    wire::refunded(&refund(), &number(), &ok(refunded))
}

fn read(refunded: &Value) -> Result<RefundReport, GatewayError> {
    wire::refund_report(&refund(), &number(), &ok(refunded))
}

fn look(list: &Value) -> Result<RefundReport, GatewayError> {
    wire::found(&refund(), &number(), &answer(200, list.to_string()))
}

const UNKNOWN: RefundReport = RefundReport { gateway_refund: None, state: RefundReported::Unknown };

#[test]
fn a_refund_is_asked_for_with_its_amount_and_our_identifier() {
    let body = serde_json::to_value(wire::refund(&payment(), &refund())).unwrap();
    let expected = json!({
        "transaction": reference().to_string(), "amount": 1_000, "currency": "GHS",
        "merchant_note": refund().id.to_string(), "customer_note": "Refund of a Namaskah SMS top-up"
    });
    assert_eq!(body, expected);
    assert_eq!(wire::refunds_of(&number()), [("transaction", "5104233871"), ("perPage", "100")]);
}

#[test]
fn every_state_of_a_refund_is_known() {
    for (status, state) in [
        ("pending", RefundReported::Pending),
        ("processing", RefundReported::Pending),
        ("needs-attention", RefundReported::NeedsAttention),
        ("processed", RefundReported::Processed),
        ("failed", RefundReported::Failed),
    ] {
        assert_eq!(made(&with(refund_made(), &[("/status", json!(status))])), Ok(report(state)), "{status}");
        assert_eq!(read(&refund_in(status)), Ok(report(state)), "{status}");
        assert_eq!(look(&list(&[refund_in(status)], 1)), Ok(report(state)), "{status}");
    }
}

#[test]
fn another_refund_or_one_without_sense_says_nothing() {
    for (path, value) in [
        ("/status", json!("reversed")),
        ("/status", json!("needs_attention")),
        ("/status", json!(null)),
        ("/id", json!("14902117")),
        ("/id", json!(null)),
        // Paystack refunds everything if it does not read the amount.
        ("/amount", json!(2_500)),
        ("/amount", json!(-1_000)),
        ("/currency", json!("NGN")),
        ("/transaction", json!(NUMBER + 1)),
        ("/transaction", json!({ "id": NUMBER + 1 })),
        ("/transaction", json!({})),
        ("/transaction", json!(null)),
    ] {
        let (made_so, read_so) =
            (with(refund_made(), &[(path, value.clone())]), with(refund_in("processed"), &[(path, value)]));
        assert_eq!(made(&made_so), Err(unknown(Fault::Unreadable)), "{made_so}");
        assert_eq!(read(&read_so), Err(unavailable(Fault::Unreadable)), "{read_so}");
        assert_eq!(look(&list(std::slice::from_ref(&read_so), 1)), Err(unavailable(Fault::Unreadable)), "{read_so}");
    }
}

#[test]
fn a_refund_was_made_whatever_its_note_became() {
    for note in [json!(null), json!("Refund for transaction by desk@example.com")] {
        let changed = |refunded: Value| with(refunded, &[("/merchant_note", note.clone())]);
        assert_eq!(made(&changed(refund_made())), Ok(report(RefundReported::Pending)));
        assert_eq!(read(&changed(refund_in("processed"))), Ok(report(RefundReported::Processed)));
    }
}

#[test]
fn a_refund_is_found_by_its_exact_note() {
    let id = refund().id.to_string();
    let other = |note: Value| with(refund_in("failed"), &[("/merchant_note", note), ("/id", json!(7))]);
    let others = [
        other(json!(null)),
        other(json!("")),
        other(json!(format!("{id} "))),
        other(json!(id.to_lowercase())),
        other(json!(format!("Refund {id}"))),
        other(json!(RefundId::new(paid_at(), 4).to_string())),
    ];
    assert_eq!(look(&list(&others, others.len())), Ok(UNKNOWN));
    assert_eq!(look(&list(&[], 0)), Ok(UNKNOWN));
    let with_ours: Vec<_> = others.into_iter().chain([refund_in("processing")]).collect();
    assert_eq!(look(&list(&with_ours, with_ours.len())), Ok(report(RefundReported::Pending)));
    // The rest does not matter once it is found.
    assert_eq!(look(&list(&with_ours, 500)), Ok(report(RefundReported::Pending)));
}

#[test]
fn a_refund_that_was_sent_twice_failed_only_if_both_did() {
    let first = with(refund_in("failed"), &[("/id", json!(14_902_116))]);
    for states in [[refund_in("processed"), first.clone()], [first, refund_in("processed")]] {
        assert_eq!(look(&list(&states, 2)), Ok(report(RefundReported::Processed)));
    }
}

#[test]
fn a_list_that_was_cut_does_not_say_that_there_is_no_refund() {
    let other = with(refund_in("processed"), &[("/merchant_note", json!("xxx"))]);
    assert_eq!(look(&list(std::slice::from_ref(&other), 1)), Ok(UNKNOWN));
    for (refunds, total) in [(&[][..], 1), (std::slice::from_ref(&other), 2), (std::slice::from_ref(&other), 101)] {
        assert_eq!(look(&list(refunds, total)), Err(unavailable(Fault::TooLarge)));
    }
    for unreadable in [
        json!({ "status": true, "data": [] }),
        json!({ "status": true, "data": [], "meta": {} }),
        json!({ "status": true, "data": [], "meta": { "next": "ZGV2", "previous": null, "perPage": 100 } }),
        json!({ "status": true, "data": null, "meta": { "total": 0 } }),
        json!({ "status": true, "meta": { "total": 0 } }),
        json!({ "status": true, "data": [{ "id": 1 }], "meta": { "total": 1 } }),
        json!([]),
    ] {
        assert_eq!(look(&unreadable), Err(unavailable(Fault::Unreadable)), "{unreadable}");
    }
}

#[test]
fn a_number_that_paystack_does_not_know_is_a_report() {
    for missing in [failed(404, Some("not_found"), "Entity not found"), failed(404, None, "Refund not found")] {
        assert_eq!(wire::refund_report(&refund(), &number(), &missing), Ok(UNKNOWN));
        // Nothing was made, or the list does not exist.
        assert_eq!(wire::refunded(&refund(), &number(), &missing).unwrap_err().kind(), "refused");
        assert_eq!(wire::found(&refund(), &number(), &missing).unwrap_err().kind(), "refused");
    }
    for other in [answer(404, PAGE_502), answer(404, ""), failed(400, None, "Invalid refund id")] {
        assert_eq!(wire::refund_report(&refund(), &number(), &other).unwrap_err().kind(), "refused", "{other:?}");
    }
}
