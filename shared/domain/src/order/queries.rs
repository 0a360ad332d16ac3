//! Queries of an order: whether it may be cancelled, whether it is overdue, its cost and its code.

use super::{CANCEL_AFTER, CANCEL_TEST_AFTER, CloseReason, CodeSource, Message, NotPossible, Order, Status};
use crate::{Code, Credits, Timestamp, access::Mode, sandbox};

impl Order {
    /// Whether money and number are real.
    pub fn mode(&self) -> Mode {
        self.id.mode()
    }

    /// When the order is deleted; `None` if it is real, or still open, so that no held price loses its order.
    pub fn kept_until(&self) -> Option<Timestamp> {
        sandbox::kept_until(self.mode(), self.created_at).filter(|_| !self.status.is_open())
    }

    /// When the customer may cancel; `None` if there is nothing to cancel.
    pub fn can_cancel_from(&self) -> Option<Timestamp> {
        let number = self.number.as_ref().filter(|_| self.status == Status::Waiting)?;
        Some(number.bought_at.plus(match self.mode() {
            Mode::Live => CANCEL_AFTER,
            Mode::Test => CANCEL_TEST_AFTER,
        }))
    }

    /// Checks whether the customer may cancel now.
    pub fn may_cancel(&self, now: Timestamp) -> Result<(), NotPossible> {
        match self.can_cancel_from() {
            Some(from) if now < from => Err(NotPossible::TooEarly { from }),
            Some(_) => Ok(()),
            None if self.status == Status::Requesting => Err(NotPossible::StillRequesting),
            None => Err(self.wrong_status()),
        }
    }

    /// Whether a waiting order is past its deadline.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.status == Status::Waiting && now >= self.expires_at
    }

    /// Whether an order with a number is past its deadline, so that no message can come.
    pub fn is_past_deadline(&self, now: Timestamp) -> bool {
        self.status.awaits_code() && now >= self.expires_at
    }

    /// Whether the order is to be closed without its supplier (see [`super::GIVE_UP_AFTER`]).
    pub fn is_given_up(&self, now: Timestamp) -> bool {
        self.status.is_open() && now >= self.expires_at.plus(super::GIVE_UP_AFTER)
    }

    /// What the order costs the customer: the price without what an included verification pays, or zero after a refund.
    pub fn cost(&self) -> Credits {
        let is_refunded = matches!(self.status, Status::Refunded | Status::Failed);
        if is_refunded { Credits::ZERO } else { self.price.counted_down(self.included) }
    }

    /// Whether the retention of message texts is over. They are hidden from then on, and deleted soon after.
    pub fn retention_is_over(&self, now: Timestamp) -> bool {
        now >= self.purge_at
    }

    /// Whether nothing is left of what the customer and others wrote, and nothing can come (see [`Order::forgotten`]).
    pub fn is_forgotten(&self, now: Timestamp) -> bool {
        let is_silent = self.messages.iter().all(|message| message.text.is_none() && message.code.is_none());
        let may_receive = self.status == Status::Completed && now < self.listens_until;
        !self.status.is_open() && !may_receive && is_silent && self.request.tags.is_empty()
    }

    /// The messages as the customer may see them: without the content of those for earlier customers, without that of
    /// others that do not count as long as nothing is paid, and without any content once the retention is over.
    pub fn visible_messages(&self, now: Timestamp) -> Vec<Message> {
        let mut messages = self.messages.clone();
        let (over, unpaid) = (self.retention_is_over(now), self.status != Status::Completed);
        messages
            .iter_mut()
            .filter(|message| over || message.ignored || (unpaid && !message.counts()))
            .for_each(Message::purge);
        messages
    }

    /// The newest code that the customer may see, and who found it.
    pub fn visible_code(&self, now: Timestamp) -> Option<(&Code, CodeSource)> {
        self.found_code().filter(|_| !self.retention_is_over(now))
    }

    /// The newest code that counts.
    pub fn code(&self) -> Option<&Code> {
        self.found_code().map(|(code, _)| code)
    }

    fn found_code(&self) -> Option<(&Code, CodeSource)> {
        let mut counting = self.messages.iter().rev().filter(|message| message.counts());
        counting.find_map(|message| Some((message.code.as_ref()?, message.code_source)))
    }

    /// Whether the customer closed the order.
    pub(super) fn closed_by_customer(&self) -> bool {
        matches!(self.closed_because, Some(CloseReason::Cancelled | CloseReason::Reported))
    }

    pub(super) fn wrong_status(&self) -> NotPossible {
        NotPossible::WrongStatus { status: self.status }
    }
}
