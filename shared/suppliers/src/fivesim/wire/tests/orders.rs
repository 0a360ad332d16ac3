//! Orders, and pages of them.

use super::*;

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
        ("created_at", json!("0001-01-01T00:00:00Z")),
        ("created_at", json!("yesterday")),
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
