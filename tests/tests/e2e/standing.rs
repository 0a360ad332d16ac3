//! Who may buy: customers whose orders get codes, so that our rating at the supplier lasts for all.

use domain::{Plan, Trust};
use namaskah_tests::{Answer, Cloud, Customer};

/// Buys a number for which no message comes, and reports it.
async fn buy_and_report(customer: &Customer, key: &str) -> Answer {
    let bought = customer.buy_patiently("google", "GH", key).await;
    if bought.status < 300 {
        let report = format!("/api/v1/verifications/{}/report", bought.order_id());
        while customer.post(&report).await.body["status"] != "refunded" {}
    }
    bought
}

#[tokio::test]
async fn returning_every_number_pauses_buying() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer_trusted(Plan::Pro, "50", Trust::Earned).await;
    assert_eq!(customer.get("/api/v1/wallet").await.body["open_orders_limit"], 10);
    let mut refused = None;
    for n in 0..20 {
        cloud.plan("google", "never").await;
        let bought = buy_and_report(&customer, &n.to_string()).await;
        if bought.status == 409 {
            refused = Some((n, bought));
            break;
        }
    }
    let (reported, refused) = refused.expect("never refused");
    assert_eq!((reported, refused.code()), (14, "buying_paused"), "{refused:?}");
    let wallet = customer.get("/api/v1/wallet").await.body;
    assert_eq!(wallet["open_orders_limit"], 0);
    assert_eq!(wallet["buying_paused_until"], refused.body["until"]);
    assert_eq!(customer.wallet().await, ("50.0000".into(), "0.0000".into()));
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn with_a_low_rating_only_customers_with_codes_buy() {
    let cloud = Cloud::alone().await;
    let proven = cloud.customer_trusted(Plan::Starter, "5", Trust::Earned).await;
    let bought = proven.buy_patiently("whatsapp", "GH", "a-code").await;
    proven.wait_for(&bought.order_id(), &["completed"]).await;
    let new = cloud.customer_trusted(Plan::Starter, "5", Trust::Earned).await;

    cloud.rate_account(6_399).await;
    let refused = new.buy("whatsapp", "GH", "refused").await;
    let bought = proven.buy_patiently("whatsapp", "GH", "allowed").await;
    cloud.rate_account(9_600).await;

    assert_eq!((refused.status, refused.code()), (409, "buying_restricted"), "{refused:?}");
    assert_eq!(refused.headers["retry-after"], "600");
    assert_eq!(bought.status, 201, "{bought:?}");
    assert_eq!(new.buy_patiently("whatsapp", "GH", "refused").await.status, 201, "a refusal is not remembered");
}

#[tokio::test]
async fn new_customers_together_risk_a_part_of_the_rating() {
    let cloud = Cloud::alone().await;
    cloud.rate_account(6_450).await;
    let mut bought = 0;
    let refused = loop {
        let customer = cloud.customer_trusted(Plan::Pro, "50", Trust::Earned).await;
        let mut refused = None;
        for n in 0..10 {
            cloud.plan("google", "never").await;
            let answer = customer.buy_patiently("google", "GH", &n.to_string()).await;
            match answer.status {
                201 | 202 => bought += 1,
                _ => refused = Some(answer),
            }
        }
        if refused.is_some() || bought > 100 {
            break refused;
        }
    };
    cloud.rate_account(9_600).await;
    let refused = refused.expect("never refused");
    assert_eq!(refused.code(), "buying_restricted", "{refused:?}");
    // (64.5 - 48) / 2 is the cost of 55 orders; other new customers of the same window count, too.
    assert!((30..=55).contains(&bought), "{bought}");
}
