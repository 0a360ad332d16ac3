//! An order's step and the money that moves with it: the movement goes through the ledger first, and [`Step::recorded`] writes
//! the entry's number into the order.

use super::{CloseReason, Order, Status, TimelineEvent, TimelineItem};
use crate::{
    Timestamp,
    ledger::{Entry, EntryKind, Movement},
    policy::RefundRule,
};

/// An order afterwards, and the money that has to move with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub(super) order: Order,
    /// What the ledger must post in the same transaction; `None` where no money moves.
    pub movement: Option<Movement>,
}

impl Step {
    /// An order that changes without money.
    pub(super) fn free(order: Order) -> Self {
        Self { order, movement: None }
    }

    /// The order to store: with its money's entry in the timeline, where money moved.
    pub fn recorded(mut self, entry: Option<&Entry>) -> Order {
        if let Some(entry) = entry {
            let event = match entry.kind {
                EntryKind::Hold => {
                    self.order.hold = entry.seq;
                    TimelineEvent::Held
                }
                EntryKind::Capture => TimelineEvent::Captured,
                EntryKind::Release | EntryKind::TopUp | EntryKind::Adjustment => TimelineEvent::Released,
            };
            let (amount, seq) = (Some(entry.amount), Some(entry.seq));
            self.order.timeline.push(TimelineItem { at: entry.at, event, amount, entry: seq, rule: entry.rule });
        }
        self.order
    }

    /// The order as it will be, but for the entry's number.
    pub fn order(&self) -> &Order {
        &self.order
    }
}

impl Order {
    /// The code came: the price is ours.
    pub(super) fn captured(mut self, now: Timestamp) -> Step {
        self.status = Status::Completed;
        self.closed_because = None;
        self.completed_at = Some(now);
        let movement = self.settlement(EntryKind::Capture, None);
        Step { movement: Some(movement), ..self.moved(now) }
    }

    /// The price goes back by this rule.
    pub(super) fn released(self, rule: RefundRule, now: Timestamp) -> Step {
        let movement = self.settlement(EntryKind::Release, Some(rule));
        Step { movement: Some(movement), ..self.moved(now) }
    }

    fn settlement(&self, kind: EntryKind, rule: Option<RefundRule>) -> Movement {
        let actor = if self.closed_by_customer() { self.user_id.to_string() } else { "system:orders".to_owned() };
        Movement {
            kind,
            amount: self.price,
            lines: self.lines.clone(),
            order_id: Some(self.id.clone()),
            settles: Some(self.hold),
            rule,
            actor,
        }
    }
}

/// The rule by which the price goes back for this reason.
pub(super) const fn rule_of(reason: CloseReason) -> RefundRule {
    match reason {
        CloseReason::Cancelled => RefundRule::Cancelled,
        CloseReason::Reported => RefundRule::NumberReported,
        CloseReason::Timeout => RefundRule::NoCode,
        CloseReason::Supplier => RefundRule::SupplierClosed,
        CloseReason::SupplierUnreachable => RefundRule::SupplierUnreachable,
        CloseReason::NoNumbers | CloseReason::PriceRose | CloseReason::SupplierUnavailable => RefundRule::NoNumber,
    }
}
