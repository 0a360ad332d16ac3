//! The record of a refunded payment: status, timeline, later money, and what was stored before there were refunds.

use crate::{
    bank::{Bank, USD, received, refund_id},
    support::fixtures::{credits, start},
};
use namaskah_domain::{
    Timestamp,
    ledger::EntryKind,
    payment::{Fault, Look, Method, Payment, PaymentEvent, ReceiptId, RefundReported, Report, Reported, Status},
    policy::RuleId,
};
use std::time::Duration;

fn minute(minute: u64) -> Timestamp {
    start().plus(Duration::from_mins(minute))
}

#[test]
fn the_timeline_tells_the_story_with_its_entries() {
    let mut bank = Bank::default();
    bank.paid(USD, 40_000, start());
    bank.refund(0, 1, credits("10"), minute(1)).expect("nothing is spent");
    bank.refund(0, 2, credits("20"), minute(2)).expect("nothing is spent");
    bank.refund(0, 3, credits("60"), minute(3)).expect("nothing is spent");
    bank.refund(0, 4, credits("70"), minute(3)).expect("nothing is spent");
    bank.report(0, 2, RefundReported::Pending, minute(4)).expect("news");
    bank.report(0, 1, RefundReported::Failed, minute(5)).expect("news");
    bank.report(0, 2, RefundReported::NeedsAttention, minute(6)).expect("news");
    bank.approve(0, 4, minute(7));
    bank.refuse(0, 3, minute(8));
    bank.report(0, 2, RefundReported::Failed, minute(9)).expect("news");
    bank.report(0, 4, RefundReported::Processed, minute(10)).expect("news");
    let told: Vec<_> = bank.payments[0]
        .timeline
        .iter()
        .skip(2)
        .map(|item| {
            let refund = item.refund.as_ref().map(|id| (1..5).find(|n| refund_id(*n) == *id).expect("one of ours"));
            (item.event, refund, item.entry, item.credits.map(|credits| credits.units() / 10_000))
        })
        .collect();
    let wanted = [
        (PaymentEvent::Credited, None, Some(1), Some(200)),
        (PaymentEvent::RefundRequested, Some(1), Some(2), Some(10)),
        (PaymentEvent::RefundRequested, Some(2), Some(3), Some(20)),
        (PaymentEvent::RefundRequested, Some(3), Some(4), Some(60)),
        (PaymentEvent::RefundRequested, Some(4), Some(5), Some(70)),
        (PaymentEvent::RefundSent, Some(2), None, None),
        (PaymentEvent::RefundFailed, Some(1), Some(6), Some(10)),
        (PaymentEvent::RefundNeedsAttention, Some(2), None, None),
        (PaymentEvent::RefundApproved, Some(4), None, None),
        (PaymentEvent::RefundRefused, Some(3), Some(7), Some(60)),
        (PaymentEvent::RefundFailed, Some(2), Some(8), Some(20)),
        (PaymentEvent::Refunded, Some(4), None, None),
    ];
    assert_eq!(told, wanted);
    let rules: Vec<_> =
        bank.entries.iter().map(|entry| (entry.kind, entry.rule.as_ref().map(RuleId::as_str))).collect();
    let refund = (EntryKind::Refund, Some("payment_refund"));
    let failed = (EntryKind::RefundReturn, Some("refund_failed"));
    let refused = (EntryKind::RefundReturn, Some("refund_refused"));
    assert_eq!(rules, [(EntryKind::TopUp, None), refund, refund, refund, refund, failed, refused, failed]);
    assert_eq!(bank.payments[0].status, Status::PartlyRefunded);
    assert_eq!(bank.payments[0].completed_at, Some(start()), "the payment was complete before");
}

