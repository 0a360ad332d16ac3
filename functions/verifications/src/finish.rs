//! `POST /api/v1/verifications/{id}/finish` - stop listening: the customer has what was wanted.

use crate::{access::ActOnOrder, cancel::answer, settle};
use api::{
    Caller, Owned, Problem,
    axum::{extract::State, response::IntoResponse},
};
use domain::{
    OrderId,
    order::{Order, Status},
};
use runtime::Context;

/// Stop listening
///
/// After the code came, messages are fetched until the number's end; this ends it now. No money moves. Repeating it is safe.
#[utoipa::path(
    post, path = "/api/v1/verifications/{id}/finish", operation_id = "finish_verification", tag = "verifications",
    params(("id" = OrderId, Path)), responses((status = 200, body = crate::VerificationView)),
)]
pub async fn finish(
    State(context): State<Context>,
    Caller { beside: Owned(order), .. }: Caller<ActOnOrder>,
) -> Result<impl IntoResponse, Problem> {
    let ended = order.status == Status::Completed && order.listens_until <= context.now();
    if ended {
        return Ok(answer(&context, &order));
    }
    let order = settle::write(&context, order.finish(context.now())?).await?;
    tell_supplier(&context, &order).await;
    Ok(answer(&context, &order))
}

/// The supplier may sell the number again; where it can't be told, it ends by itself.
async fn tell_supplier(context: &Context, order: &Order) {
    let Some(number) = &order.number else { return };
    if let Ok(client) = suppliers::supplier(context, &number.supplier).await
        && let Err(error) = suppliers::settle::finish(client.as_ref(), &number.supplier_order).await
    {
        tracing::warn!(order_id = %order.id, kind = error.kind(), "the supplier was not told");
    }
}
