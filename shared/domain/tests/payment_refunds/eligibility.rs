//! Which credits of a payment can be refunded, and why not more.

use crate::{
    bank::{Bank, GHS, NGN, USD, Unwritten, new_payment, new_refund, received, refund_id},
    support::{
        fixtures::{DAY, credits, start},
        reference::{self, OpenHold},
    },
};
use namaskah_domain::{
    Credits,
    ledger::{EntryKind, LedgerError, Wallet},
    payment::{
        APPROVAL_ABOVE, CoinNetwork, MOST_REFUNDS, Method, NewRefund, NotRefundable, Payment, REFUNDABLE_FOR,
        RefundReported, RefundStatus, Status,
    },
    policy::RefundRule,
};
use std::time::Duration;

fn spend(bank: &mut Bank, amount: &str) {
    let movement = reference::movement(EntryKind::Purchase, credits(amount).units(), false);
    bank.post(&movement, start()).expect("enough money");
}

#[test]
fn what_was_not_paid_is_not_refunded() {
    let mut bank = Bank::default();
    let now = start();
    let place = bank.started(Method::Card, USD, 2_000, now);
    assert_eq!(bank.refundable(place, now), Err(NotRefundable::NotPaid));
    // Another amount than agreed is not credited, so it is no payment either.
    bank.settled(place, "a", 1_999, now);
    assert_eq!((bank.payments[place].status, bank.wallet.available), (Status::Failed, Credits::ZERO));
    assert_eq!(bank.refundable(place, now), Err(NotRefundable::NotPaid));
    let offer = bank.payments[place].refund_offer(&bank.wallet, &[], now);
    assert_eq!((offer.possible, offer.amount, offer.until), (None, None, None));
}

#[test]
fn a_payment_is_refundable_for_fourteen_days_after_its_credit() {
    let mut bank = Bank::default();
    let place = bank.paid(USD, 2_000, start());
    let until = start().plus(REFUNDABLE_FOR);
    let before = until.minus(Duration::from_millis(1));
    assert_eq!(bank.refundable(place, before), Ok(credits("10")));
    assert_eq!(bank.refundable(place, until), Err(NotRefundable::TooOld { until }));
    let offer = bank.payments[place].refund_offer(&bank.wallet, &[], until);
    assert_eq!((offer.until, offer.reason), (Some(until), Some(NotRefundable::TooOld { until })));
    // The time counts from the money, also if the payment had been given up before.
    let mut late = Bank::default();
    let place = late.started(Method::Card, USD, 2_000, start());
    let cancelled = late.payments[place].clone().cancelled(start()).expect("it is open");
    late.commit(&cancelled, start()).expect("a valid step");
    let came = start().plus(DAY * 10);
    late.settled(place, "a", 2_000, came);
    assert_eq!(late.payments[place].completed_at, Some(start()));
    assert_eq!(late.refundable(place, came.plus(DAY * 13)), Ok(credits("10")));
}

