//! Invoices: each paid receipt has one, each refund a credit note; their numbers have no gap.

use crate::operator::{done, refused};
use domain::{
    Actor, Credits, Plan, RefundId, Timestamp,
    ledger::Wallet,
    payment::{NewRefund, Payment, PaymentReference, RefundReport, RefundReported},
};
use namaskah_tests::{Cloud, Customer, Person};
use serde_json::{Value, json};
use std::time::Duration;
use store::{Profile, Transaction};

fn top_up(amount: &str, currency: &str, method: &str) -> Value {
    json!({ "amount": amount, "currency": currency, "gateway": "paystack", "method": method })
}

/// Starts and pays a payment, and waits for its credits.
async fn paid(cloud: &Cloud, customer: &Customer, body: &Value) -> PaymentReference {
    let key = ["method", "amount"].map(|name| body[name].as_str().unwrap()).join("-");
    let reference = customer.started(body, &key).await;
    cloud.pays("paystack", &reference, json!({ "channel": body["method"] })).await;
    customer.settled(&reference, "succeeded").await;
    reference
}

/// A year's place in a number like NMS-2026-000042.
fn year_and_place(document: &Value) -> (u16, u64) {
    let number = document["number"].as_str().unwrap();
    let (year, place) = number.strip_prefix("NMS-").unwrap().split_once('-').unwrap();
    (year.parse().unwrap(), place.parse().unwrap())
}

/// A person whose plan allows many requests, because the tests ask often.
async fn frequent_person(cloud: &Cloud) -> Person {
    let person = cloud.person().await;
    let profile: Profile = cloud.store.record(&person.client.user, &()).await.unwrap().unwrap();
    cloud.store.accounts().put_profile(&Profile { plan: Plan::Enterprise, ..profile }).await.unwrap();
    person
}

async fn put_details(client: &Customer, details: &Value) -> namaskah_tests::Answer {
    client.send("PUT", "/api/v1/me/billing-details", Some(details), &[]).await
}

#[tokio::test]
async fn a_payment_gets_an_invoice_a_file_and_a_mail() {
    let cloud = Cloud::shared().await;
    let (person, other) = (frequent_person(&cloud).await, frequent_person(&cloud).await);
    let client = &person.client;
    let reference = paid(&cloud, client, &top_up("50.00", "USD", "card")).await;
    let invoice = client.invoiced(&reference, 1).await.remove(0);
    assert_eq!(
        (&invoice["kind"], &invoice["total"], &invoice["net"]),
        (&json!("invoice"), &json!("50.00"), &json!("50.00"))
    );
    assert_eq!((&invoice["tax_treatment"], &invoice["buyer"]["country"]), (&json!("untaxed"), &Value::Null));
    assert_eq!(invoice["lines"], json!([{ "credits": "25.0000", "text": null, "net": "50.00" }]));
    assert_eq!(invoice["buyer"]["name"], person.email.as_str(), "{invoice:#}");
    let number = invoice["number"].as_str().unwrap();
    let letter = cloud.letter_with(&person.email, &[number]).await;
    let id = invoice["id"].as_str().unwrap();
    assert!(letter.text.contains(&format!("/invoices/{id}")), "{letter:?}");
    assert!(!letter.text.contains("Signature"), "a link that expires is not mailed");

    let path = format!("/api/v1/invoices/{id}");
    assert_eq!(client.get(&path).await.body, invoice);
    let file = client.get(&format!("{path}/pdf")).await;
    assert_eq!((file.status, &file.headers["cache-control"]), (200, &"no-store".parse().unwrap()), "{file:?}");
    let url = file.body["url"].as_str().unwrap();
    assert!(url.contains("X-Amz-Expires=900"), "{url}");
    let until: Timestamp = file.body["expires_at"].as_str().unwrap().parse().unwrap();
    assert!(until > cloud.now() && until <= cloud.now().plus(Duration::from_mins(15)));
    let pdf = cloud.http.get(url).send().await.unwrap();
    assert_eq!(pdf.headers()["content-type"], "application/pdf");
    assert!(pdf.bytes().await.unwrap().starts_with(b"%PDF-1.7"));

    // Nobody else sees it, and no other year lists it.
    for path in [path.clone(), format!("{path}/pdf")] {
        assert_eq!(other.client.get(&path).await.status, 404, "{path}");
    }
    assert!(other.client.get("/api/v1/invoices").await.body["items"].as_array().unwrap().is_empty());
    let (year, _) = year_and_place(&invoice);
    for (year, found) in [(year, 1), (year + 1, 0), (year - 1, 0)] {
        let list = client.get(&format!("/api/v1/invoices?year={year}")).await.body;
        assert_eq!(list["items"].as_array().unwrap().len(), found, "{year}");
    }
    cloud.audit_series(year).await;
}

