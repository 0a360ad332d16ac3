//! Tests of the hosted page.

use super::{Answer, CALLBACK, Merchant, asked};
use crate::paystack::wire::with;
use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::json;

async fn press(merchant: &Merchant, page: &str, form: &'static str) -> Answer {
    let request = Request::post(page).header("content-type", "application/x-www-form-urlencoded");
    merchant.send(request.body(Body::from(form)).unwrap()).await
}

#[tokio::test]
async fn the_page_shows_what_is_paid() {
    let merchant = Merchant::new();
    let page = merchant.started("a").await;
    let shown = merchant.get(&page).await;
    assert_eq!(shown.status, StatusCode::OK);
    for text in ["GHS 50.00", "Namaskah SMS", " for a<", "4084 0840 8408 4081", "value=\"wallet\"", "Cancel"] {
        assert!(shown.body.contains(text), "{text}: {}", shown.body);
    }
    assert!(!shown.body.contains("<script"));
}

#[tokio::test]
async fn each_button_has_its_outcome() {
    for (form, status, channel) in [
        ("button=card", "success", "card"),
        ("button=declined", "failed", "card"),
        ("button=refund-fails", "success", "card"),
        ("button=refund-needs-attention", "success", "card"),
        ("button=wallet", "success", "mobile_money"),
        ("button=wallet-waits", "pending", "mobile_money"),
        ("", "abandoned", "card"),
    ] {
        let merchant = Merchant::new();
        let page = merchant.started("a").await;
        let answer = press(&merchant, &page, form).await;
        let data = merchant.verified("a").await;
        assert_eq!((&data["status"], &data["channel"]), (&json!(status), &json!(channel)), "{form}");
        if status == "success" {
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
            assert_eq!(answer.header("location"), format!("{CALLBACK}&trxref=a&reference=a"));
        } else {
            assert_eq!((answer.status, answer.body.contains("GHS 50.00")), (StatusCode::OK, true));
        }
    }
}

#[tokio::test]
async fn a_declined_card_says_so_and_another_one_pays() {
    let merchant = Merchant::new();
    let page = merchant.started("a").await;
    assert!(press(&merchant, &page, "button=declined").await.body.contains("role=\"alert\""));
    assert_eq!(press(&merchant, &page, "button=card").await.status, StatusCode::SEE_OTHER);
    let again = press(&merchant, &page, "button=declined").await;
    assert_eq!((again.status, merchant.status("a").await), (StatusCode::SEE_OTHER, "success".to_owned()));
}

#[tokio::test]
async fn a_person_who_waited_is_sent_back() {
    let merchant = Merchant::new();
    let page = merchant.started("a").await;
    assert!(press(&merchant, &page, "button=wallet-waits").await.body.contains("Waiting for the approval"));
    merchant.advance(16).await;
    assert_eq!(merchant.get(&page).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn who_leaves_goes_where_the_merchant_says() {
    let merchant = Merchant::new();
    for (reference, action, status) in
        [("a", "https://example.com/cancelled", StatusCode::SEE_OTHER), ("b", "javascript:alert(1)", StatusCode::OK)]
    {
        let more = json!({ "metadata": { "cancel_action": action } });
        let data = merchant.post("/transaction/initialize", &with(asked(reference), more)).await.data();
        let page = format!("/pay/{}", data["access_code"].as_str().unwrap());
        let answer = press(&merchant, &page, "").await;
        assert_eq!((answer.status, answer.header("location").is_empty()), (status, status == StatusCode::OK));
    }
}

#[tokio::test]
async fn only_allowed_channels_are_offered() {
    let merchant = Merchant::new();
    let body = with(asked("a"), json!({ "channels": ["mobile_money"] }));
    let data = merchant.post("/transaction/initialize", &body).await.data();
    let page = format!("/pay/{}", data["access_code"].as_str().unwrap());
    let shown = merchant.get(&page).await.body;
    assert!(shown.contains("value=\"wallet\"") && !shown.contains("value=\"card\""));
    press(&merchant, &page, "button=card").await;
    assert_eq!(merchant.status("a").await, "abandoned");
}

#[tokio::test]
async fn without_a_callback_the_page_says_that_it_is_paid() {
    let merchant = Merchant::new();
    let body = with(asked("a"), json!({ "callback_url": null }));
    let data = merchant.post("/transaction/initialize", &body).await.data();
    let page = format!("/pay/{}", data["access_code"].as_str().unwrap());
    let paid = press(&merchant, &page, "button=card").await;
    assert_eq!((paid.status, paid.body.contains("<h1>Paid</h1>")), (StatusCode::OK, true));
}

#[tokio::test]
async fn a_callback_without_a_query_gets_one() {
    let merchant = Merchant::new();
    let body = with(asked("a=1"), json!({ "callback_url": "https://example.com/back" }));
    let data = merchant.post("/transaction/initialize", &body).await.data();
    let page = format!("/pay/{}", data["access_code"].as_str().unwrap());
    let paid = press(&merchant, &page, "button=card").await;
    assert_eq!(paid.header("location"), "https://example.com/back?trxref=a%3D1&reference=a%3D1");
}

#[tokio::test]
async fn an_unknown_page_is_not_found() {
    let merchant = Merchant::new();
    assert_eq!(merchant.get("/pay/nothing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(press(&merchant, "/pay/nothing", "button=card").await.status, StatusCode::NOT_FOUND);
}
