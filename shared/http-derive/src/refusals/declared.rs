//! The types as they are declared: real structs and enums, whose fields are arguments.

use super::Kind;
use quote::ToTokens;
use syn::{
    Attribute, Error, Field, Fields, Ident, Item, Lit, LitInt, Result, Visibility, parse::ParseStream, parse_quote,
    spanned::Spanned,
};

/// The members that every problem's body has.
const MEMBERS: [&str; 7] = ["type", "title", "status", "detail", "code", "request_id", "errors"];

/// A type with a code.
pub struct Refusal {
    /// Its name.
    pub ident: Ident,
    /// Its name in snake case.
    pub code: String,
    /// The HTTP status, for a problem.
    pub status: Option<LitInt>,
    /// What it says: one case for a struct, one for each variant of an enum.
    pub cases: Vec<Case>,
    /// The type without what only this macro reads.
    pub item: Item,
}

/// Something that a code says, with a text of its own.
pub struct Case {
    /// The variant of an enum.
    pub variant: Option<Ident>,
    /// Whether it has braces.
    pub is_named: bool,
    /// What its text is about.
    pub arguments: Vec<Argument>,
}

/// An argument of a text.
pub struct Argument {
    /// Its name.
    pub ident: Ident,
    /// A value for the reference, for a problem.
    pub example: Option<Lit>,
}

impl Refusal {
    /// Everything that is declared.
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
                "a problem has a `#[status(…)]`, what is wrong with a field has none",
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
            Fields::Unnamed(_) => return Err(Error::new_spanned(fields, "an argument has a name")),
        };
        let arguments = fields.iter_mut().map(|field| Argument::of(field, visible, kind)).collect::<Result<_>>()?;
        Ok(Self { variant, is_named, arguments })
    }

    /// The name of its text: `price_rose` for a variant, nothing for a struct.
    pub fn name(&self) -> Option<String> {
        self.variant.as_ref().map(snake_case)
    }
}

impl Argument {
    fn of(field: &mut Field, visible: Option<&Visibility>, kind: Kind) -> Result<Self> {
        let Some(ident) = field.ident.clone() else { return Err(Error::new_spanned(field, "an argument has a name")) };
        if kind == Kind::Problem && MEMBERS.iter().any(|member| ident == member) {
            return Err(Error::new_spanned(ident, "every problem has a member of this name"));
        }
        let example = value::<Lit>(&mut field.attrs, "example")?;
        if example.is_some() != (kind == Kind::Problem) {
            let message = "an argument of a problem has an `#[example(…)]`, that of a field has none";
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
