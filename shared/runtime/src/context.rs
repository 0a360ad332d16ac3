//! The context of a function, created once at start: settings, clock, randomness, store, and clients of
//! external systems.

use crate::{
    Clock, Config, ConfigError, Environment, Queues,
    clients::{Client, Clients},
    config, random_bytes,
};
use aws_config::{BehaviorVersion, SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use std::{sync::Arc, time::Duration};
use store::Store;

/// The local cloud is one process for all services, and its answers take seconds while fifty functions call it at once.
/// Another attempt would only add to its load.
const PATIENCE: u32 = if cfg!(feature = "local") { 2 } else { 1 };

/// The timeout of one attempt of an AWS call; a call has three attempts.
const ATTEMPT: Duration = Duration::from_millis(2500).saturating_mul(PATIENCE);

/// The timeout of an AWS call with all attempts.
const CALL: Duration = Duration::from_secs(5).saturating_mul(PATIENCE);

/// A function's settings, clock, store and clients. Cheap to clone.
#[derive(Clone)]
pub struct Context(Arc<Inner>);

struct Inner {
    environment: Environment,
    config: Config,
    clock: Clock,
    store: Store,
    aws: SdkConfig,
    clients: Clients,
}

impl Context {
    /// The context of this process.
    pub async fn from_env() -> Result<Self, ConfigError> {
        let aws = aws_config::defaults(BehaviorVersion::v2026_01_12())
            .retry_config(RetryConfig::standard().with_max_attempts(3))
            .timeout_config(TimeoutConfig::builder().operation_attempt_timeout(ATTEMPT).operation_timeout(CALL).build())
            .load()
            .await;
        Self::new(Environment::of_process(), aws)
    }

    /// A context with these settings.
    pub fn new(environment: Environment, aws: SdkConfig) -> Result<Self, ConfigError> {
        let database = aws_sdk_dynamodb::Client::new(&aws);
        Self::over(database, environment, aws)
    }

    /// A context with these settings and this client of the database.
    pub fn over(
        database: aws_sdk_dynamodb::Client,
        environment: Environment,
        aws: SdkConfig,
    ) -> Result<Self, ConfigError> {
        let config = Config::read(&environment)?;
        let store = Store::new(database, config::tables(&environment));
        let clients = Clients::default();
        Ok(Self(Arc::new(Inner { environment, config, clock: Clock, store, aws, clients })))
    }

    /// The environment, from which crates read their own settings.
    pub fn environment(&self) -> &Environment {
        &self.0.environment
    }

    /// The settings of every function.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The current time.
    pub fn now(&self) -> domain::Timestamp {
        self.0.clock.now()
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The AWS configuration, from which clients are created.
    pub fn aws(&self) -> &SdkConfig {
        &self.0.aws
    }

    /// The client of this type, created at its first use.
    pub async fn get<C: Client>(&self) -> Result<Arc<C>, C::Error> {
        self.0.clients.get(self).await
    }

    /// The queues.
    pub async fn queues(&self) -> Arc<Queues> {
        let Ok(queues) = self.get().await;
        queues
    }

    /// 128 random bits; see [`random_bytes`].
    pub fn random(&self) -> u128 {
        u128::from_be_bytes(random_bytes())
    }
}
