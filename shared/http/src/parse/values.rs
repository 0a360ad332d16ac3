//! Single values: strings, booleans, bounded numbers, names of enums.

use super::{At, Label, Malformed, OutOfRange, Parse, UnknownValue, Value, WrongType};
use domain::{
    Change, CountryCode, Credits, EmailAddress, Language, NetworkRange, OperatorName, OrderId, Plan, ServiceName,
    SessionId, Timestamp,
    access::{KeyName, Mode},
    account::{
        AuthorizationCode, FactorCode, LocalPath, OneTimeText, Password, ReferralCode, RefreshText, TermsVersion,
    },
    costs::By as CostsBy,
    invoice::{BuyerKind, PrintedLine},
    ledger::EntryKind,
    order::Status,
    payment::{Method, Minor, PayCurrency, RefundReason},
    pricing::Capability,
    voucher::VoucherCode,
};
use serde::{
    Deserializer, Serialize,
    de::{DeserializeOwned, Error, IntoDeserializer, Visitor},
    forward_to_deserialize_any,
};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

crate::text!(
    AuthorizationCode => Malformed::Token,
    CountryCode => Malformed::CountryCode,
    Credits => Malformed::Amount,
    EmailAddress => Malformed::Email,
    FactorCode => Malformed::Code,
    KeyName => Malformed::KeyName,
    Label => Malformed::Tag,
    LocalPath => Malformed::LocalPath,
    Minor => Malformed::CurrencyAmount,
    NetworkRange => Malformed::NetworkRange,
    OneTimeText => Malformed::Token,
    OperatorName => Malformed::Name,
    OrderId => Malformed::Identifier,
    Password => Malformed::Password,
    PrintedLine => Malformed::Line,
    ReferralCode => Malformed::ReferralCode,
    RefreshText => Malformed::Token,
    RefundReason => Malformed::Reason,
    ServiceName => Malformed::Name,
    SessionId => Malformed::Identifier,
    TermsVersion => Malformed::Terms,
    Timestamp => Malformed::Time,
    VoucherCode => Malformed::VoucherCode,
);

impl Parse for String {
    fn parse(value: Value, at: &mut At) -> Option<Self> {
        at.text(value)
    }
}

impl<T: Parse> Parse for Option<T> {
    fn parse(value: Value, at: &mut At) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::parse(value, at).map(Some) }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

/// A field of a change: left out it stays, null removes it.
impl<T: Parse> Parse for Change<T> {
    fn parse(value: Value, at: &mut At) -> Option<Self> {
        T::parse(value, at).map(Self::To)
    }

    fn absent() -> Option<Self> {
        Some(Self::Keep)
    }

    fn null() -> Option<Self> {
        Some(Self::Clear)
    }
}

impl Parse for bool {
    fn parse(value: Value, at: &mut At) -> Option<Self> {
        match value {
            Value::Bool(truth) => Some(truth),
            Value::String(text) if at.reads_texts() => {
                text.parse().ok().or_else(|| at.wrong(UnknownValue { allowed: "true, false".to_owned() }))
            }
            _ => at.wrong(WrongType::Boolean),
        }
    }
}

/// An integer from `LEAST` to `MOST`; in a query, its digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Between<const LEAST: u32, const MOST: u32>(u32);

impl<const LEAST: u32, const MOST: u32> Between<LEAST, MOST> {
    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl<const LEAST: u32, const MOST: u32> Parse for Between<LEAST, MOST> {
    fn parse(value: Value, at: &mut At) -> Option<Self> {
        let number = match value {
            Value::Number(number) => number.as_u64(),
            Value::String(text) if at.reads_texts() => {
                text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
            }
            _ => return at.wrong(WrongType::Number),
        };
        let number = number.and_then(|number| u32::try_from(number).ok());
        let within = number.filter(|number| (LEAST..=MOST).contains(number)).map(Self);
        within.or_else(|| at.wrong(OutOfRange::Number { least: LEAST, most: MOST }))
    }
}

impl<const LEAST: u32, const MOST: u32> PartialSchema for Between<LEAST, MOST> {
    fn schema() -> RefOr<Schema> {
        let number = ObjectBuilder::new().schema_type(Type::Integer);
        number.minimum(Some(LEAST)).maximum(Some(MOST)).into()
    }
}

impl<const LEAST: u32, const MOST: u32> ToSchema for Between<LEAST, MOST> {}

macro_rules! names {
    ($($kind:ty),+) => {$(
        impl Parse for $kind {
            fn parse(value: Value, at: &mut At) -> Option<Self> {
                name(value, at)
            }
        }
    )+};
}

names!(BuyerKind, Capability, CostsBy, EntryKind, Language, Method, Mode, PayCurrency, Plan, Status);

/// The variant of an enum with this name in `serde`.
pub fn name<T: DeserializeOwned>(value: Value, at: &mut At) -> Option<T> {
    let text = at.text(value)?;
    let mut known: &[&str] = &[];
    let found = T::deserialize(Name { text: &text, known: &mut known }).ok();
    found.or_else(|| at.wrong(UnknownValue { allowed: known.join(", ") }))
}

/// Deserializes a variant by name, and collects the known names.
struct Name<'a> {
    text: &'a str,
    known: &'a mut &'static [&'static str],
}

impl<'de> Deserializer<'de> for Name<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        *self.known = variants;
        visitor.visit_enum(self.text.into_deserializer())
    }

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Self::Error> {
        Err(Self::Error::custom("not an enum of names"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
