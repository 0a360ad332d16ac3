//! The client on a real connection: what it asks for, and in which order.

use super::{loopback::Loopback, *};
use crate::{PaymentGateway, btcpay::BtcPay};
use domain::payment::Checkout;
use https::http_client;
use runtime::StaleFlag;

const INVOICES: &str = "/api/v1/stores/S1/invoices";
const ONE: &str = "/api/v1/stores/S1/invoices/G3Ax9kDqPCvmcqzVV2Yq5r";

fn client(server: &Loopback) -> BtcPay {
    BtcPay::new(&server.url, "S1", &"the-key".into(), http_client().unwrap(), StaleFlag::default()).unwrap()
}

fn ok(body: &Value) -> (u16, String) {
    (200, body.to_string())
}

/// The request of the payment's invoices.
fn search() -> String {
    format!("GET {INVOICES}?orderId={}&take=10", payment().reference)
}

/// The payment after its checkout was made.
fn opened() -> Payment {
    let invoice = wire::created(&payment().reference, &answer(200, &invoice("New").to_string())).unwrap();
    payment().opened(invoice.checkout(None), after(1)).unwrap().subject
}

async fn open(script: Vec<(u16, String)>) -> (Result<Checkout, GatewayError>, Vec<String>) {
    let server = Loopback::start(script);
    let checkout = client(&server).open(&payment(), &customer(), after(0)).await;
    (checkout, server.lines())
}

#[tokio::test]
async fn an_invoice_is_made_once_the_search_found_none() {
    let methods = json!([bitcoin(&[])]);
    let server = Loopback::start([ok(&json!([])), ok(&invoice("New")), ok(&methods)]);
    let checkout = client(&server).open(&payment(), &customer(), after(0)).await.unwrap();
    assert_eq!(checkout.coins.map(|coins| coins.amount).as_deref(), Some("0.00083334"));
    assert_eq!(checkout.expires_at, after(VALID_FOR));
    let expected = [search(), format!("POST {INVOICES}"), format!("GET {ONE}/payment-methods")];
    assert_eq!(server.lines(), expected);
    let requests = server.requests();
    assert!(requests.iter().all(|request| request.authorization == "token the-key"));
    let body: Value = serde_json::from_str(&requests[1].body).unwrap();
    assert_eq!(body["metadata"]["orderId"], payment().reference.to_string());
}

#[tokio::test]
async fn a_repeated_call_answers_the_first_invoice() {
    let second = invoice_with(&[("id", json!("A2")), ("createdTime", json!(MADE + 1))]);
    let (checkout, lines) = open(vec![ok(&json!([second, invoice("New")])), ok(&json!([bitcoin(&[])]))]).await;
    assert_eq!(checkout.unwrap().gateway_payment.as_deref(), Some("G3Ax9kDqPCvmcqzVV2Yq5r"));
    assert_eq!(lines, [search(), format!("GET {ONE}/payment-methods")]);
}

#[tokio::test]
async fn a_checkout_is_good_without_its_address() {
    for broken in [(502, PAGE_502.to_owned()), (403, "{}".to_owned()), (200, "x".to_owned()), ok(&json!([]))] {
        let (checkout, _) = open(vec![ok(&json!([])), ok(&invoice("New")), broken]).await;
        let checkout = checkout.unwrap();
        assert_eq!((checkout.url.as_str(), checkout.coins), ("https://pay.example/i/G3Ax9kDqPCvmcqzVV2Yq5r", None));
    }
}

#[tokio::test]
async fn nothing_is_made_while_the_search_fails() {
    let (checkout, lines) = open(vec![(502, PAGE_502.to_owned())]).await;
    assert_eq!(checkout, Err(GatewayError::Unavailable { fault: Fault::Status(502) }));
    assert_eq!(lines, [search()]);
    let (checkout, _) = open(vec![ok(&json!([])), (502, PAGE_502.to_owned())]).await;
    assert_eq!(checkout, Err(GatewayError::OutcomeUnknown { fault: Fault::Status(502) }));
}

#[tokio::test]
async fn a_method_without_coins_is_refused_unasked() {
    let server = Loopback::start([]);
    let checkout = client(&server).open(&payment_in(Method::Card), &customer(), after(0)).await;
    assert!(checkout.unwrap_err().is_definite_refusal());
    assert!(server.lines().is_empty());
}

#[tokio::test]
async fn a_report_is_that_of_the_checkouts_invoice() {
    let paid = json!([bitcoin(&[coins("a:0", "0.00083334", "Settled", 60)])]);
    let server = Loopback::start([ok(&invoice("Settled")), ok(&paid)]);
    let report = client(&server).report(&opened()).await.unwrap();
    assert_eq!(summary(&report), expected(&[("BTC-CHAIN:a:0", "50.00 USD")], Reported::Closed));
    assert_eq!(server.lines(), [format!("GET {ONE}"), format!("GET {ONE}/payment-methods")]);
}

