//! The top-level domains.

use std::{collections::HashSet, sync::LazyLock};

/// The list. A missing domain costs little: with a path or in an e-mail address, any domain counts.
static DOMAINS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("top_level.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// The form of a domain of another script in ASCII (RFC 3492).
const PUNYCODE: &str = "xn--";

/// Whether letters are a top-level domain, in any case.
pub(super) fn is_top_level(letters: &[char]) -> bool {
    let label: String = letters.iter().flat_map(|c| c.to_lowercase()).collect();
    DOMAINS.contains(label.as_str()) || label.strip_prefix(PUNYCODE).is_some_and(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_of_all_scripts_are_listed() {
        let known = |label: &str| is_top_level(&label.chars().collect::<Vec<_>>());
        for label in ["com", "by", "AT", "museum", "бел", "рф", "УКР", "ไทย", "中国", "xn--p1ai", "example"]
        {
            assert!(known(label), "{label}");
        }
        for label in ["", "your", "code", "do-not", "5823", "xn--", "#", "b"] {
            assert!(!known(label), "{label}");
        }
        assert!(DOMAINS.iter().all(|label| *label == label.to_lowercase()));
    }
}
