//! Answers of 5SIM and of the network in front of it, and how they are parsed.

use super::*;
use crate::order::{SupplierOrder, SupplierOrderStatus};
use domain::{Code, Rating, SupplierMoney, Timestamp};

fn answer<'a>(status: u16, content_type: &'a str, body: &'a str) -> Answer<'a> {
    Answer { status, content_type, retry_after: None, body: body.as_bytes() }
}

fn ok(body: &str) -> Answer<'_> {
    answer(200, "application/json", body)
}

fn rejected(reason: RejectedReason, said: &str) -> SupplierError {
    SupplierError::Rejected { reason, said: Excerpt::of(said) }
}

fn unknown(fault: Fault) -> SupplierError {
    SupplierError::OutcomeUnknown { fault }
}

fn unavailable(fault: Fault) -> SupplierError {
    SupplierError::Unavailable { fault }
}

const THROTTLED: SupplierError = SupplierError::Throttled { after: THROTTLED_FOR };

const BOUGHT: &str = r#"{"id": 11631253, "phone": "+233201234567", "operator": "mtn", "product": "whatsapp", "price": 21.5,
    "status": "PENDING", "expires": "2026-11-21T10:15:00.123456789Z", "sms": null,
    "created_at": "2026-11-21T10:00:00.123456789Z", "forwarding": false, "forwarding_number": "", "country": "ghana"}"#;

fn bought_with(changes: &[(&str, serde_json::Value)]) -> String {
    let mut order: serde_json::Value = serde_json::from_str(BOUGHT).unwrap();
    for (field, value) in changes {
        order[*field] = value.clone();
    }
    order.to_string()
}

