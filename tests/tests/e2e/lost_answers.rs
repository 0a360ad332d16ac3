//! The supplier's answer to a purchase is missing, late, duplicated or wrong.

use crate::in_process;
use domain::Plan;
use namaskah_tests::Cloud;
use store::FindingKind;

/// Buys with this scenario, moves the clock past the check, and returns the final order.
async fn after_the_check(
    cloud: &Cloud,
    product: &str,
    scenario: &str,
) -> (serde_json::Value, namaskah_tests::Customer) {
    let customer = cloud.customer(Plan::Pro, "5").await;
    cloud.plan(product, scenario).await;
    let bought = customer.buy(product, "GH", "k").await;
    assert_eq!((bought.status, bought.body["status"].as_str()), (202, Some("requesting")), "{bought:?}");
    let again = customer.buy(product, "GH", "k").await;
    assert_eq!((again.status, again.code()), (409, "in_progress"));
    cloud.advance(31).await;
    cloud.sweep().await;
    let order = customer.wait_for(&bought.order_id(), &["waiting", "completed", "failed"]).await;
    (order, customer)
}

#[tokio::test]
async fn a_number_sold_without_an_answer_is_adopted() {
    let cloud = Cloud::alone().await;
    let (order, customer) = after_the_check(&cloud, "amazon", "html_502_after").await;
    assert_ne!(order["status"], "failed", "{order:#}");
    let sold = cloud.sold("amazon").await;
    assert_eq!(order["phone_number"], sold.last().unwrap()["phone"]);
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn an_unsold_number_is_refunded() {
    let cloud = Cloud::alone().await;
    let (order, customer) = after_the_check(&cloud, "nike", "html_502_before").await;
    assert_eq!(order["status"], "failed", "{order:#}");
    assert_eq!(customer.wallet().await, ("5.0000".into(), "0.0000".into()));
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn two_orders_never_share_a_number() {
    let cloud = Cloud::alone().await;
    let (one, two) = (cloud.customer(Plan::Pro, "5").await, cloud.customer(Plan::Pro, "5").await);
    cloud.plan("olx", "html_502_after").await;
    cloud.plan("olx", "html_502_before").await;
    let first = one.buy("olx", "GH", "k").await.order_id();
    let second = two.buy("olx", "GH", "k").await.order_id();
    cloud.advance(31).await;
    cloud.sweep().await;
    let settled = ["waiting", "completed", "failed"];
    let (a, b) = (one.wait_for(&first, &settled).await, two.wait_for(&second, &settled).await);
    let failed = [&a, &b].iter().filter(|order| order["status"] == "failed").count();
    assert_eq!(failed, 1, "one number, one owner: {a:#} {b:#}");
    cloud.audit(&one).await;
    cloud.audit(&two).await;
}

#[tokio::test]
async fn an_unrequested_second_number_is_returned() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    // A finding is stored under the day of the sale.
    let day = cloud.now();
    cloud.plan("kakaotalk", "sold_twice").await;
    let bought = customer.buy("kakaotalk", "GH", "k").await;
    assert_eq!(bought.status, 201);
    cloud.advance(4 * 60).await;
    cloud.sweep().await;
    let findings = cloud.store.orders().findings_of(day).await.unwrap();
    assert!(findings.iter().any(|finding| finding.kind == FindingKind::OrphanedSupplierOrder), "{findings:?}");
    let sold = cloud.sold("kakaotalk").await;
    let kept = sold.iter().filter(|order| order["status"] != "CANCELED").count();
    assert_eq!((sold.len(), kept), (2, 1), "{sold:?}");
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn a_number_of_another_country_is_returned() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    let day = cloud.now();
    cloud.plan("blizzard", "foreign_number").await;
    let refused = customer.buy("blizzard", "FR", "k").await;
    assert_eq!((refused.status, refused.code()), (503, "supplier_unavailable"), "{refused:?}");
    assert_eq!(customer.wallet().await, ("5.0000".into(), "0.0000".into()));
    let sold = cloud.sold("blizzard").await;
    assert_eq!(
        (sold[0]["country"].as_str(), sold[0]["status"].as_str()),
        (Some("france"), Some("CANCELED")),
        "{sold:?}"
    );
    let order = cloud.audit(&customer).await.remove(0).id;
    let findings = cloud.store.orders().findings_of(day).await.unwrap();
    let about_it = findings.iter().find(|finding| finding.order_id.as_ref() == Some(&order)).unwrap();
    assert_eq!(about_it.kind, FindingKind::WrongNumber);
    assert_eq!(customer.buy("blizzard", "FR", "again").await.status, 201, "the next number is French");
}

#[tokio::test]
async fn refusals_are_refunded_at_once() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    for (scenario, status, code) in [
        ("no_free_phones", 409, "no_numbers"),
        ("out_of_funds", 503, "supplier_unavailable"),
        ("low_rating", 503, "supplier_unavailable"),
        ("throttled", 503, "supplier_unavailable"),
        ("dearer", 409, "no_numbers"),
    ] {
        cloud.plan("fiverr", scenario).await;
        let refused = customer.buy("fiverr", "GH", scenario).await;
        assert_eq!((refused.status, refused.code()), (status, code), "{scenario}: {refused:?}");
        let again = customer.buy("fiverr", "GH", scenario).await;
        assert_eq!((again.status, again.code()), (status, code), "{scenario} again: {again:?}");
        assert_eq!(customer.wallet().await, ("5.0000".into(), "0.0000".into()), "{scenario}");
    }
    assert!(cloud.sold("fiverr").await.iter().all(|order| order["status"] == "CANCELED"));
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn with_too_little_time_the_supplier_is_not_called() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    for (seconds_left, status) in [(9, 503), (14, 201)] {
        let key = format!("with-{seconds_left}-seconds");
        let answered = in_process::buy(cloud.context().await, &customer, "ebay", &key, seconds_left).await;
        assert_eq!(answered, status, "{seconds_left} s left");
        assert_eq!(cloud.sold("ebay").await.len(), usize::from(status == 201), "{seconds_left} s left");
    }
    let orders = cloud.audit(&customer).await;
    let held = orders.iter().filter(|order| order.status.is_open()).count();
    assert_eq!((orders.len(), held), (2, 1), "{orders:?}");
}
