//! Findings as work: listed, assigned, resolved, and corrected by one person or by two.

use crate::{
    operator::{done, refused},
    staff::colleague,
};
use domain::{Plan, SupplierId, SupplierOrderId, access::StaffRole, audit::Action};
use namaskah_tests::{Answer, Cloud, Customer};
use serde_json::{Value, json};
use store::{Finding, FindingKind};

/// A new finding.
async fn found(cloud: &Cloud) -> Finding {
    let sale = SupplierOrderId::new(ulid(cloud));
    let finding = Finding::about_sale(FindingKind::WrongNumber, &SupplierId::new("nobody"), &sale, cloud.now());
    assert!(cloud.store.orders().put_finding(&finding).await.unwrap());
    finding
}

fn ulid(cloud: &Cloud) -> String {
    format!("{}-{}", cloud.now().millis(), cloud.new_address())
}

async fn post(by: &Customer, finding: &Finding, operation: &str, body: Value) -> Answer {
    by.send("POST", &format!("/api/v1/admin/findings/{}/{operation}", finding.id), Some(&body), &[]).await
}

/// The finding in a list of findings.
async fn listed(by: &Customer, filter: &str, finding: &Finding) -> Option<Value> {
    let mut cursor = String::new();
    loop {
        let page = by.get(&format!("/api/v1/admin/findings?limit=100{filter}{cursor}")).await;
        assert_eq!(page.status, 200, "{page:?}");
        let items = page.body["items"].as_array().unwrap();
        let found = items.iter().find(|item| item["id"] == finding.id.as_str()).cloned();
        let Some(next) = page.body["next_cursor"].as_str().filter(|_| found.is_none()) else { return found };
        cursor = format!("&cursor={next}");
    }
}

async fn balance(customer: &Customer) -> String {
    customer.wallet().await.0
}

fn correction(customer: &Customer, direction: &str, amount: &str) -> Value {
    json!({ "user_id": customer.user, "direction": direction, "amount": amount, "reason": "as the gateway says" })
}

#[tokio::test]
async fn a_finding_is_assigned_and_resolved() {
    let cloud = Cloud::shared().await;
    let support = colleague(&cloud, StaffRole::Support).await.client;
    let finance = colleague(&cloud, StaffRole::Finance).await.client;
    let analyst = colleague(&cloud, StaffRole::Analyst).await.client;
    let finding = found(&cloud).await;
    let open = listed(&support, "&state=open&kind=wrong_number", &finding).await.expect("it is listed");
    assert_eq!((&open["state"], &open["owner"], &open["notes"]), (&json!("open"), &json!(null), &json!([])));
    assert!(listed(&support, "&kind=lost_number", &finding).await.is_none());

    let to = |user: &str| json!({ "user_id": user, "note": "ask the supplier" });
    let wrong = post(&support, &finding, "assign", to(analyst.user.as_str())).await;
    assert_eq!((wrong.status, wrong.code()), (404, "not_found"), "an analyst works on no finding: {wrong:?}");
    let assigned = post(&support, &finding, "assign", to(finance.user.as_str())).await;
    assert_eq!((assigned.status, &assigned.body["state"]), (200, &json!("assigned")), "{assigned:?}");
    assert_eq!(assigned.body["owner"]["user_id"], finance.user.as_str());
    let note = &assigned.body["notes"][0];
    let by = format!("operator:{}", support.user);
    assert_eq!((&note["text"], &note["by"]), (&json!("ask the supplier"), &json!(by)));
    assert!(listed(&support, "&state=open", &finding).await.is_none());
    assert!(listed(&finance, "&state=assigned", &finding).await.is_some());

    let reason = json!({ "reason": "the supplier paid" });
    let answers = (0..4).map(|_| post(&finance, &finding, "resolve", reason.clone()));
    let answers = futures_util::future::join_all(answers).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|answer| [200, 409].contains(&answer.status)), "{answers:?}");
    let late = post(&support, &finding, "assign", to(finance.user.as_str())).await;
    assert_eq!((late.status, &late.body["current_status"]), (409, &json!("resolved")), "{late:?}");
    assert!(listed(&support, "", &finding).await.is_none());
    let day = format!("&day={}&state=resolved", finding.at.day());
    let resolved = listed(&support, &day, &finding).await.expect("it stays");
    assert_eq!(resolved["resolved"]["note"], "the supplier paid");
    let trail = cloud.store.audit().of_operator(&domain::Actor::operator(finance.user.as_str()), 100, None).await;
    let lines: Vec<_> = trail.unwrap().items.into_iter().filter(|line| line.target == finding.id.as_str()).collect();
    assert_eq!(lines.iter().map(|line| &line.action).collect::<Vec<_>>(), [&Action::FindingResolve]);
}

