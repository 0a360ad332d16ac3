//! Deadlines, retries, headers and bounds.

use super::*;
use domain::{SupplierOrderId, Timestamp};
use std::time::Instant;
use suppliers::{Fault, Supplier};

fn id() -> SupplierOrderId {
    SupplierOrderId::new("11631253")
}

#[tokio::test]
async fn a_purchase_is_sent_only_once() {
    for (reply, expected) in [
        (Reply::json(order(1, "PENDING", 0, 0)), "ok"),
        (Reply::text(200, "no free phones"), "no_numbers"),
        (Reply::text(400, "not enough user balance"), "out_of_funds"),
        (Reply::text(401, "Unauthorized"), "unauthorized"),
        (Reply::text(429, "api limit is 100 requests per second"), "throttled"),
        (Reply::text(503, "ip address limit is 100 requests per second"), "throttled"),
        (Reply::page(502), "outcome_unknown"),
        (Reply::page(504), "outcome_unknown"),
        (Reply::text(500, "internal error"), "outcome_unknown"),
        (Reply::json("{}"), "outcome_unknown"),
        (Reply::Half, "outcome_unknown"),
        (Reply::Hangup, "outcome_unknown"),
        (Reply::Silence, "outcome_unknown"),
        (Reply::Header(302, "location: /v1/user/buy/activation/ghana/any/whatsapp"), "outcome_unknown"),
    ] {
        let (server, client) = server([reply.clone()]);
        let result = client.buy(&request()).await;
        assert_eq!(kind(&result), expected, "{reply:?}");
        assert_eq!(server.paths(), ["/v1/user/buy/activation/ghana/any/whatsapp"], "{reply:?}");
    }
}

#[tokio::test]
async fn a_connection_that_was_lost_between_two_buys_does_not_double_the_second() {
    let (server, client) = server([Reply::json(order(1, "PENDING", 0, 0)), Reply::Hangup]);
    assert_eq!(kind(&client.buy(&request()).await), "ok");
    assert_eq!(kind(&client.buy(&request()).await), "outcome_unknown");
    assert_eq!(server.paths().len(), 2);
}

#[tokio::test]
async fn a_slow_buy_ends_at_its_deadline_and_is_open() {
    let (_server, client) = server([Reply::Silence]);
    let started = Instant::now();
    let result = client.buy(&request()).await;
    assert_eq!(result, Err(SupplierError::OutcomeUnknown { fault: Fault::Timeout }));
    assert!(started.elapsed() >= DEADLINES.buy && started.elapsed() < DEADLINES.buy * 4, "{:?}", started.elapsed());
}

#[tokio::test]
async fn an_unreachable_server_is_a_refusal() {
    let client = client(&closed_url());
    assert_eq!(client.buy(&request()).await, Err(SupplierError::Refused));
    assert_eq!(client.cancel(&id()).await, Err(SupplierError::Refused));
    assert_eq!(client.check(&id()).await, Err(SupplierError::Refused));
}

#[tokio::test]
async fn a_key_goes_to_the_account_only_and_json_is_asked_for() {
    let body = r#"{"balance": 100.5, "frozen_balance": 1, "rating": 96}"#;
    let (server, client) = server([Reply::json("null"), Reply::json(body)]);
    assert_eq!(client.prices(None, None).await, Ok(vec![]));
    assert_eq!(client.profile().await.unwrap().balance.micros(), 100_500_000);
    let heads = server.heads();
    assert!(!heads[0].to_lowercase().contains("authorization"), "{}", heads[0]);
    assert!(heads[1].contains("authorization: Bearer the-key\r\n"), "{}", heads[1]);
    assert!(heads.iter().all(|head| head.starts_with("GET ") && head.contains("accept: application/json\r\n")));
}

