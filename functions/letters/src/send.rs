//! Queue LETTERS: sends a letter.
//!
//! A letter may be sent twice, if the function dies between SES's answer and the end of its run. It is never lost: what
//! can't be sent now is tried again for hours, and then waits with the dead letters.

use crate::compose::{Addressed, compose};
use accounts::letters::LetterOrder;
use domain::MailId;
use mail::{Outgoing, SendError, SesMailer};
use runtime::{Context, Verdict, telemetry};
use std::time::Duration;

/// The pause after a failure of our own.
const SOON: Duration = Duration::from_secs(30);
/// The pause while mail is misconfigured, which a person ends.
const MISCONFIGURED: Duration = Duration::from_mins(10);
/// The pause when as many letters were sent in this second as SES allows.
const NEXT_SECOND: Duration = Duration::from_secs(2);

/// Sends a letter.
pub async fn send(context: Context, order: LetterOrder) -> Verdict {
    let Addressed { to, language, letter } = match compose(&context, order).await {
        Ok(Some(addressed)) => addressed,
        Ok(None) => return Verdict::Done,
        Err(error) => {
            tracing::error!(%error, "a letter was not composed");
            return Verdict::Again(SOON);
        }
    };
    let mailer = match context.get::<SesMailer>().await {
        Ok(mailer) => mailer,
        Err(error) => {
            tracing::error!(%error, "mail is misconfigured");
            return Verdict::Again(MISCONFIGURED);
        }
    };
    match context.store().limits().take_mail(per_second(&context), context.now()).await {
        Ok(true) => {}
        Ok(false) => return Verdict::Again(NEXT_SECOND),
        // SES has a limit of its own.
        Err(error) => tracing::warn!(%error, "a mail was not counted"),
    }
    let settings = mailer.settings();
    let (id, at) = (MailId::new(context.now(), context.random()), context.now());
    let rendered = letter.render(language, &settings.from, None);
    let reply_to = settings.reply_to.as_ref();
    let outgoing = Outgoing { from: &settings.from, to: &to, reply_to, rendered: &rendered, at, id: &id };
    judge(mailer.send(&outgoing).await.map(|_| ()), letter.name())
}

fn judge(sent: Result<(), SendError>, letter: &'static str) -> Verdict {
    let Err(error) = sent else {
        telemetry::count("LettersSent", 1);
        return Verdict::Done;
    };
    match error {
        SendError::Retry { after, .. } => {
            tracing::warn!(%error, letter, "a letter is sent later");
            Verdict::Again(after)
        }
        SendError::Rejected { .. } => {
            tracing::warn!(%error, letter, "a letter can't be sent");
            telemetry::count("LettersRejected", 1);
            Verdict::Done
        }
        SendError::Misconfigured { .. } => {
            tracing::error!(%error, letter, "mail is misconfigured");
            Verdict::Again(MISCONFIGURED)
        }
    }
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