#[tokio::test]
async fn one_person_corrects_up_to_the_limit_once_however_often() {
    let cloud = Cloud::shared().await;
    let finance = colleague(&cloud, StaffRole::Finance).await.client;
    let support = colleague(&cloud, StaffRole::Support).await.client;
    let (customer, finding) = (cloud.customer(Plan::Pro, "1").await, found(&cloud).await);
    let refused = post(&support, &finding, "correct", correction(&customer, "credit", "2")).await;
    assert_eq!((refused.status, refused.code()), (403, "missing_scope"), "{refused:?}");
    let poor = post(&finance, &finding, "correct", correction(&customer, "debit", "1.5")).await;
    assert_eq!((poor.status, poor.code()), (402, "insufficient_funds"), "{poor:?}");
    let own = post(&finance, &finding, "correct", correction(&finance, "credit", "1")).await;
    assert_eq!((own.status, own.code()), (403, "account_off_limits"), "{own:?}");

    let answers = (0..8).map(|_| post(&finance, &finding, "correct", correction(&customer, "credit", "2.5")));
    let answers = futures_util::future::join_all(answers).await;
    let done: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(done.len(), 1, "{answers:?}");
    assert!(answers.iter().all(|answer| [200, 409].contains(&answer.status)), "{answers:?}");
    assert_eq!(balance(&customer).await, "3.5000");
    let entry = customer.get("/api/v1/wallet/entries?limit=1").await.body["items"][0].clone();
    assert_eq!(
        (&entry["kind"], &entry["cause"], &entry["actor"]),
        (&json!("adjustment"), &json!({ "kind": "finding", "finding_id": finding.id }), &json!("operator"))
    );
    let view = &done[0].body;
    assert_eq!((&view["state"], &view["correction"]["entry"]), (&json!("resolved"), &entry["seq"]), "{view:#}");
    let trail = cloud.store.audit().of_account(&customer.user, 100, None).await.unwrap().items;
    assert_eq!(trail.iter().filter(|line| line.action == Action::FindingCorrect).count(), 1);
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn a_large_correction_needs_a_second_person() {
    let cloud = Cloud::shared().await;
    let [ama, kofi] =
        [colleague(&cloud, StaffRole::Finance).await.client, colleague(&cloud, StaffRole::Owner).await.client];
    let (customer, finding) = (cloud.customer(Plan::Pro, "0").await, found(&cloud).await);
    let proposed = post(&ama, &finding, "correct", correction(&customer, "credit", "60")).await;
    assert_eq!((proposed.status, &proposed.body["state"]), (200, &json!("awaiting_approval")), "{proposed:?}");
    assert_eq!(balance(&customer).await, "0.0000");
    assert!(listed(&kofi, "&state=awaiting_approval", &finding).await.is_some());
    let reason = json!({ "reason": "compared the lists" });
    let own = post(&ama, &finding, "correction/approve", reason.clone()).await;
    assert_eq!((own.status, own.code()), (403, "second_person_needed"), "{own:?}");
    let around = post(&ama, &finding, "resolve", reason.clone()).await;
    assert_eq!((around.status, &around.body["current_status"]), (409, &json!("awaiting_approval")), "{around:?}");
    let second = post(&ama, &finding, "correct", correction(&customer, "credit", "1")).await;
    assert_eq!((second.status, second.code()), (409, "wrong_status"), "{second:?}");

    let refused = post(&kofi, &finding, "correction/refuse", reason.clone()).await;
    assert_eq!((refused.status, &refused.body["state"]), (200, &json!("open")), "{refused:?}");
    assert!(refused.body["notes"][0]["text"].as_str().unwrap().contains("60.0000"), "{refused:?}");
    let late = post(&kofi, &finding, "correction/approve", reason.clone()).await;
    assert_eq!((late.status, late.code()), (409, "wrong_status"), "{late:?}");

    assert_eq!(post(&ama, &finding, "correct", correction(&customer, "credit", "70")).await.status, 200);
    let answers = (0..8).map(|_| post(&kofi, &finding, "correction/approve", reason.clone()));
    let answers = futures_util::future::join_all(answers).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|answer| [200, 409].contains(&answer.status)), "{answers:?}");
    assert_eq!(balance(&customer).await, "70.0000");
    let day = format!("&day={}", finding.at.day());
    let view = listed(&ama, &day, &finding).await.unwrap();
    let by = |client: &Customer| json!(format!("operator:{}", client.user));
    let correction = &view["correction"];
    assert_eq!((&correction["proposed_by"], &correction["approved_by"]), (&by(&ama), &by(&kofi)), "{view:#}");
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn killed_around_a_correction() {
    for point in ["before-correction", "after-correction"] {
        let cloud = Cloud::alone().await;
        let [ama, kofi] =
            [colleague(&cloud, StaffRole::Finance).await.client, colleague(&cloud, StaffRole::Finance).await.client];
        let (customer, finding) = (cloud.customer(Plan::Pro, "0").await, found(&cloud).await);
        assert_eq!(post(&ama, &finding, "correct", correction(&customer, "credit", "60")).await.status, 200);
        let file = cloud.kill_at(point);
        let reason = json!({ "reason": "compared the lists" });
        let killed = post(&kofi, &finding, "correction/approve", reason.clone()).await;
        assert!(killed.status >= 500 && !file.exists(), "{point} {killed:?}");
        let again = post(&kofi, &finding, "correction/approve", reason).await;
        let expected = if point.starts_with("before") { 200 } else { 409 };
        assert_eq!(again.status, expected, "{point} {again:?}");
        assert_eq!(balance(&customer).await, "60.0000", "{point}");
        cloud.audit(&customer).await;
    }
}

