//! The registry of gateways, and their clients.
//!
//! A new gateway needs its own folder with a `GATEWAY` like that of [`crate::paystack`], and a place in `GATEWAYS`.

use crate::{PaymentGateway, Webhook, btcpay, paystack, stripe, transport::BuildError};
use domain::{
    CountryCode,
    payment::{GatewayId, Method, PayCurrency},
};
use https::{HttpClientError, http_client};
use runtime::{Client, Context, Environment, SecretError, Secrets, StaleFlag, telemetry};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::{collections::BTreeMap, convert::Infallible, future::Future, pin::Pin, sync::Arc};
use thiserror::Error;
use tokio::sync::Mutex;

/// All gateways, in the order in which customers see them, and by which a payment without one gets its gateway.
const GATEWAYS: [Registered; 3] = [paystack::GATEWAY, stripe::GATEWAY, btcpay::GATEWAY];

/// What is known of a gateway before its client is connected, and how to connect it.
#[derive(Clone, Copy, Debug)]
pub struct Registered {
    /// The gateway's identifier in JSON, keys and settings.
    pub id: &'static str,
    /// What can be paid through it.
    pub offers: &'static [Offered],
    /// The settings without which it is not offered.
    pub needs: &'static [&'static str],
    /// How its events are recognised.
    pub webhook: Webhook,
    /// Connects its client.
    pub connect: Connect,
}

/// A method of a gateway, with the currencies that it takes.
#[derive(Clone, Copy, Debug)]
pub struct Offered {
    /// The method.
    pub method: Method,
    /// The currencies.
    pub currencies: &'static [PayCurrency],
    /// The countries of customers who can use it; empty for everywhere.
    pub countries: &'static [&'static str],
}

/// Connects a gateway's client.
pub type Connect = for<'a> fn(&'a Context) -> Connecting<'a>;
/// A client that is being connected.
pub type Connecting<'a> = Pin<Box<dyn Future<Output = Result<Connection, GatewayAccessError>> + Send + 'a>>;

/// Why a gateway can't be used at all.
#[derive(Debug, Error)]
pub enum GatewayAccessError {
    /// The secret can't be read.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The key or the address is invalid, or the gateway does not exist.
    #[error("the gateway's settings are wrong: {0}")]
    Settings(String),
}

/// A gateway's client, and the state of its key.
#[derive(Clone)]
pub struct Connection {
    /// The client.
    pub client: Arc<dyn PaymentGateway>,
    /// Raised once the gateway rejects the key.
    pub key: StaleFlag,
}

/// The identifiers of all gateways.
pub fn ids() -> Vec<GatewayId> {
    GATEWAYS.iter().map(|gateway| GatewayId::new(gateway.id)).collect()
}

/// Everything that can be paid with, gateway by gateway. Gateways that are not set up are left out.
pub fn offers(environment: &Environment) -> impl Iterator<Item = (GatewayId, &'static Offered)> {
    let is_set_up = |gateway: &&Registered| gateway.needs.iter().all(|name| !environment.setting(name).is_empty());
    let set_up = GATEWAYS.iter().filter(is_set_up);
    set_up.flat_map(|gateway| gateway.offers.iter().map(|offer| (GatewayId::new(gateway.id), offer)))
}

/// How the events of a gateway are recognised; `None` for an unknown one.
pub fn webhook(id: &GatewayId) -> Option<Webhook> {
    GATEWAYS.iter().find(|gateway| gateway.id == id.as_str()).map(|gateway| gateway.webhook)
}

impl Offered {
    /// Whether customers of this country pay in this currency with it. `None` is any country or currency.
    pub fn fits(&self, country: Option<&CountryCode>, currency: Option<PayCurrency>) -> bool {
        let there =
            country.is_none_or(|country| self.countries.is_empty() || self.countries.contains(&country.as_str()));
        there && currency.is_none_or(|currency| self.currencies.contains(&currency))
    }
}

/// The client of a gateway. After the gateway rejects the key, a new client is connected with the secret's current key.
pub async fn gateway(context: &Context, id: &GatewayId) -> Result<Arc<dyn PaymentGateway>, GatewayAccessError> {
    let Ok(gateways) = context.get::<Gateways>().await;
    let connected = gateways.connection(context, id).await;
    let connected = connected.inspect_err(|_| telemetry::count_class("GatewayErrors", "no_access", 1))?;
    Ok(connected.client)
}

