//! The outcome that an ended order contributes to the statistics of its offer.

use super::{Order, Status, TimelineEvent};
use crate::statistics::Outcome;
use std::time::Duration;

/// The assumed median time to a code of an offer without samples.
const USUAL_MEDIAN: Duration = Duration::from_secs(30);

/// The evidence of an ended order about its offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A clear outcome.
    Clear(Outcome),
    /// The customer gave up after this time. It counts as missed if half of the codes would have arrived.
    GaveUpAfter(Duration),
}

impl Evidence {
    /// The outcome to count; `None` if the customer gave up before the offer's median time to a code.
    pub fn outcome(self, median: Option<Duration>) -> Option<Outcome> {
        match self {
            Self::Clear(outcome) => Some(outcome),
            Self::GaveUpAfter(waited) => (waited >= median.unwrap_or(USUAL_MEDIAN)).then_some(Outcome::Missed),
        }
    }
}

impl Order {
    /// The evidence of this order; `None` while it is open, or if it never had a number.
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