#[tokio::test]
async fn a_report_without_a_checkout_is_that_of_the_reference() {
    let server = Loopback::start([ok(&json!([invoice("New")])), ok(&json!([bitcoin(&[])])), ok(&json!([]))]);
    let report = client(&server).report(&payment()).await.unwrap();
    assert_eq!(report, Report::of(Reported::Open));
    let report = client(&server).report(&payment()).await.unwrap();
    assert_eq!(report, Report::of(Reported::Unknown));
    assert_eq!(server.lines(), [search(), format!("GET {ONE}/payment-methods"), search()]);
    let unknown = (404, r#"{"code": "invoice-not-found", "message": "The invoice was not found"}"#.to_owned());
    let server = Loopback::start([unknown]);
    assert_eq!(client(&server).report(&opened()).await, Ok(Report::of(Reported::Unknown)));
}

#[tokio::test]
async fn the_rate_of_now_is_asked_for_once_if_coins_came_late() {
    let late = [coins("a:0", "0.1", "Settled", VALID_FOR + 60), coins("b:0", "0.1", "Settled", VALID_FOR + 70)];
    let rates = json!([{"currencyPair": "BTC_USD", "errors": [], "rate": "30000"}]);
    let server = Loopback::start([ok(&invoice("Expired")), ok(&json!([bitcoin(&late)])), ok(&rates)]);
    let report = client(&server).report(&opened()).await.unwrap();
    let receipts: &[_] = &[("BTC-CHAIN:a:0", "3000.00 USD"), ("BTC-CHAIN:b:0", "3000.00 USD")];
    assert_eq!(summary(&report), expected(receipts, Reported::Closed));
    assert_eq!(server.lines()[2..], ["GET /api/v1/stores/S1/rates?currencyPair=BTC_USD"]);
    let server = Loopback::start([ok(&invoice("Expired")), ok(&json!([bitcoin(&late)])), (403, "{}".to_owned())]);
    let error = client(&server).report(&opened()).await.unwrap_err();
    assert_eq!(error.kind(), "unavailable");
}

#[tokio::test]
async fn only_an_invoice_to_which_nothing_came_is_closed() {
    for payments in [vec![], vec![coins("a:0", "0.1", "Invalid", 60)]] {
        let untouched = [ok(&invoice("New")), ok(&json!([bitcoin(&payments)])), ok(&invoice("Invalid"))];
        let server = Loopback::start(untouched);
        assert_eq!(client(&server).close(&opened()).await, Ok(()));
        assert_eq!(server.lines()[2..], [format!("POST {ONE}/status")]);
        assert_eq!(server.requests()[2].body, r#"{"status":"Invalid"}"#);
    }
    for (status, payments) in [
        ("New", vec![coins("a:0", "0.1", "Processing", 60)]),
        ("New", vec![coins("a:0", "0.0001", "Settled", 60)]),
        ("Processing", vec![]),
        ("Settled", vec![]),
        ("Expired", vec![]),
        ("Invalid", vec![]),
    ] {
        let server = Loopback::start([ok(&invoice(status)), ok(&json!([bitcoin(&payments)]))]);
        assert_eq!(client(&server).close(&opened()).await, Ok(()), "{status}");
        assert_eq!(server.lines().len(), 2, "{status}");
    }
}

#[tokio::test]
async fn a_key_that_is_not_accepted_is_read_again() {
    let server = Loopback::start([(401, "{}".to_owned())]);
    let flag = StaleFlag::default();
    let client = BtcPay::new(&server.url, "S1", &"the-key".into(), http_client().unwrap(), flag.clone()).unwrap();
    assert_eq!(client.report(&payment()).await, Err(GatewayError::Unauthorized));
    assert!(flag.is_raised());
}

#[test]
fn only_safe_addresses_and_whole_keys_and_stores_are_taken() {
    let build = |url: &str, store: &str, key: &str| {
        let client = BtcPay::new(url, store, &key.into(), http_client().unwrap(), StaleFlag::default());
        client.map(|client| format!("{client:?}")).map_err(|error| error.to_string())
    };
    assert!(!build("https://pay.example/btcpay", "S1", "the-key").unwrap().contains("the-key"));
    for (url, store, key) in [
        ("http://pay.example", "S1", "the-key"),
        ("", "S1", "the-key"),
        ("https://pay.example", "", "the-key"),
        ("https://pay.example", "../S1", "the-key"),
        ("https://pay.example", "S1", ""),
        ("https://pay.example", "S1", "the\nkey"),
    ] {
        assert!(build(url, store, key).is_err(), "{url} {store} {key}");
    }
}
