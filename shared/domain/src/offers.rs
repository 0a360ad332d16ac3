//! Chooses the offer for a purchase, and its price.

use crate::{
    Credits, Currency, OperatorName, Plan, SupplierId, SupplierMoney,
    pricing::{Capability, NoQuote, PriceRules, Quote, ServiceClass},
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
}

/// The requested purchase.
#[derive(Clone, Copy, Debug)]
pub struct OfferRequest<'a> {
    /// The plan that decides the discount.
    pub plan: Plan,
    /// Class of the service.
    pub class: ServiceClass,
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
    /// No supplier sells this.
    #[error("no supplier sells this")]
    NoOffer,
    /// The offers are out of stock.
    #[error("no number at the moment")]
    NoNumbers,
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

/// Chooses the cheapest offer with stock; of two at one price, the one that costs us less. Offers without a
/// price are skipped if another offer has one.
pub fn choose(
    rules: &PriceRules,
    request: OfferRequest<'_>,
    candidates: impl IntoIterator<Item = Candidate>,
) -> Result<SelectedOffer, NothingToBuy> {
    if !request.class.is_sold() {
        return Err(NoQuote::Blocked.into());
    }
    let mut refusal = NothingToBuy::NoOffer;
    let mut best: Option<SelectedOffer> = None;
    for offer in candidates {
        if request.operator.is_some_and(|operator| *operator != offer.operator) {
            continue;
        }
        if offer.stock == 0 {
            refusal = NothingToBuy::NoNumbers;
            continue;
        }
        match rules.quote(request.plan, request.class, request.capability, &offer.currency, offer.cost) {
            Ok(quote) if best.as_ref().is_none_or(|best| is_cheaper(&quote, &best.quote)) => {
                best = Some(SelectedOffer { supplier: offer.supplier, quote });
            }
            Ok(_) => {}
            Err(error) => refusal = error.into(),
        }
    }
    best.ok_or(refusal)
}

/// Many offers have the list price, so the cost decides.
fn is_cheaper(quote: &Quote, than: &Quote) -> bool {
    (quote.price, quote.cost) < (than.price, than.cost)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::ExchangeRate;

    fn candidate(operator: &str, roubles: i64, stock: u32) -> Candidate {
        Candidate {
            supplier: SupplierId::new("5sim"),
            operator: operator.parse().unwrap(),
            cost: SupplierMoney::from_micros(roubles * 1_000_000),
            currency: Currency::new("RUB"),
            stock,
        }
    }

    #[test]
    fn costs_in_two_currencies_are_compared_by_their_worth() {
        let mut rules = PriceRules::default();
        let rate = ExchangeRate { credits_per_unit: Credits::from_units(5_000), as_of: "2026-11-01".to_owned() };
        rules.rates.insert(Currency::new("USD"), rate);
        // 0.2 dollars are worth more than 10 roubles. Both are sold at the list price.
        let dollars = Candidate {
            supplier: SupplierId::new("other"),
            cost: SupplierMoney::from_micros(200_000),
            currency: Currency::new("USD"),
            ..candidate("mtn", 0, 5)
        };
        let request = OfferRequest {
            plan: Plan::Starter,
            class: ServiceClass::Common,
            capability: Capability::Sms,
            operator: None,
        };
        for candidates in [[dollars.clone(), candidate("mtn", 10, 5)], [candidate("mtn", 10, 5), dollars]] {
            let selected = choose(&rules, request, candidates).unwrap();
            assert_eq!(selected.supplier, SupplierId::new("5sim"));
        }
    }

    fn selected_price(operator: Option<&str>, candidates: Vec<Candidate>) -> Result<String, NothingToBuy> {
        let operator = operator.map(|name| name.parse().unwrap());
        let request = OfferRequest {
            plan: Plan::Starter,
            class: ServiceClass::Common,
            capability: Capability::Sms,
            operator: operator.as_ref(),
        };
        choose(&PriceRules::default(), request, candidates).map(|selected| selected.quote.price.to_string())
    }

    #[test]
    fn the_customers_price_is_compared_with_the_maximum() {
        let request = OfferRequest {
            plan: Plan::Starter,
            class: ServiceClass::Common,
            capability: Capability::Sms,
            operator: None,
        };
        let selected = choose(&PriceRules::default(), request, [candidate("mtn", 60, 5)]).unwrap();
        let (price, below): (Credits, Credits) = (selected.quote.price, "0.6699".parse().unwrap());
        assert_eq!(price, "0.67".parse().unwrap());
        assert_eq!(selected.clone().within(None), Ok(selected.clone()));
        assert_eq!(selected.clone().within(Some(price)), Ok(selected.clone()));
        assert_eq!(selected.within(Some(below)), Err(NothingToBuy::AboveMax { price, max: below }));
    }

    #[test]
    fn the_cheapest_with_stock_is_taken() {
        let all = vec![candidate("mtn", 100, 5), candidate("vodafone", 60, 5), candidate("tigo", 50, 0)];
        assert_eq!(selected_price(None, all.clone()).as_deref(), Ok("0.6700"));
        assert_eq!(selected_price(Some("mtn"), all.clone()).as_deref(), Ok("1.1200"));
        assert_eq!(selected_price(Some("tigo"), all.clone()), Err(NothingToBuy::NoNumbers));
        assert_eq!(selected_price(Some("glo"), all), Err(NothingToBuy::NoOffer));
        assert_eq!(selected_price(None, vec![candidate("mtn", 0, 5)]), Err(NoQuote::UnknownCost.into()));
    }
}
