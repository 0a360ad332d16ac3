//! Refunds of payments: what can be refunded, the money for it, and what happens until the customer has it
//! (docs/rules.md, "Refunds of payments").

#![allow(clippy::expect_used, reason = "a panic fails the test")]

mod bank;
mod eligibility;
mod money;
mod properties;
mod records;
mod reports;
mod sending;
#[path = "../support/mod.rs"]
mod support;
mod world;
