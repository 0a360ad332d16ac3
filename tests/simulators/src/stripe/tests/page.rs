//! Tests of the page on which a person pays.

use super::{Answer, BASE, Stripe};
use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::Value;

fn path(session: &Value) -> String {
    session["url"].as_str().unwrap().strip_prefix(BASE).unwrap().to_owned()
}

async fn look(stripe: &Stripe, path: &str) -> Answer {
    stripe.send(Request::get(path).body(Body::empty()).unwrap()).await
}

async fn press(stripe: &Stripe, path: &str, outcome: &str) -> Answer {
    let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
    stripe.send(request.body(Body::from(format!("outcome={outcome}"))).unwrap()).await
}

#[tokio::test]
async fn a_person_pays_and_goes_back_to_the_merchant() {
    let stripe = Stripe::new();
    for outcome in ["success", "async_success", "async_failed", "success_refund_fails"] {
        let session = stripe.session(outcome).await;
        let page = look(&stripe, &path(&session)).await;
        assert_eq!(page.status, StatusCode::OK);
        for words in ["Pay $10.00 USD", "2 × Credits: $10.00", outcome, "https://example.com/back", "us_bank_account"]
        {
            assert!(page.body.contains(words), "{words}");
        }
        let answer = press(&stripe, &path(&session), outcome).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let back = format!("https://example.com/paid?session={}", session["id"].as_str().unwrap());
        assert_eq!(answer.header("location"), back);
        assert_eq!(look(&stripe, &path(&session)).await.status, StatusCode::GONE);
        assert_eq!(press(&stripe, &path(&session), outcome).await.status, StatusCode::GONE);
    }
}

#[tokio::test]
async fn a_declined_person_tries_again() {
    let stripe = Stripe::new();
    let session = stripe.session("ref").await;
    for (outcome, words) in
        [("failed", "Your card was declined."), ("insufficient_funds", "Your card has insufficient funds.")]
    {
        let answer = press(&stripe, &path(&session), outcome).await;
        assert_eq!(answer.status, StatusCode::PAYMENT_REQUIRED);
        assert!(answer.body.contains(&format!("<p role=\"alert\">{words}</p>")), "{}", answer.body);
    }
    assert_eq!(press(&stripe, &path(&session), "success").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_page_offers_only_what_the_session_takes() {
    let stripe = Stripe::new();
    let session = stripe.session_with("ref", &[("allowed_payment_method_types[]", "card")]).await;
    let page = look(&stripe, &path(&session)).await;
    assert!(page.body.contains("4242") && !page.body.contains("async"));
    assert_eq!(press(&stripe, &path(&session), "async_success").await.status, StatusCode::PAYMENT_REQUIRED);
    assert_eq!(press(&stripe, &path(&session), "won").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(look(&stripe, "/c/pay/cs_x").await.status, StatusCode::NOT_FOUND);
    assert_eq!(press(&stripe, "/c/pay/cs_x", "success").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_comes_from_a_request_is_escaped() {
    let stripe = Stripe::new();
    let name = "line_items[0][price_data][product_data][name]";
    let more = [(name, "<script>1</script>"), ("cancel_url", "https://example.com/?a=\"><b>")];
    let session = stripe.session_with("<i>ref</i>", &more).await;
    let page = look(&stripe, &path(&session)).await.body;
    assert!(
        page.contains("&lt;script&gt;")
            && page.contains("&lt;i&gt;ref&lt;/i&gt;")
            && page.contains("?a=&quot;&gt;&lt;b&gt;")
    );
    assert!(!page.contains("<script>") && !page.contains("<i>") && !page.contains("\"><b>\""));
}
