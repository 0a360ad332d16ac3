//! Promotional credit: it is spent first, comes back as it was spent, and never leaves the wallet for a gateway.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

mod support;

use namaskah_domain::{
    Actor, Credits, PaymentId, RentalId, Timestamp,
    ledger::{Account, Cause, Entry, EntryKind, Hold, LedgerError, Movement, Route, Wallet},
    order::{CloseReason, Order},
    policy::{PayoutRule, RefundRule},
    sandbox,
};
use std::fmt::Write;
use support::{
    fixtures::{self, credits, start, top_up},
    shop::Shop,
};

fn post(wallet: &Wallet, movement: &Movement) -> (Wallet, Entry) {
    wallet.post(movement, start()).expect("a valid movement")
}

/// A wallet with this much of the customer's own money and of promotional credit.
fn wallet(own: &str, promo: &str) -> Wallet {
    let wallet = post(&Wallet::default(), &top_up(credits(own))).0;
    let gift = Movement::new(EntryKind::Promo, credits(promo), Cause::Registration, Actor::system("test"));
    post(&wallet, &gift).0
}

fn operator() -> Cause {
    Cause::Operator { reason: "a test".to_owned() }
}

fn by(kind: EntryKind, cause: Cause, amount: &str, route: impl Fn(&Route) -> bool) -> Movement {
    let route = kind.routes(cause.kind()).find(route).expect("a route");
    let rule = kind.needs_rule().then(|| PayoutRule::PaymentRefund.id());
    Movement { route, rule, ..Movement::new(kind, credits(amount), cause, Actor::system("test")) }
}

/// Every movement of this amount that takes from the available balance.
fn takes(amount: &str) -> Vec<Movement> {
    let payment = Cause::Payment { payment_id: PaymentId::new(start(), 1) };
    let causes = [fixtures::order(1), Cause::Rental { rental_id: RentalId::new(start(), 1) }, payment, operator()];
    let takes = |route: &Route| route.debit == Account::Available;
    EntryKind::ALL
        .iter()
        .filter_map(|&kind| {
            let cause = causes.iter().find(|cause| kind.routes(cause.kind()).any(|route| takes(&route)))?;
            Some(by(kind, cause.clone(), amount, takes))
        })
        .collect()
}

#[test]
fn spending_takes_promotional_credit_first_and_gateways_get_none() {
    let mut table = String::new();
    for amount in ["2", "5", "10", "11"] {
        for movement in takes(amount) {
            let owed = if movement.kind == EntryKind::Repayment { credits("20") } else { Credits::ZERO };
            let outcome = match (Wallet { owed, ..wallet("6", "4") }).post(&movement, start()) {
                Ok((after, entry)) => format!("promo {} leaves own {}", entry.promo, after.own_money()),
                Err(LedgerError::InsufficientFunds { missing }) => format!("missing {missing}"),
                Err(other) => format!("{other:?}"),
            };
            let _ = writeln!(table, "{amount} {:?}: {outcome}", movement.kind);
        }
    }
    let wanted = "\
2 Hold: promo 2.0000 leaves own 6.0000
2 Refund: promo 0.0000 leaves own 4.0000
2 Purchase: promo 2.0000 leaves own 6.0000
2 Freeze: promo 0.0000 leaves own 4.0000
2 Repayment: promo 0.0000 leaves own 4.0000
2 Adjustment: promo 2.0000 leaves own 6.0000
2 Transfer: promo 2.0000 leaves own 6.0000
2 Fee: promo 2.0000 leaves own 6.0000
5 Hold: promo 4.0000 leaves own 5.0000
5 Refund: promo 0.0000 leaves own 1.0000
5 Purchase: promo 4.0000 leaves own 5.0000
5 Freeze: promo 0.0000 leaves own 1.0000
5 Repayment: promo 0.0000 leaves own 1.0000
5 Adjustment: promo 4.0000 leaves own 5.0000
5 Transfer: promo 4.0000 leaves own 5.0000
5 Fee: promo 4.0000 leaves own 5.0000
10 Hold: promo 4.0000 leaves own 0.0000
10 Refund: missing 4.0000
10 Purchase: promo 4.0000 leaves own 0.0000
10 Freeze: missing 4.0000
10 Repayment: missing 4.0000
10 Adjustment: promo 4.0000 leaves own 0.0000
10 Transfer: promo 4.0000 leaves own 0.0000
10 Fee: promo 4.0000 leaves own 0.0000
11 Hold: missing 1.0000
11 Refund: missing 5.0000
11 Purchase: missing 1.0000
11 Freeze: missing 5.0000
11 Repayment: missing 5.0000
11 Adjustment: missing 1.0000
11 Transfer: missing 1.0000
11 Fee: missing 1.0000
";
    assert_eq!(table, wanted);
}

