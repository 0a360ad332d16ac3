//! Tests of payouts.

use super::{STORE, Server};
use http::{Method, StatusCode};
use serde_json::{Value, json};

const ADDRESS: &str = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";

fn body(refund: &str) -> Value {
    json!({
        "destination": ADDRESS, "amount": "0.00083333", "payoutMethodId": "BTC-CHAIN", "approved": true,
        "metadata": { "refund": refund, "source": "a test" },
    })
}

async fn made(server: &Server, refund: &str) -> String {
    let made = server.post(&format!("{STORE}/payouts"), body(refund)).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    made.json()["id"].as_str().unwrap().to_owned()
}

async fn state(server: &Server, id: &str) -> Value {
    server.get(&format!("{STORE}/payouts/{id}")).await.json()["state"].clone()
}

#[tokio::test]
async fn an_approved_payout_is_paid() {
    let server = Server::new();
    let id = made(&server, "rfd_1").await;
    let listed = server.get(&format!("{STORE}/payouts?includeCancelled=true")).await.json();
    assert_eq!(listed[0], server.get(&format!("{STORE}/payouts/{id}")).await.json());
    assert_eq!((&listed[0]["destination"], &listed[0]["metadata"]["refund"]), (&json!(ADDRESS), &json!("rfd_1")));
    assert_eq!(state(&server, &id).await, "AwaitingPayment");
    let again = server.post(&format!("{STORE}/payouts"), body("rfd_2")).await;
    assert_eq!(again.error(), (400, "duplicate-destination".to_owned()));
    server.advance(6).await;
    assert_eq!(state(&server, &id).await, "InProgress");
    assert_eq!(server.call(Method::DELETE, &format!("{STORE}/payouts/{id}"), Value::Null).await.status, 400);
    server.advance(30).await;
    assert_eq!(state(&server, &id).await, "Completed");
    made(&server, "rfd_2").await;
    assert_eq!(server.get(&format!("{STORE}/payouts/unknown")).await.error(), (404, "payout-not-found".to_owned()));
}

#[tokio::test]
async fn a_payout_waits_for_its_approval_and_can_be_cancelled() {
    let server = Server::new();
    let mut unapproved = body("rfd_1");
    unapproved["approved"] = json!(false);
    let id = server.post(&format!("{STORE}/payouts"), unapproved).await.json()["id"].as_str().unwrap().to_owned();
    server.advance(60).await;
    assert_eq!(state(&server, &id).await, "AwaitingApproval");
    let approved = server.post(&format!("{STORE}/payouts/{id}"), json!({ "revision": 0 })).await;
    assert_eq!(approved.json()["state"], "AwaitingPayment");
    assert_eq!(server.call(Method::DELETE, &format!("{STORE}/payouts/{id}"), Value::Null).await.status, 200);
    assert_eq!(server.get(&format!("{STORE}/payouts")).await.json(), json!([]), "cancelled ones are left out");
    assert_eq!(server.post(&format!("{STORE}/payouts/{id}/mark-paid"), json!({})).await.status, 400);
}

#[tokio::test]
async fn wrong_payouts_are_refused() {
    let server = Server::new();
    for (field, value, path) in [
        ("destination", json!("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"), "Destination"),
        ("destination", json!("0x52908400098527886E0F7030069857D2E4169EE7"), "Destination"),
        ("amount", json!("0"), "Amount"),
        ("amount", json!("0.000000001"), "Amount"),
        ("payoutMethodId", json!("DOGE-CHAIN"), "PayoutMethodId"),
        ("payoutMethodId", json!("BTC-LN"), "Destination"),
    ] {
        let mut wrong = body("rfd_1");
        wrong[field] = value;
        let answer = server.post(&format!("{STORE}/payouts"), wrong.clone()).await;
        assert_eq!(answer.error(), (422, path.to_owned()), "{wrong}");
    }
}

#[tokio::test]
async fn each_fault_of_payouts_happens() {
    let server = Server::new();
    for (fault, status, payouts, after) in [
        ("payout_502", 502, 0, Value::Null),
        ("payout_502_after", 502, 1, json!("Completed")),
        ("payout_stuck", 200, 1, json!("AwaitingPayment")),
        ("payout_cancelled", 200, 1, json!("Cancelled")),
    ] {
        server.control("reset", Value::Null).await;
        server.control("plan", json!({ "fault": fault, "reference": "rfd_1" })).await;
        let answer = server.post(&format!("{STORE}/payouts"), body("rfd_1")).await;
        assert_eq!(answer.status, status, "{fault}");
        server.advance(60).await;
        let all = server.get("/_sim/payouts").await.json();
        assert_eq!((all.as_array().unwrap().len(), &all[0]["state"]), (payouts, &after), "{fault}");
    }
    let id = made(&server, "rfd_2").await;
    server.control(&format!("payouts/{id}"), json!({ "state": "Completed" })).await;
    assert_eq!(state(&server, &id).await, "Completed");
}
