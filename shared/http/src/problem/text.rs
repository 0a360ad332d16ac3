//! Texts with arguments, as tables that the macros generate at compile time (decision 0023).

use crate::language::{ByLanguage, Language};
use domain::Direction;
use serde_json::{Map, Value};

/// A text in every language.
pub type Text = ByLanguage<&'static [Part]>;

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Literal text.
    Text(&'static str),
    /// The argument with this name.
    Argument(&'static str),
}

/// The values of arguments, by name.
pub(crate) type Arguments = Map<String, Value>;

impl Text {
    /// The text with its arguments. The macros check that all of them are given. In Arabic, each argument is isolated,
    /// so that a number or a time keeps its own direction.
    pub(crate) fn render(&self, language: Language, arguments: &Arguments) -> String {
        let [before, after] = match language.direction() {
            Direction::LeftToRight => ["", ""],
            Direction::RightToLeft => ["\u{2068}", "\u{2069}"],
        };
        let mut written = String::new();
        for part in self.of(language) {
            match part {
                Part::Text(text) => written.push_str(text),
                Part::Argument(name) => {
                    written.push_str(before);
                    match arguments.get(*name) {
                        Some(Value::String(value)) => written.push_str(value),
                        Some(value) => written.push_str(&value.to_string()),
                        None => {}
                    }
                    written.push_str(after);
                }
            }
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn arguments_replace_their_placeholders() {
        let parts: &[Part] = &[Part::Argument("limit"), Part::Text(" of "), Part::Argument("policy"), Part::Text(".")];
        let arguments: Arguments =
            [("limit".to_owned(), json!(20)), ("policy".to_owned(), json!("requests"))].into_iter().collect();
        let text = ByLanguage { en: parts, fr: parts, sw: parts, hi: parts, pt: parts, ar: parts };
        assert_eq!(text.render(Language::English, &arguments), "20 of requests.");
        assert_eq!(text.render(Language::Arabic, &arguments), "\u{2068}20\u{2069} of \u{2068}requests\u{2069}.");
    }
}
