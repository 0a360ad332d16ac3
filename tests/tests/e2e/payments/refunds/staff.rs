//! Large refunds await a person, who approves or refuses them; and customers who are banned or gone.

use super::{Cloud, Plan, ask, asked, at_gateway, audit, balance, findings, paid, reaches};
use crate::{operator, staff::colleague};
use domain::{access::StaffRole, audit::Action, payment::PaymentReference};
use namaskah_tests::{Answer, Customer, PASSWORD};
use serde_json::{Value, json};
use store::FindingKind;

/// A customer with a payment of ₵100.
async fn rich(cloud: &Cloud, gateway: &str) -> (Customer, PaymentReference) {
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let reference = paid(cloud, &customer, &hundred(gateway), json!({})).await;
    (customer, reference)
}

fn hundred(gateway: &str) -> Value {
    json!({ "amount": "200.00", "currency": "USD", "gateway": gateway, "method": "card" })
}

pub async fn decide(by: &Customer, reference: &PaymentReference, refund: &Value, decision: &str) -> Answer {
    let refund = refund["id"].as_str().unwrap();
    let path = format!("/api/v1/admin/payments/{reference}/refunds/{refund}/{decision}");
    by.send("POST", &path, Some(&json!({ "reason": "as the customer says" })), &[]).await
}

/// The refund in the list of those that await approval.
pub async fn awaiting(by: &Customer, refund: &Value) -> Option<Value> {
    let mut cursor = String::new();
    loop {
        let page = by.get(&format!("/api/v1/admin/refunds?limit=100{cursor}")).await;
        assert_eq!(page.status, 200, "{page:?}");
        let found = page.body["items"].as_array().unwrap().iter().find(|item| item["id"] == refund["id"]).cloned();
        let Some(next) = page.body["next_cursor"].as_str().filter(|_| found.is_none()) else { return found };
        cursor = format!("&cursor={next}");
    }
}

