//! `GET /api/v1/verifications/{id}/messages` - lists the messages of an order.

use crate::{
    access::ReadOrder,
    view::{self, MessageView},
};
use api::{
    Caller, Listed, Owned,
    axum::{extract::State, response::IntoResponse},
};
use domain::OrderId;
use runtime::Context;

/// List messages of a verification
///
/// Returns the oldest first, with full texts until `purge_at`. Messages that do not count are marked `ignored`.
#[utoipa::path(
    get, path = "/api/v1/verifications/{id}/messages", operation_id = "list_verification_messages", tag = "verifications",
    params(("id" = OrderId, Path)), responses((status = 200, body = Listed<MessageView>)),
)]
pub async fn messages(
    State(context): State<Context>,
    Caller { beside: Owned(order), .. }: Caller<ReadOrder>,
) -> impl IntoResponse {
    Listed { items: view::messages(&order, context.now()), next_cursor: None }
}
