//! The device and network of a request.

use api::{Describe, Origin, axum::extract::FromRequestParts};
use domain::{Network, account::Device};
use http::{header::USER_AGENT, request::Parts};
use runtime::Context;
use std::convert::Infallible;

/// The client of a request.
#[derive(Clone, Debug)]
pub struct Client(pub(crate) accounts::Client);

impl FromRequestParts<Context> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Infallible> {
        let origin = Origin::from_request_parts(parts, context).await?;
        let user_agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Self(accounts::Client {
            device: Device::of(user_agent),
            network: Network::of(origin.address),
            is_trusted: origin.is_trusted(context),
        }))
    }
}

impl Describe for Client {}
