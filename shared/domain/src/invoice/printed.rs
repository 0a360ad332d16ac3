//! Texts that customers and staff give for an invoice: names and lines of addresses.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// The most characters of a line.
const MOST_CHARACTERS: usize = 120;

/// One line of text on an invoice. It has no control characters and no marks that turn the direction of writing, so
/// that it can't change how the lines beside it read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PrintedLine(String);

/// The text can't be a line of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a line has 1 to 120 characters, none of them for control")]
pub struct NotPrintable;

impl PrintedLine {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a character moves others or can't be seen. The joiners of Arabic and Indic letters are text.
fn is_control(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}'
                | '\u{e0000}'..='\u{10ffff}'
        )
}

impl FromStr for PrintedLine {
    type Err = NotPrintable;

    /// Takes the text without the spaces around it.
    fn from_str(text: &str) -> Result<Self, NotPrintable> {
        let text = text.trim();
        let length = text.chars().count();
        let is_line = (1..=MOST_CHARACTERS).contains(&length) && !text.chars().any(is_control);
        is_line.then(|| Self(text.to_owned())).ok_or(NotPrintable)
    }
}

impl TryFrom<String> for PrintedLine {
    type Error = NotPrintable;

    fn try_from(text: String) -> Result<Self, NotPrintable> {
        text.parse()
    }
}

impl From<PrintedLine> for String {
    fn from(line: PrintedLine) -> Self {
        line.0
    }
}

impl fmt::Display for PrintedLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_text_without_controls() {
        for line in ["Ama Mensah & Sons", "شركة النور", "क्\u{200d}ष", "12, Rue de l’Église", &"x".repeat(120)]
        {
            assert_eq!(line.parse::<PrintedLine>().unwrap().as_str(), line);
        }
        assert_eq!("  Accra\n".parse::<PrintedLine>().unwrap().as_str(), "Accra");
        for bad in ["", "   ", "a\nb", "a\tb", "a\u{202e}b", "a\u{2067}b", "\u{200f}a", "a\u{0}b", &"x".repeat(121)] {
            assert_eq!(bad.parse::<PrintedLine>(), Err(NotPrintable), "{bad:?}");
        }
    }
}
