//! The original product's mistakes with payments, replayed against this one.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

mod support;

use namaskah_domain::{
    Actor, Timestamp, UserId,
    ledger::{Cause, EntryKind, Subject},
    payment::{
        Amount, Fault, Method, NewPayment, PayCurrency, Payment, PaymentReference, Receipt, Report, Reported,
        Settlement, Status,
    },
};
use support::{
    fixtures::{DAY, start},
    payments::{
        amount, customer, dollars, fifty_dollars, price, receipt,
        rules::Money,
        says, story,
        till::{Refused, Till},
        usual_checkout,
    },
};

/// The customer who pays, and another one.
fn two() -> (UserId, UserId) {
    (customer(1), customer(2))
}

/// A payment of 50 dollars that its customer may pay now.
fn pending(till: &mut Till, n: usize, user: UserId, method: Method) -> usize {
    let at = till.start(fifty_dollars(n, user, method), start());
    let payment = till.payments[at].clone();
    let checkout = usual_checkout(&payment, start());
    till.write(&payment.opened(checkout, start()).expect("it was started"), start());
    at
}

fn balances(till: &Till) -> (String, String) {
    for payment in &till.payments {
        story::agrees_with_ledger(till, payment).expect("each receipt is credited once");
    }
    let (payer, other) = two();
    (till.balance(&payer), till.balance(&other))
}

fn of_payer(balance: &str) -> (String, String) {
    (balance.to_owned(), "0.0000".to_owned())
}

/// Looks ten times, as ten repeated events do, and returns the faults.
fn pays(till: &mut Till, at: usize, paid: Option<Amount>) -> Vec<Fault> {
    let report = says(&[receipt("1", paid)], Reported::Closed);
    let looks = (0..10).flat_map(|_| till.look(at, &report, start()).expect("written"));
    looks.flat_map(|settlement| settlement.faults).map(|(_, fault)| fault).collect()
}

#[test]
fn an_altered_amount_is_not_credited_as_the_agreed_one() {
    for cents in [0, 50, 4_999, 5_001, 500_000, u64::MAX] {
        let mut till = Till::default();
        let at = pending(&mut till, 0, two().0, Method::Card);
        assert_eq!(pays(&mut till, at, Some(dollars(cents))), [Fault::NotTheAmount], "{cents}");
        assert_eq!((till.payments[at].status, balances(&till)), (Status::Failed, of_payer("0.0000")), "{cents}");
    }
    // Coins are credited as they came.
    let mut till = Till::default();
    let at = pending(&mut till, 0, two().0, Method::Bitcoin);
    assert_eq!(pays(&mut till, at, Some(dollars(50))), []);
    assert_eq!(balances(&till), of_payer("0.2500"));
}

#[test]
fn a_switched_currency_is_not_credited() {
    for method in [Method::Card, Method::MobileMoney, Method::Bitcoin] {
        let others = PayCurrency::ALL.iter().filter(|currency| **currency != PayCurrency::Usd);
        let others = others.map(|currency| Some(amount(5_000, *currency))).chain([None]);
        for paid in others {
            let mut till = Till::default();
            let at = pending(&mut till, 0, two().0, method);
            assert_eq!(pays(&mut till, at, paid), [Fault::NotTheAmount], "{method:?} {paid:?}");
            assert_eq!((till.payments[at].status, balances(&till)), (Status::Failed, of_payer("0.0000")));
        }
    }
}

/// The original credited the amount, the user and the plan in the metadata that a client had sent to the gateway. A
/// report has no place for them: this function fails to compile if it gets one.
fn everything_in(report: Report) -> Vec<(String, Option<Amount>, Timestamp)> {
    let Report { receipts, state: _ } = report;
    let fields = |Receipt { id, amount, at }: Receipt| (id.to_string(), amount, at);
    receipts.into_iter().map(fields).collect()
}

#[test]
fn metadata_of_a_client_chooses_neither_credits_nor_user_nor_plan() {
    let mut till = Till::default();
    let at = pending(&mut till, 0, two().0, Method::Card);
    let metadata = format!("{{\"user_id\":\"{}\",\"credits\":\"5000\",\"plan\":\"enterprise\"}}", two().1);
    let report = says(&[receipt(&metadata, Some(dollars(5_000)))], Reported::Closed);
    assert_eq!(everything_in(report.report.clone()), [(metadata, Some(dollars(5_000)), start())]);
    till.look(at, &report, start()).expect("written");
    assert_eq!(balances(&till), of_payer("25.0000"));
    let entry = till.entries_of(&till.payments[at])[0];
    let cause = Cause::Payment { payment_id: till.payments[at].reference.payment.clone() };
    assert_eq!((entry.kind, &entry.cause), (EntryKind::TopUp, &cause));
    assert_eq!((&entry.actor, &entry.rule), (&Actor::system("payments"), &None));
}

