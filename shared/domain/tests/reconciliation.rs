//! Reconciliation with a gateway: exactly the seeded differences are found, whatever the order of both sides.

#![allow(clippy::unwrap_used, reason = "tests")]

use namaskah_domain::{
    Credits, PaymentId, RefundId, Timestamp, UserId,
    payment::{
        Amount, CreditPrice, GatewayId, Method, Minor, NewPayment, NotedReceipt, PayCurrency, Payment,
        PaymentReference, ReceiptId, Refund, RefundStatus, RefundTry,
    },
    reconciliation::{Difference, GatewayList, ListedMoney, ListedRefund, MARGIN, MoneyState, compare},
};
use proptest::prelude::*;
use std::{collections::BTreeSet, time::Duration};
use strum::VariantArray;

const DAY: Duration = Duration::from_hours(24);

fn from() -> Timestamp {
    "2026-11-27T00:00:00.000Z".parse().unwrap()
}

fn noon() -> Timestamp {
    from().plus(DAY / 2)
}

fn amount(minor: u64, currency: PayCurrency) -> Amount {
    Amount { minor: Minor::new(minor), currency }
}

fn cents(minor: u64) -> Amount {
    amount(minor, PayCurrency::Usd)
}

/// A credited payment with its own number, receipt and amount.
fn payment(n: usize) -> Payment {
    let random = n as u128 + 1;
    let reference = PaymentReference { user: UserId::new(from(), random), payment: PaymentId::new(from(), random) };
    let new = NewPayment {
        reference,
        gateway: GatewayId::new("stripe"),
        method: Method::Card,
        amount: cents(1_000),
        price: CreditPrice::new(Minor::new(200)).unwrap(),
        credits: "5".parse().unwrap(),
    };
    let mut payment = Payment::start(new, noon()).subject;
    payment.receipts.push(noted(&format!("pi_{n}"), "5", noon()));
    payment
}

fn noted(id: &str, credits: &str, at: Timestamp) -> NotedReceipt {
    let credits: Credits = credits.parse().unwrap();
    NotedReceipt { id: ReceiptId::new(id), amount: Some(cents(1_000)), credits, at: None, gateway_at: Some(at) }
}

/// A refund of ₵1 that was sent then.
fn refund(n: usize, status: RefundStatus, sent: Timestamp, is_named: bool) -> Refund {
    Refund {
        id: RefundId::new(from(), n as u128),
        credits: "1".parse().unwrap(),
        amount: cents(200),
        address: None,
        status,
        gateway_refund: is_named.then(|| format!("re_{n}")),
        reason: None,
        created_at: sent,
        approved_at: None,
        tried: Some(RefundTry { at: sent, token: 1 }),
        completed_at: None,
        fault: None,
    }
}

fn listed_refund(n: usize) -> ListedRefund {
    let receipt = ReceiptId::new(format!("pi_{n}"));
    ListedRefund { at: noon(), id: format!("re_{n}"), receipt, amount: Some(cents(200)) }
}

fn listed(n: usize) -> ListedMoney {
    let receipt = ReceiptId::new(format!("pi_{n}"));
    ListedMoney { receipt, amount: Some(cents(1_000)), at: noon(), state: MoneyState::Kept }
}

/// What is special about a payment.
#[derive(Clone, Copy, Debug, VariantArray)]
enum Seed {
    // Differences.
    NotCredited,
    NotThere,
    OtherAmount,
    OtherCurrency,
    CreditedTwice,
    UnknownRefund,
    RefundAfterReturn,
    OtherRefund,
    RefundNotThere,
    // None.
    Right,
    RightWithRefund,
    ListedTwice,
    NotedWithoutCredits,
    CreditedOnAnotherDay,
    RefundWithLostAnswer,
    RefundNearMidnight,
    RefundRefused,
    RefundUnsent,
    ReturnedUncredited,
    ReturnedCredited,
    Repriced,
}

use Seed::*;

#[derive(Default)]
struct Day {
    payments: Vec<Payment>,
    money: Vec<ListedMoney>,
    refunds: Vec<ListedRefund>,
    differences: BTreeSet<Difference>,
}

