//! Texts with arguments, as tables that the macros generate at compile time (decision 0023).

use crate::language::{ByLanguage, Language};
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
    /// The text with its arguments. The macros check that all of them are given.
    pub(crate) fn render(&self, language: Language, arguments: &Arguments) -> String {
        let mut written = String::new();
        for part in self.of(language) {
            match part {
                Part::Text(text) => written.push_str(text),
                Part::Argument(name) => match arguments.get(*name) {
                    Some(Value::String(value)) => written.push_str(value),
                    Some(value) => written.push_str(&value.to_string()),
                    None => {}
                },
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
        assert_eq!(ByLanguage { en: parts }.render(Language::English, &arguments), "20 of requests.");
    }
}
