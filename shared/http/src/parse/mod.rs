//! Parses bodies and queries into domain values, and reports every invalid field with its path.
//!
//! A struct derives [`Parse`](derive@Parse), and the type of a field defines its values. This
//! module does not depend on any endpoint.

mod at;
mod faults;
mod json;
mod labels;
mod list;
mod values;

pub use at::At;
pub use faults::{
    Fault, FieldError, FieldErrorBody, Malformed, OutOfRange, Required, UnknownField, UnknownValue, WrongType,
};
pub use http_derive::Parse;
pub use labels::{Label, Labels, NotALabel, labels_schema};
pub use list::List;
pub use serde_json::Value;
pub use values::{Between, name};

pub(crate) use at::Source;
pub(crate) use json::read_object;

use crate::{Code, Problem};

/// The fields of an object that are not read yet.
pub type Object = serde_json::Map<String, Value>;

/// A type that is read from JSON, or from the strings of a query.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be read from a body or a query",
    note = "derive `api::Parse` for a struct or an enum; name a type with `FromStr` in `api::text!`, a type of `domain` in `text!` (with `FromStr`) or `names!` (an enum) of `shared/http/src/parse/values.rs`"
)]
pub trait Parse: Sized {
    /// Parses a value. If it is invalid, adds an error to `at` and returns `None`.
    fn parse(value: Value, at: &mut At) -> Option<Self>;

    /// The value of a missing field; `None` if the field is required.
    fn absent() -> Option<Self> {
        None
    }

    /// The value of a field that is null; by default that of a missing one.
    fn null() -> Option<Self> {
        Self::absent()
    }
}

/// A struct that is read from the fields of an object, for [`Json`](crate::Json), [`Params`](crate::Params)
/// and [`Idempotent`](crate::Idempotent). Derived with [`Parse`](derive@Parse).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a struct that is read from an object",
    note = "derive `api::Parse` for a struct with named fields"
)]
pub trait Fields: Sized {
    /// The problems that valid fields may cause.
    const PROBLEMS: &'static [&'static Code];

    /// Takes the struct's fields from the object and leaves the others.
    fn take(object: &mut Object, at: &mut At) -> Option<Self>;
}

/// Parses a struct from an object without other fields.
pub fn object<T: Fields>(value: Value, at: &mut At) -> Option<T> {
    let mut object = at.object(value)?;
    let taken = T::take(&mut object, at);
    at.refuse(object);
    taken
}

/// Parses a complete body or query.
pub(crate) fn whole<T: Fields>(object: Object, source: Source) -> Result<T, Problem> {
    let mut at = At::new(source);
    let taken = self::object(object.into(), &mut at);
    at.end(taken)
}

/// Implements [`Parse`](trait@crate::Parse) with `FromStr`, and with this error if it fails:
/// `api::text!(HttpsUrl => Malformed::HttpsUrl);`.
#[macro_export]
macro_rules! text {
    ($($kind:ty => $fault:expr),+ $(,)?) => {$(
        impl $crate::parse::Parse for $kind {
            fn parse(value: $crate::parse::Value, at: &mut $crate::parse::At) -> Option<Self> {
                at.text(value)?.parse().ok().or_else(|| at.wrong($fault))
            }
        }
    )+};
}

#[cfg(test)]
mod tests;
