//! Letters: mails to people, ordered by a queue and sent through SES.

mod compose;
mod pages;
pub mod send;

use accounts::letters::LETTERS;
use api::Domain;
use runtime::worker;

/// The worker of this domain, by its name in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "letters",
    about: "Mails to people.",
    codes: &[],
    endpoints: &[],
    workers: &[worker!("send", each: LETTERS, send::send)],
};
