//! The position of the parser, and the errors so far.

use super::{Fault, FieldError, Object, Parse, Required, UnknownField, Value, WrongType};
use crate::Problem;
use std::fmt::Write;

/// The maximum number of reported errors.
const MOST_ERRORS: usize = 50;
/// The maximum number of characters of a client's field name in an error.
const LONGEST_NAME: usize = 64;

/// The source of the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A JSON body, with typed values.
    Body,
    /// A query, in which every value is a string.
    Query,
}

/// The path of the current value, and the errors so far.
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

    /// Ends the parsing of a body or query.
    pub(crate) fn end<T>(self, value: Option<T>) -> Result<T, Problem> {
        if self.errors.is_empty() {
            // Without errors there is a value.
            value.ok_or_else(|| Problem::internal("a value is missing without an error"))
        } else {
            Err(Problem::fields(self.errors))
        }
    }

    /// Whether numbers and booleans are given as strings.
    pub(crate) fn reads_texts(&self) -> bool {
        self.source == Source::Query
    }

    /// Adds an error about the current value.
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

    /// Takes a field; if it is missing or null, uses [`Parse::absent`] or [`Parse::null`].
    pub fn field<T: Parse>(&mut self, object: &mut Object, name: &str) -> Option<T> {
        self.named(name, |at| match object.remove(name) {
            Some(Value::Null) => T::null().or_else(|| at.wrong(Required)),
            Some(value) => T::parse(value, at),
            None => T::absent().or_else(|| at.wrong(Required)),
        })
    }

    /// Takes a field; if it is missing or null, uses the default.
    pub fn field_or<T: Parse>(&mut self, object: &mut Object, name: &str, default: impl FnOnce() -> T) -> Option<T> {
        match given(object, name) {
            Some(value) => self.named(name, |at| T::parse(value, at)),
            None => Some(default()),
        }
    }

    /// Adds an error for each remaining field, so that a misspelt one is not ignored.
    pub(crate) fn refuse(&mut self, rest: Object) {
        for (name, _) in rest.into_iter().take(MOST_ERRORS) {
            self.named(&name, |at| at.wrong::<()>(UnknownField));
        }
    }

    /// Reads a field of the current value.
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

    /// Reads an item of the current list.
    pub(crate) fn item<R>(&mut self, number: usize, read: impl FnOnce(&mut Self) -> R) -> R {
        let end = self.path.len();
        // Writing to a string can't fail.
        let _ = write!(self.path, "[{number}]");
        let result = read(self);
        self.path.truncate(end);
        result
    }
}

fn given(object: &mut Object, name: &str) -> Option<Value> {
    object.remove(name).filter(|value| !value.is_null())
}
