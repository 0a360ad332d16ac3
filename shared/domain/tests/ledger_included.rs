//! Included verifications: they pay once, come back with a refund of their period, and are never paid out.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

#[path = "support/fixtures.rs"]
#[allow(dead_code, reason = "each test uses some of the fixtures")]
mod fixtures;
#[path = "support/shop.rs"]
#[allow(dead_code, reason = "each test uses some of the shop")]
mod shop;

use fixtures::{at, credits, start, subscription, top_up};
use namaskah_domain::{
    Credits, Timestamp,
    access::Mode,
    ledger::{Account, Entry, EntryKind, Hold, Included, LedgerError, LineUsage, Movement, Wallet, prove},
    order::{CloseReason, NewOrder, Order, Status},
};
use shop::{Refused, Shop};

/// The end of the period of most tests.
const UNTIL: &str = "2026-12-21T23:30:00Z";

/// A customer with this much money beside the price of the period, and this many included verifications.
fn shop(money: &str, units: u32) -> Shop {
    let mut shop = Shop::with(credits(money).checked_add(credits("0.1")).expect("small amounts"));
    shop.post(&subscription(units, at(UNTIL), false), start()).expect("a period");
    shop
}

fn buy(shop: &mut Shop, price: &str, now: Timestamp) -> Result<Order, Refused> {
    let n = shop.orders.len();
    // One line, so that only included verifications split it.
    let new = fixtures::new_order(n * 2, credits(price));
    shop.open(NewOrder { id: fixtures::order_id(n), ..new }, now)
}

fn refund(shop: &mut Shop, order: &Order, now: Timestamp) -> Order {
    let step = order.clone().no_number(CloseReason::NoNumbers, now).expect("while requesting");
    shop.commit(&step, now).expect("a release")
}

fn left(shop: &Shop, now: &str) -> u32 {
    shop.wallet.usage.allowance.expect("a period").left(at(now))
}

fn proven(shop: &Shop) {
    assert_eq!(prove(Mode::Live, &shop.wallet, &shop.entries, start()), Ok(()));
}

fn lines(order: &Order) -> Vec<(String, Option<LineUsage>)> {
    order.lines.iter().map(|line| (line.amount.to_string(), line.usage)).collect()
}

#[test]
fn an_included_verification_pays_up_to_the_common_price() {
    use LineUsage::Included as Paid;
    for (price, pays, split) in [
        ("0.45", "0", vec![("0.4500", Some(Paid))]),
        ("0.30", "0", vec![("0.3000", Some(Paid))]),
        ("0.68", "0.23", vec![("0.4500", Some(Paid)), ("0.2300", None)]),
    ] {
        let mut shop = shop("1", 2);
        let order = buy(&mut shop, price, start()).expect("enough");
        assert_eq!(order.cost(), credits(pays), "{price}");
        assert_eq!(shop.wallet.available.units(), credits("1").units() - credits(pays).units(), "{price}");
        assert_eq!((shop.wallet.held, left(&shop, "2026-11-22T00:00:00Z")), (credits(price), 1));
        let split: Vec<_> = split.into_iter().map(|(amount, usage)| (amount.to_owned(), usage)).collect();
        assert_eq!(lines(&order), split, "{price}");
        assert_eq!(order.timeline[0].included, order.included);
        proven(&shop);
    }
}

#[test]
fn without_money_only_what_is_included_is_sold() {
    let mut shop = shop("0", 2);
    assert!(buy(&mut shop, "0.45", start()).is_ok());
    let missing = credits("0.23");
    assert_eq!(buy(&mut shop, "0.68", start()), Err(Refused::Ledger(LedgerError::InsufficientFunds { missing })));
    assert_eq!(left(&shop, "2026-11-22T00:00:00Z"), 1, "a refusal uses none");
    assert!(buy(&mut shop, "0.45", start()).is_ok());
    let missing = credits("0.45");
    assert_eq!(buy(&mut shop, "0.45", start()), Err(Refused::Ledger(LedgerError::InsufficientFunds { missing })));
    proven(&shop);
}

#[test]
fn a_refund_gives_the_verification_back_and_never_its_worth() {
    let mut shop = shop("1", 1);
    let order = buy(&mut shop, "0.68", start()).expect("enough");
    assert_eq!(left(&shop, "2026-11-22T00:00:00Z"), 0);
    let order = refund(&mut shop, &order, start());
    assert_eq!(
        (order.status, order.cost(), order.hold),
        (Status::Failed, Credits::ZERO, Hold { entry: 3, ..Hold::of(Credits::ZERO) })
    );
    assert_eq!((shop.wallet.available, shop.wallet.held), (credits("1"), Credits::ZERO), "only the customer's part");
    assert_eq!(left(&shop, "2026-11-22T00:00:00Z"), 1);
    let last = shop.entries.last().expect("a release");
    let legs: Vec<_> = last.legs().collect();
    let house = (Account::Held, Account::Promotions, credits("0.45"));
    assert_eq!(legs, [(Account::Held, Account::Available, credits("0.23")), house]);
    proven(&shop);
}

