//! How events are recognised.

use crate::paystack::webhook::WEBHOOK;
use domain::Timestamp;
use http::{HeaderMap, HeaderValue};

const SECRET: &str = "sk_test_5f1d";
const EVENT: &str = concat!(
    r#"{"event":"refund.processed","data":{"status":"processed","transaction_reference":"#,
    r#""nms-01JD7Q3XKZ9V0C4T8W2M6N5B1A-01JD7Q3XKZ9V0C4T8W2M6N5B1B","refund_reference":"132013318360","#,
    r#""amount":"5000","currency":"NGN","processor":"mpgs_zen","customer":{"first_name":"Ama","#,
    r#""last_name":"Owusu","email":"ama@example.com"},"integration":412829,"domain":"live"}}"#,
);
/// Python: `hmac.new(b"sk_test_5f1d", EVENT, hashlib.sha512).hexdigest()`.
const SIGNATURE: &str = concat!(
    "22dd725d47bdb03be7dc0cdcbc96467ae556d43739f29f0d6650c252003b0f84",
    "a1e155c5072df4ea6fa72485277b8b7570c7c7e194fbcc450d83d27fd078f5c1",
);
/// The same with `hashlib.sha256`.
const OTHER_HASH: &str = "9538e03acf8867109fa60e23e574910f5924ef75e77371818ac3e099610857bc";

fn is_genuine(secret: &str, header: &'static str, signature: &str, body: &str) -> bool {
    let mut headers = HeaderMap::new();
    headers.insert(header, HeaderValue::from_str(signature).unwrap());
    (WEBHOOK.is_genuine)(&secret.into(), &headers, body.as_bytes(), Timestamp::from_millis(0))
}

#[test]
fn only_the_signature_of_the_body_by_our_key_is_genuine() {
    let header = "x-paystack-signature";
    assert!(is_genuine(SECRET, header, SIGNATURE, EVENT));
    assert!(is_genuine(SECRET, header, &SIGNATURE.to_uppercase(), EVENT));
    let tampered = EVENT.replace("5000", "9000");
    let longer = format!("{EVENT} ");
    let prefixed = format!("sha512={SIGNATURE}");
    for (secret, header, signature, body) in [
        (SECRET, header, SIGNATURE, tampered.as_str()),
        (SECRET, header, SIGNATURE, &longer),
        (SECRET, header, SIGNATURE, &EVENT[1..]),
        (SECRET, header, SIGNATURE, ""),
        ("sk_test_5f1e", header, SIGNATURE, EVENT),
        ("", header, SIGNATURE, EVENT),
        (SECRET, header, OTHER_HASH, EVENT),
        (SECRET, header, &SIGNATURE[2..], EVENT),
        (SECRET, header, &prefixed, EVENT),
        (SECRET, header, "", EVENT),
        (SECRET, header, "zz", EVENT),
        (SECRET, "stripe-signature", SIGNATURE, EVENT),
    ] {
        assert!(!is_genuine(secret, header, signature, body), "{secret} {header} {signature} {body}");
    }
    assert!(!(WEBHOOK.is_genuine)(&SECRET.into(), &HeaderMap::new(), EVENT.as_bytes(), Timestamp::from_millis(0)));
}
