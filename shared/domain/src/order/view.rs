//! The actions that are open to a customer.

use super::{Order, Status};
use crate::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// Whether an action is possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Action {
    /// Whether the action is possible now.
    pub possible: bool,
    /// When the action becomes possible; absent if unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
}

/// Actions on a verification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Actions {
    /// `POST …/cancel`: return the number.
    pub cancel: Action,
    /// `POST …/report`: report a number that does not work.
    pub report: Action,
    /// `POST …/finish`: stop fetching messages.
    pub finish: Action,
}

impl Order {
    /// The actions that are possible now.
    pub fn actions(&self, now: Timestamp) -> Actions {
        let now_or_never = |possible| Action { possible, from: None };
        Actions {
            cancel: Action { possible: self.may_cancel(now).is_ok(), from: self.can_cancel_from() },
            report: now_or_never(matches!(self.status, Status::Waiting | Status::Completed)),
            finish: now_or_never(self.status == Status::Completed && now < self.listens_until),
        }
    }
}
