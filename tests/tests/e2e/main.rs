//! End-to-end tests: HTTP against the deployed template, with IAM enforced and a simulated supplier.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod accounts;
mod audit;
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
mod in_process;
mod limits;
mod lost_answers;
mod migrations;
mod operator;
mod races;
mod sales;
mod sessions;
mod settling;
mod standing;
mod workers;
