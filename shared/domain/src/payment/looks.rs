//! When workers ask a gateway about a payment, because the gateway's event may be lost.

use super::{Failure, Payment};
use crate::Timestamp;
use std::time::Duration;

/// A payment that nobody paid for so long is abandoned, once the gateway said so.
pub const GIVE_UP_AFTER: Duration = Duration::from_hours(24);

/// The ages at which a worker asks the gateway.
const LOOKS: [Duration; 6] = [
    Duration::from_mins(2),
    Duration::from_mins(10),
    Duration::from_mins(40),
    Duration::from_hours(3),
    Duration::from_hours(10),
    GIVE_UP_AFTER,
];
/// The same for coins, which may also come when the payment is over.
const LATE_LOOKS: [Duration; 2] = [Duration::from_hours(48), Duration::from_hours(72)];
/// The time between looks at money that was seen and does not settle.
const CONFIRMING_LOOK: Duration = Duration::from_hours(1);
/// How long after its end a payment waits for money that was seen. Gateways stop watching earlier.
const SETTLES_WITHIN: Duration = Duration::from_hours(48);

impl Payment {
    /// Whether a worker must ask the gateway now.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.due_at.is_some_and(|due| due <= now)
    }

    /// From when on nobody waits for the customer any more. A checkout that was made late takes money for longer.
    pub(super) fn given_up_at(&self) -> Timestamp {
        self.created_at.plus(GIVE_UP_AFTER).max(self.expires_at())
    }

    /// Until when money that was seen is waited for. What settles later is credited if an event says so.
    pub(super) fn settles_until(&self) -> Timestamp {
        self.given_up_at().plus(SETTLES_WITHIN)
    }

    /// When to ask the gateway next; `None` if nothing more can come or go unnoticed.
    pub(super) fn next_look(&self, now: Timestamp) -> Option<Timestamp> {
        let refunds = self.refunds.iter().filter_map(|refund| refund.next_look(now));
        let disputes = self.disputes.iter().filter_map(|dispute| dispute.next_look(now));
        self.next_look_at_money(now).into_iter().chain(refunds).chain(disputes).min()
    }

    /// A card is charged once, so nothing follows a success. Only events report money that a page takes after its end.
    fn next_look_at_money(&self, now: Timestamp) -> Option<Timestamp> {
        if self.is_confirming {
            return Some(now.plus(CONFIRMING_LOOK));
        }
        let is_crypto = self.method.is_crypto();
        let may_be_paid = !self.status.is_paid() && self.failure != Some(Failure::NotOpened);
        let usual = LOOKS.iter().filter(|_| may_be_paid || is_crypto);
        let late = LATE_LOOKS.iter().filter(|_| is_crypto);
        let looks = usual.chain(late).map(|age| self.created_at.plus(*age));
        let end = may_be_paid.then(|| self.given_up_at());
        let next = looks.chain(end).filter(|look| *look > now).min();
        // It was opened or paid in part after all looks. The next one ends it.
        next.or_else(|| self.status.is_open().then(|| now.plus(CONFIRMING_LOOK)))
    }
}
