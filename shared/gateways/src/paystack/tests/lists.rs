//! Lists of a day: what is kept of a page, and which page is next.

use super::*;
use crate::listing::{Page, Span};
use domain::reconciliation::{ListedMoney, ListedRefund, MoneyState};

fn day() -> Span {
    Span { from: at("2026-11-21T00:00:00Z"), until: at("2026-11-22T00:00:00Z") }
}

fn money(lines: &[Value], total: usize, page: usize) -> Result<Page<ListedMoney, usize>, GatewayError> {
    wire::money(day(), MoneyState::Kept, page, &answer(200, list(lines, total).to_string()))
}

fn listed() -> ListedMoney {
    ListedMoney { receipt: number(), amount: Some(cedis(2_500)), at: paid_at(), state: MoneyState::Kept }
}

#[test]
fn a_day_is_asked_for_with_the_checkouts_before_it() {
    let expected = |from: &str, page: &str| {
        let to = "2026-11-22T00:00:00.000Z";
        [("from", from), ("to", to), ("perPage", "100"), ("page", page)]
            .map(|(name, value)| (name, value.to_owned()))
            .to_vec()
    };
    assert_eq!(wire::refunds(day(), 3), expected("2026-11-21T00:00:00.000Z", "3"));
    let mut transactions = expected("2026-11-18T00:00:00.000Z", "1");
    transactions.push(("status", "reversed".to_owned()));
    assert_eq!(wire::transactions(day(), "reversed", 1), transactions);
}

#[test]
fn money_is_kept_by_when_it_was_paid() {
    // A list has the time twice.
    let mut twice = transaction("success");
    twice["paidAt"] = twice["paid_at"].clone();
    let paid = |time: &str| with(transaction("success"), &[("/paid_at", json!(time))]);
    let lines = [
        twice,
        paid("2026-11-20T23:59:59.999Z"),
        paid("2026-11-22T00:00:00.000Z"),
        with(transaction("success"), &[("/paid_at", json!(null))]),
    ];
    assert_eq!(money(&lines, 4, 1), Ok(Page { items: vec![listed()], next: None }));
    let other = with(transaction("success"), &[("/currency", json!("EGP"))]);
    assert_eq!(money(&[other], 1, 1).unwrap().items, [ListedMoney { amount: None, ..listed() }]);
}

#[test]
fn a_page_says_whether_more_follow() {
    let full = vec![transaction("success"); 100];
    assert_eq!(money(&full, 250, 1).unwrap().next, Some(2));
    assert_eq!(money(&full, 250, 2).unwrap().next, Some(3));
    assert_eq!(money(&full[..50], 250, 3).unwrap().next, None);
    assert_eq!(money(&[], 0, 1), Ok(Page { items: Vec::new(), next: None }));
    // Fewer lines than asked for would hide the rest.
    assert_eq!(money(&full[..50], 250, 1), Err(unavailable(Fault::Unreadable)));
    assert_eq!(money(&[], 250, 3), Err(unavailable(Fault::Unreadable)));
}

#[test]
fn refunds_that_failed_are_left_out() {
    let lines = ["processed", "pending", "failed", "needs-attention"].map(refund_in);
    let read = wire::listed_refunds(day(), 1, &answer(200, list(&lines, 4).to_string())).unwrap();
    let receipt =
        ListedRefund { at: paid_at(), id: "14902117".to_owned(), receipt: number(), amount: Some(cedis(1_000)) };
    assert_eq!(read.items, vec![receipt; 3]);
    let early = with(refund_in("processed"), &[("/createdAt", json!("2026-11-20T23:59:59.000Z"))]);
    let read = wire::listed_refunds(day(), 1, &answer(200, list(&[early], 1).to_string())).unwrap();
    assert_eq!(read.items, []);
}

#[test]
fn what_can_t_be_read_is_no_list() {
    for line in [
        with(transaction("success"), &[("/id", json!(null))]),
        with(transaction("success"), &[("/amount", json!(-1))]),
        json!("?"),
    ] {
        assert_eq!(money(std::slice::from_ref(&line), 1, 1), Err(unavailable(Fault::Unreadable)), "{line}");
    }
    let page = wire::money(day(), MoneyState::Kept, 1, &answer(502, PAGE_502));
    assert_eq!(page, Err(unavailable(Fault::Status(502))));
}
