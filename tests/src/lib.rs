//! What the end-to-end suites share: the running cloud, customers, the supplier's simulator, the clock, and the audit that
//! every test ends with.
//!
//! The suites run against the deployed template (`make e2e` starts one); `NAMASKAH_OUTPUTS` names its `outputs.json`.

#![allow(clippy::missing_panics_doc, reason = "a test panics where what it needs is missing")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod audit;
mod cloud;
mod customer;
pub mod faults;
pub mod surface;
pub mod template;

pub use cloud::Cloud;
pub use customer::{Answer, Customer};
