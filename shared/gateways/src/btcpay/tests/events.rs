//! Events, and how they are recognised.

use super::*;
use crate::{NotRead, Notice, btcpay::webhook::WEBHOOK};
use http::{HeaderMap, HeaderValue};

const SECRET: &str = "whs-5f1d";
const REFERENCE: &str = "nms-01JD7Q3XKZ9V0C4T8W2M6N5B1A-01JD7Q3XKZ9V0C4T8W2M6N5B1B";
const EVENT: &str = concat!(
    r#"{"deliveryId":"D2hQ7YbZ3cN6sK1wT9eRfA","webhookId":"W5mXq0LrU8vJ4pGzB2iHnC","#,
    r#""originalDeliveryId":"D2hQ7YbZ3cN6sK1wT9eRfA","isRedelivery":false,"type":"InvoiceSettled","#,
    r#""timestamp":1795255500,"storeId":"CvNZaF8mGqT3xYpE6bKdRs","invoiceId":"G3Ax9kDqPCvmcqzVV2Yq5r","#,
    r#""metadata":{"orderId":"nms-01JD7Q3XKZ9V0C4T8W2M6N5B1A-01JD7Q3XKZ9V0C4T8W2M6N5B1B"},"#,
    r#""manuallyMarked":false,"overPaid":false}"#,
);
/// Python: `hmac.new(b"whs-5f1d", EVENT, hashlib.sha256).hexdigest()`.
const SIGNATURE: &str = "3ed3d2cf19232660d87f2c2569a35f0b7655759c08494caec602621f05d3165e";
/// The same with `hashlib.sha512`.
const OTHER_HASH: &str = concat!(
    "1aaef31bc6618dd805fd0939842a1e76caad96bff08512e52850ea3cd5b1bea6",
    "00ee28db2160f62c9b446355e2bf8574962dbee13a7c155b430cad63cd0031b1",
);

fn is_genuine(secret: &str, header: (&'static str, &str), body: &str) -> bool {
    let mut headers = HeaderMap::new();
    headers.insert(header.0, HeaderValue::from_str(header.1).unwrap());
    (WEBHOOK.is_genuine)(&secret.into(), &headers, body.as_bytes(), after(0))
}

fn read(body: &Value) -> Result<Notice, NotRead> {
    (WEBHOOK.read)(body.to_string().as_bytes())
}

fn event(changes: &[(&str, Value)]) -> Value {
    with(serde_json::from_str(EVENT).unwrap(), changes)
}

#[test]
fn only_the_signature_of_the_body_by_the_secret_is_genuine() {
    let signed = format!("sha256={SIGNATURE}");
    assert!(is_genuine(SECRET, ("btcpay-sig", &signed), EVENT));
    assert!(is_genuine(SECRET, ("btcpay-sig", &format!("sha256={}", SIGNATURE.to_uppercase())), EVENT));
    let tampered = EVENT.replace("InvoiceSettled", "InvoiceExpired");
    let other_hash = format!("sha512={OTHER_HASH}");
    let mislabelled = format!("sha256={OTHER_HASH}");
    for (secret, header, body) in [
        (SECRET, ("btcpay-sig", signed.as_str()), tampered.as_str()),
        (SECRET, ("btcpay-sig", signed.as_str()), &format!("{EVENT} ")),
        ("whs-5f1e", ("btcpay-sig", &signed), EVENT),
        ("", ("btcpay-sig", &signed), EVENT),
        (SECRET, ("btcpay-sig", SIGNATURE), EVENT),
        (SECRET, ("btcpay-sig", &other_hash), EVENT),
        (SECRET, ("btcpay-sig", &mislabelled), EVENT),
        (SECRET, ("btcpay-sig", "sha256="), EVENT),
        (SECRET, ("btcpay-sig", ""), EVENT),
        (SECRET, ("x-paystack-signature", &signed), EVENT),
    ] {
        assert!(!is_genuine(secret, header, body), "{secret} {header:?}");
    }
    assert!(!(WEBHOOK.is_genuine)(&SECRET.into(), &HeaderMap::new(), EVENT.as_bytes(), after(0)));
}

#[test]
fn every_event_of_an_invoice_names_its_payment() {
    let reference = REFERENCE.parse().ok();
    for kind in [
        "InvoiceCreated",
        "InvoiceReceivedPayment",
        "InvoiceProcessing",
        "InvoicePaymentSettled",
        "InvoiceSettled",
        "InvoiceInvalid",
        "InvoiceExpired",
    ] {
        let id = "D2hQ7YbZ3cN6sK1wT9eRfA".to_owned();
        let notice = Notice { id, kind: kind.to_owned(), reference: reference.clone(), receipt: None };
        let payment = json!({"id": "a:0", "receivedDate": MADE, "value": "0.1", "fee": "0", "status": "Processing"});
        let event = event(&[("type", json!(kind)), ("paymentMethodId", json!("BTC-CHAIN")), ("payment", payment)]);
        assert_eq!(read(&event), Ok(notice));
    }
}

#[test]
fn an_event_that_is_sent_again_has_the_same_id() {
    let again = event(&[("deliveryId", json!("Q8")), ("isRedelivery", json!(true))]);
    assert_eq!(read(&again), read(&event(&[])));
    for missing in [Value::Null, json!("")] {
        let first = event(&[("deliveryId", json!("Q8")), ("originalDeliveryId", missing)]);
        assert_eq!(read(&first).map(|notice| notice.id).as_deref(), Ok("Q8"));
    }
    let nameless = event(&[("deliveryId", Value::Null), ("originalDeliveryId", Value::Null)]);
    assert_eq!(read(&nameless), Err(NotRead));
}

#[test]
fn tests_and_events_of_other_things_name_no_payment() {
    let test = json!({"deliveryId": "__test__0b7a__test__", "webhookId": "W5",
        "originalDeliveryId": "__test__0b7a__test__", "isRedelivery": false, "type": "InvoiceSettled",
        "timestamp": MADE, "storeId": "__test__", "invoiceId": "__test__"});
    let others = [
        test,
        event(&[("metadata", Value::Null)]),
        event(&[("metadata", json!({}))]),
        event(&[("metadata", json!([REFERENCE]))]),
        event(&[("metadata", json!({"orderId": 7}))]),
        event(&[("metadata", json!({"orderId": "order 7 of another shop"}))]),
        event(&[("metadata", json!({"orderId": format!("{REFERENCE} ")}))]),
        event(&[("type", json!("PayoutApproved"))]),
        event(&[("type", json!("PaymentRequestStatusChanged"))]),
        event(&[("type", json!("SubscriberCredited"))]),
    ];
    for event in others {
        assert_eq!(read(&event).map(|notice| notice.reference), Ok(None), "{event}");
    }
    for body in ["", "null", "[]", "{}", r#"{"deliveryId": "a"}"#, r#"{"type": "InvoiceSettled"}"#, PAGE_502] {
        assert_eq!((WEBHOOK.read)(body.as_bytes()), Err(NotRead), "{body}");
    }
}
