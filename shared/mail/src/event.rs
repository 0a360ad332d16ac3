//! What SES reports about a mail (developer guide, "Contents of event data that Amazon SES publishes to Amazon SNS").

use domain::{
    Timestamp,
    suppression::{AddressHash, Undelivered},
};
use serde::Deserialize;
use std::{collections::BTreeMap, fmt};

/// The tag of a mail with the letter's name.
pub(crate) const LETTER_TAG: &str = "letter";
/// The tag of a mail with the hash of its reader's address. Reports come back with it, so no address has to be read
/// from them: a mail that was forwarded bounces for another address than the one that it was sent to.
pub(crate) const ADDRESS_TAG: &str = "address";
/// The tag of a mail with the time at which it was sent, in milliseconds since 1970 by our clock, with which other
/// times are compared.
pub(crate) const SENT_TAG: &str = "sent_ms";

/// An event of a mail.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Wire")]
pub struct MailEvent {
    /// What happened.
    pub outcome: Outcome,
    /// The letter; `None` if the mail was not sent by [`crate::SesMailer`].
    pub letter: Option<SentLetter>,
}

/// A letter that was sent. `Debug` shows its name only.
#[derive(Clone, PartialEq, Eq)]
pub struct SentLetter {
    /// Its name.
    pub name: String,
    /// The hash of its reader's address.
    pub address: AddressHash,
    /// When it was sent.
    pub sent_at: Timestamp,
}

/// What happened to a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It has no mailbox, or was not wanted.
    Undelivered(Undelivered),
    /// It bounced, and a later one may not: the mailbox is full, or the server gave no reason.
    BouncedSoftly,
    /// SES did not deliver it, because it has a virus.
    Rejected,
    /// Nothing that needs an answer.
    Other,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    event_type: String,
    mail: Mail,
    bounce: Option<Bounce>,
    complaint: Option<Complaint>,
}

#[derive(Deserialize)]
struct Mail {
    #[serde(default)]
    tags: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    bounce_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Complaint {
    complaint_feedback_type: Option<String>,
}

impl From<Wire> for MailEvent {
    fn from(wire: Wire) -> Self {
        let is_permanent = wire.bounce.is_some_and(|bounce| bounce.bounce_type == "Permanent");
        // Somebody may also report that a mail is no spam.
        let is_praise = wire.complaint.is_some_and(|one| one.complaint_feedback_type.as_deref() == Some("not-spam"));
        let outcome = match wire.event_type.as_str() {
            "Bounce" if is_permanent => Outcome::Undelivered(Undelivered::Bounced),
            "Bounce" => Outcome::BouncedSoftly,
            "Complaint" if !is_praise => Outcome::Undelivered(Undelivered::Complained),
            "Reject" => Outcome::Rejected,
            _ => Outcome::Other,
        };
        Self { outcome, letter: wire.mail.letter() }
    }
}

impl Mail {
    fn letter(&self) -> Option<SentLetter> {
        let tag = |name| self.tags.get(name).and_then(|values| values.first());
        let sent_at = tag(SENT_TAG)?.parse().ok().map(Timestamp::from_millis)?;
        Some(SentLetter { name: tag(LETTER_TAG)?.clone(), address: tag(ADDRESS_TAG)?.parse().ok()?, sent_at })
    }
}

impl fmt::Debug for SentLetter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SentLetter({})", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(event: &Value) -> MailEvent {
        serde_json::from_value(event.clone()).unwrap()
    }

    fn event(kind: &str, name: &str, detail: &Value) -> Value {
        let tags = json!({
            "letter": ["low_balance"], "address": ["a".repeat(64)], "sent_ms": ["1795255202000"],
            "ses:configuration-set": ["mail"]
        });
        json!({
            "eventType": kind,
            "mail": { "timestamp": "2017-08-05T00:40:02.012Z", "destination": ["kofi@example.com"], "tags": tags },
            name: detail
        })
    }

    #[test]
    fn only_permanent_bounces_and_complaints_are_about_the_address() {
        let bounce = |kind: &str| event("Bounce", "bounce", &json!({ "bounceType": kind, "bouncedRecipients": [] }));
        for (event, outcome) in [
            (bounce("Permanent"), Outcome::Undelivered(Undelivered::Bounced)),
            (bounce("Transient"), Outcome::BouncedSoftly),
            (bounce("Undetermined"), Outcome::BouncedSoftly),
            (
                event("Complaint", "complaint", &json!({ "complaintFeedbackType": "abuse" })),
                Outcome::Undelivered(Undelivered::Complained),
            ),
            (event("Complaint", "complaint", &json!({})), Outcome::Undelivered(Undelivered::Complained)),
            (event("Complaint", "complaint", &json!({ "complaintFeedbackType": "not-spam" })), Outcome::Other),
            (event("Reject", "reject", &json!({ "reason": "Bad content" })), Outcome::Rejected),
            (event("Delivery", "delivery", &json!({})), Outcome::Other),
            (event("DeliveryDelay", "deliveryDelay", &json!({ "delayType": "MailboxFull" })), Outcome::Other),
        ] {
            let read = read(&event);
            assert_eq!(read.outcome, outcome, "{event}");
            assert!(!format!("{read:?}").contains("aaaa"), "{read:?}");
            let letter = read.letter.unwrap();
            assert_eq!((letter.name.as_str(), letter.address.as_str()), ("low_balance", "a".repeat(64).as_str()));
            assert_eq!(letter.sent_at, Timestamp::from_millis(1_795_255_202_000));
        }
    }

    #[test]
    fn a_mail_of_somebody_else_is_no_letter() {
        for tag in [LETTER_TAG, ADDRESS_TAG, SENT_TAG] {
            let mut event = event("Bounce", "bounce", &json!({ "bounceType": "Permanent" }));
            event["mail"]["tags"].as_object_mut().unwrap().remove(tag);
            assert_eq!(read(&event).letter, None, "{tag}");
        }
        let mut event = event("Bounce", "bounce", &json!({ "bounceType": "Permanent" }));
        event["mail"]["tags"]["address"] = json!(["kofi@example.com"]);
        assert_eq!(read(&event).letter, None);
        event["mail"].as_object_mut().unwrap().remove("tags");
        assert_eq!(read(&event).letter, None);
        assert!(serde_json::from_value::<MailEvent>(json!({ "eventType": "Bounce" })).is_err());
    }
}
