//! The account of the caller: profile, sessions, reminders, and what happened to it; and what is left of deleted
//! accounts.

mod access;
pub mod activity;
pub mod end_session;
pub mod erase;
pub mod me;
pub mod notifications;
pub mod sessions;
pub mod unsubscribe;

use accounts::ERASURES;
use api::{Domain, endpoint};
use runtime::worker;

/// The endpoints and the worker of this domain, by their names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "account",
    about: "Your profile, sessions, reminders and activity.",
    codes: &[],
    endpoints: &[
        endpoint!("me", me::get, me::change).other_methods(&["DELETE", "PATCH"]).role("AccountRole"),
        endpoint!("sessions", sessions::list).role("AccountRole"),
        endpoint!("end_session", end_session::end).role("AccountRole"),
        endpoint!("activity", activity::activity).role("AccountActivityRole"),
        endpoint!("notifications", notifications::get, notifications::change).role("AccountNotificationsRole"),
        endpoint!("unsubscribe", unsubscribe::page, unsubscribe::unsubscribe).role("AccountUnsubscribeRole"),
    ],
    workers: &[worker!("erase", each: ERASURES, erase::erase)],
};
