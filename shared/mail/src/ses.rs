//! Sending by Amazon SES.

use crate::{
    MailSettings, Outgoing, SendError,
    event::{ADDRESS_TAG, LETTER_TAG, SENT_TAG},
    mailbox::ascii,
};
use aws_sdk_ses::{
    error::{ProvideErrorMetadata, SdkError},
    operation::send_raw_email::SendRawEmailError,
    primitives::Blob,
    types::{MessageTag, RawMessage},
};
use domain::suppression::AddressHash;
use runtime::{Client, ConfigError, Context};

/// The client of SES. `context.get::<SesMailer>()` reads the settings of mail at its first use.
#[derive(Clone, Debug)]
pub struct SesMailer {
    client: aws_sdk_ses::Client,
    settings: MailSettings,
}

/// A mail that SES accepted. It reports bounces and complaints under this id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// SES's id of the message.
    pub message_id: String,
}

impl Client for SesMailer {
    type Error = ConfigError;

    async fn connect(context: &Context) -> Result<Self, ConfigError> {
        let settings = MailSettings::read(context.environment())?;
        Ok(Self { client: aws_sdk_ses::Client::new(context.aws()), settings })
    }
}

impl SesMailer {
    /// The settings of mail, which name the sender.
    pub const fn settings(&self) -> &MailSettings {
        &self.settings
    }

    /// Sends a mail. SES replaces `Message-ID` and `Date`, and reports events with the tags of a [`crate::MailEvent`].
    pub async fn send(&self, mail: &Outgoing<'_>) -> Result<Sent, SendError> {
        let raw = RawMessage::builder().data(Blob::new(mail.raw()?)).build().map_err(unbuilt)?;
        let tag = |name, value| MessageTag::builder().name(name).value(value).build().map_err(unbuilt);
        let letter = tag(LETTER_TAG, mail.rendered.letter().to_owned())?;
        let address = tag(ADDRESS_TAG, AddressHash::of(mail.to).to_string())?;
        let sent = tag(SENT_TAG, mail.at.millis().to_string())?;
        let request = self.client.send_raw_email().raw_message(raw).tags(letter).tags(address).tags(sent);
        let request = request.set_source(ascii(mail.from.address())).destinations(mail.destination()?);
        let request = request.set_configuration_set_name(self.settings.configuration_set.clone());
        let sent = request.send().await.map_err(|error| sorted(&error))?;
        Ok(Sent { message_id: sent.message_id })
    }
}

fn unbuilt(_: impl std::error::Error) -> SendError {
    SendError::Misconfigured { code: "not built".to_owned() }
}

fn sorted(error: &SdkError<SendRawEmailError>) -> SendError {
    match error {
        SdkError::ServiceError(answer) => {
            let status = answer.raw().status().as_u16();
            SendError::of(answer.err().code().unwrap_or("no code"), answer.err().message().unwrap_or_default(), status)
        }
        SdkError::ConstructionFailure(_) => SendError::Misconfigured { code: "not built".to_owned() },
        _ => SendError::no_answer(),
    }
}

#[cfg(test)]
mod tests;
