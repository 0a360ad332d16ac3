//! Records that are read together with the caller. An endpoint gets them as typed values, or is not called.

use crate::{
    codes::NotFound,
    describe::{Describe, Description},
    problem::Problem,
};
use axum::extract::{FromRequestParts, RawPathParams};
use domain::{UserId, access::Mode, ledger::Wallet};
use http::request::Parts;
use std::str::FromStr;
use store::{Found, ReadSet, Slot, Stored};

/// Records that are read together with the caller, in the same strong read. [`Describe`] lists their
/// problems.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be read together with the caller",
    note = "use `()`, `api::Balance`, `api::Balances`, `api::Owned<T>` of a `store::Stored` record, or a tuple of them"
)]
pub trait Beside: Describe + Sized + Send + 'static {
    /// The slots of the records in the read.
    type Slots: Send;

    /// Adds this owner's records to the read, as a caller of this mode may see them.
    fn add(owner: (&UserId, Mode), path: &PathParams, reads: &mut ReadSet) -> Self::Slots;

    /// Takes the records, or returns the problem of a missing one.
    fn take(slot: Self::Slots, found: &Found) -> Result<Self, Problem>;
}

/// The caller's wallet; empty if no money has ever moved. It is that with play money if the caller uses a test key.
#[derive(Clone, Debug)]
pub struct Balance(pub Wallet);

/// The caller's two wallets, whatever the caller uses.
#[derive(Clone, Debug)]
pub struct Balances {
    /// The one with real money.
    pub live: Wallet,
    /// The one with play money.
    pub test: Wallet,
}

impl Balances {
    /// The wallet of this mode.
    pub const fn of(&self, mode: Mode) -> &Wallet {
        match mode {
            Mode::Live => &self.live,
            Mode::Test => &self.test,
        }
    }
}

/// The caller's record that the path names. A malformed identifier, another customer's record, and one of the
/// other mode are answered with 404.
#[derive(Clone, Debug)]
pub struct Owned<T>(pub T);

/// The parameters in a request's path, by name.
#[derive(Clone, Debug, Default)]
pub struct PathParams(Vec<(String, String)>);

impl PathParams {
    /// The parameters of this request; empty if its route has none, or if they are not valid UTF-8.
    pub(super) async fn of(parts: &mut Parts) -> Self {
        let params = RawPathParams::from_request_parts(parts, &()).await;
        let pair = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        params.map_or_else(|_| Self::default(), |params| Self(params.iter().map(pair).collect()))
    }

    /// The only parameter, such as `{id}`; `None` if it is malformed.
    fn only<T: FromStr>(&self) -> Option<T> {
        let [(_, value)] = self.0.as_slice() else { return None };
        value.parse().ok()
    }

    /// The parameter with this name; `None` if it is missing or malformed.
    pub fn get<T: FromStr>(&self, name: &str) -> Option<T> {
        self.0.iter().find(|(known, _)| known == name)?.1.parse().ok()
    }
}

impl Beside for () {
    type Slots = ();

    fn add(_: (&UserId, Mode), _: &PathParams, _: &mut ReadSet) {}

    fn take((): (), _: &Found) -> Result<Self, Problem> {
        Ok(())
    }
}

impl Beside for Balance {
    type Slots = Slot<Wallet>;

    fn add((owner, mode): (&UserId, Mode), _: &PathParams, reads: &mut ReadSet) -> Self::Slots {
        reads.add(owner, &mode)
    }

    fn take(slot: Self::Slots, found: &Found) -> Result<Self, Problem> {
        Ok(Self(found.take(&slot)?.unwrap_or_default()))
    }
}

impl Beside for Balances {
    type Slots = [Slot<Wallet>; 2];

    fn add((owner, _): (&UserId, Mode), _: &PathParams, reads: &mut ReadSet) -> Self::Slots {
        [reads.add(owner, &Mode::Live), reads.add(owner, &Mode::Test)]
    }

    fn take([live, test]: Self::Slots, found: &Found) -> Result<Self, Problem> {
        Ok(Self { live: found.take(&live)?.unwrap_or_default(), test: found.take(&test)?.unwrap_or_default() })
    }
}

impl<T: Stored<Id: FromStr>> Beside for Owned<T> {
    type Slots = Option<Slot<T>>;

    fn add((owner, mode): (&UserId, Mode), path: &PathParams, reads: &mut ReadSet) -> Self::Slots {
        let id = path.only()?;
        let is_seen = T::is_of(owner, &id) && T::mode(&id).is_none_or(|of| of == mode);
        is_seen.then(|| reads.add(owner, &id))
    }

    fn take(slot: Self::Slots, found: &Found) -> Result<Self, Problem> {
        let slot = slot.ok_or_else(Problem::not_found)?;
        found.take(&slot)?.map(Self).ok_or_else(Problem::not_found)
    }
}

impl Describe for () {}
impl Describe for Balance {}
impl Describe for Balances {}

impl<T> Describe for Owned<T> {
    fn describe(description: &mut Description) {
        description.may_refuse([NotFound::CODE]);
    }
}

macro_rules! together {
    ($($beside:ident)+) => {
        impl<$($beside: Beside),+> Beside for ($($beside,)+) {
            type Slots = ($($beside::Slots,)+);

            fn add(owner: (&UserId, Mode), path: &PathParams, reads: &mut ReadSet) -> Self::Slots {
                ($($beside::add(owner, path, reads),)+)
            }

            #[expect(non_snake_case, reason = "each value has the name of its type")]
            fn take(($($beside,)+): Self::Slots, found: &Found) -> Result<Self, Problem> {
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
    use domain::{OrderId, Timestamp, order::Order};

    #[test]
    fn a_malformed_parameter_counts_as_missing() {
        let id = OrderId::new(Timestamp::from_millis(1), 1);
        let path = PathParams(vec![("service".to_owned(), "whatsapp".to_owned()), ("id".to_owned(), id.to_string())]);
        assert_eq!(path.get::<OrderId>("id"), Some(id));
        assert_eq!(path.get::<OrderId>("service"), None);
        assert_eq!(path.get::<OrderId>("order_id"), None);
    }

    #[test]
    fn an_order_of_the_other_mode_is_not_even_read() {
        let owner = UserId::new(Timestamp::from_millis(1), 1);
        for of in [Mode::Live, Mode::Test] {
            let id = OrderId::of(of, Timestamp::from_millis(1), 1);
            let path = PathParams(vec![("id".to_owned(), id.to_string())]);
            for mode in [Mode::Live, Mode::Test] {
                let slot = Owned::<Order>::add((&owner, mode), &path, &mut ReadSet::default());
                assert_eq!(slot.is_some(), of == mode, "{of:?} {mode:?}");
            }
        }
    }
}
