//! Codes: what programs decide by. Each crate declares its own with [`problems!`](crate::problems!).

use super::text::{Arguments, Text};
use crate::language::{ByLanguage, Language};
use std::{cmp::Ordering, fmt};

/// A code of problems. Codes are stable: clients decide by them. Equal codes have the same name.
#[derive(Clone, Copy)]
pub struct Code {
    name: &'static str,
    status: u16,
    title: ByLanguage<&'static str>,
    advice: ByLanguage<&'static str>,
    example: Example,
}

/// An answer with a code, for the reference.
#[derive(Clone, Copy)]
pub struct Example {
    /// The text of its detail.
    pub detail: Text,
    /// The members that it has by its arguments, as JSON.
    pub members: &'static [(&'static str, &'static str)],
}

impl Code {
    /// A code. Use [`problems!`](crate::problems!).
    #[doc(hidden)]
    pub const fn new(
        name: &'static str,
        status: u16,
        title: ByLanguage<&'static str>,
        advice: ByLanguage<&'static str>,
        example: Example,
    ) -> Self {
        Self { name, status, title, advice, example }
    }

    /// The code as clients see it: `too_early`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The HTTP status.
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// The code in words.
    pub const fn title(&self, language: Language) -> &'static str {
        self.title.of(language)
    }

    /// What a client can do about it. The `detail` of an answer says more about its own case.
    pub const fn advice(&self, language: Language) -> &'static str {
        self.advice.of(language)
    }

    /// The detail of an answer with this code, and the members of its arguments.
    #[cfg(feature = "document")]
    pub(crate) fn example(&self, language: Language) -> (String, Arguments) {
        // A macro wrote the JSON.
        let value = |json: &str| serde_json::from_str(json).unwrap_or_default();
        let members = self.example.members.iter().map(|(name, json)| ((*name).to_owned(), value(json))).collect();
        (self.example.detail.render(language, &members), members)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Code {}

/// By status, then by name: the order of references.
impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.status, self.name).cmp(&(other.status, other.name))
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
