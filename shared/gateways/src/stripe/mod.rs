//! Stripe Checkout (stripe.com): cards.
//!
//! A checkout is a session with our reference, made once by its idempotency key. Stripe ends it before the payment is
//! given up. The money of a session is in its payment intent.
//!
//! A refund is made once by its idempotency key, and has our identifier and our reference in its metadata. One that
//! succeeded can still fail days later, if the customer's bank sends the money back.

mod client;
mod webhook;
mod wire;

pub use client::{DEFAULT_BASE_URL, Stripe};

use crate::registry::{Connection, GatewayAccessError, Offered, Registered, connected};
use domain::payment::{
    Method,
    PayCurrency::{Kes, Ngn, Usd, Zar},
};
use runtime::Context;

/// The name of Stripe in JSON, keys and settings.
pub const ID: &str = "stripe";
/// The field of the gateways' secret with the API key. A restricted key needs to write checkout sessions and
/// refunds, and to read payment intents and charges.
const KEY: &str = "stripe_secret_key";
/// The field of the gateways' secret with the secret of the endpoint to which Stripe sends events.
const WEBHOOK_SECRET: &str = "stripe_webhook_secret";

/// Stripe, for the registry. It takes no cedis.
pub(crate) const GATEWAY: Registered = Registered {
    id: ID,
    offers: &[Offered { method: Method::Card, currencies: &[Usd, Ngn, Kes, Zar], countries: &[] }],
    needs: &[],
    webhook: webhook::WEBHOOK,
    connect: |context| Box::pin(connect(context)),
};

/// Builds the client, with `STRIPE_BASE_URL` and its key from Secrets Manager.
async fn connect(context: &Context) -> Result<Connection, GatewayAccessError> {
    let base_url = context.environment().setting("STRIPE_BASE_URL");
    connected(context, [&base_url, DEFAULT_BASE_URL], KEY, Stripe::new).await
}
