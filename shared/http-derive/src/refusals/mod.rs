//! Declarations of errors: types with a code and arguments, and texts in each language that are checked against them.

mod declared;
mod texts;
mod write;

use declared::Refusal;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use std::path::{Path, PathBuf};
use syn::{Error, Result, parse::Parser};
use texts::Texts;

/// The languages of every crate's texts, English first. `api::ByLanguage` has a field for each.
const LANGUAGES: [&str; 6] = ["en", "fr", "sw", "hi", "pt", "ar"];

/// The kind of a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An error answer.
    Problem,
    /// The error of a field.
    Field,
    /// A text of an answer that is no error.
    Text,
}

impl Kind {
    /// The file of a language, relative to the crate's folder.
    fn file(self, language: &str) -> String {
        let name = match self {
            Self::Problem => "problems",
            Self::Field => "fields",
            Self::Text => "texts",
        };
        format!("text/{language}/{name}.ftl")
    }
}

/// Generates the types with their texts, which are read from the compiled crate's folder.
pub fn expand(input: TokenStream, kind: Kind) -> Result<TokenStream> {
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let written = expand_with(input, kind, &|file| read(&folder, file))?;
    let files = LANGUAGES.map(|language| format!("/{}", kind.file(language)));
    // Make the crate depend on its texts, so that a change of a text recompiles it.
    Ok(
        quote! { #written #(const _: &str = ::core::include_str!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #files));)* },
    )
}

fn read(folder: &Path, file: &str) -> std::result::Result<String, String> {
    std::fs::read_to_string(folder.join(file)).map_err(|error| error.to_string())
}

/// Like [`expand`], with the texts from `read`.
fn expand_with(
    input: TokenStream,
    kind: Kind,
    read: &dyn Fn(&str) -> std::result::Result<String, String>,
) -> Result<TokenStream> {
    let refusals = (|input: syn::parse::ParseStream<'_>| Refusal::parse_all(input, kind)).parse2(input)?;
    let mut languages = Vec::new();
    for language in LANGUAGES {
        let file = kind.file(language);
        let texts = read(&file).and_then(|text| Texts::read(&text));
        languages.push((language, texts.map_err(|error| in_file(&file, &error))?));
    }
    let written = write::all(refusals, kind, &mut languages)?;
    for (language, texts) in &languages {
        if let Some(unused) = texts.first() {
            return Err(in_file(&kind.file(language), &format!("`{unused}` is not used")));
        }
    }
    Ok(written)
}

fn in_file(file: &str, error: &str) -> Error {
    Error::new(Span::call_site(), format!("{file}: {error}"))
}

#[cfg(test)]
mod tests;
