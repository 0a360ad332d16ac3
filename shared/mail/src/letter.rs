//! The letters that the product writes, and what each of them needs to know.

use crate::{Link, OneLine};
use domain::{Credits, EmailAddress, PhoneNumber, Plan, Timestamp, notification::Reminder, suppression::Occasion};
use serde::{Deserialize, Serialize};
use std::fmt;
use strum::{IntoStaticStr, VariantNames};

/// A letter with its arguments. `Debug` shows its name only, because links and names are private.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, VariantNames)]
#[serde(tag = "letter", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Letter {
    /// A new customer must confirm the address.
    VerifyEmail {
        /// Confirms the address.
        link: Link,
        /// How long the link works.
        hours: u32,
        /// When the address was registered. Who gets the letter recognises by this, and by the device and network,
        /// whose registration it is.
        at: Timestamp,
        /// The browser and the system.
        device: OneLine,
        /// The network.
        network: OneLine,
    },
    /// Someone tried to register an address that has an account. The answer of the request does not say so.
    AlreadyRegistered {
        /// The page to sign in.
        sign_in_link: Link,
        /// The page to ask for a new password.
        reset_link: Link,
    },
    /// The customer asked for a new password.
    ResetPassword {
        /// Lets the customer choose a password.
        link: Link,
        /// How long the link works.
        minutes: u32,
    },
    /// The password was changed.
    PasswordChanged {
        /// When.
        at: Timestamp,
    },
    /// Somebody signed in from a device or a network that is new to the account.
    NewSignIn {
        /// When.
        at: Timestamp,
        /// The browser and the system.
        device: OneLine,
        /// The address, and the place if known.
        network: OneLine,
    },
    /// The second factor was turned on or off.
    TwoFactorChanged {
        /// Whether it is on now.
        enabled: bool,
        /// When.
        at: Timestamp,
    },
    /// An account at Google may sign in from now on, or no longer.
    GoogleChanged {
        /// Whether it may.
        linked: bool,
        /// When.
        at: Timestamp,
    },
    /// A passkey was added or removed.
    PasskeyChanged {
        /// Its name.
        name: OneLine,
        /// Whether it was added.
        added: bool,
        /// When.
        at: Timestamp,
    },
    /// An API key was created.
    KeyMade {
        /// Its name.
        name: OneLine,
        /// Its last characters, which tell keys apart.
        last_four: OneLine,
        /// When.
        at: Timestamp,
    },
    /// An API key was stopped after failures.
    KeyStopped {
        /// Its name.
        name: OneLine,
        /// Its last characters.
        last_four: OneLine,
        /// When.
        at: Timestamp,
    },
    /// The customer wants to use another address; this letter goes to the new one.
    ConfirmNewEmail {
        /// Confirms the new address.
        link: Link,
        /// How long the link works.
        hours: u32,
    },
    /// The customer wants to use another address; this letter goes to the old one.
    ConfirmEmailChange {
        /// Allows the change.
        link: Link,
        /// How long the link works.
        hours: u32,
        /// The new address.
        new_email: EmailAddress,
    },
    /// The address was changed; this letter goes to the old one.
    EmailChanged {
        /// The new address.
        new_email: EmailAddress,
        /// When.
        at: Timestamp,
    },
    /// The copy of the customer's data is ready.
    ExportReady {
        /// Downloads it.
        link: Link,
        /// How long the link works.
        hours: u32,
    },
    /// The copy of the wallet's entries is ready.
    EntriesReady {
        /// Downloads it.
        link: Link,
        /// How long the link works.
        hours: u32,
    },
    /// The account was deleted.
    AccountDeleted {
        /// When.
        at: Timestamp,
    },
    /// The wallet could not pay the next month of the plan.
    RenewalFailed {
        /// The plan.
        plan: Plan,
        /// What a month costs.
        price: Credits,
        /// When the plan ends if it is not paid.
        until: Timestamp,
    },
    /// The paid plan ended.
    PlanEnded {
        /// The plan.
        plan: Plan,
        /// When.
        at: Timestamp,
    },
    /// A part of the customer's budget is used.
    BudgetReached {
        /// The part, in percent.
        percent: u32,
        /// What orders of the month cost.
        spent: Credits,
        /// The budget of the month.
        budget: Credits,
        /// The end of the month.
        until: Timestamp,
    },
    /// The balance fell below the customer's limit.
    LowBalance {
        /// What can be spent.
        available: Credits,
    },
    /// A rented number is about to expire.
    RentalEnding {
        /// The number.
        phone: PhoneNumber,
        /// When it expires.
        ends_at: Timestamp,
    },
    /// Support answered a ticket.
    TicketAnswered {
        /// The ticket's subject.
        subject: OneLine,
        /// The ticket in the customer's account.
        link: Link,
    },
    /// A payment was received.
    Receipt {
        /// The payment's reference.
        reference: OneLine,
        /// What was paid, with the currency, such as `GHS 50.00`.
        amount: OneLine,
        /// When.
        at: Timestamp,
    },
    /// The customer wants coins back, and must confirm where they go.
    ConfirmRefundAddress {
        /// Confirms the address.
        link: Link,
        /// How long the link works.
        hours: u32,
        /// The address of the coins.
        coins_to: OneLine,
        /// Its network, such as `bitcoin`.
        network: OneLine,
    },
    /// An invoice or a credit note was issued.
    Invoice {
        /// The document in the customer's account.
        link: Link,
        /// Its number.
        number: OneLine,
        /// Its total, with the currency, such as `GHS 50.00`.
        amount: OneLine,
        /// When it was issued.
        at: Timestamp,
        /// Whether it is a credit note.
        takes_back: bool,
    },
}

