//! What reports of the gateway and decisions of the staff change, in every status.

use crate::{
    bank::{Bank, USD, refund_id, reported},
    support::fixtures::{DAY, credits, start},
};
use namaskah_domain::{
    Actor,
    ledger::{Account, EntryKind},
    payment::{
        NotDecidable, NotRefundable, OVERDUE_AFTER, Refund, RefundFault, RefundReport, RefundReported, RefundStatus,
        Status,
    },
    policy::RuleId,
};
use std::{fmt::Write, time::Duration};

const STATUSES: [RefundStatus; 7] = [
    RefundStatus::AwaitingApproval,
    RefundStatus::Requested,
    RefundStatus::Pending,
    RefundStatus::NeedsAttention,
    RefundStatus::Processed,
    RefundStatus::Failed,
    RefundStatus::Refused,
];
const REPORTS: [RefundReported; 5] = [
    RefundReported::Unknown,
    RefundReported::Pending,
    RefundReported::NeedsAttention,
    RefundReported::Processed,
    RefundReported::Failed,
];

fn refund(bank: &Bank) -> &Refund {
    &bank.payments[0].refunds[0]
}

#[test]
fn every_report_in_every_status() {
    let mut table = String::new();
    for status in STATUSES {
        for report in REPORTS {
            let mut bank = Bank::with_refund(status);
            assert_eq!(refund(&bank).status, status);
            let before = bank.wallet.available;
            let Some(settlement) = bank.report(0, 1, report, start()) else { continue };
            let returned = bank.wallet.available.units() - before.units();
            let after = refund(&bank);
            let fault = settlement.fault.map_or("", RefundFault::as_str);
            let line = format!("{} + {report:?}: {} {returned} {fault}", status.as_str(), after.status.as_str());
            let _ = writeln!(table, "{}", line.trim_end());
            assert_eq!(after.fault, settlement.fault, "noted");
            assert_eq!(after.completed_at.is_some(), after.status.is_final());
            assert_eq!(bank.report(0, 1, report, start()), None, "{status:?} {report:?}: once");
        }
    }
    let wanted = "\
awaiting_approval + Pending: pending 0 not_approved
awaiting_approval + NeedsAttention: needs_attention 0 not_approved
awaiting_approval + Processed: processed 0 not_approved
requested + Pending: pending 0
requested + NeedsAttention: needs_attention 0
requested + Processed: processed 0
requested + Failed: failed 600000
pending + NeedsAttention: needs_attention 0
pending + Processed: processed 0
pending + Failed: failed 600000
needs_attention + Pending: pending 0
needs_attention + Processed: processed 0
needs_attention + Failed: failed 600000
processed + Failed: processed 0 failed_after_paid
failed + Processed: failed 0 paid_after_return
refused + Processed: refused 0 paid_after_return
";
    assert_eq!(table, wanted);
}

#[test]
fn staff_decide_only_what_awaits_approval() {
    for status in STATUSES {
        let bank = Bank::with_refund(status);
        let payment = bank.payments[0].clone();
        let approved = payment.clone().refund_approved(&refund_id(1), &bank.wallet, start()).map(|_| ());
        let refused = payment.clone().refund_refused(&refund_id(1), Actor::operator("ama"), start()).map(|_| ());
        let expected = match status {
            RefundStatus::AwaitingApproval => Ok(()),
            status => Err(NotDecidable::WrongStatus { status }),
        };
        assert_eq!((&approved, &refused), (&expected, &expected), "{status:?}");
        assert_eq!(
            payment.refund_approved(&refund_id(2), &bank.wallet, start()).map(|_| ()),
            Err(NotDecidable::Unknown)
        );
    }
}

#[test]
fn an_approval_moves_no_money_and_a_refusal_returns_it() {
    let now = start().plus(DAY);
    let mut bank = Bank::with_refund(RefundStatus::AwaitingApproval);
    assert_eq!((bank.wallet.available, bank.payments[0].due_at), (credits("40"), None));
    bank.approve(0, 1, now);
    assert_eq!((refund(&bank).status, refund(&bank).approved_at), (RefundStatus::Requested, Some(now)));
    assert_eq!(bank.wallet.available, credits("40"));
    assert_eq!(bank.payments[0].due_at, Some(now.plus(Duration::from_mins(2))));

    let mut bank = Bank::with_refund(RefundStatus::AwaitingApproval);
    bank.refuse(0, 1, now);
    assert_eq!((bank.wallet.available, bank.payments[0].status), (credits("100"), Status::Succeeded));
    let entry = bank.entries.last().expect("an entry");
    assert_eq!(
        (entry.kind, entry.debit, entry.credit),
        (EntryKind::RefundReturn, Account::GatewayClearing, Account::Available)
    );
    let rule = entry.rule.as_ref().map(RuleId::as_str);
    assert_eq!((rule, entry.actor.as_str()), (Some("refund_refused"), "operator:ama"));
}

