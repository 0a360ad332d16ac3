//! The books of a customer: right books have no fault, and each falsification has its own.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a panic fails the test")]

mod support;

use namaskah_domain::{
    EntrySeq, PaymentId, RefundId, Timestamp,
    ledger::{Entry, EntryKind},
    order::{CloseReason, Order, Status},
    payment::{
        Amount, CreditPrice, GatewayId, Method, Minor, NewPayment, NotedReceipt, PayCurrency, Payment,
        PaymentReference, ReceiptId, Refund, RefundStatus,
    },
    reconciliation::{Books, BooksFault, check, concerned_orders},
};
use std::{collections::BTreeSet, time::Duration};
use support::{
    fixtures::{self, credits, new_order, order_id, sold, start},
    shop::Shop,
};

const TOP_UP: &str = "9";

fn later() -> Timestamp {
    start().plus(Duration::from_mins(1))
}

/// The payment of the first entry.
fn payment() -> Payment {
    let new = NewPayment {
        reference: PaymentReference { user: fixtures::user(), payment: PaymentId::new(start(), 1) },
        gateway: GatewayId::new("stripe"),
        method: Method::Card,
        amount: Amount { minor: Minor::new(1_800), currency: PayCurrency::Usd },
        price: CreditPrice::new(Minor::new(200)).unwrap(),
        credits: credits(TOP_UP),
    };
    let mut payment = Payment::start(new, start()).subject;
    payment.credited = credits(TOP_UP);
    let id = ReceiptId::new("pi_1");
    payment.receipts = vec![NotedReceipt { id, amount: None, credits: credits(TOP_UP), at: None, gateway_at: None }];
    payment
}

/// Three orders: one that waits, one that failed, and one that is still being bought. Beside them a payment.
fn right() -> (Shop, Vec<Payment>) {
    let mut shop = Shop::with(credits(TOP_UP));
    for n in 1..=3 {
        shop.open(new_order(n, credits("0.5")), later()).unwrap();
    }
    let waits = shop.orders[0].clone().number_bought(sold(later(), Duration::from_mins(20)), later()).unwrap();
    shop.commit(&waits, later()).unwrap();
    let fails = shop.orders[1].clone().no_number(CloseReason::NoNumbers, later()).unwrap();
    shop.commit(&fails, later()).unwrap();
    (shop, vec![payment()])
}

fn faults(shop: &Shop, payments: &[Payment], since: Timestamp) -> Vec<BooksFault> {
    let concerned = concerned_orders(&shop.entries, since);
    let orders: Vec<Order> = shop.orders.iter().filter(|order| concerned.contains(&order.id)).cloned().collect();
    let books = Books { wallet: &shop.wallet, entries: &shop.entries, payments, orders: &orders };
    check(books, &concerned, later())
}

/// The faults of all orders, after this was falsified.
fn falsified(falsify: impl FnOnce(&mut Shop, &mut Vec<Payment>)) -> Vec<BooksFault> {
    let (mut shop, mut payments) = right();
    falsify(&mut shop, &mut payments);
    faults(&shop, &payments, start())
}

#[test]
fn right_books_have_no_fault() {
    assert_eq!(falsified(|_, _| {}), []);
    assert_eq!(faults(&Shop::default(), &[], start()), []);
}

#[test]
fn open_orders_are_compared_always_and_closed_ones_on_their_day() {
    let (shop, _) = right();
    let open: BTreeSet<_> = [order_id(1), order_id(3)].into();
    assert_eq!(concerned_orders(&shop.entries, later().plus(Duration::from_millis(1))), open);
    assert_eq!(concerned_orders(&shop.entries, later()).len(), 3);
}

#[test]
fn a_falsified_wallet_is_found() {
    let found = falsified(|shop, _| shop.wallet.available = credits("100"));
    assert!(matches!(found[..], [BooksFault::Wallet(_)]), "{found:?}");
    // The difference stays while the wallet moves.
    let other = falsified(|shop, _| {
        shop.open(new_order(4, credits("1")), later()).unwrap();
        shop.wallet.available = credits("99");
    });
    assert_eq!(found[0].subject(), other[0].subject());
    let larger = falsified(|shop, _| shop.wallet.available = credits("101"));
    assert_ne!(found[0].subject(), larger[0].subject());
}

#[test]
fn a_payment_against_its_entries_is_found() {
    let payment_id = PaymentId::new(start(), 1);
    let credited = |what, noted: &str, entered| BooksFault::Payment {
        payment: payment_id.clone(),
        what,
        noted: credits(noted),
        entered,
    };
    let found = falsified(|_, payments| payments[0].credited = credits("10"));
    assert_eq!(found, [credited("credited", "10", 90_000)]);
    let found = falsified(|_, payments| payments[0].receipts.clear());
    assert_eq!(found, [credited("credited", "0", 90_000)]);
    let refund = |status| Refund {
        id: RefundId::new(start(), 1),
        credits: credits("2"),
        amount: Amount { minor: Minor::new(400), currency: PayCurrency::Usd },
        address: None,
        status,
        gateway_refund: None,
        reason: None,
        created_at: start(),
        approved_at: None,
        tried: None,
        completed_at: None,
        fault: None,
    };
    let found = falsified(|_, payments| payments[0].refunds.push(refund(RefundStatus::Processed)));
    assert_eq!(found, [credited("refunded", "2", 0)]);
    let found = falsified(|_, payments| payments[0].refunds.push(refund(RefundStatus::Failed)));
    assert_eq!(found, [credited("refunded", "2", 0), credited("returned", "2", 0)]);
    assert_eq!(falsified(|_, payments| payments.clear()), [BooksFault::NoPayment(payment_id)]);
}

#[test]
fn an_order_against_its_entries_is_found() {
    let wrong = |n, status| BooksFault::Order { order: order_id(n), status };
    for status in [Status::Completed, Status::Refunded, Status::Failed] {
        assert_eq!(falsified(|shop, _| shop.orders[0].status = status), [wrong(1, status)]);
    }
    for status in [Status::Requesting, Status::Waiting, Status::Completed] {
        assert_eq!(falsified(|shop, _| shop.orders[1].status = status), [wrong(2, status)]);
    }
    let dearer = falsified(|shop, _| shop.orders[2].price = credits("0.6"));
    assert_eq!(dearer, [wrong(3, Status::Requesting)]);
    let gone = falsified(|shop, _| {
        shop.orders.remove(0);
    });
    assert_eq!(gone, [BooksFault::NoOrder(order_id(1))]);
}

/// Removes an entry, as if it had never been written.
fn without(shop: &mut Shop, seq: EntrySeq) {
    shop.entries.retain(|entry| entry.seq != seq);
}

#[test]
fn a_lost_hold_is_found_by_the_wallet_and_by_the_count_of_open_orders() {
    let hold = |entry: &&Entry| entry.kind == EntryKind::Hold && entry.cause == fixtures::order(3);
    let found = falsified(|shop, _| {
        let seq = shop.entries.iter().find(hold).unwrap().seq;
        without(shop, seq);
    });
    let counts = BooksFault::OpenOrders { counted: 2, held: 1 };
    assert!(found.contains(&counts) && found.iter().any(|fault| matches!(fault, BooksFault::Wallet(_))), "{found:?}");
}
