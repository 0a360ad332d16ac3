//! The command line.

mod colleagues;
mod invoices;
mod payments;
mod people;
mod sales;
mod values;
mod vouchers;
mod work;

pub use colleagues::Colleagues;
pub use invoices::{Invoices, RateOf};
pub use payments::{Payments, RefundOf};
pub use people::{CorrectionArguments, Customers, Keys, Newest, Wallet, Wanted};
pub use sales::{Catalog, PriceOf, Suppliers};
pub use values::CustomerName;
pub use vouchers::Vouchers;
pub use work::{AuditOf, CorrectionOf, Findings, Ledger, Letters, Mail, Migrations, OrderOf, Orders, Reconcile};

use clap::{Parser, Subcommand};
use clap_complete::Shell;
use domain::account::Password;

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
    /// Hire, list and dismiss staff.
    #[command(subcommand)]
    Staff(Colleagues),
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
    /// Compare a day with the lists of gateways, and the books with each other.
    #[command(subcommand)]
    Reconcile(Reconcile),
    /// Decide what is sold.
    #[command(subcommand)]
    Catalog(Catalog),
    /// Show suppliers, and set the money of our accounts.
    #[command(subcommand)]
    Suppliers(Suppliers),
    /// Show payments and what gateways sent, and set the price of a credit.
    #[command(subcommand)]
    Payments(Payments),
    /// Show invoices, name the company that sells, and set taxes.
    #[command(subcommand)]
    Invoices(Invoices),
    /// Make, list and end vouchers.
    #[command(subcommand)]
    Vouchers(Vouchers),
    /// Show messages that no worker processed, or send them back.
    #[command(subcommand)]
    Letters(Letters),
    /// Show why an address gets no letters, or let it get them again.
    #[command(subcommand)]
    Mail(Mail),
    /// List and run migrations of stored items. A deploy runs them.
    #[command(subcommand)]
    Migrations(Migrations),
    /// Show the audit trail of a day, an account or a person of the staff; by default of today.
    Audit(AuditOf),
    /// Create the demo customer; only for the stages local and dev.
    Demo {
        /// Use this key, and its customer, instead of new ones.
        #[arg(long, env = "NAMASKAH_DEMO_KEY", hide_env_values = true)]
        key: Option<String>,
        /// The password with which the demo customer can sign in.
        #[arg(long, env = "NAMASKAH_DEMO_PASSWORD", hide_env_values = true)]
        password: Option<Password>,
        /// The password with which the demo owner can sign in; only for the stage local.
        #[arg(long, env = "NAMASKAH_STAFF_PASSWORD", hide_env_values = true)]
        staff_password: Option<Password>,
        /// The secret of the demo owner's authenticator app, in base 32.
        #[arg(long, env = "NAMASKAH_STAFF_TOTP_SECRET", hide_env_values = true)]
        staff_totp_secret: Option<String>,
    },
    /// Print the completion of a shell.
    Completion {
        /// The shell.
        shell: Shell,
    },
}

impl Command {
    /// Whether the command changes anything.
    pub const fn changes(&self) -> bool {
        match self {
            Self::Customers(Customers::Show(_) | Customers::Find(_))
            | Self::Staff(Colleagues::List)
            | Self::Keys(Keys::List { .. })
            | Self::Wallet(Wallet::Show(_) | Wallet::Entries(_))
            | Self::Orders(Orders::Show(_) | Orders::List(_) | Orders::Find { .. })
            | Self::Letters(Letters::Dead | Letters::Parked)
            | Self::Mail(Mail::Show { .. })
            | Self::Migrations(Migrations::List)
            | Self::Findings(Findings::List { .. } | Findings::Unresolved { .. })
            | Self::Ledger(_)
            | Self::Reconcile(Reconcile::Show { .. })
            | Self::Catalog(Catalog::Switches | Catalog::Operators { .. })
            | Self::Suppliers(Suppliers::List)
            | Self::Payments(Payments::List(_) | Payments::Show { .. } | Payments::Events { .. } | Payments::Prices)
            | Self::Invoices(
                Invoices::List(_)
                | Invoices::Show { .. }
                | Invoices::Series { .. }
                | Invoices::Rates { .. }
                | Invoices::Seller { file: None },
            )
            | Self::Vouchers(Vouchers::List { .. })
            | Self::Audit(_)
            | Self::Completion { .. } => false,
            Self::Customers(_)
            | Self::Staff(_)
            | Self::Keys(_)
            | Self::Wallet(_)
            | Self::Orders(_)
            | Self::Findings(_)
            | Self::Catalog(_)
            | Self::Suppliers(_)
            | Self::Reconcile(_)
            | Self::Payments(_)
            | Self::Invoices(_)
            | Self::Vouchers(_)
            | Self::Letters(_)
            | Self::Mail(_)
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
            ("reconcile show", false),
            ("reconcile start --day 2026-11-27", true),
            ("mail show kofi@example.com", false),
            ("mail lift kofi@example.com --reason asked", true),
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
            ("payments events --day 2026-11-27", false),
            ("payments rerun gev_01JD7Q3XKZ9V0C4T8W2M6N5B1A", true),
            ("payments price GHS 31.07", true),
            ("vouchers create --credits 2.50 --uses 7 --until 2027-01-01T00:00:00Z --reason campaign", true),
            ("vouchers create --credits 1 --uses 1 --until 2027-01-01T00:00:00Z --code WELCOME-10 --reason x", true),
            ("vouchers list --most 5", false),
            ("vouchers stop vch_01JD7Q3XKZ9V0C4T8W2M6N5B1A --reason leaked", true),
            ("audit", false),
            ("audit --account kofi@example.com --action sign_in_failed --most 10", false),
            ("audit --operator ama", false),
            ("audit --operator ama --operator ama@example.com", false),
            ("orders list kofi@example.com --most 5", false),
            ("wallet entries usr_01JD7Q3XKZ9V0C4T8W2M6N5B1A", false),
            ("customers remove-passkey kofi@example.com psk_01JD7Q3XKZ9V0C4T8W2M6N5B1A --reason stolen", true),
            ("customers unlink-google kofi@example.com --reason stolen", true),
            ("staff first-password ama@example.com --reason late", true),
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
            "catalog off country:GH --reason ",
            "catalog operator 5sim virtual21 unreviewed",
            "suppliers currency 6sim RUB",
            "suppliers currency 5sim roubles",
            "suppliers rate RUB -1",
            "payments price EUR 2",
            "vouchers create --credits 1 --uses 1 --reason x",
            "vouchers create --credits 1 --uses 1 --until tomorrow --reason x",
            "vouchers create --credits 1 --uses 1 --until 2027-01-01T00:00:00Z --code hi --reason x",
            "vouchers stop vch_01JD7Q3XKZ9V0C4T8W2M6N5B1A",
            "payments price USD 0",
            "payments show pay_01JD7Q3XKZ9V0C4T8W2M6N5B1A",
            "audit --day 2026-11-27 --operator ama",
            "audit --most 0",
            "orders list kofi@example.com --most 0",
            "customers unlink-google kofi@example.com",
            "mail lift kofi@example.com",
            "mail show kofi",
        ] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
