//! Parsing at the edge: bodies and queries become values of the domain, and every wrong field is reported with its path.
//!
//! A struct derives [`Parse`](derive@Parse); a field's type says what it may be. Nothing here knows an endpoint.

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
pub use labels::{Labels, labels_schema};
pub use list::List;
pub use serde_json::Value;
pub use values::{Between, name};

pub(crate) use at::Source;
pub(crate) use json::read_object;

use crate::{Code, Problem};

/// The fields of an object that were not read yet.
pub type Object = serde_json::Map<String, Value>;

/// Something that is read out of JSON, or out of the texts of a query.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be read out of a body or a query",
    note = "derive `api::Parse` for a struct or an enum; name a type that has `FromStr` in `api::text!`"
)]
pub trait Parse: Sized {
    /// Its value. `None` where it is wrong, which is noted at its path.
    fn parse(value: Value, at: &mut At) -> Option<Self>;

    /// What it is where it is missing or null; `None` where it is required.
    fn absent() -> Option<Self> {
        None
    }
}

/// A struct that is read out of the fields of an object: what [`Json`](crate::Json), [`Params`](crate::Params) and
/// [`Idempotent`](crate::Idempotent) take. Derived with [`Parse`](derive@Parse).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no struct that is read out of an object",
    note = "derive `api::Parse` for a struct with named fields"
)]
pub trait Fields: Sized {
    /// What may be refused, once the fields are right, because of what they ask for.
    const PROBLEMS: &'static [&'static Code];

    /// Takes its fields out of the object, and leaves those that it does not know.
    fn take(object: &mut Object, at: &mut At) -> Option<Self>;
}

/// A struct out of an object that has no other fields.
pub fn object<T: Fields>(value: Value, at: &mut At) -> Option<T> {
    let mut object = at.object(value)?;
    let taken = T::take(&mut object, at);
    at.refuse(object);
    taken
}

/// A whole body or query.
pub(crate) fn whole<T: Fields>(object: Object, source: Source) -> Result<T, Problem> {
    let mut at = At::new(source);
    let taken = self::object(object.into(), &mut at);
    at.end(taken)
}

/// Reads types out of texts by their `FromStr`, and says what is wrong where that fails:
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
