//! Chooses the offer for a purchase, and its price.

use crate::{
    CountryCode, Credits, Currency, OperatorName, Plan, ServiceName, SupplierId, SupplierMoney,
    pricing::{Capability, NoQuote, Quote, ServiceClass},
    selling::{NotSold, SalesRules},
};
use thiserror::Error;

/// An offer: numbers of one operator at one supplier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Supplier that sells the numbers.
    pub supplier: SupplierId,
    /// Operator of the numbers.
    pub operator: OperatorName,
    /// The supplier's price for one number.
    pub cost: SupplierMoney,
    /// The currency of the supplier's price.
    pub currency: Currency,
    /// Numbers in stock.
    pub stock: u32,
    /// Whether the supplier itself reports that its numbers get no messages.
    pub is_dead: bool,
}

/// The requested purchase.
#[derive(Clone, Copy, Debug)]
pub struct OfferRequest<'a> {
    /// The plan that decides the discount.
    pub plan: Plan,
    /// The service.
    pub service: &'a ServiceName,
    /// Country of the number.
    pub country: &'a CountryCode,
    /// How the code is delivered.
    pub capability: Capability,
    /// Requested operator; `None` for any.
    pub operator: Option<&'a OperatorName>,
}

/// The offer to buy from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectedOffer {
    /// Supplier to buy from.
    pub supplier: SupplierId,
    /// The price, and the supplier cost that it covers.
    pub quote: Quote,
}

/// Why no offer was selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NothingToBuy {
    /// There is no such service.
    #[error("there is no such service")]
    UnknownService,
    /// No supplier sells this.
    #[error("no supplier sells this")]
    NoOffer,
    /// The offers are out of stock.
    #[error("no number at the moment")]
    NoNumbers,
    /// The service, the country or each supplier with an offer is switched off.
    #[error("it is not sold at the moment")]
    SwitchedOff,
    /// No offer has a price.
    #[error(transparent)]
    NoQuote(#[from] NoQuote),
    /// The price is above the customer's maximum.
    #[error("the price is {price}, above {max}")]
    AboveMax {
        /// The price.
        price: Credits,
        /// The customer's maximum.
        max: Credits,
    },
}

impl SelectedOffer {
    /// Returns the offer unless its price is above the customer's maximum.
    pub fn within(self, max: Option<Credits>) -> Result<Self, NothingToBuy> {
        let price = self.quote.price;
        match max {
            Some(max) if price > max => Err(NothingToBuy::AboveMax { price, max }),
            _ => Ok(self),
        }
    }
}

/// Chooses the cheapest offer with stock; of two at one price, the one that costs us less. Dead stock comes after all
/// other. Offers that are not sold now or have no price are skipped if another offer remains. `class` is that of the
/// service; `None` if there is no such service.
pub fn choose(
    rules: &SalesRules,
    class: Option<ServiceClass>,
    request: OfferRequest<'_>,
    candidates: impl IntoIterator<Item = Candidate>,
) -> Result<SelectedOffer, NothingToBuy> {
    let class = class.ok_or(NothingToBuy::UnknownService)?;
    if !class.is_sold() {
        return Err(NoQuote::Blocked.into());
    }
    rules.check_market(request.service, request.country).map_err(|_| NothingToBuy::SwitchedOff)?;
    let mut refusal = NothingToBuy::NoOffer;
    let mut best: Option<(bool, SelectedOffer)> = None;
    for offer in candidates {
        if request.operator.is_some_and(|operator| *operator != offer.operator) {
            continue;
        }
        match rules.check_supplier(&offer.supplier, &offer.currency) {
            Ok(()) => {}
            Err(NotSold::OldCurrency) => continue,
            Err(NotSold::SwitchedOff) => {
                refusal = NothingToBuy::SwitchedOff;
                continue;
            }
        }
        if offer.stock == 0 {
            refusal = NothingToBuy::NoNumbers;
            continue;
        }
        match rules.prices.quote(request.plan, class, request.capability, &offer.currency, offer.cost) {
            Ok(quote)
                if best.as_ref().is_none_or(|(dead, best)| rank(offer.is_dead, &quote) < rank(*dead, &best.quote)) =>
            {
                best = Some((offer.is_dead, SelectedOffer { supplier: offer.supplier, quote }));
            }
            Ok(_) => {}
            Err(error) => refusal = error.into(),
        }
    }
    best.map(|(_, best)| best).ok_or(refusal)
}