#[test]
fn what_is_unused_ends_with_the_period() {
    let mut shop = shop("2", 3);
    let open = buy(&mut shop, "0.45", start()).expect("included");
    for (now, n) in [("2026-12-21T23:29:59.999Z", 2), (UNTIL, 0), ("2027-01-01T00:00:00Z", 0)] {
        assert_eq!(left(&shop, now), n, "{now}");
    }
    assert_eq!(buy(&mut shop, "0.45", at(UNTIL)).expect("enough").cost(), credits("0.45"));
    // The next period begins with all of its own. A refund of the one before adds none.
    let next = "2027-01-21T23:30:00Z";
    shop.post(&subscription(3, at(next), false), at(UNTIL)).expect("a period");
    assert_eq!(left(&shop, UNTIL), 3);
    let own = shop.wallet.available;
    refund(&mut shop, &open, at(UNTIL));
    assert_eq!((left(&shop, UNTIL), shop.wallet.available), (3, own));
    let newer = buy(&mut shop, "0.45", at(UNTIL)).expect("included");
    refund(&mut shop, &newer, at(UNTIL));
    assert_eq!(left(&shop, UNTIL), 3, "that of the new period comes back");
    proven(&shop);
}

#[test]
fn an_upgrade_counts_what_was_used() {
    let mut shop = shop("5", 3);
    let open = buy(&mut shop, "0.45", start()).expect("included");
    let used = buy(&mut shop, "0.45", start()).expect("included");
    refund(&mut shop, &used, start());
    shop.post(&subscription(20, at("2026-12-25T00:00:00Z"), true), at("2026-11-25T00:00:00Z")).expect("an upgrade");
    assert_eq!(left(&shop, "2026-11-26T00:00:00Z"), 19);
    refund(&mut shop, &open, at("2026-11-26T00:00:00Z"));
    assert_eq!(left(&shop, "2026-11-26T00:00:00Z"), 20, "one of before the upgrade comes back");
    // After the end of a period nothing is counted, as in the days of grace.
    shop.post(&subscription(20, at("2027-02-01T00:00:00Z"), true), at("2027-01-01T00:00:00Z")).expect("an upgrade");
    assert_eq!(left(&shop, "2027-01-02T00:00:00Z"), 20);
    proven(&shop);
}

#[test]
fn included_amounts_are_no_spending() {
    let mut shop = shop("2", 1);
    let before = shop.wallet.usage.spending.at(start());
    buy(&mut shop, "0.68", start()).expect("included in part");
    let spending = shop.wallet.usage.spending.at(start());
    assert_eq!(spending.spent.units() - before.spent.units(), credits("0.23").units());
    assert_eq!(spending.orders, credits("0.23"));
    buy(&mut shop, "0.68", start()).expect("enough");
    assert_eq!(shop.wallet.usage.spending.at(start()).orders, credits("0.91"));
}

#[test]
fn parts_of_a_hold_use_the_verification_once() {
    let of_ten = || Hold { entry: 1, included: Included::one(credits("6")), ..Hold::of(credits("10")) };
    for (parts, amounts, units) in [
        (&[("release", "10")][..], &["6"][..], &[1][..]),
        (&[("capture", "10")], &["6"], &[1]),
        (&[("release", "4"), ("release", "6")], &["0", "6"], &[0, 1]),
        (&[("release", "7"), ("release", "3")], &["3", "3"], &[0, 1]),
        (&[("capture", "2"), ("release", "8")], &["2", "4"], &[1, 0]),
        (&[("release", "8"), ("capture", "2")], &["4", "2"], &[0, 1]),
        (&[("capture", "8"), ("release", "2")], &["6", "0"], &[1, 0]),
    ] {
        let mut hold = of_ten();
        for (((kind, amount), included), units) in parts.iter().zip(amounts).zip(units) {
            let kind = if *kind == "release" { EntryKind::Release } else { EntryKind::Capture };
            let taken = hold.settle(kind, credits(amount)).expect("within the hold");
            assert_eq!(taken.included, Included { amount: credits(included), units: *units }, "{parts:?}: {kind:?}");
        }
        assert_eq!(hold, Hold { entry: 1, ..Hold::of(Credits::ZERO) }, "{parts:?}");
    }
}

#[test]
fn whoever_owes_money_uses_no_included_verification() {
    let mut shop = shop("1", 1);
    shop.wallet = Wallet { owed: credits("1"), ..shop.wallet };
    assert_eq!(buy(&mut shop, "0.45", start()), Err(Refused::Ledger(LedgerError::Owes { owed: credits("1") })));
}

#[test]
fn only_a_subscription_gives_included_verifications() {
    let grants = subscription(5, at(UNTIL), false).grants;
    let malformed = [
        Movement { grants, ..top_up(credits("1")) },
        Movement { included: Included::one(credits("1")), ..top_up(credits("1")) },
        Movement { budget: Some(credits("1")), ..top_up(credits("1")) },
    ];
    for movement in malformed {
        assert_eq!(Wallet::default().post(&movement, start()), Err(LedgerError::Malformed));
    }
}

#[test]
fn a_wrong_count_is_found() {
    let mut shop = shop("2", 2);
    let order = buy(&mut shop, "0.68", start()).expect("included in part");
    refund(&mut shop, &order, start());
    buy(&mut shop, "0.45", start()).expect("included");
    proven(&shop);
    let mut wallet = shop.wallet.clone();
    wallet.usage.allowance.as_mut().expect("a period").used = 0;
    assert!(prove(Mode::Live, &wallet, &shop.entries, start()).is_err(), "one more than there is");
    let changes: [fn(&mut Entry); 4] = [
        |entry| entry.included = Included::NONE,
        |entry| entry.included.units += 1,
        |entry| entry.included.amount = Credits::from_units(entry.included.amount.units() - 1),
        |entry| entry.grants = None,
    ];
    for place in 1..shop.entries.len() {
        for (n, change) in changes.iter().enumerate() {
            let mut entries = shop.entries.clone();
            change(&mut entries[place]);
            let is_same = entries[place] == shop.entries[place];
            assert_eq!(prove(Mode::Live, &shop.wallet, &entries, start()).is_ok(), is_same, "{n} at {place}");
        }
    }
}
