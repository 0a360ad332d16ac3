//! Decides whether to accept a price list that is much shorter than the one before.
//!
//! A supplier with a broken cache may answer with a well-formed list of one country. Accepting it
//! would empty the catalog. A list that lost more than 30 % at once is therefore accepted only once
//! a later refresh confirms it.

use crate::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The share of offers that may disappear at once.
const MAY_SHRINK_PERCENT: u32 = 30;
/// How long a much shorter list must persist before it is accepted: longer than a retry, shorter
/// than the time until the next run.
const CONFIRM_AFTER: Duration = Duration::from_mins(10);
/// How much two short lists may differ and still confirm each other.
const SAME_PERCENT: u32 = 10;

/// The size of the last accepted list, and a much shorter list that is not accepted yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Extent {
    /// Pairs of service and country in the accepted list.
    pub offers: u32,
    /// The last list, if it is not accepted yet.
    pub unconfirmed: Option<Unconfirmed>,
}

/// A list that waits for confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unconfirmed {
    /// Pairs of service and country in the list.
    pub offers: u32,
    /// When it first appeared.
    pub since: Timestamp,
}

impl Extent {
    /// The state after a list with this many offers. While the result has an unconfirmed list, that
    /// list must not be accepted.
    #[must_use]
    pub fn after(self, offers: u32, now: Timestamp) -> Self {
        let (fresh, before) = (u64::from(offers), u64::from(self.offers));
        let accepted = Self { offers, unconfirmed: None };
        if fresh * 100 >= before * u64::from(100 - MAY_SHRINK_PERCENT) {
            return accepted;
        }
        let confirms =
            |short: &Unconfirmed| fresh.abs_diff(short.offers.into()) * 100 <= fresh * u64::from(SAME_PERCENT);
        match self.unconfirmed.filter(confirms) {
            Some(short) if short.since.plus(CONFIRM_AFTER) <= now => accepted,
            Some(_) => self,
            None => Self { unconfirmed: Some(Unconfirmed { offers, since: now }), ..self },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: u64) -> Timestamp {
        Timestamp::from_millis(0).plus(Duration::from_mins(minute))
    }

    #[test]
    fn a_much_shorter_list_is_accepted_once_it_is_confirmed() {
        let known = |unconfirmed| Extent { offers: 1000, unconfirmed };
        let accepted = |offers| Extent { offers, unconfirmed: None };
        for fresh in [700, 999, 5000] {
            assert_eq!(known(None).after(fresh, at(0)), accepted(fresh), "{fresh}");
        }
        assert_eq!(Extent::default().after(1, at(0)), accepted(1), "the first list has no predecessor");
        let first = Unconfirmed { offers: 400, since: at(0) };
        assert_eq!(known(None).after(400, at(0)), known(Some(first)));
        assert_eq!(known(Some(first)).after(410, at(1)), known(Some(first)), "a retry confirms nothing");
        assert_eq!(known(Some(first)).after(410, at(15)), accepted(410));
        let other = Unconfirmed { offers: 20, since: at(15) };
        assert_eq!(known(Some(first)).after(20, at(15)), known(Some(other)), "another short list starts over");
        assert_eq!(known(Some(first)).after(990, at(15)), accepted(990), "a full list needs no confirmation");
    }
}
