//! The code that the derive generates.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Attribute, Data, DataEnum, DeriveInput, Error, Expr, Field, Fields, FieldsNamed, Ident, Path, Result, Token,
    ext::IdentExt, meta::ParseNestedMeta, parenthesized, punctuated::Punctuated,
};

/// How a field is read.
enum Reading {
    /// By its type, which determines the value of a missing field.
    Plain,
    /// By its type, with this default.
    Default(TokenStream),
    /// From the fields of the same object.
    Flatten,
}

/// The implementations for a type.
pub fn expand(input: &DeriveInput) -> Result<TokenStream> {
    match &input.data {
        Data::Struct(of) => match &of.fields {
            Fields::Named(fields) => of_struct(input, fields),
            _ => {
                Err(Error::new_spanned(&input.ident, "`Parse` needs named fields; implement it by hand for this type"))
            }
        },
        Data::Enum(of) => of_enum(input, of),
        Data::Union(_) => Err(Error::new_spanned(&input.ident, "`Parse` can't be derived for a union")),
    }
}

fn of_struct(input: &DeriveInput, fields: &FieldsNamed) -> Result<TokenStream> {
    let name = &input.ident;
    let problems = problems(&input.attrs)?;
    let idents: Vec<&Ident> = fields.named.iter().filter_map(|field| field.ident.as_ref()).collect();
    let reads = fields.named.iter().map(read).collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        #[automatically_derived]
        impl ::api::parse::Fields for #name {
            const PROBLEMS: &'static [&'static ::api::Code] = &[#(<#problems>::CODE),*];

            fn take(__object: &mut ::api::parse::Object, __at: &mut ::api::parse::At) -> ::core::option::Option<Self> {
                // All fields are read before an invalid one ends the parsing, so that all errors are reported.
                #(let #idents = #reads;)*
                ::core::option::Option::Some(Self { #(#idents: #idents?),* })
            }
        }

        #[automatically_derived]
        impl ::api::parse::Parse for #name {
            fn parse(__value: ::api::parse::Value, __at: &mut ::api::parse::At) -> ::core::option::Option<Self> {
                ::api::parse::object(__value, __at)
            }
        }
    })
}

