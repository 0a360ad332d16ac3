//! Seller and buyer of an invoice.

use super::{PrintedLine, SellerCode, VatNumber};
use crate::{CountryCode, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The company that sells, as its invoices show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seller {
    /// Its short name in the numbers of invoices.
    pub code: SellerCode,
    /// Its registered name.
    pub name: PrintedLine,
    /// The lines of its address, without the country.
    pub address: Vec<PrintedLine>,
    /// Its country.
    pub country: CountryCode,
    /// Its number in the register of companies, with the register's name if that is not clear.
    pub registration: Option<PrintedLine>,
    /// Its VAT numbers: at home, and where it is registered abroad.
    pub vat_numbers: Vec<VatNumber>,
    /// Where customers ask about an invoice: an address for mail, a site.
    pub contacts: Vec<PrintedLine>,
}

/// Whether the buyer is a business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BuyerKind {
    /// A business.
    Business,
    /// A person who does not buy for a business.
    Consumer,
}

/// The customer, as the invoice shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buyer {
    /// The name of the business or the person.
    pub name: PrintedLine,
    /// The lines of the address, without the country.
    pub address: Vec<PrintedLine>,
    /// The country, which decides about taxes; `None` if it is not known.
    pub country: Option<CountryCode>,
    /// Whether it is a business.
    pub kind: BuyerKind,
    /// The VAT number of a business, if it has one.
    pub vat: Option<TaxNumber>,
}

/// A VAT number, and the result of its check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxNumber {
    /// The number.
    pub number: VatNumber,
    /// The last check.
    pub check: NumberCheck,
}

/// How far a VAT number was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "result")]
pub enum NumberCheck {
    /// Only its form, which every [`VatNumber`] has.
    Form,
    /// Its country's register (in the EU: VIES) knows it.
    Confirmed {
        /// When the register was asked.
        at: Timestamp,
        /// The register's own identifier of its answer, which proves the question.
        receipt: Option<String>,
    },
    /// Its country's register does not know it.
    Refused {
        /// When the register was asked.
        at: Timestamp,
    },
}