#[tokio::test]
async fn a_hundred_messages_and_ten_workers_make_one_invoice() {
    let cloud = Cloud::shared().await;
    let person = frequent_person(&cloud).await;
    let client = &person.client;
    let reference = paid(&cloud, client, &top_up("50.00", "USD", "card")).await;
    cloud.send_to_invoice(&reference, 100).await;
    let mut event: Value = serde_json::from_str(include_str!("../../../events/invoices.issue.json")).unwrap();
    event["Records"][0]["body"] = json!(json!({ "reference": reference }).to_string());
    let workers = (0..10).map(|_| cloud.deliver("InvoicesIssueFunction", &event));
    futures_util::future::join_all(workers).await;
    let invoice = client.invoiced(&reference, 1).await.remove(0);
    let number = invoice["number"].as_str().unwrap();
    cloud.letter_with(&person.email, &[number]).await;
    // All copies come to an end, and none of them makes a second one.
    cloud.deliver("InvoicesIssueFunction", &event).await;
    assert_eq!(client.documents_of(&reference).await.len(), 1);
    assert_eq!(cloud.letters_with(&person.email, &[number], 1).await.len(), 1, "one mail");
    cloud.audit_series(year_and_place(&invoice).0).await;
}

/// Kills the worker at this point. The invoice and its file come all the same, once.
async fn killed_at(point: &str) {
    let cloud = Cloud::alone().await;
    let person = frequent_person(&cloud).await;
    let client = &person.client;
    let file = cloud.kill_at(point);
    let reference = paid(&cloud, client, &top_up("50.00", "USD", "card")).await;
    let since = std::time::Instant::now();
    while file.exists() {
        assert!(since.elapsed().as_secs() < 60, "{point} was not reached");
        namaskah_tests::pause().await;
    }
    // The dead worker's minute is over, and its message comes again.
    cloud.advance(61).await;
    let number = loop {
        cloud.wake("InvoicesQueue").await;
        let found = client.documents_of(&reference).await;
        assert!(found.len() <= 1, "{point}: {found:#?}");
        if let Some(document) = found.first().filter(|document| document["pdf_ready"] == true) {
            break document["number"].as_str().unwrap().to_owned();
        }
        assert!(since.elapsed().as_secs() < 120, "{point}: no file");
        namaskah_tests::pause().await;
    };
    while cloud.letters(&person.email).await.iter().all(|letter| !letter.text.contains(&number)) {
        assert!(since.elapsed().as_secs() < 120, "{point}: no mail");
        cloud.wake("InvoicesQueue").await;
        namaskah_tests::pause().await;
    }
    assert_eq!(client.documents_of(&reference).await.len(), 1, "{point}");
    cloud.audit_series(cloud.now().date().0).await;
}

#[tokio::test]
async fn killed_before_the_number_is_taken() {
    killed_at("before-number").await;
}

#[tokio::test]
async fn killed_after_the_number_is_taken() {
    killed_at("after-number").await;
}

#[tokio::test]
async fn killed_after_the_file_is_stored() {
    killed_at("invoice-stored").await;
}

#[tokio::test]
async fn killed_after_the_mail_is_ordered() {
    killed_at("invoice-told").await;
}

#[tokio::test]
async fn a_new_year_begins_a_new_series() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let old = paid(&cloud, &customer, &top_up("50.00", "USD", "card")).await;
    let (year, place) = year_and_place(&customer.invoiced(&old, 1).await[0]);
    let next = Timestamp::of_day(&format!("{}-01-01", year + 1)).unwrap();
    let seconds = i64::try_from(next.since(cloud.now()).as_secs()).unwrap();
    cloud.advance(seconds + 60).await;
    let first = paid(&cloud, &customer, &top_up("60.00", "USD", "card")).await;
    assert_eq!(year_and_place(&customer.invoiced(&first, 1).await[0]), (year + 1, 1));
    let second = paid(&cloud, &customer, &top_up("70.00", "USD", "card")).await;
    assert_eq!(year_and_place(&customer.invoiced(&second, 1).await[0]), (year + 1, 2));
    assert!(cloud.audit_series(year).await >= place);
    assert_eq!(cloud.audit_series(year + 1).await, 2);
    for (year, found) in [(year, 1), (year + 1, 2)] {
        let list = customer.get(&format!("/api/v1/invoices?year={year}")).await.body;
        assert_eq!(list["items"].as_array().unwrap().len(), found, "{year}");
    }
}

