//! The account of the caller: profile, sessions, reminders, and what happened to it.

mod access;
pub mod activity;
pub mod end_session;
pub mod me;
pub mod notifications;
pub mod sessions;
pub mod unsubscribe;

use api::{Domain, endpoint};

/// The endpoints of this domain, by their names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "account",
    about: "Your profile, sessions, reminders and activity.",
    codes: &[],
    endpoints: &[
        endpoint!("me", me::get, me::change).role("AccountRole"),
        endpoint!("sessions", sessions::list).role("AccountRole"),
        endpoint!("end_session", end_session::end).role("AccountRole"),
        endpoint!("activity", activity::activity).role("AccountActivityRole"),
        endpoint!("notifications", notifications::get, notifications::change).role("AccountNotificationsRole"),
        endpoint!("unsubscribe", unsubscribe::page, unsubscribe::unsubscribe).role("AccountUnsubscribeRole"),
    ],
    workers: &[],
};
