//! The API for staff: customers, refunds of payments, findings, vouchers, who works here, and the audit trail.
//!
//! Its endpoints call the use cases of `shared/staff`, as the operator's program does. The sign-in of staff is in the
//! binary `auth`, which alone may read the key of access tokens.

mod access;
pub mod approve_correction;
pub mod approve_refund;
pub mod assign_finding;
pub mod audit;
pub mod ban;
mod codes;
pub mod colleagues;
pub mod correct_finding;
mod finding_view;
pub mod findings;
pub mod me;
pub mod prices;
mod problems;
mod reason;
mod refund_view;
pub mod refunds;
pub mod refuse_correction;
pub mod refuse_refund;
pub mod resolve_finding;
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
use prices::{change, price_list, set_taxes, taxes, withdraw};
use vouchers::{create, list, stop};

/// The endpoints of this domain, by their names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "backoffice",
    about: "Customers, refunds, findings, vouchers, colleagues and the audit trail, for staff.",
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
        endpoint!("findings", findings::list).staff().role("BackofficeFindingsReadRole"),
        endpoint!("assign_finding", assign_finding::assign).staff().role("BackofficeFindingsRole"),
        endpoint!("resolve_finding", resolve_finding::resolve).staff().role("BackofficeFindingsRole"),
        endpoint!("correct_finding", correct_finding::correct).staff().role("BackofficeCorrectionsRole"),
        endpoint!("approve_correction", approve_correction::approve).staff().role("BackofficeCorrectionsRole"),
        endpoint!("refuse_correction", refuse_correction::refuse).staff().role("BackofficeFindingsRole"),
        endpoint!("audit", audit::search).staff().role("BackofficeAuditRole"),
        endpoint!("create_voucher", create::create).staff().role("BackofficeVouchersRole"),
        endpoint!("vouchers", list::list).other_methods(&["POST"]).staff().role("BackofficeVouchersRole"),
        endpoint!("stop_voucher", stop::stop).staff().role("BackofficeVouchersRole"),
        endpoint!("prices", price_list::list).other_methods(&["POST"]).staff().role("BackofficePricesRole"),
        endpoint!("change_prices", change::change).staff().role("BackofficePricesRole"),
        endpoint!("withdraw_prices", withdraw::withdraw).staff().role("BackofficePricesRole"),
        endpoint!("taxes", taxes::list).other_methods(&["POST"]).staff().role("BackofficePricesRole"),
        endpoint!("set_taxes", set_taxes::set).staff().role("BackofficePricesRole"),
    ],
    workers: &[],
};