#[tokio::test]
async fn the_buyer_decides_about_the_taxes() {
    let cloud = Cloud::shared().await;
    // A consumer without details, who pays in cedis.
    let person = frequent_person(&cloud).await;
    let reference = paid(&cloud, &person.client, &top_up("1200.00", "GHS", "mobile_money")).await;
    let invoice = person.client.invoiced(&reference, 1).await.remove(0);
    assert_eq!((&invoice["buyer"]["country"], &invoice["tax_treatment"]), (&json!("GH"), &json!("taxed")));
    let taxes = json!([
        { "name": "VAT", "rate": "15", "amount": "150.00" },
        { "name": "NHIL", "rate": "2.5", "amount": "25.00" },
        { "name": "GETFund", "rate": "2.5", "amount": "25.00" },
    ]);
    assert_eq!((&invoice["net"], &invoice["taxes"], &invoice["total"]), (&json!("1000.00"), &taxes, &json!("1200.00")));

    // A business of the EU owes the tax itself if it has a VAT number; without one it pays that of its country.
    for (vat, treatment, net, taxes) in [
        (json!("DE 136 695 976"), "reverse_charge", "119.00", json!([])),
        (Value::Null, "taxed", "100.00", json!([{ "name": "VAT", "rate": "19", "amount": "19.00" }])),
    ] {
        let person = frequent_person(&cloud).await;
        let client = &person.client;
        let details = json!({
            "name": "Example & Söhne GmbH",
            "address": ["Musterstraße 12", "10115 Berlin"],
            "country": "DE",
            "kind": "business",
            "vat_number": vat,
        });
        let put = put_details(client, &details).await;
        assert_eq!((put.status, &put.body["name"]), (200, &json!("Example & Söhne GmbH")), "{put:?}");
        assert_eq!(client.get("/api/v1/me/billing-details").await.body, put.body);
        let reference = paid(&cloud, client, &top_up("119.00", "USD", "card")).await;
        let invoice = client.invoiced(&reference, 1).await.remove(0);
        assert_eq!((&invoice["tax_treatment"], &invoice["net"]), (&json!(treatment), &json!(net)), "{invoice:#}");
        assert_eq!((&invoice["taxes"], &invoice["total"]), (&taxes, &json!("119.00")), "{invoice:#}");
        let number = if vat.is_null() { Value::Null } else { json!("DE136695976") };
        assert_eq!((&invoice["buyer"]["vat_number"], &put.body["vat_number"]), (&number, &number));
    }
}

#[tokio::test]
async fn a_rate_changes_without_a_deploy() {
    let cloud = Cloud::shared().await;
    let person = frequent_person(&cloud).await;
    let client = &person.client;
    let details = json!({ "name": "Jón", "address": [], "country": "IS", "kind": "consumer" });
    assert_eq!(put_details(client, &details).await.status, 200);
    let untaxed = paid(&cloud, client, &top_up("124.00", "USD", "card")).await;
    assert_eq!(client.invoiced(&untaxed, 1).await[0]["tax_treatment"], "untaxed");
    let now = cloud.now().to_string();
    done(&["invoices", "rate", "IS", &now, "--tax", "VAT=24"]).await;
    let rates = done(&["invoices", "rates", "IS"]).await;
    assert_eq!(rates["items"][0]["taxes"], "VAT 24 %", "{rates}");
    let taxed = paid(&cloud, client, &top_up("62.00", "USD", "card")).await;
    let invoice = client.invoiced(&taxed, 1).await.remove(0);
    assert_eq!((&invoice["net"], &invoice["taxes"][0]["amount"]), (&json!("50.00"), &json!("12.00")), "{invoice:#}");
}

