//! What the simulators say happened outside: money that was paid, paid back and lost, and messages that were delivered.

use domain::{
    order::Order,
    payment::{Payment, RefundStatus},
};
use namaskah_tests::Cloud;
use serde_json::{Value, json};

/// Digits after the point of coins and rates, here.
const SCALE: usize = 12;

/// What a gateway has of a payment, in units of credits.
#[derive(Debug, Default)]
pub struct Facts {
    /// What was paid.
    pub credits: i64,
    /// What was or is being paid back, in minor units.
    pub back: Vec<u64>,
    /// What banks took or ask for, in minor units.
    pub lost: u64,
    /// Whether the gateway or a bank has not decided about something.
    pub is_open: bool,
}

/// Asks a simulator to do something that may not be possible. Returns the status.
pub async fn control(cloud: &Cloud, gateway: &str, path: &str, body: Value) -> u16 {
    let url = format!("{}/_sim/{path}", cloud.simulator(gateway));
    cloud.http.post(url).json(&body).send().await.expect("the simulator").status().as_u16()
}

/// What a gateway knows of a payment.
pub async fn of_payment(cloud: &Cloud, payment: &Payment) -> Facts {
    let url = format!("{}/_sim/payments/{}", cloud.simulator(payment.gateway.as_str()), payment.reference);
    let answer = cloud.http.get(url).send().await.expect("the simulator");
    if !answer.status().is_success() {
        return Facts::default();
    }
    let said: Value = answer.json().await.expect("a payment");
    let credits = match payment.gateway.as_str() {
        "paystack" => by_paystack(payment, &said),
        "stripe" => by_stripe(payment, &said),
        _ => by_btcpay(payment, &said),
    };
    let list_of = |name: &str| said[name].as_array().cloned().unwrap_or_default();
    let back = list_of("refunds").into_iter().filter(|refund| refund["status"] != "failed");
    let back = back.filter_map(|refund| refund["amount"].as_u64()).collect();
    let is_lost = |dispute: &&Value| dispute["status"] == "lost" || dispute["resolution"] == "merchant-accepted";
    let disputes = list_of("disputes");
    let lost = disputes.iter().filter(is_lost).filter_map(|dispute| dispute["amount"].as_u64()).sum();
    let is_paying = |refund: &Value| ["pending", "processing"].iter().any(|status| refund["status"] == *status);
    let is_undecided =
        |dispute: &Value| dispute["status"] != "lost" && dispute["status"] != "won" && dispute["resolution"].is_null();
    let is_open = list_of("refunds").iter().any(is_paying) || disputes.iter().any(is_undecided);
    Facts { credits, back, lost, is_open }
}

/// The credits for the agreed amount.
fn agreed(payment: &Payment) -> i64 {
    credits_of(payment, u128::from(payment.amount.minor.get()))
}

fn credits_of(payment: &Payment, minor: u128) -> i64 {
    i64::try_from(minor * 10_000 / u128::from(payment.price.minor().get())).expect("a small amount")
}

/// The credits of a lost amount, which is no more than was credited.
pub fn lost_of(payment: &Payment, minor: u64) -> i64 {
    credits_of(payment, u128::from(minor)).min(payment.credited.units())
}

/// Exactly the amount that was asked for, or nothing.
fn by_paystack(payment: &Payment, said: &Value) -> i64 {
    let is_paid = said["paid_ms"].is_i64() || said["paid_ms"].is_u64();
    let is_agreed = said["amount"] == said["requested_amount"] && said["currency"] == said["requested_currency"];
    if is_paid && is_agreed { agreed(payment) } else { 0 }
}

fn by_stripe(payment: &Payment, said: &Value) -> i64 {
    let charges = said["charges"].as_array().cloned().unwrap_or_default();
    let is_agreed = |charge: &Value| charge["amount"] == json!(payment.amount.minor.get());
    let is_paid =
        said["payment_status"] == "paid" && said["currency"] == payment.amount.currency.as_str().to_lowercase();
    if is_paid && charges.iter().any(is_agreed) { agreed(payment) } else { 0 }
}

/// All coins that settled, each at the rate of its invoice.
fn by_btcpay(payment: &Payment, said: &Value) -> i64 {
    let methods = said["methods"].as_array().cloned().unwrap_or_default();
    let of_method = |method: &Value| {
        let rate = scaled(method["rate"].as_str().unwrap_or_default());
        let coins = method["payments"].as_array().cloned().unwrap_or_default();
        let settled = coins.into_iter().filter(|coins| coins["status"] == "Settled");
        settled.map(|coins| minor(scaled(coins["value"].as_str().unwrap_or_default()), rate)).collect::<Vec<_>>()
    };
    methods.iter().flat_map(of_method).map(|minor| credits_of(payment, minor)).sum()
}

/// Coins at a rate, in hundredths of the currency.
fn minor(coins: u128, rate: u128) -> u128 {
    let one = 10_u128.pow(u32::try_from(SCALE).expect("a small number"));
    // What is due in coins is rounded up, so the rest of a cent is left out.
    coins * (rate / 10_000_000_000) / one
}

/// A decimal as a whole number.
fn scaled(text: &str) -> u128 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part: String = part.chars().chain(std::iter::repeat('0')).take(SCALE).collect();
    format!("{whole}{part}").parse().expect("a decimal")
}

/// Whether the supplier delivered a message for an order.
pub async fn is_delivered(cloud: &Cloud, order: &Order) -> bool {
    let Some(number) = &order.number else { return false };
    let url = format!("{}/_sim/orders/{}", cloud.simulator("fivesim"), number.supplier_order);
    let sold: Value = cloud.http.get(url).send().await.expect("the simulator").json().await.expect("an order");
    let is_returned = ["CANCELED", "BANNED", "TIMEOUT"].iter().any(|status| sold["status"] == *status);
    let messages = sold["sms"].as_array().cloned().unwrap_or_default();
    // Older ones came for another customer of the number.
    let counts = |sms: &Value| sms["created_at"].as_str() >= sold["created_at"].as_str();
    !is_returned && messages.iter().any(counts)
}

/// What the wallet gave for refunds that the gateway has or had, in units.
pub fn paid_back(payment: &Payment) -> i64 {
    let back = payment.refunds.iter().filter(|refund| refund.status == RefundStatus::Processed);
    back.map(|refund| refund.credits.units()).sum()
}
