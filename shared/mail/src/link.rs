//! Links in letters.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// The longest link: mail programs and firewalls cut longer ones.
const LONGEST: usize = 1000;

/// A link in a letter: an `https` address, or an `http` address of this machine for the local stage. It may
/// contain a secret token, so `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Link(String);

/// The text is not a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a link is an https address of visible ASCII characters")]
pub struct NotALink;

impl Link {
    /// The complete address. It may be secret.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Link {
    type Err = NotALink;

    fn from_str(text: &str) -> Result<Self, NotALink> {
        let is_host = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        let is_local = |rest: &str| {
            let host = rest.split(['/', ':', '?', '#']).next();
            matches!(host, Some("localhost" | "127.0.0.1"))
        };
        let leads_somewhere =
            text.strip_prefix("https://").is_some_and(is_host) || text.strip_prefix("http://").is_some_and(is_local);
        // Angle brackets and quotes would end the link in a header or a plain text.
        let fits = |b: u8| b.is_ascii_graphic() && !b"<>\"\\^`{|}".contains(&b);
        let is_link = leads_somewhere && text.len() <= LONGEST && text.bytes().all(fits);
        if is_link { Ok(Self(text.to_owned())) } else { Err(NotALink) }
    }
}

impl TryFrom<String> for Link {
    type Error = NotALink;

    fn try_from(text: String) -> Result<Self, NotALink> {
        text.parse()
    }
}

impl From<Link> for String {
    fn from(link: Link) -> Self {
        link.0
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Link(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_links() {
        for good in [
            "https://example.com",
            "https://example.com/verify?token=a-b_c~d.e%2F&x=1#top",
            "http://localhost:8080/verify",
            "http://127.0.0.1/verify",
        ] {
            assert_eq!(good.parse::<Link>().unwrap().as_str(), good);
        }
        let long = format!("https://example.com/{}", "a".repeat(1000));
        for bad in [
            "",
            "example.com",
            "https://",
            "https:///path",
            "http://example.com",
            "http://localhost.example.com",
            "http://localhost@example.com",
            "javascript:alert(1)",
            "https://example.com/a b",
            "https://example.com/\r\nBcc: x@example.com",
            "https://example.com/>",
            "https://example.com/\"",
            "https://bücher.example",
            &long,
        ] {
            assert_eq!(bad.parse::<Link>(), Err(NotALink), "{bad}");
        }
        assert_eq!(format!("{:?}", "https://example.com/secret".parse::<Link>()), "Ok(Link(…))");
    }
}
