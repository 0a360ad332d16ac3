//! The budgets (`docs/performance.md`), and which of them are exceeded.

use crate::measure::Figures;
use std::time::Duration;

const INIT: Duration = Duration::from_millis(10);
const KILOBYTES: u32 = 20 * 1024;
const ZIP_BYTES: usize = 6 * 1024 * 1024;
const OWN_OF_READ: Duration = Duration::from_millis(1);
/// A page of twenty orders is parsed and serialised in full.
const OWN_OF_LIST: Duration = Duration::from_micros(2500);
const OWN_OF_BUY: Duration = Duration::from_millis(3);
/// Two hashes of passwords, about 20 ms each.
const OWN_OF_LOGIN: Duration = Duration::from_millis(100);
const CALLS_OF_READ: usize = 3;
const CALLS_OF_LOGIN: usize = 14;
const CALLS_OF_BUY: usize = 5;
const CALLS_OF_WEBHOOK: usize = 2;
const TRANSACTION: usize = 4;
/// How many times faster than Python a start must be, and how many times less memory it may use.
pub const FASTER: f64 = 20.0;
/// See [`FASTER`].
pub const SMALLER: f64 = 3.0;

/// Every exceeded budget, as a sentence.
pub fn broken(figures: &[Figures], zips: &[(String, usize)]) -> Vec<String> {
    let mut found = Vec::new();
    for f in figures {
        let name = f.name;
        let mut check = |kept: bool, what: String| {
            if !kept {
                found.push(format!("{name}: {what}"));
            }
        };
        check(f.best_init <= INIT, format!("init {:?}, budget {INIT:?}", f.best_init));
        check(f.kilobytes <= KILOBYTES, format!("memory {} kB, budget {KILOBYTES} kB", f.kilobytes));
        let (own, calls) = match name {
            "create" => (OWN_OF_BUY, CALLS_OF_BUY),
            // A session costs no more calls than a key.
            "get" | "wallet" | "wallet, session" | "offers" => (OWN_OF_READ, CALLS_OF_READ),
            "login" => (OWN_OF_LOGIN, CALLS_OF_LOGIN),
            "list" => (OWN_OF_LIST, CALLS_OF_READ),
            "webhook" => (OWN_OF_READ, CALLS_OF_WEBHOOK),
            "webhook, forged" => (OWN_OF_READ, 0),
            _ => continue,
        };
        check(f.best_own <= own, format!("own time {:?}, budget {own:?}", f.best_own));
        check(f.aws <= calls, format!("{} AWS calls, budget {calls}", f.aws));
        check(f.transaction <= TRANSACTION, format!("a transaction of {} items, budget {TRANSACTION}", f.transaction));
    }
    for (binary, bytes) in zips {
        if *bytes > ZIP_BYTES {
            found.push(format!("{binary}: zip of {bytes} bytes, budget {ZIP_BYTES}"));
        }
    }
    found
}
