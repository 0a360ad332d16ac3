//! What operators decide about selling: currencies, rates, switches, new operators of numbers.

use crate::operator::{done, refused};
use domain::Plan;
use namaskah_tests::{Cloud, Customer};
use serde_json::{Value, json};

async fn quote(customer: &Customer, service: &str, country: &str) -> (u16, String) {
    let answer = customer.get(&format!("/api/v1/pricing/quote?service_name={service}&country_code={country}")).await;
    (answer.status, answer.code().to_owned())
}

#[tokio::test]
async fn a_switched_off_country_is_not_sold() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    let off = done(&["catalog", "off", "country:MA", "--reason", "its numbers are abused"]).await;
    assert_eq!((&off["id"], &off["by"]), (&json!("country:MA"), &json!("operator:ama")));
    let paused = customer.buy("twitter", "MA", "paused").await;
    assert_eq!((paused.status, paused.code()), (409, "sales_paused"), "{paused:?}");
    assert_eq!(quote(&customer, "twitter", "MA").await, (409, "sales_paused".to_owned()));
    assert_eq!(customer.wallet().await, ("5.0000".to_owned(), "0.0000".to_owned()));
    let switches = done(&["catalog", "switches"]).await;
    assert!(switches["items"].as_array().unwrap().iter().any(|item| item["id"] == "country:MA"), "{switches}");
    done(&["catalog", "on", "country:MA"]).await;
    assert_eq!(quote(&customer, "twitter", "MA").await.0, 200);
    for unknown in ["service:whatsap", "country:ZZ"] {
        let refused = refused(&["catalog", "off", unknown, "--reason", "a typo"]).await;
        assert!(refused.contains("in the catalog"), "{unknown}: {refused}");
    }
    assert!(refused(&["catalog", "on", "country:MA"]).await.contains("no switch country:MA"));
}

#[tokio::test]
async fn prices_in_the_wrong_currency_are_not_sold() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    let supplier = async || done(&["suppliers", "list"]).await["items"][0].clone();
    let before = supplier().await;
    assert_eq!((&before["currency"], &before["credits_per_unit"]), (&json!("RUB"), &json!("0.0062")));
    assert!(!before["rate_as_of"].is_null() && before["off"].is_null(), "{before}");

    // A rate that is a hundred times too high is refused, and changes nothing.
    assert!(refused(&["suppliers", "rate", "RUB", "0.62"]).await.contains("implausible"));
    assert_eq!(supplier().await["rate_as_of"], before["rate_as_of"]);

    // The operator takes the account for one in dollars: what is stored is not sold, and what is read is implausible.
    done(&["suppliers", "rate", "USD", "0.5"]).await;
    done(&["suppliers", "currency", "5sim", "USD"]).await;
    assert_eq!(quote(&customer, "twitter", "GB").await, (409, "no_offer".to_owned()));
    assert!(refused(&["catalog", "refresh"]).await.contains("implausible"));
    let stopped = supplier().await;
    assert_eq!(stopped["off"]["by"], "system:refresh", "{stopped}");
    assert_eq!(customer.buy("twitter", "GB", "stopped").await.code(), "no_offer");

    // The right currency again: sold at once at the stored prices, but for the switch, which the next refresh removes.
    done(&["suppliers", "currency", "5sim", "RUB"]).await;
    assert_eq!(quote(&customer, "twitter", "GB").await, (409, "sales_paused".to_owned()));
    done(&["catalog", "refresh"]).await;
    assert!(supplier().await["off"].is_null());
    assert_eq!(quote(&customer, "twitter", "GB").await.0, 200);
}

#[tokio::test]
async fn a_switch_of_a_person_stays_until_a_person_removes_it() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    done(&["catalog", "off", "supplier:5sim", "--reason", "a strike"]).await;
    done(&["catalog", "refresh"]).await;
    assert_eq!(customer.buy("twitter", "GB", "strike").await.code(), "sales_paused");
    let rest = customer.get("/api/v1/services/twitter/offers?country_code=GB").await;
    assert_eq!(rest.status, 200, "{rest:?}");
    done(&["catalog", "on", "supplier:5sim"]).await;
    assert_eq!(quote(&customer, "twitter", "GB").await.0, 200);
}

#[tokio::test]
async fn a_new_operator_of_numbers_waits_for_a_decision() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    let price = json!({ "country": "egypt", "operator": "virtual61", "product": "twitter", "cents": 700, "count": 9 });
    cloud.sim("prices", price).await;
    let of_new = "/api/v1/pricing/quote?service_name=twitter&country_code=EG&operator=virtual61";
    let waiting = async || {
        done(&["catalog", "refresh"]).await;
        let items = done(&["catalog", "operators", "5sim"]).await["items"].clone();
        items.as_array().unwrap().iter().any(|item| item["id"] == "virtual61")
    };
    assert!(waiting().await);
    assert_eq!(customer.get(of_new).await.code(), "no_offer");
    let decided: Value = done(&["catalog", "operator", "5sim", "virtual61", "sold"]).await;
    assert_eq!(decided, json!({ "id": "virtual61", "state": "sold" }));
    assert!(!waiting().await);
    assert_eq!(customer.get(of_new).await.status, 200);
    assert!(refused(&["catalog", "operator", "5sim", "not-listed", "sold"]).await.contains("no operator not-listed"));
}
