//! What is sent to BTCPay.

use super::*;
use crate::btcpay::settings;
use runtime::Environment;

#[test]
fn an_invoice_is_asked_for_in_the_customers_currency_with_one_method() {
    let payment = payment_of(Method::UsdtEthereum, "50.00", PayCurrency::Ghs);
    let body = serde_json::to_value(wire::create(&payment, coin(payment.method).unwrap(), &customer())).unwrap();
    let expected = json!({
        "amount": "50.00", "currency": "GHS", "metadata": {"orderId": payment.reference.to_string()},
        "checkout": {"paymentMethods": ["USDT-ETHEREUM"], "defaultPaymentMethod": "USDT-ETHEREUM",
            "lazyPaymentMethods": false, "speedPolicy": "MediumSpeed", "expirationMinutes": 30,
            "monitoringMinutes": 1440, "paymentTolerance": 0, "redirectURL": "https://namaskah.example/payments/1",
            "redirectAutomatically": true},
    });
    assert_eq!(body, expected);
    assert_eq!(serde_json::to_value(wire::INVALID).unwrap(), json!({"status": "Invalid"}));
}

#[test]
fn larger_payments_need_more_confirmations() {
    // Two dollars a credit.
    for (amount, policy) in [
        ("5.00", "MediumSpeed"),
        ("100.00", "MediumSpeed"),
        ("100.01", "LowMediumSpeed"),
        ("1000.00", "LowMediumSpeed"),
        ("1000.01", "LowSpeed"),
        ("10000.00", "LowSpeed"),
    ] {
        let payment = payment_of(Method::Bitcoin, amount, PayCurrency::Usd);
        let body = serde_json::to_value(wire::create(&payment, coin(payment.method).unwrap(), &customer())).unwrap();
        assert_eq!(body["checkout"]["speedPolicy"], policy, "{amount}");
    }
}

#[test]
fn a_server_without_address_or_store_is_not_set_up() {
    let set = |url: &str, store: &str| {
        settings(&Environment::of([("BTCPAY_BASE_URL", url), ("BTCPAY_STORE", store)])).map_err(|e| e.to_string())
    };
    let both = ("https://pay.example".to_owned(), "CvNZaF8m".to_owned());
    assert_eq!(set("https://pay.example", "CvNZaF8m"), Ok(both));
    assert!(set("", "CvNZaF8m").unwrap_err().contains("BTCPAY_BASE_URL"));
    assert!(set("https://pay.example", "").unwrap_err().contains("BTCPAY_STORE"));
}
