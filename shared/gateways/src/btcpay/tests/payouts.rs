//! Refunds: which payout is asked for, and what its answers mean.

use super::{loopback::Loopback, *};
use crate::{PaymentGateway, btcpay::BtcPay};
use domain::{
    RefundId,
    payment::{CoinNetwork, Refund, RefundReport, RefundReported, RefundStatus},
};
use https::http_client;
use runtime::StaleFlag;

const STORE: &str = "/api/v1/stores/S1";
const BITCOIN: &str = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
const TRON: &str = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";

fn client(server: &Loopback) -> BtcPay {
    BtcPay::new(&server.url, "S1", &"the-key".into(), http_client().unwrap(), StaleFlag::default()).unwrap()
}

/// A refund of the whole payment.
fn refund(network: CoinNetwork, address: &str) -> Refund {
    Refund {
        id: RefundId::new(after(60), 3),
        credits: payment().credits,
        amount: payment().amount,
        address: network.address(address).ok(),
        status: RefundStatus::Requested,
        gateway_refund: None,
        created_at: after(60),
        reason: None,
        approved_at: None,
        tried: None,
        completed_at: None,
        fault: None,
    }
}

fn payout(state: &str, changes: &[(&str, Value)]) -> Value {
    let refund = RefundId::new(after(60), 3).to_string();
    let payout = json!({
        "id": "PAYOUT1", "revision": 0, "pullPaymentId": null, "date": MADE, "destination": BITCOIN,
        "originalCurrency": "BTC", "originalAmount": "0.00083333", "payoutCurrency": "BTC",
        "payoutAmount": "0.00083333", "payoutMethodId": "BTC-CHAIN", "state": state, "paymentProof": null,
        "metadata": { "refund": refund, "source": format!("refund {refund}") },
    });
    with(payout, changes)
}

fn ok(body: &Value) -> (u16, String) {
    (200, body.to_string())
}

/// What comes before a payout: the invoices with their rate, and the rate of now.
fn rates(method: &Value, now: &str) -> Vec<(u16, String)> {
    let pair = format!("{}_USD", method["currency"].as_str().unwrap());
    vec![ok(&json!([invoice("Settled")])), ok(&json!([method])), ok(&json!([{ "currencyPair": pair, "rate": now }]))]
}

/// The body of the payout that a refund asks for, and what came of it.
async fn asked(
    payment: &Payment,
    refund: &Refund,
    mut script: Vec<(u16, String)>,
    answer: (u16, String),
) -> (Value, Result<RefundReport, GatewayError>) {
    script.push(answer);
    let server = Loopback::start(script);
    let report = client(&server).refund(payment, refund).await;
    let requests = server.requests();
    let last = requests.last().unwrap();
    assert_eq!(server.lines().last().map(String::as_str), Some(format!("POST {STORE}/payouts").as_str()));
    (serde_json::from_str(&last.body).unwrap(), report)
}

#[tokio::test]
async fn a_refund_is_a_payout_at_the_higher_rate() {
    for (now, coins) in [("60000", "0.00083333"), ("120000", "0.00041666"), ("30000", "0.00083333")] {
        let refund = refund(CoinNetwork::Bitcoin, BITCOIN);
        let script = rates(&bitcoin(&[]), now);
        let (body, report) = asked(&payment(), &refund, script, ok(&payout("AwaitingPayment", &[]))).await;
        let id = refund.id.to_string();
        let expected = json!({
            "destination": BITCOIN, "amount": coins, "payoutMethodId": "BTC-CHAIN", "approved": true,
            "metadata": {
                "refund": id, "receipt": null, "amount": { "minor": "50.00", "currency": "USD" },
                "source": format!("refund {id}"),
            },
        });
        assert_eq!(body, expected, "{now}");
        let made = RefundReport { gateway_refund: Some("PAYOUT1".to_owned()), state: RefundReported::Pending };
        assert_eq!(report, Ok(made));
    }
}

#[tokio::test]
async fn each_coin_goes_back_by_its_own_method() {
    let dollars = with(
        bitcoin(&[]),
        &[("paymentMethodId", json!("USDT-TRON")), ("currency", json!("USDT")), ("rate", json!("1"))],
    );
    let (body, _) = asked(
        &payment_in(Method::UsdtTron),
        &refund(CoinNetwork::Tron, TRON),
        rates(&dollars, "1.0001"),
        ok(&payout("AwaitingPayment", &[])),
    )
    .await;
    let sent = (&body["payoutMethodId"], &body["amount"], &body["destination"]);
    assert_eq!(sent, (&json!("USDT-TRON"), &json!("49.995"), &json!(TRON)));
    // Lightning's coins go to an address of the chain.
    let (body, _) = asked(
        &payment_in(Method::Lightning),
        &refund(CoinNetwork::Bitcoin, BITCOIN),
        rates(&with(bitcoin(&[]), &[("paymentMethodId", json!("BTC-LN"))]), "60000"),
        ok(&payout("AwaitingPayment", &[])),
    )
    .await;
    assert_eq!((&body["payoutMethodId"], &body["amount"]), (&json!("BTC-CHAIN"), &json!("0.00083333")));
}

