//! Payments, their refunds and disputes, and plans: each movement of their money is in the ledger, once.

use domain::{
    ledger::{Cause, Entry, EntryKind},
    payment::{Dispute, DisputeStatus, Payment, Refund},
    subscription::Subscription,
};

/// Checks the entries of each payment. Returns what disputes hold.
pub(super) fn check_payments(payments: &[Payment], entries: &[Entry]) -> i64 {
    payments.iter().map(|payment| check_payment(payment, entries)).sum()
}

fn check_payment(payment: &Payment, entries: &[Entry]) -> i64 {
    let cause = Cause::Payment { payment_id: payment.reference.payment.clone() };
    let moved = |kind| {
        let mine = entries.iter().filter(move |entry| entry.kind == kind);
        let mut units: Vec<_> = mine.filter(|entry| entry.cause == cause).map(|entry| entry.amount.units()).collect();
        units.sort_unstable();
        units
    };
    let sum = |kind| moved(kind).iter().sum::<i64>();
    let noted: i64 = payment.receipts.iter().map(|receipt| receipt.credits.units()).sum();
    assert_eq!(noted, payment.credited.units(), "{payment:#?}");
    assert_eq!(sum(EntryKind::TopUp), noted, "credited once: {payment:#?}");
    let refunds = |is_wanted: fn(&Refund) -> bool| {
        let wanted = payment.refunds.iter().filter(|refund| is_wanted(refund));
        let mut units: Vec<_> = wanted.map(|refund| refund.credits.units()).collect();
        units.sort_unstable();
        units
    };
    assert_eq!(moved(EntryKind::Refund), refunds(|_| true), "each left once: {payment:#?}");
    let returned = refunds(|refund| refund.status.is_returned());
    assert_eq!(moved(EntryKind::RefundReturn), returned, "each came back once, or not at all: {payment:#?}");
    let away = sum(EntryKind::Refund) - returned.iter().sum::<i64>();
    assert!(away <= noted, "no more was paid back than was taken: {payment:#?}");
    let units = |is_wanted: fn(&Dispute) -> bool| {
        let wanted = payment.disputes.iter().filter(|dispute| is_wanted(dispute));
        wanted
            .map(|dispute| (dispute.credits.units(), dispute.held().units()))
            .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    };
    let (lost, unsettled) = units(|dispute| dispute.status == DisputeStatus::Lost);
    assert_eq!(sum(EntryKind::Chargeback), lost - unsettled, "what banks got: {payment:#?}");
    let held = units(|_| true).1;
    let settled = sum(EntryKind::Chargeback) + sum(EntryKind::Release);
    let taken = sum(EntryKind::Freeze) + sum(EntryKind::Debt);
    assert_eq!(taken, settled + held, "each hold of a dispute is settled once: {payment:#?}");
    let (at_stake, _) = units(Dispute::is_at_stake);
    assert!(at_stake <= noted, "banks take no more than was credited: {payment:#?}");
    held
}

/// Checks that each charge of a plan is one entry.
pub(super) fn check_plans(subscription: Option<&Subscription>, entries: &[Entry]) {
    let paid = entries.iter().filter(|entry| entry.kind == EntryKind::Purchase);
    let paid: Vec<_> = paid.map(|entry| (entry.seq, entry.amount)).collect();
    let timeline = subscription.map(|subscription| &subscription.timeline[..]).unwrap_or_default();
    let charged = timeline.iter().filter_map(|item| Some((item.entry?, item.charge?.amount())));
    assert_eq!(paid, charged.collect::<Vec<_>>(), "{subscription:#?}");
}
