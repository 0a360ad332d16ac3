//! How a refund is sent to its gateway once, although a worker may die at any moment and an answer may be lost.
//!
//! A worker writes that it begins before it sends. So no other worker sends meanwhile, and whoever comes later knows that
//! the gateway may have the refund. It is sent again only after a pause, and only if the gateway still does not know it:
//! Paystack makes one refund for every request, and lists it a moment later.

use super::{Payment, Refund, RefundStatus, Step};
use crate::{RefundId, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// For so long a gateway that does not know a refund is not believed. A request takes seconds; our own limit.
pub const RESEND_AFTER: Duration = Duration::from_mins(5);

/// The last time that a worker began to send a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundTry {
    /// When.
    pub at: Timestamp,
    /// A random number, by which a worker recognises its own write. Two that begin in the same millisecond would
    /// otherwise write the same.
    pub token: u64,
}

impl Refund {
    /// Whether no worker began to send it, so the gateway can't have it.
    pub fn is_unsent(&self) -> bool {
        self.status == RefundStatus::Requested && self.tried.is_none()
    }

    /// Whether it may be sent again, if the gateway says now that it does not know it.
    pub fn may_be_sent_again(&self, now: Timestamp) -> bool {
        self.status == RefundStatus::Requested && self.tried.is_some_and(|tried| now.since(tried.at) >= RESEND_AFTER)
    }
}

impl Payment {
    /// A refund of this payment.
    pub fn refund_by(&self, id: &RefundId) -> Option<&Refund> {
        self.refunds.iter().find(|refund| refund.id == *id)
    }

    /// A worker begins to send a refund. Write this before the request; `None` if it must not be sent now. After an
    /// earlier try, ask the gateway before: only a refund that it does not know is sent again.
    ///
    /// The money of a disputed payment is not sent: the bank takes it.
    pub fn refund_sending(mut self, id: &RefundId, token: u64, now: Timestamp) -> Option<Step> {
        if self.is_disputed() {
            return None;
        }
        let refund = self.refunds.iter_mut().find(|refund| refund.id == *id)?;
        if !refund.is_unsent() && !refund.may_be_sent_again(now) {
            return None;
        }
        refund.tried = Some(RefundTry { at: now, token });
        Some(self.looked(now))
    }
}
