//! The settings of mail.

use crate::Mailbox;
use domain::EmailAddress;
use runtime::{ConfigError, Environment};

/// The settings of mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailSettings {
    /// `MAIL_FROM`: the sender, such as `Namaskah <hello@example.com>`. SES must have verified its domain.
    pub from: Mailbox,
    /// `MAIL_REPLY_TO`: the address that answers go to; without it, the sender's.
    pub reply_to: Option<EmailAddress>,
    /// `MAIL_CONFIGURATION_SET`: SES's configuration set, which reports bounces and complaints; may be absent.
    pub configuration_set: Option<String>,
}

impl MailSettings {
    /// Reads the settings.
    pub fn read(environment: &Environment) -> Result<Self, ConfigError> {
        let malformed = |name, expected| ConfigError::Malformed { name, expected };
        let from = environment.needed_setting("MAIL_FROM")?;
        let from = from.parse().map_err(|_| malformed("MAIL_FROM", "a sender like Namaskah <hello@example.com>"))?;
        let reply_to = given(environment.setting("MAIL_REPLY_TO")).map(|address| address.parse()).transpose();
        let reply_to = reply_to.map_err(|_| malformed("MAIL_REPLY_TO", "an email address"))?;
        let configuration_set = given(environment.setting("MAIL_CONFIGURATION_SET"));
        Ok(Self { from, reply_to, configuration_set })
    }
}

fn given(setting: String) -> Option<String> {
    (!setting.is_empty()).then_some(setting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_sender_is_needed() {
        let from = ("MAIL_FROM", "Namaskah <hello@example.com>");
        let least = MailSettings::read(&Environment::of([from])).unwrap();
        assert_eq!((least.from.name(), &least.reply_to, &least.configuration_set), ("Namaskah", &None, &None));
        let all = [from, ("MAIL_REPLY_TO", "help@example.com"), ("MAIL_CONFIGURATION_SET", "mail")];
        let all = MailSettings::read(&Environment::of(all)).unwrap();
        assert_eq!(all.reply_to, Some("help@example.com".parse().unwrap()));
        assert_eq!(all.configuration_set.as_deref(), Some("mail"));
    }

    #[test]
    fn a_missing_or_malformed_setting_is_named() {
        let from = ("MAIL_FROM", "Namaskah <hello@example.com>");
        for (settings, name) in [
            (vec![], "MAIL_FROM"),
            (vec![("MAIL_FROM", "hello@example.com")], "MAIL_FROM"),
            (vec![from, ("MAIL_REPLY_TO", "help")], "MAIL_REPLY_TO"),
        ] {
            let error = MailSettings::read(&Environment::of(settings)).unwrap_err().to_string();
            assert!(error.contains(name), "{error}");
        }
    }
}
