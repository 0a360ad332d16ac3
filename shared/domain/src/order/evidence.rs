//! What an order's end says of the offer that its number came from.

use super::{Order, Status, TimelineEvent};
use crate::statistics::Outcome;
use std::time::Duration;

/// The median time to code that a customer's patience is measured by while an offer has no sample of its own.
const USUAL_MEDIAN: Duration = Duration::from_secs(30);

/// What an order's end says of its offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// It is clear.
    Clear(Outcome),
    /// The customer gave up after this time: it counts where that was long enough for half of the codes.
    GaveUpAfter(Duration),
}

impl Evidence {
    /// The outcome to count; `None` where the customer gave up before the offer's median time to code.
    pub fn outcome(self, median: Option<Duration>) -> Option<Outcome> {
        match self {
            Self::Clear(outcome) => Some(outcome),
            Self::GaveUpAfter(waited) => (waited >= median.unwrap_or(USUAL_MEDIAN)).then_some(Outcome::Missed),
        }
    }
}

impl Order {
    /// What this order says of its offer; `None` while it is open, and where there never was a number.
    pub fn evidence(&self) -> Option<Evidence> {
        let bought_at = self.number.as_ref()?.bought_at;
        match self.status {
            Status::Completed => {
                let seconds = self.completed_at.unwrap_or(bought_at).since(bought_at).as_secs();
                Some(Evidence::Clear(Outcome::Delivered { seconds }))
            }
            Status::Refunded if self.closed_by_customer() => {
                let request = self.timeline.iter().find(|item| item.event == TimelineEvent::CancelRequested);
                Some(Evidence::GaveUpAfter(request.map_or(bought_at, |item| item.at).since(bought_at)))
            }
            Status::Refunded => Some(Evidence::Clear(Outcome::Missed)),
            Status::Requesting | Status::Waiting | Status::Cancelling | Status::Failed => None,
        }
    }
}
