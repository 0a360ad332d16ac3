//! Limits of what a stranger may try for an address: sign-ins and letters, and why they can't lock the owner out.
//!
//! Each sign-in counts as failed before its password is checked, so that parallel tries can't pass together. A
//! success takes its counts back. An address without an account is counted in the same way, so that the counts
//! tell nothing.

use std::time::Duration;

/// The time for which failures count.
pub const ATTEMPTS_WINDOW: Duration = Duration::from_mins(15);

/// Failures of one address from one network, after which this network must wait. Other networks are not affected, so
/// a stranger locks out only the stranger's own network.
pub const FAILURES_OF_PAIR: u32 = 5;
/// Failures of one network, over all addresses, after which it must wait.
pub const FAILURES_OF_NETWORK: u32 = 100;
/// The time for which letters count.
pub const LETTERS_WINDOW: Duration = Duration::from_hours(1);
/// Letters that one network may order for one address.
pub const LETTERS_OF_PAIR: u32 = 5;
/// Letters that one network may order for all addresses.
pub const LETTERS_OF_NETWORK: u32 = 50;
/// Letters that all networks together may order for one address. More are silently not sent, because a refusal would
/// show a stranger that others asked, too.
pub const LETTERS_OF_ADDRESS: u32 = 20;
/// Failures of one address from all networks, after which its sign-ins take longer. They are never refused: that
/// would be a way to lock the owner out.
const BEFORE_SLOW: u32 = 20;
/// The pause for each further failure, and the longest.
const SLOWER: Duration = Duration::from_millis(100);
const SLOWEST: Duration = Duration::from_secs(2);

/// The pause before the answer to a sign-in, by the failures of its address from all networks.
pub fn pause_of_sign_in(failures: u32) -> Duration {
    SLOWER.saturating_mul(failures.saturating_sub(BEFORE_SLOW)).min(SLOWEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_slowed_down_and_never_refused() {
        for (failures, millis) in [(0, 0), (20, 0), (21, 100), (25, 500), (40, 2_000), (u32::MAX, 2_000)] {
            assert_eq!(pause_of_sign_in(failures), Duration::from_millis(millis), "{failures}");
        }
    }
}
