//! Test data of payments: customers, agreed amounts, checkouts and receipts.

pub mod acts;
pub mod gateway;
pub mod reference;
pub mod rules;
pub mod story;
pub mod till;
pub mod world;

use super::fixtures::start;
use namaskah_domain::{
    PaymentId, Timestamp, UserId,
    payment::{
        Amount, Checkout, CreditPrice, GIVE_UP_AFTER, GatewayId, Look, Method, Minor, NewPayment, PayCurrency, Payment,
        PaymentReference, Receipt, ReceiptId, Report, Reported, credits_of,
    },
};
use std::time::Duration;

/// How long an invoice of coins has its rate.
const RATE_HOLDS: Duration = Duration::from_mins(30);

/// Every state of a report.
pub const REPORTED: [Reported; 5] =
    [Reported::Unknown, Reported::Open, Reported::Confirming, Reported::Declined, Reported::Closed];

/// The n-th customer.
pub fn customer(n: usize) -> UserId {
    UserId::new(start(), n as u128)
}

/// An amount of dollars, in cents.
pub fn dollars(cents: u64) -> Amount {
    amount(cents, PayCurrency::Usd)
}

/// An amount in minor units.
pub fn amount(minor: u64, currency: PayCurrency) -> Amount {
    Amount { minor: Minor::new(minor), currency }
}

/// A price of a credit in minor units.
pub fn price(minor: u64) -> CreditPrice {
    CreditPrice::new(Minor::new(minor)).expect("a price")
}

/// The n-th payment of a customer: 50 dollars for ₵25.
pub fn fifty_dollars(n: usize, user: UserId, method: Method) -> NewPayment {
    new_payment(n, user, method, dollars(5_000), price(200))
}

/// The n-th payment.
pub fn new_payment(n: usize, user: UserId, method: Method, amount: Amount, price: CreditPrice) -> NewPayment {
    let gateway = GatewayId::new(if method.is_crypto() { "btcpay" } else { "paystack" });
    let reference = PaymentReference { user, payment: PaymentId::new(start(), n as u128) };
    let credits = credits_of(amount, price).expect("an amount within the limits");
    NewPayment { reference, gateway, method, amount, price, credits }
}

/// A checkout that takes money until then.
pub fn checkout(expires_at: Timestamp) -> Checkout {
    Checkout { gateway_payment: None, url: "https://checkout.example/1".to_owned(), expires_at, coins: None }
}

/// The checkout of a payment that is opened now, as its gateway makes it.
pub fn usual_checkout(payment: &Payment, now: Timestamp) -> Checkout {
    checkout(now.plus(if payment.method.is_crypto() { RATE_HOLDS } else { GIVE_UP_AFTER }))
}

/// Settled money.
pub fn receipt(id: &str, amount: Option<Amount>) -> Receipt {
    Receipt { id: ReceiptId::new(id), amount, at: start() }
}

/// A look at a payment whose gateway says this.
pub fn says(receipts: &[Receipt], state: Reported) -> Look {
    Look::at(Report { receipts: receipts.to_vec(), state }, start())
}

/// These receipts in every order.
pub fn orders(receipts: &[Receipt]) -> Vec<Vec<Receipt>> {
    let Some((first, rest)) = receipts.split_first() else { return vec![Vec::new()] };
    let with_first = |order: Vec<Receipt>| {
        (0..=order.len()).map(move |place| {
            let mut order = order.clone();
            order.insert(place, first.clone());
            order
        })
    };
    orders(rest).into_iter().flat_map(with_first).collect()
}