#[tokio::test]
async fn details_that_can_t_be_printed_or_checked_are_refused() {
    let cloud = Cloud::shared().await;
    let person = frequent_person(&cloud).await;
    let client = &person.client;
    assert_eq!(client.get("/api/v1/me/billing-details").await.status, 404, "none were written");
    let with = |change: Value| {
        let mut details = json!({ "name": "Ama", "address": ["1 Road"], "country": "GH", "kind": "business" });
        details.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        details
    };
    for (change, field, code) in [
        (json!({ "name": "Ama \u{1f600}" }), "name", "not_printable"),
        (json!({ "name": "\u{202e}Ama" }), "name", "malformed"),
        (json!({ "name": "" }), "name", "malformed"),
        (json!({ "name": "\u{4e2d}\u{56fd}" }), "name", "not_printable"),
        (json!({ "address": ["fine", "\u{1f3e0} 12"] }), "address[1]", "not_printable"),
        (json!({ "address": ["1", "2", "3", "4", "5"] }), "address", "out_of_range"),
        (json!({ "country": "Ghana" }), "country", "malformed"),
        (json!({ "kind": "charity" }), "kind", "unknown_value"),
        (json!({ "country": "DE", "vat_number": "DE12345678" }), "vat_number", "not_a_vat_number"),
        (json!({ "country": "FR", "vat_number": "IT12345678901" }), "vat_number", "not_a_vat_number"),
        (json!({ "country": "US", "vat_number": "12-3456789" }), "vat_number", "not_a_vat_number"),
        (json!({ "country": "DE", "kind": "consumer", "vat_number": "DE136695976" }), "vat_number", "not_a_vat_number"),
        (json!({ "is_trusted": true }), "is_trusted", "unknown_field"),
    ] {
        let answer = put_details(client, &with(change.clone())).await;
        assert_eq!(answer.status, 422, "{change} {answer:?}");
        let error = &answer.body["errors"][0];
        assert_eq!((&error["field"], &error["code"]), (&json!(field), &json!(code)), "{change} {answer:?}");
    }
    // Scripts of our languages are printed, from right to left, too.
    let arabic = with(json!({ "name": "شركة النور للتجارة", "address": ["شارع النيل 12", "मकान 7"], "country": "KE" }));
    assert_eq!(put_details(client, &arabic).await.status, 200);
    let reference = paid(&cloud, client, &top_up("50.00", "USD", "card")).await;
    assert_eq!(client.invoiced(&reference, 1).await[0]["buyer"]["name"], "شركة النور للتجارة");
}

/// Refunds a payment as a worker would that hears of it from the gateway.
async fn refund(cloud: &Cloud, reference: &PaymentReference, credits: &str, n: u128) {
    let (store, now) = (&cloud.store, cloud.now());
    let payment: Payment = store.record(&reference.user, reference).await.unwrap().unwrap();
    let wallet: Wallet = store.ledger().of(domain::access::Mode::Live).wallet(&reference.user).await.unwrap();
    let (id, credits) = (RefundId::new(now, n), credits.parse().unwrap());
    let new = NewRefund { id: id.clone(), credits, address: None, reason: None, actor: Actor::system("test") };
    let step = payment.refund(new, &wallet, &[], now).unwrap();
    let asked = store.commit(Transaction::<Payment>::of(step), now).await.unwrap();
    let report = RefundReport { gateway_refund: Some(format!("refund-{n}")), state: RefundReported::Processed };
    let step = asked.refund_reported(&id, &report, now).unwrap().step;
    store.commit(Transaction::<Payment>::of(step), now).await.unwrap();
}

