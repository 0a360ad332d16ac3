//! Paystack (paystack.com): cards and mobile money.
//!
//! A checkout is a transaction that is initialized under our reference; the same reference is never taken twice. The
//! transaction has no end, so a customer may pay a page that was left open for days.
//!
//! Refunds have no idempotency. The merchant's note of each is our identifier, by which a lost one is found.

mod client;
#[cfg(test)]
mod tests;
mod webhook;
mod wire;

pub use client::{DEFAULT_BASE_URL, Paystack};

use crate::registry::{Connection, GatewayAccessError, Offered, Registered, connected};
use domain::payment::{
    Method,
    PayCurrency::{Ghs, Kes, Ngn, Usd, Zar},
};
use runtime::Context;

/// The name of Paystack in JSON, keys and settings.
pub const ID: &str = "paystack";
/// The field of the gateways' secret with the key, by which Paystack also signs its events.
const KEY: &str = "paystack_secret_key";

/// Paystack, for the registry.
pub(crate) const GATEWAY: Registered = Registered {
    id: ID,
    offers: &[
        Offered { method: Method::Card, currencies: &[Ghs, Ngn, Kes, Zar, Usd], countries: &[] },
        Offered { method: Method::MobileMoney, currencies: &[Ghs], countries: &["GH"] },
        Offered { method: Method::MobileMoney, currencies: &[Kes], countries: &["KE"] },
    ],
    needs: &[],
    webhook: webhook::WEBHOOK,
    connect: |context| Box::pin(connect(context)),
};

/// Builds the client, with `PAYSTACK_BASE_URL` and its key from Secrets Manager.
async fn connect(context: &Context) -> Result<Connection, GatewayAccessError> {
    let base_url = context.environment().setting("PAYSTACK_BASE_URL");
    connected(context, [&base_url, DEFAULT_BASE_URL], KEY, Paystack::new).await
}
