//! Commands about what needs an operator: orders, findings, messages, migrations, the audit trail, the books.

use super::{
    people::Newest,
    values::{CustomerName, sentence},
};
use clap::{Args, Subcommand};
use domain::{Credits, EmailAddress, FindingId, OrderId, PhoneNumber};

#[derive(Subcommand)]
pub enum Orders {
    /// Show an order: "where is my money?".
    Show(OrderOf),
    /// Settle an open order again.
    Settle(OrderOf),
    /// List the newest orders of a customer.
    List(Newest),
    /// List the orders that had a number.
    Find {
        /// The number, like +233201234567.
        #[arg(long)]
        number: PhoneNumber,
    },
}

#[derive(Args)]
pub struct OrderOf {
    /// The order: vrf_…
    pub order: OrderId,
    /// The customer: usr_… or the email address; by default looked up.
    #[arg(long)]
    pub customer: Option<CustomerName>,
}

#[derive(Subcommand)]
pub enum Findings {
    /// List findings about orders of the last days.
    List {
        /// How many days, with today.
        #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=366))]
        days: u32,
        /// Show resolved ones, too.
        #[arg(long)]
        all: bool,
    },
    /// List all findings that are not resolved, oldest first.
    Unresolved {
        /// How many are read.
        #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
        most: u32,
    },
    /// Give a finding to a colleague.
    Assign {
        /// The finding: fnd_…
        finding: FindingId,
        /// The colleague: usr_… or the email address; by default nobody.
        #[arg(long)]
        to: Option<CustomerName>,
        /// What the colleague should know.
        #[arg(long, value_parser = sentence)]
        note: String,
    },
    /// Give credits to a wallet because of a finding, which resolves it. Above the limit, two people do it in the API
    /// for staff.
    Credit(CorrectionOf),
    /// Take credits from a wallet because of a finding, in the same way.
    Debit(CorrectionOf),
    /// Note that a finding needs nothing more.
    Resolve {
        /// The finding: fnd_…
        finding: FindingId,
        /// What was done.
        #[arg(long, value_parser = sentence)]
        note: String,
    },
}

#[derive(Args)]
pub struct CorrectionOf {
    /// The finding: fnd_…
    pub finding: FindingId,
    /// The customer: usr_… or the email address.
    #[arg(long)]
    pub customer: CustomerName,
    /// How many credits, like 2.5.
    #[arg(long)]
    pub amount: Credits,
    /// Why.
    #[arg(long, value_parser = sentence)]
    pub reason: String,
}

#[derive(Subcommand)]
pub enum Letters {
    /// List dead letters: messages that were received too often.
    Dead,
    /// List parked messages, which can't be processed.
    Parked,
    /// Send dead letters to the queues that they came from.
    Redrive,
}

#[derive(Subcommand)]
pub enum Mail {
    /// Show what happened to letters to an address.
    Show {
        /// The email address.
        address: EmailAddress,
    },
    /// Let an address get letters again.
    Lift {
        /// The email address.
        address: EmailAddress,
        /// Why; it stays in the audit trail.
        #[arg(long, value_parser = sentence)]
        reason: String,
    },
}

#[derive(Subcommand)]
pub enum Migrations {
    /// List all migrations.
    List,
    /// Run those that have not run yet.
    Run {
        /// Run this one, too, although it ran before.
        #[arg(long)]
        again: Option<u32>,
    },
}

#[derive(Args)]
pub struct AuditOf {
    /// The UTC day, like 2026-11-27.
    #[arg(long, group = "of")]
    pub day: Option<String>,
    /// Lines about this customer: usr_… or the email address.
    #[arg(long, group = "of")]
    pub account: Option<CustomerName>,
    /// Lines of this person of the staff: the name given with --actor, or the account (usr_… or the email address),
    /// whose lines come from the API for staff. It may be repeated, for both names of a person.
    #[arg(long, group = "of")]
    pub operator: Vec<String>,
    /// Only this action, like sign_in_failed or customer.disable.
    #[arg(long)]
    pub action: Option<String>,
    /// How many lines are read, the newest ones.
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub most: u32,
}

#[derive(Subcommand)]
pub enum Ledger {
    /// Prove all wallets, or one.
    Proof {
        /// The customer: usr_… or the email address.
        #[arg(long)]
        customer: Option<CustomerName>,
    },
}

#[derive(Subcommand)]
pub enum Reconcile {
    /// Begin the reconciliation of a day, also one that began before.
    Start {
        /// The UTC day, like 2026-11-27; by default the one that is due.
        #[arg(long)]
        day: Option<String>,
    },
    /// Show how far the reconciliation of a day is, and what it found.
    Show {
        /// The UTC day, like 2026-11-27; by default the one that is due.
        #[arg(long)]
        day: Option<String>,
    },
}
