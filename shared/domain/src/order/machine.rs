//! The transitions of an order. Each takes an order and returns the [`Step`] to its next state.

use super::{
    Attempt, CloseReason, IncomingMessage, LONGEST_LISTENING, LONGEST_WAIT, MOST_MESSAGES, Message, Number, Order,
    Request, Sale, Status, Step, TimelineEvent, TimelineItem, step::rule_of,
};
use crate::{
    Credits, MessageId, OrderId, Plan, SupplierId, SupplierMoney, Timestamp, UserId,
    access::OrderKey,
    ledger::{Hold, Included, Line},
    policy::RefundRule,
    sandbox,
};
use thiserror::Error;

/// Why a transition is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotPossible {
    /// The supplier does not accept a cancel yet.
    #[error("possible from {from}")]
    TooEarly {
        /// When a cancel becomes possible.
        from: Timestamp,
    },
    /// The number is still being bought; retry shortly.
    #[error("the number is still being bought")]
    StillRequesting,
    /// The transition does not exist for the order's status.
    #[error("not possible while the order is {}", status.as_str())]
    WrongStatus {
        /// The current status.
        status: Status,
    },
}

/// The input of [`Order::open`].
#[derive(Clone, Debug)]
pub struct NewOrder {
    /// Identifier of the order, which tells whether the number is real.
    pub id: OrderId,
    /// The customer.
    pub user_id: UserId,
    /// The customer's plan, which sets the retention of messages.
    pub plan: Plan,
    /// The API key that buys; `None` for a session.
    pub key: Option<OrderKey>,
    /// The requested number.
    pub request: Request,
    /// The price to hold.
    pub price: Credits,
    /// The part of it that an included verification pays, if the customer has one left.
    pub included: Credits,
    /// The budget of a month for use over the included amount, if it is metered.
    pub budget: Option<Credits>,
    /// Line items of the price.
    pub lines: Vec<Line>,
    /// The supplier to ask first.
    pub supplier: SupplierId,
    /// The highest supplier cost that the price covers.
    pub cap: SupplierMoney,
}

impl Order {
    /// Opens an order. The step holds the price; nothing is bought yet.
    pub fn open(new: NewOrder, now: Timestamp) -> Step {
        let kept_with_its_messages = sandbox::kept_until(new.id.mode(), now);
        let mut order = Self {
            id: new.id,
            user_id: new.user_id,
            version: 0,
            status: Status::Requesting,
            closed_because: None,
            key: new.key,
            request: new.request,
            price: new.price,
            included: Credits::ZERO,
            lines: new.lines,
            hold: Hold::of(new.price),
            attempt: Attempt { n: 1, supplier: new.supplier, at: now, cap: new.cap },
            number: None,
            messages: Vec::new(),
            created_at: now,
            expires_at: now.plus(LONGEST_WAIT),
            completed_at: None,
            listens_until: now.plus(LONGEST_WAIT),
            due_at: None,
            poller: None,
            missing: None,
            timeline: Vec::new(),
            purge_at: kept_with_its_messages.unwrap_or_else(|| now.plus(new.plan.terms().messages_kept)),
        };
        order.due_at = order.next_due(now);
        let opening = order.opening(Included::one(new.included), new.budget);
        Step::with(order, opening)
    }

    /// Records the sold number. Its lifetime starts at `now`, so that the supplier's clock may be wrong.
    pub fn number_bought(mut self, sale: Sale, now: Timestamp) -> Result<Step, NotPossible> {
        self.must_be(Status::Requesting)?;
        let lifetime = sale.ends_at.since(sale.sold_at);
        self.expires_at = now.plus(lifetime.min(LONGEST_WAIT));
        self.listens_until = now.plus(lifetime.min(LONGEST_LISTENING));
        self.status = Status::Waiting;
        self.number = Some(Number {
            supplier: sale.supplier,
            supplier_order: sale.supplier_order,
            phone: sale.phone,
            operator: sale.operator,
            cost: sale.cost,
            sold_at: sale.sold_at,
            bought_at: now,
        });
        self.note(now, TimelineEvent::NumberBought);
        Ok(self.moved(now))
    }

    /// Closes an order for which no number could be bought, and refunds it.
    pub fn no_number(mut self, because: CloseReason, now: Timestamp) -> Result<Step, NotPossible> {
        self.must_be(Status::Requesting)?;
        self.status = Status::Failed;
        self.closed_because = Some(because);
        Ok(self.released(RefundRule::NoNumber, now))
    }

