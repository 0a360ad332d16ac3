//! The caller of an endpoint of the back office, as a person at work.

use api::{Access, Caller, Describe, Description, Problem, Requested, axum::extract::FromRequestParts};
use domain::{access::Principal, audit::Source};
use http::request::Parts;
use runtime::Context;
use staff::Staff;
use std::marker::PhantomData;

/// A person of the staff with the permission of `A`.
#[derive(Debug)]
pub struct Work<A> {
    principal: Principal,
    source: Source,
    access: PhantomData<A>,
}

impl<A> Work<A> {
    /// The use cases, in this person's name.
    pub(crate) fn staff<'a>(&self, context: &'a Context) -> Staff<'a> {
        Staff::signed_in(context, &self.principal, self.source.clone())
    }
}

impl<A: Access> FromRequestParts<Context> for Work<A> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Problem> {
        let Caller { principal, .. } = Caller::<A>::from_request_parts(parts, context).await?;
        let Ok(Requested(source)) = Requested::from_request_parts(parts, context).await;
        Ok(Self { principal, source, access: PhantomData })
    }
}

impl<A: Access> Describe for Work<A> {
    fn describe(description: &mut Description) {
        Caller::<A>::describe(description);
    }
}
