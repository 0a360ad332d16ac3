//! Disputes case by case.

use crate::{
    apply,
    bank::{Bank, USD, refund_id},
    repay, said, share,
    support::{
        books,
        fixtures::{DAY, credits, start},
    },
    whole,
};
use namaskah_domain::{
    Actor, Credits,
    access::Mode,
    ledger::{Cause, EntryKind, LedgerError, Movement, prove},
    payment::{
        DisputeFault, DisputeStatus, Look, NotDecidable, NotRefundable, PaymentEvent, RefundReported, Report, Reported,
        Status,
    },
};

use std::time::Duration;

/// More steps than any report needs.
const ALL: usize = 9;

/// ₵25 paid, of which so much was spent since.
fn spent(amount: &str) -> Bank {
    let mut bank = Bank::default();
    bank.paid(USD, 5_000, start());
    buy(&mut bank, amount).expect("enough money");
    bank
}

fn buy(bank: &mut Bank, amount: &str) -> Result<(), LedgerError> {
    let cause = Cause::Subscription { subscription_id: namaskah_domain::SubscriptionId::new(start(), 1) };
    let movement = Movement::new(EntryKind::Purchase, credits(amount), cause, Actor::system("test"));
    if credits(amount).is_positive() { bank.post(&movement, start()).map(drop) } else { Ok(()) }
}

/// Available, held and owed.
fn balances(bank: &Bank) -> (String, String, String) {
    books::check(&bank.wallet, &bank.entries).expect("the books add up");
    assert_eq!(prove(Mode::Live, &bank.wallet, &bank.entries, start()), Ok(()));
    let text = |amount: Credits| amount.to_string();
    (text(bank.wallet.available), text(bank.wallet.held), text(bank.wallet.owed))
}

fn of(available: &str, held: &str, owed: &str) -> (String, String, String) {
    (available.to_owned(), held.to_owned(), owed.to_owned())
}

#[test]
fn what_the_wallet_has_is_frozen_and_the_rest_is_owed() {
    for (gone, percent, opened, lost, won) in [
        (
            "0",
            100,
            of("0.0000", "25.0000", "0.0000"),
            of("0.0000", "0.0000", "0.0000"),
            of("25.0000", "0.0000", "0.0000"),
        ),
        (
            "10",
            100,
            of("0.0000", "25.0000", "10.0000"),
            of("0.0000", "0.0000", "10.0000"),
            of("15.0000", "0.0000", "0.0000"),
        ),
        (
            "25",
            100,
            of("0.0000", "25.0000", "25.0000"),
            of("0.0000", "0.0000", "25.0000"),
            of("0.0000", "0.0000", "0.0000"),
        ),
        (
            "10",
            40,
            of("5.0000", "10.0000", "0.0000"),
            of("5.0000", "0.0000", "0.0000"),
            of("15.0000", "0.0000", "0.0000"),
        ),
    ] {
        let mut bank = spent(gone);
        let open = said(1, share(&bank, 0, percent), DisputeStatus::Open);
        assert_eq!(apply(&mut bank, 0, &open, ALL, start()), [DisputeFault::Opened], "a person learns of it");
        assert_eq!((balances(&bank), bank.payments[0].status), (opened, Status::Disputed), "{gone} {percent}");
        assert_eq!(bank.payments[0].due_at, Some(start().plus(DAY)), "somebody asks every day");
        assert_eq!(apply(&mut bank, 0, &open, ALL, start()), [], "again");
        for (status, wanted, after) in
            [(DisputeStatus::Lost, lost, Status::Disputed), (DisputeStatus::Won, won, Status::Succeeded)]
        {
            let mut bank = bank.clone();
            let over = said(1, share(&bank, 0, percent), status);
            assert_eq!(apply(&mut bank, 0, &over, ALL, start()), [], "{gone} {percent}");
            assert_eq!((balances(&bank), bank.payments[0].status), (wanted, after), "{gone} {percent} {status:?}");
            let dispute = &bank.payments[0].disputes[0];
            assert_eq!((dispute.status, dispute.closed_at, dispute.held()), (status, Some(start()), Credits::ZERO));
            let is_owed = bank.wallet.owed.is_positive();
            let due_at = bank.payments[0].due_at;
            assert_eq!(due_at, is_owed.then(|| start().plus(DAY)), "nothing is left to do but to look for money");
            let entries = bank.entries.len();
            assert_eq!(apply(&mut bank, 0, &over, ALL, start()), [], "again");
            assert_eq!(bank.entries.len(), entries);
        }
    }
}