#[tokio::test]
async fn each_refund_that_was_paid_out_has_a_credit_note() {
    let cloud = Cloud::shared().await;
    let person = frequent_person(&cloud).await;
    let client = &person.client;
    let reference = paid(&cloud, client, &top_up("1200.00", "GHS", "mobile_money")).await;
    let invoice = client.invoiced(&reference, 1).await.remove(0);
    refund(&cloud, &reference, "10", 1).await;
    let note = client.invoiced(&reference, 2).await.remove(0);
    assert_eq!((&note["kind"], &note["takes_back"]), (&json!("credit_note"), &invoice["number"]), "{note:#}");
    let cents = |amount: &Value| amount.as_str().unwrap().replace('.', "").parse::<u64>().unwrap();
    let parts = |of: &Value| {
        let taxes = of["taxes"].as_array().unwrap();
        taxes.iter().map(|tax| cents(&tax["amount"])).chain([cents(&of["net"])]).collect::<Vec<_>>()
    };
    assert_eq!(parts(&note).iter().sum::<u64>(), cents(&note["total"]));
    cloud.letter_with(&person.email, &[note["number"].as_str().unwrap()]).await;
    let credited: Credits = client.known_payment(&reference).await["credited"].as_str().unwrap().parse().unwrap();
    let left = credited.checked_take("10".parse().unwrap()).unwrap();
    refund(&cloud, &reference, &left.to_string(), 2).await;
    let documents = client.invoiced(&reference, 3).await;
    // Both notes together take back every part of the invoice, to the last minor unit.
    let back: Vec<_> = parts(&documents[0]).into_iter().zip(parts(&documents[1])).map(|(a, b)| a + b).collect();
    assert_eq!(back, parts(&invoice), "{documents:#?}");
    cloud.send_to_invoice(&reference, 5).await;
    assert_eq!(client.invoiced(&reference, 3).await.len(), 3);
    cloud.audit_series(year_and_place(&invoice).0).await;
}

#[tokio::test]
async fn staff_correct_an_invoice() {
    let cloud = Cloud::shared().await;
    let person = frequent_person(&cloud).await;
    let client = &person.client;
    let reference = paid(&cloud, client, &top_up("119.00", "USD", "card")).await;
    let wrong = client.invoiced(&reference, 1).await.remove(0);
    let details = json!({ "name": "Example AG", "address": [], "country": "DE", "kind": "business" });
    assert_eq!(put_details(client, &details).await.status, 200);
    let number = wrong["number"].as_str().unwrap();
    let correct = ["invoices", "correct", number, "--reason", "the name was missing"];
    done(&correct).await;
    let documents = client.invoiced(&reference, 3).await;
    let [right, note, same] = documents.as_slice() else { panic!("{documents:#?}") };
    assert_eq!((same, &note["takes_back"], &note["total"]), (&wrong, &wrong["number"], &wrong["total"]));
    assert_eq!((&right["kind"], &right["buyer"]["name"]), (&json!("invoice"), &json!("Example AG")), "{right:#}");
    assert_eq!((&right["net"], &right["total"]), (&json!("100.00"), &json!("119.00")));
    assert!(refused(&correct).await.contains("anything left"), "nothing is left of it");
    let shown = done(&["invoices", "show", right["number"].as_str().unwrap()]).await;
    assert_eq!(shown["customer"], client.user.as_str(), "{shown}");
    let listed = done(&["invoices", "list", client.user.as_str()]).await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 3, "{listed}");
    done(&["invoices", "make", &reference.to_string()]).await;
    let (year, _) = year_and_place(right);
    let series = done(&["invoices", "series", &year.to_string()]).await;
    assert_eq!(series["missing"], json!([]), "{series}");
    cloud.audit(client).await;
    cloud.audit_series(year_and_place(right).0).await;
}

#[tokio::test]
async fn coins_in_parts_have_one_invoice() {
    let cloud = Cloud::alone().await;
    // A key, because a session ends while the clock moves.
    let client = &cloud.customer(Plan::Enterprise, "0").await;
    let body = json!({ "amount": "50.00", "currency": "USD", "gateway": "btcpay", "method": "bitcoin" });
    let reference = client.started(&body, "coins").await;
    // Each is a share of what is still due: 5.00, 9.00 and 10.80.
    for share in [10, 20, 30] {
        cloud.pays("btcpay", &reference, json!({ "outcome": "partial", "share": share })).await;
    }
    let since = std::time::Instant::now();
    while client.known_payment(&reference).await["credited"] != "12.4000" {
        assert!(since.elapsed().as_secs() < 60, "{:#}", client.known_payment(&reference).await);
        namaskah_tests::pause().await;
    }
    assert!(client.documents_of(&reference).await.is_empty(), "the rest may come");
    cloud.advance(32 * 60).await;
    client.settled(&reference, "succeeded").await;
    let invoice = client.invoiced(&reference, 1).await.remove(0);
    assert_eq!(
        (&invoice["total"], &invoice["lines"][0]["credits"]),
        (&json!("24.80"), &json!("12.4000")),
        "{invoice:#}"
    );
}
