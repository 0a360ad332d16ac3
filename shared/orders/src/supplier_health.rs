//! Checks the suppliers: whether our accounts work, and whether they sold numbers that no order owns.

use crate::orphans;
use domain::{SupplierId, Timestamp};
use futures_util::future::join_all;
use runtime::{Context, telemetry};
use std::future::Future;
use store::{StoreError, SupplierHealth, SupplierState};
use suppliers::SupplierProfile;

/// Checks all suppliers: records the health of our accounts, and cancels orphaned numbers. They are checked
/// concurrently, so that a slow or broken supplier does not delay the others. A failure of the database is
/// returned after all checks.
pub async fn check_suppliers(
    context: &Context,
    suppliers: impl IntoIterator<Item = SupplierId>,
) -> Result<(), StoreError> {
    check_each(suppliers, |supplier| check(context, supplier)).await
}

/// Runs a check of each supplier concurrently, and returns the first failure after all of them.
async fn check_each<F>(
    suppliers: impl IntoIterator<Item = SupplierId>,
    check: impl Fn(SupplierId) -> F,
) -> Result<(), StoreError>
where
    F: Future<Output = Result<(), StoreError>>,
{
    join_all(suppliers.into_iter().map(check)).await.into_iter().collect()
}

async fn check(context: &Context, supplier: SupplierId) -> Result<(), StoreError> {
    let client = suppliers::supplier(context, &supplier).await;
    let client = client.inspect_err(|error| tracing::error!(%supplier, %error, "no access to the supplier")).ok();
    let profile = match &client {
        Some(client) => client.profile().await.map_err(|error| error.kind()),
        None => Err("no_access"),
    };
    measure(&supplier, profile.as_ref().ok());
    context.store().catalog().put_supplier_health(&health(&supplier, profile.as_ref(), context.now())).await?;
    match client {
        Some(client) if profile.is_ok() => orphans::cancel_orphans(context, &supplier, client.as_ref()).await,
        _ => Ok(()),
    }
}

fn measure(supplier: &SupplierId, profile: Option<&SupplierProfile>) {
    let supplier = supplier.as_str();
    telemetry::gauge_supplier("SupplierUp", supplier, u64::from(profile.is_some()));
    let Some(profile) = profile else { return };
    telemetry::gauge_supplier("SupplierBalance", supplier, profile.balance.micros().max(0).unsigned_abs() / 1_000_000);
    if let Some(rating) = profile.rating {
        telemetry::gauge_supplier("SupplierRating", supplier, u64::from(rating.hundredths() / 100));
    }
}

/// The health to record for this profile, or for this kind of failure to read it.
fn health(supplier: &SupplierId, profile: Result<&SupplierProfile, &&'static str>, at: Timestamp) -> SupplierHealth {
    SupplierHealth {
        supplier: supplier.clone(),
        state: if profile.is_ok() { SupplierState::Up } else { SupplierState::Down },
        error: profile.err().map(|kind| (*kind).to_owned()),
        balance: profile.ok().map(|profile| profile.balance),
        rating: profile.ok().and_then(|profile| profile.rating),
        at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Rating, SupplierMoney};
    use std::cell::RefCell;
    use tokio::sync::Notify;

    #[tokio::test]
    async fn a_slow_and_a_broken_supplier_do_not_keep_the_others_waiting() {
        let (others_done, seen) = (Notify::new(), RefCell::new(Vec::new()));
        let suppliers = ["slow", "broken", "good"].map(SupplierId::new);
        let (others_done, seen_too) = (&others_done, &seen);
        let checked = check_each(suppliers, |supplier| async move {
            match supplier.as_str() {
                "slow" => others_done.notified().await,
                "broken" => return Err(StoreError::Throttled),
                _ => others_done.notify_one(),
            }
            seen_too.borrow_mut().push(supplier.to_string());
            Ok(())
        });
        let checked = tokio::time::timeout(std::time::Duration::from_secs(5), checked).await;
        assert!(matches!(checked.expect("the slow one kept the others waiting"), Err(StoreError::Throttled)));
        assert_eq!(seen.into_inner(), ["good", "slow"]);
    }

    #[test]
    fn a_supplier_is_up_if_it_shows_our_account() {
        let (supplier, at) = (SupplierId::new("any"), Timestamp::from_millis(7));
        let balance = SupplierMoney::from_micros(12_500_000);
        let (frozen, rating) = (SupplierMoney::default(), Rating::from_hundredths(9_585));
        let profile = SupplierProfile { balance, frozen, rating: Some(rating), active_orders: None };
        let up = SupplierHealth {
            supplier: supplier.clone(),
            state: SupplierState::Up,
            error: None,
            balance: Some(balance),
            rating: Some(rating),
            at,
        };
        assert_eq!(health(&supplier, Ok(&profile), at), up);
        let error = Some("unauthorized".to_owned());
        let down = SupplierHealth { state: SupplierState::Down, error, balance: None, rating: None, ..up };
        assert_eq!(health(&supplier, Err(&"unauthorized"), at), down);
    }
}
