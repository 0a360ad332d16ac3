//! A mail as mail servers carry it.

use crate::{Mailbox, Rendered, mailbox::ascii};
use domain::{EmailAddress, MailId, Timestamp};
use mail_builder::{
    MessageBuilder,
    headers::{address::Address, date::Date, raw::Raw, url::URL},
};
use std::fmt;
use thiserror::Error;

/// A mail to one reader. `Debug` shows its id and the letter's name only.
#[derive(Clone, Copy)]
pub struct Outgoing<'a> {
    /// The sender.
    pub from: &'a Mailbox,
    /// The reader.
    pub to: &'a EmailAddress,
    /// Where answers go; without it, to the sender.
    pub reply_to: Option<&'a EmailAddress>,
    /// The letter.
    pub rendered: &'a Rendered,
    /// When it was written. A mail that is sent again keeps the time.
    pub at: Timestamp,
    /// The mail's id. A mail that is sent again keeps it.
    pub id: &'a MailId,
}

/// An address that SES can't deliver to: its local part is not ASCII, or its domain has no form in ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the address has no form in ASCII")]
pub struct Undeliverable;

impl Outgoing<'_> {
    /// The raw message (RFC 5322): plain text and HTML as alternatives. A reminder has the headers of the one-click
    /// unsubscription (RFC 8058).
    pub fn raw(&self) -> Result<Vec<u8>, Undeliverable> {
        let from = ascii(self.from.address()).ok_or(Undeliverable)?;
        let to = ascii(self.to).ok_or(Undeliverable)?;
        let reply_to = self.reply_to.map(|address| ascii(address).ok_or(Undeliverable)).transpose()?;
        let host = from.rsplit('@').next().unwrap_or_default();
        let message_id = format!("{}@{host}", self.id);
        let mut message = MessageBuilder::new()
            .from(Address::new_address(Some(self.from.name()), from.as_str()))
            .to(Address::new_address(None::<&str>, to.as_str()))
            .subject(self.rendered.subject.as_str())
            .date(Date::new(self.at.epoch_seconds()))
            .message_id(message_id)
            // Out-of-office programs do not answer such a mail (RFC 3834).
            .header("Auto-Submitted", Raw::new("auto-generated"));
        if let Some(reply_to) = &reply_to {
            message = message.reply_to(Address::new_address(None::<&str>, reply_to.as_str()));
        }
        if let Some(link) = self.rendered.unsubscribe() {
            message = message
                .header("List-Unsubscribe", URL::new(link.as_str()))
                .header("List-Unsubscribe-Post", Raw::new("List-Unsubscribe=One-Click"));
        }
        let message = message.text_body(self.rendered.text.as_str()).html_body(self.rendered.html.as_str());
        let mut raw = Vec::new();
        message.serialize(&mut raw);
        Ok(raw)
    }

    /// The reader's address as SES accepts it.
    pub(crate) fn destination(&self) -> Result<String, Undeliverable> {
        ascii(self.to).ok_or(Undeliverable)
    }
}

impl fmt::Debug for Outgoing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outgoing({}, {})", self.id, self.rendered.letter())
    }
}

#[cfg(test)]
mod tests;
