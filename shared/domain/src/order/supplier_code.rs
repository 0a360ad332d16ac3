//! The code that a supplier found in a message, as a person types it.

use crate::{Code, code};

/// The longest text, in characters, that is still a code with its separators.
const LONGEST: usize = 32;
/// How many letters and digits a code has that our own reading does not know as one.
const CHARACTERS: std::ops::RangeInclusive<usize> = 3..=16;
/// What programs write for "no code".
const NOTHING: [&str; 6] = ["null", "none", "nil", "undefined", "false", "true"];

/// The code as a person types it, or `None` if it has not the form of a code.
///
/// It is read as a text that names it a code, so that it gets the same form as our own codes: ASCII digits, without
/// separators or a brand prefix. What this reading does not take for a code is kept if it is one word.
pub(super) fn typed(said: &Code) -> Option<Code> {
    let said = said.as_str().trim();
    if said.chars().count() > LONGEST || NOTHING.contains(&said.to_lowercase().as_str()) {
        return None;
    }
    code::extract(&format!("code: {said}")).code.or_else(|| word(said)).map(Code::new)
}

/// The text without spaces and dashes, if only letters and digits are left.
fn word(text: &str) -> Option<String> {
    let word: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let is_word = CHARACTERS.contains(&word.chars().count()) && word.chars().all(char::is_alphanumeric);
    is_word.then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_shown_as_a_person_types_it() {
        for (said, shown) in [
            ("551022", Some("551022")),
            (" 551022\n", Some("551022")),
            ("551-022", Some("551022")),
            ("551 022", Some("551022")),
            ("G-551022", Some("551022")),
            ("007", Some("007")),
            ("2024", Some("2024")),
            ("7km2px", Some("7km2px")),
            ("A7K-9QX", Some("A7K9QX")),
            ("mirabu", Some("mirabu")),
            ("551022551022", Some("551022551022")),
            ("٥٥١٠٢٢", Some("551022")),
            ("", None),
            ("  ", None),
            ("7", None),
            ("null", None),
            ("None", None),
            ("-", None),
            ("***", None),
            ("https://v.example/551022", None),
            ("Your balance is low, please top up", None),
            ("12345678901234567", None),
        ] {
            assert_eq!(typed(&Code::new(said)).as_ref().map(Code::as_str), shown, "{said:?}");
        }
    }
}
