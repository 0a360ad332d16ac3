//! Letters: mails to people, ordered by a queue and sent through SES, and what becomes of them.

mod compose;
pub mod feedback;
mod pages;
pub mod send;

use accounts::letters::LETTERS;
use api::Domain;
use feedback::FEEDBACK;
use runtime::worker;

/// The workers of this domain, by their names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "letters",
    about: "Mails to people.",
    codes: &[],
    endpoints: &[],
    workers: &[worker!("send", each: LETTERS, send::send), worker!("feedback", each: FEEDBACK, feedback::feedback)],
};
