//! How failed sign-ins slow down guessing, and why a stranger can't use them to lock someone out.
//!
//! Each sign-in counts as failed before its password is checked, so that parallel tries can't pass together. A
//! success takes its counts back. An address without an account is counted in the same way, so that the counts
//! tell nothing.

use std::time::Duration;

/// The time for which failures count.
pub const ATTEMPTS_WINDOW: Duration = Duration::from_mins(15);

/// Failures of one address from one network, after which this network must wait. Other networks are not affected, so
/// a stranger locks out only the stranger's own network.
const OF_PAIR: u32 = 5;
/// Failures of one network, over all addresses.
const OF_NETWORK: u32 = 100;
/// Failures of one address from all networks, after which its sign-ins take longer. They are never refused: that
/// would be a way to lock the owner out.
const BEFORE_SLOW: u32 = 20;
/// The pause for each further failure, and the longest.
const SLOWER: Duration = Duration::from_millis(100);
const SLOWEST: Duration = Duration::from_secs(2);

/// The sign-ins within [`ATTEMPTS_WINDOW`] that did not succeed, including the present one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    /// Of this address from this network.
    pub of_pair: u32,
    /// Of any address from this network.
    pub of_network: u32,
    /// Of this address from any network.
    pub of_address: u32,
}

/// The network must wait until its window ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many failed sign-ins")]
pub struct Locked;

impl Attempts {
    /// Judges the present sign-in: the pause before its answer, or a refusal.
    pub fn judge(self) -> Result<Duration, Locked> {
        if self.of_pair > OF_PAIR || self.of_network > OF_NETWORK {
            return Err(Locked);
        }
        Ok((SLOWER * self.of_address.saturating_sub(BEFORE_SLOW)).min(SLOWEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_refused_and_an_address_is_slowed_down() {
        let judge = |of_pair, of_network, of_address| Attempts { of_pair, of_network, of_address }.judge();
        let millis = Duration::from_millis;
        for (pair, network, address, expected) in [
            (1, 1, 1, Ok(millis(0))),
            (5, 5, 5, Ok(millis(0))),
            (6, 6, 6, Err(Locked)),
            (1, 100, 1, Ok(millis(0))),
            (1, 101, 1, Err(Locked)),
            // Strangers in many networks guess the password of one address.
            (1, 1, 20, Ok(millis(0))),
            (1, 1, 25, Ok(millis(500))),
            (1, 1, 1_000_000, Ok(SLOWEST)),
        ] {
            assert_eq!(judge(pair, network, address), expected, "{pair} {network} {address}");
        }
    }
}