/// The lowest is the best. Many offers have the list price, so the cost decides.
const fn rank(is_dead: bool, quote: &Quote) -> (bool, Credits, Credits) {
    (is_dead, quote.price, quote.cost)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Actor, Timestamp,
        pricing::ExchangeRate,
        selling::{AccountCurrency, SwitchedOff},
    };

    fn rules() -> SalesRules {
        let mut rules = SalesRules::default();
        for (supplier, currency, rate) in [("5sim", "RUB", 62), ("other", "USD", 5_000)] {
            let (currency, as_of) = (Currency::new(currency), Timestamp::default());
            let rate = ExchangeRate { credits_per_unit: Credits::from_units(rate), as_of };
            rules.prices.rates.insert(currency.clone(), rate);
            rules.accounts.insert(SupplierId::new(supplier), AccountCurrency { currency, as_of });
        }
        rules
    }

    fn rules_without(switch: &str) -> SalesRules {
        let off = SwitchedOff { at: Timestamp::default(), by: Actor::operator("ama"), reason: String::new() };
        SalesRules { off: [(switch.parse().unwrap(), off)].into(), ..rules() }
    }

    fn candidate(operator: &str, roubles: i64, stock: u32) -> Candidate {
        Candidate {
            supplier: SupplierId::new("5sim"),
            operator: operator.parse().unwrap(),
            cost: SupplierMoney::from_micros(roubles * 1_000_000),
            currency: Currency::new("RUB"),
            stock,
            is_dead: false,
        }
    }

    /// 0.2 dollars are worth more than 10 roubles. Both are sold at the list price.
    fn dollars() -> Candidate {
        Candidate {
            supplier: SupplierId::new("other"),
            cost: SupplierMoney::from_micros(200_000),
            currency: Currency::new("USD"),
            ..candidate("mtn", 0, 5)
        }
    }

    fn select(
        rules: &SalesRules,
        operator: Option<&str>,
        candidates: impl IntoIterator<Item = Candidate>,
    ) -> Result<SelectedOffer, NothingToBuy> {
        let operator = operator.map(|name| name.parse().unwrap());
        let request = OfferRequest {
            plan: Plan::Starter,
            service: &"whatsapp".parse().unwrap(),
            country: &"GH".parse().unwrap(),
            capability: Capability::Sms,
            operator: operator.as_ref(),
        };
        choose(rules, Some(ServiceClass::Common), request, candidates)
    }

    #[test]
    fn costs_in_two_currencies_are_compared_by_their_worth() {
        for candidates in [[dollars(), candidate("mtn", 10, 5)], [candidate("mtn", 10, 5), dollars()]] {
            let selected = select(&rules(), None, candidates).unwrap();
            assert_eq!(selected.supplier, SupplierId::new("5sim"));
        }
    }

    #[test]
    fn the_customers_price_is_compared_with_the_maximum() {
        let selected = select(&rules(), None, [candidate("mtn", 60, 5)]).unwrap();
        let (price, below): (Credits, Credits) = (selected.quote.price, "0.6699".parse().unwrap());
        assert_eq!(price, "0.67".parse().unwrap());
        assert_eq!(selected.clone().within(None), Ok(selected.clone()));
        assert_eq!(selected.clone().within(Some(price)), Ok(selected.clone()));
        assert_eq!(selected.within(Some(below)), Err(NothingToBuy::AboveMax { price, max: below }));
    }

    #[test]
    fn the_cheapest_with_stock_is_taken() {
        let all = vec![candidate("mtn", 100, 5), candidate("vodafone", 60, 5), candidate("tigo", 50, 0)];
        let price = |operator, candidates: &[Candidate]| {
            select(&rules(), operator, candidates.to_vec()).map(|selected| selected.quote.price.to_string())
        };
        assert_eq!(price(None, &all).as_deref(), Ok("0.6700"));
        assert_eq!(price(Some("mtn"), &all).as_deref(), Ok("1.1200"));
        assert_eq!(price(Some("tigo"), &all), Err(NothingToBuy::NoNumbers));
        assert_eq!(price(Some("glo"), &all), Err(NothingToBuy::NoOffer));
        assert_eq!(price(None, &[candidate("mtn", 0, 5)]), Err(NoQuote::UnknownCost.into()));
    }

    #[test]
    fn dead_stock_is_taken_only_if_nothing_else_is_left() {
        let dead = Candidate { is_dead: true, ..candidate("virtual21", 5, 9_000) };
        let cap = |candidates: Vec<Candidate>| select(&rules(), None, candidates).unwrap().quote.supplier_cap.micros();
        let live = candidate("mtn", 10, 5);
        for both in [vec![dead.clone(), live.clone()], vec![live, dead.clone()]] {
            assert_eq!(cap(both), 11_000_000);
        }
        assert_eq!(cap(vec![dead.clone()]), 5_500_000);
        assert!(select(&rules(), Some("virtual21"), [dead, candidate("mtn", 10, 5)]).is_ok(), "if it is asked for");
    }

    #[test]
    fn what_is_switched_off_is_not_bought() {
        let both = || [candidate("mtn", 10, 5), dollars()];
        for switch in ["service:whatsapp", "country:GH"] {
            assert_eq!(select(&rules_without(switch), None, both()), Err(NothingToBuy::SwitchedOff), "{switch}");
        }
        let without = rules_without("supplier:5sim");
        assert_eq!(select(&without, None, both()).unwrap().supplier, SupplierId::new("other"));
        assert_eq!(select(&without, None, [candidate("mtn", 10, 5)]), Err(NothingToBuy::SwitchedOff));
    }

    #[test]
    fn an_offer_in_an_old_currency_is_as_if_it_were_not_there() {
        let old = Candidate { currency: Currency::new("USD"), ..candidate("mtn", 1, 5) };
        assert_eq!(select(&rules(), None, [old.clone()]), Err(NothingToBuy::NoOffer));
        assert_eq!(select(&rules(), None, [old, dollars()]).unwrap().supplier, SupplierId::new("other"));
        assert_eq!(select(&SalesRules::default(), None, [candidate("mtn", 10, 5)]), Err(NothingToBuy::NoOffer));
    }
}
