//! Whether to believe a price list that is much shorter than the one before.
//!
//! A supplier's broken cache can answer a good-looking list with one country in it. Believed, it would empty the shop; so a
//! list that lost more than 30 % at once is believed only when it comes again some time later.

use domain::Timestamp;
use std::time::Duration;
use store::{CatalogExtent, Doubt};

/// Of what was sold before, so much may be gone at once.
const MAY_SHRINK_PERCENT: u32 = 30;
/// For how long a much shorter list must be told before it is believed: longer than a retry, shorter than until the next run.
const BELIEVED_AFTER: Duration = Duration::from_mins(10);
/// By how much two short lists may differ and still tell the same.
const SAME_PERCENT: u32 = 10;

/// What to do with a list of so many offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judgement {
    /// Take it.
    Believe,
    /// Leave the catalog as it is, and remember this.
    Doubt(Doubt),
}

/// Judges a list by how many offers it has.
pub(crate) fn judge(known: CatalogExtent, offers: u32, now: Timestamp) -> Judgement {
    let (fresh, before) = (u64::from(offers), u64::from(known.offers));
    if fresh * 100 >= before * u64::from(100 - MAY_SHRINK_PERCENT) {
        return Judgement::Believe;
    }
    match known.doubt.filter(|doubt| fresh.abs_diff(doubt.offers.into()) * 100 <= fresh * u64::from(SAME_PERCENT)) {
        Some(doubt) if doubt.since.plus(BELIEVED_AFTER) <= now => Judgement::Believe,
        Some(doubt) => Judgement::Doubt(doubt),
        None => Judgement::Doubt(Doubt { offers, since: now }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: u64) -> Timestamp {
        Timestamp::from_millis(0).plus(Duration::from_mins(minute))
    }

    #[test]
    fn a_list_that_lost_much_is_believed_when_it_comes_again() {
        let known = |doubt| CatalogExtent { offers: 1000, doubt };
        for fresh in [700, 999, 5000] {
            assert_eq!(judge(known(None), fresh, at(0)), Judgement::Believe, "{fresh}");
        }
        assert_eq!(judge(CatalogExtent::default(), 1, at(0)), Judgement::Believe, "the first list is all there is");
        let first = Doubt { offers: 400, since: at(0) };
        assert_eq!(judge(known(None), 400, at(0)), Judgement::Doubt(first));
        assert_eq!(judge(known(Some(first)), 410, at(1)), Judgement::Doubt(first), "a retry proves nothing");
        assert_eq!(judge(known(Some(first)), 410, at(15)), Judgement::Believe);
        let other = Doubt { offers: 20, since: at(15) };
        assert_eq!(judge(known(Some(first)), 20, at(15)), Judgement::Doubt(other), "another list is another doubt");
        assert_eq!(judge(known(Some(first)), 990, at(15)), Judgement::Believe, "all is well again");
    }
}
