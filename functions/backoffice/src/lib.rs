//! The API for staff: customers, who works here, vouchers, and the audit trail.
//!
//! Its endpoints call the use cases of `shared/staff`, as the operator's program does. The sign-in of staff is in the
//! binary `auth`, which alone may read the key of access tokens.

mod access;
pub mod audit;
pub mod ban;
mod codes;
pub mod colleagues;
pub mod me;
mod problems;
mod reason;
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
    about: "Customers, colleagues, vouchers and the audit trail, for staff.",
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
        endpoint!("audit", audit::search).staff().role("BackofficeAuditRole"),
        endpoint!("create_voucher", create::create).staff().role("BackofficeVouchersRole"),
        endpoint!("vouchers", list::list).other_methods(&["POST"]).staff().role("BackofficeVouchersRole"),
        endpoint!("stop_voucher", stop::stop).staff().role("BackofficeVouchersRole"),
    ],
    workers: &[],
};
