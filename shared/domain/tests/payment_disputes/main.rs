//! Disputes of payments: what is held and owed until the customer's bank has decided, and what comes of it
//! (docs/rules.md, "Disputes").

#![allow(clippy::expect_used, reason = "a panic fails the test")]

#[path = "../payment_refunds/bank.rs"]
#[allow(dead_code, reason = "refunds use the rest")]
mod bank;
mod cases;
mod properties;
#[path = "../support/mod.rs"]
mod support;

use bank::Bank;
use namaskah_domain::{
    Timestamp,
    payment::{Amount, DisputeFault, DisputeId, DisputeReport, DisputeStatus, Minor},
};

/// What the gateway says about the n-th dispute.
fn said(n: usize, amount: impl Into<Option<Amount>>, status: DisputeStatus) -> DisputeReport {
    let amount = amount.into();
    DisputeReport { id: DisputeId::new(format!("dp_{n}")), amount, status }
}

/// The whole amount of a payment.
fn whole(bank: &Bank, place: usize) -> Amount {
    bank.payments[place].amount
}

/// So many percent of the amount of a payment.
fn share(bank: &Bank, place: usize, percent: u64) -> Amount {
    let amount = bank.payments[place].amount;
    Amount { minor: Minor::new(amount.minor.get() * percent / 100), ..amount }
}

/// Applies a report, at most so many steps of it. Returns the faults.
fn apply(bank: &mut Bank, place: usize, report: &DisputeReport, most: usize, now: Timestamp) -> Vec<DisputeFault> {
    let mut faults = Vec::new();
    for _ in 0..most {
        let Some(settlement) = bank.payments[place].clone().disputed(report, &bank.wallet, now) else { break };
        faults.extend(settlement.fault);
        bank.commit(&settlement.step, now).expect("a valid step");
    }
    faults
}

/// Pays what is owed out of the money that this payment brought.
fn repay(bank: &mut Bank, place: usize, now: Timestamp) {
    if let Some(step) = bank.payments[place].clone().repaid(&bank.wallet, now) {
        bank.commit(&step, now).expect("a valid step");
    }
}
