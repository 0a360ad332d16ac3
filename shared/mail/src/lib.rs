//! Mails to customers: their texts in every language, their form, and how one is sent.
//!
//! A [`Letter`] names an occasion with its arguments. [`Letter::render`] makes subject, text and HTML of it in a
//! language, [`Outgoing`] makes the message that mail servers carry, and [`SesMailer`] gives it to SES. Nothing
//! here decides when a letter is sent, to whom, or what becomes of one that fails, and nothing logs a subject, a
//! body, an address or a link.

mod event;
mod letter;
mod link;
mod mailbox;
mod one_line;
mod outgoing;
mod page;
mod parts;
mod render;
#[cfg(test)]
#[path = "../examples/letters/samples.rs"]
mod samples;
mod send_error;
mod ses;
mod settings;
mod texts;

pub use event::{MailEvent, Outcome, SentLetter};
pub use letter::Letter;
pub use link::{Link, NotALink};
pub use mailbox::{Mailbox, NotAMailbox};
pub use one_line::OneLine;
pub use outgoing::{Outgoing, Undeliverable};
pub use render::Rendered;
pub use send_error::SendError;
pub use ses::{Sent, SesMailer};
pub use settings::MailSettings;

// The samples use this name of the crate, because the previews share them.
#[cfg(test)]
extern crate self as mail;