#[test]
fn a_worker_may_die_after_each_step() {
    let soon = Some(start().plus(Duration::from_mins(1)));
    for status in [DisputeStatus::Lost, DisputeStatus::Won] {
        let mut bank = spent("10");
        let open = said(1, whole(&bank, 0), DisputeStatus::Open);
        apply(&mut bank, 0, &open, 1, start());
        assert_eq!(balances(&bank), of("0.0000", "15.0000", "0.0000"));
        assert_eq!(bank.payments[0].due_at, soon, "the debt follows");
        // The bank decides meanwhile.
        let over = said(1, whole(&bank, 0), status);
        apply(&mut bank, 0, &over, 1, start());
        assert_eq!(balances(&bank), of("0.0000", "25.0000", "10.0000"));
        apply(&mut bank, 0, &over, 1, start());
        assert_eq!(bank.payments[0].due_at, soon, "the second hold follows");
        // All of it moves to the side that was begun.
        let other = if status == DisputeStatus::Won { DisputeStatus::Lost } else { DisputeStatus::Won };
        let other = said(1, whole(&bank, 0), other);
        apply(&mut bank, 0, &other, 1, start());
        assert_eq!(bank.payments[0].disputes[0].status, status);
        assert_eq!(bank.wallet.held, Credits::ZERO);
        assert_eq!(apply(&mut bank, 0, &other, ALL, start()), [DisputeFault::Reversed], "a person learns of it, once");
    }
}

#[test]
fn whoever_owes_money_buys_nothing_and_pays_it_first() {
    let mut bank = spent("25");
    let open = said(1, whole(&bank, 0), DisputeStatus::Open);
    apply(&mut bank, 0, &open, ALL, start());
    let owed = credits("25");
    assert_eq!(buy(&mut bank, "0.0001"), Err(LedgerError::Owes { owed }));
    let second = bank.paid(USD, 2_000, start());
    assert_eq!(buy(&mut bank, "1"), Err(LedgerError::Owes { owed }), "before the debt is paid");
    repay(&mut bank, second, start());
    assert_eq!(balances(&bank), of("0.0000", "25.0000", "15.0000"));
    assert_eq!(bank.payments[second].timeline.last().map(|item| item.event), Some(PaymentEvent::Repaid));
    let third = bank.paid(USD, 4_000, start());
    assert_eq!(bank.refundable(third, start()), Err(NotRefundable::Owes { owed: credits("15") }));
    repay(&mut bank, third, start());
    assert_eq!(balances(&bank), of("5.0000", "25.0000", "0.0000"));
    buy(&mut bank, "5").expect("nothing is owed");
    // The money that was paid back comes back with the dispute.
    let won = said(1, whole(&bank, 0), DisputeStatus::Won);
    apply(&mut bank, 0, &won, ALL, start());
    assert_eq!(balances(&bank), of("25.0000", "0.0000", "0.0000"));
    let events: Vec<_> = bank.payments[0].timeline.iter().map(|item| item.event).collect();
    let disputed = [PaymentEvent::Disputed, PaymentEvent::Owed, PaymentEvent::DisputeWon, PaymentEvent::Thawed];
    assert!(events.ends_with(&disputed), "{events:?}");
}

