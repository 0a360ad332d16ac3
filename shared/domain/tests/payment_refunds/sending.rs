//! A refund is sent once, although a worker may die before or after the request.

use crate::{
    bank::{Bank, USD, refund_id},
    support::fixtures::{credits, start},
};
use namaskah_domain::{
    Timestamp,
    ledger::Subject,
    payment::{RESEND_AFTER, RefundReported, RefundStatus, RefundTry},
};
use std::time::Duration;

fn requested() -> Bank {
    let mut bank = Bank::default();
    bank.paid(USD, 2_000, start());
    bank.refund(0, 1, credits("10"), start()).expect("nothing is spent");
    bank
}

fn begin(bank: &mut Bank, token: u64, now: Timestamp) -> bool {
    let step = bank.payments[0].clone().refund_sending(&refund_id(1), token, now);
    let Some(step) = step else { return false };
    assert_eq!(step.movement, None, "the credits left before");
    bank.commit(&step, now).expect("a valid step");
    true
}

#[test]
fn it_is_sent_again_only_after_a_pause() {
    let mut bank = requested();
    assert!(bank.payments[0].refunds[0].is_unsent() && begin(&mut bank, 1, start()));
    let refund = bank.payments[0].refunds[0].clone();
    assert_eq!(refund.tried, Some(RefundTry { at: start(), token: 1 }));
    assert_eq!(bank.payments[0].due_at, Some(start().plus(Duration::from_mins(2))), "it is followed");
    let early = start().plus(RESEND_AFTER).minus(Duration::from_millis(1));
    assert!(!refund.is_unsent() && !refund.may_be_sent_again(early) && !begin(&mut bank, 2, early));
    let later = start().plus(RESEND_AFTER);
    assert!(refund.may_be_sent_again(later) && begin(&mut bank, 3, later));
    assert!(!begin(&mut bank, 4, later), "the pause begins again");
}

#[test]
fn two_workers_that_begin_at_once_write_different_versions() {
    let bank = requested();
    let begun = |token| {
        let step = bank.payments[0].clone().refund_sending(&refund_id(1), token, start()).expect("it is unsent");
        step.subject.written_with(None)
    };
    let (one, other) = (begun(1), begun(2));
    assert_eq!(one.version, other.version);
    assert_ne!(one, other, "so the loser does not take the winner's write for its own");
}

#[test]
fn only_a_requested_refund_is_sent() {
    for status in [
        RefundStatus::AwaitingApproval,
        RefundStatus::Pending,
        RefundStatus::NeedsAttention,
        RefundStatus::Processed,
        RefundStatus::Failed,
        RefundStatus::Refused,
    ] {
        let mut bank = Bank::with_refund(status);
        assert!(!begin(&mut bank, 1, start().plus(RESEND_AFTER)), "{status:?}");
    }
    let bank = requested();
    assert_eq!(bank.payments[0].clone().refund_sending(&refund_id(2), 1, start()), None, "there is no such refund");
}

#[test]
fn the_reason_goes_with_the_end() {
    for (end, stays) in [(RefundReported::Pending, true), (RefundReported::Processed, false)] {
        let mut bank = requested();
        assert!(bank.payments[0].refunds[0].reason.is_some());
        bank.report(0, 1, end, start()).expect("news");
        assert_eq!(bank.payments[0].refunds[0].reason.is_some(), stays, "{end:?}");
    }
    let mut bank = Bank::with_refund(RefundStatus::AwaitingApproval);
    bank.refuse(0, 1, start());
    assert_eq!(bank.payments[0].refunds[0].reason, None);
}
