//! The device and network of a request.

use api::{Describe, Origin, Requested, axum::extract::FromRequestParts};
use http::request::Parts;
use runtime::Context;
use std::convert::Infallible;

/// The client of a request.
#[derive(Clone, Debug)]
pub struct Client(pub(crate) accounts::Client);

impl FromRequestParts<Context> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Infallible> {
        let Requested(source) = Requested::from_request_parts(parts, context).await?;
        let is_trusted = Origin::from_request_parts(parts, context).await?.is_trusted(context);
        Ok(Self(accounts::Client { source, is_trusted }))
    }
}

impl Describe for Client {}
