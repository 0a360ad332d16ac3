//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use domain::{
    ApiKeyId, Credits, Currency, EmailAddress, FindingId, OperatorName, OrderId, PhoneNumber, Plan, ServiceName,
    SupplierId, UserId, access::Permission, catalog::OperatorState, pricing::ServiceClass, selling::Switch,
};

/// Operates Namaskah SMS: customers, keys, corrections, orders, findings, the proof of the books.
#[derive(Parser)]
#[command(name = "admin", version, arg_required_else_help = true)]
pub struct Arguments {
    /// Print one JSON object.
    #[arg(long, global = true)]
    pub json: bool,
    /// Do not ask before a change of prod.
    #[arg(long, global = true)]
    pub yes: bool,
    /// Who you are, for the audit trail; by default your user name on this machine.
    #[arg(long, global = true, env = "NAMASKAH_OPERATOR")]
    actor: Option<String>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Create, find and change customers.
    #[command(subcommand)]
    Customers(Customers),
    /// Make, list and revoke API keys.
    #[command(subcommand)]
    Keys(Keys),
    /// Show and correct wallets.
    #[command(subcommand)]
    Wallet(Wallet),
    /// Show an order with its entries and the supplier's view, or settle it again.
    #[command(subcommand)]
    Orders(Orders),
    /// List and resolve findings.
    #[command(subcommand)]
    Findings(Findings),
    /// Prove wallets against their entries.
    #[command(subcommand)]
    Ledger(Ledger),
    /// Decide what is sold.
    #[command(subcommand)]
    Catalog(Catalog),
    /// Show suppliers, and set the money of our accounts.
    #[command(subcommand)]
    Suppliers(Suppliers),
    /// Show messages that no worker processed, or send them back.
    #[command(subcommand)]
    Letters(Letters),
    /// List and run migrations of stored items. A deploy runs them.
    #[command(subcommand)]
    Migrations(Migrations),
    /// Show the audit trail of a day.
    Audit {
        /// The UTC day, like 2026-11-27; by default today.
        #[arg(long)]
        day: Option<String>,
    },
    /// Create the demo customer; only for the stages local and dev.
    Demo {
        /// Use this key, and its customer, instead of new ones.
        #[arg(long, env = "NAMASKAH_DEMO_KEY", hide_env_values = true)]
        key: Option<String>,
    },
    /// Print the completion of a shell.
    Completion {
        /// The shell.
        shell: Shell,
    },
}

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
    /// Show a customer.
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
        name: String,
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
    /// Why; it stays in the entry.
    #[arg(long)]
    pub reason: String,
    /// With the same key it happens once. By default the day, amount and reason: the same command twice on one
    /// day is one correction.
    #[arg(long)]
    pub key: Option<String>,
}

#[derive(Subcommand)]
pub enum Orders {
    /// Show an order: "where is my money?".
    Show(OrderOf),
    /// Settle an open order again.
    Settle(OrderOf),
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
    /// Note that a finding needs nothing more.
    Resolve {
        /// The finding: fnd_…
        finding: FindingId,
        /// What was done.
        #[arg(long)]
        note: String,
    },
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
pub enum Catalog {
    /// Give a class to a service. Purchases see it at once, lists with the next refresh.
    Class {
        /// The service, like whatsapp.
        service: ServiceName,
        /// `common` and `hard` are sold, `blocked` is not.
        class: ClassName,
    },
    /// List what is switched off.
    Switches,
    /// Stop sales. Open orders settle as usual.
    Off {
        /// Like supplier:5sim, country:GH or service:whatsapp.
        switch: Switch,
        /// Why; it stays in the audit trail.
        #[arg(long)]
        reason: String,
    },
    /// Start sales again.
    On {
        /// Like supplier:5sim, country:GH or service:whatsapp.
        switch: Switch,
    },
    /// List the operators of numbers at a supplier.
    Operators {
        /// The supplier, like 5sim.
        supplier: Supplier,
        /// Show all, and not only those that wait for a decision.
        #[arg(long)]
        all: bool,
    },
    /// Decide whether the numbers of an operator are sold, with the next refresh.
    Operator {
        /// The supplier, like 5sim.
        supplier: Supplier,
        /// The operator, like virtual21.
        operator: OperatorName,
        /// Whether they are sold.
        state: OperatorDecision,
    },
    /// Read services, countries, prices and stock from the suppliers now.
    Refresh,
}

#[derive(Subcommand)]
pub enum Suppliers {
    /// List the suppliers: currency, rate, balance, rating.
    List,
    /// Set the currency of our account at a supplier. Nothing is sold before it is set.
    Currency {
        /// The supplier, like 5sim.
        supplier: Supplier,
        /// The currency, like RUB or USD, as the supplier's pages show it.
        currency: Currency,
    },
    /// Set what one unit of a currency is worth.
    Rate {
        /// The currency, like RUB.
        currency: Currency,
        /// Credits for one unit, like 0.0062.
        credits: Credits,
    },
}

#[derive(Args)]
pub struct Customer {
    /// The customer: usr_… or the email address.
    pub customer: CustomerName,
}

#[derive(Args)]
pub struct WithReason {
    /// The customer: usr_… or the email address.
    pub customer: CustomerName,
    /// Why; it stays in the audit trail.
    #[arg(long)]
    pub reason: Option<String>,
}

#[derive(Args)]
pub struct Reasoned {
    /// The customer: usr_… or the email address.
    pub customer: CustomerName,
    /// Why; it stays in the audit trail.
    #[arg(long)]
    pub reason: String,
}

/// A supplier by its identifier.
#[derive(Clone, Debug)]
pub struct Supplier(pub SupplierId);

/// A decision about an operator.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum OperatorDecision {
    Sold,
    Blocked,
}

