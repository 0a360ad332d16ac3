//! The sender of mails, and addresses as mail servers accept them.

use domain::EmailAddress;
use std::str::FromStr;
use thiserror::Error;

/// The longest name of a sender, in characters.
const LONGEST_NAME: usize = 64;

/// A sender: a name and an address, such as `Namaskah <hello@example.com>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    name: String,
    address: EmailAddress,
}

/// The text is not a name with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a sender is written like Namaskah <hello@example.com>")]
pub struct NotAMailbox;

impl Mailbox {
    /// The name, which is also the name of the product in letters.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The address.
    pub const fn address(&self) -> &EmailAddress {
        &self.address
    }
}

impl FromStr for Mailbox {
    type Err = NotAMailbox;

    fn from_str(text: &str) -> Result<Self, NotAMailbox> {
        let (name, address) = text.trim().strip_suffix('>').and_then(|text| text.split_once('<')).ok_or(NotAMailbox)?;
        let name = name.trim().trim_matches('"').trim();
        let fits = |c: char| !c.is_control() && !"<>\"\\".contains(c);
        if name.is_empty() || name.chars().count() > LONGEST_NAME || !name.chars().all(fits) {
            return Err(NotAMailbox);
        }
        Ok(Self { name: name.to_owned(), address: address.parse().map_err(|_| NotAMailbox)? })
    }
}

/// The address as SES accepts it: with the domain in Punycode. `None` for a local part outside ASCII, which SES
/// can't deliver to, and for a domain that has no form in ASCII.
pub(crate) fn ascii(address: &EmailAddress) -> Option<String> {
    let (local, host) = address.as_str().rsplit_once('@')?;
    let host = idna::domain_to_ascii(host).ok().filter(|host| !host.is_empty())?;
    local.is_ascii().then(|| format!("{local}@{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_has_a_name_and_an_address() {
        for (text, name) in [
            ("Namaskah <hello@example.com>", "Namaskah"),
            (" \"Namaskah, Inc.\" <hello@example.com> ", "Namaskah, Inc."),
            ("नमस्कार <hello@example.com>", "नमस्कार"),
        ] {
            let mailbox: Mailbox = text.parse().unwrap();
            assert_eq!((mailbox.name(), mailbox.address().as_str()), (name, "hello@example.com"));
        }
        for bad in [
            "",
            "hello@example.com",
            "<hello@example.com>",
            "Namaskah <hello>",
            "Namaskah <hello@example.com",
            "A\r\nBcc: x <hello@example.com>",
            "A <b <hello@example.com>",
        ] {
            assert_eq!(bad.parse::<Mailbox>(), Err(NotAMailbox), "{bad:?}");
        }
    }

    #[test]
    fn a_domain_is_written_in_ascii_and_a_local_part_must_be() {
        for (address, written) in [
            ("kofi+sms@example.com", Some("kofi+sms@example.com")),
            ("kofi@bücher.example", Some("kofi@xn--bcher-kva.example")),
            ("jürgen@example.com", None),
        ] {
            assert_eq!(ascii(&address.parse().unwrap()).as_deref(), written, "{address}");
        }
    }
}
