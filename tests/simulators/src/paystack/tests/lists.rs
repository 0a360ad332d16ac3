//! Tests of the lists.

use super::{EMAIL, Merchant};
use serde_json::{Value, json};

fn references(list: &Value) -> Vec<&str> {
    list["data"].as_array().unwrap().iter().map(|one| one["reference"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn transactions_come_in_pages_newest_first() {
    let merchant = Merchant::new();
    for reference in ["a", "b", "c"] {
        merchant.start(reference).await.data();
    }
    let first = merchant.get("/transaction?perPage=2").await.json();
    assert_eq!((references(&first), &first["message"]), (vec!["c", "b"], &json!("Transactions retrieved")));
    let meta = json!({ "total": 3, "total_volume": 15_000, "skipped": 0, "perPage": 2, "page": 1, "pageCount": 2 });
    assert_eq!(first["meta"], meta);
    let second = merchant.get("/transaction/?per_page=2&page=2").await.json();
    assert_eq!((references(&second), &second["meta"]["skipped"]), (vec!["a"], &json!(2)));
    assert_eq!(references(&merchant.get("/transaction?page=3").await.json()), Vec::<&str>::new());
}

#[tokio::test]
async fn transactions_are_chosen_by_status_time_amount_and_customer() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({ "outcome": "failed" })).await;
    merchant.pay("b", json!({ "outcome": "wrong_amount", "amount": 4_000 })).await;
    merchant.advance(3_600).await;
    merchant.start("c").await.data();
    let customer = merchant.verified("a").await["customer"]["id"].clone();
    let created = merchant.verified("c").await["created_at"].as_str().unwrap().to_owned();
    for (query, expected) in [
        ("status=failed".to_owned(), vec!["a"]),
        ("status=success".to_owned(), vec!["b"]),
        ("status=abandoned".to_owned(), vec!["c"]),
        ("amount=4000".to_owned(), vec!["b"]),
        (format!("customer={customer}"), vec!["c", "b", "a"]),
        ("customer=1".to_owned(), vec![]),
        (format!("from={created}"), vec!["c"]),
        ("to=2016-09-24".to_owned(), vec![]),
        ("from=2016-09-24&to=2100-09-24T00:00:05.000Z".to_owned(), vec!["c", "b", "a"]),
    ] {
        let list = merchant.get(&format!("/transaction?{query}")).await.json();
        assert_eq!(references(&list), expected, "{query}");
    }
    let wrong = ["perPage=0", "page=0", "page=x", "from=yesterday", "status=paid", "amount=x", "use_cursor=true"];
    for query in wrong {
        assert_eq!(merchant.get(&format!("/transaction?{query}")).await.refusal().0, 400, "{query}");
    }
}

#[tokio::test]
async fn a_transaction_is_read_by_its_number() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({})).await;
    let id = merchant.verified("a").await["id"].clone();
    for path in [format!("/transaction/{id}"), format!("/transaction/{id}/")] {
        assert_eq!(merchant.get(&path).await.data()["reference"], "a");
    }
    assert_eq!(merchant.get("/transaction/77").await.refusal(), (404, "Transaction not found".to_owned()));
    assert_eq!(merchant.get("/transaction/a").await.refusal(), (400, "Transaction ID should be numeric.".to_owned()));
}

#[tokio::test]
async fn refunds_are_found_by_the_number_of_their_transaction() {
    let merchant = Merchant::new();
    for reference in ["a", "b"] {
        merchant.pay(reference, json!({})).await;
        merchant.post("/refund", &json!({ "transaction": reference, "amount": 1_000 })).await.data();
    }
    let id = merchant.verified("a").await["id"].clone();
    let list = merchant.get(&format!("/refund?transaction={id}&perPage=10")).await.json();
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    assert_eq!((&list["data"][0]["transaction_reference"], &list["data"][0]["transaction"]), (&json!("a"), &id));
    assert_eq!((&list["meta"]["perPage"], &list["meta"]["failedRefundCount"]), (&json!("10"), &json!(0)));
    let by_reference = merchant.get("/refund?transaction=a").await.json();
    assert_eq!(by_reference["data"], json!([]), "a reference finds nothing");
    assert_eq!(merchant.get("/refund?currency=GHS").await.json()["meta"]["total"], 2);
    assert_eq!(merchant.get("/refund?currency=NGN").await.json()["meta"]["total"], 0);
}

#[tokio::test]
async fn disputes_are_chosen_by_status_and_transaction() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({})).await;
    merchant.set("dispute/a", json!({ "state": "create" })).await;
    let id = merchant.verified("a").await["id"].clone();
    for (query, total) in [
        (format!("transaction={id}"), 1),
        ("transaction=1".to_owned(), 0),
        ("status=awaiting-merchant-feedback".to_owned(), 1),
        ("status=resolved".to_owned(), 0),
    ] {
        assert_eq!(merchant.get(&format!("/dispute?{query}")).await.json()["meta"]["total"], total, "{query}");
    }
    assert_eq!(merchant.get("/dispute?status=lost").await.refusal().0, 400);
}

#[tokio::test]
async fn a_customer_is_made_and_listed() {
    let merchant = Merchant::new();
    let new = json!({ "email": EMAIL, "first_name": "Ama", "last_name": "Owusu" });
    let made = merchant.post("/customer", &new).await.data();
    assert_eq!((&made["first_name"], &made["authorizations"]), (&json!("Ama"), &json!([])));
    merchant.start("a").await.data();
    assert_eq!(merchant.verified("a").await["customer"]["customer_code"], made["customer_code"]);
    let again = merchant.post("/customer", &json!({ "email": EMAIL, "first_name": "Eve" })).await.data();
    assert_eq!((&again["id"], &again["first_name"]), (&made["id"], &json!("Ama")));
    assert_eq!(merchant.get("/customer").await.json()["meta"]["total"], 1);
    assert_eq!(merchant.post("/customer", &json!({ "email": "x" })).await.refusal().1, "Invalid Email Address Passed");
}
