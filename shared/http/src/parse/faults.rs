//! Errors of fields: a code, and the arguments of its text. The texts are in `text/<language>/fields.ftl`.

use crate::{
    language::Language,
    problem::{Arguments, Text},
};
use serde::Serialize;
use utoipa::ToSchema;

crate::field_errors! {
    /// A required field is missing.
    pub struct Required;

    /// The request has no field of this name.
    pub struct UnknownField;

    /// The value has the wrong JSON type. The variants are the expected types.
    pub enum WrongType {
        /// A string.
        Text,
        /// An object.
        Object,
        /// An array.
        List,
        /// A boolean.
        Boolean,
        /// A number.
        Number,
    }

    /// The value is not one of the allowed values.
    pub struct UnknownValue { allowed: String }

    /// The value is too small or too large.
    pub enum OutOfRange {
        /// A number.
        Number { least: u32, most: u32 },
        /// A list.
        Items { least: usize, most: usize },
        /// Labels.
        Labels { most: usize },
    }

    /// The value has the wrong format. The variants are the expected formats.
    pub enum Malformed {
        /// The name of a service or an operator.
        Name,
        /// A country code.
        CountryCode,
        /// An amount of credits.
        Amount,
        /// An amount of a currency.
        CurrencyAmount,
        /// An identifier.
        Identifier,
        /// An email address.
        Email,
        /// The name of a key.
        KeyName,
        /// A range of network addresses.
        NetworkRange,
        /// A password.
        Password,
        /// A code of a second factor.
        Code,
        /// A one-time or refresh token.
        Token,
        /// A path of our own site.
        LocalPath,
        /// A version of the terms.
        Terms,
        /// A referral code.
        ReferralCode,
        /// A time.
        Time,
        /// The cursor of a list.
        Cursor,
        /// The name or the value of a label.
        Label,
        /// A reason.
        Reason,
        /// A line that is printed.
        Line,
        /// A label in one string.
        Tag,
        /// The code of a voucher.
        VoucherCode,
    }
}

/// The error of a field. The types of [`field_errors!`](crate::field_errors!) convert into it.
#[derive(Clone, Debug)]
pub struct Fault {
    code: &'static str,
    detail: &'static Text,
    arguments: Arguments,
}

/// An invalid field.
#[derive(Clone, Debug)]
pub struct FieldError {
    field: String,
    fault: Fault,
}

/// An invalid field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FieldError)]
pub struct FieldErrorBody {
    /// Path of the field: `country_code`, `tags.project`, `events[2]`.
    #[schema(examples("country_code"))]
    pub field: String,
    /// Stable code: `required`, `malformed`, `unknown_field` …
    #[schema(examples("malformed"))]
    pub code: &'static str,
    /// Human-readable explanation.
    pub detail: String,
}

impl Fault {
    /// A fault without its arguments. Use a type of [`field_errors!`](crate::field_errors!).
    #[doc(hidden)]
    pub fn new(code: &'static str, detail: &'static Text) -> Self {
        Self { code, detail, arguments: Arguments::new() }
    }

    /// Adds an argument of the text. Use a type of [`field_errors!`](crate::field_errors!).
    #[doc(hidden)]
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Serialize) -> Self {
        self.arguments.insert(name.to_owned(), serde_json::to_value(value).unwrap_or_default());
        self
    }
}

impl FieldError {
    /// The error of the field at this path.
    pub fn new(field: impl Into<String>, fault: impl Into<Fault>) -> Self {
        Self { field: field.into(), fault: fault.into() }
    }

    /// The error as clients see it.
    pub(crate) fn render(self, language: Language) -> FieldErrorBody {
        let Fault { code, detail, arguments } = self.fault;
        FieldErrorBody { field: self.field, code, detail: detail.render(language, &arguments) }
    }
}
