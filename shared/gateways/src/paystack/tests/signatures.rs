//! How events are recognised.

use crate::paystack::webhook::WEBHOOK;
use domain::Timestamp;
use http::{HeaderMap, HeaderValue};

const SECRET: &str = "sk_test_5f1d";
const EVENT: &str = concat!(
    r#"{"event":"refund.processed","data":{"status":"processed","transaction_reference":"#,
    r#""nms-01JD7Q3XKZ9V0C4T8W2M6N5B1A-01JD7Q3XKZ9V0C4T8W2M6N5B1B","refund_reference":"240117730952","#,
    r#""amount":"1000","currency":"GHS","processor":"card-network","customer":{"first_name":"Ama","#,
    r#""last_name":"Owusu","email":"ama@example.com"},"integration":720114,"domain":"live"}}"#,
);
/// Python: `hmac.new(b"sk_test_5f1d", EVENT, hashlib.sha512).hexdigest()`.
const SIGNATURE: &str = concat!(
    "7ba6bfb95f889ac8fc17da0a44959912ab63ec92eb93769fb4708fff13871719",
    "733724086f42ad99c11bc9eb4cd44acf356941efb7d11403eaca783b3bc5bc05",
);
/// The same with `hashlib.sha256`.
const OTHER_HASH: &str = "6d311bf968eef5e88d24f728c1ca0c663edddb25d8fcb2567de07cb11b39c659";

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
    let tampered = EVENT.replace("1000", "9000");
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