#[test]
fn money_that_comes_back_says_how_much_of_it_is_promotional() {
    let comes = |route: &Route| route.credit == Account::Available;
    let payment = Cause::Payment { payment_id: PaymentId::new(start(), 1) };
    for (kind, cause, says) in [
        (EntryKind::TopUp, payment.clone(), false),
        (EntryKind::RefundReturn, payment, false),
        (EntryKind::Promo, operator(), false),
        (EntryKind::Refund, fixtures::order(1), true),
        (EntryKind::Adjustment, operator(), true),
        (EntryKind::Transfer, operator(), true),
    ] {
        let silent = by(kind, cause, "3", comes);
        let (after, entry) = post(&wallet("6", "4"), &silent);
        let promo = if kind == EntryKind::Promo { "3" } else { "0" };
        assert_eq!(entry.promo, credits(promo), "{kind:?}");
        assert_eq!(after.own_money().units() + after.promo.units(), credits("13").units(), "{kind:?}");
        for (part, fits) in [("1", says), ("3", says), ("3.0001", false)] {
            let answer = wallet("6", "4").post(&Movement { promo: credits(part), ..silent.clone() }, start());
            assert_eq!(answer.is_ok(), fits, "{kind:?} {part}");
            if let Ok((after, entry)) = answer {
                assert_eq!(after.promo.units(), credits("4").units() + entry.promo.units(), "{kind:?} {part}");
            }
        }
    }
}

#[test]
fn a_hold_gives_back_own_money_first_in_any_order() {
    // A hold of ₵10 with ₵4 of promotional credit. If ₵7 of it are kept, they are the 4 and 3 of the customer's own.
    let of_ten = || Hold { entry: 1, promo: credits("4"), ..Hold::of(credits("10")) };
    for (parts, promos) in [
        (&[("release", "3"), ("capture", "7")][..], &["0", "4"][..]),
        (&[("capture", "7"), ("release", "3")], &["4", "0"]),
        (&[("capture", "2"), ("release", "3"), ("capture", "5")], &["2", "0", "2"]),
        (&[("release", "8"), ("capture", "2")], &["2", "2"]),
        (&[("capture", "2"), ("release", "8")], &["2", "2"]),
        (&[("release", "10")], &["4"]),
        (&[("capture", "10")], &["4"]),
        (&[("release", "6"), ("release", "4")], &["0", "4"]),
    ] {
        let mut hold = of_ten();
        for ((kind, amount), promo) in parts.iter().zip(promos) {
            let kind = if *kind == "release" { EntryKind::Release } else { EntryKind::Capture };
            let taken = hold.settle(kind, credits(amount)).expect("within the hold");
            assert_eq!(taken.promo, credits(promo), "{parts:?}: {kind:?} {amount}");
            assert_eq!(taken.settlement.closes, hold.left.is_zero());
        }
        assert_eq!(hold, Hold { entry: 1, ..Hold::of(Credits::ZERO) }, "{parts:?}");
    }
}

#[test]
fn a_refunded_order_gives_back_what_it_took() {
    for (own, promo, price) in [("6", "4", "3"), ("6", "4", "5"), ("6", "4", "10")] {
        let before = wallet(own, promo);
        let mut shop = Shop { wallet: before.clone(), ..Shop::default() };
        let order = shop.open(fixtures::new_order(1, credits(price)), start()).expect("enough money");
        assert_eq!(order.hold.promo, credits(promo).min(credits(price)));
        let read: Order = serde_json::from_str(&serde_json::to_string(&order).expect("text")).expect("an order");
        let step = read.no_number(CloseReason::NoNumbers, start()).expect("while requesting");
        let order = shop.commit(&step, start()).expect("a release");
        assert_eq!((shop.wallet.available, shop.wallet.promo), (before.available, before.promo), "{price}");
        assert_eq!(order.hold.promo, Credits::ZERO);
    }
}

#[test]
fn a_hold_from_before_there_was_promotional_credit_is_all_own_money() {
    let mut hold: Hold = serde_json::from_str(r#"{"entry":2,"left":"3.0000"}"#).expect("a stored hold");
    assert_eq!(hold, Hold { entry: 2, ..Hold::of(credits("3")) });
    assert_eq!(hold.settle(EntryKind::Release, credits("3")).map(|taken| taken.promo), Some(Credits::ZERO));
    let text = serde_json::to_string(&Hold::of(credits("3"))).expect("text");
    assert_eq!(text, r#"{"entry":0,"left":"3.0000"}"#);
}

#[test]
fn play_money_is_not_promotional() {
    let refill = sandbox::refill(&Wallet::default()).expect("an empty wallet");
    let (filled, entry) = post(&Wallet::default(), &refill);
    assert_eq!((filled.promo, entry.promo), (Credits::ZERO, Credits::ZERO));
    let hold = Movement::new(EntryKind::Hold, credits("1"), fixtures::test_order(1), Actor::system("test"));
    assert_eq!(post(&filled, &hold).1.promo, Credits::ZERO);
}

#[test]
fn only_own_money_is_frozen_and_comes_back_from_a_dispute() {
    let payment = Cause::Payment { payment_id: PaymentId::new(Timestamp::default(), 1) };
    let freeze = Movement::new(EntryKind::Freeze, credits("6"), payment.clone(), Actor::system("test"));
    let (frozen, entry) = post(&wallet("6", "4"), &freeze);
    assert_eq!((frozen.own_money(), frozen.promo), (Credits::ZERO, credits("4")));
    let mut hold = Hold::of(credits("6"));
    hold.posted(&entry);
    let thaw = Movement::new(EntryKind::Release, credits("6"), payment, Actor::system("test"));
    let thaw = Movement { rule: Some(RefundRule::NoCode.id()), ..thaw };
    let (thawed, _) = post(&frozen, &thaw.settling(hold.settle(EntryKind::Release, credits("6"))));
    assert_eq!((thawed.own_money(), thawed.promo), (credits("6"), credits("4")));
}