    /// Adds the supplier's messages. The first message that counts completes the order and captures the
    /// price, even without a code. Returns `None` if nothing is new, or the order was refunded.
    pub fn receive(
        mut self,
        incoming: Vec<IncomingMessage>,
        mut new_id: impl FnMut() -> MessageId,
        now: Timestamp,
    ) -> Option<Step> {
        let sold_at = self.number.as_ref()?.sold_at;
        if matches!(self.status, Status::Requesting | Status::Refunded | Status::Failed) {
            return None;
        }
        let mut news = false;
        for message in incoming {
            let known = self.messages.iter().any(|m| m.fingerprint == message.fingerprint);
            if known || self.messages.len() >= MOST_MESSAGES {
                continue;
            }
            let message = Message::read(message, new_id(), sold_at);
            // Others may fill only half the room, so that a message that counts always fits.
            if !message.counts() && self.messages.len() >= MOST_MESSAGES / 2 {
                continue;
            }
            self.note(now, TimelineEvent::of_message(message.ignored_because()));
            self.messages.push(message);
            news = true;
        }
        if !news {
            return None;
        }
        let completes = self.status.is_open() && self.messages.iter().any(Message::counts);
        Some(if completes { self.captured(now) } else { self.moved(now) })
    }

    /// Begins to return the number. No money moves before the supplier confirms.
    pub fn begin_cancel(mut self, because: CloseReason, now: Timestamp) -> Result<Step, NotPossible> {
        self.must_be(Status::Waiting)?;
        match because {
            CloseReason::Cancelled => self.may_cancel(now)?,
            CloseReason::Timeout if !self.is_overdue(now) => return Err(self.wrong_status()),
            _ => {}
        }
        self.status = Status::Cancelling;
        self.closed_because = Some(because);
        self.note(now, TimelineEvent::CancelRequested);
        Ok(self.moved(now))
    }

    /// Refunds an order whose number the supplier took back or had already closed.
    pub fn given_back(mut self, now: Timestamp) -> Result<Step, NotPossible> {
        if !self.status.awaits_code() {
            return Err(self.wrong_status());
        }
        let ended = if now >= self.expires_at { CloseReason::Timeout } else { CloseReason::Supplier };
        let because = self.closed_because.unwrap_or(ended);
        self.status = Status::Refunded;
        self.closed_because = Some(because);
        Ok(self.released(rule_of(because), now))
    }

    /// Refunds an order whose supplier did not answer for [`super::GIVE_UP_AFTER`] past the deadline.
    pub fn supplier_unreachable(mut self, now: Timestamp) -> Result<Step, NotPossible> {
        if !self.is_given_up(now) {
            return Err(self.wrong_status());
        }
        self.status = if self.number.is_some() { Status::Refunded } else { Status::Failed };
        self.closed_because = Some(CloseReason::SupplierUnreachable);
        Ok(self.released(RefundRule::SupplierUnreachable, now))
    }

    /// Stops fetching messages of a completed order.
    pub fn finish(mut self, now: Timestamp) -> Result<Step, NotPossible> {
        self.must_be(Status::Completed)?;
        if now >= self.listens_until {
            return Err(self.wrong_status());
        }
        self.listens_until = now;
        self.note(now, TimelineEvent::Finished);
        Ok(self.moved(now))
    }

    /// Notes that the customer reported the number after its code came. No money moves.
    pub fn reported_late(mut self, now: Timestamp) -> Result<Step, NotPossible> {
        self.must_be(Status::Completed)?;
        if !self.timeline.iter().any(|item| item.event == TimelineEvent::Reported) {
            self.note(now, TimelineEvent::Reported);
        }
        Ok(self.moved(now))
    }

    /// Deletes the texts of messages after their retention, with their codes and fingerprints. The
    /// messages themselves remain.
    pub fn purged(mut self, now: Timestamp) -> Result<Step, NotPossible> {
        if self.status.is_open() || !self.retention_is_over(now) {
            return Err(self.wrong_status());
        }
        self.messages.iter_mut().for_each(Message::purge);
        Ok(self.moved(now))
    }

    /// Deletes what the customer and others wrote, because the account was deleted: texts, codes and labels. Messages
    /// are no longer fetched.
    pub fn forgotten(mut self, now: Timestamp) -> Result<Step, NotPossible> {
        if self.status.is_open() {
            return Err(self.wrong_status());
        }
        self.messages.iter_mut().for_each(Message::purge);
        self.request.tags.clear();
        self.listens_until = self.listens_until.min(now);
        self.purge_at = self.purge_at.min(now);
        Ok(self.moved(now))
    }

    /// Schedules the next check; nothing else changes.
    pub fn rescheduled(self, now: Timestamp) -> Step {
        self.moved(now)
    }

    fn must_be(&self, status: Status) -> Result<(), NotPossible> {
        match self.status {
            now if now == status => Ok(()),
            Status::Requesting => Err(NotPossible::StillRequesting),
            _ => Err(self.wrong_status()),
        }
    }

    fn note(&mut self, at: Timestamp, event: TimelineEvent) {
        self.timeline.push(TimelineItem::plain(at, event));
    }

    /// The step of an order that moves no money, with the next check scheduled.
    pub(super) fn moved(mut self, now: Timestamp) -> Step {
        self.due_at = self.next_due(now);
        Step::free(self)
    }
}
