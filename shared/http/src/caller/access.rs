//! What an endpoint needs of its caller, as a type. Accesses are declared in the crate of their domain, by
//! [`access!`](crate::access!).

use super::Beside;
use crate::problem::Code;
use domain::{
    access::Permission,
    rate_limit::{LimitedAction, REQUESTS},
};

/// What an endpoint needs of its caller.
pub trait Access: Send + Sync + 'static {
    /// The permission.
    const NEEDS: Permission;
    /// What the call counts as, besides a request.
    const ACTION: LimitedAction = REQUESTS;
    /// What is read together with the caller.
    type Beside: Beside;
    /// What may be refused beyond what every caller can be refused, and what `Beside` says itself.
    const PROBLEMS: &'static [&'static Code] = &[];
}

/// Declares an [`Access`]. All but `needs` may be left out; the order is this one.
///
/// ```
/// # use namaskah_http as api;
/// use api::codes::{Busy, WrongStatus};
///
/// api::access! {
///     /// To cancel one's order.
///     CancelOrder {
///         needs: OrdersWrite,
///         action: domain::rate_limit::REQUESTS,
///         beside: api::Owned<domain::order::Order>,
///         problems: [Busy, WrongStatus],
///     }
/// }
/// ```
#[macro_export]
macro_rules! access {
    (
        $(#[$doc:meta])*
        $name:ident {
            needs: $needs:ident
            $(, action: $action:expr)?
            $(, beside: $beside:ty)?
            $(, problems: [$($problem:ty),+ $(,)?])?
            $(,)?
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl $crate::Access for $name {
            const NEEDS: $crate::domain::access::Permission = $crate::domain::access::Permission::$needs;
            $(const ACTION: $crate::domain::rate_limit::LimitedAction = $action;)?
            type Beside = $crate::access!(@beside $($beside)?);
            $(const PROBLEMS: &'static [&'static $crate::Code] = &[$(<$problem>::CODE),+];)?
        }
    };
    (@beside) => { () };
    (@beside $beside:ty) => { $beside };
}
