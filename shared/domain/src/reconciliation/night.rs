//! The parts of a reconciliation of a day, and when it is due.

use crate::{Timestamp, UserId, payment::GatewayId};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The number of lists of the wallets that moved on a day.
pub const MOVED_SHARDS: u8 = 8;
/// The number of groups of all wallets. Each night has one of them, so a wallet that never moves has its turn every four
/// weeks.
pub const GROUPS: u8 = 28;
/// The most wallets of one message. A usual one takes three reads.
pub const WALLETS_AT_ONCE: usize = 20;
/// How long after the end of a day it is reconciled: money of its last minutes has settled and is credited by then.
pub const WAITS: Duration = Duration::from_hours(3);
/// How long after that it is late.
pub const LATE_AFTER: Duration = Duration::from_hours(6);

const DAY: Duration = Duration::from_hours(24);

/// A part of a reconciliation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Task {
    /// Plan and queue the other parts of a night that somebody asked for.
    Begin,
    /// Compare payments with the list of a gateway.
    Gateway {
        /// The gateway.
        gateway: GatewayId,
    },
    /// Queue the wallets of a list of those that moved on the day.
    Moved {
        /// The list.
        shard: u8,
    },
    /// Queue the wallets of a group, whether they moved or not.
    Group {
        /// The group.
        group: u8,
    },
    /// Check wallets.
    Wallets {
        /// The name of the part that queued them.
        of: String,
        /// Their place in it.
        number: usize,
        /// Their owners.
        customers: Vec<UserId>,
    },
}

impl Task {
    /// The name of the part, which is unique in its day.
    pub fn name(&self) -> String {
        match self {
            Self::Begin => "begin".to_owned(),
            Self::Gateway { gateway } => format!("gateway/{gateway}"),
            Self::Moved { shard } => format!("moved/{shard}"),
            Self::Group { group } => format!("group/{group:02}"),
            Self::Wallets { of, number, .. } => format!("{of}/{number:06}"),
        }
    }
}

/// The parts with which the reconciliation of a day begins.
pub fn tasks(day: Timestamp, gateways: impl IntoIterator<Item = GatewayId>) -> Vec<Task> {
    let gateways = gateways.into_iter().map(|gateway| Task::Gateway { gateway });
    let moved = (0..MOVED_SHARDS).map(|shard| Task::Moved { shard });
    gateways.chain(moved).chain([Task::Group { group: group_of(day) }]).collect()
}

/// The group whose turn a day is.
fn group_of(day: Timestamp) -> u8 {
    let days = day.epoch_seconds() / 86_400;
    u8::try_from(days % i64::from(GROUPS)).unwrap_or_default()
}

/// The parts that check these wallets.
pub fn wallets(of: &str, customers: &[UserId]) -> Vec<Task> {
    let chunks = customers.chunks(WALLETS_AT_ONCE).enumerate();
    let task =
        |(number, some): (usize, &[UserId])| Task::Wallets { of: of.to_owned(), number, customers: some.to_vec() };
    chunks.map(task).collect()
}

/// The beginning of the UTC day of this moment.
pub fn day_of(at: Timestamp) -> Timestamp {
    at.end_of_day().minus(DAY)
}

/// The newest day that is to be reconciled now.
pub fn due_day(now: Timestamp) -> Timestamp {
    day_of(now.minus(WAITS)).minus(DAY)
}

/// Whether the reconciliation of a day must have ended.
pub fn is_late(day: Timestamp, now: Timestamp) -> bool {
    now >= day.end_of_day().plus(WAITS + LATE_AFTER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_is_due_three_hours_after_its_end_and_late_six_hours_later() {
        let day = at("2026-11-27T00:00:00Z");
        assert_eq!(due_day(at("2026-11-28T02:59:59.999Z")), day.minus(DAY));
        assert_eq!(due_day(at("2026-11-28T03:00:00Z")), day);
        assert_eq!(due_day(at("2026-11-29T02:59:59.999Z")), day);
        assert!(!is_late(day, at("2026-11-28T08:59:59.999Z")));
        assert!(is_late(day, at("2026-11-28T09:00:00Z")));
        assert_eq!(day_of(at("2026-11-27T23:59:59.999Z")), day);
        assert_eq!(day_of(day), day);
    }

    #[test]
    fn every_group_has_its_turn_once_in_four_weeks() {
        let day = at("2026-11-27T00:00:00Z");
        let turns = (0..u32::from(GROUPS)).map(|n| group_of(day.plus(DAY * n)));
        assert_eq!(turns.collect::<BTreeSet<_>>(), (0..GROUPS).collect());
    }

    #[test]
    fn each_part_has_its_own_name() {
        let day = at("2026-11-27T00:00:00Z");
        let mut all = tasks(day, ["stripe", "paystack"].map(GatewayId::new));
        assert_eq!(all.len(), 2 + usize::from(MOVED_SHARDS) + 1);
        let customers: Vec<_> = (0..45).map(|n| UserId::new(day, n)).collect();
        let checks = wallets("moved/3", &customers);
        let numbers = checks.iter().map(|task| match task {
            Task::Wallets { customers, .. } => customers.len(),
            other => panic!("{other:?}"),
        });
        assert_eq!(numbers.collect::<Vec<_>>(), [20, 20, 5]);
        all.extend(checks);
        all.extend(wallets("group/01", &customers));
        let names: BTreeSet<_> = all.iter().map(Task::name).collect();
        assert_eq!(names.len(), all.len());
    }
}
