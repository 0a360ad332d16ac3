//! Refusals and answers without a meaning, in any wrapping.

use super::*;

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

/// The text in every other dress that is known.
fn dresses(text: &str) -> Vec<String> {
    let json = |value: serde_json::Value| value.to_string();
    let (upper, title) = (text.to_uppercase(), format!("{}{}", text[..1].to_uppercase(), &text[1..]));
    vec![
        format!("{text}\n"),
        format!("  {text}. \r\n"),
        format!("\u{feff}{text}"),
        format!("\"{text}\""),
        format!("\u{feff}\"{text}.\"\n"),
        format!("{text}!"),
        text.replace(' ', "  "),
        text.replace(' ', "\u{a0}"),
        format!("Error: {text}"),
        json(serde_json::json!({ "status": text })),
        json(serde_json::json!({ "error": text })),
        json(serde_json::json!({ "message": upper })),
        json(serde_json::json!({ "msg": title, "code": 400 })),
        json(serde_json::json!({ "status": "error", "message": format!("{text}.") })),
        json(serde_json::json!({ "success": false, "error": { "code": 20, "text": text } })),
        json(serde_json::json!({ "errors": [text] })),
        json(serde_json::json!({ "error": text.replace(' ', "_") })),
        json(serde_json::json!({ "id": null, "phone": "", "sms": null, "status": text })),
        json(serde_json::json!({ "id": 0, "phone": null, "error": text })),
        json(serde_json::json!([text])),
        format!("\u{feff} {}\n", serde_json::json!({ "status": text })),
        upper,
        title,
    ]
}

#[test]
fn a_refusal_is_known_in_any_dress() {
    for (text, error) in [
        ("no free phones", SupplierError::NoNumbers),
        ("not enough product qty", SupplierError::NoNumbers),
        ("not enough user balance", SupplierError::OutOfFunds),
        ("not enough rating", SupplierError::LowRating),
        ("bad country", rejected(RejectedReason::Country, "bad country")),
        ("no product", rejected(RejectedReason::Service, "no product")),
        ("server offline", rejected(RejectedReason::Offline, "server offline")),
        ("token expired", SupplierError::Unauthorized),
        ("api limit is 100 requests per second", THROTTLED),
    ] {
        for dress in dresses(text) {
            for content_type in ["text/plain; charset=utf-8", "text/html; charset=utf-8", "application/json", ""] {
                for status in [200, 400, 404, 500] {
                    let heard = parse_buy(&answer(status, content_type, &dress)).unwrap_err();
                    assert_eq!(heard.kind(), error.kind(), "{status} {content_type} {dress}");
                    assert!(heard.is_definite_refusal(), "{dress}");
                }
            }
        }
    }
    for (text, error) in [
        ("order not found", SupplierError::OrderNotFound),
        ("hosting order not found", SupplierError::OrderNotFound),
        ("record not found", SupplierError::OrderNotFound),
        ("order expired", SupplierError::AlreadyClosed),
        ("order has sms", SupplierError::HasSms),
        ("order no sms", SupplierError::NoSms),
        ("you need to wait time", SupplierError::TooEarly),
    ] {
        for dress in dresses(text) {
            assert_eq!(parse_check(&answer(200, "text/html", &dress)), Err(error.clone()), "{dress}");
            assert_eq!(parse_action(&answer(400, "application/json", &dress)), Err(error.clone()), "{dress}");
            let bought = parse_buy(&answer(200, "application/json", &dress)).unwrap_err();
            assert_eq!(bought.kind(), "outcome_unknown", "{dress}");
        }
    }
    for dress in dresses("no product") {
        assert_eq!(parse_prices(&ok(&dress), None, None), Ok(vec![]), "{dress}");
    }
    for dress in dresses("unauthorized") {
        assert_eq!(parse_profile(&ok(&dress)), Err(SupplierError::Unauthorized), "{dress}");
        assert_eq!(parse_orders_page(&ok(&dress), Timestamp::default()), Err(SupplierError::Unauthorized), "{dress}");
    }
}

#[test]
fn an_answer_with_an_order_in_it_is_never_a_refusal() {
    let in_status = bought_with(&[("status", "no free phones".into())]);
    let beside = bought_with(&[("error", "no free phones".into()), ("message", "not enough rating".into())]);
    for body in [&in_status, &beside] {
        assert_eq!(parse_buy(&ok(body)).unwrap().id, bought().id, "{body}");
    }
    let texts = bought_with(&[("sms", serde_json::json!([{ "text": "order not found", "sender": "no free phones" }]))]);
    assert_eq!(parse_check(&ok(&texts)).unwrap().messages[0].text.as_str(), "order not found");
    for body in [
        in_status.clone(),
        format!(r#"{{"error": "no free phones", "order": {BOUGHT}}}"#),
        format!(r#"{{"Data": [{BOUGHT}], "message": "no free phones"}}"#),
        r#"{"id": 11631253, "error": "no free phones"}"#.to_owned(),
        r#"{"id": "11631253", "error": "no free phones"}"#.to_owned(),
        r#"{"phone": "+233201234567", "error": "no free phones"}"#.to_owned(),
        r#"{"a": {"b": {"c": {"d": {"id": 7}}}}, "error": "no free phones"}"#.to_owned(),
        format!(r#"{{"error": "no free phones", "id": 11631253, "x": "{}"}}"#, "x".repeat(5_000)),
        BOUGHT[..60].to_owned(),
    ] {
        for status in [400, 401, 404, 422, 429, 500] {
            let heard = parse_buy(&answer(status, "application/json", &body));
            assert_eq!(heard, Err(unknown(Fault::Status(status))), "{body}");
            assert_eq!(parse_check(&answer(status, "", &body)), Err(unavailable(Fault::Status(status))), "{body}");
        }
        if body != in_status {
            assert_eq!(parse_buy(&ok(&body)), Err(unknown(Fault::Unreadable)), "{body}");
        }
    }
}

#[test]
fn a_page_stays_unknown_whatever_it_says() {
    for body in [
        "<html>no free phones</html>",
        "\u{feff}<!doctype html>no free phones",
        " \n<p>no free phones",
        "\"<p>no free phones</p>\"",
    ] {
        for content_type in ["text/html", "text/plain", "application/json"] {
            assert_eq!(parse_buy(&answer(200, content_type, body)), Err(unknown(Fault::Unreadable)), "{body}");
        }
    }
    // A text that calls itself a page is compared, but not kept.
    let unheard = answer(200, "text/html", "code 123456 for you");
    assert_eq!(parse_buy(&unheard), Err(unknown(Fault::Unreadable)));
    // A part of a longer text may mean anything.
    for text in
        ["there are no free phones in stock now", "no free phones: see the offers of today", "sms: no free phones"]
    {
        let heard = parse_buy(&answer(200, "text/plain", text));
        assert_eq!(heard, Err(unknown(Fault::Said(Excerpt::of(text)))));
    }
}
