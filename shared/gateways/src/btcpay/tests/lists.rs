//! Lists of a day: invoices page by page, and the coins of the day in them.

use super::{loopback::Loopback, *};
use crate::{PaymentGateway, btcpay::BtcPay};
use domain::{
    payment::ReceiptId,
    reconciliation::{ListedMoney, MoneyState},
};
use https::http_client;
use runtime::StaleFlag;

/// What a server lists that gives these answers, and what it was asked.
async fn list(script: Vec<(u16, String)>) -> (Result<Vec<ListedMoney>, GatewayError>, Vec<String>) {
    let server = Loopback::start(script);
    let key = "the-key".into();
    let client = BtcPay::new(&server.url, "S1", &key, http_client().unwrap(), StaleFlag::default()).unwrap();
    let list = client.list(after(0), after(86_400)).await;
    (list.map(|list| list.money), server.lines())
}

/// The answer of a store without payouts, which is asked for last.
fn no_payouts() -> (u16, String) {
    (200, "[]".to_owned())
}

fn page(invoices: &[Value]) -> (u16, String) {
    (200, json!(invoices).to_string())
}

/// An invoice in a list, with these payments.
fn listed(payments: &[Value]) -> Value {
    invoice_with(&[("status", json!("Settled")), ("paymentMethods", json!([bitcoin(payments)]))])
}

fn money(id: &str, minor: Option<u64>, seconds: i64, state: MoneyState) -> ListedMoney {
    let amount = minor.map(|minor| Amount { minor: Minor::new(minor), currency: PayCurrency::Usd });
    ListedMoney { receipt: ReceiptId::new(format!("BTC-CHAIN:{id}")), amount, at: after(seconds), state }
}

fn query(skip: usize) -> String {
    let (from, until) = (MADE - 3 * 86_400, MADE + 86_400);
    let span = format!("startDate={from}&endDate={until}&includePaymentMethods=true");
    format!("GET /api/v1/stores/S1/invoices?{span}&skip={skip}&take=50")
}

#[tokio::test]
async fn coins_of_the_day_that_settled_are_listed() {
    let paid = |id, status, seconds| listed(&[coins(id, "0.00083334", status, seconds)]);
    let invoices = [
        paid("a-0", "Settled", 60),
        paid("b-0", "Processing", 60),
        paid("c-0", "Invalid", 60),
        paid("d-0", "Settled", -1),
        paid("e-0", "Settled", 86_400),
        listed(&[]),
    ];
    let (money_of, asked) = list(vec![page(&invoices), no_payouts()]).await;
    assert_eq!(money_of, Ok(vec![money("a-0", Some(5_000), 60, MoneyState::Kept)]));
    assert_eq!(asked, [query(0), "GET /api/v1/stores/S1/payouts".to_owned()]);
}

#[tokio::test]
async fn late_coins_and_several_coins_have_no_final_amount() {
    let late = listed(&[coins("late-0", "0.00083334", "Settled", VALID_FOR + 1)]);
    let two = listed(&[coins("x-0", "0.0005", "Settled", 60), coins("y-0", "0.0005", "Settled", 61)]);
    let (money_of, _) = list(vec![page(&[late, two]), no_payouts()]).await;
    let repriced = [
        money("late-0", Some(5_000), VALID_FOR + 1, MoneyState::Repriced),
        money("x-0", Some(3_000), 60, MoneyState::Repriced),
        money("y-0", Some(3_000), 61, MoneyState::Repriced),
    ];
    assert_eq!(money_of, Ok(repriced.to_vec()));
}

#[tokio::test]
async fn a_server_that_lists_no_methods_is_asked_for_each_invoice() {
    let methods = json!([bitcoin(&[coins("a-0", "0.00083334", "Settled", 60)])]);
    let (money_of, asked) = list(vec![page(&[invoice("Settled")]), (200, methods.to_string()), no_payouts()]).await;
    assert_eq!(money_of.unwrap().len(), 1);
    assert_eq!(asked[1], "GET /api/v1/stores/S1/invoices/G3Ax9kDqPCvmcqzVV2Yq5r/payment-methods");
}

#[tokio::test]
async fn pages_are_read_to_the_end_and_a_fault_is_no_list() {
    let full = page(&vec![listed(&[]); 50]);
    let (money_of, asked) = list(vec![full.clone(), full.clone(), page(&[]), no_payouts()]).await;
    assert_eq!((money_of, &asked[..3]), (Ok(Vec::new()), &[query(0), query(50), query(100)][..]));
    let (money_of, _) = list(vec![full.clone(), (502, PAGE_502.to_owned())]).await;
    assert_eq!(money_of, Err(GatewayError::Unavailable { fault: Fault::Status(502) }));
    let (money_of, asked) = list(vec![full; 120]).await;
    assert_eq!(money_of, Err(GatewayError::Unavailable { fault: Fault::TooLarge }));
    assert_eq!(asked.len(), 100);
}

#[tokio::test]
async fn payouts_of_the_day_that_are_refunds_are_listed() {
    let payout = |id: &str, seconds: i64, state: &str, metadata: Value| json!({ "id": id, "date": MADE + seconds, "state": state, "metadata": metadata });
    let of = |minor: &str| json!({ "refund": "rfd_1", "receipt": "BTC-CHAIN:a-0", "amount": { "minor": minor, "currency": "USD" } });
    let payouts = json!([
        payout("A", 60, "Completed", of("20.00")),
        payout("B", 60, "AwaitingPayment", of("5.00")),
        payout("C", 60, "Cancelled", of("5.00")),
        payout("D", -1, "Completed", of("5.00")),
        payout("E", 86_400, "Completed", of("5.00")),
        payout("F", 60, "Completed", json!({ "source": "the treasury" })),
    ]);
    let server = Loopback::start([page(&[]), (200, payouts.to_string())]);
    let key = "the-key".into();
    let client = BtcPay::new(&server.url, "S1", &key, http_client().unwrap(), StaleFlag::default()).unwrap();
    let refunds = client.list(after(0), after(86_400)).await.unwrap().refunds;
    let found: Vec<_> = refunds.iter().map(|one| (one.id.as_str(), one.amount.unwrap().minor.get())).collect();
    assert_eq!(found, [("A", 2_000), ("B", 500)]);
    assert!(refunds.iter().all(|one| one.receipt == ReceiptId::new("BTC-CHAIN:a-0") && one.at == after(60)));
}
