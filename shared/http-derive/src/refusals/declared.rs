//! The declared types: structs and enums whose fields are the arguments of texts.

use super::Kind;
use quote::ToTokens;
use syn::{
    Attribute, Error, Field, Fields, Ident, Item, Lit, LitInt, Result, Visibility, parse::ParseStream, parse_quote,
    spanned::Spanned,
};

/// The members of every problem's body.
const MEMBERS: [&str; 7] = ["type", "title", "status", "detail", "code", "request_id", "errors"];

/// A type with a code.
pub struct Refusal {
    /// Its name.
    pub ident: Ident,
    /// Its name in snake case.
    pub code: String,
    /// The HTTP status, for a problem.
    pub status: Option<LitInt>,
    /// Its cases: one for a struct, one for each variant of an enum.
    pub cases: Vec<Case>,
    /// The type without the attributes that only this macro reads.
    pub item: Item,
}

/// A case of a code, with its own text.
pub struct Case {
    /// The variant of an enum.
    pub variant: Option<Ident>,
    /// Whether it has braces.
    pub is_named: bool,
    /// The arguments of its text.
    pub arguments: Vec<Argument>,
}

/// An argument of a text.
pub struct Argument {
    /// Its name.
    pub ident: Ident,
    /// An example value for the API reference, for a problem.
    pub example: Option<Lit>,
}

impl Refusal {
    /// Parses all declarations.
    pub fn parse_all(input: ParseStream<'_>, kind: Kind) -> Result<Vec<Self>> {
        let mut all = Vec::new();
        while !input.is_empty() {
            all.push(Self::of(input.parse()?, kind)?);
        }
        Ok(all)
    }

    fn of(mut item: Item, kind: Kind) -> Result<Self> {
        let span = item.span();
        let (ident, attributes) = match &mut item {
            Item::Struct(of) => (of.ident.clone(), &mut of.attrs),
            Item::Enum(of) => (of.ident.clone(), &mut of.attrs),
            _ => return Err(Error::new(span, "expected a struct or an enum")),
        };
        let status = value::<LitInt>(attributes, "status")?;
        if status.is_some() != (kind == Kind::Problem) {
            return Err(Error::new_spanned(
                &ident,
                "a problem needs a `#[status(…)]`, a field error must not have one",
            ));
        }
        if let Some(status) = &status
            && !(400..600).contains(&status.base10_parse::<u16>()?)
        {
            return Err(Error::new_spanned(status, "expected a status from 400 to 599"));
        }
        attributes.push(parse_quote!(#[derive(Clone, Debug, PartialEq)]));
        let cases = match &mut item {
            Item::Struct(of) => vec![Case::of(None, &mut of.fields, Some(&of.vis), kind)?],
            Item::Enum(of) => of
                .variants
                .iter_mut()
                .map(|variant| Case::of(Some(variant.ident.clone()), &mut variant.fields, None, kind))
                .collect::<Result<_>>()?,
            _ => Vec::new(),
        };
        Ok(Self { code: snake_case(&ident), ident, status, cases, item })
    }
}

impl Case {
    fn of(variant: Option<Ident>, fields: &mut Fields, visible: Option<&Visibility>, kind: Kind) -> Result<Self> {
        let is_named = match fields {
            Fields::Named(_) => true,
            Fields::Unit => false,
            Fields::Unnamed(_) => return Err(Error::new_spanned(fields, "expected a named field")),
        };
        let arguments = fields.iter_mut().map(|field| Argument::of(field, visible, kind)).collect::<Result<_>>()?;
        Ok(Self { variant, is_named, arguments })
    }

    /// The name of its text: `price_rose` for a variant, `None` for a struct.
    pub fn name(&self) -> Option<String> {
        self.variant.as_ref().map(snake_case)
    }
}

impl Argument {
    fn of(field: &mut Field, visible: Option<&Visibility>, kind: Kind) -> Result<Self> {
        let Some(ident) = field.ident.clone() else { return Err(Error::new_spanned(field, "expected a named field")) };
        if kind == Kind::Problem && MEMBERS.iter().any(|member| ident == member) {
            return Err(Error::new_spanned(ident, "every problem already has a member with this name"));
        }
        let example = value::<Lit>(&mut field.attrs, "example")?;
        if example.is_some() != (kind == Kind::Problem) {
            let message = "an argument of a problem needs an `#[example(…)]`, one of a field error must not have it";
            return Err(Error::new_spanned(ident, message));
        }
        if let Some(visible) = visible {
            field.vis = visible.clone();
        }
        if !field.attrs.iter().any(|attribute| attribute.path().is_ident("doc")) {
            field.attrs.push(parse_quote!(#[doc = "The argument of this name."]));
        }
        Ok(Self { ident, example })
    }
}

/// Takes the value of an attribute that only this macro reads.
fn value<T: syn::parse::Parse>(attributes: &mut Vec<Attribute>, name: &str) -> Result<Option<T>> {
    let Some(place) = attributes.iter().position(|attribute| attribute.path().is_ident(name)) else { return Ok(None) };
    attributes.remove(place).parse_args().map(Some)
}

fn snake_case(ident: &Ident) -> String {
    let mut name = String::new();
    for letter in ident.to_token_stream().to_string().chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}
