//! `POST /api/v1/admin/payments/{reference}/refunds/{id}/refuse` - refuses a refund of a payment.

use crate::{access::DecideRefunds, problems, reason::RefundDecision, refund_view::StaffRefundView, work::Work};
use api::{
    Json, PathIds, Problem,
    axum::{self, extract::State, response::IntoResponse},
};
use billing::Decision;
use domain::{RefundId, payment::PaymentReference};
use runtime::Context;

/// Refuse a refund
///
/// The credits come back to the wallet. Nobody refuses the own one.
#[utoipa::path(
    post, path = "/api/v1/admin/payments/{reference}/refunds/{id}/refuse", operation_id = "refuse_refund",
    tag = "backoffice", params(("reference" = PaymentReference, Path), ("id" = RefundId, Path)),
    request_body = RefundDecision, responses((status = 200, body = StaffRefundView)),
)]
pub async fn refuse(
    State(context): State<Context>,
    work: Work<DecideRefunds>,
    PathIds(payment, refund): PathIds<PaymentReference, RefundId>,
    Json(RefundDecision { reason }): Json<RefundDecision>,
) -> Result<impl IntoResponse, Problem> {
    let staff = work.staff(&context);
    let decided = staff.decide_refund(&payment, &refund, Decision::Refuse, reason.as_str()).await;
    Ok(axum::Json(StaffRefundView::from(decided.map_err(problems::of)?)))
}
