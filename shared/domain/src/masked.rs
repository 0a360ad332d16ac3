//! Strings that the customer may read and logs may not contain. `Debug` shows their length only.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! masked {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Masks a string.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The complete string. It is private.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({} characters)"), self.0.chars().count())
            }
        }
    };
}

masked!(
    /// The text of a message.
    MessageText
);
masked!(
    /// The code in a message.
    Code
);
masked!(
    /// The sender of a message, by name or number.
    Sender
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_the_length_and_json_the_text() {
        let text = MessageText::new("Your code is 483920");
        assert_eq!(format!("{text:?}"), "MessageText(19 characters)");
        assert_eq!(format!("{:?}", Some(Code::new("483920"))), "Some(Code(6 characters))");
        assert_eq!(serde_json::to_string(&text).unwrap(), "\"Your code is 483920\"");
        assert_eq!(serde_json::from_str::<Sender>("\"Bank\"").unwrap(), Sender::new("Bank"));
    }
}