fn bought() -> SupplierOrder {
    parse_buy(&ok(BOUGHT)).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

const PAGE_502: &str = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";

#[test]
fn a_bought_number_is_read_whole() {
    let order = bought();
    assert_eq!(order.id.as_str(), "11631253");
    assert_eq!(order.phone.as_str(), "+233201234567");
    assert_eq!(order.operator.unwrap().as_str(), "mtn");
    assert_eq!(order.service.unwrap().as_str(), "whatsapp");
    assert_eq!(order.country.unwrap().as_str(), "GH");
    assert_eq!(order.cost, SupplierMoney::from_micros(21_500_000));
    assert_eq!(order.status, SupplierOrderStatus::Pending);
    assert_eq!(order.created_at, at("2026-11-21T10:00:00.123Z"));
    assert_eq!(order.expires_at, at("2026-11-21T10:15:00.123Z"));
    assert!(order.messages.is_empty());
}

#[test]
fn the_error_texts_of_purchases_are_known_with_any_status() {
    use RejectedReason::{Country, Offline, Operator, OrderKind, Service};
    for (text, error) in [
        ("no free phones", SupplierError::NoNumbers),
        ("not enough product qty", SupplierError::NoNumbers),
        ("not enough user balance", SupplierError::OutOfFunds),
        ("not enough rating", SupplierError::LowRating),
        ("select country", rejected(Country, "select country")),
        ("bad country", rejected(Country, "bad country")),
        ("country is incorrect", rejected(Country, "country is incorrect")),
        ("select operator", rejected(Operator, "select operator")),
        ("bad operator", rejected(Operator, "bad operator")),
        ("select product", rejected(Service, "select product")),
        ("product is empty", rejected(Service, "product is empty")),
        ("bad product", rejected(Service, "bad product")),
        ("no product", rejected(Service, "no product")),
        ("product is incorrect", rejected(Service, "product is incorrect")),
        ("server offline", rejected(Offline, "server offline")),
        ("hosting order", rejected(OrderKind, "hosting order")),
        ("internal error", unknown(Fault::Said(Excerpt::of("internal error")))),
        ("Unauthorized", SupplierError::Unauthorized),
        ("token expired", SupplierError::Unauthorized),
        ("token invalid", SupplierError::Unauthorized),
        ("api limit is 100 requests per second", THROTTLED),
        ("ip address limit is 100 requests per second", THROTTLED),
    ] {
        for status in [200, 400, 404, 500, 503] {
            assert_eq!(
                parse_buy(&answer(status, "text/plain; charset=utf-8", text)),
                Err(error.clone()),
                "{status} {text}"
            );
        }
        // Content type, quotes, case, full stops and spaces do not matter.
        let loud = format!("\"{}.\"\n", text.to_uppercase());
        let heard = parse_buy(&ok(&loud)).unwrap_err();
        assert_eq!(heard.kind(), error.kind(), "{loud}");
    }
}

#[test]
fn the_error_texts_of_orders_are_known() {
    for (text, error) in [
        ("order not found", SupplierError::OrderNotFound),
        ("hosting order not found", SupplierError::OrderNotFound),
        ("record not found", SupplierError::OrderNotFound),
        ("order expired", SupplierError::AlreadyClosed),
        ("order has sms", SupplierError::HasSms),
        ("order no sms", SupplierError::NoSms),
        ("you need to wait time", SupplierError::TooEarly),
    ] {
        for status in [200, 400, 404] {
            let answer = answer(status, "text/plain", text);
            assert_eq!(parse_action(&answer), Err(error.clone()), "{status} {text}");
            assert_eq!(parse_check(&answer), Err(error.clone()), "{status} {text}");
            // As an answer to a purchase the text is meaningless.
            let said = Excerpt::of(text);
            let of_a_buy =
                if status == 200 { unknown(Fault::Said(said)) } else { rejected(RejectedReason::Other, text) };
            assert_eq!(parse_buy(&answer), Err(of_a_buy), "{status} {text}");
        }
    }
}

#[test]
fn a_meaningless_answer_leaves_a_purchase_unknown_and_a_read_retryable() {
    for (status, content_type, body, fault) in [
        (502, "text/html", PAGE_502, Fault::Status(502)),
        (504, "text/html; charset=UTF-8", "<html>504 Gateway Timeout</html>", Fault::Status(504)),
        (500, "text/plain", "", Fault::Status(500)),
        (503, "", "", Fault::Status(503)),
        (520, "text/html", PAGE_502, Fault::Status(520)),
        (503, "text/plain", "something new", Fault::Status(503)),
        (408, "text/plain", "", Fault::Status(408)),
        (301, "text/html", "", Fault::Status(301)),
        (200, "text/html", "<!doctype html><p>no free phones", Fault::Unreadable),
        (200, "application/json", "", Fault::Unreadable),
        (200, "application/json", "{}", Fault::Unreadable),
        (200, "application/json", "[]", Fault::Unreadable),
        (200, "application/json", "null", Fault::Unreadable),
        (200, "application/json", "nonsense", Fault::Said(Excerpt::of("nonsense"))),
        (200, "application/json", r#"{"id": 11631253, "phone": "+2332"#, Fault::Unreadable),
        (200, "text/plain", "order 11631253 +233201234567", Fault::Said(Excerpt::of("order # +#"))),
    ] {
        let answer = answer(status, content_type, body);
        assert_eq!(parse_buy(&answer), Err(unknown(fault.clone())), "{status} {body}");
        assert_eq!(parse_action(&answer), Err(unknown(fault.clone())), "{status} {body}");
        assert_eq!(parse_check(&answer), Err(unavailable(fault)), "{status} {body}");
    }
    let binary = Answer { body: &[0xff, 0xfe, 0x00], ..ok("") };
    assert_eq!(parse_buy(&binary), Err(unknown(Fault::Unreadable)));
}

#[test]
fn an_order_without_required_fields_is_unreadable() {
    use serde_json::json;
    for (field, value) in [
        ("id", json!(null)),
        ("id", json!(0)),
        ("id", json!(-5)),
        ("id", json!("x/../y")),
        ("phone", json!(null)),
        ("phone", json!("")),
        ("phone", json!("call me")),
        ("price", json!(null)),
        ("price", json!("free")),
        ("price", json!(1e30)),
        ("status", json!(null)),
        ("created_at", json!("0001-01-01T00:00:00Z")),
        ("created_at", json!("yesterday")),
        ("sms", json!("none")),
    ] {
        let body = bought_with(&[(field, value)]);
        assert_eq!(parse_buy(&ok(&body)), Err(unknown(Fault::Unreadable)), "{body}");
        assert_eq!(parse_check(&ok(&body)), Err(unavailable(Fault::Unreadable)), "{body}");
    }
}

#[test]
fn optional_fields_of_an_order_may_be_missing() {
    use serde_json::json;
    let body = bought_with(&[
        ("id", json!("11631253")),
        ("phone", json!("233201234567")),
        ("price", json!("21.50")),
        ("operator", json!(null)),
        ("product", json!("Not A Slug")),
        ("country", json!("atlantis")),
        ("expires", json!("0001-01-01T00:00:00Z")),
        ("status", json!("PAUSED")),
        ("brand_new_field", json!({"x": [1, 2]})),
    ]);
    let expected = SupplierOrder {
        operator: None,
        service: None,
        country: None,
        expires_at: at("2026-11-21T10:15:00.123Z"),
        status: SupplierOrderStatus::Unknown(Excerpt::of("PAUSED")),
        ..bought()
    };
    assert_eq!(parse_buy(&ok(&body)), Ok(expected));
}

#[test]
fn every_status_is_known() {
    for (word, status) in [
        ("PENDING", SupplierOrderStatus::Pending),
        ("RECEIVED", SupplierOrderStatus::Received),
        ("CANCELED", SupplierOrderStatus::Canceled),
        ("CANCELLED", SupplierOrderStatus::Canceled),
        ("TIMEOUT", SupplierOrderStatus::Timeout),
        ("FINISHED", SupplierOrderStatus::Finished),
        ("BANNED", SupplierOrderStatus::Banned),
    ] {
        let body = bought_with(&[("status", word.into())]);
        assert_eq!(parse_action(&ok(&body)).unwrap().status, status);
    }
}

#[test]
fn received_does_not_imply_messages() {
    for sms in [serde_json::json!(null), serde_json::json!([])] {
        let body = bought_with(&[("status", "RECEIVED".into()), ("sms", sms)]);
        let order = parse_check(&ok(&body)).unwrap();
        assert_eq!(order.status, SupplierOrderStatus::Received);
        assert!(order.messages.is_empty());
    }
    let body =
        r#"{"id": 1, "phone": "+79000381454", "price": 1, "status": "RECEIVED", "created_at": "2026-11-21T10:00:00Z"}"#;
    assert!(parse_check(&ok(body)).unwrap().messages.is_empty());
}

#[test]
fn messages_are_read_with_whatever_they_have() {
    let sms = serde_json::json!([
        {"id": 3_027_531, "created_at": "2026-11-21T10:02:01.987654321Z", "date": "2026-11-21T10:02:00Z", "sender": "WhatsApp",
         "text": "Your code: 48-39-20 \u{1f511}\nDo not share", "code": "483920"},
        {"created_at": "0001-01-01T00:00:00Z", "date": "2026-11-21T10:03:00+01:00", "sender": 447_700, "text": "hello", "code": ""},
        {"text": null, "code": 7},
    ]);
    let messages = parse_check(&ok(&bought_with(&[("sms", sms)]))).unwrap().messages;
    assert_eq!(messages.len(), 3);
    assert_eq!(messages[0].id.as_deref(), Some("3027531"));
    assert_eq!(messages[0].at, at("2026-11-21T10:02:01.987Z"));
    assert_eq!(messages[0].sender.as_str(), "WhatsApp");
    assert_eq!(messages[0].text.as_str(), "Your code: 48-39-20 \u{1f511}\nDo not share");
    assert_eq!(messages[0].code, Some(Code::new("483920")));
    assert_eq!(messages[1].id, None);
    assert_eq!(messages[1].at, at("2026-11-21T09:03:00Z"));
    assert_eq!(messages[1].sender.as_str(), "447700");
    assert_eq!(messages[1].code, None);
    assert_eq!((messages[2].text.as_str(), &messages[2].code), ("", &Some(Code::new("7"))));
    assert_eq!(messages[2].at, bought().created_at);
}

#[test]
fn keys_and_limits_are_known_by_their_status_too() {
    let unauthorized = answer(401, "text/plain", "");
    assert_eq!(parse_profile(&unauthorized), Err(SupplierError::Unauthorized));
    assert_eq!(parse_buy(&unauthorized), Err(SupplierError::Unauthorized));
    let limited = answer(429, "text/html", PAGE_502);
    assert_eq!(parse_buy(&limited), Err(THROTTLED));
    for (asked, after) in [(0, 0), (7, 7), (60, 60), (86_400, 60)] {
        let limited = Answer { retry_after: Some(Duration::from_secs(asked)), ..limited };
        assert_eq!(parse_check(&limited), Err(SupplierError::Throttled { after: Duration::from_secs(after) }));
    }
}

#[test]
fn other_refusals_are_refusals_and_hold_no_body_text() {
    assert_eq!(
        parse_buy(&answer(400, "text/plain", "new rule 99999")),
        Err(rejected(RejectedReason::Other, "new rule #"))
    );
    for (status, content_type, body) in [
        (403, "text/html", "<html>blocked</html>"),
        (404, "text/html", "<html>not here</html>"),
        (400, "application/json", r#"{"text": "Your code is 123456"}"#),
        (422, "application/json", "[1]"),
        (400, "text/plain", ""),
    ] {
        let error = parse_buy(&answer(status, content_type, body)).unwrap_err();
        assert_eq!(error, rejected(RejectedReason::Other, ""), "{status}");
    }
}

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
                (o.operator.as_str().to_owned(), o.cost.micros(), o.stock, o.rate_hundredths)
            })
            .collect::<Vec<_>>()
    };
    let expected = vec![("mtn".to_owned(), 21_500_000, 812, Some(9_375)), ("virtual21".to_owned(), 1_000_001, 0, None)];
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

