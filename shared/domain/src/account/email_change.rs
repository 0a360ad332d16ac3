//! Changes of an account's address. Both addresses confirm a change by a link, so neither a stolen session nor a
//! mistyped address moves an account.

use crate::{EmailAddress, EmailChangeId, RequestId, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;

/// How long a change can be confirmed.
pub const EMAIL_CHANGE_LIFETIME: Duration = Duration::from_hours(24);

/// One of the two addresses of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mailbox {
    /// The address of the account.
    Old,
    /// The address that it is to have.
    New,
}

/// The first of the two confirmations. The second one moves the account, so it is not stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// The address that confirmed.
    pub mailbox: Mailbox,
    /// The request, so that a repeated write is recognised.
    pub by: RequestId,
}

/// A change that was asked for. An account has one; a newer one replaces it, and ends its links.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailChange {
    /// Identifier.
    pub change_id: EmailChangeId,
    /// The account.
    pub user_id: UserId,
    /// The address of the account when the change was asked for.
    pub old: EmailAddress,
    /// The address that it is to have.
    pub new: EmailAddress,
    /// The version of the account's tokens then: whatever ends all sessions ends the change, too.
    #[serde(default)]
    pub version: u32,
    /// The first confirmation.
    #[serde(default)]
    pub confirmed: Option<Confirmation>,
    /// The request that moved the account.
    #[serde(default)]
    pub finished_by: Option<RequestId>,
    /// The end of its links.
    pub ends_at: Timestamp,
}

/// What follows from a use of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// It is the first of the two, to be stored.
    First(Confirmation),
    /// It is the second, so the account moves.
    Both,
    /// This request has stored it before. This address is still missing, unless the account moved.
    Before(Option<Mailbox>),
}

/// The link was used, or the change has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the link does not confirm this change")]
pub struct NotConfirmable;

impl Mailbox {
    /// The other address.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
        }
    }
}

impl EmailChange {
    /// Whether it can be confirmed.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.finished_by.is_none() && now < self.ends_at
    }

    /// Whether this address has not confirmed yet.
    pub fn awaits(&self, mailbox: Mailbox, now: Timestamp) -> bool {
        let has_confirmed = self.confirmed.as_ref().is_some_and(|first| first.mailbox == mailbox);
        self.is_open(now) && !has_confirmed
    }

    /// What follows if the link of this address is used by this request.
    pub fn confirm(&self, mailbox: Mailbox, by: &RequestId, now: Timestamp) -> Result<Confirmed, NotConfirmable> {
        if self.finished_by.as_ref() == Some(by) {
            return Ok(Confirmed::Before(None));
        }
        if !self.is_open(now) {
            return Err(NotConfirmable);
        }
        match &self.confirmed {
            None => Ok(Confirmed::First(Confirmation { mailbox, by: by.clone() })),
            Some(first) if first.mailbox == mailbox.other() => Ok(Confirmed::Both),
            Some(first) if first.by == *by => Ok(Confirmed::Before(Some(mailbox.other()))),
            Some(_) => Err(NotConfirmable),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(n: u128) -> RequestId {
        RequestId::new(Timestamp::from_millis(1), n)
    }

    fn change() -> EmailChange {
        let at = Timestamp::from_millis(0);
        EmailChange {
            change_id: EmailChangeId::new(at, 1),
            user_id: UserId::new(at, 1),
            old: "old@example.com".parse().unwrap(),
            new: "new@example.com".parse().unwrap(),
            version: 0,
            confirmed: None,
            finished_by: None,
            ends_at: at.plus(EMAIL_CHANGE_LIFETIME),
        }
    }

    #[test]
    fn both_addresses_confirm_once_in_any_order() {
        let now = Timestamp::from_millis(5);
        for mailbox in [Mailbox::Old, Mailbox::New] {
            let first = Confirmation { mailbox, by: request(1) };
            assert_eq!(change().confirm(mailbox, &request(1), now), Ok(Confirmed::First(first.clone())));
            let half = EmailChange { confirmed: Some(first), ..change() };
            assert!(!half.awaits(mailbox, now) && half.awaits(mailbox.other(), now));
            assert_eq!(half.confirm(mailbox, &request(1), now), Ok(Confirmed::Before(Some(mailbox.other()))));
            assert_eq!(half.confirm(mailbox, &request(2), now), Err(NotConfirmable), "a link works once");
            assert_eq!(half.confirm(mailbox.other(), &request(2), now), Ok(Confirmed::Both));
            let done = EmailChange { finished_by: Some(request(2)), ..half };
            assert_eq!(done.confirm(mailbox.other(), &request(2), now), Ok(Confirmed::Before(None)));
            for used in [Mailbox::Old, Mailbox::New] {
                assert_eq!(done.confirm(used, &request(3), now), Err(NotConfirmable));
            }
        }
    }

    #[test]
    fn a_change_ends_after_a_day() {
        let (last, end) = (Timestamp::from_millis(change().ends_at.millis() - 1), change().ends_at);
        assert!(change().confirm(Mailbox::New, &request(1), last).is_ok());
        assert_eq!(change().confirm(Mailbox::New, &request(1), end), Err(NotConfirmable));
        assert!(!change().awaits(Mailbox::New, end));
    }
}