/// The call that reads a field.
fn read(field: &Field) -> Result<TokenStream> {
    let Some(ident) = &field.ident else { return Err(Error::new_spanned(field, "a field without a name")) };
    let (name, kind) = (ident.unraw().to_string(), &field.ty);
    Ok(match reading(&field.attrs)? {
        Reading::Plain => quote!(__at.field::<#kind>(__object, #name)),
        Reading::Default(value) => quote!(__at.field_or::<#kind>(__object, #name, || #value)),
        Reading::Flatten => quote!(<#kind as ::api::parse::Fields>::take(__object, __at)),
    })
}

fn of_enum(input: &DeriveInput, of: &DataEnum) -> Result<TokenStream> {
    if let Some(variant) = of.variants.iter().find(|variant| !variant.fields.is_empty()) {
        return Err(Error::new_spanned(variant, "an enum is read by its name: its variants have no fields"));
    }
    let attributes = input.attrs.iter().chain(of.variants.iter().flat_map(|variant| &variant.attrs));
    if let Some(attribute) = attributes.into_iter().find(|attribute| attribute.path().is_ident("parse")) {
        return Err(Error::new_spanned(attribute, "an enum has no `parse` attributes: `serde` names its variants"));
    }
    let name = &input.ident;
    Ok(quote! {
        #[automatically_derived]
        impl ::api::parse::Parse for #name {
            fn parse(__value: ::api::parse::Value, __at: &mut ::api::parse::At) -> ::core::option::Option<Self> {
                ::api::parse::name(__value, __at)
            }
        }
    })
}

fn problems(attributes: &[Attribute]) -> Result<Vec<Path>> {
    let mut problems = Vec::new();
    each_argument(attributes, |argument| {
        if !argument.path.is_ident("problems") {
            return Err(argument.error("expected `problems(…)`; a struct has no other `parse` attribute"));
        }
        let list;
        parenthesized!(list in argument.input);
        problems.extend(Punctuated::<Path, Token![,]>::parse_terminated(&list)?);
        Ok(())
    })?;
    Ok(problems)
}

fn reading(attributes: &[Attribute]) -> Result<Reading> {
    let mut reading = Reading::Plain;
    each_argument(attributes, |argument| {
        if !matches!(reading, Reading::Plain) {
            return Err(argument.error("a field has one `parse` attribute"));
        }
        reading = if argument.path.is_ident("flatten") {
            Reading::Flatten
        } else if !argument.path.is_ident("default") {
            return Err(argument.error("expected `default`, `default = …` or `flatten`"));
        } else if argument.input.peek(Token![=]) {
            let value: Expr = argument.value()?.parse()?;
            Reading::Default(quote!(#value))
        } else {
            Reading::Default(quote!(::core::default::Default::default()))
        };
        Ok(())
    })?;
    Ok(reading)
}

/// Calls `read` for each argument of the `parse` attributes.
fn each_argument(attributes: &[Attribute], mut read: impl FnMut(ParseNestedMeta<'_>) -> Result<()>) -> Result<()> {
    let ours = attributes.iter().filter(|attribute| attribute.path().is_ident("parse"));
    ours.into_iter().try_for_each(|attribute| attribute.parse_nested_meta(&mut read))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(code: &str) -> Result<String> {
        expand(&syn::parse_str(code).unwrap()).map(|code| code.to_string().replace(' ', ""))
    }

    #[test]
    fn each_field_is_read_by_its_attribute() {
        let code = expanded(
            r"#[parse(problems(NotFound, NoOffer))] struct Purchase {
                /// A comment.
                r#type: Kind,
                #[parse(default)] tags: Labels,
                #[parse(default = 25)] wait: u32,
                #[parse(flatten)] page: PageParams,
            }",
        );
        let code = code.unwrap();
        for part in [
            "&[<NotFound>::CODE,<NoOffer>::CODE]",
            r#"letr#type=__at.field::<Kind>(__object,"type");"#,
            r#"lettags=__at.field_or::<Labels>(__object,"tags",||::core::default::Default::default());"#,
            r#"letwait=__at.field_or::<u32>(__object,"wait",||25);"#,
            "letpage=<PageParamsas::api::parse::Fields>::take(__object,__at);",
            "Some(Self{r#type:r#type?,tags:tags?,wait:wait?,page:page?})",
        ] {
            assert!(code.contains(part), "{part} in {code}");
        }
        assert!(expanded("enum Kind { Sms, Voice }").unwrap().contains("::api::parse::name(__value,__at)"));
    }

    #[test]
    fn wrong_use_does_not_compile() {
        for (code, message) in [
            ("struct Pair(u32, u32);", "`Parse` needs named fields; implement it by hand for this type"),
            ("struct Unit;", "`Parse` needs named fields; implement it by hand for this type"),
            ("union Bits { a: u32 }", "`Parse` can't be derived for a union"),
            ("enum Kind { Sms(u32) }", "an enum is read by its name: its variants have no fields"),
            ("#[parse(default)] enum Kind { Sms }", "an enum has no `parse` attributes: `serde` names its variants"),
            ("enum Kind { #[parse(default)] Sms }", "an enum has no `parse` attributes: `serde` names its variants"),
            ("struct A { #[parse(skip)] a: u32 }", "expected `default`, `default = …` or `flatten`"),
            ("struct A { #[parse(default, flatten)] a: u32 }", "a field has one `parse` attribute"),
            (
                "#[parse(flatten)] struct A { a: u32 }",
                "expected `problems(…)`; a struct has no other `parse` attribute",
            ),
            ("#[parse(problems = 1)] struct A { a: u32 }", "expected parentheses"),
            ("struct A { #[parse] a: u32 }", "expected attribute arguments in parentheses: #[parse(...)]"),
        ] {
            assert_eq!(expanded(code).unwrap_err().to_string(), message, "{code}");
        }
    }
}
