//! Commands about customers, their keys and wallets.

use super::values::{CustomerName, PlanName, Scope, sentence};
use clap::{Args, Subcommand};
use domain::{ApiKeyId, Credits, EmailAddress, OrderId, PasskeyId, PhoneNumber, access::KeyName};

#[derive(Subcommand)]
pub enum Customers {
    /// Create a customer.
    Create {
        /// The email address; it has one customer.
        #[arg(long)]
        email: EmailAddress,
        /// The plan.
        #[arg(long, default_value = "starter")]
        plan: PlanName,
        /// As many orders may be open as the plan allows, before the first code.
        #[arg(long)]
        vouched: bool,
    },
    /// Show a customer, with the ways to sign in.
    Show(Customer),
    /// Find customers by email address, order or number.
    Find(Wanted),
    /// Move a customer to another plan.
    Plan {
        #[command(flatten)]
        customer: Customer,
        /// The new plan.
        plan: PlanName,
    },
    /// Disable an account: its keys stop working at once. Open orders settle as usual.
    Disable(WithReason),
    /// Enable an account again.
    Enable(WithReason),
    /// End all sessions. API keys stay valid.
    SignOut(Reasoned),
    /// Turn the second factor off, for a customer who lost app and backup codes. Know who asks.
    FactorOff(Reasoned),
    /// Remove a passkey that is not its owner's. `show` lists them.
    RemovePasskey {
        #[command(flatten)]
        customer: Customer,
        /// The passkey: psk_…
        passkey: PasskeyId,
        /// Why; it stays in the audit trail.
        #[arg(long, value_parser = sentence)]
        reason: String,
    },
    /// End the link with an account at Google. A person without a password sets one by a letter.
    UnlinkGoogle(Reasoned),
    /// Let as many orders be open as the plan allows, before the first code.
    Vouch(Reasoned),
    /// Let the customer's own orders decide again.
    Unvouch(Reasoned),
}

#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct Wanted {
    /// The email address.
    #[arg(long)]
    pub email: Option<EmailAddress>,
    /// An order: vrf_…
    #[arg(long)]
    pub order: Option<OrderId>,
    /// A number that the customer had, like +233201234567.
    #[arg(long)]
    pub number: Option<PhoneNumber>,
}

#[derive(Subcommand)]
pub enum Keys {
    /// Make a key. Its text is shown once.
    Create {
        /// The customer: usr_… or the email address.
        #[arg(long)]
        customer: CustomerName,
        /// A name by which the customer knows the key.
        #[arg(long, default_value = "default")]
        name: KeyName,
        /// What the key may do; by default all that customers may do.
        #[arg(long = "scope")]
        scopes: Vec<Scope>,
        /// After how many days it ends; by default never.
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..=3650))]
        days: Option<u32>,
    },
    /// List the keys of a customer.
    List {
        /// The customer: usr_… or the email address.
        #[arg(long)]
        customer: CustomerName,
    },
    /// End a key now.
    Revoke {
        /// The customer: usr_… or the email address.
        #[arg(long)]
        customer: CustomerName,
        /// The key's identifier: key_…
        key: ApiKeyId,
    },
}

#[derive(Subcommand)]
pub enum Wallet {
    /// Show a wallet.
    Show(Customer),
    /// List the newest entries of a wallet.
    Entries(Newest),
    /// Give credits.
    Credit(CorrectionArguments),
    /// Take credits.
    Debit(CorrectionArguments),
}

#[derive(Args)]
pub struct CorrectionArguments {
    /// The customer: usr_… or the email address.
    #[arg(long)]
    pub customer: CustomerName,
    /// Credits, like 5 or 12.50.
    #[arg(long)]
    pub amount: Credits,
    /// Why; it stays in the entry, and the customer sees it.
    #[arg(long, value_parser = sentence)]
    pub reason: String,
    /// With the same key it happens once. By default the day, amount and reason: the same command twice on one
    /// day is one correction.
    #[arg(long, value_parser = sentence)]
    pub key: Option<String>,
}

#[derive(Args)]
pub struct Customer {
    /// The customer: usr_… or the email address.
    pub customer: CustomerName,
}

#[derive(Args)]
pub struct Newest {
    #[command(flatten)]
    pub customer: Customer,
    /// How many, the newest ones.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub most: u32,
}

#[derive(Args)]
pub struct WithReason {
    /// The customer: usr_… or the email address.
    pub customer: CustomerName,
    /// Why; it stays in the audit trail.
    #[arg(long, value_parser = sentence)]
    pub reason: Option<String>,
}

#[derive(Args)]
pub struct Reasoned {
    /// The customer: usr_… or the email address.
    pub customer: CustomerName,
    /// Why; it stays in the audit trail.
    #[arg(long, value_parser = sentence)]
    pub reason: String,
}
