//! Where a request came from, for the audit trail.

use crate::{describe::Describe, origin::Origin};
use axum::extract::FromRequestParts;
use domain::{RequestId, account::Device, audit::Source};
use http::{header::USER_AGENT, request::Parts};
use runtime::Context;
use std::convert::Infallible;

/// Where a request came from.
#[derive(Clone, Debug)]
pub struct Requested(pub Source);

impl FromRequestParts<Context> for Requested {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Infallible> {
        let user_agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let request_id = parts.extensions.get::<RequestId>().cloned();
        Ok(Self(Source {
            address: Origin::of(parts).address,
            device: Device::of(user_agent),
            // The middleware of every endpoint sets it.
            request_id: request_id.unwrap_or_else(|| RequestId::new(context.now(), context.random())),
        }))
    }
}

impl Describe for Requested {}
