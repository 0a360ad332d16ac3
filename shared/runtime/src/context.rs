//! What a function works with, made once at start: its settings, clock, randomness, data, and the clients of outside systems
//! that it asks for.

use crate::{
    Clock, Config, ConfigError, Environment, Queues,
    clients::{Client, Clients},
    config,
};
use aws_config::{BehaviorVersion, SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use std::{sync::Arc, time::Duration};
use store::Store;

/// How long one try of an AWS call may take; a call is tried three times.
const ATTEMPT: Duration = Duration::from_millis(2500);

/// How long an AWS call may take with all its tries.
const CALL: Duration = Duration::from_secs(5);

/// A function's settings, clock, data and clients. Cheap to clone.
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
        let config = Config::read(&environment)?;
        let store = Store::new(aws_sdk_dynamodb::Client::new(&aws), config::tables(&environment));
        let clients = Clients::default();
        Ok(Self(Arc::new(Inner { environment, config, clock: Clock, store, aws, clients })))
    }

    /// Where a crate reads settings of its own.
    pub fn environment(&self) -> &Environment {
        &self.0.environment
    }

    /// The settings that every function has.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// This moment.
    pub fn now(&self) -> domain::Timestamp {
        self.0.clock.now()
    }

    /// The product's data.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// How AWS is reached, for those who make a client.
    pub fn aws(&self) -> &SdkConfig {
        &self.0.aws
    }

    /// The client of this type, made at its first use.
    pub async fn get<C: Client>(&self) -> Result<Arc<C>, C::Error> {
        self.0.clients.get(self).await
    }

    /// The queues.
    pub async fn queues(&self) -> Arc<Queues> {
        let Ok(queues) = self.get().await;
        queues
    }

    /// 128 random bits.
    ///
    /// # Panics
    /// Where the system gives no randomness: an identifier that could be another's must not be made.
    pub fn random(&self) -> u128 {
        let mut bytes = [0; 16];
        #[expect(
            clippy::expect_used,
            reason = "without randomness no identifier may be made; the request fails and is repeated"
        )]
        getrandom::fill(&mut bytes).expect("the system gives randomness");
        u128::from_be_bytes(bytes)
    }
}
