//! Any bytes, and valid answers that were changed on the way.

use super::*;
use crate::paystack::webhook::WEBHOOK;
use proptest::prelude::*;

/// What an answer says, read as each kind.
struct Said {
    /// The money of a report that settled.
    money: Vec<Option<Amount>>,
    /// The refunds that Paystack says it has.
    refunds: Vec<RefundReport>,
    /// Whether our refund is said not to exist.
    is_unknown: bool,
}

fn read(answer: &Answer) -> Said {
    let _ = wire::initialized(answer);
    let report = wire::verified(&reference(), answer).unwrap_or(Report::of(Reported::Open));
    let (refund, number) = (refund(), number());
    let reports = [
        wire::refunded(&refund, &number, answer),
        wire::refund_report(&refund, &number, answer),
        wire::found(&refund, &number, answer),
    ];
    let is_said = |report: &RefundReport| report.state != RefundReported::Unknown;
    let is_unknown = reports.iter().flatten().any(|report| !is_said(report));
    let refunds = reports.into_iter().flatten().filter(is_said).collect();
    Said { money: report.receipts.iter().map(|receipt| receipt.amount).collect(), refunds, is_unknown }
}

fn envelope(data: &Value) -> Value {
    json!({ "status": true, "message": "done", "data": data })
}

fn valid() -> [Value; 5] {
    let other = with(refund_in("failed"), &[("/merchant_note", json!("xxx"))]);
    [
        envelope(&transaction("success")),
        envelope(&transaction("reversal-pending")),
        envelope(&refund_made()),
        envelope(&refund_in("processed")),
        list(&[other, refund_in("needs-attention")], 2),
    ]
}

proptest! {
    #[test]
    fn no_bytes_panic(status in 100_u16..600, body in prop::collection::vec(any::<u8>(), 0..200)) {
        let said = read(&answer(status, body.clone()));
        prop_assert!(said.money.is_empty() && said.refunds.is_empty() && !said.is_unknown);
        let _ = (WEBHOOK.read)(&body);
    }

    #[test]
    fn no_text_panics(status in 100_u16..600, body in "[ -~]{0,60}|[{\\[]\"?[a-z0-9\":,{}\\[\\] ]{0,60}") {
        let said = read(&answer(status, body.clone()));
        prop_assert!(said.money.is_empty() && said.refunds.is_empty());
        let _ = (WEBHOOK.read)(body.as_bytes());
    }

    #[test]
    fn a_changed_byte_makes_nothing_ours(
        status in prop_oneof![4 => Just(200_u16), 1 => 100_u16..600],
        valid in prop::sample::select(valid().to_vec()),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut body = valid.to_string().into_bytes();
        for (at, byte) in changes {
            let at = at.index(body.len());
            body[at] = byte;
        }
        let text = String::from_utf8_lossy(&body).into_owned();
        let said = read(&answer(status, body));
        let is_success = (200..300).contains(&status);
        prop_assert!(said.money.is_empty() || (is_success && text.contains(&reference().to_string())));
        prop_assert!(said.refunds.is_empty() || (is_success && text.contains(&NUMBER.to_string())));
    }

    #[test]
    fn a_changed_event_names_ours_or_nothing(
        data in prop::sample::select(vec![transaction("success"), refund_in("processed"), refund_made()]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut body = json!({ "event": "refund.processed", "data": data }).to_string().into_bytes();
        for (at, byte) in changes {
            let at = at.index(body.len());
            body[at] = byte;
        }
        let named = (WEBHOOK.read)(&body).ok().and_then(|notice| notice.reference).map(|named| named.to_string());
        prop_assert!(named.is_none_or(|named| String::from_utf8_lossy(&body).contains(&named)));
    }
}
