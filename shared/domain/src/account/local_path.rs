//! Paths of our own site, to which a page may go on.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The longest path.
const LONGEST: usize = 512;

/// A path of our own site, with its query and fragment, such as `/account?tab=keys`. No browser reads it as the address
/// of another site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LocalPath(String);

/// The text is not a path of our own site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a path of this site")]
pub struct NotALocalPath;

impl FromStr for LocalPath {
    type Err = NotALocalPath;

    /// Browsers read `//` and `/\` as the begin of a host, and skip tabs and line ends. So only one slash may be first,
    /// and everything that is not visible, and every `\`, is refused.
    fn from_str(text: &str) -> Result<Self, NotALocalPath> {
        let is_path = text.starts_with('/') && !text.starts_with("//");
        let fits = text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        if is_path && fits { Ok(Self(text.to_owned())) } else { Err(NotALocalPath) }
    }
}

impl TryFrom<String> for LocalPath {
    type Error = NotALocalPath;

    fn try_from(text: String) -> Result<Self, NotALocalPath> {
        text.parse()
    }
}

impl From<LocalPath> for String {
    fn from(path: LocalPath) -> Self {
        path.0
    }
}

impl fmt::Display for LocalPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_no_other_site() {
        for good in ["/", "/account?tab=keys#new", "/a//b", "/caf%C3%A9"] {
            assert_eq!(good.parse::<LocalPath>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "account",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/a\n",
            "/é",
            &format!("/{}", "a".repeat(512)),
        ] {
            assert_eq!(bad.parse::<LocalPath>(), Err(NotALocalPath), "{bad}");
        }
    }
}
