//! Vouchers, for staff.

pub mod create;
pub mod list;
pub mod stop;
mod view;
