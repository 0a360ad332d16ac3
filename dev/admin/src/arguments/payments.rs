//! Commands about payments.

use super::{Newest, values::CreditsPrice};
use clap::Subcommand;
use domain::{
    GatewayEventId,
    payment::{PayCurrency, PaymentReference},
};

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
