//! Lists of a day: what is kept of a page, and after what the next one begins.

use super::*;
use crate::listing::{Page, Span};
use domain::{
    payment::ReceiptId,
    reconciliation::{ListedMoney, ListedRefund, MoneyState},
};

fn day() -> Span {
    Span { from: "2026-11-21T00:00:00Z".parse().unwrap(), until: "2026-11-22T00:00:00Z".parse().unwrap() }
}

/// The first second of the day.
const MIDNIGHT: i64 = 1_795_219_200;

/// A charge so many seconds after midnight.
fn charge(seconds: i64, changes: &[(&str, Value)]) -> Value {
    let mut charge = json!({
        "id": "ch_3Q", "object": "charge", "amount": 1_000, "amount_captured": 1_000, "amount_refunded": 0,
        "captured": true, "created": MIDNIGHT + seconds, "currency": "usd", "customer": null, "disputed": false,
        "livemode": false, "metadata": { "reference": "nms-1" }, "paid": true, "payment_intent": "pi_3Q",
        "refunded": false, "status": "succeeded"
    });
    for (field, value) in changes {
        charge[*field] = value.clone();
    }
    charge
}

fn refund(seconds: i64, status: &str) -> Value {
    json!({
        "id": "re_3Q", "object": "refund", "amount": 400, "charge": "ch_3Q", "created": MIDNIGHT + seconds,
        "currency": "usd", "metadata": {}, "payment_intent": "pi_3Q", "reason": null, "status": status
    })
}

fn page(objects: &[Value], has_more: bool) -> Answer {
    ok(&json!({ "object": "list", "data": objects, "has_more": has_more, "url": "/v1/charges" }))
}

fn cents(minor: u64) -> Amount {
    Amount { minor: Minor::new(minor), currency: PayCurrency::Usd }
}

fn listed(receipt: &str) -> ListedMoney {
    let at = Timestamp::from_millis((MIDNIGHT + 60) * 1000);
    ListedMoney { receipt: ReceiptId::new(receipt), amount: Some(cents(1_000)), at, state: MoneyState::Kept }
}

#[test]
fn a_day_is_asked_for_in_seconds() {
    let query = made_in(day(), Some("ch_1".to_owned()));
    let expected =
        [("limit", "100"), ("created[gte]", "1795219200"), ("created[lte]", "1795305600"), ("starting_after", "ch_1")];
    assert_eq!(query, expected.map(|(name, value)| (name, value.to_owned())));
    assert_eq!(made_in(day(), START).len(), 3);
}

#[test]
fn charges_that_took_money_on_the_day_are_kept() {
    let charges = [
        charge(60, &[("amount_refunded", json!(1_000)), ("refunded", json!(true))]),
        charge(60, &[("payment_intent", json!(null))]),
        charge(60, &[("status", json!("failed")), ("amount_captured", json!(0)), ("paid", json!(false))]),
        charge(60, &[("amount_captured", json!(0))]),
        charge(-1, &[]),
        charge(86_400, &[]),
    ];
    let read = money(day(), &page(&charges, false)).unwrap();
    assert_eq!(read, Page { items: vec![listed("pi_3Q"), listed("ch_3Q")], next: None });
    let other = charge(60, &[("currency", json!("eur"))]);
    let read = money(day(), &page(&[other], false)).unwrap();
    assert_eq!(read.items, [ListedMoney { amount: None, ..listed("pi_3Q") }]);
}

#[test]
fn refunds_that_did_not_fail_are_kept() {
    let made = ["succeeded", "pending", "requires_action", "failed", "canceled"].map(|status| refund(60, status));
    let read = listed_refunds(day(), &page(&made, false)).unwrap();
    let at = Timestamp::from_millis((MIDNIGHT + 60) * 1000);
    let one = ListedRefund { at, id: "re_3Q".to_owned(), receipt: ReceiptId::new("pi_3Q"), amount: Some(cents(400)) };
    assert_eq!(read.items, vec![one; 3]);
    assert_eq!(listed_refunds(day(), &page(&[refund(86_400, "pending")], false)).unwrap().items, []);
}

#[test]
fn the_next_page_begins_after_the_last_object_even_if_it_is_not_kept() {
    let last = charge(60, &[("id", json!("ch_last")), ("status", json!("failed"))]);
    let read = money(day(), &page(&[charge(60, &[]), last], true)).unwrap();
    assert_eq!(read.next, Some(Some("ch_last".to_owned())));
    assert_eq!(money(day(), &page(&[], true)), Err(unavailable(Fault::Unreadable)));
    assert_eq!(money(day(), &answer(502, PAGE_502)), Err(unavailable(Fault::Status(502))));
    let odd = charge(60, &[("created", json!("now"))]);
    assert_eq!(money(day(), &page(&[odd], false)), Err(unavailable(Fault::Unreadable)));
}
