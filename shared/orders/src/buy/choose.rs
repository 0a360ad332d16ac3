//! Selects the offer for a purchase, at the buyer's price.

use super::{Buyer, NotBought, PurchaseRequest};
use domain::{
    Rating,
    offers::{OfferRequest, SelectedOffer},
};
use runtime::Context;

/// The cheapest offer that matches the request, within the buyer's maximum price, and our rating at its supplier. In
/// test mode it is the sandbox's, which does not rate us.
pub(super) async fn choose(
    context: &Context,
    buyer: &Buyer,
    request: &PurchaseRequest,
) -> Result<(SelectedOffer, Option<Rating>), NotBought> {
    let PurchaseRequest { request, max_price } = request;
    let suppliers = suppliers::ids_for(buyer.mode);
    let basis =
        context.store().catalog().quote_basis(&request.service, &request.country, &suppliers, context.now()).await?;
    let offer_request = OfferRequest {
        plan: buyer.plan,
        service: &request.service,
        country: &request.country,
        capability: request.capability,
        operator: request.operator.as_ref(),
    };
    let selected = basis.choose(buyer.mode, offer_request)?.within(*max_price)?;
    let rating = basis.ratings.get(&selected.supplier).copied();
    Ok((selected, rating))
}