/// The secret of the gateways: keys and secrets by their names.
#[derive(Deserialize)]
#[serde(transparent)]
struct Keys(BTreeMap<String, SecretString>);

/// A key from the gateways' secret (`SECRET_GATEWAYS_ARN`), with the flag to raise when it is not accepted. A key that
/// is missing is empty.
pub async fn key(context: &Context, name: &str) -> Result<(SecretString, StaleFlag), SecretError> {
    let Ok(secrets) = context.get::<Secrets>().await;
    let secret = secrets.get::<Keys>(&context.environment().setting("SECRET_GATEWAYS_ARN")).await?;
    Ok((secret.content.0.get(name).cloned().unwrap_or_default(), secret.stale))
}

/// The same, but in prod no key of a test account: its money is not real, and its payments look like real ones.
pub(crate) async fn live_key(context: &Context, name: &str) -> Result<(SecretString, StaleFlag), GatewayAccessError> {
    let (text, stale) = key(context, name).await?;
    if context.config().stage == PROD && TEST_KEYS.iter().any(|prefix| text.expose_secret().starts_with(prefix)) {
        stale.raise();
        return Err(GatewayAccessError::settings(format!("{name} is the key of a test account")));
    }
    Ok((text, stale))
}

/// The stage with real customers.
const PROD: &str = "prod";
/// What keys of test accounts begin with.
const TEST_KEYS: [&str; 2] = ["sk_test_", "rk_test_"];

/// Connects a client by an address (the set one or, if it is empty, the usual one) and a key of the gateways' secret.
pub(crate) async fn connected<C: PaymentGateway + 'static>(
    context: &Context,
    [set, usual]: [&str; 2],
    name: &str,
    build: impl FnOnce(&str, &SecretString, reqwest::Client, StaleFlag) -> Result<C, BuildError>,
) -> Result<Connection, GatewayAccessError> {
    let (key, stale) = live_key(context, name).await?;
    let http = context.get::<SharedHttpClient>().await.map_err(GatewayAccessError::settings)?;
    let client = build(if set.is_empty() { usual } else { set }, &key, http.0.clone(), stale.clone());
    // An operator may set a key that is missing today.
    let client = client.inspect_err(|_| stale.raise()).map_err(GatewayAccessError::settings)?;
    Ok(Connection { client: Arc::new(client), key: stale })
}

/// The HTTP client of a process.
pub(crate) struct SharedHttpClient(pub(crate) reqwest::Client);

impl Client for SharedHttpClient {
    type Error = HttpClientError;

    async fn connect(_context: &Context) -> Result<Self, HttpClientError> {
        http_client().map(Self)
    }
}

/// The gateways' clients of a function, each connected at its first use.
struct Gateways(BTreeMap<&'static str, Slot>);

struct Slot {
    connect: Connect,
    connection: Mutex<Option<Connection>>,
}

impl Client for Gateways {
    type Error = Infallible;

    async fn connect(_context: &Context) -> Result<Self, Infallible> {
        let slot = |gateway: Registered| (gateway.id, Slot { connect: gateway.connect, connection: Mutex::default() });
        Ok(Self(GATEWAYS.into_iter().map(slot).collect()))
    }
}

impl Gateways {
    async fn connection(&self, context: &Context, id: &GatewayId) -> Result<Connection, GatewayAccessError> {
        let unknown = || GatewayAccessError::Settings(format!("there is no gateway {id}"));
        let slot = self.0.get(id.as_str()).ok_or_else(unknown)?;
        let mut connection = slot.connection.lock().await;
        if let Some(known) = connection.as_ref().filter(|known| !known.key.is_raised()) {
            return Ok(known.clone());
        }
        Ok(connection.insert((slot.connect)(context).await?).clone())
    }
}

impl GatewayAccessError {
    /// A setting is wrong.
    pub(crate) fn settings(error: impl std::fmt::Display) -> Self {
        Self::Settings(error.to_string())
    }
}
