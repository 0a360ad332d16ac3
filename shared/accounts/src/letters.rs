//! What is to be sent by mail. A message of the queue says why somebody gets a letter; the worker that sends it looks
//! up the rest, and makes the one-time token. So a token exists only in its letter, and a request for a letter takes
//! the same time for every address.

use domain::{
    Credits, EmailAddress, EmailChangeId, ExportId, InvoiceId, Language, Network, Plan, RegistrationId, Timestamp,
    UserId,
    access::KeyName,
    account::{Device, ExportKind, Mailbox},
    invoice::InvoiceNumber,
    payment::{Amount, CoinAddress, PaymentReference},
};
use runtime::{Context, Queue, QueueError, telemetry};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Letters to send. They pause for long while only a person can help.
pub const LETTERS: Queue<LetterOrder> = Queue::new("LETTERS").pausing(Duration::from_mins(10));

/// A letter to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum LetterOrder {
    /// To the address of a registration: the link that proves it. If the address has an account, a letter that says
    /// so.
    VerifyEmail {
        /// The address.
        email: EmailAddress,
        /// The registration.
        registration_id: RegistrationId,
    },
    /// To an address, if it has an account: the link that sets a new password.
    ResetPassword {
        /// The address.
        email: EmailAddress,
    },
    /// To a person whose password was changed.
    PasswordChanged {
        /// The person.
        user_id: UserId,
        /// Time of the change.
        at: Timestamp,
    },
    /// To a person whose second factor was turned on or off.
    TwoFactorChanged {
        /// The person.
        user_id: UserId,
        /// Whether it is on now.
        enabled: bool,
        /// Time of the change.
        at: Timestamp,
    },
    /// To a person whose account was linked with an account at Google, or no longer is.
    GoogleChanged {
        /// The person.
        user_id: UserId,
        /// Whether it is linked now.
        linked: bool,
        /// When.
        at: Timestamp,
    },
    /// To a person who added or removed a passkey.
    PasskeyChanged {
        /// The person.
        user_id: UserId,
        /// The name of the passkey.
        name: KeyName,
        /// Whether it was added.
        added: bool,
        /// Time of the change.
        at: Timestamp,
    },
    /// To a person who signed in on a new device.
    NewSignIn {
        /// The person.
        user_id: UserId,
        /// Time of the sign-in.
        at: Timestamp,
        /// The device.
        device: Device,
        /// Its network.
        network: Network,
    },
    /// To a person whose account has a new API key.
    KeyMade {
        /// The person.
        user_id: UserId,
        /// The name of the key.
        name: KeyName,
        /// The last characters of the key.
        last_four: String,
        /// Time of its creation.
        at: Timestamp,
    },
    /// To a person whose API key was stopped after failures.
    KeyStopped {
        /// The person.
        user_id: UserId,
        /// The name of the key.
        name: KeyName,
        /// The last characters of the key.
        last_four: String,
        /// Time of the stop.
        at: Timestamp,
    },
    /// To a person whose wallet could not pay the next month of the plan.
    RenewalFailed {
        /// The person.
        user_id: UserId,
        /// The plan.
        plan: Plan,
        /// What a month costs.
        price: Credits,
        /// When the plan ends if it is not paid.
        until: Timestamp,
    },
    /// To a person whose paid plan ended.
    PlanEnded {
        /// The person.
        user_id: UserId,
        /// The plan.
        plan: Plan,
        /// When it ended.
        at: Timestamp,
    },
    /// To a person who used a part of the budget of the month.
    BudgetReached {
        /// The person.
        user_id: UserId,
        /// The part, in percent.
        percent: u8,
        /// What orders of the month cost.
        spent: Credits,
        /// The budget.
        budget: Credits,
        /// The end of the month.
        until: Timestamp,
    },
    /// To a person whose balance fell below the person's limit.
    LowBalance {
        /// The person.
        user_id: UserId,
        /// What can be spent.
        available: Credits,
    },
    /// To one of the addresses of a change: the link that confirms it. If the new address has an account, a letter that
    /// says so.
    ConfirmEmail {
        /// The person.
        user_id: UserId,
        /// The change.
        change_id: EmailChangeId,
        /// The address.
        mailbox: Mailbox,
    },
    /// To the former address of a person.
    EmailChanged {
        /// The person.
        user_id: UserId,
        /// The former address.
        former: EmailAddress,
        /// The new one.
        new_email: EmailAddress,
        /// Time of the change.
        at: Timestamp,
    },
    /// To the former address of a deleted account, if it was deleted at that time.
    AccountDeleted {
        /// The account.
        user_id: UserId,
        /// The former address.
        former: EmailAddress,
        /// The language of its mails.
        language: Language,
        /// Time of the deletion.
        at: Timestamp,
    },
    /// To a person whose export was written: its link.
    ExportReady {
        /// The person.
        user_id: UserId,
        /// The export.
        export_id: ExportId,
        /// Its kind.
        #[serde(default)]
        kind: ExportKind,
    },
    /// To a person who wants the coins of a payment back: the link that confirms their address.
    ConfirmRefundAddress {
        /// The payment.
        reference: PaymentReference,
        /// The address.
        address: CoinAddress,
    },
    /// To a person who has an invoice or a credit note.
    Invoice {
        /// The person.
        user_id: UserId,
        /// The document.
        invoice_id: InvoiceId,
        /// Its number.
        number: InvoiceNumber,
        /// Its total.
        amount: Amount,
        /// Time of issue.
        at: Timestamp,
        /// Whether it is a credit note.
        takes_back: bool,
    },
}

/// Orders a letter.
pub async fn order(context: &Context, order: &LetterOrder) -> Result<(), QueueError> {
    order_after(context, order, Duration::ZERO).await
}

/// Orders a letter that is composed after this time, 15 minutes at most.
pub(crate) async fn order_after(context: &Context, order: &LetterOrder, after: Duration) -> Result<(), QueueError> {
    context.queues().await.send(&LETTERS, order, after).await
}

/// Orders several letters.
pub(crate) async fn order_all(context: &Context, orders: &[LetterOrder]) -> Result<(), QueueError> {
    context.queues().await.send_all(&LETTERS, orders).await
}

/// Orders a letter about something that happened. It may be lost if the queue does not answer: what happened stays
/// true, and the request must not fail.
pub async fn tell(context: &Context, about: &LetterOrder) {
    if let Err(error) = order(context, about).await {
        tracing::error!(%error, "a letter was not ordered");
        telemetry::count("LettersLost", 1);
    }
}
