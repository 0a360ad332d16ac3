//! Invoices and payment methods, and the checkouts that are made of them.

use super::*;
use domain::payment::{Checkout, CoinTransfer};

fn created(invoice: &Value) -> Result<Checkout, GatewayError> {
    let invoice = wire::created(&payment().reference, &answer(200, &invoice.to_string()))?;
    Ok(invoice.checkout(None))
}

fn transfer(method: Method, body: &Value) -> Option<CoinTransfer> {
    let methods = wire::payment_methods(&answer(200, &json!([body]).to_string())).unwrap();
    methods[0].transfer(coin(method).unwrap())
}

#[test]
fn the_checkout_is_the_page_of_the_invoice_until_its_time_is_over() {
    let checkout = Checkout {
        gateway_payment: Some("G3Ax9kDqPCvmcqzVV2Yq5r".to_owned()),
        url: "https://pay.example/i/G3Ax9kDqPCvmcqzVV2Yq5r".to_owned(),
        expires_at: after(VALID_FOR),
        coins: None,
    };
    assert_eq!(created(&invoice("New")), Ok(checkout));
}

#[test]
fn only_an_invoice_of_the_payment_is_one() {
    let reference = payment().reference;
    let orders = [
        json!({"orderId": "nms-01JD7Q3XKZ9V0C4T8W2M6N5B1A-01JD7Q3XKZ9V0C4T8W2M6N5B1B"}),
        json!({"orderId": format!("{reference} ")}),
        json!({"orderId": reference.to_string().to_lowercase()}),
        json!({"orderId": 7}),
        json!({}),
    ];
    for metadata in orders {
        let other = invoice_with(&[("metadata", metadata)]);
        assert_eq!(created(&other), Err(GatewayError::OutcomeUnknown { fault: Fault::Unreadable }), "{other}");
        let one = answer(200, &other.to_string());
        assert_eq!(wire::found(&reference, &one).map(drop), Err(unreadable()), "{other}");
        // A server that lists other orders does not search for them.
        let list = answer(200, &json!([invoice("New"), other]).to_string());
        assert_eq!(wire::invoices(&reference, &list).map(drop), Err(unreadable()), "{other}");
    }
    let both = answer(200, &json!([invoice("New"), invoice("Expired")]).to_string());
    assert_eq!(wire::invoices(&reference, &both).unwrap().len(), 2);
    assert_eq!(wire::invoices(&reference, &answer(200, "[]")).unwrap().len(), 0);
}

#[test]
fn an_invoice_without_what_it_needs_is_unreadable() {
    for (field, value) in [
        ("id", json!("a/../b")),
        ("id", json!("")),
        ("id", json!(7)),
        ("currency", Value::Null),
        ("status", Value::Null),
        ("checkoutLink", Value::Null),
        ("createdTime", json!("yesterday")),
        ("expirationTime", Value::Null),
        ("metadata", Value::Null),
    ] {
        let body = invoice_with(&[(field, value)]);
        assert_eq!(created(&body), Err(GatewayError::OutcomeUnknown { fault: Fault::Unreadable }), "{body}");
    }
}

#[test]
fn an_invoice_that_btcpay_does_not_have_is_none() {
    let reference = payment().reference;
    let unknown = r#"{"code": "invoice-not-found", "message": "The invoice was not found"}"#;
    assert!(wire::found(&reference, &answer(404, unknown)).unwrap().is_none());
    for body in ["", PAGE_502, r#"{"code": "store-not-found", "message": "The store was not found"}"#] {
        let error = wire::found(&reference, &answer(404, body)).unwrap_err();
        assert_eq!(error.kind(), "refused", "a wrong address or store says nothing of the invoice: {body}");
    }
}

#[test]
fn coins_are_sent_to_the_address_of_the_method() {
    let expected = CoinTransfer {
        coin: "BTC".to_owned(),
        amount: "0.00083334".to_owned(),
        address: "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq".to_owned(),
        uri: "bitcoin:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq?amount=0.00083334".to_owned(),
        rate: "60000".to_owned(),
    };
    assert_eq!(transfer(Method::Bitcoin, &bitcoin(&[])), Some(expected.clone()));
    // The rest, after a part came.
    let rest = transfer(Method::Bitcoin, &with(bitcoin(&[]), &[("due", json!("0.00041667"))]));
    assert_eq!(rest.map(|transfer| transfer.amount).as_deref(), Some("0.00041667"));
    // Plugins may have no links.
    for link in [json!(""), Value::Null] {
        let linkless = transfer(Method::Bitcoin, &with(bitcoin(&[]), &[("paymentLink", link)]));
        assert_eq!(linkless, Some(CoinTransfer { uri: expected.address.clone(), ..expected.clone() }));
    }
    for (field, value) in [
        ("destination", Value::Null),
        ("destination", json!("")),
        ("paymentMethodId", json!("BTC-LN")),
        ("due", json!("0")),
        ("due", json!("-0.00000001")),
        ("due", Value::Null),
    ] {
        let body = with(bitcoin(&[]), &[(field, value)]);
        assert_eq!(transfer(Method::Bitcoin, &body), None, "{body}");
    }
}

#[test]
fn every_coin_has_its_method_at_btcpay() {
    for coin in &COINS {
        let body = with(bitcoin(&[]), &[("paymentMethodId", json!(coin.id))]);
        let transfer = transfer(coin.method, &body).unwrap();
        assert_eq!(transfer.coin, coin.name);
    }
    let offered: Vec<_> = super::super::GATEWAY.offers.iter().map(|offer| offer.method).collect();
    let known: Vec<_> = Method::ALL.iter().copied().filter(|method| coin(*method).is_some()).collect();
    assert_eq!(offered, known);
    assert_eq!(known, Method::ALL.iter().copied().filter(|method| method.is_crypto()).collect::<Vec<_>>());
    let ids: std::collections::BTreeSet<_> = COINS.iter().map(|coin| coin.id).collect();
    assert_eq!(ids.len(), COINS.len());
}

#[test]
fn a_method_whose_coins_cant_be_read_is_unreadable() {
    let broken = [
        with(bitcoin(&[]), &[("payments", Value::Null)]),
        with(bitcoin(&[]), &[("rate", Value::Null)]),
        with(bitcoin(&[]), &[("rate", json!("sixty"))]),
        bitcoin(&[with(coins("a:0", "0.1", "Settled", 60), &[("value", Value::Null)])]),
        bitcoin(&[with(coins("a:0", "0.1", "Settled", 60), &[("receivedDate", Value::Null)])]),
        bitcoin(&[with(coins("a:0", "0.1", "Settled", 60), &[("id", Value::Null)])]),
    ];
    for body in broken {
        let methods = wire::payment_methods(&answer(200, &json!([bitcoin(&[]), body]).to_string()));
        assert_eq!(methods.map(drop), Err(unreadable()), "{body}");
    }
}