#[tokio::test]
async fn a_read_is_retried_after_a_temporary_error() {
    for first in [Reply::page(502), Reply::page(503), Reply::page(504), Reply::Hangup, Reply::Half] {
        let (server, client) = server([first.clone(), Reply::json(order(11_631_253, "PENDING", 0, 0))]);
        assert_eq!(kind(&client.check(&id()).await), "ok", "{first:?}");
        assert_eq!(server.paths(), ["/v1/user/check/11631253"; 2], "{first:?}");
    }
}

#[tokio::test]
async fn a_read_is_not_asked_again_for_ever_nor_after_an_answer() {
    for (reply, expected, times) in [
        (Reply::page(502), "unavailable", 3),
        (Reply::Hangup, "unavailable", 3),
        (Reply::page(500), "unavailable", 1),
        (Reply::text(404, "order not found"), "order_not_found", 1),
        (Reply::text(401, ""), "unauthorized", 1),
        (Reply::text(429, "api limit is 100 requests per second"), "throttled", 1),
        (Reply::json("{}"), "unavailable", 1),
        (Reply::Silence, "unavailable", 1),
    ] {
        let (server, client) = server(vec![reply.clone(); 5]);
        assert_eq!(kind(&client.check(&id()).await), expected, "{reply:?}");
        assert_eq!(server.paths().len(), times, "{reply:?}");
    }
}

#[tokio::test]
async fn changes_are_sent_once() {
    for reply in [Reply::page(502), Reply::Hangup, Reply::Silence] {
        let (server, client) = server([reply.clone()]);
        assert_eq!(kind(&client.cancel(&id()).await), "outcome_unknown", "{reply:?}");
        assert_eq!(server.paths(), ["/v1/user/cancel/11631253"]);
    }
}

