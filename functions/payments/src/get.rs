//! `GET /api/v1/payments/{reference}` - returns a payment, with what can be refunded; asks the gateway while it is open.

use crate::{access::ReadPayment, problems, view::PaymentView};
use api::{
    Caller, Owned, Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use domain::payment::PaymentReference;
use runtime::Context;

/// Get a payment
///
/// While the payment is open, the gateway is asked, at most every five seconds. So this answers what you paid, even if the
/// gateway's own message to us is late. `refund` says what can be refunded, and `refunds` what was.
#[utoipa::path(
    get, path = "/api/v1/payments/{reference}", operation_id = "get_payment", tag = "payments",
    params(("reference" = PaymentReference, Path)), responses((status = 200, body = PaymentView)),
)]
pub async fn get(
    State(context): State<Context>,
    Caller { beside: Owned(payment), .. }: Caller<ReadPayment>,
) -> Result<impl IntoResponse, Problem> {
    let payment = billing::refreshed(&context, payment).await.map_err(problems::unsettled)?;
    let offer = billing::refund_offer(&context, &payment).await?;
    Ok(Json(PaymentView::of(payment).offering(offer)))
}
