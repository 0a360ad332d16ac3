//! `POST /api/v1/verifications/{id}/cancel` - give the number back.

use crate::{
    access::ActOnOrder,
    settle::{self, Unsettled},
    view::VerificationView,
};
use api::{
    Caller, Owned, Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use domain::{
    OrderId,
    order::{CloseReason, NotPossible, Order, Status},
};
use http::StatusCode;
use runtime::Context;
use std::time::Duration;

/// When a supplier says that it is too early, it is asked again after this at the earliest.
const SUPPLIER_SAYS_LATER: Duration = Duration::from_secs(30);
/// How often a lost race is looked at anew.
const TRIES: u32 = 3;

/// Give the number back
///
/// The supplier decides: 200 with `refunded` when it took the number back, 200 with `completed` when the code was faster, 202
/// with `cancelling` when it has not answered yet. Repeating it is safe.
#[utoipa::path(
    post, path = "/api/v1/verifications/{id}/cancel", operation_id = "cancel_verification", tag = "verifications",
    params(("id" = OrderId, Path)),
    responses(
        (status = 200, description = "`refunded`, or `completed` if the code was faster.", body = VerificationView),
        (status = 202, description = "`cancelling`: the supplier has not answered yet.", body = VerificationView),
    ),
)]
pub async fn cancel(
    State(context): State<Context>,
    Caller { beside: Owned(order), .. }: Caller<ActOnOrder>,
) -> Result<impl IntoResponse, Problem> {
    let order = close(&context, order, CloseReason::Cancelled).await?;
    Ok(answer(&context, &order))
}

/// 202 while the supplier has not answered, else 200.
pub(crate) fn answer(context: &Context, order: &Order) -> impl IntoResponse + use<> {
    let status = if order.status == Status::Cancelling { StatusCode::ACCEPTED } else { StatusCode::OK };
    (status, Json(VerificationView::of(order, context.now())))
}

/// Gives an order's number back at the customer's wish. What is closed already stays as it is.
pub(crate) async fn close(context: &Context, order: Order, because: CloseReason) -> Result<Order, Problem> {
    let mut order = order;
    for _ in 0..TRIES {
        match order.status {
            Status::Requesting => return Err(NotPossible::StillRequesting.into()),
            // What is on its way back is the poll's business: repeating this does not make the supplier faster.
            Status::Cancelling | Status::Completed | Status::Refunded | Status::Failed => return Ok(order),
            Status::Waiting if because == CloseReason::Cancelled => order.may_cancel(context.now())?,
            Status::Waiting => {}
        }
        match settle::give_back(context, order.clone(), because).await {
            Ok(order) => return Ok(order),
            Err(Unsettled::Changed) => order = reread(context, &order).await?,
            Err(Unsettled::TooEarly) => {
                return Err(NotPossible::TooEarly { from: context.now().plus(SUPPLIER_SAYS_LATER) }.into());
            }
            Err(error @ (Unsettled::Supplier(_) | Unsettled::Access(_))) => {
                tracing::warn!(order_id = %order.id, %error, "a cancel is settled later");
                let step = order.clone().begin_cancel(because, context.now())?;
                match settle::write(context, step).await {
                    Ok(order) => return Ok(order),
                    Err(Unsettled::Changed) => order = reread(context, &order).await?,
                    Err(error) => return Err(error.into()),
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(Problem::order_busy())
}

async fn reread(context: &Context, order: &Order) -> Result<Order, Problem> {
    context.store().order(&order.user_id, &order.id).await?.ok_or_else(Problem::not_found)
}

impl From<Unsettled> for Problem {
    fn from(error: Unsettled) -> Self {
        match error {
            Unsettled::Store(error) => error.into(),
            Unsettled::Defect(_) | Unsettled::NumberTaken => Self::internal(error),
            Unsettled::Changed => Self::order_busy(),
            Unsettled::TooEarly | Unsettled::Supplier(_) | Unsettled::Access(_) => Self::unavailable(error),
        }
    }
}
