//! Selects the offer for a purchase, at the buyer's price.

use super::{Buyer, NotBought, PurchaseRequest};
use domain::{
    Rating, SupplierId,
    access::Mode,
    offers::{OfferRequest, SelectedOffer},
};
use runtime::Context;

/// The cheapest offer that matches the request, within the buyer's maximum price, and our rating at its supplier. In
/// test mode it is the sandbox's.
pub(super) async fn choose(
    context: &Context,
    buyer: &Buyer,
    request: &PurchaseRequest,
) -> Result<(SelectedOffer, Option<Rating>), NotBought> {
    let PurchaseRequest { request, max_price } = request;
    let suppliers = suppliers_for(buyer.mode);
    let basis = context.store().catalog().quote_basis(&request.service, &request.country, &suppliers).await?;
    let class = basis.class_for(buyer.mode, &request.service).ok_or(NotBought::UnknownService)?;
    let offer_request = OfferRequest {
        plan: buyer.plan,
        service: &request.service,
        country: &request.country,
        class,
        capability: request.capability,
        operator: request.operator.as_ref(),
    };
    let selected = basis.choose_for(buyer.mode, offer_request)?.within(*max_price)?;
    let rating = basis.ratings.get(&selected.supplier).copied();
    Ok((selected, rating))
}

/// The suppliers whose offers are read: none in test mode, because the sandbox has a fixed one.
fn suppliers_for(mode: Mode) -> Vec<SupplierId> {
    match mode {
        Mode::Live => suppliers::ids(),
        Mode::Test => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_live_mode_has_suppliers() {
        assert_eq!(suppliers_for(Mode::Live), suppliers::ids());
        assert_eq!(suppliers_for(Mode::Test), []);
    }
}
