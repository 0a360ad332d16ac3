//! What is read together with the caller, as typed values: an endpoint gets the thing itself, or is not reached.

use crate::{
    describe::{Describe, Description},
    problem::Problem,
    problem_code::ProblemCode,
};
use axum::extract::{FromRequestParts, RawPathParams};
use domain::{UserId, ledger::Wallet};
use http::request::Parts;
use std::str::FromStr;
use store::{Found, Reads, Stored, Wanted};

/// Something that is read together with the caller, in the same strong read. [`Describe`] says what it may refuse.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be read together with the caller",
    note = "use `()`, `api::Balance`, `api::Owned<T>` of a `store::Stored` thing, or a tuple of them"
)]
pub trait Beside: Describe + Sized + Send + 'static {
    /// What was wanted, until it is found.
    type Wanted: Send;

    /// Wants it, as one of this owner's things.
    fn want(owner: &UserId, path: &PathParams, reads: &mut Reads) -> Self::Wanted;

    /// Takes it, or says why the endpoint can't be reached without it.
    fn take(wanted: Self::Wanted, found: &mut Found) -> Result<Self, Problem>;
}

/// The caller's wallet; one that never moved is empty.
#[derive(Clone, Debug)]
pub struct Balance(pub Wallet);

/// The caller's thing that the path's `{id}` names. Another customer's is not found, nor is what no identifier names.
#[derive(Clone, Debug)]
pub struct Owned<T>(pub T);

/// The parameters in a request's path, by name.
#[derive(Clone, Debug, Default)]
pub struct PathParams(Vec<(String, String)>);

impl PathParams {
    /// The parameters of this request; none where its route has none, or where they are not text.
    pub(super) async fn of(parts: &mut Parts) -> Self {
        let params = RawPathParams::from_request_parts(parts, &()).await;
        let pair = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        params.map_or_else(|_| Self::default(), |params| Self(params.iter().map(pair).collect()))
    }

    /// The parameter of this name, if it is what it should be.
    pub fn get<T: FromStr>(&self, name: &str) -> Option<T> {
        self.0.iter().find(|(known, _)| known == name)?.1.parse().ok()
    }
}

impl Beside for () {
    type Wanted = ();

    fn want(_: &UserId, _: &PathParams, _: &mut Reads) {}

    fn take((): (), _: &mut Found) -> Result<Self, Problem> {
        Ok(())
    }
}

impl Beside for Balance {
    type Wanted = Wanted<Wallet>;

    fn want(owner: &UserId, _: &PathParams, reads: &mut Reads) -> Self::Wanted {
        reads.want(owner, &())
    }

    fn take(wanted: Self::Wanted, found: &mut Found) -> Result<Self, Problem> {
        Ok(Self(found.take(&wanted)?.unwrap_or_default()))
    }
}

impl<T: Stored<Id: FromStr>> Beside for Owned<T> {
    type Wanted = Option<Wanted<T>>;

    fn want(owner: &UserId, path: &PathParams, reads: &mut Reads) -> Self::Wanted {
        let id = path.get("id")?;
        Some(reads.want(owner, &id))
    }

    fn take(wanted: Self::Wanted, found: &mut Found) -> Result<Self, Problem> {
        let wanted = wanted.ok_or_else(Problem::not_found)?;
        found.take(&wanted)?.map(Self).ok_or_else(Problem::not_found)
    }
}

impl Describe for () {}
impl Describe for Balance {}

impl<T> Describe for Owned<T> {
    fn describe(description: &mut Description) {
        description.may_refuse([ProblemCode::NotFound]);
    }
}

macro_rules! together {
    ($($beside:ident)+) => {
        impl<$($beside: Beside),+> Beside for ($($beside,)+) {
            type Wanted = ($($beside::Wanted,)+);

            fn want(owner: &UserId, path: &PathParams, reads: &mut Reads) -> Self::Wanted {
                ($($beside::want(owner, path, reads),)+)
            }

            #[expect(non_snake_case, reason = "a value by the name of its type")]
            fn take(($($beside,)+): Self::Wanted, found: &mut Found) -> Result<Self, Problem> {
                Ok(($($beside::take($beside, found)?,)+))
            }
        }

        impl<$($beside: Describe),+> Describe for ($($beside,)+) {
            fn describe(description: &mut Description) {
                $($beside::describe(description);)+
            }
        }
    };
}

together!(A B);
together!(A B C);

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{OrderId, Timestamp};

    #[test]
    fn a_parameter_is_what_it_should_be_or_nothing() {
        let id = OrderId::new(Timestamp::from_millis(1), 1);
        let path = PathParams(vec![("service".to_owned(), "whatsapp".to_owned()), ("id".to_owned(), id.to_string())]);
        assert_eq!(path.get::<OrderId>("id"), Some(id));
        assert_eq!(path.get::<OrderId>("service"), None);
        assert_eq!(path.get::<OrderId>("order_id"), None);
    }
}