#[test]
fn money_that_comes_back_is_looked_for_as_long_as_it_may_be_owed() {
    let mut bank = spent("25");
    let lost = said(1, whole(&bank, 0), DisputeStatus::Lost);
    apply(&mut bank, 0, &lost, ALL, start());
    let mut days = 0;
    while let Some(due) = bank.payments[0].due_at {
        days += 1;
        assert_eq!(due, start().plus(DAY * days));
        let look = Look::at(Report::of(Reported::Closed), due);
        let looked = bank.payments[0].clone().settled(&look, due).expect("it is due");
        bank.commit(&looked.step, due).expect("a valid step");
    }
    assert_eq!(days, 90);
}

#[test]
fn promotional_credit_is_never_taken() {
    let mut bank = spent("25");
    bank.gift(70_000, start());
    let lost = said(1, whole(&bank, 0), DisputeStatus::Lost);
    apply(&mut bank, 0, &lost, ALL, start());
    assert_eq!(balances(&bank), of("7.0000", "0.0000", "25.0000"));
    repay(&mut bank, 0, start());
    assert_eq!(balances(&bank), of("7.0000", "0.0000", "25.0000"));
}

#[test]
fn a_bank_takes_the_money_whatever_was_refunded() {
    let mut bank = spent("0");
    bank.refund(0, 1, credits("20"), start()).expect("nothing is spent");
    let lost = said(1, whole(&bank, 0), DisputeStatus::Lost);
    apply(&mut bank, 0, &lost, ALL, start());
    assert_eq!(bank.payments[0].disputes[0].credits, credits("25"));
    assert_eq!(balances(&bank), of("0.0000", "0.0000", "20.0000"));
    // The refund fails after all, and pays the debt.
    bank.report(0, 1, RefundReported::Failed, start()).expect("it was sent");
    repay(&mut bank, 0, start());
    assert_eq!(balances(&bank), of("0.0000", "0.0000", "0.0000"));
    // A second dispute of the same money takes no more than was credited.
    let again = said(2, whole(&bank, 0), DisputeStatus::Lost);
    assert_eq!(apply(&mut bank, 0, &again, ALL, start()), [DisputeFault::Opened]);
    assert_eq!(bank.payments[0].disputes[1].credits, Credits::ZERO);
    assert!(bank.payments[0].disputes[1].closed_at.is_some());
    assert_eq!(balances(&bank), of("0.0000", "0.0000", "0.0000"));
}

#[test]
fn a_refund_of_a_disputed_payment_is_neither_approved_nor_sent() {
    let mut bank = Bank::default();
    let (place, other) = (bank.paid(USD, 20_000, start()), bank.paid(USD, 20_000, start()));
    bank.refund(other, 1, credits("60"), start()).expect("nothing is spent");
    bank.refund(other, 2, credits("10"), start()).expect("nothing is spent");
    buy(&mut bank, "130").expect("enough money");
    let open = said(1, whole(&bank, place), DisputeStatus::Open);
    apply(&mut bank, place, &open, ALL, start());
    let approved = bank.payments[other].clone().refund_approved(&refund_id(1), &bank.wallet, start());
    assert_eq!(approved, Err(NotDecidable::Owes { owed: credits("100") }), "a debtor");
    let open = said(2, share(&bank, other, 10), DisputeStatus::Open);
    apply(&mut bank, other, &open, ALL, start());
    let disputed = bank.payments[other].clone();
    assert_eq!(disputed.clone().refund_approved(&refund_id(1), &bank.wallet, start()), Err(NotDecidable::Disputed));
    assert_eq!(disputed.clone().refund_sending(&refund_id(2), 1, start()), None);
    assert_eq!(disputed.clone().refund_sending(&refund_id(2), 1, start().plus(DAY)), None);
}

