//! Selects the offer for a purchase, at the buyer's price.

use super::{Buyer, NotBought, PurchaseRequest};
use domain::{
    SupplierId,
    access::Mode,
    offers::{self, OfferRequest, SelectedOffer},
};
use runtime::Context;
use store::OfferRow;

/// The cheapest offer that matches the request, within the buyer's maximum price.
pub(super) async fn choose(
    context: &Context,
    buyer: &Buyer,
    request: &PurchaseRequest,
) -> Result<SelectedOffer, NotBought> {
    let PurchaseRequest { request, max_price } = request;
    let suppliers = suppliers_for(buyer.mode);
    let mut basis = context.store().catalog().quote_basis(&request.service, &request.country, &suppliers).await?;
    basis.offers.retain(is_in_suppliers_currency);
    let service = basis.service.as_ref().ok_or(NotBought::UnknownService)?;
    let offer_request = OfferRequest {
        plan: buyer.plan,
        class: service.class,
        capability: request.capability,
        operator: request.operator.as_ref(),
    };
    Ok(offers::choose(&basis.rules, offer_request, basis.candidates())?.within(*max_price)?)
}

/// Whether an offer has the currency of its supplier's account. Otherwise the cap, which is computed from the
/// offer, would be in another currency than the sale.
fn is_in_suppliers_currency(offer: &OfferRow) -> bool {
    suppliers::terms().any(|(supplier, terms)| supplier == offer.supplier && terms.currency == offer.currency.as_str())
}

/// The suppliers to buy from: none in test mode.
fn suppliers_for(mode: Mode) -> Vec<SupplierId> {
    match mode {
        Mode::Live => suppliers::ids(),
        Mode::Test => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Currency, pricing::PriceRules};

    #[test]
    fn every_supplier_s_currency_has_a_rate() {
        let rules = PriceRules::default();
        for (supplier, terms) in suppliers::terms() {
            let currency = Currency::new(terms.currency);
            assert!(rules.rates.contains_key(&currency), "{supplier} would never sell, because {currency} has no rate");
        }
    }

    #[test]
    fn an_offer_in_another_currency_is_not_bought() {
        for (supplier, terms) in suppliers::terms() {
            let offer = |currency| OfferRow {
                country: "GH".parse().unwrap(),
                supplier: supplier.clone(),
                currency: Currency::new(currency),
                operators: Vec::new(),
                as_of: domain::Timestamp::default(),
            };
            assert!(is_in_suppliers_currency(&offer(terms.currency)));
            assert!(!is_in_suppliers_currency(&offer("XXX")));
        }
    }

    #[test]
    fn only_live_mode_has_suppliers() {
        assert_eq!(suppliers_for(Mode::Live), suppliers::ids());
        assert_eq!(suppliers_for(Mode::Test), []);
    }
}
