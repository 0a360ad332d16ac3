//! A wrong day is reconciled: exactly the differences that were seeded are found, once.

use crate::operator::done;
use domain::{
    Plan, Timestamp, UserId,
    payment::{Payment, PaymentReference, Refund, RefundStatus},
    reconciliation::{MOVED_SHARDS, day_of, due_day},
};
use namaskah_tests::{Cloud, Customer};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};
use store::{Finding, FindingKind, NightPart};

/// How long a night may take.
const PATIENCE: Duration = Duration::from_mins(3);

/// A customer of a gateway, with one payment of ₵25.
struct Payer {
    gateway: &'static str,
    customer: Customer,
    reference: PaymentReference,
}

impl Payer {
    /// A customer whose payment was credited.
    async fn new(cloud: &Cloud, gateway: &'static str) -> Self {
        let payer = Self::started(cloud, gateway).await;
        cloud.pays(gateway, &payer.reference, json!({})).await;
        payer.customer.settled(&payer.reference, "succeeded").await;
        payer
    }

    async fn started(cloud: &Cloud, gateway: &'static str) -> Self {
        let customer = cloud.customer(Plan::Enterprise, "0").await;
        let method = if gateway == "btcpay" { "bitcoin" } else { "card" };
        let body = json!({ "amount": "50.00", "currency": "USD", "gateway": gateway, "method": method });
        let reference = customer.started(&body, "pay").await;
        Self { gateway, customer, reference }
    }

    async fn payment(&self, cloud: &Cloud) -> Payment {
        cloud.store.record(&self.reference.user, &self.reference).await.unwrap().unwrap()
    }

    /// The payment after a refund of ₵10 was sent.
    async fn refunded(&self, cloud: &Cloud) -> Payment {
        let path = format!("/api/v1/payments/{}/refund", self.reference);
        let body = json!({ "credits": "10" });
        let asked = self.customer.send("POST", &path, Some(&body), &[("idempotency-key", "refund")]).await;
        assert_eq!(asked.status, 201, "{asked:?}");
        let since = Instant::now();
        // Stripe pays out at once, so no later event changes the refund.
        let is_sent = |refund: &Refund| match self.gateway {
            "stripe" => refund.status == RefundStatus::Processed,
            _ => refund.gateway_refund.is_some(),
        };
        loop {
            let payment = self.payment(cloud).await;
            if payment.refunds.iter().any(is_sent) {
                return payment;
            }
            assert!(since.elapsed() < PATIENCE, "the refund is not sent: {payment:#?}");
            namaskah_tests::pause().await;
        }
    }

    /// Changes the stored payment as no code does.
    async fn falsify(&self, cloud: &Cloud, expression: &str, value: &str) {
        let (pk, sk) = (format!("PAYMENTS#{}", self.reference.user), self.reference.payment.to_string());
        cloud.falsify("LedgerTable", (&pk, &sk), expression, value).await;
    }

    fn is_of(&self, finding: &Finding) -> bool {
        finding.payment.as_ref().is_some_and(|money| money.reference == self.reference)
            || finding.customer.as_ref() == Some(&self.customer.user)
    }
}

/// The kinds of all findings about these people and these identifiers of gateways, sorted, and what they are about.
async fn found(cloud: &Cloud, payers: &[&Payer], receipts: &[String]) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    for finding in cloud.store.orders().findings_of(cloud.now()).await.unwrap() {
        let listed = finding.listed.as_ref().filter(|_| finding.payment.is_none());
        let is_known = |id: &str| receipts.iter().any(|receipt| receipt == id);
        if let Some(listed) = listed.filter(|listed| is_known(listed.receipt.as_str())) {
            let about = listed.refund.clone().unwrap_or_else(|| listed.receipt.to_string());
            found.push((about, finding.kind.as_str()));
        }
        if let Some(payer) = payers.iter().find(|payer| payer.is_of(&finding)) {
            found.push((payer.customer.user.to_string(), finding.kind.as_str()));
        }
    }
    found.sort();
    found
}

/// Waits until the night of today has ended. It began at `since` or later.
async fn ended(cloud: &Cloud, since: Timestamp) -> Vec<NightPart> {
    let began = Instant::now();
    loop {
        // Messages of workers that died come again at once.
        cloud.wake("ReconciliationQueue").await;
        let parts = cloud.store.ledger().night(day_of(cloud.now())).await.unwrap();
        let has_begun = parts.iter().any(|part| part.task.name() == "begin" && part.queued_at >= since);
        if has_begun && parts.iter().all(|part| part.result.is_some_and(|result| result.at >= since)) {
            return parts;
        }
        let open = parts.iter().filter(|part| part.result.is_none()).map(|part| part.task.name());
        assert!(began.elapsed() < PATIENCE, "not ended: {:?}", open.collect::<Vec<_>>());
        namaskah_tests::pause().await;
    }
}