#[test]
fn another_amount_is_taken_over_while_the_dispute_is_open() {
    let mut bank = spent("10");
    let unknown = said(1, None, DisputeStatus::Open);
    apply(&mut bank, 0, &unknown, ALL, start());
    assert_eq!(balances(&bank), of("0.0000", "25.0000", "10.0000"), "all is at stake");
    let part = said(1, share(&bank, 0, 20), DisputeStatus::Open);
    apply(&mut bank, 0, &part, ALL, start());
    assert_eq!(balances(&bank), of("10.0000", "5.0000", "0.0000"));
    apply(&mut bank, 0, &unknown, ALL, start());
    assert_eq!(balances(&bank), of("10.0000", "5.0000", "0.0000"), "an amount that is known stays");
    let more = said(1, share(&bank, 0, 40), DisputeStatus::Lost);
    apply(&mut bank, 0, &more, ALL, start());
    assert_eq!(balances(&bank), of("5.0000", "0.0000", "0.0000"));
    let entries = bank.entries.iter().filter(|entry| entry.kind == EntryKind::Chargeback);
    assert_eq!(entries.fold(Credits::ZERO, |sum, entry| sum.counted_up(entry.amount)), credits("10"));
}

#[test]
fn each_other_end_of_a_settled_dispute_is_told_once() {
    let mut bank = spent("0");
    for n in [1, 2] {
        for status in [DisputeStatus::Open, DisputeStatus::Won] {
            let said = said(n, share(&bank, 0, 10), status);
            apply(&mut bank, 0, &said, ALL, start());
        }
        for (status, told) in [(DisputeStatus::Open, 1), (DisputeStatus::Open, 0), (DisputeStatus::Lost, 1)] {
            let said = said(n, share(&bank, 0, 10), status);
            assert_eq!(apply(&mut bank, 0, &said, ALL, start()).len(), told, "{n} {status:?}");
        }
    }
}

#[test]
fn a_disputed_payment_is_not_refunded() {
    let mut bank = spent("0");
    let newer = bank.paid(USD, 2_000, start());
    let part = said(1, share(&bank, 0, 40), DisputeStatus::Open);
    apply(&mut bank, 0, &part, ALL, start());
    assert_eq!(bank.refundable(0, start()), Err(NotRefundable::Disputed));
    assert_eq!(bank.refundable(newer, start()), Ok(credits("10")), "other payments are not disputed");
    let won = said(1, share(&bank, 0, 40), DisputeStatus::Won);
    apply(&mut bank, 0, &won, ALL, start());
    assert_eq!(bank.refundable(0, start()), Ok(credits("25")));
}

#[test]
fn a_dispute_that_was_won_before_we_heard_of_it_changes_nothing() {
    let mut bank = spent("0");
    let won = said(1, whole(&bank, 0), DisputeStatus::Won);
    assert_eq!(bank.payments[0].clone().disputed(&won, &bank.wallet, start()), None);
    // In a currency that nobody pays in here, all of the payment is at stake.
    let unknown = said(2, None, DisputeStatus::Open);
    apply(&mut bank, 0, &unknown, ALL, start());
    assert_eq!(balances(&bank), of("0.0000", "25.0000", "0.0000"));
}

#[test]
fn a_dispute_is_followed_until_all_of_its_money_is_settled() {
    let mut bank = spent("10");
    let open = said(1, whole(&bank, 0), DisputeStatus::Open);
    apply(&mut bank, 0, &open, ALL, start());
    assert_eq!(balances(&bank), of("0.0000", "25.0000", "10.0000"));
    // The worker dies after the first step.
    let won = said(1, whole(&bank, 0), DisputeStatus::Won);
    apply(&mut bank, 0, &won, 1, start());
    assert_eq!(balances(&bank), of("0.0000", "15.0000", "0.0000"));
    let payment = &bank.payments[0];
    assert!(!payment.is_disputed() && payment.has_disputes_to_follow() && payment.due_at.is_some());
    apply(&mut bank, 0, &won, ALL, start());
    assert_eq!(balances(&bank), of("15.0000", "0.0000", "0.0000"));
    assert!(!bank.payments[0].has_disputes_to_follow());
}