/// A customer by identifier or email address.
#[derive(Clone, Debug)]
pub enum CustomerName {
    Id(UserId),
    Email(EmailAddress),
}

/// A plan's name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PlanName {
    Starter,
    Pro,
    Enterprise,
}

/// The name of a service's class.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ClassName {
    Common,
    Hard,
    Blocked,
}

/// A permission by its name, like `orders:read`.
#[derive(Clone, Copy, Debug)]
pub struct Scope(pub Permission);

impl std::str::FromStr for CustomerName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text} is neither usr_… nor an email address");
        if text.contains('@') {
            text.parse().map(Self::Email).map_err(|_| wrong())
        } else {
            text.parse().map(Self::Id).map_err(|_| wrong())
        }
    }
}

impl std::str::FromStr for Scope {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Permission::ALL.iter().find(|permission| permission.as_str() == text);
        let names = || Permission::ALL.iter().map(|permission| permission.as_str()).collect::<Vec<_>>().join(", ");
        found.copied().map(Self).ok_or_else(|| format!("the scopes are {}", names()))
    }
}

impl std::str::FromStr for Supplier {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let id = SupplierId::new(text);
        let names = || suppliers::ids().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        if suppliers::ids().contains(&id) { Ok(Self(id)) } else { Err(format!("the suppliers are {}", names())) }
    }
}

impl From<OperatorDecision> for OperatorState {
    fn from(decision: OperatorDecision) -> Self {
        match decision {
            OperatorDecision::Sold => Self::Sold,
            OperatorDecision::Blocked => Self::Blocked,
        }
    }
}

impl From<PlanName> for Plan {
    fn from(name: PlanName) -> Self {
        match name {
            PlanName::Starter => Self::Starter,
            PlanName::Pro => Self::Pro,
            PlanName::Enterprise => Self::Enterprise,
        }
    }
}

impl From<ClassName> for ServiceClass {
    fn from(name: ClassName) -> Self {
        match name {
            ClassName::Common => Self::Common,
            ClassName::Hard => Self::Hard,
            ClassName::Blocked => Self::Blocked,
        }
    }
}

impl Command {
    /// Whether the command changes anything.
    pub const fn changes(&self) -> bool {
        match self {
            Self::Customers(Customers::Show(_) | Customers::Find(_))
            | Self::Keys(Keys::List { .. })
            | Self::Wallet(Wallet::Show(_))
            | Self::Orders(Orders::Show(_) | Orders::Find { .. })
            | Self::Letters(Letters::Dead | Letters::Parked)
            | Self::Migrations(Migrations::List)
            | Self::Findings(Findings::List { .. })
            | Self::Ledger(_)
            | Self::Catalog(Catalog::Switches | Catalog::Operators { .. })
            | Self::Suppliers(Suppliers::List)
            | Self::Audit { .. }
            | Self::Completion { .. } => false,
            Self::Customers(_)
            | Self::Keys(_)
            | Self::Wallet(_)
            | Self::Orders(_)
            | Self::Findings(_)
            | Self::Catalog(_)
            | Self::Suppliers(_)
            | Self::Letters(_)
            | Self::Migrations(_)
            | Self::Demo { .. } => true,
        }
    }
}

impl Arguments {
    /// The name for the audit trail.
    pub fn operator(&self) -> String {
        let machine = || std::env::var("USER").or_else(|_| std::env::var("LOGNAME")).ok();
        self.actor.clone().or_else(machine).unwrap_or_else(|| "unknown".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn commands_are_read() {
        let read = |line: &str| Arguments::try_parse_from(std::iter::once("admin").chain(line.split(' ')));
        for (line, changes) in [
            ("customers create --email kofi@example.com --plan starter --json", true),
            ("customers disable usr_01JD7Q3XKZ9V0C4T8W2M6N5B1A", true),
            ("customers find --email kofi@example.com", false),
            ("customers find --number +233201234567", false),
            ("orders find --number +233201234567", false),
            ("letters redrive", true),
            ("migrations run --again 1", true),
            ("keys create --customer kofi@example.com --scope orders:read", true),
            ("wallet credit --customer kofi@example.com --amount 5 --reason test", true),
            ("ledger proof", false),
            ("catalog off country:GH --reason floods", true),
            ("catalog switches", false),
            ("catalog operator 5sim virtual21 sold", true),
            ("suppliers currency 5sim RUB", true),
            ("suppliers rate RUB 0.0062", true),
            ("suppliers list", false),
        ] {
            let arguments = read(line).unwrap_or_else(|error| panic!("{line}: {error}"));
            assert_eq!(arguments.command.changes(), changes, "{line}");
        }
        for line in [
            "customers create --email kofi",
            "customers create --email kofi@example.com --plan gold",
            "customers disable kofi",
            "customers find",
            "customers find --email kofi@example.com --number +233201234567",
            "orders find --number 0201234567",
            "keys create --customer kofi@example.com --scope everything",
            "wallet credit --customer kofi@example.com --amount -5 --reason test",
            "wallet credit --customer kofi@example.com --amount 5",
            "catalog off Ghana --reason floods",
            "catalog off country:GH",
            "catalog operator 5sim virtual21 unreviewed",
            "suppliers currency 6sim RUB",
            "suppliers currency 5sim roubles",
            "suppliers rate RUB -1",
        ] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
