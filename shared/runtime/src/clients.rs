//! Clients of external systems. Each is created at its first use, so a function pays only for those
//! that it needs.

use crate::Context;
use std::{
    any::{Any, TypeId},
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::OnceCell;

/// A client that a function creates once.
pub trait Client: Send + Sync + Sized + 'static {
    /// Why the client can't be created.
    type Error: Send;

    /// Creates the client from the function's settings and other clients.
    fn connect(context: &Context) -> impl Future<Output = Result<Self, Self::Error>> + Send;
}

/// The clients of a function, by type.
#[derive(Default)]
pub(crate) struct Clients(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

type Cell<C> = Arc<OnceCell<Arc<C>>>;

impl Clients {
    /// The client of this type. Concurrent calls share one attempt to connect. An error is not cached, so
    /// the next call tries again.
    pub(crate) async fn get<C: Client>(&self, context: &Context) -> Result<Arc<C>, C::Error> {
        let cell = self.cell::<C>();
        let connect = || async { C::connect(context).await.map(Arc::new) };
        cell.get_or_try_init(connect).await.cloned()
    }

    fn cell<C: Client>(&self) -> Cell<C> {
        // Nothing panics while the map is locked.
        let mut cells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let cell = cells.entry(TypeId::of::<C>()).or_insert_with(|| Arc::<OnceCell<Arc<C>>>::default());
        // The cell under a type's id holds that type.
        Arc::clone(cell).downcast().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Environment;
    use aws_config::{BehaviorVersion, SdkConfig};
    use std::sync::atomic::{AtomicU32, Ordering};

    static TRIES: AtomicU32 = AtomicU32::new(0);

    /// A client whose first connection fails.
    #[derive(Debug)]
    struct Second;

    impl Client for Second {
        type Error = &'static str;

        async fn connect(_context: &Context) -> Result<Self, Self::Error> {
            if TRIES.fetch_add(1, Ordering::Relaxed) == 0 { Err("not yet") } else { Ok(Self) }
        }
    }

    #[tokio::test]
    async fn a_client_is_created_once_and_an_error_is_not_cached() {
        let aws = SdkConfig::builder().behavior_version(BehaviorVersion::v2026_01_12()).build();
        let context = Context::new(Environment::of::<&str, &str>([]), aws).unwrap();
        assert_eq!(context.get::<Second>().await.unwrap_err(), "not yet");
        let first = context.get::<Second>().await.unwrap();
        assert!(Arc::ptr_eq(&first, &context.get().await.unwrap()));
        assert_eq!(TRIES.load(Ordering::Relaxed), 2);
    }
}
