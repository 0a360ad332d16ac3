//! End-to-end tests: HTTP against the deployed template, with IAM enforced and a simulated supplier.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod accounts;
mod app;
mod audit;
mod authenticator;
mod authorisation;
mod buying;
mod commits;
mod crashes;
mod dead_letters;
mod deletion;
mod edge;
mod email_change;
mod exports;
mod faults;
mod findings;
mod google;
mod in_process;
mod invoices;
mod keys;
mod limits;
mod lost_answers;
mod mail;
mod migrations;
mod model;
mod operator;
mod ownership;
mod passkeys;
mod payments;
mod prices;
mod races;
mod reconciliation;
mod robots;
mod sales;
mod sandbox;
mod second_factor;
mod sessions;
mod settling;
mod staff;
mod standing;
mod subscriptions;
mod usage;
mod vouchers;
mod wallet;
mod workers;
