//! Rate limits: actions with their quotas, and a sliding window of one minute over per-minute
//! counters.

use crate::{Plan, Timestamp, access::Mode};

/// The window's length in milliseconds.
pub const WINDOW_MILLIS: i64 = 60_000;

/// Requests per minute for a network address without a credential.
const REQUESTS_OF_ADDRESS: u32 = 60;
/// Requests per minute for a network (a /24, or a /56 in IPv6) without a credential: as ten of its addresses.
const REQUESTS_OF_NETWORK: u32 = 600;
/// Requests with a secret to prove, or for a letter, per minute for a network address.
const ATTEMPTS_OF_ADDRESS: u32 = 20;
/// The same for a network.
const ATTEMPTS_OF_NETWORK: u32 = 200;

/// Anonymous requests per second that one process serves, from all addresses together.
pub const ANONYMOUS_PER_SECOND: u32 = 50;

/// Anonymous requests that one process serves at once, after a pause.
pub const ANONYMOUS_BURST: u32 = 100;

/// An action with a quota per minute.
#[derive(Clone, Copy, Debug)]
pub struct LimitedAction {
    /// Its name in headers and logs.
    pub name: &'static str,
    /// Prefix of its stored counters; no prefix may begin another one.
    pub counter: &'static str,
    /// Quota per minute; `None` if it has none for this subject.
    pub quota: fn(Subject) -> Option<u32>,
    /// What happens to a call that can't be counted.
    pub uncounted: Uncounted,
}

/// What a quota is for. A call may have several subjects, and all their quotas hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A customer, with all credentials together.
    Customer(Plan),
    /// The keys of one family, whose owner has set this limit of requests per minute.
    Key(u32),
    /// A network address, for calls without a valid credential.
    Address,
    /// The network of such an address.
    Network,
}

impl Subject {
    /// Its name in logs and metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer(_) => "customer",
            Self::Key(_) => "key",
            Self::Address => "address",
            Self::Network => "network",
        }
    }

    /// What follows an action's name in headers: nothing for the subject that is expected.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Customer(_) | Self::Address => "",
            Self::Key(_) => "-of-key",
            Self::Network => "-of-network",
        }
    }
}

/// What happens to a call that can't be counted because the limiter does not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uncounted {
    /// The call passes: the limit protects the service, not the customer's money.
    Pass,
    /// The call is rejected until the limiter answers: the limit protects accounts from guessing.
    Refuse,
}

/// The records that a page of a filtered list may read for one request.
const RECORDS_FOR_ONE_REQUEST: usize = 25;

/// The requests that a page of a filtered list counts as. It reads what it leaves out, too, and each record costs a
/// read.
pub fn requests_of_filtered_page(read: usize) -> u32 {
    u32::try_from(read.div_ceil(RECORDS_FOR_ONE_REQUEST)).unwrap_or(u32::MAX).max(1)
}

/// Without a ceiling (a new account has 10 executions), the long polls that may wait at once.
const WAITS_WITHOUT_A_CEILING: u32 = 4;

/// The long polls of all customers that may wait at once, if `ceiling` executions serve them and all other reads of one
/// order; zero for no ceiling. A quarter is left for reads that do not wait. A wait for a test order begins only while
/// fewer than half of them wait, so tests never take the last half.
pub const fn waits_at_once(mode: Mode, ceiling: u32) -> u32 {
    let all = match ceiling {
        0 => WAITS_WITHOUT_A_CEILING,
        // At least one, so that waiting works at all.
        1 => 1,
        ceiling => ceiling - ceiling.div_ceil(4),
    };
    match mode {
        Mode::Live => all,
        Mode::Test => all / 2,
    }
}

/// Any request.
pub const REQUESTS: LimitedAction = LimitedAction {
    name: "requests",
    counter: "r",
    quota: |subject| match subject {
        Subject::Customer(plan) => Some(plan.terms().requests_per_minute),
        Subject::Key(limit) => Some(limit),
        Subject::Address => Some(REQUESTS_OF_ADDRESS),
        Subject::Network => Some(REQUESTS_OF_NETWORK),
    },
    uncounted: Uncounted::Pass,
};

/// A purchase. Only customers buy.
pub const PURCHASES: LimitedAction = LimitedAction {
    name: "purchases",
    counter: "b",
    quota: |subject| match subject {
        Subject::Customer(plan) => Some(plan.terms().buys_per_minute),
        Subject::Key(_) | Subject::Address | Subject::Network => None,
    },
    uncounted: Uncounted::Pass,
};

/// The payments that a customer starts per minute. Each makes a checkout at a gateway, which limits us.
const PAYMENTS_OF_CUSTOMER: u32 = 10;

/// A payment to start. Only customers pay.
pub const PAYMENTS: LimitedAction = LimitedAction {
    name: "payments",
    counter: "p",
    quota: |subject| match subject {
        Subject::Customer(_) => Some(PAYMENTS_OF_CUSTOMER),
        Subject::Key(_) | Subject::Address | Subject::Network => None,
    },
    uncounted: Uncounted::Refuse,
};

