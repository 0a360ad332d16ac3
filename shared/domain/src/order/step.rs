//! The movements of money that belong to an order's transitions.

use super::{CloseReason, Order, Status, Step, TimelineEvent, TimelineItem};
use crate::{
    Actor, Credits, Timestamp, UserId,
    ledger::{Cause, Entry, EntryKind, Included, Movement, Subject},
    policy::RefundRule,
};

impl Subject for Order {
    fn owner(&self) -> &UserId {
        &self.user_id
    }

    fn version(&self) -> u64 {
        self.version
    }

    fn written_with(mut self, entry: Option<&Entry>) -> Self {
        self.version += 1;
        if let Some(entry) = entry {
            let event = match entry.kind {
                EntryKind::Hold => {
                    self.hold.posted(entry);
                    // The wallet knew whether an included verification was left.
                    self.included = entry.included.amount;
                    self.lines.clone_from(&entry.lines);
                    TimelineEvent::Held
                }
                EntryKind::Capture => TimelineEvent::Captured,
                _ => TimelineEvent::Released,
            };
            let (amount, rule) = (Some(entry.amount), entry.rule.clone());
            let included = entry.included.amount;
            self.timeline.push(TimelineItem { at: entry.at, event, amount, included, entry: Some(entry.seq), rule });
        }
        self
    }
}

impl Order {
    /// The movement that holds the price of a new order.
    pub(super) fn opening(&self, included: Included, budget: Option<Credits>) -> Movement {
        Movement { included, budget, ..self.movement(EntryKind::Hold, self.price, Actor::user(&self.user_id)) }
    }

    /// Completes the order and captures the price.
    pub(super) fn captured(mut self, now: Timestamp) -> Step {
        self.status = Status::Completed;
        self.closed_because = None;
        self.completed_at = Some(now);
        self.settled(EntryKind::Capture, None, now)
    }

    /// Releases the price by this rule.
    pub(super) fn released(self, rule: RefundRule, now: Timestamp) -> Step {
        self.settled(EntryKind::Release, Some(rule), now)
    }

    /// Settles everything that is still held.
    fn settled(mut self, kind: EntryKind, rule: Option<RefundRule>, now: Timestamp) -> Step {
        let actor = if self.closed_by_customer() { Actor::user(&self.user_id) } else { Actor::system("orders") };
        let amount = self.hold.left;
        let taken = self.hold.settle(kind, amount);
        let movement = Movement { rule: rule.map(RefundRule::id), ..self.movement(kind, amount, actor) };
        let movement = movement.settling(taken);
        Step { movement: Some(movement), ..self.moved(now) }
    }

    fn movement(&self, kind: EntryKind, amount: Credits, actor: Actor) -> Movement {
        let cause = Cause::Verification { verification_id: self.id.clone() };
        // The lines add up to the full price, so they apply only to that.
        let lines = if amount == self.price { self.lines.clone() } else { Vec::new() };
        let key = self.key.as_ref().map(|key| key.family.clone());
        Movement { lines, key, ..Movement::new(kind, amount, cause, actor) }
    }
}

/// The refund rule of a reason.
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
