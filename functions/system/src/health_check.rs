//! A health check of all dependencies: one small read of each, concurrently, within two seconds.
//!
//! `SUPPLIERS` lists the suppliers by their names, so that one without a record is shown as unknown, and
//! this function needs no supplier's client.

use domain::{OrderId, Timestamp, UserId, access::SecretHash, order::Order};
use runtime::{Context, Environment};
use serde::Serialize;
use std::{
    collections::BTreeMap,
    future::Future,
    time::{Duration, Instant},
};
use store::{CatalogVersion, SupplierHealth, SupplierState};
use utoipa::ToSchema;

/// A read that takes longer counts as failed.
const TIMEOUT: Duration = Duration::from_secs(2);
/// The sweep records the state of suppliers every minute. An older record counts as unknown.
const STALE_AFTER: Duration = Duration::from_mins(10);

/// Overall status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HealthStatus {
    /// Every dependency answers.
    Ok,
    /// A dependency other than the database does not answer, or its state is unknown.
    Degraded,
    /// The database does not answer.
    Down,
}

/// Component state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ComponentState {
    /// It answers.
    Up,
    /// It does not answer.
    Down,
    /// Not checked recently.
    Unknown,
}

/// The result of a check.
#[derive(Clone, Debug)]
pub(crate) struct HealthCheck {
    pub(crate) at: Timestamp,
    pub(crate) dependencies: Dependencies,
}

/// Dependencies of the service. Each supplier is a field, named `supplier_` and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(examples(json!({
    "database": { "state": "up", "ms": 4 },
    "queues": { "state": "up" },
    "supplier_5sim": { "state": "up", "as_of": "2026-11-21T10:00:00.000Z" },
    "catalog": { "state": "up", "version": 7, "as_of": "2026-11-21T10:00:00.000Z" },
})))]
pub(crate) struct Dependencies {
    database: DatabaseView,
    queues: QueuesView,
    #[serde(flatten)]
    suppliers: BTreeMap<String, SupplierView>,
    catalog: CatalogView,
}

/// State of the tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
struct DatabaseView {
    state: ComponentState,
    /// Duration of the slowest read in milliseconds; absent if a read failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    ms: Option<u64>,
}

/// State of the queues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
struct QueuesView {
    state: ComponentState,
}

/// State of a supplier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
struct SupplierView {
    state: ComponentState,
    /// Time of the last check; null before the first one.
    as_of: Option<Timestamp>,
}

/// State of the catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
struct CatalogView {
    /// `down` before the first refresh.
    state: ComponentState,
    /// Catalog version, which increases with every change; null if it can't be read.
    version: Option<u64>,
    /// Time of the last change.
    as_of: Option<Timestamp>,
}

impl HealthCheck {
    /// Runs a check now.
    pub(crate) async fn run(context: &Context) -> Self {
        let at = context.now();
        let store = context.store();
        // Reads of items that do not exist prove that a table answers, and cost half a unit each.
        let (nobody, nothing) = (UserId::new(Timestamp::default(), 0), OrderId::new(Timestamp::default(), 0));
        let no_key = SecretHash::of("");
        let started = Instant::now();
        let (accounts, ledger, orders, catalog, suppliers, queues) = tokio::join!(
            answered("accounts", store.account_of_key(&nobody, &no_key, store::ReadSet::default())),
            answered("ledger", store.ledger().wallet(&nobody)),
            answered("orders", store.record::<Order>(&nobody, &nothing)),
            answered("catalog", store.catalog().version()),
            answered("supplier health", store.catalog().supplier_health()),
            answered("queues", async { context.queues().await.backlogs().await }),
        );
        let all_answer =
            accounts.is_some() && ledger.is_some() && orders.is_some() && catalog.is_some() && suppliers.is_some();
        let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let dependencies = Dependencies {
            database: DatabaseView { state: ComponentState::of(all_answer), ms: all_answer.then_some(ms) },
            queues: QueuesView { state: ComponentState::of(queues.is_some()) },
            suppliers: supplier_views(context.environment(), &suppliers.unwrap_or_default(), at),
            catalog: CatalogView::of(catalog),
        };
        Self { at, dependencies }
    }

    pub(crate) fn is_fresh(&self, now: Timestamp, span: Duration) -> bool {
        // In tests the clock may go back; such a result is stale, too.
        now >= self.at && now.since(self.at) < span
    }
}

/// The answer, or `None` on an error or a timeout. The cause is logged.
async fn answered<T, E: std::fmt::Display>(what: &str, call: impl Future<Output = Result<T, E>>) -> Option<T> {
    match tokio::time::timeout(TIMEOUT, call).await {
        Ok(Ok(answer)) => Some(answer),
        Ok(Err(error)) => {
            tracing::warn!(what, %error, "a dependency does not answer");
            None
        }
        Err(_) => {
            tracing::warn!(what, "a dependency does not answer in time");
            None
        }
    }
}

