//! The account, countries and prices.

use super::*;
use domain::Rating;

#[test]
fn the_profile_gives_money_and_standing() {
    let body = r#"{"id": 1, "email": "a@b.co", "vendor": "demo", "default_forwarding_number": "78009005040", "balance": 100.1234567,
        "rating": 95.85, "default_country": {"name": "russia", "iso": "ru", "prefix": "+7"}, "default_operator": {"name": ""},
        "frozen_balance": 0, "did_order": true, "last_order": "ghana:whatsapp:mtn:1:21.5", "total_active_orders": 3}"#;
    let profile = parse_profile(&ok(body)).unwrap();
    assert_eq!(profile.balance, SupplierMoney::from_micros(100_123_457));
    assert_eq!(profile.frozen, SupplierMoney::default());
    assert_eq!(profile.rating, Some(Rating::from_hundredths(9_585)));
    assert_eq!(profile.active_orders, Some(3));
    let least = parse_profile(&ok(r#"{"balance": 0}"#)).unwrap();
    assert_eq!((least.rating, least.active_orders), (None, None));
    assert_eq!(parse_profile(&ok(r#"{"balance": "x"}"#)), Err(unavailable(Fault::Unreadable)));
}

#[test]
fn countries_have_prefixes_and_operators_beside_each_other() {
    let body = r#"{"ghana": {"iso": {"gh": 1}, "prefix": {"+233": 1}, "text_en": "Ghana", "text_ru": "Гана",
            "mtn": {"activation": 1}, "virtual21": {"activation": 1}, "Bad Name": {"activation": 1}, "note": "x"},
        "atlantis": {"iso": {"xx": 1}, "prefix": {"+999": 1}, "text_en": "Atlantis"},
        "england": {"prefix": {"+44": 1}}, "usa": null}"#;
    let countries = parse_countries(&ok(body)).unwrap();
    assert_eq!(countries.len(), 2);
    assert_eq!((countries[0].country.as_str(), countries[0].name.as_str()), ("GB", "england"));
    assert_eq!((countries[1].country.as_str(), countries[1].name.as_str()), ("GH", "Ghana"));
    assert_eq!(countries[1].prefixes, ["+233"]);
    assert_eq!(
        countries[1].operators.iter().map(domain::OperatorName::as_str).collect::<Vec<_>>(),
        ["mtn", "virtual21"]
    );
    assert_eq!(parse_countries(&ok("null")), Ok(vec![]));
}

#[test]
fn prices_are_read_in_either_nesting() {
    let (gh, whatsapp) = ("GH".parse().unwrap(), "whatsapp".parse().unwrap());
    let by_country = r#"{"ghana": {"whatsapp": {"mtn": {"cost": 21.5, "count": 812, "rate": 93.75},
        "virtual21": {"cost": 1.0000001, "count": 0}}}}"#;
    let by_product = r#"{"whatsapp": {"ghana": {"mtn": {"cost": 21.5, "count": 812, "rate": 93.75},
        "virtual21": {"cost": 1.0000001, "count": 0}}}}"#;
    let seen = |body, country, service| {
        let offers = parse_prices(&ok(body), country, service).unwrap();
        offers
            .iter()
            .map(|o| {
                assert_eq!((o.country.as_str(), o.service.as_str()), ("GH", "whatsapp"));
                (o.operator.as_str().to_owned(), o.cost.micros(), o.stock, o.is_dead)
            })
            .collect::<Vec<_>>()
    };
    let expected = vec![("mtn".to_owned(), 21_500_000, 812, false), ("virtual21".to_owned(), 1_000_001, 0, false)];
    assert_eq!(seen(by_country, None, None), expected);
    assert_eq!(seen(by_country, Some(&gh), None), expected);
    assert_eq!(seen(by_product, None, Some(&whatsapp)), expected);
    // With both arguments, or if the nesting does not flip after all, the requested keys decide.
    assert_eq!(seen(by_country, Some(&gh), Some(&whatsapp)), expected);
    assert_eq!(seen(by_product, Some(&gh), Some(&whatsapp)), expected);
    assert_eq!(seen(by_country, None, Some(&whatsapp)), expected);
    assert_eq!(seen(by_product, Some(&gh), None), expected);
}

#[test]
fn an_offer_is_dead_if_all_its_rates_are_zero() {
    for (rates, is_dead) in [
        ("", false),
        (r#","rate": 0"#, true),
        (r#","rate": 0.0, "rate24": 0, "rate168": 0"#, true),
        (r#","rate24": 0, "rate72": 0.04, "rate168": 0"#, false),
        (r#","rate": 12.5, "rate24": 0"#, false),
        (r#","rate": null, "rate24": "0""#, true),
        (r#","rate": {}"#, false),
    ] {
        let body = format!(r#"{{"ghana": {{"whatsapp": {{"mtn": {{"cost": 1, "count": 812{rates}}}}}}}}}"#);
        let offers = parse_prices(&ok(&body), None, None).unwrap();
        assert_eq!(offers[0].is_dead, is_dead, "{rates}");
    }
}

#[test]
fn prices_omit_unsellable_offers() {
    let body = r#"{"ghana": {"whatsapp": {"mtn": {"cost": 1, "count": 1}, "Bad Operator": {"cost": 1, "count": 1},
            "nocost": {"count": 1}, "text": "x", "list": [1]}, "1day": {"mtn": {"cost": 1, "count": 1}}, "viber": null, "telegram": {}},
        "atlantis": {"whatsapp": {"mtn": {"cost": 1, "count": 1}}}, "kenya": null}"#;
    let offers = parse_prices(&ok(body), None, None).unwrap();
    assert_eq!(offers.len(), 1);
    // Another nesting does not let in what was not requested.
    let nigeria = "NG".parse().unwrap();
    assert_eq!(parse_prices(&ok(body), Some(&nigeria), None), Ok(vec![]));
}

#[test]
fn nothing_sold_is_an_empty_list_and_nonsense_is_not() {
    for body in ["null", "{}", " null \n"] {
        assert_eq!(parse_prices(&ok(body), None, None), Ok(vec![]), "{body}");
    }
    assert_eq!(parse_prices(&answer(400, "text/plain", "bad country"), None, None), Ok(vec![]));
    for body in ["[]", "{\"ghana\": 7}", "{\"ghana\": {\"whatsapp\": {\"mtn\": {", "{} {}", "{} x"] {
        assert_eq!(parse_prices(&ok(body), None, None), Err(unavailable(Fault::Unreadable)), "{body}");
    }
}
