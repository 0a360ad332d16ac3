//! End-to-end tests: HTTP against the deployed template, with IAM enforced and a simulated supplier.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod accounts;
mod audit;
mod authorisation;
mod buying;
mod commits;
mod crashes;
mod dead_letters;
mod edge;
mod faults;
mod in_process;
mod limits;
mod lost_answers;
mod mail;
mod migrations;
mod operator;
mod races;
mod sales;
mod sessions;
mod settling;
mod standing;
mod workers;
