//! Tests of lists: pages, filters and expansion.

use super::{SESSIONS, Stripe};
use http::StatusCode;
use serde_json::{Value, json};

fn references(list: &Value) -> Vec<&str> {
    list["data"].as_array().unwrap().iter().map(|one| one["client_reference_id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn pages_go_both_ways() {
    let stripe = Stripe::new();
    let mut ids = vec![];
    for reference in ["a", "b", "c", "d", "e"] {
        ids.push(stripe.session(reference).await["id"].as_str().unwrap().to_owned());
    }
    for (query, page, has_more) in [
        ("limit=2".to_owned(), vec!["e", "d"], true),
        (format!("limit=2&starting_after={}", ids[3]), vec!["c", "b"], true),
        (format!("limit=2&starting_after={}", ids[1]), vec!["a"], false),
        (format!("limit=2&ending_before={}", ids[0]), vec!["c", "b"], true),
        (format!("limit=2&ending_before={}", ids[3]), vec!["e"], false),
        (format!("starting_after={}", ids[0]), vec![], false),
        (String::new(), vec!["e", "d", "c", "b", "a"], false),
    ] {
        let list = stripe.read(&format!("{SESSIONS}?{query}")).await;
        assert_eq!((references(&list), &list["has_more"]), (page, &json!(has_more)), "{query}");
        assert_eq!((&list["object"], &list["url"]), (&json!("list"), &json!(SESSIONS)));
    }
    for (query, param) in [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=all", "limit"),
        ("starting_after=cs_x", "starting_after"),
        ("created[gte]=yesterday", "created[gte]"),
        ("colour=red", "colour"),
        ("expand[]=payment_intent", ""),
        ("starting_after=a&ending_before=b", ""),
    ] {
        let answer = stripe.get(&format!("{SESSIONS}?{query}")).await;
        assert_eq!((answer.status, answer.refusal().2.as_str()), (StatusCode::BAD_REQUEST, param), "{query}");
    }
}

#[tokio::test]
async fn lists_are_filtered() {
    let stripe = Stripe::new();
    let old = stripe.session("old").await["created"].as_i64().unwrap();
    stripe.set("clock", json!({ "advance_s": 100 })).await;
    stripe.session("new").await;
    let paid = stripe.pay("new", "success").await;
    let intent = paid["payment_intent"].as_str().unwrap();
    for (query, found) in [
        (format!("created[gte]={}", old + 50), vec!["new"]),
        (format!("created[gt]={old}"), vec!["new"]),
        (format!("created[lte]={}", old + 50), vec!["old"]),
        (format!("created[lt]={old}"), vec![]),
        (format!("created={old}"), vec!["old"]),
        (format!("created[gte]={old}&created[lte]={old}"), vec!["old"]),
        (format!("payment_intent={intent}"), vec!["new"]),
        ("payment_intent=pi_x".to_owned(), vec![]),
        ("status=open".to_owned(), vec!["old"]),
        (format!("created[gt]={}", i64::MAX), vec![]),
    ] {
        let list = stripe.read(&format!("{SESSIONS}?{query}")).await;
        assert_eq!(references(&list), found, "{query}");
    }
    let charges = stripe.read(&format!("/v1/charges?payment_intent={intent}&expand[]=data.balance_transaction")).await;
    assert_eq!(charges["data"][0]["balance_transaction"]["net"], 941);
    let charge = charges["data"][0]["id"].as_str().unwrap();
    let money =
        stripe.read(&format!("/v1/balance_transactions?source={charge}&type=charge&expand[]=data.source")).await;
    assert_eq!(money["data"][0]["source"]["id"], charge);
    assert_eq!(money["data"][0]["status"], "pending");
    stripe.set("clock", json!({ "advance_s": 2 * 86_400 })).await;
    assert_eq!(stripe.read("/v1/balance_transactions").await["data"][0]["status"], "available");
}

#[tokio::test]
async fn events_are_found_by_type() {
    let stripe = Stripe::new();
    stripe.session("ref").await;
    stripe.pay("ref", "success").await;
    for (query, found) in [
        ("type=charge.succeeded", vec!["charge.succeeded"]),
        ("type=checkout.session.*", vec!["checkout.session.completed"]),
        (
            "types[]=charge.succeeded&types[]=payment_intent.succeeded",
            vec!["payment_intent.succeeded", "charge.succeeded"],
        ),
        ("type=invoice.*", vec![]),
    ] {
        let list = stripe.read(&format!("/v1/events?{query}")).await;
        let kinds = list["data"].as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap());
        assert_eq!(kinds.collect::<Vec<_>>(), found, "{query}");
    }
    let event = stripe.read("/v1/events?limit=1").await["data"][0].clone();
    assert_eq!(stripe.read(&format!("/v1/events/{}", event["id"].as_str().unwrap())).await, event);
    assert_eq!(
        (&event["api_version"], &event["livemode"], &event["object"]),
        (&json!("2026-10-28.endive"), &json!(false), &json!("event"))
    );
}
