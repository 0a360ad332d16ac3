//! The queues of orders and the message that both carry.

use domain::{OrderId, UserId};
use runtime::Queue;
use serde::{Deserialize, Serialize};

/// One message for each order that is polled. It lives as long as the order listens.
pub const POLLS: Queue<OrderRef> = Queue::new("POLLS");
/// Orders whose purchase or poll has to be looked up.
pub const CHECKS: Queue<OrderRef> = Queue::new("CHECKS");

/// The order that a message is about; with the owner, so that a worker reads it by its key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OrderRef {
    /// Whose it is.
    pub user_id: UserId,
    /// Which it is.
    pub order_id: OrderId,
}
