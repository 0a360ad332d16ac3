//! The codes of problems. Each crate declares its own with [`problems!`](crate::problems!).

#[cfg(feature = "document")]
use super::text::Arguments;
use super::text::Text;
use crate::language::{ByLanguage, Language};
use std::{cmp::Ordering, fmt};

/// The code of a problem. Codes are stable, because clients depend on them. Codes with the same name are equal.
#[derive(Clone, Copy)]
pub struct Code {
    name: &'static str,
    status: u16,
    title: ByLanguage<&'static str>,
    #[cfg(feature = "document")]
    advice: &'static str,
    #[cfg(feature = "document")]
    example: Example,
}

/// An example answer with a code, for the API reference.
#[derive(Clone, Copy)]
pub struct Example {
    /// The text of `detail`.
    pub detail: Text,
    /// The members for the arguments of the text, as JSON.
    pub members: &'static [(&'static str, &'static str)],
}

impl Code {
    /// Creates a code. Use [`problems!`](crate::problems!).
    #[doc(hidden)]
    pub const fn new(
        name: &'static str,
        status: u16,
        title: ByLanguage<&'static str>,
        advice: &'static str,
        example: Example,
    ) -> Self {
        // Only the OpenAPI document has advice and examples.
        #[cfg(not(feature = "document"))]
        let _ = (advice, example);
        Self {
            name,
            status,
            title,
            #[cfg(feature = "document")]
            advice,
            #[cfg(feature = "document")]
            example,
        }
    }

    /// The code as clients see it: `too_early`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The HTTP status.
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// A short summary of the code.
    pub const fn title(&self, language: Language) -> &'static str {
        self.title.of(language)
    }

    /// What a client can do about the problem, for the API reference. The `detail` of an answer is more specific.
    #[cfg(feature = "document")]
    pub(crate) const fn advice(&self) -> &'static str {
        self.advice
    }

    /// The detail of an answer with this code, and the members of its arguments.
    #[cfg(feature = "document")]
    pub(crate) fn example(&self, language: Language) -> (String, Arguments) {
        // The JSON is valid, because a macro generates it.
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

/// Orders by status, then by name, as the API reference does.
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