#[test]
fn a_page_of_orders_skips_and_counts_unreadable_ones() {
    let since = at("2026-11-21T09:00:00Z");
    let order = |id: u32, phone: &str, status: &str, created_at: &str| {
        bought_with(&[
            ("id", id.into()),
            ("phone", phone.into()),
            ("status", status.into()),
            ("created_at", created_at.into()),
        ])
    };
    let entries = [
        order(9, "+233201234567", "PENDING", "2026-11-21T10:00:00Z"),
        // No number yet: it may be the missing order.
        order(8, "", "PENDING", "2026-11-21T10:00:00Z"),
        // Never had a number, and is refunded.
        order(7, "", "TIMEOUT", "2026-11-21T10:00:00Z"),
        // Too old to be relevant.
        order(6, "", "PENDING", "2026-11-21T08:00:00Z"),
        "null".to_owned(),
        "{}".to_owned(),
        order(5, "+233201234567", "FINISHED", "2026-11-21T07:00:00Z"),
    ];
    let body = format!(r#"{{"Data": [{}], "ProductNames": [], "Statuses": [], "Total": 70}}"#, entries.join(","));
    let page = parse_orders_page(&ok(&body), since).unwrap();
    assert_eq!(page.orders.iter().map(|o| o.id.as_str()).collect::<Vec<_>>(), ["9", "5"]);
    assert_eq!((page.entries, page.unreadable, page.total), (7, 3, Some(70)));
    for empty in [r#"{"Data": null, "Total": 0}"#, r#"{"Data": []}"#] {
        assert_eq!(parse_orders_page(&ok(empty), since).unwrap().entries, 0);
    }
    assert_eq!(parse_orders_page(&answer(502, "text/html", PAGE_502), since), Err(unavailable(Fault::Status(502))));
    assert_eq!(parse_orders_page(&ok("[]"), since), Err(unavailable(Fault::Unreadable)));
}

proptest::proptest! {
    #[test]
    fn no_answer_panics(status in 100u16..600, body in "[ -~]{0,60}|[{\\[]\"?[a-z0-9\":,{}\\[\\] ]{0,60}") {
        let answer = answer(status, "", &body);
        let _ = (parse_buy(&answer), parse_check(&answer), parse_profile(&answer), parse_countries(&answer));
        let _ = parse_prices(&answer, None, None);
        let _ = parse_orders_page(&answer, Timestamp::default());
    }
}
