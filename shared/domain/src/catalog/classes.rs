//! The initial class of a service: which services are hard to deliver and which are not sold
//! (docs/rules.md, "Prices"). Staff change the class of a service in the catalog; this table
//! applies to new services only. A service that the table of titles does not have waits for its class.

use super::titles;
use crate::{ServiceName, pricing::ServiceClass};

/// Not sold: banks, payments, exchanges, government, health.
const BLOCKED: &[&str] = &[
    // Banks, cards and loans.
    "alfa",
    "caixa",
    "chime",
    "dukascopy",
    "icard",
    "ininal",
    "kaspi",
    "komandacard",
    "kotak811",
    "miloan",
    "monese",
    "monobank",
    "monzo",
    "mtscashback",
    "n26",
    "powerkredite",
    "revolut",
    "weststein",
    // Payments and wallets.
    "alipay",
    "astropay",
    "banqi",
    "cashapp",
    "cmtcuzdan",
    "easypay",
    "freecharge",
    "gcash",
    "global24",
    "kvartplata",
    "papara",
    "payberry",
    "paycell",
    "payoneer",
    "paypal",
    "paysend",
    "paytm",
    "picpay",
    "qiwiwallet",
    "skrill",
    "tosla",
    "venmo",
    "wingmoney",
    "wise",
    "zelle",
    // Exchanges, and wallets for crypto currencies.
    "binance",
    "blockchain",
    "coinbase",
    "coinfield",
    "cryptocom",
    "electroneum",
    "icrypex",
    "iost",
    "kucoinplay",
    "paxful",
    "socios",
    // Government.
    "citaprevia",
    "mosru",
    // Health.
    "dhani",
];
/// Services whose codes often do not arrive.
const HARD: &[&str] = &["apple", "facebook", "google", "instagram", "openai", "tinder"];

/// Sold at the list price, beside the services of the table of titles.
const COMMON: &[&str] = &["dropbox", "skype", "spotify"];

/// The initial class of a new service.
pub fn first_class(service: &ServiceName) -> ServiceClass {
    if BLOCKED.contains(&service.as_str()) {
        ServiceClass::Blocked
    } else if HARD.contains(&service.as_str()) {
        ServiceClass::Hard
    } else if COMMON.contains(&service.as_str()) || titles::is_known(service) {
        ServiceClass::Common
    } else {
        ServiceClass::Unreviewed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_and_offices_are_not_sold() {
        for (name, class) in [
            ("paypal", ServiceClass::Blocked),
            ("mosru", ServiceClass::Blocked),
            ("google", ServiceClass::Hard),
            ("coinbase", ServiceClass::Blocked),
            ("whatsapp", ServiceClass::Common),
            ("binance", ServiceClass::Blocked),
            ("spotify", ServiceClass::Common),
            ("a-new-bank", ServiceClass::Unreviewed),
        ] {
            assert_eq!(first_class(&name.parse().unwrap()), class, "{name}");
        }
    }

    #[test]
    fn every_name_is_one_and_has_one_class() {
        let names: std::collections::BTreeSet<_> = BLOCKED.iter().chain(HARD).chain(COMMON).collect();
        assert_eq!(names.len(), BLOCKED.len() + HARD.len() + COMMON.len());
        assert!(names.iter().all(|name| name.parse::<ServiceName>().is_ok()));
    }
}
