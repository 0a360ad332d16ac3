//! Commands about what is sold, and about suppliers.

use super::values::{ClassName, OperatorDecision, Supplier, sentence};
use clap::{Args, Subcommand};
use domain::{Credits, Currency, OperatorName, ServiceName, Timestamp, selling::Switch};

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
    /// Show the price rules, and the changes that began or will begin.
    Prices,
    /// Let a change of the price rules begin at a moment. What is left out stays as it was.
    Price(PriceOf),
    /// Withdraw a change of the price rules that has not begun.
    WithdrawPrice {
        /// When it would begin.
        from: Timestamp,
        /// Why; it stays in the audit trail.
        #[arg(long, value_parser = sentence)]
        reason: String,
    },
    /// Read services, countries, prices and stock from the suppliers now.
    Refresh,
}

#[derive(Args)]
pub struct PriceOf {
    /// When it begins, like 2027-01-01T00:00:00Z. Defaults to now.
    #[arg(long)]
    pub from: Option<Timestamp>,
    /// List price of an SMS verification, like 0.55.
    #[arg(long)]
    pub sms_list: Option<Credits>,
    /// A price is at least the supplier's cost × this percentage.
    #[arg(long)]
    pub markup_percent: Option<u32>,
    /// Factor on the list price of hard services, in per cent.
    #[arg(long)]
    pub hard_percent: Option<u32>,
    /// Prices are rounded up to a multiple of this.
    #[arg(long)]
    pub step: Option<Credits>,
    /// Why; it stays in the audit trail.
    #[arg(long, value_parser = sentence)]
    pub reason: String,
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
