//! The queues of orders, and their message.

use domain::{OrderId, UserId};
use runtime::Queue;
use serde::{Deserialize, Serialize};

/// One message for each order that is polled, as long as messages may come.
pub const POLLS: Queue<OrderRef> = Queue::new("POLLS");
/// Orders to check.
pub const CHECKS: Queue<OrderRef> = Queue::new("CHECKS");

/// The order of a message, with its owner, so that a worker can read it by its key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OrderRef {
    /// The customer.
    pub user_id: UserId,
    /// The order.
    pub order_id: OrderId,
}