#[test]
fn the_credits_are_fixed_at_the_start() {
    let mut till = Till::default();
    let new = fifty_dollars(0, two().0, Method::Bitcoin);
    till.start(new.clone(), start());
    // The price changes twice, for later payments.
    for (n, cents) in [(1, 100), (2, 400)] {
        let price = price(cents);
        let credits = price.credits_for(new.amount.minor).expect("few");
        let reference = fifty_dollars(n, two().1, Method::Bitcoin).reference;
        till.start(NewPayment { reference, price, credits, ..new.clone() }, start());
    }
    for (at, id) in ["1", "2", "3"].into_iter().enumerate() {
        till.look(at, &says(&[Money::Half.receipt(id)], Reported::Closed), start().plus(DAY)).expect("written");
    }
    let credited = till.payments.iter().map(|payment| payment.credited.to_string());
    assert_eq!(credited.collect::<Vec<_>>(), ["12.5000", "25.0000", "6.2500"]);
    assert_eq!(balances(&till), ("12.5000".to_owned(), "31.2500".to_owned()));
}

#[test]
fn a_reference_credits_its_own_customer_whoever_asks() {
    let (payer, other) = two();
    let mut till = Till::default();
    let paid = pending(&mut till, 0, payer.clone(), Method::Card);
    let unpaid = pending(&mut till, 1, other.clone(), Method::Card);
    let reference = till.payments[paid].reference.clone();
    assert_eq!(till.payments[paid].owner(), &payer);
    // The reference with the other customer's identifier is no payment.
    let exchanged: PaymentReference =
        PaymentReference { user: other, payment: reference.payment }.to_string().parse().expect("a reference");
    assert!(till.payments.iter().all(|payment| payment.reference != exchanged));
    let report = says(&[Money::Exact.receipt("1")], Reported::Closed);
    till.look(paid, &report, start()).expect("written");
    // The same money can't be claimed for another payment.
    let written = till.look(unpaid, &report, start()).expect("written");
    let faults: Vec<_> = written.into_iter().flat_map(|settlement| settlement.faults).map(|(_, fault)| fault).collect();
    assert_eq!(faults, [Fault::NotItsMoney], "a person learns of it, once");
    assert_eq!(till.look(unpaid, &report, start()), Ok(Vec::new()));
    assert_eq!((till.payments[unpaid].status, balances(&till)), (Status::Abandoned, of_payer("25.0000")));
}

#[test]
fn ten_concurrent_verifications_credit_once() {
    for method in [Method::Card, Method::Bitcoin] {
        let mut till = Till::default();
        let at = pending(&mut till, 0, two().0, method);
        let report = says(&[Money::Exact.receipt("1")], Reported::Closed);
        // All ten read the same payment before any of them writes.
        let seen: Payment = till.payments[at].clone();
        let outcomes: Vec<_> = (0..10)
            .map(|_| {
                let Settlement { step, receipts, .. } = seen.clone().settled(&report, start()).expect("a receipt");
                till.commit(&step, &receipts, start()).map(|payment| payment.status)
            })
            .collect();
        assert_eq!(outcomes[0], Ok(Status::Succeeded));
        assert!(outcomes[1..].iter().all(|outcome| *outcome == Err(Refused::Changed)), "{outcomes:?}");
        assert_eq!(till.look(at, &report, start()), Ok(Vec::new()));
        assert_eq!(balances(&till), of_payer("25.0000"));
    }
}

#[test]
fn nobody_credits_himself() {
    // Everything that a customer can do to a payment moves no money.
    let mut till = Till::default();
    let new = fifty_dollars(0, two().0, Method::Card);
    assert_eq!(Payment::start(new, start()).movement, None);
    let at = pending(&mut till, 0, two().0, Method::Card);
    let payment = till.payments[at].clone();
    assert_eq!(payment.clone().cancelled(start()).expect("possible").movement, None);
    for state in [Reported::Unknown, Reported::Open, Reported::Confirming, Reported::Declined, Reported::Closed] {
        let settlement = payment.clone().settled(&says(&[], state), start().plus(DAY)).expect("it is due");
        assert_eq!((settlement.step.movement, settlement.receipts), (None, vec![]), "{state:?}");
    }
    assert_eq!(balances(&till), of_payer("0.0000"));
}
