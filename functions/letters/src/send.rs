//! Queue LETTERS: sends a letter.
//!
//! A letter may be sent twice, if the function dies between SES's answer and the end of its run. It is never lost: what
//! can't be sent now is tried again for hours or days, and then waits with the dead letters. Each retry is counted by
//! its reason, because SQS does not count the age of a message that was received three times.

use crate::compose::{Addressed, compose};
use accounts::letters::LetterOrder;
use domain::{
    EmailAddress, MailId,
    suppression::{AddressHash, Undelivered},
};
use mail::{Letter, Outgoing, SendError, SesMailer};
use runtime::{Context, Verdict, telemetry};
use std::time::Duration;
use store::StoreError;

/// The pause after a failure of our own.
const SOON: Duration = Duration::from_secs(30);
/// The pause while mail is misconfigured, which a person ends.
const MISCONFIGURED: Duration = Duration::from_mins(10);
/// The reason of a retry that is no failure: as many letters were sent in this second as SES allows.
const OVER_RATE: &str = "over_rate";
/// The longest pause when as many letters were sent in this second as SES allows. A random part of it is waited, so
/// that the letters of a burst do not meet again.
const LATER: u32 = 60;

/// Sends a letter.
pub async fn send(context: Context, order: LetterOrder) -> Verdict {
    let mailer = match context.get::<SesMailer>().await {
        Ok(mailer) => mailer,
        Err(error) => {
            tracing::error!(%error, "mail is misconfigured");
            return again("misconfigured", MISCONFIGURED);
        }
    };
    // Before the letter is composed, which may write a token.
    match context.store().limits().take_mail(per_second(&context), context.now()).await {
        Ok(true) => {}
        Ok(false) => return again(OVER_RATE, later(context.random())),
        // SES has a limit of its own.
        Err(error) => tracing::warn!(%error, "a mail was not counted"),
    }
    let Addressed { to, language, letter, unsubscribe } = match compose(&context, order).await {
        Ok(Some(addressed)) => addressed,
        Ok(None) => return Verdict::Done,
        Err(error) => {
            tracing::error!(%error, "a letter was not composed");
            return again("not_composed", SOON);
        }
    };
    match refusal(&context, &to, &letter).await {
        Ok(None) => {}
        Ok(Some(why)) => {
            tracing::info!(?why, letter = letter.name(), "a letter is not sent to this address");
            telemetry::count("LettersSuppressed", 1);
            return Verdict::Done;
        }
        // Not knowing is no reason to write to somebody who complained.
        Err(error) => {
            tracing::error!(%error, "the suppression of an address was not read");
            return again("not_composed", SOON);
        }
    }
    let settings = mailer.settings();
    let (id, at) = (MailId::new(context.now(), context.random()), context.now());
    let rendered = letter.render(language, &settings.from, unsubscribe.as_ref());
    let reply_to = settings.reply_to.as_ref();
    let outgoing = Outgoing { from: &settings.from, to: &to, reply_to, rendered: &rendered, at, id: &id };
    judge(mailer.send(&outgoing).await.map(|_| ()), letter.name())
}

/// Why a letter must not be sent to this address now.
async fn refusal(context: &Context, to: &EmailAddress, letter: &Letter) -> Result<Option<Undelivered>, StoreError> {
    let suppression = context.store().accounts().suppression(&AddressHash::of(to)).await?;
    Ok(suppression.refuses(letter.occasion(), context.now()))
}

fn judge(sent: Result<(), SendError>, letter: &'static str) -> Verdict {
    let Err(error) = sent else {
        telemetry::count("LettersSent", 1);
        return Verdict::Done;
    };
    match error {
        SendError::Retry { after, .. } => {
            tracing::warn!(%error, letter, "a letter is sent later");
            again(error.class(), after)
        }
        SendError::Rejected { .. } => {
            tracing::warn!(%error, letter, "a letter can't be sent");
            telemetry::count("LettersRejected", 1);
            Verdict::Done
        }
        SendError::Misconfigured { .. } => {
            tracing::error!(%error, letter, "mail is misconfigured");
            again(error.class(), MISCONFIGURED)
        }
    }
}

/// Sends the letter later, and counts why.
fn again(why: &str, after: Duration) -> Verdict {
    telemetry::count_class("LettersRetried", why, 1);
    Verdict::Again(after)
}

fn later(random: u128) -> Duration {
    let seconds = 1 + random % u128::from(LATER);
    Duration::from_secs(u64::try_from(seconds).unwrap_or(1))
}

/// `MAIL_PER_SECOND`: the rate that SES allows the account; one if it is not set.
fn per_second(context: &Context) -> u32 {
    context.environment().setting("MAIL_PER_SECOND").parse().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_refused_letter_is_given_up() {
        let code = || "x".to_owned();
        for (sent, verdict) in [
            (Ok(()), Verdict::Done),
            (Err(SendError::Rejected { code: code() }), Verdict::Done),
            (Err(SendError::Retry { after: SOON, code: code() }), Verdict::Again(SOON)),
            (Err(SendError::Misconfigured { code: code() }), Verdict::Again(MISCONFIGURED)),
        ] {
            assert_eq!(judge(sent.clone(), "verify_email"), verdict, "{sent:?}");
        }
    }
}
