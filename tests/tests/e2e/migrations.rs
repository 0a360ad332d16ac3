//! Migrations: items of the version before are read and changed, and nothing is lost while both versions run.

use crate::operator::{done, refused};
use domain::{Plan, order::Order};
use namaskah_tests::Cloud;
use serde_json::json;

#[tokio::test]
async fn orders_of_the_version_before_are_found_after_the_migration() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    let bought = customer.buy_patiently("whatsapp", "GH", "old").await;
    let (id, number) = (bought.order_id(), bought.body["phone_number"].as_str().unwrap().to_owned());
    customer.wait_for(&id, &["completed"]).await;
    let owner = customer.user.clone();
    let order: Order = cloud.store.record(&owner, &id).await.unwrap().unwrap();
    let claim = format!("SUPPLIERORDER#5sim#{}", order.number.as_ref().unwrap().supplier_order);
    let order_key = (format!("USER#{}", customer.user), id.to_string());

    // As the version before wrote them.
    cloud.remove_attribute("OrdersTable", &order_key.0, &order_key.1, "lookup").await;
    cloud.remove_attribute("OrdersTable", &claim, "SUPPLIERORDER", "lookup").await;
    assert!(refused(&["orders", "show", id.as_str()]).await.contains("there is no order"));

    // While the migration runs, customers buy, and orders settle.
    let (ran, first, second) = tokio::join!(
        done(&["migrations", "run", "--again", "1"]),
        customer.buy_patiently("telegram", "GH", "first"),
        customer.buy_patiently("telegram", "GH", "second"),
    );
    let migration = &ran["items"][0];
    assert_eq!(migration["id"], 1);
    assert!(migration["changed"].as_u64() >= Some(2), "{ran}");

    assert_eq!(done(&["orders", "show", id.as_str()]).await["customer"], json!(customer.user));
    let found = done(&["orders", "find", "--number", &number]).await;
    assert!(found["items"].as_array().unwrap().iter().any(|found| found["id"] == id.as_str()), "{found}");
    for other in [first, second] {
        let shown = done(&["orders", "show", other.order_id().as_str()]).await;
        assert_eq!(shown["customer"], json!(customer.user));
    }
    let after: Order = cloud.store.record(&owner, &id).await.unwrap().unwrap();
    assert_eq!(after, order, "nothing else changed");

    // It runs once, unless it is asked for.
    assert_eq!(done(&["migrations", "run"]).await["items"], json!([]));
    let listed = done(&["migrations", "list"]).await;
    assert!(listed["items"].as_array().unwrap().iter().all(|migration| !migration["ran_at"].is_null()), "{listed}");
    let again = done(&["migrations", "run", "--again", "1"]).await;
    assert_eq!(again["items"][0]["found"], 0);
}
