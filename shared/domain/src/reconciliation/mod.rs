//! Reconciliation: our records against those of others, and against each other. It compares, and changes nothing.

mod books;
mod gateway;
mod night;

pub use books::{Books, BooksFault, check, concerned_orders};
pub use gateway::{Difference, GatewayList, ListedMoney, ListedRefund, MARGIN, MoneyState, compare};
pub use night::{
    GROUPS, LATE_AFTER, MOVED_SHARDS, Task, WAITS, WALLETS_AT_ONCE, day_of, due_day, is_late, tasks, wallets,
};
