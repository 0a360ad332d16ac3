//! What a customer may do with an order, and from when.

use super::{Order, Status};
use crate::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// Whether something is possible, and from when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Action {
    /// Whether it is possible now.
    pub possible: bool,
    /// From when it is possible, where that moment is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
}

/// Everything a customer may do with an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Actions {
    /// `POST …/cancel`: give the number back.
    pub cancel: Action,
    /// `POST …/report`: say that the number does not work.
    pub report: Action,
    /// `POST …/finish`: stop listening.
    pub finish: Action,
}

impl Order {
    /// What the customer may do at this moment.
    pub fn actions(&self, now: Timestamp) -> Actions {
        let now_or_never = |possible| Action { possible, from: None };
        Actions {
            cancel: Action { possible: self.may_cancel(now).is_ok(), from: self.can_cancel_from() },
            report: now_or_never(matches!(self.status, Status::Waiting | Status::Completed)),
            finish: now_or_never(self.status == Status::Completed && now < self.listens_until),
        }
    }
}
