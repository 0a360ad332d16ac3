//! Queue FEEDBACK: what became of letters, as SES reports it. An address that bounces or complains gets no more of them
//! (decision 0037).
//!
//! A report may come twice and late. What is written about an address has the time at which the letter was sent, and
//! only a later one replaces it.

use domain::suppression::Undelivered;
use mail::{MailEvent, Outcome, SentLetter};
use runtime::{Context, Queue, Verdict, telemetry};
use std::time::Duration;

/// Reports of SES.
pub const FEEDBACK: Queue<MailEvent> = Queue::new("FEEDBACK");

/// The pause after a failure of our own.
const SOON: Duration = Duration::from_secs(30);

/// Notes what became of a letter.
pub async fn feedback(context: Context, event: MailEvent) -> Verdict {
    let Some(letter) = event.letter else {
        tracing::warn!(outcome = ?event.outcome, "a report about a mail that is no letter");
        return Verdict::Done;
    };
    match event.outcome {
        Outcome::Undelivered(what) => return undelivered(&context, &letter, what).await,
        Outcome::BouncedSoftly => {
            tracing::info!(letter = letter.name, "a letter bounced for now");
            telemetry::count("LettersDelayed", 1);
        }
        Outcome::Rejected => {
            tracing::warn!(letter = letter.name, "a letter was not delivered by SES");
            telemetry::count("LettersRejected", 1);
        }
        Outcome::Other => {}
    }
    Verdict::Done
}

async fn undelivered(context: &Context, letter: &SentLetter, what: Undelivered) -> Verdict {
    if let Err(error) = context.store().accounts().note_undelivered(&letter.address, what, letter.sent_at).await {
        tracing::error!(%error, "a report about a letter was not noted");
        return Verdict::Again(SOON);
    }
    tracing::info!(?what, letter = letter.name, "an address gets no more letters");
    let metric = match what {
        Undelivered::Bounced => "LettersBounced",
        Undelivered::Complained => "LettersComplained",
    };
    telemetry::count(metric, 1);
    Verdict::Done
}
