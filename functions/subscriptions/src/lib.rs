//! Subscriptions: customers choose their plan, and see what it costs.
//!
//! `GET /api/v1/plans` belongs to the catalog. The workers that renew subscriptions are those of payments, because both are
//! due in the same table: `payments.due` queues them, `payments.settle` renews them. The use cases are in the crate `billing`.

mod access;
pub mod choose;
mod codes;
pub mod end;
pub mod get;
mod limits;
mod problems;
pub mod usage_billing;
mod view;

use api::{Domain, endpoint};

/// The endpoints of this domain, by their names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "subscriptions",
    about: "Choose your plan. It is paid from the wallet, month by month.",
    codes: codes::CODES,
    endpoints: &[
        endpoint!("get", get::get).other_methods(&["DELETE", "POST"]).role("SubscriptionsReadRole"),
        endpoint!("choose", choose::choose).role("SubscriptionsRole"),
        endpoint!("end", end::end).role("SubscriptionsRole"),
        endpoint!("usage_billing", usage_billing::usage_billing).role("SubscriptionsRole"),
    ],
    workers: &[],
};