impl Letter {
    /// The names of all letters.
    pub const NAMES: &[&str] = Self::VARIANTS;

    /// The name, such as `verify_email`. It is the same in JSON, in texts and in SES's events.
    pub fn name(&self) -> &'static str {
        self.into()
    }

    /// Whether somebody asked for it right now, and waits for it.
    pub const fn occasion(&self) -> Occasion {
        match self {
            Self::VerifyEmail { .. }
            | Self::AlreadyRegistered { .. }
            | Self::ResetPassword { .. }
            | Self::ConfirmNewEmail { .. }
            | Self::ConfirmEmailChange { .. }
            | Self::ConfirmRefundAddress { .. } => Occasion::Asked,
            Self::PasswordChanged { .. }
            | Self::NewSignIn { .. }
            | Self::TwoFactorChanged { .. }
            | Self::GoogleChanged { .. }
            | Self::PasskeyChanged { .. }
            | Self::KeyMade { .. }
            | Self::KeyStopped { .. }
            | Self::EmailChanged { .. }
            | Self::ExportReady { .. }
            | Self::EntriesReady { .. }
            | Self::AccountDeleted { .. }
            | Self::RenewalFailed { .. }
            | Self::PlanEnded { .. }
            | Self::BudgetReached { .. }
            | Self::LowBalance { .. }
            | Self::RentalEnding { .. }
            | Self::TicketAnswered { .. }
            | Self::Receipt { .. }
            | Self::Invoice { .. } => Occasion::Told,
        }
    }

    /// The reminder that it is, from which a customer may unsubscribe.
    pub const fn reminder(&self) -> Option<Reminder> {
        match self {
            Self::LowBalance { .. } => Some(Reminder::LowBalance),
            Self::RentalEnding { .. } => Some(Reminder::RentalEnding),
            _ => None,
        }
    }

    /// Whether the customer gets it because of something that happened in the account, and therefore can't
    /// unsubscribe from it. The others are reminders.
    pub const fn is_transactional(&self) -> bool {
        self.reminder().is_none()
    }
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Letter({})", self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::samples;

    #[test]
    fn every_letter_has_a_sample_and_survives_a_queue() {
        let mut names: Vec<_> = samples().unwrap().iter().map(Letter::name).collect();
        names.dedup();
        assert_eq!(names, Letter::NAMES);
        for letter in samples().unwrap() {
            let json = serde_json::to_string(&letter).unwrap();
            assert!(json.contains(&format!("\"letter\":\"{}\"", letter.name())), "{json}");
            assert_eq!(serde_json::from_str::<Letter>(&json).unwrap(), letter);
        }
    }

    #[test]
    fn only_reminders_can_be_unsubscribed_from() {
        let letters = samples().unwrap();
        let reminders = letters.iter().filter(|letter| !letter.is_transactional()).map(Letter::name);
        assert_eq!(reminders.collect::<Vec<_>>(), ["low_balance", "rental_ending"]);
    }

    #[test]
    fn debug_shows_no_argument() {
        let letters = samples().unwrap();
        assert_eq!(format!("{:?}", letters[0]), "Letter(verify_email)");
    }
}
