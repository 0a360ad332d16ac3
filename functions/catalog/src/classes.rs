//! Which services are hard to deliver and which are not sold (`business.md`: "Accounts", blocked classes). Staff change a
//! service's class in the catalog; this table is what a new service begins with.

use domain::{ServiceName, pricing::ServiceClass};

/// Banks, payments, government, health: not sold.
const BLOCKED: [&str; 16] = [
    "alipay", "cashapp", "chime", "gcash", "kaspi", "monobank", "monzo", "n26", "papara", "paypal", "payoneer",
    "revolut", "skrill", "venmo", "wise", "zelle",
];
/// Their codes often do not come.
const HARD: [&str; 6] = ["apple", "facebook", "google", "instagram", "openai", "tinder"];

/// The class that a new service begins with.
pub(crate) fn first_class(service: &ServiceName) -> ServiceClass {
    if BLOCKED.contains(&service.as_str()) {
        ServiceClass::Blocked
    } else if HARD.contains(&service.as_str()) {
        ServiceClass::Hard
    } else {
        ServiceClass::Common
    }
}
