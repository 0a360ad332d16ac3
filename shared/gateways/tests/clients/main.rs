//! The clients on real connections: the requests that they send, in which order and how often.

#![expect(clippy::unwrap_used, reason = "a test that can't be set up has failed")]

mod lists;
mod loopback;
mod paystack;
mod stripe;

use domain::{
    Credits, PaymentId, RefundId, Timestamp, UserId,
    payment::{
        Amount, CreditPrice, GatewayId, Look, Method, Minor, NewPayment, PayCurrency, Payment, PaymentReference,
        Receipt, ReceiptId, Refund, RefundReport, RefundReported, RefundStatus, Report, Reported,
    },
};
use gateways::Customer;
use loopback::{Loopback, Reply};
use runtime::StaleFlag;
use secrecy::SecretString;
use serde_json::{Value, json};

const PAGE_502: &str = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";

fn started_at() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

fn amount(minor: u64) -> Amount {
    Amount { minor: Minor::new(minor), currency: PayCurrency::Ngn }
}

/// A payment whose checkout is not known.
fn started(gateway: &str) -> Payment {
    let new = NewPayment {
        reference: PaymentReference { user: UserId::new(started_at(), 1), payment: PaymentId::new(started_at(), 2) },
        gateway: GatewayId::new(gateway),
        method: Method::Card,
        amount: amount(150_000),
        price: CreditPrice::new(Minor::new(60_000)).unwrap(),
        credits: Credits::from_units(25_000),
    };
    Payment::start(new, started_at()).subject
}

/// A payment that was credited, for money with this identifier.
fn credited(gateway: &str, receipt: &str) -> Payment {
    let receipt = Receipt { id: ReceiptId::new(receipt), amount: Some(amount(150_000)), at: started_at() };
    let report = Report { receipts: vec![receipt], state: Reported::Closed };
    started(gateway).settled(&Look::at(report, started_at()), started_at()).unwrap().step.subject
}

/// A refund of a part, with the gateway's identifier if it is known.
fn refund(gateway_refund: Option<&str>) -> Refund {
    Refund {
        id: RefundId::new(started_at(), 3),
        credits: Credits::from_units(10_000),
        amount: amount(60_000),
        address: None,
        status: RefundStatus::Requested,
        gateway_refund: gateway_refund.map(str::to_owned),
        created_at: started_at(),
        reason: None,
        approved_at: None,
        tried: None,
        completed_at: None,
        fault: None,
    }
}

fn report(gateway_refund: &str, state: RefundReported) -> RefundReport {
    RefundReport { gateway_refund: Some(gateway_refund.to_owned()), state }
}

fn unknown() -> RefundReport {
    RefundReport { gateway_refund: None, state: RefundReported::Unknown }
}

fn customer() -> Customer {
    Customer {
        email: "ama@example.com".parse().unwrap(),
        return_url: "https://app.example.com/wallet?a=1&b=2".to_owned(),
    }
}
