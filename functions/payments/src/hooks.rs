//! Function URLs: take the events of gateways. A genuine event is queued, and nothing else happens here, so a flood of
//! rejected ones costs no read and no write.

use api::{
    Origin, Problem,
    axum::{Extension, extract::State},
    codes::{BodyTooLarge, NetworkNotAllowed, Unauthenticated},
};
use axum::{body::to_bytes, extract::Request};
use billing::queues::{PAYMENTS, ReceivedEvent, Task};
use domain::{GatewayEventId, NetworkRange, payment::GatewayId};
use http::StatusCode;
use runtime::{Context, telemetry};
use std::time::Duration;

/// The largest event, in bytes. Usual ones have a few thousand.
const LARGEST: usize = 64 * 1024;

/// Takes an event of Paystack.
pub async fn paystack(
    State(context): State<Context>,
    Extension(origin): Extension<Origin>,
    request: Request,
) -> Result<StatusCode, Problem> {
    receive(&context, gateways::paystack::ID, origin, request).await
}

/// Takes an event of Stripe.
pub async fn stripe(
    State(context): State<Context>,
    Extension(origin): Extension<Origin>,
    request: Request,
) -> Result<StatusCode, Problem> {
    receive(&context, gateways::stripe::ID, origin, request).await
}

/// Takes an event of BTCPay.
pub async fn btcpay(
    State(context): State<Context>,
    Extension(origin): Extension<Origin>,
    request: Request,
) -> Result<StatusCode, Problem> {
    receive(&context, gateways::btcpay::ID, origin, request).await
}

async fn receive(context: &Context, gateway: &str, origin: Origin, request: Request) -> Result<StatusCode, Problem> {
    let received = take(context, &GatewayId::new(gateway), origin, request).await;
    received.map(|()| StatusCode::OK).inspect_err(|problem| {
        telemetry::count_class("WebhooksRejected", problem.code().name(), 1);
    })
}

async fn take(context: &Context, gateway: &GatewayId, origin: Origin, request: Request) -> Result<(), Problem> {
    if !is_network_of_gateway(context, origin) {
        return Err(NetworkNotAllowed { address: origin.address }.into());
    }
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LARGEST).await.map_err(|_| BodyTooLarge)?;
    let now = context.now();
    let webhook = gateways::registry::webhook(gateway).ok_or_else(Problem::not_found)?;
    if !parts.headers.contains_key(webhook.header) {
        return Err(Unauthenticated::Missing.into());
    }
    let (secret, stale) = gateways::registry::key(context, webhook.secret).await.map_err(Problem::unavailable)?;
    let genuine = (webhook.is_genuine)(&secret, &parts.headers, &body, now);
    if !genuine {
        // The secret may have been replaced. It is read again with the next event, at most every 30 seconds.
        stale.raise();
    }
    // Every event is UTF-8, so other bytes can't be genuine.
    let body = String::from_utf8(body.into()).ok().filter(|_| genuine).ok_or(Unauthenticated::Unknown)?;
    let id = GatewayEventId::new(now, context.random());
    tracing::info!(event = %id, %gateway, "a gateway sent an event");
    let event = ReceivedEvent { id, gateway: gateway.clone(), body, received_at: now, is_rerun: false };
    let queues = context.queues().await;
    queues.send(&PAYMENTS, &Task::Event(event), Duration::ZERO).await.map_err(Problem::unavailable)
}

/// Whether the request comes from a network of the gateway (`GATEWAY_NETWORKS`, ranges separated by commas). Without any,
/// the signature alone decides.
fn is_network_of_gateway(context: &Context, origin: Origin) -> bool {
    let networks = context.environment().setting("GATEWAY_NETWORKS");
    let mut ranges = networks.split(',').map(str::trim).filter(|range| !range.is_empty()).peekable();
    ranges.peek().is_none()
        || ranges.filter_map(|range| range.parse().ok()).any(|range: NetworkRange| range.contains(origin.address))
}
