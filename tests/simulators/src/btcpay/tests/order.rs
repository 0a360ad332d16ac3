//! Tests of what happens while nobody looks: a jump of the clock does everything in its order.

use super::{
    Server,
    receiver::{Arrived, Receiver},
};
use serde_json::json;

#[tokio::test]
async fn a_jump_confirms_before_it_expires() {
    let server = Server::new();
    server.control("settings", json!({ "confirm_s": 600 })).await;
    let receiver = Receiver::of(&server).await;
    server.invoice("o-1").await;
    server.pay("o-1", "partial").await;
    server.control("pay/o-1", json!({ "outcome": "success", "after_s": 1_200 })).await;
    server.advance(200_000).await;
    let arrived = receiver.wait(7).await;
    let kinds: Vec<_> = arrived.iter().map(Arrived::kind).collect();
    assert_eq!(
        kinds,
        [
            "InvoiceCreated",
            "InvoiceReceivedPayment",
            "InvoiceReceivedPayment",
            "InvoiceProcessing",
            "InvoicePaymentSettled",
            "InvoicePaymentSettled",
            "InvoiceSettled",
        ]
    );
    let at = |index: usize| arrived[index].body()["timestamp"].as_i64().unwrap();
    assert!((600..610).contains(&(at(5) - at(4))), "each event has its own time");
    assert_eq!(at(6), at(5));
}
