//! The copy of the audit trail. It has a binary of its own, because no other function needs the client of S3.

mod bucket;
pub mod copy;
mod objects;

use api::Domain;
use runtime::worker;
use store::AuditChange;

/// The worker of this domain, by its name in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "audit",
    about: "The audit trail.",
    codes: &[],
    endpoints: &[],
    workers: &[worker!("copy", batches: AuditChange, copy::copy)],
};
