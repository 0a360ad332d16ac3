//! The macros of `api`: how a body or a query is read ([`Parse`](derive@Parse)), and what a crate can refuse, in which words
//! (`problems!`, `field_errors!`).

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

/// Declares the problems of a crate, once in a crate. The words are in its `text/<language>/problems.ftl`.
///
/// A struct or an enum is a code, by its name in snake case. Its fields are the arguments of the text, and members of the
/// body. The variants of an enum have one code and a text each.
///
/// ```ignore
/// api::problems! {
///     /// A cancel before the supplier allows it.
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
///     .detail = The supplier takes the number back from { $from } on.
/// ```
///
/// Each type gets `CODE` and becomes an `api::Problem` by `into()`; `CODES` lists them all. A text that is missing, that
/// nobody uses, or that does not use exactly the arguments of its type, does not compile.
#[proc_macro]
pub fn problems(input: TokenStream) -> TokenStream {
    refusals::expand(input.into(), Kind::Problem).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Declares what can be wrong with a field, once in a crate. The words are in its `text/<language>/fields.ftl`: the value of
/// the message for a struct, an attribute for each variant of an enum.
///
/// Each type becomes an `api::Fault` by `into()`. The texts are checked like those of `problems!`.
#[proc_macro]
pub fn field_errors(input: TokenStream) -> TokenStream {
    refusals::expand(input.into(), Kind::Field).unwrap_or_else(syn::Error::into_compile_error).into()
}
