//! Whether a supplier's prices can be in the currency that we think they are.
//!
//! A supplier account may be in roubles or dollars, and a list does not say which. Read in the wrong currency,
//! prices are some eighty times too high or too low. The median cost of well-known services shows it.

use crate::{Credits, ServiceName, SupplierMoney};
use thiserror::Error;

/// Services that every supplier sells in most countries.
const BASKET: [&str; 10] =
    ["amazon", "discord", "facebook", "google", "instagram", "microsoft", "telegram", "tiktok", "viber", "whatsapp"];
/// The least plausible median: ₵0.01.
const LOWEST: Credits = Credits::from_units(100);
/// The highest plausible median: ₵2.
const HIGHEST: Credits = Credits::from_units(20_000);

/// The median of the costs is outside of ₵0.01 to ₵2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the median cost of well-known services would be ₵{median}, which is implausible: check currency and rate")]
pub struct Implausible {
    /// The median.
    pub median: Credits,
}

/// The services whose costs are looked at.
pub fn basket() -> impl Iterator<Item = ServiceName> {
    BASKET.iter().filter_map(|name| name.parse().ok())
}

/// Checks the costs of the basket's services at this rate: the cheapest one of each service and country. A list
/// without any is plausible, because nothing of it shows the currency.
pub fn check_costs(
    costs: impl IntoIterator<Item = SupplierMoney>,
    credits_per_unit: Credits,
) -> Result<(), Implausible> {
    let mut costs: Vec<_> = costs.into_iter().filter(|cost| cost.micros() > 0).collect();
    costs.sort_unstable();
    let Some(median) = costs.get(costs.len() / 2) else { return Ok(()) };
    let median = median.in_credits(credits_per_unit).unwrap_or(Credits::MAX);
    if (LOWEST..=HIGHEST).contains(&median) { Ok(()) } else { Err(Implausible { median }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUBLE: Credits = Credits::from_units(62);
    const DOLLAR: Credits = Credits::from_units(5_000);

    fn check(costs: &[&str], rate: Credits) -> Result<(), Implausible> {
        let micros = |text: &&str| {
            let units: Credits = text.parse().unwrap();
            SupplierMoney::from_micros(units.units() * 100)
        };
        check_costs(costs.iter().map(micros), rate)
    }

    #[test]
    fn the_basket_is_a_list_of_services() {
        assert_eq!(basket().count(), BASKET.len());
    }

    #[test]
    fn prices_in_the_wrong_currency_are_implausible() {
        let (roubles, dollars) = (["6.5", "13", "61.29", "9"], ["0.08", "0.16", "0.76", "0.11"]);
        assert_eq!(check(&roubles, ROUBLE), Ok(()));
        assert_eq!(check(&dollars, DOLLAR), Ok(()));
        assert_eq!(check(&dollars, ROUBLE), Err(Implausible { median: Credits::from_units(10) }));
        assert_eq!(check(&roubles, DOLLAR), Err(Implausible { median: Credits::from_units(65_000) }));
    }

    #[test]
    fn single_odd_prices_do_not_decide() {
        assert_eq!(check(&["0.0001", "0", "9", "10", "11", "99999"], ROUBLE), Ok(()));
        assert_eq!(check(&[], ROUBLE), Ok(()));
        assert_eq!(check(&["0"], ROUBLE), Ok(()), "an unknown cost shows nothing");
        let overflow = [SupplierMoney::from_micros(i64::MAX)];
        assert_eq!(check_costs(overflow, Credits::MAX), Err(Implausible { median: Credits::MAX }));
    }
}
