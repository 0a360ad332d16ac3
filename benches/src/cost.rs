//! The cost of a million verifications in dollars, from the measurements, the price file and its
//! assumptions.
//!
//! An estimate for people, so floating point is good enough. No customer money passes through.

use crate::{Fault, measure::Figures};
use domain::order::{delay_after_code, delay_to_code};
use serde::Deserialize;
use std::{collections::BTreeMap, path::Path, time::Duration};

/// Prices in dollars and assumptions, by their names in the file.
#[derive(Deserialize)]
pub struct Basis {
    prices: BTreeMap<String, f64>,
    /// The assumptions.
    pub assumptions: BTreeMap<String, f64>,
}

/// A line item of a million verifications.
pub struct Line {
    /// The resource.
    pub what: &'static str,
    /// Amount per verification.
    pub amount: f64,
    /// Dollars per million verifications.
    pub dollars: f64,
}

/// How often each scenario runs per verification.
fn calls(polls: f64, reads: f64, orders_a_poll: f64) -> Vec<(&'static str, f64)> {
    let poll = if orders_a_poll > 1.0 { "poll, ten" } else { "poll, one" };
    vec![
        ("create", 1.0),
        ("get", reads),
        (poll, polls / orders_a_poll),
        ("poll, the code", 1.0),
        ("check", 1.0),
        ("outbox", 1.0),
        ("tally", 1.0),
    ]
}

/// How many polls fit into a span, given the delay after each.
fn polls_within(seconds: f64, delay: fn(Duration) -> Duration) -> f64 {
    let (mut at, mut polls) = (Duration::ZERO, 0.0);
    loop {
        at += delay(at);
        if at.as_secs_f64() > seconds {
            return polls;
        }
        polls += 1.0;
    }
}

impl Basis {
    /// Reads the file.
    pub fn read(path: &Path) -> Result<Self, Fault> {
        Ok(serde_json::from_slice(&std::fs::read(path)?)?)
    }

    fn price(&self, name: &str) -> Result<f64, Fault> {
        self.prices.get(name).copied().ok_or_else(|| format!("no price {name}").into())
    }

    fn assumed(&self, name: &str) -> Result<f64, Fault> {
        self.assumptions.get(name).copied().ok_or_else(|| format!("no assumption {name}").into())
    }

    /// The number of polls before the code, by the product's own rule.
    pub fn polls_to_code(&self) -> Result<f64, Fault> {
        Ok(polls_within(self.assumed("seconds_to_code")?, delay_to_code))
    }

    /// The number of polls after the code, if the customer does not finish the order before the
    /// number expires.
    pub fn polls_after_code(&self) -> Result<f64, Fault> {
        let left = self.assumed("seconds_listening")? - self.assumed("seconds_to_code")?;
        Ok(polls_within(left, delay_after_code))
    }

    /// The cost if a verification takes this many polls, and this many orders share one (1 or 10).
    pub fn bill(&self, figures: &[Figures], polls: f64, orders_a_poll: f64) -> Result<Vec<Line>, Fault> {
        let memory = self.assumed("memory_megabytes")?;
        let slowdown = (self.assumed("megabytes_of_one_cpu")? / memory).max(1.0);
        let reads = self.assumed("customer_reads_a_verification")?;
        let (mut invocations, mut seconds, mut read, mut write, mut queue, mut log) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (name, times) in calls(polls, reads, orders_a_poll) {
            let f = figures.iter().find(|f| f.name == name).ok_or_else(|| format!("{name} was not measured"))?;
            let aws = f64::from(u32::try_from(f.aws)?);
            let waiting = aws * self.assumed("aws_call_milliseconds")?
                + f64::from(f.supplier) * self.assumed("supplier_call_milliseconds")?;
            invocations += times;
            seconds += times * (f.own.as_secs_f64() * slowdown + waiting / 1000.0);
            read += times * f64::from(f.units.read_tenths) / 10.0;
            write += times * f64::from(f.units.write);
            queue += times * f64::from(u32::try_from(f.queue)?);
            log += times * f64::from(u32::try_from(f.log_bytes)?);
        }
        // A receive is shared by the orders of a poll. The poll message and the check are deleted
        // once.
        queue += (polls + 1.0) / orders_a_poll + 1.0 + 2.0;
        let requests = 1.0 + reads;
        let gigabytes = |bytes: f64| bytes / 1e9;
        let stored = gigabytes(self.assumed("stored_bytes_a_verification")?);
        let storage = self.price("dynamodb_gigabyte_month")? + self.price("dynamodb_recovery_gigabyte_month")?;
        let million = 1e6;
        let line =
            |what, amount: f64, dollars_of_one: f64| Line { what, amount, dollars: amount * dollars_of_one * million };
        Ok(vec![
            line("HTTP API requests", requests, self.price("http_api_million_requests")? / million),
            line("Lambda requests", invocations, self.price("lambda_million_requests")? / million),
            line("Lambda GB-seconds", seconds * memory / 1024.0, self.price("lambda_gigabyte_second")?),
            line("DynamoDB read units", read, self.price("dynamodb_million_reads")? / million),
            line("DynamoDB write units", write, self.price("dynamodb_million_writes")? / million),
            line("DynamoDB storage, GB-months", stored, storage),
            line("SQS requests", queue, self.price("sqs_million_requests")? / million),
            line("log GB", gigabytes(log), self.price("logs_gigabyte")?),
            line("internet GB", gigabytes(requests * self.assumed("answer_bytes")?), self.price("internet_gigabyte")?),
        ])
    }
}
