//! Any bytes, and valid answers that were changed on the way.

use super::{
    refunds::{look, made, read, refund_in},
    *,
};
use proptest::prelude::*;

/// Parses the answer as each kind, and returns the money that a report of it has.
fn money(answer: &Answer) -> Vec<Option<Amount>> {
    let _ = (opened(&reference(), answer), found(&reference(), answer), expired(answer));
    let report = reported(&reference(), answer).unwrap_or(Report::of(Reported::Open));
    report.receipts.iter().map(|receipt| receipt.amount).collect()
}

/// Whether any parser finds a refund that we asked for in the answer.
fn has_refund(answer: &Answer) -> bool {
    let reports = [made(answer), read(answer), look(answer)];
    reports.iter().flatten().any(|report| report.gateway_refund.is_some())
}

fn list() -> Value {
    json!({ "data": [session(), paid()], "has_more": true })
}

fn refund_list() -> Value {
    let other = with(refund_in("failed"), &[("/metadata", json!({}))]);
    json!({ "data": [other, refund_in("succeeded")], "has_more": true })
}

proptest! {
    #[test]
    fn no_text_panics(status in 100u16..600, body in "[ -~]{0,60}|[{\\[]\"?[a-z0-9\":,{}\\[\\] ]{0,60}") {
        let answer = answer(status, body);
        prop_assert_eq!(money(&answer), []);
        prop_assert!(!has_refund(&answer));
    }

    #[test]
    fn no_bytes_panic(status in 100u16..600, body in prop::collection::vec(any::<u8>(), 0..200)) {
        let answer = answer(status, body);
        prop_assert_eq!(money(&answer), []);
        prop_assert!(!has_refund(&answer));
    }

    #[test]
    fn a_changed_byte_makes_no_other_reference_ours(
        status in prop_oneof![4 => Just(200u16), 1 => 100u16..600],
        valid in prop::sample::select(vec![session(), paid(), list(), refund_in("pending"), refund_list()]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut body = valid.to_string().into_bytes();
        for (at, byte) in changes {
            let at = at.index(body.len());
            body[at] = byte;
        }
        let text = String::from_utf8_lossy(&body).into_owned();
        let is_success = (200..300).contains(&status);
        let answer = answer(status, body);
        prop_assert!(money(&answer).is_empty() || (is_success && text.contains(&reference().to_string())));
        prop_assert!(!has_refund(&answer) || (is_success && text.contains("pi_3SR9ggGn4")));
    }

    #[test]
    fn money_is_what_was_received_less_what_went_back(received in 0u64..5_000, refunded in 0u64..5_000) {
        let session = with(paid(), &[
            ("/payment_intent/amount_received", json!(received)),
            ("/payment_intent/latest_charge/amount_refunded", json!(refunded)),
        ]);
        let kept: Vec<_> = money(&ok(&session)).into_iter().flatten().map(|amount| amount.minor.get()).collect();
        let expected: Vec<_> = received.checked_sub(refunded).filter(|kept| *kept > 0).into_iter().collect();
        prop_assert_eq!(kept, expected);
    }
}