#[tokio::test]
async fn answers_that_leave_the_outcome_open_are_no_refusal() {
    let refund = refund(CoinNetwork::Bitcoin, BITCOIN);
    let coded = |code: &str| (400, json!({ "code": code, "message": "no" }).to_string());
    let of_another = payout("AwaitingPayment", &[("metadata", json!({ "refund": "rfd_other" }))]);
    for (answer, is_refused) in [
        (coded("duplicate-destination"), false),
        (coded("amount-too-low"), true),
        (coded("payment-method-not-supported"), true),
        ((422, json!([{ "path": "Destination", "message": "Invalid destination" }]).to_string()), true),
        ((502, PAGE_502.to_owned()), false),
        ((200, "{}".to_owned()), false),
        ((200, of_another.to_string()), false),
    ] {
        let what = format!("{answer:?}");
        let (_, report) = asked(&payment(), &refund, rates(&bitcoin(&[]), "60000"), answer).await;
        let error = report.unwrap_err();
        assert_eq!(matches!(error, GatewayError::Refused { .. }), is_refused, "{what}: {error}");
        assert_eq!(matches!(error, GatewayError::OutcomeUnknown { .. }), !is_refused, "{what}: {error}");
    }
}

#[tokio::test]
async fn nothing_is_sent_without_an_address_or_a_rate() {
    let server = Loopback::start([]);
    let nowhere = Refund { address: None, ..refund(CoinNetwork::Bitcoin, BITCOIN) };
    let error = client(&server).refund(&payment(), &nowhere).await.unwrap_err();
    assert!(error.is_definite_refusal() && server.lines().is_empty(), "{error}");
    let script = [ok(&json!([invoice("Settled")])), ok(&json!([bitcoin(&[])])), ok(&json!([]))];
    let server = Loopback::start(script);
    let error = client(&server).refund(&payment(), &refund(CoinNetwork::Bitcoin, BITCOIN)).await.unwrap_err();
    assert!(matches!(error, GatewayError::Unavailable { .. }), "{error}");
    assert!(server.lines().iter().all(|line| line.starts_with("GET ")), "{:?}", server.lines());
}

#[tokio::test]
async fn a_payout_is_found_by_its_number_or_by_its_refund() {
    let refund = refund(CoinNetwork::Bitcoin, BITCOIN);
    let known = Refund { gateway_refund: Some("PAYOUT1".to_owned()), ..refund.clone() };
    for (state, reported) in [
        ("AwaitingApproval", RefundReported::Pending),
        ("AwaitingPayment", RefundReported::Pending),
        ("InProgress", RefundReported::Pending),
        ("Completed", RefundReported::Processed),
        ("Cancelled", RefundReported::Failed),
        ("SomethingNew", RefundReported::Pending),
    ] {
        let server = Loopback::start([ok(&payout(state, &[]))]);
        let report = client(&server).refund_report(&payment(), &known).await.unwrap();
        assert_eq!((report.gateway_refund.as_deref(), report.state), (Some("PAYOUT1"), reported), "{state}");
        assert_eq!(server.lines(), [format!("GET {STORE}/payouts/PAYOUT1")]);
    }
    let other = payout("Completed", &[("metadata", json!({ "refund": "rfd_other" }))]);
    let bare = payout("Completed", &[("metadata", Value::Null)]);
    for (list, reported) in [
        (json!([]), RefundReported::Unknown),
        (json!([other, bare]), RefundReported::Unknown),
        (json!([other, payout("Cancelled", &[])]), RefundReported::Failed),
        (json!([payout("Cancelled", &[]), payout("InProgress", &[("id", json!("B"))])]), RefundReported::Pending),
    ] {
        let server = Loopback::start([ok(&list)]);
        let report = client(&server).refund_report(&payment(), &refund).await.unwrap();
        assert_eq!(report.state, reported, "{list}");
        assert_eq!(server.lines(), [format!("GET {STORE}/payouts?includeCancelled=true")]);
    }
    for (status, body) in [(404, json!({ "code": "payout-not-found" })), (200, other)] {
        let server = Loopback::start([(status, body.to_string())]);
        assert!(client(&server).refund_report(&payment(), &known).await.is_err(), "{body}: it says nothing");
    }
}
