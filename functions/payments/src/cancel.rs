//! `POST /api/v1/payments/{reference}/cancel` - cancels a payment that nobody paid.

use crate::{access::CancelPayment, codes::GatewayUnavailable, problems, view::PaymentView};
use api::{
    Caller, Json, Owned, Parse, Problem,
    axum::{self, extract::State, response::IntoResponse},
};
use domain::payment::PaymentReference;
use runtime::Context;
use utoipa::ToSchema;

/// A cancel; it has no fields.
#[derive(Parse, ToSchema)]
#[parse(problems(GatewayUnavailable))]
pub struct CancelRequest {}

/// Cancel a payment
///
/// The gateway is asked first. A payment that you paid is not cancelled. If money comes all the same, for example from a
/// page that was left open, it is credited.
#[utoipa::path(
    post, path = "/api/v1/payments/{reference}/cancel", operation_id = "cancel_payment", tag = "payments",
    params(("reference" = PaymentReference, Path)), request_body = CancelRequest,
    responses((status = 200, body = PaymentView)),
)]
pub async fn cancel(
    State(context): State<Context>,
    Caller { beside: Owned(payment), .. }: Caller<CancelPayment>,
    Json(CancelRequest {}): Json<CancelRequest>,
) -> Result<impl IntoResponse, Problem> {
    let cancelled = billing::cancel(&context, payment.clone()).await;
    let cancelled = cancelled.map_err(|reason| problems::of_cancel(reason, &payment))?;
    Ok(axum::Json(PaymentView::of(cancelled)))
}
