//! Messages of an order.

use super::*;

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
