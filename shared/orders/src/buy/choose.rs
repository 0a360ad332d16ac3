//! Selects the offer for a purchase, at the buyer's price.

use super::{Buyer, NotBought, PurchaseRequest};
use domain::{
    Rating, SupplierId,
    access::Mode,
    offers::{self, OfferRequest, SelectedOffer},
};
use runtime::Context;

/// The cheapest offer that matches the request, within the buyer's maximum price, and our rating at its supplier.
pub(super) async fn choose(
    context: &Context,
    buyer: &Buyer,
    request: &PurchaseRequest,
) -> Result<(SelectedOffer, Option<Rating>), NotBought> {
    let PurchaseRequest { request, max_price } = request;
    let suppliers = suppliers_for(buyer.mode);
    // The cap is computed from the offer, so it must be in the currency of the sale.
    let (catalog, is_current) = (context.store().catalog(), suppliers::sells_in);
    let basis = catalog.quote_basis(&request.service, &request.country, &suppliers, is_current).await?;
    let service = basis.service.as_ref().ok_or(NotBought::UnknownService)?;
    let offer_request = OfferRequest {
        plan: buyer.plan,
        class: service.class,
        capability: request.capability,
        operator: request.operator.as_ref(),
    };
    let selected = offers::choose(&basis.rules, offer_request, basis.candidates())?.within(*max_price)?;
    let rating = basis.ratings.get(&selected.supplier).copied();
    Ok((selected, rating))
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
    fn only_live_mode_has_suppliers() {
        assert_eq!(suppliers_for(Mode::Live), suppliers::ids());
        assert_eq!(suppliers_for(Mode::Test), []);
    }
}
