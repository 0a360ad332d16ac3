//! The money for refunded credits: never more than was paid, and exactly that for all of them.

use crate::{
    bank::{Bank, GHS, NGN, USD},
    support::fixtures::{credits, start},
};
use namaskah_domain::{
    Credits,
    payment::{Minor, RefundReported, Status},
};
use proptest::prelude::*;

/// The money of each refund.
fn amounts(bank: &Bank, place: usize) -> Vec<u64> {
    bank.payments[place].refunds.iter().map(|refund| refund.amount.minor.get()).collect()
}

#[test]
fn amounts_are_rounded_down_and_the_last_one_gets_the_rest() {
    for (price, paid, parts, money) in [
        (USD, 2_000, &["10"][..], &[2_000][..]),
        (USD, 2_000, &["0.01", "9.99"], &[2, 1_998]),
        (USD, 2_000, &["0.0149", "9.9851"], &[2, 1_998]),
        // ₵3.2185 for 100.00 cedis: a credit costs 31.07.
        (GHS, 10_000, &["3.2185"], &[10_000]),
        (GHS, 10_000, &["3.2184"], &[9_999]),
        (GHS, 10_000, &["1.0001", "1.0001", "1.2183"], &[3_107, 3_107, 3_786]),
        // ₵1.6092 for 5000.00 naira, of which ₵1.6092 are worth 4999.97.
        (NGN, 500_000, &["1.6092"], &[500_000]),
        (NGN, 500_000, &["1.6091"], &[499_966]),
        (NGN, 500_000, &["0.0001", "1.6091"], &[31, 499_969]),
    ] {
        let mut bank = Bank::default();
        let place = bank.paid(price, paid, start());
        for (n, part) in (1..).zip(parts) {
            bank.refund(place, n, credits(part), start()).expect("nothing is spent");
        }
        assert_eq!(amounts(&bank, place), money, "{price:?} {parts:?}");
    }
}

#[test]
fn the_price_of_the_payment_counts_for_ever() {
    let mut bank = Bank::default();
    let cheap = bank.paid((USD.0, 100), 1_000, start());
    let dear = bank.paid((USD.0, 400), 4_000, start());
    bank.refund(cheap, 1, credits("5"), start()).expect("nothing is spent");
    bank.refund(dear, 2, credits("5"), start()).expect("nothing is spent");
    assert_eq!((amounts(&bank, cheap), amounts(&bank, dear)), (vec![500], vec![2_000]));
}

#[test]
fn money_that_came_back_can_be_refunded_again() {
    let mut bank = Bank::default();
    let place = bank.paid(GHS, 10_000, start());
    let all = credits("3.2185");
    for n in 1..4 {
        bank.refund(place, n, all, start()).expect("all of it");
        assert_eq!((bank.payments[place].status, bank.wallet.available), (Status::Refunded, Credits::ZERO));
        bank.report(place, n, RefundReported::Failed, start()).expect("it fails");
        assert_eq!((bank.payments[place].status, bank.wallet.available), (Status::Succeeded, all));
    }
    assert_eq!(amounts(&bank, place), [10_000; 3]);
    assert_eq!((bank.payments[place].refunded(), bank.payments[place].unrefunded()), (Credits::ZERO, all));
}

proptest! {
    #[test]
    fn parts_never_add_up_to_more_than_was_paid(
        price in 1_u64..1_000_000,
        paid in 1_u64..100_000_000,
        parts in prop::collection::vec(1_i64..=100, 1..20),
    ) {
        let mut bank = Bank::default();
        prop_assume!(paid / price >= 1);
        prop_assume!(paid.saturating_mul(10_000) / price < 9_000_000_000);
        let place = bank.paid((USD.0, price), paid, start());
        let all = bank.payments[place].credited;
        for (n, share) in (1..).zip(parts) {
            let left = bank.payments[place].unrefunded();
            // A share of 100 percent refunds the rest.
            let part = Credits::from_units((left.units() * share + 99) / 100);
            let Ok(()) = bank.refund(place, n, part, start()) else { continue };
            let payment = &bank.payments[place];
            let sum: u64 = amounts(&bank, place).iter().sum();
            prop_assert!(sum <= paid);
            let worth = payment.price.worth_of(payment.refunded());
            prop_assert!(Minor::new(sum) <= worth || payment.unrefunded().is_zero(), "{sum} for {worth}");
            prop_assert_eq!(payment.unrefunded().is_zero(), payment.status == Status::Refunded);
            if payment.status == Status::Refunded {
                prop_assert_eq!(sum, paid, "all of {}", all);
                break;
            }
        }
    }
}