#[test]
fn a_report_about_another_refund_changes_nothing() {
    let bank = Bank::with_refund(RefundStatus::Pending);
    let payment = &bank.payments[0];
    assert_eq!(refund(&bank).gateway_refund.as_deref(), Some("1"));
    let other = RefundReport { gateway_refund: Some("2".to_owned()), state: RefundReported::Failed };
    assert_eq!(payment.clone().refund_reported(&refund_id(1), &other, start()), None);
    assert_eq!(payment.clone().refund_reported(&refund_id(2), &reported(RefundReported::Failed), start()), None);
    // The identifier is noted as soon as it is known, also without a new state.
    let mut bank = Bank::default();
    bank.paid(USD, 2_000, start());
    bank.refund(0, 1, credits("1"), start()).expect("nothing is spent");
    let pending = RefundReport { gateway_refund: None, state: RefundReported::Pending };
    let step = bank.payments[0].clone().refund_reported(&refund_id(1), &pending, start()).expect("a new state").step;
    bank.commit(&step, start()).expect("a valid step");
    assert_eq!(refund(&bank).gateway_refund, None);
    bank.report(0, 1, RefundReported::Pending, start()).expect("the identifier");
    assert_eq!(refund(&bank).gateway_refund.as_deref(), Some("1"));
}

#[test]
fn a_refund_that_was_paid_after_its_return_is_not_paid_again() {
    let mut bank = Bank::with_refund(RefundStatus::Failed);
    assert_eq!(bank.refundable(0, start()), Ok(credits("100")));
    let settlement = bank.report(0, 1, RefundReported::Processed, start()).expect("a fault");
    assert_eq!((settlement.fault, &settlement.step.movement), (Some(RefundFault::PaidAfterReturn), &None));
    assert_eq!(bank.payments[0].status, Status::PartlyRefunded);
    assert_eq!((bank.payments[0].refunded(), bank.wallet.available), (credits("60"), credits("100")));
    assert_eq!(bank.refundable(0, start()), Ok(credits("40")), "₵60 of the customer's money left already");
    bank.refund(0, 2, credits("40"), start()).expect("the rest");
    let money: u64 = bank.payments[0].refunds.iter().map(|refund| refund.amount.minor.get()).sum();
    assert_eq!((money, bank.refundable(0, start())), (20_000, Err(NotRefundable::Refunded)));
}

#[test]
fn a_refund_that_is_not_paid_out_is_shown_to_a_person_once_and_asked_for_on() {
    let mut bank = Bank::with_refund(RefundStatus::Pending);
    let (mut now, mut faults, mut looks) = (start(), Vec::new(), 0);
    while now < start().plus(DAY * 30) {
        now = bank.payments[0].due_at.expect("an open refund is always due");
        assert!(bank.payments[0].is_due(now));
        let settlement = bank.report(0, 1, RefundReported::Pending, now).expect("a look");
        faults.extend(settlement.fault.map(|fault| (fault, now)));
        looks += 1;
    }
    assert_eq!(faults, [(RefundFault::Overdue, start().plus(OVERDUE_AFTER))]);
    // 2 min, 10 min and 1 h; each 6 h of 14 days; each of 16 days.
    assert_eq!(looks, 3 + 14 * 4 + 16);
    bank.report(0, 1, RefundReported::Processed, now).expect("at last");
    assert_eq!((refund(&bank).status, bank.payments[0].due_at), (RefundStatus::Processed, None));
}

#[test]
fn looking_before_it_is_due_changes_nothing() {
    let mut bank = Bank::with_refund(RefundStatus::Requested);
    assert_eq!(bank.report(0, 1, RefundReported::Unknown, start()), None);
    let due = bank.payments[0].due_at.expect("an open refund");
    let look = bank.report(0, 1, RefundReported::Unknown, due).expect("the next look");
    assert_eq!((look.fault, look.step.movement), (None, None));
    assert!(bank.payments[0].due_at.is_some_and(|next| next > due));
    assert_eq!(refund(&bank).status, RefundStatus::Requested);
    assert_eq!(bank.wallet.available, credits("40"), "without an answer the credits stay away");
    // A refund that is over does not move the look at the payment.
    let mut over = Bank::with_refund(RefundStatus::Processed);
    over.payments[0].due_at = Some(start());
    assert_eq!(over.report(0, 1, RefundReported::Processed, start()), None);
}