/// Reconciles today by the operator's program.
async fn reconciled(cloud: &Cloud) -> Value {
    let (day, since) = (cloud.now().day(), cloud.now());
    let begun = done(&["reconcile", "start", "--day", &day]).await;
    assert_eq!(begun["id"], day.as_str(), "{begun:#}");
    ended(cloud, since).await;
    let shown = done(&["reconcile", "show", "--day", &day]).await;
    assert_eq!((&shown["state"], &shown["open"]), (&json!("ended"), &json!([])), "{shown:#}");
    shown
}

/// Waits until the stream has listed these customers and payments.
async fn listed(cloud: &Cloud, payers: &[&Payer]) {
    let (day, since) = (cloud.now(), Instant::now());
    loop {
        let payments = cloud.store.ledger().changed_payments(day).await.unwrap();
        let mut wallets: Vec<UserId> = Vec::new();
        for shard in 0..MOVED_SHARDS {
            wallets.extend(cloud.store.ledger().moved_wallets(day, shard).await.unwrap());
        }
        let is_listed = |payer: &&Payer| payments.contains(&payer.reference) && wallets.contains(&payer.customer.user);
        if payers.iter().all(is_listed) {
            return;
        }
        assert!(since.elapsed() < PATIENCE, "the lists of the day are not complete");
        namaskah_tests::pause().await;
    }
}

#[tokio::test]
async fn exactly_the_seeded_differences_of_a_wrong_day_are_found_once() {
    let cloud = Cloud::alone().await;
    // What is right.
    let right =
        [Payer::new(&cloud, "paystack").await, Payer::new(&cloud, "stripe").await, Payer::new(&cloud, "btcpay").await];
    right[0].refunded(&cloud).await;
    right[1].refunded(&cloud).await;
    let bought = right[1].customer.buy_patiently("whatsapp", "GH", "right").await;
    right[1].customer.wait_for(&bought.order_id(), &["completed"]).await;

    // One difference of each kind. Money whose identifier is falsified is missing on both sides.
    let mut seeds = BTreeMap::new();
    for name in ["not_there", "amount", "twice", "unknown", "returned", "other_refund", "lost_refund", "credited"] {
        seeds.insert(name, Payer::new(&cloud, "stripe").await);
    }
    let coins = Payer::new(&cloud, "btcpay").await;
    let naira = Payer::new(&cloud, "paystack").await;
    let wallet = Payer::new(&cloud, "stripe").await;
    let order = Payer::new(&cloud, "stripe").await;
    let receipt = async |payer: &Payer| payer.payment(&cloud).await.receipts[0].id.to_string();
    let mut expected: Vec<(String, FindingKind)> = Vec::new();
    let user = |payer: &Payer| payer.customer.user.to_string();

    let payer = &seeds["not_there"];
    expected.push((receipt(payer).await, FindingKind::GatewayMoneyNotCredited));
    expected.push((user(payer), FindingKind::GatewayMoneyNotThere));
    payer.falsify(&cloud, "SET receipts[0].id = :value", "pi_nobody").await;

    for payer in [&seeds["amount"], &coins, &naira] {
        payer.falsify(&cloud, "SET receipts[0].amount.minor = :value", "49.99").await;
        expected.push((user(payer), FindingKind::GatewayMoneyOtherAmount));
    }

    let (payer, first) = (&seeds["twice"], receipt(&right[1]).await);
    expected.push((receipt(payer).await, FindingKind::GatewayMoneyNotCredited));
    payer.falsify(&cloud, "SET receipts[0].id = :value", &first).await;
    let first_of_both = right[1].reference.clone().min(payer.reference.clone()).user.to_string();
    expected.push((first_of_both, FindingKind::GatewayMoneyCreditedTwice));

    let payer = &seeds["unknown"];
    let intent = receipt(payer).await;
    let made = cloud.refund_at_stripe(&intent, 300).await;
    expected.push((made, FindingKind::GatewayRefundUnknown));

    let payer = &seeds["returned"];
    // An event after the falsification would find it before the night.
    let never = json!({ "fault": "webhook_never", "reference": payer.reference.to_string(), "times": 9 });
    cloud.gateway("stripe", "plan", never).await;
    payer.refunded(&cloud).await;
    payer.falsify(&cloud, "SET refunds[0].#status = :value", "failed").await;
    expected.push((user(payer), FindingKind::GatewayRefundAfterReturn));
    expected.push((user(payer), FindingKind::PaymentAgainstEntries));

    let payer = &seeds["other_refund"];
    payer.refunded(&cloud).await;
    payer.falsify(&cloud, "SET refunds[0].amount.minor = :value", "19.99").await;
    expected.push((user(payer), FindingKind::GatewayRefundOtherAmount));

    let payer = &seeds["lost_refund"];
    let sent = payer.refunded(&cloud).await.refunds[0].gateway_refund.clone().unwrap();
    payer.falsify(&cloud, "SET refunds[0].gateway_refund = :value", "re_nobody").await;
    let noon = day_of(cloud.now()).plus(Duration::from_hours(12)).to_string();
    payer.falsify(&cloud, "SET refunds[0].tried.#at = :value", &noon).await;
    expected.push((sent, FindingKind::GatewayRefundUnknown));
    expected.push((user(payer), FindingKind::GatewayRefundNotThere));

    let payer = &seeds["credited"];
    payer.falsify(&cloud, "SET credited = :value", "26.0000").await;
    expected.push((user(payer), FindingKind::PaymentAgainstEntries));

    let pk = format!("WALLET#{}", wallet.customer.user);
    cloud.falsify("LedgerTable", (&pk, "BALANCE"), "SET available = :value", "26.0000").await;
    expected.push((user(&wallet), FindingKind::WalletAgainstEntries));

    let bought = order.customer.buy_patiently("whatsapp", "GH", "wrong").await;
    order.customer.wait_for(&bought.order_id(), &["completed"]).await;
    let (pk, id) = (format!("USER#{}", order.customer.user), bought.order_id().to_string());
    cloud.falsify("OrdersTable", (&pk, &id), "SET #status = :value", "failed").await;
    expected.push((user(&order), FindingKind::OrderAgainstEntries));

    // Events of this payment are lost, so nobody has credited it yet.
    let unheard = Payer::started(&cloud, "stripe").await;
    let never = json!({ "fault": "webhook_never", "reference": unheard.reference.to_string(), "times": 9 });
    cloud.gateway("stripe", "plan", never).await;
    let paid = cloud.pays("stripe", &unheard.reference, json!({})).await;
    let unheard_intent = paid["payment_intent"].as_str().unwrap_or_else(|| panic!("no intent in {paid:#}")).to_owned();
    expected.push((unheard_intent.clone(), FindingKind::GatewayMoneyNotCredited));

    let payers: Vec<_> = right.iter().chain(seeds.values()).chain([&coins, &naira, &wallet, &order]).collect();
    listed(&cloud, &payers).await;
    let mut receipts: Vec<_> = expected.iter().map(|(about, _)| about.clone()).collect();
    for payer in &payers {
        receipts.push(receipt(payer).await);
    }
    let mut expected: Vec<_> = expected.into_iter().map(|(about, kind)| (about, kind.as_str())).collect();
    expected.sort();
    receipts.push(intent);

    let first = reconciled(&cloud).await;
    assert!(first["differences"].as_u64().unwrap() >= u64::try_from(expected.len()).unwrap(), "{first:#}");
    assert_eq!(found(&cloud, &payers, &receipts).await, expected);
    let again = reconciled(&cloud).await;
    assert!(again["differences"].as_u64() >= first["differences"].as_u64(), "{again:#}");
    assert_eq!(found(&cloud, &payers, &receipts).await, expected, "each is found once");
    for payer in &right {
        cloud.audit(&payer.customer).await;
    }
}