impl Dependencies {
    /// The worst component decides, but only the database makes the service `down`.
    pub(crate) fn status(&self) -> HealthStatus {
        let suppliers = self.suppliers.values().map(|supplier| supplier.state);
        let mut others = [self.queues.state, self.catalog.state].into_iter().chain(suppliers);
        match self.database.state {
            ComponentState::Up if others.all(|state| state == ComponentState::Up) => HealthStatus::Ok,
            ComponentState::Up => HealthStatus::Degraded,
            ComponentState::Down | ComponentState::Unknown => HealthStatus::Down,
        }
    }
}

impl ComponentState {
    const fn of(answers: bool) -> Self {
        if answers { Self::Up } else { Self::Down }
    }
}

/// The state of each supplier of the setting `SUPPLIERS`, by its field in the answer.
fn supplier_views(
    environment: &Environment,
    seen: &[SupplierHealth],
    now: Timestamp,
) -> BTreeMap<String, SupplierView> {
    let names = environment.setting("SUPPLIERS");
    let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| (format!("supplier_{name}"), SupplierView::of(name, seen, now))).collect()
}

impl SupplierView {
    fn of(name: &str, seen: &[SupplierHealth], now: Timestamp) -> Self {
        let Some(seen) = seen.iter().find(|row| row.supplier.as_str() == name) else {
            return Self { state: ComponentState::Unknown, as_of: None };
        };
        let state = match seen.state {
            _ if now.since(seen.at) > STALE_AFTER => ComponentState::Unknown,
            SupplierState::Up => ComponentState::Up,
            SupplierState::Down => ComponentState::Down,
        };
        Self { state, as_of: Some(seen.at) }
    }
}

impl CatalogView {
    fn of(version: Option<CatalogVersion>) -> Self {
        match version {
            None => Self { state: ComponentState::Unknown, version: None, as_of: None },
            Some(CatalogVersion { version: 0, .. }) => {
                Self { state: ComponentState::Down, version: Some(0), as_of: None }
            }
            Some(CatalogVersion { version, at }) => {
                Self { state: ComponentState::Up, version: Some(version), as_of: Some(at) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::SupplierId;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn seen(state: SupplierState) -> [SupplierHealth; 1] {
        let (supplier, at) = (SupplierId::new("5sim"), at("2026-11-21T10:00:00Z"));
        [SupplierHealth { supplier, state, error: None, balance: None, rating: None, at }]
    }

    #[test]
    fn an_old_supplier_record_counts_as_unknown() {
        let state = |state, now| SupplierView::of("5sim", &seen(state), at(now)).state;
        assert_eq!(state(SupplierState::Up, "2026-11-21T10:10:00Z"), ComponentState::Up);
        assert_eq!(state(SupplierState::Down, "2026-11-21T10:10:00Z"), ComponentState::Down);
        assert_eq!(state(SupplierState::Up, "2026-11-21T10:10:01Z"), ComponentState::Unknown);
        assert_eq!(SupplierView::of("5sim", &[], at("2026-11-21T10:00:00Z")).state, ComponentState::Unknown);
    }

    #[test]
    fn each_supplier_is_a_field_even_without_a_record() {
        let views = |setting: &str| {
            let environment = Environment::of([("SUPPLIERS", setting)]);
            let suppliers = supplier_views(&environment, &seen(SupplierState::Up), at("2026-11-21T10:00:00Z"));
            serde_json::to_value(Dependencies {
                database: DatabaseView { state: ComponentState::Up, ms: Some(3) },
                queues: QueuesView { state: ComponentState::Up },
                suppliers,
                catalog: CatalogView::of(None),
            })
            .unwrap()
        };
        let both = views("5sim, other");
        assert_eq!(both["supplier_5sim"], serde_json::json!({ "state": "up", "as_of": at("2026-11-21T10:00:00Z") }));
        assert_eq!(both["supplier_other"], serde_json::json!({ "state": "unknown", "as_of": null }));
        assert_eq!(both.as_object().unwrap().len(), 5);
        assert_eq!(views("").as_object().unwrap().len(), 3);
    }

    #[test]
    fn only_the_database_makes_the_service_down() {
        let with = |database, queues, supplier| Dependencies {
            database: DatabaseView { state: database, ms: Some(3) },
            queues: QueuesView { state: queues },
            suppliers: [("supplier_a", ComponentState::Up), ("supplier_b", supplier)]
                .map(|(name, state)| (name.to_owned(), SupplierView { state, as_of: None }))
                .into(),
            catalog: CatalogView::of(Some(CatalogVersion { version: 7, at: Timestamp::default() })),
        };
        assert_eq!(with(ComponentState::Up, ComponentState::Up, ComponentState::Up).status(), HealthStatus::Ok);
        assert_eq!(with(ComponentState::Up, ComponentState::Down, ComponentState::Up).status(), HealthStatus::Degraded);
        assert_eq!(
            with(ComponentState::Up, ComponentState::Up, ComponentState::Unknown).status(),
            HealthStatus::Degraded
        );
        assert_eq!(with(ComponentState::Down, ComponentState::Up, ComponentState::Up).status(), HealthStatus::Down);
        assert_eq!(CatalogView::of(Some(CatalogVersion::default())).state, ComponentState::Down);
    }
}
