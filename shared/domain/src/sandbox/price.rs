//! Prices of test orders: those of the price list, whatever suppliers ask for.

use super::{Outcome, SUPPLIER};
use crate::{
    Credits, Currency, ServiceName, SupplierId, SupplierMoney, Timestamp, calling_codes,
    offers::{NothingToBuy, OfferRequest, SelectedOffer},
    pricing::{ExchangeRate, PriceRules, ServiceClass},
};

/// The currency of the sandbox: ISO 4217 keeps this code for tests.
const CURRENCY: &str = "XTS";
/// The cost of a number, in thousandths of a credit. It is so low that the list price decides.
const USUAL_COST: i64 = 1;
/// With the usual markup, ten times the usual list price.
const DEAR_COST: i64 = 2_777;
/// With the largest discount, more than all play money.
const UNAFFORDABLE_COST: i64 = 1_000_000;

/// The class of a service for test keys; `None` if there is no such service. `stored` is its class in the catalog.
pub fn class_of(service: &ServiceName, stored: Option<ServiceClass>) -> Option<ServiceClass> {
    Outcome::of_own_service(service).map(|_| ServiceClass::Common).or(stored)
}

/// The offer for a test order. Numbers are sold in each country whose calling code is known.
pub fn offer(rules: &PriceRules, request: OfferRequest<'_>) -> Result<SelectedOffer, NothingToBuy> {
    if !calling_codes::is_known(request.country) {
        return Err(NothingToBuy::NoOffer);
    }
    let currency = Currency::new(CURRENCY);
    let one = ExchangeRate { credits_per_unit: Credits::from_units(10_000), as_of: Timestamp::default() };
    let rules = PriceRules { rates: [(currency.clone(), one)].into(), ..rules.clone() };
    let quote = rules.quote(request.plan, request.class, request.capability, &currency, cost(request.service))?;
    Ok(SelectedOffer { supplier: SupplierId::new(SUPPLIER), quote })
}

fn cost(service: &ServiceName) -> SupplierMoney {
    let thousandths = match Outcome::of(service) {
        Outcome::Dear => DEAR_COST,
        Outcome::Unaffordable => UNAFFORDABLE_COST,
        _ => USUAL_COST,
    };
    SupplierMoney::from_micros(thousandths * 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Plan,
        pricing::{Capability, NoQuote},
        sandbox::PLAY_CREDIT,
    };

    fn price(plan: Plan, service: &str, country: &str, class: ServiceClass) -> Result<Credits, NothingToBuy> {
        let (service, country) = (service.parse().unwrap(), country.parse().unwrap());
        let (service, country, capability) = (&service, &country, Capability::Sms);
        let request = OfferRequest { plan, service, country, class, capability, operator: None };
        offer(&PriceRules::default(), request).map(|selected| selected.quote.price)
    }

    #[test]
    fn test_orders_cost_the_list_price() {
        for (plan, service, class, expected) in [
            (Plan::Starter, "whatsapp", ServiceClass::Common, "0.5"),
            (Plan::Starter, "whatsapp", ServiceClass::Hard, "0.75"),
            (Plan::Enterprise, "sandbox_code_now", ServiceClass::Common, "0.38"),
            (Plan::Starter, "sandbox_dear", ServiceClass::Common, "5"),
        ] {
            assert_eq!(price(plan, service, "GH", class), Ok(expected.parse().unwrap()), "{plan:?} {service}");
        }
        for &plan in Plan::ALL {
            let unaffordable = price(plan, "sandbox_unaffordable", "GH", ServiceClass::Common).unwrap();
            assert!(unaffordable > PLAY_CREDIT, "{plan:?}");
        }
    }

    #[test]
    fn what_is_not_sold_is_refused_like_in_live_mode() {
        assert_eq!(price(Plan::Pro, "whatsapp", "ZZ", ServiceClass::Common), Err(NothingToBuy::NoOffer));
        let blocked = price(Plan::Pro, "a_bank", "GH", ServiceClass::Blocked);
        assert_eq!(blocked, Err(NoQuote::Blocked.into()));
        let class = |service: &str, stored| class_of(&service.parse().unwrap(), stored);
        assert_eq!(class("whatsapp", None), None);
        assert_eq!(class("whatsapp", Some(ServiceClass::Hard)), Some(ServiceClass::Hard));
        assert_eq!(class("sandbox_never", None), Some(ServiceClass::Common));
    }
}