/// Kills a worker at this point. The night ends all the same, and its finding is there once.
async fn killed_at(point: &str) {
    let cloud = Cloud::alone().await;
    let payer = Payer::new(&cloud, "stripe").await;
    payer.falsify(&cloud, "SET credited = :value", "26.0000").await;
    listed(&cloud, &[&payer]).await;
    let (file, since, day) = (cloud.kill_at(point), cloud.now(), cloud.now().day());
    done(&["reconcile", "start", "--day", &day]).await;
    let began = Instant::now();
    while file.exists() {
        assert!(began.elapsed() < PATIENCE, "{point} was not reached");
        namaskah_tests::pause().await;
    }
    ended(&cloud, since).await;
    let expected = (payer.customer.user.to_string(), FindingKind::PaymentAgainstEntries.as_str());
    assert_eq!(found(&cloud, &[&payer], &[]).await, [expected], "{point}");
}

#[tokio::test]
async fn killed_after_parts_are_planned() {
    killed_at("night-planned").await;
}

#[tokio::test]
async fn killed_after_a_part_is_compared() {
    killed_at("night-part-compared").await;
}

#[tokio::test]
async fn the_hourly_worker_begins_the_day_that_is_due_once_and_queues_what_was_lost() {
    let cloud = Cloud::alone().await;
    let day = due_day(cloud.now());
    cloud.invoke("PaymentsNightFunction", &json!({})).await;
    let begun = cloud.store.ledger().night(day).await.unwrap();
    assert!(begun.iter().any(|part| part.task.name() == "gateway/stripe"), "{begun:#?}");
    let planned = |parts: &[NightPart]| parts.iter().map(|part| part.queued_at).max();
    let all_done = async || {
        let since = Instant::now();
        loop {
            let parts = cloud.store.ledger().night(day).await.unwrap();
            if parts.iter().all(|part| part.result.is_some()) {
                return parts;
            }
            assert!(since.elapsed() < PATIENCE, "not ended: {parts:#?}");
            namaskah_tests::pause().await;
        }
    };
    let ended = all_done().await;
    cloud.invoke("PaymentsNightFunction", &json!({})).await;
    assert_eq!(cloud.store.ledger().night(day).await.unwrap(), ended, "it begins once");

    // A part whose message is lost, an hour later.
    let lost = &ended[0];
    cloud.store.ledger().plan_part(day, &lost.task, cloud.now().minus(Duration::from_hours(1))).await.unwrap();
    cloud.invoke("PaymentsNightFunction", &json!({})).await;
    assert!(planned(&all_done().await) > planned(&ended), "it is queued again");
}
