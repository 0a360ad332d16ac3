//! The registry of suppliers, and their clients.
//!
//! A new supplier needs its own folder with a `SUPPLIER` like that of [`crate::fivesim`], and a place in
//! `SUPPLIERS`. `docs/adding-an-endpoint.md` has the rest.

use crate::{Supplier, Terms, fivesim, sandbox};
use domain::{SupplierId, access::Mode};
use runtime::{Client, Context, SecretError, StaleFlag, telemetry};
use std::{collections::BTreeMap, convert::Infallible, future::Future, pin::Pin, sync::Arc};
use thiserror::Error;
use tokio::sync::Mutex;

/// All suppliers of real numbers, best first.
const SUPPLIERS: [Registered; 1] = [fivesim::SUPPLIER];
/// The supplier of test orders. It is in no list, because nothing of it is on sale.
const TEST_SUPPLIER: Registered = sandbox::SUPPLIER;

/// What is known of a supplier before its client is connected, and how to connect it.
#[derive(Clone, Copy, Debug)]
pub struct Registered {
    /// The supplier's identifier in JSON, keys and events.
    pub id: &'static str,
    /// Its terms.
    pub terms: Terms,
    /// Connects its client.
    pub connect: Connect,
}

/// Connects a supplier's client.
pub type Connect = for<'a> fn(&'a Context) -> Connecting<'a>;
/// A client that is being connected.
pub type Connecting<'a> = Pin<Box<dyn Future<Output = Result<Connection, SupplierAccessError>> + Send + 'a>>;

/// Why a supplier can't be used at all.
#[derive(Debug, Error)]
pub enum SupplierAccessError {
    /// The secret can't be used.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The key or the address is invalid, or the supplier does not exist.
    #[error("the supplier's settings are wrong: {0}")]
    Settings(String),
}

/// A supplier's client, and the state of its key.
#[derive(Clone)]
pub struct Connection {
    /// The client.
    pub client: Arc<dyn Supplier>,
    /// Raised once the supplier rejects the key.
    pub key: StaleFlag,
}

/// The suppliers' clients of a function, each connected at its first use.
struct Suppliers(BTreeMap<&'static str, Slot>);

struct Slot {
    mode: Mode,
    connect: Connect,
    connection: Mutex<Option<Connection>>,
}

/// The identifiers of all suppliers of real numbers, best first.
pub fn ids() -> Vec<SupplierId> {
    SUPPLIERS.iter().map(|supplier| SupplierId::new(supplier.id)).collect()
}

/// The suppliers whose offers are on sale for orders of this mode, best first: none for test orders, because the
/// sandbox has a fixed one.
pub fn ids_for(mode: Mode) -> Vec<SupplierId> {
    match mode {
        Mode::Live => ids(),
        Mode::Test => Vec::new(),
    }
}

/// The terms of all suppliers of real numbers, best first.
pub fn terms() -> impl Iterator<Item = (SupplierId, Terms)> {
    SUPPLIERS.iter().map(|supplier| (SupplierId::new(supplier.id), supplier.terms))
}

/// The client of a supplier of real numbers. After the supplier rejects the key, a new client is connected with the
/// secret's current key.
pub async fn supplier(context: &Context, id: &SupplierId) -> Result<Arc<dyn Supplier>, SupplierAccessError> {
    supplier_for(context, Mode::Live, id).await
}

/// The client of a supplier for an order of this mode. A test order never reaches a supplier of real numbers, and the
/// other way round, whatever the order says.
pub async fn supplier_for(
    context: &Context,
    mode: Mode,
    id: &SupplierId,
) -> Result<Arc<dyn Supplier>, SupplierAccessError> {
    let Ok(suppliers) = context.get::<Suppliers>().await;
    let connected = suppliers.connection(context, mode, id).await;
    let connected = connected.inspect_err(|_| telemetry::count_class("SupplierErrors", "no_access", 1))?;
    Ok(connected.client)
}

impl Client for Suppliers {
    type Error = Infallible;

    async fn connect(_context: &Context) -> Result<Self, Infallible> {
        let slot =
            |mode| move |Registered { id, connect, .. }| (id, Slot { mode, connect, connection: Mutex::default() });
        let live = SUPPLIERS.into_iter().map(slot(Mode::Live));
        Ok(Self(live.chain([TEST_SUPPLIER].into_iter().map(slot(Mode::Test))).collect()))
    }
}

impl Suppliers {
    async fn connection(
        &self,
        context: &Context,
        mode: Mode,
        id: &SupplierId,
    ) -> Result<Connection, SupplierAccessError> {
        let Some(slot) = self.0.get(id.as_str()).filter(|slot| slot.mode == mode) else {
            return Err(SupplierAccessError::Settings(format!("there is no supplier {id} of {mode:?} orders")));
        };
        let mut connection = slot.connection.lock().await;
        if let Some(known) = connection.as_ref().filter(|known| !known.key.is_raised()) {
            return Ok(known.clone());
        }
        Ok(connection.insert((slot.connect)(context).await?).clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FiveSim, http_client};
    use aws_config::{BehaviorVersion, SdkConfig};
    use runtime::Environment;

    fn connection() -> Connection {
        let client = FiveSim::new(fivesim::DEFAULT_BASE_URL, &"a-key".into(), http_client().unwrap()).unwrap();
        Connection { client: Arc::new(client), key: StaleFlag::default() }
    }

    #[test]
    fn each_supplier_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<_> = ids().into_iter().collect();
        assert_eq!(names.len(), SUPPLIERS.len());
        assert!(!names.contains(&SupplierId::new(TEST_SUPPLIER.id)), "nothing of it is on sale");
        assert_eq!((ids_for(Mode::Live), ids_for(Mode::Test)), (ids(), Vec::new()));
    }

    #[tokio::test]
    async fn an_order_reaches_suppliers_of_its_mode_only() {
        let aws = SdkConfig::builder().behavior_version(BehaviorVersion::v2026_01_12()).build();
        let context = Context::new(Environment::of::<&str, &str>([]), aws).unwrap();
        let sandbox = SupplierId::new(domain::sandbox::SUPPLIER);
        assert_eq!(
            supplier_for(&context, Mode::Test, &sandbox).await.map(|client| client.id()).ok(),
            Some(sandbox.clone())
        );
        assert!(supplier_for(&context, Mode::Live, &sandbox).await.is_err());
        assert!(supplier(&context, &sandbox).await.is_err());
        for id in ids() {
            let Err(SupplierAccessError::Settings(reason)) = supplier_for(&context, Mode::Test, &id).await else {
                panic!("a test order reaches {id}")
            };
            assert_eq!(reason, format!("there is no supplier {id} of Test orders"));
        }
    }

    #[tokio::test]
    async fn a_supplier_that_refused_its_key_is_connected_again() {
        let aws = SdkConfig::builder().behavior_version(BehaviorVersion::v2026_01_12()).build();
        let context = Context::new(Environment::of::<&str, &str>([]), aws).unwrap();
        let slot =
            Slot { mode: Mode::Live, connect: |_| Box::pin(async { Ok(connection()) }), connection: Mutex::default() };
        let suppliers = Suppliers(BTreeMap::from([(fivesim::ID, slot)]));
        let connected = async || suppliers.connection(&context, Mode::Live, &fivesim::id()).await.unwrap();
        let first = connected().await;
        assert!(Arc::ptr_eq(&first.client, &connected().await.client), "a working connection is kept");
        first.key.raise();
        assert!(!Arc::ptr_eq(&first.client, &connected().await.client));
        assert!(suppliers.connection(&context, Mode::Live, &SupplierId::new("none")).await.is_err());
    }
}
