//! The shared parts of the end-to-end suites: the running cloud, customers, the supplier's simulator, the
//! clock, and the audit at the end of each test.
//!
//! The suites run against the deployed template (`make e2e` starts one); `NAMASKAH_OUTPUTS` names its `outputs.json`.

#![allow(clippy::missing_panics_doc, reason = "a test panics if something it needs is missing")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod audit;
mod cloud;
mod customer;
pub mod faults;
mod invoices;
pub mod matrix;
pub mod metrics;
mod payments;
mod person;
mod plans;
pub mod surface;
pub mod template;

pub use audit::Books;
pub use cloud::Cloud;
pub use customer::{Answer, Customer, at_once, pause};
pub use payments::reference_of;
pub use person::{Letter, PASSWORD, Person};
