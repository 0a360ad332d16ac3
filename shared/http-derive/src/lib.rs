//! `#[derive(Parse)]`: how a body or a query is read, from the fields of its struct.
//!
//! It writes the calls of `api::parse` that one would write by hand, one for each field. What a value may be is decided by the
//! type of its field, not here.

mod expand;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Reads a struct out of an object, field by field, and an enum out of the names that `serde` gives its variants.
///
/// | attribute | on | meaning |
/// |---|---|---|
/// | `#[parse(default)]` | a field | a missing field is `Default::default()` |
/// | `#[parse(default = 25)]` | a field | a missing field is this |
/// | `#[parse(flatten)]` | a field | its fields are fields of this object |
/// | `#[parse(problems(NotFound, NoOffer))]` | the struct | what may be refused, once the fields are right |
#[proc_macro_derive(Parse, attributes(parse))]
pub fn parse(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::expand(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}
