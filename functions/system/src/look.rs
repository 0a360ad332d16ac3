//! A look at what the service depends on: one small read of each kind, all at once, within two seconds.

use domain::{OrderId, SupplierId, Timestamp, UserId};
use runtime::Context;
use serde::Serialize;
use std::{
    future::Future,
    time::{Duration, Instant},
};
use store::{CatalogVersion, KeyHash, SupplierHealth, SupplierState};
use utoipa::ToSchema;

/// What takes longer does not answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// The sweep sees suppliers every minute; what it has not seen for so long is unknown.
const SEEN_LATELY: Duration = Duration::from_mins(10);

/// How the whole is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HealthStatus {
    /// Everything answers.
    Ok,
    /// Something else than the database does not answer, or is unknown.
    Degraded,
    /// The database does not answer.
    Down,
}

/// How a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Condition {
    /// It answers.
    Up,
    /// It does not.
    Down,
    /// Nobody has seen it lately.
    Unknown,
}

/// What was seen.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    pub(crate) at: Timestamp,
    pub(crate) dependencies: Dependencies,
}

/// What the service depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Dependencies {
    database: DatabaseView,
    queues: QueuesView,
    supplier_5sim: SupplierView,
    catalog: CatalogView,
}

/// The tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
struct DatabaseView {
    state: Condition,
    /// How long the slowest of its reads took, in milliseconds; absent where one failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    ms: Option<u64>,
}

/// The queues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
struct QueuesView {
    state: Condition,
}

/// A supplier of numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
struct SupplierView {
    state: Condition,
    /// When it was seen last; null where it never was.
    as_of: Option<Timestamp>,
}

/// What is sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
struct CatalogView {
    /// `down` while there is nothing to sell.
    state: Condition,
    /// Its number, which grows with every change; null where it can't be read.
    version: Option<u64>,
    /// When it changed last.
    as_of: Option<Timestamp>,
}

impl Look {
    /// Looks now.
    pub(crate) async fn at(context: &Context) -> Self {
        let at = context.now();
        let store = context.store();
        // Reads of what nobody has: they prove that the table answers, and cost half a unit each.
        let (nobody, nothing) = (UserId::new(Timestamp::default(), 0), OrderId::new(Timestamp::default(), 0));
        let no_key = KeyHash::of("");
        let started = Instant::now();
        let (accounts, ledger, orders, catalog, suppliers, queues) = tokio::join!(
            answered("accounts", store.account_of_key(&nobody, &no_key, store::Reads::default())),
            answered("ledger", store.wallet(&nobody)),
            answered("orders", store.order(&nobody, &nothing)),
            answered("catalog", store.catalog_version()),
            answered("supplier health", store.supplier_health()),
            answered("queues", async { context.queues().await.backlogs().await }),
        );
        let all_answer =
            accounts.is_some() && ledger.is_some() && orders.is_some() && catalog.is_some() && suppliers.is_some();
        let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let dependencies = Dependencies {
            database: DatabaseView { state: Condition::of(all_answer), ms: all_answer.then_some(ms) },
            queues: QueuesView { state: Condition::of(queues.is_some()) },
            supplier_5sim: SupplierView::of("5sim", &suppliers.unwrap_or_default(), at),
            catalog: CatalogView::of(catalog),
        };
        Self { at, dependencies }
    }

    pub(crate) fn is_fresh(&self, now: Timestamp, span: Duration) -> bool {
        // A clock that went back (in tests) makes it old too.
        now >= self.at && now.since(self.at) < span
    }
}

/// The answer, or nothing where there was an error or none in time. Why goes to the log.
async fn answered<T, E: std::fmt::Display>(what: &str, call: impl Future<Output = Result<T, E>>) -> Option<T> {
    match tokio::time::timeout(PATIENCE, call).await {
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
    /// The whole is as its worst part; only the database takes it down.
    pub(crate) fn status(&self) -> HealthStatus {
        let others = [self.queues.state, self.supplier_5sim.state, self.catalog.state];
        match self.database.state {
            Condition::Up if others.iter().all(|state| *state == Condition::Up) => HealthStatus::Ok,
            Condition::Up => HealthStatus::Degraded,
            Condition::Down | Condition::Unknown => HealthStatus::Down,
        }
    }
}

impl Condition {
    const fn of(answers: bool) -> Self {
        if answers { Self::Up } else { Self::Down }
    }
}

impl SupplierView {
    fn of(name: &str, seen: &[SupplierHealth], now: Timestamp) -> Self {
        let Some(seen) = seen.iter().find(|row| row.supplier == SupplierId::new(name)) else {
            return Self { state: Condition::Unknown, as_of: None };
        };
        let state = match seen.state {
            _ if now.since(seen.at) > SEEN_LATELY => Condition::Unknown,
            SupplierState::Up => Condition::Up,
            SupplierState::Down => Condition::Down,
        };
        Self { state, as_of: Some(seen.at) }
    }
}

impl CatalogView {
    fn of(version: Option<CatalogVersion>) -> Self {
        match version {
            None => Self { state: Condition::Unknown, version: None, as_of: None },
            Some(CatalogVersion { version: 0, .. }) => Self { state: Condition::Down, version: Some(0), as_of: None },
            Some(CatalogVersion { version, at }) => {
                Self { state: Condition::Up, version: Some(version), as_of: Some(at) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn seen(state: SupplierState) -> [SupplierHealth; 1] {
        let (supplier, at) = (SupplierId::new("5sim"), at("2026-11-21T10:00:00Z"));
        [SupplierHealth { supplier, state, error: None, balance: None, at }]
    }

    #[test]
    fn a_supplier_that_was_not_seen_lately_is_unknown() {
        let state = |state, now| SupplierView::of("5sim", &seen(state), at(now)).state;
        assert_eq!(state(SupplierState::Up, "2026-11-21T10:10:00Z"), Condition::Up);
        assert_eq!(state(SupplierState::Down, "2026-11-21T10:10:00Z"), Condition::Down);
        assert_eq!(state(SupplierState::Up, "2026-11-21T10:10:01Z"), Condition::Unknown);
        assert_eq!(SupplierView::of("5sim", &[], at("2026-11-21T10:00:00Z")).state, Condition::Unknown);
    }

    #[test]
    fn only_the_database_takes_the_whole_down() {
        let with = |database, queues, supplier| Dependencies {
            database: DatabaseView { state: database, ms: Some(3) },
            queues: QueuesView { state: queues },
            supplier_5sim: SupplierView { state: supplier, as_of: None },
            catalog: CatalogView::of(Some(CatalogVersion { version: 7, at: Timestamp::default() })),
        };
        assert_eq!(with(Condition::Up, Condition::Up, Condition::Up).status(), HealthStatus::Ok);
        assert_eq!(with(Condition::Up, Condition::Down, Condition::Up).status(), HealthStatus::Degraded);
        assert_eq!(with(Condition::Up, Condition::Up, Condition::Unknown).status(), HealthStatus::Degraded);
        assert_eq!(with(Condition::Down, Condition::Up, Condition::Up).status(), HealthStatus::Down);
        assert_eq!(CatalogView::of(Some(CatalogVersion::default())).state, Condition::Down);
    }
}
