//! The API for staff: customers, refunds of payments, vouchers, who works here, and the audit trail.
//!
//! Its endpoints call the use cases of `shared/staff`, as the operator's program does. The sign-in of staff is in the
//! binary `auth`, which alone may read the key of access tokens.

mod access;
pub mod approve_refund;
pub mod audit;
pub mod ban;
mod codes;
pub mod colleagues;
pub mod me;
mod problems;
mod reason;
mod refund_view;
pub mod refunds;
pub mod refuse_refund;
pub mod role;
mod search;
pub mod sign_out;
pub mod unban;
pub mod user;
pub mod users;
mod view;
pub mod vouchers;
mod work;

use api::{Domain, endpoint};
use vouchers::{create, list, stop};

/// The endpoints of this domain, by their names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "backoffice",
    about: "Customers, refunds, vouchers, colleagues and the audit trail, for staff.",
    codes: codes::CODES,
    endpoints: &[
        endpoint!("me", me::me).staff().role("BackofficeSelfRole"),
        endpoint!("users", users::find).staff().role("BackofficeReadRole"),
        endpoint!("user", user::show).staff().role("BackofficeReadRole"),
        endpoint!("ban", ban::ban).staff().role("BackofficeWriteRole"),
        endpoint!("unban", unban::unban).staff().role("BackofficeWriteRole"),
        endpoint!("sign_out", sign_out::sign_out).staff().role("BackofficeWriteRole"),
        endpoint!("role", role::set).staff().role("BackofficeRolesRole"),
        endpoint!("colleagues", colleagues::list).staff().role("BackofficeRolesRole"),
        endpoint!("refunds", refunds::list).staff().role("BackofficeRefundsReadRole"),
        endpoint!("approve_refund", approve_refund::approve).staff().role("BackofficeRefundsRole"),
        endpoint!("refuse_refund", refuse_refund::refuse).staff().role("BackofficeRefundsRole"),
        endpoint!("audit", audit::search).staff().role("BackofficeAuditRole"),
        endpoint!("create_voucher", create::create).staff().role("BackofficeVouchersRole"),
        endpoint!("vouchers", list::list).other_methods(&["POST"]).staff().role("BackofficeVouchersRole"),
        endpoint!("stop_voucher", stop::stop).staff().role("BackofficeVouchersRole"),
    ],
    workers: &[],
};
