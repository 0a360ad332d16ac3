//! Commands about what is sold, and about suppliers.

use super::values::{ClassName, OperatorDecision, Supplier, sentence};
use clap::Subcommand;
use domain::{Credits, Currency, OperatorName, ServiceName, selling::Switch};

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
        /// Like supplier:5sim, country:GH, service:whatsapp or gateway:paystack.
        switch: Switch,
        /// Why; it stays in the audit trail.
        #[arg(long, value_parser = sentence)]
        reason: String,
    },
    /// Start sales again.
    On {
        /// Like supplier:5sim, country:GH, service:whatsapp or gateway:paystack.
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