#[tokio::test]
async fn a_large_refund_is_sent_only_after_an_approval() {
    let cloud = Cloud::shared().await;
    let finance = colleague(&cloud, StaffRole::Finance).await.client;
    let (customer, reference) = rich(&cloud, "stripe").await;
    assert_eq!(customer.payment(&reference).await["refund"]["needs_approval"], true);
    let refund = asked(&customer, &reference, json!({ "credits": "60", "reason": "too much" })).await;
    assert_eq!((&refund["status"], balance(&customer).await.as_str()), (&json!("awaiting_approval"), "40.0000"));
    let listed = awaiting(&finance, &refund).await.expect("it is listed");
    assert_eq!((&listed["reason"], &listed["amount"]), (&json!("too much"), &json!("120.00")), "{listed:#}");
    assert!(at_gateway(&cloud, "stripe", &reference).await.is_empty());

    let support = colleague(&cloud, StaffRole::Support).await.client;
    let refused = decide(&support, &reference, &refund, "approve").await;
    assert_eq!((refused.status, refused.code()), (403, "missing_scope"), "{refused:?}");
    let approved = decide(&finance, &reference, &refund, "approve").await;
    assert_eq!((approved.status, &approved.body["status"]), (200, &json!("requested")), "{approved:?}");
    assert!(approved.body["approved_at"].is_string() && awaiting(&finance, &refund).await.is_none());
    let done = reaches(&cloud, &customer, &reference, "processed").await;
    assert_eq!(done["status"], "partly_refunded");
    assert_eq!(at_gateway(&cloud, "stripe", &reference).await.len(), 1);
    for decision in ["approve", "refuse"] {
        let late = decide(&finance, &reference, &refund, decision).await;
        assert_eq!((late.status, late.code()), (409, "wrong_status"), "{late:?}");
    }
    let trail = cloud.store.audit().of_account(&customer.user, 100, None).await.unwrap().items;
    let line = trail.iter().find(|line| line.action == Action::RefundApprove).expect("a line");
    assert_eq!(
        (line.target.as_str(), line.reason.as_deref()),
        (refund["id"].as_str().unwrap(), Some("as the customer says"))
    );
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_refused_refund_comes_back_once_however_many_decide() {
    let cloud = Cloud::shared().await;
    let owner = colleague(&cloud, StaffRole::Owner).await.client;
    let (customer, reference) = rich(&cloud, "stripe").await;
    let refund = asked(&customer, &reference, json!({})).await;
    let decisions = (0..8).map(|_| decide(&owner, &reference, &refund, "refuse"));
    let answers = futures_util::future::join_all(decisions).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|answer| answer.status == 200 || answer.status == 409), "{answers:?}");
    let payment = customer.payment(&reference).await;
    assert_eq!((&payment["status"], &payment["refunds"][0]["status"]), (&json!("succeeded"), &json!("refused")));
    assert_eq!(balance(&customer).await, "100.0000");
    assert!(awaiting(&owner, &refund).await.is_none());
    let entry = customer.get("/api/v1/wallet/entries?limit=1").await.body["items"][0].clone();
    assert_eq!(
        (&entry["kind"], &entry["rule"], &entry["actor"]),
        (&json!("refund_return"), &json!("refund_refused"), &json!("operator"))
    );
    assert!(at_gateway(&cloud, "stripe", &reference).await.is_empty());
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_large_refund_can_t_be_split() {
    let cloud = Cloud::shared().await;
    let (customer, reference) = rich(&cloud, "stripe").await;
    for (n, status) in ["requested", "requested", "awaiting_approval"].iter().enumerate() {
        let answer = ask(&customer, &reference, json!({ "credits": "20" }), &format!("k{n}")).await;
        assert_eq!((answer.status, &answer.body["refund"]["status"]), (201, &json!(status)), "{answer:?}");
    }
    assert_eq!(customer.payment(&reference).await["refund"]["needs_approval"], true);
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn the_operator_s_program_decides_as_well() {
    let cloud = Cloud::shared().await;
    let (customer, reference) = rich(&cloud, "stripe").await;
    let refund = asked(&customer, &reference, json!({ "credits": "55", "reason": "a mistake" })).await;
    let (reference_text, id) = (reference.to_string(), refund["id"].as_str().unwrap());
    let listed = operator::done(&["payments", "refunds", "--most", "1000"]).await;
    let mine = listed["items"].as_array().unwrap().iter().find(|item| item["id"] == id).expect("it is listed");
    assert_eq!((&mine["reason"], &mine["reference"]), (&json!("a mistake"), &json!(reference_text)));
    let refused = operator::done(&["payments", "refuse", &reference_text, id, "--reason", "asked twice"]).await;
    assert_eq!(refused["status"], "refused");
    let late = operator::refused(&["payments", "approve", &reference_text, id, "--reason", "after all"]).await;
    assert!(late.contains("the refund is refused"), "{late}");
    let again = ask(&customer, &reference, json!({ "credits": "55" }), "again").await;
    let id = again.body["refund"]["id"].as_str().unwrap();
    let approved = operator::done(&["payments", "approve", &reference_text, id, "--reason", "after all"]).await;
    assert_eq!(approved["status"], "requested");
    reaches(&cloud, &customer, &reference, "processed").await;
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn killed_around_a_decision() {
    for point in ["before-refund-decided", "after-refund-decided"] {
        let cloud = Cloud::alone().await;
        let finance = colleague(&cloud, StaffRole::Finance).await.client;
        let (customer, reference) = rich(&cloud, "paystack").await;
        let refund = asked(&customer, &reference, json!({ "credits": "60" })).await;
        let file = cloud.kill_at(point);
        let killed = decide(&finance, &reference, &refund, "approve").await;
        assert!(killed.status >= 500 && !file.exists(), "{point} {killed:?}");
        let again = decide(&finance, &reference, &refund, "approve").await;
        let expected = if point.starts_with("before") { 200 } else { 409 };
        assert_eq!(again.status, expected, "{point} {again:?}");
        cloud.advance(130).await;
        cloud.queue_due_payments().await;
        reaches(&cloud, &customer, &reference, "processed").await;
        assert_eq!(at_gateway(&cloud, "paystack", &reference).await.len(), 1, "{point}");
        audit(&cloud, &customer).await;
    }
}

#[tokio::test]
async fn a_banned_customer_asks_for_nothing_and_gets_what_was_asked_for() {
    let cloud = Cloud::shared().await;
    let finance = colleague(&cloud, StaffRole::Finance).await.client;
    let (customer, reference) = rich(&cloud, "stripe").await;
    let refund = asked(&customer, &reference, json!({ "credits": "60" })).await;
    cloud.store.accounts().change_profile(&customer.user, store::ProfileChange::Active(false)).await.unwrap();
    let more = ask(&customer, &reference, json!({ "credits": "1" }), "more").await;
    assert_eq!((more.status, more.code()), (403, "account_disabled"), "{more:?}");
    assert_eq!(decide(&finance, &reference, &refund, "approve").await.status, 200);
    cloud.store.accounts().change_profile(&customer.user, store::ProfileChange::Active(true)).await.unwrap();
    reaches(&cloud, &customer, &reference, "processed").await;
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_refund_outlives_its_account_and_a_failed_one_is_a_finding() {
    let cloud = Cloud::alone().await;
    for (outcome, status, found) in
        [("success", "processed", &[][..]), ("success_refund_pending_fails", "failed", &[FindingKind::RefundOfDeleted])]
    {
        let person = cloud.person().await;
        let customer = &person.client;
        let body = super::fifty_dollars("stripe");
        let reference = paid(&cloud, customer, &body, json!({ "outcome": outcome })).await;
        asked(customer, &reference, json!({})).await;
        let delete = json!({ "password": PASSWORD, "waive_balance": true });
        let deleted = customer.send("DELETE", "/api/v1/me", Some(&delete), &[]).await;
        assert!(deleted.status < 300, "{deleted:?}");
        let since = std::time::Instant::now();
        loop {
            let payment = cloud.store.record::<domain::payment::Payment>(&customer.user, &reference).await.unwrap();
            let refund = payment.unwrap().refunds[0].clone();
            if refund.status.as_str() == status {
                break;
            }
            assert!(since.elapsed().as_secs() < 60, "{outcome}: {refund:?}");
            cloud.advance(130).await;
            cloud.queue_due_payments().await;
            namaskah_tests::pause().await;
        }
        assert_eq!(findings(&cloud, &reference).await, found, "{outcome}");
        audit(&cloud, customer).await;
    }
}
