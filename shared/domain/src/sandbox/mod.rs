//! The sandbox: what test keys buy, at which price, with which money (decision 0042).
//!
//! The service of a test order decides how it goes. So customers can write tests for each outcome. The services of
//! [`Outcome`] exist for test keys only; any other service gets a code after ten seconds.

mod kept;
mod outcome;
mod play_money;
mod price;

pub use kept::{KEPT, kept_until};
pub use outcome::Outcome;
pub use play_money::{PLAY_CREDIT, REFILLED_BELOW, refill, spendable};
pub use price::offer;

/// The supplier of all test orders, by its name in JSON and keys.
pub const SUPPLIER: &str = "sandbox";
