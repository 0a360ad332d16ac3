//! Any bytes, and valid answers that were changed on the way.

use super::*;
use proptest::prelude::*;

/// Parses the answer as each kind, and returns the money that a report of it has.
fn money(answer: &Answer) -> Vec<Option<Amount>> {
    let _ = (opened(&reference(), answer), found(&reference(), answer), expired(answer));
    let report = reported(&reference(), answer).unwrap_or(Report::of(Reported::Open));
    report.receipts.iter().map(|receipt| receipt.amount).collect()
}

fn list() -> Value {
    json!({ "data": [session(), paid()], "has_more": true })
}

proptest! {
    #[test]
    fn no_text_panics(status in 100u16..600, body in "[ -~]{0,60}|[{\\[]\"?[a-z0-9\":,{}\\[\\] ]{0,60}") {
        prop_assert_eq!(money(&answer(status, body)), []);
    }

    #[test]
    fn no_bytes_panic(status in 100u16..600, body in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(money(&answer(status, body)), []);
    }

    #[test]
    fn a_changed_byte_makes_no_other_reference_ours(
        status in prop_oneof![4 => Just(200u16), 1 => 100u16..600],
        valid in prop::sample::select(vec![session(), paid(), list()]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut body = valid.to_string().into_bytes();
        for (at, byte) in changes {
            let at = at.index(body.len());
            body[at] = byte;
        }
        let is_ours = String::from_utf8_lossy(&body).matches(&reference().to_string()).count() > 0;
        let answer = answer(status, body);
        prop_assert!(money(&answer).is_empty() || (is_ours && (200..300).contains(&status)));
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
