//! Payments: customers fill their wallets through payment gateways.
//!
//! The endpoints make, show, cancel and refund payments. `hooks` takes the events of gateways, each at a function URL of its own,
//! and only queues them. `settle` asks the gateway and credits what settled; `due` queues payments whose event may be
//! lost. The use cases are in the crate `billing`. `night` and `reconcile` compare payments, wallets and orders with each
//! other and with the gateways' lists; their use cases are in the crate `reconciliation`.

mod access;
pub mod cancel;
mod codes;
pub mod create;
mod dispute_view;
pub mod due;
pub mod get;
pub mod hooks;
pub mod list;
pub mod methods;
pub mod night;
mod problems;
pub mod reconcile;
pub mod refund;
pub mod refund_address;
mod refund_view;
pub mod settle;
mod view;

use api::{Domain, catch_all, endpoint};
use billing::queues::PAYMENTS;
use reconciliation::queues::RECONCILIATION;
use runtime::worker;

/// The endpoints and workers of this domain, by their names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "payments",
    about: "Fill the wallet by card, mobile money or crypto.",
    codes: codes::CODES,
    endpoints: &[
        // At most four calls of a gateway, of five seconds each.
        endpoint!("create", create::create).role("PaymentsRole").timeout(25),
        endpoint!("list", list::list).other_methods(&["POST"]).role("PaymentsReadRole"),
        endpoint!("methods", methods::methods).role("CatalogRole"),
        endpoint!("get", get::get).role("PaymentsRole").timeout(25),
        endpoint!("cancel", cancel::cancel).role("PaymentsRole").timeout(25),
        endpoint!("refund", refund::refund).role("PaymentsRole"),
        endpoint!("refund_address", refund_address::confirm).role("PaymentsRole"),
        catch_all!("paystack", hooks::paystack).hook(),
        catch_all!("stripe", hooks::stripe).hook(),
        catch_all!("btcpay", hooks::btcpay).hook(),
    ],
    workers: &[
        worker!("settle", each: PAYMENTS, settle::settle),
        worker!("due", schedule, due::due),
        worker!("night", schedule, night::night),
        worker!("reconcile", each: RECONCILIATION, reconcile::reconcile),
    ],
};
