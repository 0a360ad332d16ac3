//! Functions are killed at fail points; every order settles within two minutes of the test's clock.

use domain::Plan;
use namaskah_tests::Cloud;

/// Buys with the function killed at this point, and returns the order after two minutes.
async fn killed_while_buying(point: &str, product: &str) {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    let file = cloud.kill_at(point);
    let crashed = customer.buy(product, "GH", "k").await;
    assert!(!file.exists(), "{point} was not reached");
    assert!(crashed.status >= 500, "{crashed:?}");
    let orders = cloud.all_orders(&customer).await;
    assert_eq!(orders.len(), 1, "{point}: the hold and its order are written together");
    for _ in 0..4 {
        cloud.advance(30).await;
        cloud.sweep().await;
    }
    let order = customer.wait_for(&orders[0].id, &["completed", "failed", "refunded"]).await;
    let sold = cloud.sold(product).await.len();
    assert_eq!(order["status"] == "failed", sold == 0, "{point}: {order:#}");
    let replay = customer.buy(product, "GH", "k").await;
    assert_ne!(replay.code(), "in_progress");
    assert_eq!(cloud.audit(&customer).await.len(), 1, "{point}: the same key creates no second order");
}

#[tokio::test]
async fn killed_after_the_hold() {
    killed_while_buying("after-hold", "apple").await;
}

#[tokio::test]
async fn killed_after_the_supplier_sold() {
    killed_while_buying("after-sale", "facebook").await;
}

#[tokio::test]
async fn killed_after_the_number_was_written() {
    killed_while_buying("after-bought", "dropbox").await;
}

#[tokio::test]
async fn a_poller_killed_before_it_writes_loses_nothing() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    let id = customer.buy("spotify", "GH", "k").await.order_id();
    let file = cloud.kill_at("before-settle");
    cloud.advance(160).await;
    cloud.sweep().await;
    let order = customer.wait_for(&id, &["completed"]).await;
    assert!(!file.exists(), "the poller was not killed");
    assert!(order["code"].is_string());
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn killed_after_the_supplier_cancelled() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    cloud.plan("yahoo", "never").await;
    let id = customer.buy("yahoo", "GH", "k").await.order_id();
    cloud.advance(121).await;
    let file = cloud.kill_at("after-supplier-cancel");
    let crashed = customer.post(&format!("/api/v1/verifications/{id}/cancel")).await;
    assert!(!file.exists() && crashed.status >= 500, "{crashed:?}");
    let order = customer.wait_for(&id, &["refunded"]).await;
    assert_eq!(order["cost"], "0.0000");
    cloud.audit(&customer).await;
}
