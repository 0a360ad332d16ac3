//! Prices of test orders: those of the price list, whatever suppliers ask for and whatever the markup is.

use super::{Outcome, SUPPLIER};
use crate::{
    Credits, Currency, SupplierId, SupplierMoney, Timestamp, calling_codes,
    ledger::Line,
    offers::{NothingToBuy, OfferRequest, SelectedOffer},
    pricing::{ExchangeRate, NoQuote, PriceRules, Quote, ServiceClass},
};

/// The currency of the sandbox: ISO 4217 keeps this code for tests.
const CURRENCY: &str = "XTS";
/// The cost of a number, in millionths of a credit. It is so low that the list price decides.
const COST: i64 = 1_000;
/// The price of a number without a markup, in percent of its cost.
const NO_MARKUP: u32 = 100;
/// How many usual prices a dear number costs.
const DEAR: i64 = 10;
/// A price that no play wallet can pay: no wallet has more.
const UNAFFORDABLE: Credits = Credits::MAX;

/// The offer for a test order. Numbers are sold in each country whose calling code is known. `stored` is the class of
/// the service in the catalog; `None` if it is not there.
pub fn offer(
    rules: &PriceRules,
    stored: Option<ServiceClass>,
    request: OfferRequest<'_>,
) -> Result<SelectedOffer, NothingToBuy> {
    let own = Outcome::of_own_service(request.service);
    let class = own.map(|_| ServiceClass::Common).or(stored).ok_or(NothingToBuy::UnknownService)?;
    if !calling_codes::is_known(request.country) {
        return Err(NothingToBuy::NoOffer);
    }
    let usual = usual(rules, class, request)?;
    let price = match own {
        Some(Outcome::Dear) => ten_times(usual.price)?,
        Some(Outcome::Unaffordable) => UNAFFORDABLE,
        _ => usual.price,
    };
    let lines = vec![Line::new(request.capability.as_str(), price)];
    Ok(SelectedOffer { supplier: SupplierId::new(SUPPLIER), quote: Quote { price, lines, ..usual } })
}

/// The list price, less the discount.
fn usual(rules: &PriceRules, class: ServiceClass, request: OfferRequest<'_>) -> Result<Quote, NoQuote> {
    let currency = Currency::new(CURRENCY);
    let one = ExchangeRate { credits_per_unit: Credits::from_units(10_000), as_of: Timestamp::default() };
    let rates = [(currency.clone(), one)].into();
    let rules = PriceRules { rates, markup_percent: NO_MARKUP, ..rules.clone() };
    rules.quote(request.plan, class, request.capability, &currency, SupplierMoney::from_micros(COST))
}

fn ten_times(usual: Credits) -> Result<Credits, NoQuote> {
    usual.scale_up(DEAR, 1).filter(|price| *price <= Credits::MAX).ok_or(NoQuote::OutOfRange)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Plan, pricing::Capability, sandbox::PLAY_CREDIT};
    use proptest::prelude::*;

    fn quote(
        rules: &PriceRules,
        plan: Plan,
        (service, stored): (&str, Option<ServiceClass>),
        country: &str,
    ) -> Result<Quote, NothingToBuy> {
        let (service, country) = (service.parse().unwrap(), country.parse().unwrap());
        let (service, country, capability) = (&service, &country, Capability::Sms);
        let request = OfferRequest { plan, service, country, capability, operator: None };
        offer(rules, stored, request).map(|selected| selected.quote)
    }

    fn price(plan: Plan, service: (&str, Option<ServiceClass>), country: &str) -> Result<String, NothingToBuy> {
        quote(&PriceRules::default(), plan, service, country).map(|quote| quote.price.to_string())
    }

    #[test]
    fn test_orders_cost_the_list_price() {
        for (plan, service, class, expected) in [
            (Plan::Starter, "whatsapp", Some(ServiceClass::Common), "0.5000"),
            (Plan::Starter, "whatsapp", Some(ServiceClass::Hard), "0.7500"),
            (Plan::Enterprise, "sandbox_code_now", None, "0.3800"),
            (Plan::Starter, "sandbox_dear", None, "5.0000"),
            (Plan::Enterprise, "sandbox_dear", None, "3.8000"),
            (Plan::Enterprise, "sandbox_unaffordable", None, "999999.9999"),
        ] {
            assert_eq!(price(plan, (service, class), "GH").as_deref(), Ok(expected), "{plan:?} {service}");
        }
    }

    #[test]
    fn what_is_not_sold_is_refused_like_in_live_mode() {
        assert_eq!(price(Plan::Pro, ("whatsapp", None), "GH"), Err(NothingToBuy::UnknownService));
        assert_eq!(price(Plan::Pro, ("whatsapp", Some(ServiceClass::Common)), "ZZ"), Err(NothingToBuy::NoOffer));
        let blocked = price(Plan::Pro, ("a_bank", Some(ServiceClass::Blocked)), "GH");
        assert_eq!(blocked, Err(NoQuote::Blocked.into()));
        let own = price(Plan::Pro, ("sandbox_never", Some(ServiceClass::Blocked)), "GH");
        assert_eq!(own.as_deref(), Ok("0.4500"), "whatever the catalog says");
    }

    proptest! {
        /// List prices up to ₵99, of which ten are still within the play money.
        #[test]
        fn the_promises_hold_under_any_price_rules(
            list in 0..=990_000_i64, step in 1..=10_000_i64, markup_percent: u32, hard_percent: u32, plan in 0..3_u8,
        ) {
            let (sms_list, step) = (Credits::from_units(list), Credits::from_units(step));
            let rules = PriceRules { sms_list, markup_percent, hard_percent, step, ..PriceRules::default() };
            let plan = Plan::ALL[usize::from(plan)];
            let of = |rules: &PriceRules, service| quote(rules, plan, (service, None), "GH").unwrap();
            let (usual, dear) = (of(&rules, "sandbox_code"), of(&rules, "sandbox_dear"));
            let without_markup = PriceRules { markup_percent: 0, ..rules.clone() };
            prop_assert_eq!(&of(&without_markup, "sandbox_code"), &usual);
            prop_assert_eq!(dear.price.units(), usual.price.units() * 10);
            prop_assert!(dear.price <= PLAY_CREDIT, "a new play wallet pays it");
            let unaffordable = of(&rules, "sandbox_unaffordable");
            prop_assert_eq!(unaffordable.price, Credits::MAX);
            for quote in [usual, dear, unaffordable] {
                let sum: i64 = quote.lines.iter().map(|line| line.amount.units()).sum();
                prop_assert_eq!(sum, quote.price.units());
                // It covers what the sandbox asks for, and not what it asks for once the price rose.
                prop_assert!((COST..=COST * 11 / 10).contains(&quote.supplier_cap.micros()));
            }
        }
    }
}