/// A request with a secret to prove (a password, a code, a token of a link), or for a letter to an address.
pub const ATTEMPTS: LimitedAction = LimitedAction {
    name: "attempts",
    counter: "a",
    quota: |subject| match subject {
        Subject::Address => Some(ATTEMPTS_OF_ADDRESS),
        Subject::Network => Some(ATTEMPTS_OF_NETWORK),
        Subject::Customer(_) | Subject::Key(_) => None,
    },
    uncounted: Uncounted::Refuse,
};

impl LimitedAction {
    /// Every action. The next call drops a caller's old counters of all of them.
    pub const ALL: [Self; 4] = [REQUESTS, PURCHASES, PAYMENTS, ATTEMPTS];
}

/// A caller's calls in this minute (including the present one) and in the minute before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WindowCounts {
    /// Calls in the current minute.
    pub current: u32,
    /// Calls in the minute before.
    pub previous: u32,
}

/// The remaining quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Quota of the window.
    pub limit: u32,
    /// Remaining calls.
    pub remaining: u32,
    /// Seconds until the current minute ends.
    pub reset_seconds: u32,
    /// Whether the present call may proceed.
    pub allowed: bool,
}

/// The index of the minute that contains `at`.
pub fn minute_of(at: Timestamp) -> i64 {
    at.millis() / WINDOW_MILLIS
}

/// Judges a call. The current minute counts in full, the minute before by the share that the
/// sliding window still covers.
pub fn judge(counts: WindowCounts, limit: u32, at: Timestamp) -> Allowance {
    let elapsed = u64::try_from(at.millis() % WINDOW_MILLIS).unwrap_or(0);
    let window = WINDOW_MILLIS.unsigned_abs();
    let carried = u64::from(counts.previous) * (window - elapsed) / window;
    let used = u32::try_from(carried + u64::from(counts.current)).unwrap_or(u32::MAX);
    let reset_seconds = u32::try_from((window - elapsed).div_ceil(1000)).unwrap_or(60);
    Allowance { limit, remaining: limit.saturating_sub(used), reset_seconds, allowed: used <= limit }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_have_distinct_names_and_counters() {
        for (n, one) in LimitedAction::ALL.iter().enumerate() {
            assert!(one.counter.bytes().all(|byte| byte.is_ascii_lowercase()) && !one.counter.is_empty());
            for other in &LimitedAction::ALL[n + 1..] {
                assert!(one.name != other.name && one.counter != other.counter);
            }
        }
    }

    #[test]
    fn quotas_follow_the_subject() {
        for (subject, requests, purchases, attempts) in [
            (Subject::Address, 60, None, Some(20)),
            (Subject::Network, 600, None, Some(200)),
            (Subject::Customer(Plan::Starter), 100, Some(20), None),
            (Subject::Customer(Plan::Pro), 500, Some(100), None),
            (Subject::Customer(Plan::Enterprise), 2000, Some(600), None),
            (Subject::Key(7), 7, None, None),
        ] {
            let quotas = [REQUESTS, PURCHASES, ATTEMPTS].map(|action| (action.quota)(subject));
            assert_eq!(quotas, [Some(requests), purchases, attempts], "{subject:?}");
        }
    }

    #[test]
    fn a_filtered_page_counts_by_what_it_reads() {
        for (read, requests) in [(0, 1), (1, 1), (25, 1), (26, 2), (100, 4), (250, 10)] {
            assert_eq!(requests_of_filtered_page(read), requests, "{read}");
        }
    }

    #[test]
    fn waits_leave_a_quarter_of_the_executions() {
        for (ceiling, waits, of_tests) in
            [(0, 4, 2), (1, 1, 0), (2, 1, 0), (4, 3, 1), (10, 7, 3), (100, 75, 37), (1000, 750, 375)]
        {
            let allowed = [Mode::Live, Mode::Test].map(|mode| waits_at_once(mode, ceiling));
            assert_eq!(allowed, [waits, of_tests], "{ceiling}");
        }
    }

    #[test]
    fn the_window_slides() {
        let at = |ms: i64| Timestamp::from_millis(600_000 + ms);
        let counts = |current, previous| WindowCounts { current, previous };
        assert!(judge(counts(100, 0), 100, at(0)).allowed);
        assert!(!judge(counts(101, 0), 100, at(59_999)).allowed);
        // A full minute before counts in full at first, by half after 30 s, and hardly at the end.
        assert!(!judge(counts(1, 100), 100, at(0)).allowed);
        assert!(judge(counts(50, 100), 100, at(30_000)).allowed);
        assert!(!judge(counts(51, 100), 100, at(30_000)).allowed);
        assert!(judge(counts(99, 100), 100, at(59_900)).allowed);
        assert_eq!(judge(counts(40, 100), 100, at(30_000)).remaining, 10);
        assert_eq!(judge(counts(1, 0), 100, at(58_500)).reset_seconds, 2);
    }
}
