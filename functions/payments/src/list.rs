//! `GET /api/v1/payments` - lists the customer's payments, newest first.

use crate::{access::ReadPayments, view::PaymentView};
use api::{
    Caller, Listed, PageParams, Params, Problem,
    axum::{extract::State, response::IntoResponse},
};
use domain::access::Mode;
use runtime::Context;

/// List payments
///
/// Returns the newest first; nothing with a test key. The status is the one that we know; `GET /api/v1/payments/{reference}` asks the gateway.
#[utoipa::path(
    get, path = "/api/v1/payments", operation_id = "list_payments", tag = "payments",
    params(PageParams), responses((status = 200, body = Listed<PaymentView>)),
)]
pub async fn list(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ReadPayments>,
    Params(page): Params<PageParams>,
) -> Result<impl IntoResponse, Problem> {
    if principal.mode == Mode::Test {
        return Ok(Listed { items: Vec::new(), next_cursor: None });
    }
    let payments = context.store().ledger().payments(&principal.user, page.limit(), page.cursor.as_ref()).await?;
    Ok(Listed::from(payments).map(PaymentView::of))
}