#[tokio::test]
async fn an_answer_has_a_largest_size() {
    let large = format!(r#"{{"x": "{}"}}"#, "x".repeat(1 << 20));
    let (_server, client) = server([Reply::json(large.clone()), Reply::json(large)]);
    assert_eq!(client.buy(&request()).await, Err(SupplierError::OutcomeUnknown { fault: Fault::TooLarge }));
    assert_eq!(client.check(&id()).await, Err(SupplierError::Unavailable { fault: Fault::TooLarge }));
}

#[tokio::test]
async fn an_answer_about_another_order_is_unreadable() {
    // Its messages belong to another customer.
    let other = || Reply::json(order(1, "CANCELED", 0, 1));
    let (_server, client) = server([other(), other(), other(), other()]);
    assert_eq!(client.check(&id()).await, Err(SupplierError::Unavailable { fault: Fault::Unreadable }));
    let unknown = Err(SupplierError::OutcomeUnknown { fault: Fault::Unreadable });
    assert_eq!(client.cancel(&id()).await, unknown);
    assert_eq!(client.ban(&id()).await, unknown);
    assert_eq!(client.finish(&id()).await, unknown);
}

#[tokio::test]
async fn a_negative_price_is_unreadable() {
    let paid_to_us = order(1, "PENDING", 0, 0).replace("21.5", "-21.5");
    let (_server, client) = server([Reply::json(paid_to_us)]);
    assert_eq!(client.buy(&request()).await, Err(SupplierError::OutcomeUnknown { fault: Fault::Unreadable }));
}

#[tokio::test]
async fn unsold_countries_are_not_requested() {
    let client = client(&closed_url());
    let unsold = "AE".parse().unwrap();
    assert_eq!(client.prices(Some(&unsold), None).await, Ok(vec![]));
    let request = BuyRequest { country: unsold, ..request() };
    assert_eq!(kind(&client.buy(&request).await), "rejected");
}

fn page(orders: &[String], total: usize) -> Reply {
    Reply::json(format!(r#"{{"Data": [{}], "Total": {total}}}"#, orders.join(",")))
}

fn since(minute: u32) -> Timestamp {
    format!("2026-11-21T10:{minute:02}:00Z").parse().unwrap()
}

async fn listed(script: Vec<Reply>, from: u32) -> (Vec<String>, bool, usize) {
    let (server, client) = server(script);
    let list = client.orders(since(from)).await.unwrap();
    (list.orders.iter().map(|o| o.id.to_string()).collect(), list.complete, server.paths().len())
}

#[tokio::test]
async fn orders_are_read_until_they_are_too_old() {
    let o = |id, minute| order(id, "PENDING", minute, 0);
    let script = vec![page(&[o(9, 9), o(8, 8)], 40), page(&[o(8, 8), o(7, 7), o(3, 3)], 40), page(&[o(2, 2)], 40)];
    // Order 8 appears twice, because an order was made between the pages.
    assert_eq!(listed(script, 7).await, (vec!["9".into(), "8".into(), "7".into()], true, 2));
    assert_eq!(listed(vec![page(&[], 0)], 7).await, (vec![], true, 1));
    assert_eq!(listed(vec![page(&[o(9, 9)], 1)], 7).await, (vec!["9".into()], true, 1));
}

#[tokio::test]
async fn orders_that_come_oldest_first_are_all_read() {
    let o = |id, minute| order(id, "PENDING", minute, 0);
    let script = vec![page(&[o(3, 3), o(2, 2), o(4, 4)], 5), page(&[o(8, 8), o(9, 9)], 5)];
    assert_eq!(listed(script, 7).await, (vec!["9".into(), "8".into()], true, 2));
}

#[tokio::test]
async fn a_list_that_is_too_long_or_unreadable_is_not_complete() {
    let o = |id, minute| order(id, "PENDING", minute, 0);
    let endless = (0..20).map(|n| page(&[o(100 - n, 30)], 1_000)).collect();
    let (orders, complete, pages) = listed(endless, 7).await;
    assert_eq!((orders.len(), complete, pages), (10, false, 10));
    let nameless = o(9, 9).replace("+233201234567", "");
    assert_eq!(listed(vec![page(&[nameless, o(8, 8)], 2)], 7).await, (vec!["8".into()], false, 1));
}

#[tokio::test]
async fn orders_are_asked_for_page_by_page() {
    let (server, client) = server([page(&[order(9, "PENDING", 9, 0)], 2), page(&[order(8, "PENDING", 8, 0)], 2)]);
    client.orders(since(0)).await.unwrap();
    let path = |offset| format!("/v1/user/orders?category=activation&limit=100&offset={offset}&order=id&reverse=true");
    assert_eq!(server.paths(), [path(0), path(1)]);
}

#[tokio::test]
async fn an_order_with_too_many_messages_does_not_spoil_the_list() {
    let o = |id, minute| order(id, "PENDING", minute, 0);
    let fat = || Reply::json(format!(r#"{{"Data": [], "x": "{}"}}"#, "x".repeat(4 << 20)));
    // It is older than `since`: a smaller page reaches far enough.
    let script = vec![fat(), page(&[o(9, 9), o(6, 6)], 3)];
    assert_eq!(listed(script, 7).await, (vec!["9".into()], true, 2));
    // It is the newest: only this order is missing, and the list is marked as incomplete.
    let (server, client) = server([fat(), fat(), fat(), page(&[o(8, 8), o(6, 6)], 3)]);
    let list = client.orders(since(7)).await.unwrap();
    assert_eq!((list.orders.len(), list.complete), (1, false));
    let pages: Vec<_> = server.paths().iter().map(|path| path.split('&').skip(1).take(2).collect::<String>()).collect();
    assert_eq!(pages, ["limit=100offset=0", "limit=10offset=0", "limit=1offset=0", "limit=100offset=1"]);
}

#[tokio::test]
async fn only_a_refused_key_makes_its_secret_stale() {
    for (reply, stale) in [
        (Reply::text(401, "Unauthorized"), true),
        (Reply::text(200, "no free phones"), false),
        (Reply::page(502), false),
        (Reply::Hangup, false),
    ] {
        let (_server, client) = server([reply.clone()]);
        let flag = runtime::StaleFlag::default();
        let _ = client.reporting_to(flag.clone()).buy(&request()).await;
        assert_eq!(flag.is_raised(), stale, "{reply:?}");
    }
}
