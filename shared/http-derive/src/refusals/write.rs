//! The generated code: each type with its table of texts, and its conversion into a problem or a fault.

use super::{
    Kind,
    declared::{Argument, Case, Refusal},
    texts::{Part, Texts},
};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use std::collections::BTreeSet;
use syn::{Error, Ident, Lit, Result};

/// The unused texts, by language.
type Languages = [(&'static str, Texts)];

/// Generates the code of all declarations.
pub fn all(refusals: Vec<Refusal>, kind: Kind, languages: &mut Languages) -> Result<TokenStream> {
    let codes: Vec<Ident> = refusals.iter().map(|refusal| refusal.ident.clone()).collect();
    let mut written = TokenStream::new();
    for refusal in refusals {
        written.extend(match kind {
            Kind::Problem => problem(&refusal, languages)?,
            Kind::Field => field(&refusal, languages)?,
            Kind::Text => table(&refusal, languages)?,
        });
    }
    if kind == Kind::Problem {
        written.extend(quote! {
            /// Every code that is declared here.
            pub const CODES: &[&::api::Code] = &[#(#codes::CODE),*];
        });
    }
    Ok(written)
}

fn problem(refusal: &Refusal, languages: &mut Languages) -> Result<TokenStream> {
    let Refusal { ident, code, status, cases, item } = refusal;
    let Some(first) = cases.first() else { return Err(Error::new_spanned(ident, "a code needs at least one text")) };
    let title = plain(refusal, code, languages)?;
    let advice = in_english(refusal, &format!("{code}.advice"), languages)?;
    let texts = cases.iter().map(|case| {
        let name = case.name().unwrap_or_else(|| "detail".to_owned());
        text(refusal, &format!("{code}.{name}"), case, languages)
    });
    let texts = texts.collect::<Result<Vec<_>>>()?;
    let (detail, examples) = (texts.first(), first.arguments.iter().filter_map(example));
    let example = quote!(::api::Example { detail: #detail, members: &[#(#examples),*] });
    let into = conversion(refusal, &quote!(::api::Problem), &quote!(#ident::CODE), &texts);
    Ok(quote! {
        #item

        impl #ident {
            /// Its code, with what a client can do about it.
            pub const CODE: &'static ::api::Code = {
                static CODE: ::api::Code = ::api::Code::new(#code, #status, #title, #advice, #example);
                &CODE
            };
        }

        #into
    })
}

fn field(refusal: &Refusal, languages: &mut Languages) -> Result<TokenStream> {
    let Refusal { code, cases, item, .. } = refusal;
    let texts = cases.iter().map(|case| {
        let name = case.name().map_or_else(|| code.clone(), |name| format!("{code}.{name}"));
        text(refusal, &name, case, languages)
    });
    let texts = texts.collect::<Result<Vec<_>>>()?;
    let into = conversion(refusal, &quote!(::api::Fault), &quote!(#code), &texts);
    Ok(quote!(#item #into))
}

fn table(refusal: &Refusal, languages: &mut Languages) -> Result<TokenStream> {
    let Refusal { ident, code, cases, item, .. } = refusal;
    let arms = cases.iter().map(|case| {
        if case.is_named {
            return Err(Error::new_spanned(ident, "a text of an answer has no arguments"));
        }
        let name = case.name().map_or_else(|| code.clone(), |name| format!("{code}.{name}"));
        let (pattern, text) = (pattern(ident, case), plain(refusal, &name, languages)?);
        Ok(quote!(#pattern => { const TEXT: ::api::ByLanguage<&'static str> = #text; TEXT.of(language) }))
    });
    let arms = arms.collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        #item

        impl #ident {
            /// The text in this language.
            pub(crate) const fn text(&self, language: ::api::Language) -> &'static str {
                match self { #(#arms)* }
            }
        }
    })
}

/// The conversion of the type into a problem or a fault: each case with its text and its arguments.
fn conversion(refusal: &Refusal, into: &TokenStream, code: &TokenStream, texts: &[TokenStream]) -> TokenStream {
    let ident = &refusal.ident;
    let arms = refusal.cases.iter().zip(texts).map(|(case, text)| {
        let (pattern, with) = (pattern(ident, case), with(case));
        quote!(#pattern => #into::new(#code, { static TEXT: ::api::Text = #text; &TEXT }) #with)
    });
    quote! {
        impl ::core::convert::From<#ident> for #into {
            fn from(refusal: #ident) -> Self {
                match refusal { #(#arms,)* }
            }
        }
    }
}

/// `TooEarly { from }`, with the arguments as variables.
fn pattern(ident: &Ident, case: &Case) -> TokenStream {
    let path = case.variant.as_ref().map_or_else(|| quote!(#ident), |variant| quote!(#ident::#variant));
    let arguments = case.arguments.iter().map(|argument| &argument.ident);
    if case.is_named { quote!(#path { #(#arguments),* }) } else { path }
}

/// The calls that pass the arguments.
fn with(case: &Case) -> TokenStream {
    let calls = case.arguments.iter().map(|Argument { ident, .. }| {
        let name = ident.to_string();
        quote!(.with(#name, #ident))
    });
    calls.collect()
}

/// A member of the body, as JSON.
fn example(argument: &Argument) -> Option<TokenStream> {
    let name = argument.ident.to_string();
    let json = match argument.example.as_ref()? {
        Lit::Str(text) => format!("{:?}", text.value()),
        other => quote!(#other).to_string(),
    };
    Some(quote!((#name, #json)))
}

/// A text with arguments, by language.
fn text(refusal: &Refusal, name: &str, case: &Case, languages: &mut Languages) -> Result<TokenStream> {
    let arguments: BTreeSet<_> = case.arguments.iter().map(|argument| argument.ident.to_string()).collect();
    by_language(refusal, languages, |texts| {
        let parts = texts.take(name, &arguments)?;
        let parts = parts.into_iter().map(|part| match part {
            Part::Text(text) => quote!(::api::Part::Text(#text)),
            Part::Argument(name) => quote!(::api::Part::Argument(#name)),
        });
        Ok(quote!(&[#(#parts),*]))
    })
}

/// A text without arguments, by language.
fn plain(refusal: &Refusal, name: &str, languages: &mut Languages) -> Result<TokenStream> {
    by_language(refusal, languages, |texts| texts.take_plain(name).map(|text| quote!(#text)))
}

/// A text without arguments that only the API reference has, which is in English. Another language must not have it.
fn in_english(refusal: &Refusal, name: &str, languages: &mut Languages) -> Result<TokenStream> {
    let Some((language, texts)) = languages.first_mut() else { return Ok(quote!("")) };
    let text = texts.take_plain(name);
    let text = text.map_err(|error| Error::new_spanned(&refusal.ident, format!("{language}: {error}")))?;
    Ok(quote!(#text))
}

fn by_language(
    refusal: &Refusal,
    languages: &mut Languages,
    mut read: impl FnMut(&mut Texts) -> std::result::Result<TokenStream, String>,
) -> Result<TokenStream> {
    let mut fields = Vec::new();
    for (language, texts) in languages {
        let (name, text) = (format_ident!("{language}"), read(texts));
        let text = text.map_err(|error| Error::new_spanned(&refusal.ident, format!("{language}: {error}")))?;
        fields.push(quote!(#name: #text));
    }
    Ok(quote!(::api::ByLanguage { #(#fields),* }))
}