#[test]
fn a_second_payment_of_a_refunded_one_is_a_fault() {
    for (part, status) in [("10", Status::Refunded), ("4", Status::PartlyRefunded)] {
        let mut bank = Bank::default();
        bank.paid(USD, 2_000, start());
        bank.refund(0, 1, credits(part), start()).expect("nothing is spent");
        assert_eq!(bank.payments[0].status, status);
        for (receipt, minor, fault) in [("a", 2_000, Fault::PaidTwice), ("b", 1_999, Fault::PaidTwice)] {
            let look = received(&bank.payments[0], receipt, minor, start());
            let settlement = bank.payments[0].clone().settled(&look, start()).expect("a new receipt");
            let faults = vec![(ReceiptId::new(receipt), fault)];
            assert_eq!((settlement.faults, &settlement.step.movement), (faults, &None));
            bank.commit(&settlement.step, start()).expect("a valid step");
            assert_eq!((bank.payments[0].status, bank.payments[0].failure), (status, None), "{receipt}");
        }
        assert_eq!(bank.payments[0].unrefunded(), bank.wallet.available, "the second money is in no wallet");
    }
}

#[test]
fn late_coins_of_a_refunded_payment_are_credited() {
    let mut bank = Bank::default();
    let place = bank.started(Method::Bitcoin, USD, 2_000, start());
    bank.settled(place, "a", 2_000, start());
    // Customers can't ask for it yet, so the staff did.
    let mut by_card = Bank::default();
    by_card.paid(USD, 2_000, start());
    by_card.refund(0, 1, credits("10"), start()).expect("nothing is spent");
    bank.payments[place].refunds.clone_from(&by_card.payments[0].refunds);
    bank.payments[place].status = Status::Refunded;
    bank.settled(place, "b", 500, minute(1));
    let payment = &bank.payments[place];
    assert_eq!((payment.status, payment.credited), (Status::PartlyRefunded, credits("12.5")));
    assert_eq!(payment.unrefunded(), credits("2.5"));
    assert_eq!(payment.timeline.last().map(|item| (item.event, item.entry)), Some((PaymentEvent::Credited, Some(2))));
}

#[test]
fn a_look_at_the_gateway_does_not_take_a_refund_back() {
    let mut bank = Bank::default();
    bank.paid(USD, 2_000, start());
    assert_eq!(bank.payments[0].due_at, None, "a card that paid is not looked at");
    bank.refund(0, 1, credits("10"), start()).expect("nothing is spent");
    let due = bank.payments[0].due_at.expect("the refund is due");
    // The gateway calls the charge reversed now, and shows no receipt any more.
    let look = Look::at(Report::of(Reported::Closed), start());
    assert_eq!(bank.payments[0].clone().settled(&look, start()), None);
    let looked = bank.payments[0].clone().settled(&look, due).expect("it was due");
    assert_eq!((looked.step.subject.status, looked.step.movement), (Status::Refunded, None));
    assert!(looked.step.subject.due_at.is_some_and(|next| next > due), "the refund is still looked at");
    bank.report(0, 1, RefundReported::Processed, due).expect("paid out");
    assert_eq!((bank.payments[0].status, bank.payments[0].due_at), (Status::Refunded, None));
}

#[test]
fn payments_of_before_have_no_refunds() {
    let mut bank = Bank::default();
    bank.paid(USD, 2_000, start());
    let mut stored = serde_json::to_value(&bank.payments[0]).expect("serialisable");
    stored.as_object_mut().expect("an object").remove("refunds").expect("stored");
    assert_eq!(serde_json::from_value::<Payment>(stored).expect("readable"), bank.payments[0]);
    for (status, name) in [(Status::PartlyRefunded, "partly_refunded"), (Status::Refunded, "refunded")] {
        assert_eq!((serde_json::to_value(status).expect("a name"), status.as_str()), (name.into(), name));
        assert!(status.is_paid() && !status.is_open());
    }
    bank.refund(0, 1, credits("1"), start()).expect("nothing is spent");
    let text = serde_json::to_string(&bank.payments[0]).expect("serialisable");
    assert_eq!(serde_json::from_str::<Payment>(&text).expect("readable"), bank.payments[0]);
}
