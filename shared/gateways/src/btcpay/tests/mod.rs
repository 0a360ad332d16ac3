//! Answers of BTCPay Server and of the network in front of it, and what they mean. The bodies have the form of those of
//! version 2.4.

mod client;
mod events;
mod invoices;
mod late;
mod lists;
mod loopback;
mod money;
mod payouts;
mod properties;
mod refusals;
mod requests;

use super::{
    ID,
    coins::{COINS, coin},
    report::{Found, Rates, late_pairs, report},
    wire,
};
use crate::{Customer, GatewayError};
use domain::{
    PaymentId, Timestamp, UserId,
    payment::{
        Amount, CreditPrice, GatewayId, Look, Method, Minor, NewPayment, PayCurrency, Payment, PaymentReference,
        Report, Reported, credits_of,
    },
};
use https::{Answer, Excerpt, Fault};
use serde_json::{Value, json};

/// When the invoice was made: 2026-11-21T10:00:00Z.
const MADE: i64 = 1_795_255_200;
/// How long its rate is valid, in seconds.
const VALID_FOR: i64 = 30 * 60;
const PAGE_502: &str = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";

/// The moment so many seconds after the invoice was made.
fn after(seconds: i64) -> Timestamp {
    Timestamp::from_millis((MADE + seconds) * 1000)
}

/// A payment of 50 dollars in a coin, for 25 credits.
fn payment_in(method: Method) -> Payment {
    payment_of(method, "50.00", PayCurrency::Usd)
}

fn payment_of(method: Method, amount: &str, currency: PayCurrency) -> Payment {
    let amount = Amount { minor: amount.parse().unwrap(), currency };
    let price = CreditPrice::new(Minor::new(200)).unwrap();
    let reference = PaymentReference { user: UserId::new(after(0), 1), payment: PaymentId::new(after(0), 2) };
    let credits = credits_of(amount, price).unwrap();
    let new = NewPayment { reference, gateway: GatewayId::new(ID), method, amount, price, credits };
    Payment::start(new, after(0)).subject
}

fn payment() -> Payment {
    payment_in(Method::Bitcoin)
}

fn customer() -> Customer {
    let email = "ama@example.com".parse().unwrap();
    Customer { email, return_url: "https://namaskah.example/payments/1".to_owned() }
}

fn answer(status: u16, body: &str) -> Answer {
    let status = status.try_into().unwrap();
    Answer { status, headers: http::HeaderMap::new(), body: body.as_bytes().to_vec() }
}

fn with(mut object: Value, changes: &[(&str, Value)]) -> Value {
    for (field, value) in changes {
        object[*field] = value.clone();
    }
    object
}

/// An invoice of the payment, with changes.
fn invoice_with(changes: &[(&str, Value)]) -> Value {
    let invoice = json!({
        "id": "G3Ax9kDqPCvmcqzVV2Yq5r", "storeId": "CvNZaF8mGqT3xYpE6bKdRs", "amount": "50.00", "paidAmount": "0",
        "currency": "USD", "type": "Standard", "checkoutLink": "https://pay.example/i/G3Ax9kDqPCvmcqzVV2Yq5r",
        "createdTime": MADE, "expirationTime": MADE + VALID_FOR, "monitoringExpiration": MADE + VALID_FOR + 86_400,
        "status": "New", "additionalStatus": "None", "availableStatusesForManualMarking": ["Settled", "Invalid"],
        "archived": false, "metadata": {"orderId": payment().reference.to_string()},
        "checkout": {"speedPolicy": "MediumSpeed", "paymentMethods": ["BTC-CHAIN"], "expirationMinutes": 30,
            "monitoringMinutes": 1440, "paymentTolerance": 0.0, "redirectURL": null},
        "receipt": {"enabled": true, "showQR": null, "showPayments": null},
    });
    with(invoice, changes)
}

fn invoice(status: &str) -> Value {
    invoice_with(&[("status", json!(status))])
}

/// Bitcoin's payment method of an invoice, at 60,000 dollars.
fn bitcoin(payments: &[Value]) -> Value {
    json!({
        "paymentMethodId": "BTC-CHAIN", "currency": "BTC", "destination": "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
        "paymentLink": "bitcoin:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq?amount=0.00083334", "rate": "60000",
        "paymentMethodPaid": "0", "totalPaid": "0", "due": "0.00083334", "amount": "0.00083334",
        "paymentMethodFee": "0", "payments": payments, "activated": true,
        "additionalData": {"keyPath": "0/7", "payjoinEnabled": false, "recommendedFeeRate": "4.107"},
    })
}

/// Coins that came so many seconds after the invoice was made.
fn coins(id: &str, value: &str, status: &str, seconds: i64) -> Value {
    json!({"id": id, "receivedDate": MADE + seconds, "value": value, "fee": "0", "status": status,
        "destination": "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"})
}

/// What a server finds that has this invoice, with these payment methods.
fn found(invoice: &Value, methods: &[Value]) -> Found {
    let reference = payment().reference;
    let invoice = wire::found(&reference, &answer(200, &invoice.to_string())).unwrap().unwrap();
    let methods = wire::payment_methods(&answer(200, &json!(methods).to_string())).unwrap();
    Found { invoice, methods }
}

/// A report as texts: its receipts with their amounts, and its state.
fn summary(report: &Report) -> (Vec<(String, String)>, Reported) {
    let amount = |amount: Option<Amount>| amount.map_or_else(|| "unknown".to_owned(), |amount| amount.to_string());
    let receipts = report.receipts.iter().map(|receipt| (receipt.id.to_string(), amount(receipt.amount)));
    (receipts.collect(), report.state)
}

/// The expected texts of a report.
fn expected(receipts: &[(&str, &str)], state: Reported) -> (Vec<(String, String)>, Reported) {
    (receipts.iter().map(|(id, amount)| ((*id).to_owned(), (*amount).to_owned())).collect(), state)
}

fn rates(rates: &[(&str, &str)]) -> Rates {
    rates.iter().map(|(pair, rate)| ((*pair).to_owned(), rate.parse().unwrap())).collect()
}

fn unreadable() -> GatewayError {
    GatewayError::Unavailable { fault: Fault::Unreadable }
}

fn refused(said: &str) -> GatewayError {
    GatewayError::Refused { said: Excerpt::of(said) }
}
