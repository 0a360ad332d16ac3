//! What is to be sent by mail. A message of the queue says why somebody gets a letter; the worker that sends it looks up
//! the rest, and makes the one-time token. So a token exists only in its letter, and a request for a letter takes
//! the same time for every address.

use domain::{Credits, EmailAddress, Network, RegistrationId, Timestamp, UserId, access::KeyName, account::Device};
use runtime::{Context, Queue, QueueError, telemetry};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Letters to send.
pub const LETTERS: Queue<LetterOrder> = Queue::new("LETTERS");

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
    /// To a person whose balance fell below the person's limit.
    LowBalance {
        /// The person.
        user_id: UserId,
        /// What can be spent.
        available: Credits,
    },
}

/// Orders a letter.
pub(crate) async fn order(context: &Context, order: &LetterOrder) -> Result<(), QueueError> {
    context.queues().await.send(&LETTERS, order, Duration::ZERO).await
}

/// Orders a letter about something that happened. It may be lost if the queue does not answer: what happened stays
/// true, and the request must not fail.
pub async fn tell(context: &Context, about: &LetterOrder) {
    if let Err(error) = order(context, about).await {
        tracing::error!(%error, "a letter was not ordered");
        telemetry::count("LettersLost", 1);
    }
}
