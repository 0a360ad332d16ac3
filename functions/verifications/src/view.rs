//! The public form of an order.

use api::axum::{Json, response::IntoResponse};
use domain::{
    Code, CountryCode, Credits, MessageId, MessageText, OperatorName, OrderId, PhoneNumber, Sender, ServiceName,
    SupplierId, Timestamp, UserId,
    access::Mode,
    order::{Actions, CloseReason, CodeSource, Ignored, Message, Order, Status, TimelineItem},
    pricing::Capability,
};
use http::StatusCode;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A verification.
#[derive(Serialize, ToSchema)]
pub struct VerificationView {
    id: OrderId,
    user_id: UserId,
    /// Whether money and number are real; false for orders of test keys.
    live: bool,
    status: Status,
    /// Why the price was refunded, or is about to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<CloseReason>,
    service_name: ServiceName,
    country_code: CountryCode,
    capability: Capability,
    /// E.164; null while the number is being bought.
    #[schema(value_type = Option<String>, examples("+233201234567"))]
    phone_number: Option<PhoneNumber>,
    /// Net cost now; zero once the price is refunded.
    cost: Credits,
    /// Price that was held.
    price: Credits,
    /// The part of the price that an included verification of your plan pays.
    included: Credits,
    provider: SupplierId,
    operator: Option<OperatorName>,
    /// Newest code; null while no message has one.
    #[schema(value_type = Option<String>, examples("123456"))]
    code: Option<Code>,
    /// Who found the code; null while there is no code.
    code_source: Option<CodeSource>,
    messages: Vec<MessageView>,
    created_at: Timestamp,
    /// Deadline for the first message.
    expires_at: Timestamp,
    completed_at: Option<Timestamp>,
    tags: BTreeMap<String, String>,
    timeline: Vec<TimelineItem>,
    actions: Actions,
}

/// A received message.
#[derive(Serialize, ToSchema)]
pub struct MessageView {
    id: MessageId,
    #[schema(value_type = String, examples("WhatsApp"))]
    from: Sender,
    /// Full text; null after `purge_at`, for messages older than the order, and for others that do not count as long
    /// as the verification is not completed.
    #[schema(value_type = Option<String>)]
    text: Option<MessageText>,
    #[schema(value_type = Option<String>)]
    code: Option<Code>,
    /// Who found the code; null without a code.
    code_source: Option<CodeSource>,
    received_at: Timestamp,
    /// Whether the message does not count: it does not complete the verification and costs nothing.
    ignored: bool,
    /// Why it does not count; null if it does.
    ignored_because: Option<Ignored>,
    /// When the text is deleted; depends on the plan. A test order is deleted with its texts.
    purge_at: Timestamp,
}

impl VerificationView {
    /// The public form of an order at this time.
    pub fn of(order: &Order, now: Timestamp) -> Self {
        let (code, code_source) = order.visible_code(now).unzip();
        Self {
            id: order.id.clone(),
            user_id: order.user_id.clone(),
            live: order.mode() == Mode::Live,
            status: order.status,
            reason: order.closed_because,
            service_name: order.request.service.clone(),
            country_code: order.request.country.clone(),
            capability: order.request.capability,
            phone_number: order.number.as_ref().map(|number| number.phone.clone()),
            cost: order.cost(),
            price: order.price,
            included: order.included,
            provider: order.attempt.supplier.clone(),
            operator: order.number.as_ref().and_then(|n| n.operator.clone()).or_else(|| order.request.operator.clone()),
            code: code.cloned(),
            code_source,
            messages: messages(order, now),
            created_at: order.created_at,
            expires_at: order.expires_at,
            completed_at: order.completed_at,
            tags: order.request.tags.clone(),
            timeline: order.timeline.clone(),
            actions: order.actions(now),
        }
    }
}

/// The answer to an action on an order: 202 while the supplier has not answered, otherwise 200.
pub(crate) fn after_action(order: &Order, now: Timestamp) -> impl IntoResponse + use<> {
    let status = if order.status == Status::Cancelling { StatusCode::ACCEPTED } else { StatusCode::OK };
    (status, Json(VerificationView::of(order, now)))
}

/// The public form of the order's messages.
pub(crate) fn messages(order: &Order, now: Timestamp) -> Vec<MessageView> {
    let view = |message: Message| MessageView {
        ignored: !message.counts(),
        ignored_because: message.ignored_because(),
        id: message.id,
        from: message.from,
        text: message.text,
        code_source: message.code.as_ref().map(|_| message.code_source),
        code: message.code,
        received_at: message.received_at,
        purge_at: order.purge_at,
    };
    order.visible_messages(now).into_iter().map(view).collect()
}
