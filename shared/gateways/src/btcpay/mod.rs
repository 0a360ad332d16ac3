//! BTCPay Server (Greenfield API, version 1): coins.
//!
//! A checkout is an invoice in the customer's currency, with our reference as its order and one payment method. BTCPay
//! does not keep an order from having several invoices, so a checkout is looked up before it is made. Coins may come in
//! parts, too many, and after the invoice's time: every payment that settles is a receipt of its own. Nothing is
//! refunded through this client, because coins go back to another address than they came from.
//!
//! The key needs the permissions to view, create and modify invoices. Rates need the one to view the store's settings.

mod client;
mod coins;
mod report;
#[cfg(test)]
mod tests;
mod webhook;
mod wire;

pub use client::BtcPay;

use crate::registry::{Connection, GatewayAccessError, Offered, Registered, SharedHttpClient, key};
use domain::payment::{Method, PayCurrency};
use runtime::{Context, Environment};
use std::sync::Arc;

/// The name of BTCPay Server in JSON, keys and settings.
pub const ID: &str = "btcpay";
/// The field of the gateways' secret with the API key.
const KEY: &str = "btcpay_api_key";
/// The field of the gateways' secret with the secret of the webhook.
const WEBHOOK_SECRET: &str = "btcpay_webhook_secret";

/// BTCPay Server, for the registry.
pub(crate) const GATEWAY: Registered = Registered {
    id: ID,
    offers: &[
        everywhere(Method::Bitcoin),
        everywhere(Method::Lightning),
        everywhere(Method::Ethereum),
        everywhere(Method::Solana),
        everywhere(Method::UsdtTron),
        everywhere(Method::UsdtEthereum),
        everywhere(Method::UsdtSolana),
    ],
    needs: &["BTCPAY_BASE_URL", "BTCPAY_STORE"],
    webhook: webhook::WEBHOOK,
    connect: |context| Box::pin(connect(context)),
};

const fn everywhere(method: Method) -> Offered {
    Offered { method, currencies: PayCurrency::ALL, countries: &[] }
}

/// Builds the client, with `BTCPAY_BASE_URL`, `BTCPAY_STORE` and its key from Secrets Manager.
async fn connect(context: &Context) -> Result<Connection, GatewayAccessError> {
    let (base_url, store) = settings(context.environment())?;
    let (key, stale) = key(context, KEY).await?;
    let http = context.get::<SharedHttpClient>().await.map_err(GatewayAccessError::settings)?;
    let client = BtcPay::new(&base_url, &store, &key, http.0.clone(), stale.clone());
    // An operator may set a key that is missing today.
    let client = client.inspect_err(|_| stale.raise()).map_err(GatewayAccessError::settings)?;
    Ok(Connection { client: Arc::new(client), key: stale })
}

/// The server's address and the store. There is no usual server, so the gateway needs both.
fn settings(environment: &Environment) -> Result<(String, String), GatewayAccessError> {
    let setting = |name| environment.needed_setting(name).map_err(GatewayAccessError::settings);
    Ok((setting("BTCPAY_BASE_URL")?, setting("BTCPAY_STORE")?))
}
