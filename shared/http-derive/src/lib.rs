//! The macros of `api`: the parsing of bodies and queries ([`Parse`](derive@Parse)), and the declaration of errors with
//! their texts (`problems!`, `field_errors!`), and of other texts (`texts!`).

mod expand;
mod refusals;

use proc_macro::TokenStream;
use refusals::Kind;
use syn::{DeriveInput, parse_macro_input};

/// Parses a struct from an object, field by field, and an enum from the names of its variants in `serde`.
///
/// It generates one call of `api::parse` per field. The types of the fields define their values.
///
/// | attribute | on | meaning |
/// |---|---|---|
/// | `#[parse(default)]` | a field | a missing field is `Default::default()` |
/// | `#[parse(default = 25)]` | a field | a missing field is this value |
/// | `#[parse(flatten)]` | a field | its fields are fields of this object |
/// | `#[parse(problems(NotFound, NoOffer))]` | the struct | problems that valid fields may cause |
#[proc_macro_derive(Parse, attributes(parse))]
pub fn parse(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::expand(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Declares the problems of a crate, once per crate. Their texts are in its `text/<language>/problems.ftl`.
///
/// A struct or an enum is a code with the name of the type in snake case. Its fields are the arguments of the text and
/// members of the body. The variants of an enum share one code; each has its own text.
///
/// ```ignore
/// api::problems! {
///     /// The supplier does not allow a cancellation yet.
///     #[status(409)]
///     pub struct TooEarly {
///         #[example("2026-11-21T10:02:00.000Z")]
///         from: Timestamp,
///     }
/// }
/// ```
///
/// ```fluent
/// too_early = It is too early for this
///     .advice = Repeat it at the time in `from`.
///     .detail = The supplier takes the number back from { $from }.
/// ```
///
/// Each type has a `CODE` and converts into an `api::Problem`; `CODES` lists all codes. A missing or unused text is a
/// compile error in every language, and so is a text whose arguments differ from those of its type. The advice is only
/// in the API reference, so only English has it.
#[proc_macro]
pub fn problems(input: TokenStream) -> TokenStream {
    refusals::expand(input.into(), Kind::Problem).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Declares the field errors of a crate, once per crate. Their texts are in its `text/<language>/fields.ftl`: the value
/// of a message for a struct, an attribute for each variant of an enum.
///
/// Each type converts into an `api::Fault`. The texts are checked like those of `problems!`.
#[proc_macro]
pub fn field_errors(input: TokenStream) -> TokenStream {
    refusals::expand(input.into(), Kind::Field).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Declares the other texts of a crate's answers, once per crate. They are in its `text/<language>/texts.ftl`, named
/// like those of `field_errors!`, and have no arguments.
///
/// Each type has a `text` in every `api::Language`. The texts are checked like those of `problems!`.
#[proc_macro]
pub fn texts(input: TokenStream) -> TokenStream {
    refusals::expand(input.into(), Kind::Text).unwrap_or_else(syn::Error::into_compile_error).into()
}
