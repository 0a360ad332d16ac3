//! The check for robots, as an extractor.

use crate::codes::ProofOfWorkRequired;
use accounts::NotAccepted;
use api::{Describe, Description, Origin, Problem, axum::extract::FromRequestParts};
use http::request::Parts;
use runtime::Context;
use std::marker::PhantomData;

/// The header with a proof of work.
const PROOF: &str = "proof-of-work";

/// What a request is for. A proof holds for one purpose.
pub trait Purpose: Send + Sync + 'static {
    /// Its name in proofs.
    const NAME: &'static str;
}

/// A registration.
#[derive(Clone, Copy, Debug)]
pub struct Registration;

/// A sign-in.
#[derive(Clone, Copy, Debug)]
pub struct SignIn;

/// A request that was not sent by a robot in bulk, as far as this stage checks that. Trusted networks are not checked.
#[derive(Clone, Copy, Debug)]
pub struct NoRobot<P>(PhantomData<P>);

impl Purpose for Registration {
    const NAME: &'static str = "register";
}

impl Purpose for SignIn {
    const NAME: &'static str = "login";
}

impl<P: Purpose> FromRequestParts<Context> for NoRobot<P> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Problem> {
        let Ok(origin) = Origin::from_request_parts(parts, context).await;
        if !origin.is_trusted(context) {
            let proof = parts.headers.get(PROOF).and_then(|proof| proof.to_str().ok());
            accounts::admit_request(context, P::NAME, proof).await.map_err(|reason| refusal(P::NAME, reason))?;
        }
        Ok(Self(PhantomData))
    }
}

fn refusal(purpose: &'static str, reason: NotAccepted) -> Problem {
    match reason {
        NotAccepted::WorkNeeded(difficulty) => {
            ProofOfWorkRequired { bits: difficulty.bits(), purpose: purpose.to_owned() }.into()
        }
        NotAccepted::Config(error) => Problem::internal(error),
        NotAccepted::Store(error) => error.into(),
    }
}

impl<P: Purpose> Describe for NoRobot<P> {
    fn describe(description: &mut Description) {
        description.may_refuse([ProofOfWorkRequired::CODE]);
    }
}
