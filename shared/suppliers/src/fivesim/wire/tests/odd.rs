//! One odd message, field or row costs only itself.

use super::*;
use serde_json::{Value, json};

/// An order with this `sms`, as bytes.
fn with_sms(sms: &[u8]) -> Vec<u8> {
    let body = bought_with(&[("sms", json!("SMS"))]);
    let (before, after) = body.split_once("\"SMS\"").unwrap();
    [before.as_bytes(), sms, after.as_bytes()].concat()
}

/// The texts and codes of a checked order, and the number of its unreadable messages.
fn read(sms: &[u8]) -> (Vec<(String, Option<String>)>, usize) {
    let body = with_sms(sms);
    let order = parse_check(&ok_bytes(&body)).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&body)));
    let message = |message: crate::order::SupplierMessage| {
        (message.text.as_str().to_owned(), message.code.map(|code| code.as_str().to_owned()))
    };
    (order.messages.into_iter().map(message).collect(), order.unreadable_messages)
}

fn text(text: &str) -> (String, Option<String>) {
    (text.to_owned(), None)
}

#[test]
fn broken_bytes_of_a_text_are_replaced() {
    for (sms, expected) in [
        (&br#"[{"text": "code 123456 \ud83d"}]"#[..], "code 123456 \u{fffd}"),
        (br#"[{"text": "\ude00 code 123456"}]"#, "\u{fffd} code 123456"),
        (br#"[{"text": "code \ud83d\udd11 123456"}]"#, "code 🔑 123456"),
        (b"[{\"text\": \"code 123456 \xff\xfe\"}]", "code 123456 \u{fffd}\u{fffd}"),
        (b"[{\"text\": \"code\n123456\t\x01\"}]", "code\n123456\t\u{1}"),
        (br#"[{"text": "code 123456 \x"}]"#, "code 123456 \\x"),
    ] {
        assert_eq!(read(sms), (vec![text(expected)], 0));
    }
    let (messages, unreadable) = read(br#"[{"text": "a", "sender": "\ud83d", "code": "12\ud83d"}, {"text": "b"}]"#);
    assert_eq!((messages.len(), unreadable), (2, 0));
}

#[test]
fn an_entry_that_is_no_message_costs_only_itself() {
    let good = || text("Your code is 483920");
    for (sms, messages, unreadable) in [
        (r#"["Your code is 551022", {"text": "Your code is 483920"}]"#, vec![good()], 1),
        (r#"[null, 7, true, [], {}, {"text": "Your code is 483920"}]"#, vec![good()], 5),
        (r#"[{"text": ["x"]}, {"text": {"a": 1}}, {"text": true}]"#, vec![], 3),
        (r#"[{"x": 1}]"#, vec![], 1),
        (r#"[{"text": "a", "text": "Your code is 483920"}]"#, vec![good()], 0),
        // Not a list.
        (r#"{"text": "Your code is 483920", "date": 1795711546}"#, vec![good()], 0),
        (r#"{"0": {"text": "Your code is 483920"}, "1": "x"}"#, vec![good()], 1),
        (r#""Your code is 483920""#, vec![], 1),
        ("7", vec![], 1),
        ("true", vec![], 1),
        // Nothing.
        ("[]", vec![], 0),
        ("{}", vec![], 0),
        ("null", vec![], 0),
        ("\"\"", vec![], 0),
        ("false", vec![], 0),
    ] {
        assert_eq!(read(sms.as_bytes()), (messages, unreadable), "{sms}");
    }
}

#[test]
fn a_field_of_an_odd_type_is_left_out_of_a_message() {
    let whole = json!({"id": 7, "created_at": "2026-11-21T10:02:01Z", "date": "2026-11-21T10:02:00Z", "sender": "Viber",
        "text": "Your code is 483920", "code": "483920"});
    for field in ["id", "created_at", "date", "sender", "text", "code"] {
        for odd in [json!(null), json!(true), json!([]), json!({}), json!(["x"]), json!({"a": 1})] {
            let mut message = whole.clone();
            message[field] = odd.clone();
            let (messages, unreadable) = read(json!([message]).to_string().as_bytes());
            let expected = (
                if field == "text" { "" } else { "Your code is 483920" }.to_owned(),
                (field != "code").then(|| "483920".to_owned()),
            );
            assert_eq!((messages, unreadable), (vec![expected], 0), "{field} {odd}");
        }
    }
}

#[test]
fn a_time_of_an_odd_type_gives_way_to_the_next_one() {
    let time = |message: Value| {
        let body = bought_with(&[("sms", json!([message]))]);
        parse_check(&ok(&body)).unwrap().messages[0].at
    };
    let date = "2026-11-21T10:02:00Z";
    assert_eq!(
        time(json!({"text": "a", "date": 1_795_711_546, "created_at": "2026-11-21T10:03:00Z"})),
        at("2026-11-21T10:03:00Z")
    );
    assert_eq!(time(json!({"text": "a", "date": date, "created_at": 1_795_711_546})), at(date));
    assert_eq!(time(json!({"text": "a", "date": 1_795_711_546, "created_at": {}})), bought().created_at);
    assert_eq!(time(json!({"text": "a", "date": "yesterday"})), bought().created_at);
}

#[test]
fn a_field_of_an_odd_type_is_left_out_of_an_order() {
    let odd = [json!(null), json!(true), json!(7), json!([]), json!({}), json!([1]), json!({"a": 1}), json!("")];
    for value in odd {
        for field in ["operator", "product", "country", "expires", "status", "forwarding", "forwarding_number"] {
            let body = bought_with(&[(field, value.clone())]);
            let order = parse_check(&ok(&body)).unwrap_or_else(|error| panic!("{error}: {body}"));
            assert_eq!((&order.id, &order.phone, order.cost), (&bought().id, &bought().phone, bought().cost));
            assert_eq!(parse_buy(&ok(&body)), Ok(order), "{body}");
        }
    }
    let mut bare: Value = serde_json::from_str(BOUGHT).unwrap();
    bare.as_object_mut().unwrap().retain(|name, _| ["id", "phone", "price", "created_at"].contains(&name.as_str()));
    let order = parse_buy(&ok(&bare.to_string())).unwrap();
    assert!(order.status.is_open() && order.messages.is_empty());
    assert_eq!(order.expires_at, bought().expires_at, "its usual lifetime");
}

#[test]
fn what_an_order_needs_is_read_in_either_type() {
    for (field, value) in [("id", json!("11631253")), ("phone", json!(233_201_234_567_u64)), ("price", json!("21.5"))] {
        assert_eq!(parse_buy(&ok(&bought_with(&[(field, value)]))), Ok(bought()), "{field}");
    }
    let twice = BOUGHT.replacen('{', r#"{"id": 5, "status": "FINISHED", "#, 1);
    assert_eq!(parse_buy(&ok(&twice)), Ok(bought()));
    let marked = format!("\u{feff}{BOUGHT}");
    assert_eq!(parse_buy(&ok(&marked)), Ok(bought()));
}

#[test]
fn a_row_of_a_list_costs_only_itself() {
    let since = at("2026-11-21T09:00:00Z");
    let rows = [
        BOUGHT.as_bytes().to_vec(),
        with_sms(b"[{\"text\": \"123456 \xff\"}]"),
        with_sms(br#"[{"text": "123456 \ud83d"}, "x"]"#),
        with_sms(b"7"),
        b"\"x\"".to_vec(),
        b"[1]".to_vec(),
        br#"{"id": {}, "status": 7, "created_at": 7}"#.to_vec(),
        // Older than what is looked for, or refunded.
        br#"{"status": [], "created_at": "2026-11-21T08:00:00Z"}"#.to_vec(),
        br#"{"status": "CANCELED", "created_at": 7}"#.to_vec(),
    ];
    let body = [&b"{\"Data\": ["[..], &rows.join(&b","[..]), b"], \"Total\": \"9\"}"].concat();
    let page = parse_orders_page(&ok_bytes(&body), since).unwrap();
    assert_eq!((page.orders.len(), page.entries, page.unreadable, page.total), (4, 9, 3, Some(9)));
    assert_eq!(page.orders[1].messages[0].text.as_str(), "123456 \u{fffd}");
    assert_eq!(page.orders.iter().map(|order| order.unreadable_messages).collect::<Vec<_>>(), [0, 0, 1, 1]);
    for total in ["null", "[]", "-1", "1.5", "\"x\"", "{}"] {
        let page = parse_orders_page(&ok(&format!(r#"{{"Data": [{BOUGHT}], "Total": {total}}}"#)), since).unwrap();
        assert_eq!((page.orders.len(), page.total), (1, None), "{total}");
    }
}

#[test]
fn an_answer_without_a_list_does_not_prove_that_nothing_was_sold() {
    for body in ["{}", r#"{"message": "maintenance"}"#, r#"{"Data": {}}"#, r#"{"Data": "x"}"#, r#"{"Data": 0}"#, "null"]
    {
        let page = parse_orders_page(&ok(body), Timestamp::default());
        assert_eq!(page, Err(unavailable(Fault::Unreadable)), "{body}");
    }
}

#[test]
fn odd_values_of_the_market_cost_only_themselves() {
    let body = r#"{"ghana": {"whatsapp": {"mtn": {"cost": 1, "count": 1, "rate": {}}}, "viber": 7, "x": "y"}, "kenya": [1], "total": 5,
        "nigeria": true, "russia": {"whatsapp": [{"cost": 1}]}}"#;
    assert_eq!(parse_prices(&ok(body), None, None).unwrap().len(), 1);
    let body = r#"{"balance": "100.5", "frozen_balance": {}, "rating": "x", "total_active_orders": []}"#;
    let profile = parse_profile(&ok(body)).unwrap();
    assert_eq!((profile.balance.micros(), profile.frozen.micros()), (100_500_000, 0));
    assert_eq!((profile.rating, profile.active_orders), (None, None));
    let body = r#"{"ghana": {"prefix": "+233", "text_en": 7, "mtn": {}, "glo": []}, "kenya": 7}"#;
    let countries = parse_countries(&ok(body)).unwrap();
    assert_eq!((countries.len(), countries[0].name.as_str(), countries[0].operators.len()), (1, "ghana", 1));
}
