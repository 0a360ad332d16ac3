//! Commands about payments.

use super::{Newest, values::CreditsPrice};
use clap::{Args, Subcommand};
use domain::{
    GatewayEventId, RefundId,
    payment::{PayCurrency, PaymentReference},
};

/// A refund to decide about.
#[derive(Args)]
pub struct RefundOf {
    /// The reference of its payment, like nms-01JD7Q…-01JD7Q….
    pub reference: PaymentReference,
    /// The refund, like rfd_01JD7Q….
    pub refund: RefundId,
    /// Why; it stays in the audit trail.
    #[arg(long)]
    pub reason: String,
}

#[derive(Subcommand)]
pub enum Payments {
    /// List the newest payments of a customer.
    List(Newest),
    /// Show a payment.
    Show {
        /// Its reference, like nms-01JD7Q…-01JD7Q….
        reference: PaymentReference,
    },
    /// Let a worker ask the gateway about a payment, whatever its status is. Show it again after some seconds.
    Look {
        /// Its reference, like nms-01JD7Q…-01JD7Q….
        reference: PaymentReference,
    },
    /// List the events that gateways sent on a day, with what came of them.
    Events {
        /// The UTC day, like 2026-11-27; by default today.
        #[arg(long)]
        day: Option<String>,
        /// Only those about this payment.
        #[arg(long)]
        reference: Option<PaymentReference>,
    },
    /// Run an event of a gateway again. It asks the gateway, so it credits nothing twice.
    Rerun {
        /// The event, like gev_01JD7Q….
        event: GatewayEventId,
    },
    /// List the refunds that await approval, oldest first.
    Refunds {
        /// The most refunds to list.
        #[arg(long, default_value_t = 100)]
        most: u16,
    },
    /// Approve a refund. It is sent to the gateway within seconds.
    Approve(RefundOf),
    /// Refuse a refund. Its credits come back to the wallet.
    Refuse(RefundOf),
    /// Show the price of a credit in each currency.
    Prices,
    /// Set the price of a credit in a currency, for payments that are started from now on.
    Price {
        /// The currency: GHS, NGN, KES, ZAR or USD.
        currency: PayCurrency,
        /// The price of one credit, like 2.00.
        price: CreditsPrice,
    },
}
