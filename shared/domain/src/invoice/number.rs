//! Numbers of invoices: `NMS-2026-000042` is the 42nd of the seller NMS in 2026.
//!
//! A [`Series`] has one counter, which its owner raises in the transaction that stores the invoice. So the numbers of a
//! year have no gaps. Credit notes take numbers of the same series.

use crate::Timestamp;
use serde::{Deserialize, Serialize};
use std::{fmt, num::NonZeroU32, str::FromStr};
use thiserror::Error;

/// The digits of a sequence number that is not longer.
const DIGITS: usize = 6;

/// A seller's short name in numbers: two to eight capital letters or digits, such as `NMS`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct SellerCode(String);

/// The text is not a seller's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a seller's code has two to eight capital letters or digits")]
pub struct NotASellerCode;

impl SellerCode {
    /// The code as a text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SellerCode {
    type Err = NotASellerCode;

    fn from_str(text: &str) -> Result<Self, NotASellerCode> {
        let good = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        let is_code = (2..=8).contains(&text.len()) && text.bytes().all(good);
        is_code.then(|| Self(text.to_owned())).ok_or(NotASellerCode)
    }
}

/// The numbers of one seller in one year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Series {
    /// The seller.
    pub seller: SellerCode,
    /// The year in UTC, which is the time of Ghana.
    pub year: u16,
}

impl Series {
    /// The series of a seller's invoices that are issued at this moment.
    pub fn at(seller: SellerCode, issued_at: Timestamp) -> Self {
        Self { seller, year: issued_at.date().0 }
    }

    /// The number with this place in the series. The first place is 1.
    pub fn number(self, place: NonZeroU32) -> InvoiceNumber {
        InvoiceNumber { series: self, place }
    }
}

/// The number of an invoice or credit note. Numbers of one series sort by their places.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct InvoiceNumber {
    series: Series,
    place: NonZeroU32,
}

/// The text is not the number of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("an invoice's number is written like NMS-2026-000042")]
pub struct NotAnInvoiceNumber;

impl InvoiceNumber {
    /// Its series.
    pub const fn series(&self) -> &Series {
        &self.series
    }

    /// Its place in the series.
    pub const fn place(&self) -> NonZeroU32 {
        self.place
    }
}

impl fmt::Display for InvoiceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Series { seller, year } = &self.series;
        write!(f, "{}-{year:04}-{:0DIGITS$}", seller.as_str(), self.place)
    }
}

impl FromStr for InvoiceNumber {
    type Err = NotAnInvoiceNumber;

    fn from_str(text: &str) -> Result<Self, NotAnInvoiceNumber> {
        let mut parts = text.split('-');
        let mut next = || parts.next().ok_or(NotAnInvoiceNumber);
        let seller = next()?.parse().map_err(|_| NotAnInvoiceNumber)?;
        let year = next()?.parse().map_err(|_| NotAnInvoiceNumber)?;
        let place = next()?.parse().map_err(|_| NotAnInvoiceNumber)?;
        let number = Series { seller, year }.number(place);
        // One text for one number: no sign, and no other count of zeros.
        if number.to_string() == text { Ok(number) } else { Err(NotAnInvoiceNumber) }
    }
}

macro_rules! text {
    ($name:ident, $error:ident) => {
        impl TryFrom<String> for $name {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, $error> {
                text.parse()
            }
        }
    };
}

text!(SellerCode, NotASellerCode);
text!(InvoiceNumber, NotAnInvoiceNumber);

impl From<SellerCode> for String {
    fn from(code: SellerCode) -> Self {
        code.0
    }
}

impl From<InvoiceNumber> for String {
    fn from(number: InvoiceNumber) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(at: &str, place: u32) -> InvoiceNumber {
        let series = Series::at("NMS".parse().unwrap(), at.parse().unwrap());
        series.number(NonZeroU32::new(place).unwrap())
    }

    #[test]
    fn a_number_has_one_text() {
        let number = number("2026-11-21T10:00:00Z", 42);
        assert_eq!(number.to_string(), "NMS-2026-000042");
        assert_eq!("NMS-2026-000042".parse(), Ok(number.clone()));
        assert_eq!(serde_json::to_value(&number).unwrap(), "NMS-2026-000042");
        assert_eq!("A1-2027-1234567".parse::<InvoiceNumber>().unwrap().to_string(), "A1-2027-1234567");
        for other in [
            "",
            "NMS-2026",
            "NMS-2026-42",
            "NMS-2026-0000042",
            "NMS-2026-000000",
            "NMS-2026-+00042",
            "NMS-+026-000042",
            "NMS-2026-000042-1",
            "nms-2026-000042",
            "N-2026-000042",
            "NMS-26-000042",
            "NMS-2026-4294967296",
            " NMS-2026-000042",
            "NMS-٢٠٢٦-000042",
        ] {
            assert_eq!(other.parse::<InvoiceNumber>(), Err(NotAnInvoiceNumber), "{other}");
        }
    }

    #[test]
    fn a_year_ends_at_midnight_and_the_next_one_has_its_own_numbers() {
        let last = number("2026-12-31T23:59:59.999Z", 977);
        let first = number("2027-01-01T00:00:00Z", 1);
        assert_eq!((last.to_string(), first.to_string()), ("NMS-2026-000977".into(), "NMS-2027-000001".into()));
        assert_ne!(last.series(), first.series());
        assert!(last < first);
        assert_eq!(number("2024-02-29T12:00:00Z", 1).series().year, 2024);
    }

    proptest::proptest! {
        #[test]
        fn texts_lead_back(millis in 0..253_402_300_799_999_i64, place in 1..=u32::MAX, code in "[A-Z0-9]{2,8}") {
            let series = Series::at(code.parse().unwrap(), Timestamp::from_millis(millis));
            let number = series.number(NonZeroU32::new(place).unwrap());
            proptest::prop_assert_eq!(number.to_string().parse(), Ok(number));
        }
    }
}
