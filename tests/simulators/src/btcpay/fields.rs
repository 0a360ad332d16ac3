//! The fields of a JSON body, read as the server reads them: unknown ones are ignored, and all wrong ones are named in
//! one answer.

use super::problem::Problem;
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// What is wrong with a body: paths and messages.
pub type Wrongs = Vec<(String, String)>;

/// An object of a body.
pub struct Fields {
    path: String,
    object: Map<String, Value>,
    wrongs: Wrongs,
}

impl Fields {
    /// The fields of a body, which must be an object.
    pub fn of_body(body: &[u8]) -> Result<Self, Problem> {
        if body.is_empty() {
            return Err(Problem::invalid("", "A non-empty request body is required."));
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(object)) => Ok(Self { path: String::new(), object, wrongs: Vec::new() }),
            Ok(_) => Err(Problem::invalid("", "The request body must be an object.")),
            Err(error) => Err(Problem::invalid("", &format!("The request body is not JSON: {error}."))),
        }
    }

    /// The object in a field; an empty one if there is none.
    pub fn nested(&mut self, name: &str) -> Self {
        let object = self.take(name, "an object", |value| match value {
            Value::Object(object) => Some(object),
            _ => None,
        });
        Self { path: format!("{}{name}.", self.path), object: object.unwrap_or_default(), wrongs: Vec::new() }
    }

    /// Takes over what is wrong with a nested object.
    pub fn absorb(&mut self, nested: Self) {
        self.wrongs.extend(nested.wrongs);
    }

    /// A text. Numbers count as texts.
    pub fn text(&mut self, name: &str) -> Option<String> {
        self.take(name, "a string", |value| match value {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    }

    /// `true` or `false`.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        self.take(name, "a boolean", |value| value.as_bool())
    }

    /// A whole number.
    pub fn integer(&mut self, name: &str) -> Option<i64> {
        self.take(name, "an integer", |value| value.as_i64())
    }

    /// A decimal, as a text or a number. An empty text is none.
    pub fn decimal(&mut self, name: &str) -> Option<Decimal> {
        let read = |value| match value {
            Value::String(text) if text.trim().is_empty() => Some(None),
            Value::String(text) => decimal(text.trim()).map(Some),
            Value::Number(number) => decimal(&number.to_string()).map(Some),
            _ => None,
        };
        self.take(name, "a decimal", read).flatten()
    }

    /// Texts.
    pub fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        self.take(name, "an array of strings", |value| serde_json::from_value(value).ok())
    }

    /// One of the names of an enumeration.
    pub fn choice<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        self.take(name, "one of its values", |value| serde_json::from_value(value).ok())
    }

    /// An object as it is.
    pub fn object(&mut self, name: &str) -> Option<Map<String, Value>> {
        self.take(name, "an object", |value| match value {
            Value::Object(object) => Some(object),
            _ => None,
        })
    }

    /// Notes that something is wrong. The path has the server's spelling, in which properties begin with capitals.
    pub fn wrong(&mut self, path: &str, message: &str) {
        self.wrongs.push((path.to_owned(), message.to_owned()));
    }

    /// All that is wrong, as one answer.
    pub fn finish(self) -> Result<(), Problem> {
        if self.wrongs.is_empty() { Ok(()) } else { Err(Problem::Validation(self.wrongs)) }
    }

    fn take<T>(&mut self, name: &str, wanted: &str, read: impl FnOnce(Value) -> Option<T>) -> Option<T> {
        let value = self.object.remove(name).filter(|value| !value.is_null())?;
        let read = read(value);
        if read.is_none() {
            let path = format!("{}{name}", self.path);
            self.wrong(&path, &format!("The value must be {wanted}."));
        }
        read
    }
}

/// A decimal that is exact.
pub fn decimal(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).ok()
}
