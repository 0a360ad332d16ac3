//! Where the parsing is, and what was wrong on its way.

use super::{Fault, FieldError, Object, Parse, Required, UnknownField, Value, WrongType};
use crate::Problem;
use std::fmt::Write;

/// The most errors of one request: more help nobody.
const MOST_ERRORS: usize = 50;
/// The most characters of a name that a client made up.
const LONGEST_NAME: usize = 64;

/// What is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// JSON, where a number is a number.
    Body,
    /// The parameters of a query, where everything is a text.
    Query,
}

/// The place of a value that is being read, and the errors so far.
#[derive(Debug)]
pub struct At {
    source: Source,
    path: String,
    pub(super) errors: Vec<FieldError>,
}

impl At {
    pub(crate) const fn new(source: Source) -> Self {
        Self { source, path: String::new(), errors: Vec::new() }
    }

    /// Ends the reading of a whole body or query.
    pub(crate) fn end<T>(self, value: Option<T>) -> Result<T, Problem> {
        if self.errors.is_empty() {
            // Whatever is missing was noted, so the value is there.
            value.ok_or_else(|| Problem::internal("a value was missing without a noted error"))
        } else {
            Err(Problem::fields(self.errors))
        }
    }

    /// Whether numbers and truths come as texts.
    pub(crate) fn reads_texts(&self) -> bool {
        self.source == Source::Query
    }

    /// Notes that the value here is wrong.
    pub fn wrong<T>(&mut self, fault: impl Into<Fault>) -> Option<T> {
        if self.errors.len() < MOST_ERRORS {
            self.errors.push(FieldError::new(self.path.clone(), fault));
        }
        None
    }

    /// The value as a string.
    pub fn text(&mut self, value: Value) -> Option<String> {
        match value {
            Value::String(text) => Some(text),
            _ => self.wrong(WrongType::Text),
        }
    }

    /// The value as an object.
    pub fn object(&mut self, value: Value) -> Option<Object> {
        match value {
            Value::Object(object) => Some(object),
            _ => self.wrong(WrongType::Object),
        }
    }

    /// Takes a field; one that is missing or null is what its type says.
    pub fn field<T: Parse>(&mut self, object: &mut Object, name: &str) -> Option<T> {
        self.named(name, |at| match given(object, name) {
            Some(value) => T::parse(value, at),
            None => T::absent().or_else(|| at.wrong(Required)),
        })
    }

    /// Takes a field; one that is missing or null is `default`.
    pub fn field_or<T: Parse>(&mut self, object: &mut Object, name: &str, default: impl FnOnce() -> T) -> Option<T> {
        match given(object, name) {
            Some(value) => self.named(name, |at| T::parse(value, at)),
            None => Some(default()),
        }
    }

    /// Notes the fields that nobody took, so that a typing error is not silently ignored.
    pub(crate) fn refuse(&mut self, rest: Object) {
        for (name, _) in rest.into_iter().take(MOST_ERRORS) {
            self.named(&name, |at| at.wrong::<()>(UnknownField));
        }
    }

    /// Reads the value of this name inside of the one here.
    pub(crate) fn named<R>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> R) -> R {
        let end = self.path.len();
        if end > 0 {
            self.path.push('.');
        }
        self.path.extend(name.chars().take(LONGEST_NAME));
        let result = read(self);
        self.path.truncate(end);
        result
    }

    /// Reads the item of this number inside of the list here.
    pub(crate) fn item<R>(&mut self, number: usize, read: impl FnOnce(&mut Self) -> R) -> R {
        let end = self.path.len();
        // Writing to a text can't fail.
        let _ = write!(self.path, "[{number}]");
        let result = read(self);
        self.path.truncate(end);
        result
    }
}

fn given(object: &mut Object, name: &str) -> Option<Value> {
    object.remove(name).filter(|value| !value.is_null())
}