#[test]
fn coins_need_an_address_of_their_network_and_an_approval() {
    let addresses = [
        (CoinNetwork::Bitcoin, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
        (CoinNetwork::Ethereum, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
        (CoinNetwork::Solana, "9KWG9QUqP5A9HxsxjG1NM5UjBrH4gWnEZg8ZuWJfHkZ3"),
        (CoinNetwork::Tron, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),
    ];
    let addresses = addresses.map(|(network, text)| network.address(text).ok());
    for &method in Method::ALL {
        let mut bank = Bank::default();
        let place = bank.started(method, USD, 2_000, start());
        bank.settled(place, "a", 2_000, start());
        assert_eq!(bank.refundable(place, start()), Ok(credits("10")), "{method:?}");
        let payment = &bank.payments[place];
        let offer = payment.refund_offer(&bank.wallet, &[], start());
        assert_eq!((offer.address_on, offer.needs_approval), (method.network(), method.is_crypto()), "{method:?}");
        for address in addresses.iter().chain([&None]) {
            let new = NewRefund { address: address.clone(), ..new_refund(1, credits("1")) };
            let asked = payment.clone().refund(new, &bank.wallet, &[], start());
            if address.as_ref().map(|address| address.network) != method.network() {
                assert_eq!(asked, Err(NotRefundable::AddressNeeded), "{method:?} {address:?}");
                continue;
            }
            let refund = asked.expect("it can be refunded").subject.refunds.remove(0);
            let expected = if method.is_crypto() { RefundStatus::AwaitingApproval } else { RefundStatus::Requested };
            assert_eq!((&refund.address, refund.status), (address, expected), "{method:?}");
        }
    }
}

#[test]
fn the_oldest_payment_is_spent_first() {
    // Payments of ₵10, ₵20 and ₵5, oldest first, and a gift of ₵3.
    for (spent, possible) in [
        ("0", ["10", "20", "5"]),
        ("3", ["10", "20", "5"]),
        ("4", ["9", "20", "5"]),
        ("13", ["0", "20", "5"]),
        ("13.0001", ["0", "19.9999", "5"]),
        ("33", ["0", "0", "5"]),
        ("37.9999", ["0", "0", "0.0001"]),
        ("38", ["0", "0", "0"]),
    ] {
        let mut bank = Bank::default();
        let places = [2_000, 4_000, 1_000].map(|minor| bank.paid(USD, minor, start()));
        bank.gift(30_000, start());
        if spent != "0" {
            spend(&mut bank, spent);
        }
        for (place, possible) in places.into_iter().zip(possible) {
            let expected = match possible {
                "0" => Err(NotRefundable::Spent),
                // Worth less than a cent.
                "0.0001" => Err(NotRefundable::TooLittle),
                possible => Ok(credits(possible)),
            };
            assert_eq!(bank.refundable(place, start()), expected, "payment {place} after {spent}");
        }
    }
}

#[test]
fn the_order_of_credits_counts_and_not_that_of_starts() {
    let mut bank = Bank::default();
    let started_first = bank.started(Method::Card, USD, 2_000, start());
    let paid_first = bank.paid(USD, 2_000, start());
    bank.settled(started_first, "late", 2_000, start());
    spend(&mut bank, "10");
    assert_eq!(bank.refundable(started_first, start()), Ok(credits("10")));
    assert_eq!(bank.refundable(paid_first, start()), Err(NotRefundable::Spent));
    assert_eq!(bank.newer(started_first), []);
    assert_eq!(bank.newer(paid_first), [credits("10")]);
}

#[test]
fn coins_of_a_newer_payment_belong_to_it() {
    let mut bank = Bank::default();
    let card = bank.paid(USD, 2_000, start());
    let coins = bank.started(Method::Bitcoin, USD, 2_000, start());
    bank.settled(coins, "a", 500, start());
    spend(&mut bank, "4");
    // ₵8.50 are left, of which ₵2.50 came in coins.
    assert_eq!(bank.refundable(card, start()), Ok(credits("6")));
}

#[test]
fn what_is_held_or_frozen_is_not_refunded_until_it_comes_back() {
    let mut bank = Bank::default();
    let place = bank.paid(USD, 2_000, start());
    let hold = reference::hold(1, 40_000);
    let entry = bank.post(&hold, start()).expect("enough money");
    assert_eq!(bank.refundable(place, start()), Ok(credits("6")));
    let open = OpenHold { order: 1, seq: entry.seq, amount: 40_000, promo: 0, included: 0, unit: false, at: start() };
    let rule = Some(RefundRule::NoCode);
    let release = reference::settle(EntryKind::Release, open, rule);
    bank.post(&release, start()).expect("a release");
    assert_eq!(bank.refundable(place, start()), Ok(credits("10")));
}

#[test]
fn a_gift_is_never_refunded() {
    let mut bank = Bank::default();
    bank.gift(1_000_000, start());
    let place = bank.paid(USD, 2_000, start());
    bank.gift(1_000_000, start());
    assert_eq!(bank.refundable(place, start()), Ok(credits("10")));
    bank.refund(place, 1, credits("10"), start()).expect("all of it");
    assert_eq!((bank.wallet.available, bank.wallet.own_money()), (credits("200"), Credits::ZERO));
    assert_eq!(bank.refundable(place, start()), Err(NotRefundable::Refunded));
}

#[test]
fn more_than_is_possible_is_refused_and_less_than_a_minor_unit_too() {
    let mut bank = Bank::default();
    let place = bank.paid(GHS, 31_070, start());
    spend(&mut bank, "4");
    let possible = credits("6");
    for (asked, expected) in [
        ("6", Ok(())),
        ("6.0001", Err(NotRefundable::TooMuch { possible })),
        ("900", Err(NotRefundable::TooMuch { possible })),
        ("0", Err(NotRefundable::TooLittle)),
        ("0.0003", Err(NotRefundable::TooLittle)),
        ("0.0004", Ok(())),
    ] {
        let step = bank.refund_step(place, 1, credits(asked), start());
        assert_eq!(step.map(|_| ()), expected, "{asked}");
    }
    let negative = bank.refund_step(place, 1, Credits::from_units(-1), start());
    assert_eq!(negative.map(|_| ()), Err(NotRefundable::TooLittle));
}

#[test]
fn a_payment_has_a_limited_number_of_refunds() {
    let mut bank = Bank::default();
    let place = bank.paid(USD, 20_000, start());
    for n in 0..MOST_REFUNDS as u128 {
        bank.refund(place, n, credits("1"), start()).expect("one more");
        bank.report(place, n, RefundReported::Failed, start()).expect("it fails");
    }
    assert_eq!(bank.wallet.own_money(), credits("100"));
    assert_eq!(bank.refundable(place, start()), Err(NotRefundable::TooManyRefunds));
}

#[test]
fn large_refunds_need_approval_and_can_not_be_split() {
    let limit = APPROVAL_ABOVE;
    let more = Credits::from_units(limit.units() + 1);
    for (asked, statuses) in [
        (vec![limit], vec![RefundStatus::Requested]),
        (vec![more], vec![RefundStatus::AwaitingApproval]),
        (
            vec![credits("30"), credits("20"), credits("0.01")],
            vec![RefundStatus::Requested, RefundStatus::Requested, RefundStatus::AwaitingApproval],
        ),
    ] {
        let mut bank = Bank::default();
        let place = bank.paid(USD, 100_000, start());
        for (n, credits) in (1..).zip(&asked) {
            assert_eq!(bank.payments[place].needs_approval(*credits), statuses[n as usize - 1].as_str() != "requested");
            bank.refund(place, n, *credits, start()).expect("nothing is spent");
        }
        let found: Vec<_> = bank.payments[place].refunds.iter().map(|refund| refund.status).collect();
        assert_eq!(found, statuses, "{asked:?}");
    }
    // What came back does not count.
    let mut bank = Bank::default();
    let place = bank.paid(USD, 100_000, start());
    bank.refund(place, 1, limit, start()).expect("nothing is spent");
    bank.report(place, 1, RefundReported::Failed, start()).expect("it fails");
    assert!(!bank.payments[place].needs_approval(limit));
}

#[test]
fn an_offer_explains_what_is_possible() {
    let mut bank = Bank::default();
    let place = bank.paid(NGN, 31_071_200, start());
    spend(&mut bank, "30");
    let offer = |bank: &Bank| bank.payments[place].refund_offer(&bank.wallet, &bank.newer(place), start());
    let before = offer(&bank);
    let amount = before.amount.expect("an amount");
    assert_eq!((before.possible, amount.to_string().as_str()), (Some(credits("70")), "217498.40 NGN"));
    assert_eq!((before.needs_approval, before.reason), (true, None));
    assert_eq!(before.until, Some(start().plus(REFUNDABLE_FOR)));
    bank.refund(place, 1, credits("70"), start()).expect("as offered");
    assert_eq!(bank.payments[place].refunds[0].amount, amount, "the money that was offered");
    let after = offer(&bank);
    assert_eq!((after.possible, after.amount, after.needs_approval), (None, None, false));
    assert_eq!(after.reason, Some(NotRefundable::Spent));
}

#[test]
fn a_refund_and_a_purchase_do_not_spend_the_same_credits() {
    let mut bank = Bank::default();
    let place = bank.paid(USD, 2_000, start());
    let refund = bank.refund_step(place, 1, credits("10"), start()).expect("nothing is spent");
    let hold = reference::hold(1, 10_001);
    let mut bought_first = bank.clone();
    bought_first.post(&hold, start()).expect("enough money");
    let missing = Credits::from_units(10_001);
    let refused = Err(Unwritten::Ledger(LedgerError::InsufficientFunds { missing }));
    assert_eq!(bought_first.commit(&refund, start()), refused);
    assert_eq!(bought_first.payments[place].refunds, [], "nothing is written");
    let mut refunded_first = bank.clone();
    refunded_first.commit(&refund, start()).expect("a valid step");
    assert_eq!(refunded_first.post(&hold, start()), Err(LedgerError::InsufficientFunds { missing }));
    // Promotional credit does not pay for the refund either.
    bought_first.gift(100_000, start());
    assert_eq!(bought_first.commit(&refund, start()), refused);
    // Of two refunds at once, the payment's version lets one pass.
    let second = bank.refund_step(place, 2, credits("10"), start()).expect("nothing is spent");
    bank.commit(&refund, start()).expect("a valid step");
    assert_eq!(bank.commit(&second, start()), Err(Unwritten::Changed));
    assert_eq!(bank.payments[place].refunds[0].id, refund_id(1));
}

#[test]
fn another_customers_money_is_not_in_the_wallet() {
    // A wallet that never got the payment's credits has nothing of it.
    let new = new_payment(1, Method::Card, USD, 2_000);
    let payment = Payment::start(new, start()).subject;
    assert_eq!(payment.refundable(&Wallet::default(), &[], start()), Err(NotRefundable::NotPaid));
    let mut bank = Bank::default();
    let place = bank.paid(USD, 2_000, start());
    let paid = &bank.payments[place];
    assert_eq!(paid.refundable(&Wallet::default(), &[], start()), Err(NotRefundable::Spent));
    assert!(paid.clone().settled(&received(paid, "receipt 0", 2_000, start()), start()).is_none(), "known already");
}