impl Day {
    /// Adds a payment with this number, and what is special about it.
    fn add(&mut self, n: usize, seed: Seed) {
        let mut one = payment(n);
        let (reference, id, money) = (one.reference.clone(), RefundId::new(from(), n as u128), listed(n));
        let of_refund = |status| refund(n, status, noon(), true);
        match seed {
            NotCredited => {
                one.receipts.clear();
                self.differences.insert(Difference::NotCredited(money.clone()));
            }
            NotThere => {
                self.differences.insert(Difference::NotThere { reference, receipt: money.receipt });
                self.payments.push(one);
                return;
            }
            OtherAmount | OtherCurrency => {
                let other = if matches!(seed, OtherAmount) { cents(1_001) } else { amount(1_000, PayCurrency::Ghs) };
                let money = ListedMoney { amount: Some(other), ..money };
                self.differences.insert(Difference::OtherAmount { reference, listed: money.clone() });
                self.money.push(money);
                self.payments.push(one);
                return;
            }
            CreditedTwice => {
                let mut other = payment(n + 1_000);
                other.receipts.clone_from(&one.receipts);
                let references = BTreeSet::from([reference, other.reference.clone()]);
                self.differences.insert(Difference::CreditedTwice { receipt: money.receipt.clone(), references });
                self.payments.push(other);
            }
            UnknownRefund => {
                self.refunds.push(listed_refund(n));
                self.differences.insert(Difference::UnknownRefund(listed_refund(n)));
            }
            RefundAfterReturn => {
                one.refunds.push(of_refund(RefundStatus::Failed));
                self.refunds.push(listed_refund(n));
                self.differences.insert(Difference::RefundAfterReturn { reference, refund: id });
            }
            OtherRefund => {
                one.refunds.push(of_refund(RefundStatus::Processed));
                self.refunds.push(ListedRefund { amount: Some(cents(199)), ..listed_refund(n) });
                self.differences.insert(Difference::OtherRefund { reference, refund: id });
            }
            RefundNotThere => {
                one.refunds.push(of_refund(RefundStatus::Pending));
                self.differences.insert(Difference::RefundNotThere { reference, refund: id });
            }
            Right => {}
            RightWithRefund => {
                one.refunds.push(of_refund(RefundStatus::Processed));
                self.refunds.push(listed_refund(n));
            }
            ListedTwice => self.money.push(money.clone()),
            NotedWithoutCredits => one.receipts[0].credits = Credits::ZERO,
            CreditedOnAnotherDay => {
                one.receipts[0].gateway_at = Some(from().minus(Duration::from_millis(1)));
                self.payments.push(one);
                return;
            }
            RefundWithLostAnswer => {
                one.refunds.push(refund(n, RefundStatus::Requested, noon(), false));
                self.refunds.push(listed_refund(n));
            }
            RefundNearMidnight => {
                let sent = from().plus(DAY).minus(MARGIN);
                one.refunds.push(refund(n, RefundStatus::Processed, sent, true));
            }
            ReturnedUncredited | ReturnedCredited => {
                if matches!(seed, ReturnedUncredited) {
                    one.receipts.clear();
                }
                self.money.push(ListedMoney { state: MoneyState::Returned, ..money });
                self.payments.push(one);
                return;
            }
            Repriced => {
                self.money.push(ListedMoney { amount: None, state: MoneyState::Repriced, ..money });
                self.payments.push(one);
                return;
            }
            RefundRefused => one.refunds.push(of_refund(RefundStatus::Refused)),
            RefundUnsent => {
                let unsent = Refund { tried: None, ..refund(n, RefundStatus::Requested, noon(), false) };
                one.refunds.push(unsent);
            }
        }
        self.money.push(money);
        self.payments.push(one);
    }

    fn compared(&self) -> BTreeSet<Difference> {
        let (money, refunds) = (self.money.clone(), self.refunds.clone());
        compare(&GatewayList { from: from(), until: from().plus(DAY), money, refunds }, &self.payments)
    }
}

#[test]
fn each_seed_alone_is_found() {
    for &seed in Seed::VARIANTS {
        let mut day = Day::default();
        day.add(7, seed);
        assert_eq!(day.compared(), day.differences, "{seed:?}");
    }
}

#[test]
fn one_lost_answer_excuses_one_refund() {
    let mut day = Day::default();
    day.add(7, RefundWithLostAnswer);
    let second = ListedRefund { id: "re_x".to_owned(), ..listed_refund(7) };
    day.refunds.push(second.clone());
    assert_eq!(day.compared(), BTreeSet::from([Difference::UnknownRefund(second)]));
}

#[test]
fn a_day_without_anything_has_no_difference() {
    assert_eq!(Day::default().compared(), BTreeSet::new());
}

proptest! {
    #[test]
    fn exactly_the_seeded_differences_are_found(
        seeds in proptest::collection::vec(proptest::sample::select(Seed::VARIANTS), 0..30),
        turn in any::<prop::sample::Index>(),
        is_reversed in any::<bool>(),
    ) {
        let mut day = Day::default();
        for (n, seed) in seeds.into_iter().enumerate() {
            day.add(n, seed);
        }
        prop_assert_eq!(day.compared(), day.differences.clone());
        // Another order of both sides.
        if !day.payments.is_empty() {
            let by = turn.index(day.payments.len());
            day.payments.rotate_left(by);
        }
        if !day.money.is_empty() {
            let by = turn.index(day.money.len());
            day.money.rotate_left(by);
        }
        if is_reversed {
            day.payments.reverse();
            day.refunds.reverse();
        }
        prop_assert_eq!(day.compared(), day.differences);
    }
}
