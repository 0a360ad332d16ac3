//! The requirements of an endpoint for its caller, as types. Each domain crate declares its own with
//! [`access!`](crate::access!).

use super::Beside;
use crate::problem::Code;
use domain::{
    access::Permission,
    rate_limit::{LimitedAction, REQUESTS},
};

/// The requirements of an endpoint for its caller.
pub trait Access: Send + Sync + 'static {
    /// The required permission.
    const NEEDS: Permission;
    /// The rate-limited action, counted in addition to the request.
    const ACTION: LimitedAction = REQUESTS;
    /// Records to read together with the caller.
    type Beside: Beside;
    /// Problems of the endpoint, in addition to those of every caller and of `Beside`.
    const PROBLEMS: &'static [&'static Code] = &[];
}

/// Declares an [`Access`]. All lines but `needs` are optional; their order is fixed.
///
/// ```
/// # use namaskah_http as api;
/// use api::codes::{Busy, WrongStatus};
///
/// api::access! {
///     /// Required to cancel an order.
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
