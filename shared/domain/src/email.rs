//! Email addresses of customers.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The longest address (RFC 5321).
const LONGEST: usize = 254;
/// The longest part before the `@`.
const LONGEST_LOCAL: usize = 64;

/// An email address in lower case. Two spellings that differ in case only are one address, because a mailbox
/// that tells them apart is not known, and two accounts for one person are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// The text is not an email address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an email address")]
pub struct NotAnEmail;

impl EmailAddress {
    /// The address as a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The mailbox, as far as an address tells: many providers ignore what follows a `+`, and Google ignores dots and
    /// has two names. It is for counting what one person gets once, never for sending.
    pub fn mailbox(&self) -> String {
        let (local, host) = self.0.rsplit_once('@').unwrap_or((&self.0, ""));
        let local = local.split_once('+').map_or(local, |(name, _)| name);
        match host {
            "gmail.com" | "googlemail.com" => format!("{}@gmail.com", local.replace('.', "")),
            _ => format!("{local}@{host}"),
        }
    }

    /// The host.
    pub fn host(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, host)| host)
    }
}

impl FromStr for EmailAddress {
    type Err = NotAnEmail;

    /// Accepts what mail systems deliver to: an unquoted local part, and a host name with a dot.
    fn from_str(text: &str) -> Result<Self, NotAnEmail> {
        // Lower case first: the lower case of a letter may be longer, and need a mark that an address may not have.
        let text = text.trim().to_lowercase();
        let (local, host) = text.rsplit_once('@').ok_or(NotAnEmail)?;
        let fits = text.len() <= LONGEST && local.len() <= LONGEST_LOCAL;
        if fits && is_local_part(local) && is_host(host) { Ok(Self(text)) } else { Err(NotAnEmail) }
    }
}

fn is_local_part(local: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    local.split('.').all(|part| !part.is_empty() && part.chars().all(allowed))
}

fn is_host(host: &str) -> bool {
    let label = |part: &str| {
        let allowed = |c: char| c.is_alphanumeric() || c == '-';
        (1..=63).contains(&part.len()) && part.chars().all(allowed) && !part.starts_with('-') && !part.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.contains('.') && host.split('.').all(label) && !last.chars().all(|c| c.is_ascii_digit())
}

impl TryFrom<String> for EmailAddress {
    type Error = NotAnEmail;

    fn try_from(text: String) -> Result<Self, NotAnEmail> {
        text.parse()
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn usual_addresses_are_read_and_others_are_not() {
        for (text, read) in [
            ("kofi@example.com", "kofi@example.com"),
            (" Kofi.Mensah+sms@Example.co.uk ", "kofi.mensah+sms@example.co.uk"),
            ("o'neil@sub.example.museum", "o'neil@sub.example.museum"),
            ("jürgen@bücher.example", "jürgen@bücher.example"),
        ] {
            assert_eq!(text.parse::<EmailAddress>().unwrap().as_str(), read);
        }
        let long = format!("{}@example.com", "a".repeat(65));
        for text in [
            "",
            "kofi",
            "@example.com",
            "kofi@",
            "kofi@example",
            "ko fi@example.com",
            "kofi@exa mple.com",
            "kofi..m@example.com",
            ".kofi@example.com",
            "kofi@-example.com",
            "kofi@example..com",
            "kofi@10.0.0.1",
            "kofi@[10.0.0.1]",
            "\"kofi\"@example.com",
            "kofi@example.com\r\nBcc: x@example.com",
            "İ@example.com",
            &long,
        ] {
            assert_eq!(text.parse::<EmailAddress>(), Err(NotAnEmail), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_was_read_is_read_again(text in "\\PC{1,70}@[a-zÀ-ɏİ.-]{1,20}\\.com") {
            if let Ok(address) = text.parse::<EmailAddress>() {
                prop_assert_eq!(address.as_str().parse(), Ok(address.clone()));
                prop_assert!(address.as_str().len() <= LONGEST);
            }
        }
    }

    #[test]
    fn a_mailbox_has_many_addresses() {
        for (address, mailbox) in [
            ("ama@example.com", "ama@example.com"),
            ("Ama+shop@example.com", "ama@example.com"),
            ("a.ma@example.com", "a.ma@example.com"),
            ("a.m.a+1@gmail.com", "ama@gmail.com"),
            ("ama@googlemail.com", "ama@gmail.com"),
            ("+a@example.com", "@example.com"),
        ] {
            let address: EmailAddress = address.parse().unwrap();
            assert_eq!(address.mailbox(), mailbox);
        }
    }
}
