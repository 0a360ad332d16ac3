//! How customers see what the use cases of subscriptions refuse.

use crate::codes::{AlreadyOnPlan, PlanGranted};
use api::{Problem, codes::IdempotencyKeyReused};
use billing::NotSubscribed;
use domain::subscription::NotChanged;

/// Why a subscription was not changed.
pub(crate) fn of(reason: NotSubscribed) -> Problem {
    match reason {
        NotSubscribed::NotChanged(NotChanged::AlreadyOnPlan) => AlreadyOnPlan.into(),
        NotSubscribed::NotChanged(NotChanged::PlanGranted) => PlanGranted.into(),
        NotSubscribed::Ledger(error) => error.into(),
        NotSubscribed::KeyReused(_) => IdempotencyKeyReused.into(),
        NotSubscribed::Store(error) => error.into(),
        NotSubscribed::Gone | NotSubscribed::Defect(_) => Problem::internal(reason),
    }
}