#[tokio::test]
async fn the_operator_s_program_works_on_findings_as_well() {
    let cloud = Cloud::shared().await;
    let finance = colleague(&cloud, StaffRole::Finance).await;
    let (customer, finding) = (cloud.customer(Plan::Pro, "0").await, found(&cloud).await);
    let id = finding.id.as_str();
    let unresolved = async || {
        let found = done(&["findings", "unresolved", "--most", "100000"]).await;
        found["items"].as_array().unwrap().iter().any(|item| item["id"] == id)
    };
    assert!(unresolved().await);
    let assigned = done(&["findings", "assign", id, "--to", &finance.email, "--note", "by Friday"]).await;
    assert_eq!((&assigned["state"], &assigned["owner"]["user_id"]), (&json!("assigned"), &json!(finance.client.user)));
    let user = customer.user.as_str();
    let with = |amount| ["findings", "credit", id, "--customer", user, "--amount", amount, "--reason", "they paid"];
    let large = refused(&with("50.5")).await;
    assert!(large.contains("needs two people"), "{large}");
    assert_eq!(done(&with("4")).await["state"], "resolved");
    assert!(refused(&with("4")).await.contains("the finding is resolved"));
    assert_eq!(balance(&customer).await, "4.0000");
    assert!(!unresolved().await);
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn findings_of_the_version_before_are_listed_after_the_migration() {
    let cloud = Cloud::shared().await;
    let support = colleague(&cloud, StaffRole::Support).await.client;
    let (old, resolved) = (found(&cloud).await, found(&cloud).await);
    assert_eq!(post(&support, &resolved, "resolve", json!({ "reason": "nothing to do" })).await.status, 200);
    // As the version before wrote them.
    for (finding, attributes) in [(&old, &["due_pk", "due_sk", "version"][..]), (&resolved, &["version"])] {
        let key = format!("FINDING#{}", finding.at.day());
        for attribute in attributes {
            cloud.remove_attribute("OrdersTable", &key, finding.id.as_str(), attribute).await;
        }
    }
    assert!(listed(&support, "", &old).await.is_none());
    let ran = done(&["migrations", "run", "--again", "2"]).await;
    assert!(ran["items"][0]["changed"].as_u64() >= Some(1), "{ran}");
    assert!(listed(&support, "", &old).await.is_some());
    assert!(listed(&support, "", &resolved).await.is_none());
    assert_eq!(post(&support, &old, "resolve", json!({ "reason": "nothing to do" })).await.status, 200);
}
