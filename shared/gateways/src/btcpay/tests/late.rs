//! Coins that came after the invoice's time.

use super::*;
use Reported::Closed;

/// An expired invoice, to which bitcoins were paid when its time was over.
fn expired() -> [Found; 1] {
    [found(&invoice("Expired"), &[bitcoin(&[coins("a:0", "0.00083334", "Settled", VALID_FOR + 1)])])]
}

#[test]
fn late_coins_are_worth_the_lower_rate() {
    assert_eq!(late_pairs(&payment(), &expired()).into_iter().collect::<Vec<_>>(), ["BTC_USD"]);
    for (now, worth) in
        [("30000", "25.00 USD"), ("59999.99", "50.00 USD"), ("90000", "50.00 USD"), ("0.01", "0.00 USD")]
    {
        let report = report(&payment(), &expired(), &rates(&[("BTC_USD", now)])).unwrap();
        assert_eq!(summary(&report), expected(&[("BTC-CHAIN:a:0", worth)], Closed), "{now}");
    }
}

#[test]
fn late_coins_are_not_counted_without_a_rate() {
    for rates in [Rates::new(), rates(&[("BTC_GHS", "60000"), ("ETH_USD", "3000")])] {
        assert_eq!(report(&payment(), &expired(), &rates), Err(unreadable()));
    }
}

#[test]
fn coins_are_late_after_the_last_second() {
    for (seconds, is_late) in [(VALID_FOR - 1, false), (VALID_FOR, false), (VALID_FOR + 1, true)] {
        let found = [found(&invoice("Expired"), &[bitcoin(&[coins("a:0", "0.1", "Settled", seconds)])])];
        assert_eq!(!late_pairs(&payment(), &found).is_empty(), is_late, "{seconds}");
    }
}

#[test]
fn no_rate_is_needed_for_coins_that_have_not_settled_or_were_noted() {
    for status in ["Processing", "Invalid"] {
        let found = [found(&invoice("Expired"), &[bitcoin(&[coins("a:0", "0.1", status, VALID_FOR + 9)])])];
        assert!(late_pairs(&payment(), &found).is_empty(), "{status}");
        assert!(report(&payment(), &found, &Rates::new()).unwrap().receipts.is_empty(), "{status}");
    }
    // Noted at the rate of then, which the rate of now does not change.
    let then = report(&payment(), &expired(), &rates(&[("BTC_USD", "30000")])).unwrap();
    let look = Look::at(then.clone(), after(VALID_FOR + 60));
    let noted = payment().settled(&look, after(VALID_FOR + 60)).unwrap().step.subject;
    assert!(late_pairs(&noted, &expired()).is_empty());
    assert_eq!(report(&noted, &expired(), &Rates::new()), Ok(then));
}

#[test]
fn the_rate_of_now_is_that_of_the_coin_which_came() {
    let method = |id: &str, currency: Value, payments: &[Value]| {
        with(bitcoin(payments), &[("paymentMethodId", json!(id)), ("currency", currency), ("rate", json!("2"))])
    };
    let late = |id| [coins(id, "10", "Settled", VALID_FOR + 60)];
    let cedis = invoice_with(&[("currency", json!("GHS")), ("status", json!("Expired"))]);
    let found = [found(
        &cedis,
        &[
            method("USDT-TRON", json!("USDt"), &late("a")),
            method("SOL-CHAIN", Value::Null, &late("b")),
            method("ETH-CHAIN", json!("ETH"), &[coins("c", "10", "Settled", 60)]),
        ],
    )];
    let payment = payment_of(Method::UsdtTron, "50.00", PayCurrency::Ghs);
    let pairs: Vec<_> = late_pairs(&payment, &found).into_iter().collect();
    assert_eq!(pairs, ["SOL_GHS", "USDt_GHS"]);
    let report = report(&payment, &found, &rates(&[("SOL_GHS", "1.5"), ("USDt_GHS", "1")])).unwrap();
    let receipts: &[_] = &[("USDT-TRON:a", "10.00 GHS"), ("SOL-CHAIN:b", "15.00 GHS"), ("ETH-CHAIN:c", "20.00 GHS")];
    assert_eq!(summary(&report), expected(receipts, Closed));
}

#[test]
fn a_rate_is_a_price_of_the_pair() {
    let rate = |body: &str| wire::rate("USDt_USD", &answer(200, body));
    let of = |text: &str| Ok(text.parse().unwrap());
    assert_eq!(rate(r#"[{"currencyPair": "USDT_USD", "errors": [], "rate": "1.0003"}]"#), of("1.0003"));
    assert_eq!(rate(r#"[{"currencyPair": "BTC_USD", "rate": "6"}, {"currencyPair": "USDt_USD", "rate": 1}]"#), of("1"));
    for body in [
        "[]",
        "{}",
        r#"[{"currencyPair": "BTC_USD", "errors": [], "rate": "60000"}]"#,
        r#"[{"currencyPair": "USDT_USD", "errors": ["RateProviderError"], "rate": null}]"#,
        r#"[{"currencyPair": "USDT_USD", "errors": ["RateProviderError"]}]"#,
        r#"[{"currencyPair": "USDT_USD", "errors": [], "rate": "0"}]"#,
        r#"[{"currencyPair": "USDT_USD", "errors": [], "rate": "-1"}]"#,
        r#"[{"currencyPair": "USDT_USD", "errors": [], "rate": "about one"}]"#,
        PAGE_502,
    ] {
        assert_eq!(rate(body), Err(unreadable()), "{body}");
    }
}

#[test]
fn a_rate_that_is_refused_may_be_there_later() {
    let missing = r#"{"code": "missing-permission", "message": "Insufficient API Permissions"}"#;
    let said = Fault::Said(Excerpt::of("Insufficient API Permissions"));
    assert_eq!(wire::rate("BTC_USD", &answer(403, missing)), Err(GatewayError::Unavailable { fault: said }));
    assert_eq!(wire::rate("BTC_USD", &answer(401, "")), Err(GatewayError::Unauthorized));
    let page = wire::rate("BTC_USD", &answer(502, PAGE_502));
    assert_eq!(page, Err(GatewayError::Unavailable { fault: Fault::Status(502) }));
}
