//! The event and the metric at the end of each call: they contain nothing private.
//!
//! It is a separate suite, because the subscriber of events is global to a process, and other tests
//! need none.

#![expect(clippy::unwrap_used, reason = "a test that can't be set up has failed")]

#[path = "fivesim/loopback.rs"]
mod loopback;

use domain::SupplierOrderId;
use loopback::{Loopback, Reply};
use secrecy::SecretString;
use serde_json::json;
use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};
use suppliers::{BuyRequest, FiveSim, Supplier, http_client};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn order(status: &str, sms: &str) -> Reply {
    Reply::json(format!(
        r#"{{"id": 11631253, "phone": "+233201234567", "price": 21.5, "status": "{status}", "created_at": "2026-11-21T10:00:00Z",
        "sms": [{sms}]}}"#
    ))
}

#[tokio::test]
async fn each_call_is_one_event_without_anything_private() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);

    let server = Loopback::start([
        order("PENDING", ""),
        Reply::page(502),
        order("RECEIVED", r#"{"text": "Your code is 123456", "code": "123456"}"#),
        Reply::text(200, "sorry, 483920 for +233201234567"),
        Reply::text(400, "order has sms"),
    ]);
    let client = FiveSim::new(&server.url(), &SecretString::from("the-key"), http_client().unwrap()).unwrap();
    let request = BuyRequest {
        reference: domain::OrderId::new(domain::Timestamp::default(), 1),
        service: "whatsapp".parse().unwrap(),
        country: "GH".parse().unwrap(),
        operator: None,
        max_cost: None,
    };
    let id = SupplierOrderId::new("11631253");
    client.buy(&request).await.unwrap();
    client.check(&id).await.unwrap();
    client.finish(&id).await.unwrap_err();
    client.cancel(&id).await.unwrap_err();
    drop(guard);

    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let events: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |target: &'static str| events.iter().filter(move |event| event["target"] == target);
    let errors: Vec<_> = of("metric").map(|event| (&event["fields"]["name"], &event["fields"]["class"])).collect();
    assert_eq!(errors, [(&json!("SupplierErrors"), &json!("outcome_unknown"))], "a race that is lost is no error");
    let seen: Vec<_> = of("supplier_call")
        .map(|event| {
            let fields = &event["fields"];
            assert_eq!(fields["supplier"], "5sim");
            assert!(fields["elapsed_ms"].is_u64());
            (
                fields["operation"].as_str().unwrap(),
                fields["outcome"].as_str().unwrap(),
                fields["attempts"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [("buy", "ok", 1), ("check", "ok", 2), ("finish", "outcome_unknown", 1), ("cancel", "has_sms", 1)]
    );
    for private in ["the-key", "23320", "483920", "123456", "11631253"] {
        assert!(!text.contains(private), "{private}: {text}");
    }
}
