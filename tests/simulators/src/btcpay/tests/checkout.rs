//! Tests of the page for customers.

use super::{Answer, STORE, Server, state};
use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::json;

async fn open(server: &Server, id: &str) -> Answer {
    server.send(Request::get(format!("/i/{id}")).body(Body::empty()).unwrap()).await
}

async fn click(server: &Server, id: &str, outcome: &str) -> Answer {
    let request = Request::post(format!("/i/{id}")).header("content-type", "application/x-www-form-urlencoded");
    server.send(request.body(Body::from(format!("outcome={outcome}"))).unwrap()).await
}

#[tokio::test]
async fn the_page_shows_what_to_pay() {
    let server = Server::new();
    let id = server.invoice("<o>-1").await;
    let page = open(&server, &id).await;
    assert_eq!(page.status, StatusCode::OK);
    let methods = server.get(&format!("{STORE}/invoices/{id}/payment-methods")).await.json();
    let address = methods[0]["destination"].as_str().unwrap();
    for part in [
        "5.00 USD",
        "Order &lt;o&gt;-1 of local-store",
        "It expires in 1",
        "0.00008334 BTC",
        address,
        &format!("href=\"bitcoin:{address}?amount=0.00008334\""),
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    assert!(!page.body.contains("<o>") && !page.body.contains("<script"));
    let buttons: Vec<_> = page.body.split("value=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0).collect();
    assert_eq!(buttons, ["success", "partial", "over", "lightning", "expired"]);
    let id = server.invoice_with("o-2", json!({ "paymentMethods": ["USDT-TRON"] })).await;
    assert!(!open(&server, &id).await.body.contains("Lightning"), "there is no such way to pay");
    assert_eq!(open(&server, "unknown").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn each_button_pays() {
    let server = Server::new();
    server.control("settings", json!({ "confirm_s": 600 })).await;
    for (outcome, status, additional, paid) in [
        ("success", "Processing", "None", "5.00"),
        ("partial", "New", "PaidPartial", "2.50"),
        ("over", "Processing", "PaidOver", "7.50"),
        ("lightning", "Settled", "None", "5.00"),
        ("expired", "Expired", "None", "0"),
    ] {
        let id = server.invoice(outcome).await;
        let answer = click(&server, &id, outcome).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{outcome}");
        assert_eq!(answer.headers["location"], format!("/i/{id}"));
        assert_eq!(server.state(&id).await, state(status, additional, paid), "{outcome}");
        let page = open(&server, &id).await;
        assert_eq!(page.body.contains("Open in a wallet"), status == "New", "{outcome}");
        assert_eq!(page.headers.contains_key("refresh"), status == "Processing", "{outcome}");
    }
    let id = server.invoice("o-1").await;
    click(&server, &id, "expired").await;
    assert!(open(&server, &id).await.body.contains("Pay too late"));
    click(&server, &id, "late").await;
    assert_eq!(server.state(&id).await, state("Expired", "PaidLate", "5.00"));
    let again = click(&server, &id, "success").await;
    assert!(again.status == StatusCode::OK && again.body.contains("role=\"alert\""));
}

#[tokio::test]
async fn a_customer_returns_to_the_merchant() {
    let server = Server::new();
    let back = "https://shop.example/back?order={OrderId}&invoice={InvoiceId}&x=<1>";
    let id = server.invoice_with("o 1", json!({ "redirectURL": back })).await;
    let page = open(&server, &id).await;
    let link = format!("href=\"https://shop.example/back?order=o%201&amp;invoice={id}&amp;x=&lt;1&gt;\"");
    assert!(page.body.contains(&link), "{}", page.body);
    click(&server, &id, "lightning").await;
    assert_eq!(open(&server, &id).await.status, StatusCode::OK, "only a click leads back");

    let settings = json!({ "redirectURL": "https://shop.example/{OrderId}", "redirectAutomatically": true });
    let id = server.invoice_with("o-2", settings).await;
    assert_eq!(open(&server, &id).await.status, StatusCode::OK);
    click(&server, &id, "lightning").await;
    let answer = open(&server, &id).await;
    assert_eq!(
        (answer.status, answer.headers["location"].to_str().unwrap()),
        (StatusCode::SEE_OTHER, "https://shop.example/o%2D2")
    );

    for wrong in ["javascript:alert(1)", "/relative", "https://a\nb"] {
        let id = server.invoice_with("o-3", json!({ "redirectURL": wrong })).await;
        assert!(!open(&server, &id).await.body.contains("Return to the store"), "{wrong}");
    }
}
