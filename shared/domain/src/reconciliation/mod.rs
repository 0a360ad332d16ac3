//! Reconciliation: our records against those of others. It compares, and changes nothing.

mod gateway;

pub use gateway::{Difference, GatewayList, ListedMoney, ListedRefund, MARGIN, MoneyState, compare};
