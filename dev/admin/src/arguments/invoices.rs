//! Commands about invoices.

use super::Newest;
use clap::{Args, Subcommand};
use domain::{
    CountryCode, Timestamp,
    invoice::{InvoiceNumber, NotARate, NotATaxName, Rate, TaxComponent, TaxName},
    payment::PaymentReference,
};
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum Invoices {
    /// List the newest invoices and credit notes of a customer.
    List(Newest),
    /// Show an invoice or a credit note, and what became of its file.
    Show {
        /// Its number, like NMS-2026-000042.
        number: InvoiceNumber,
    },
    /// Prove that the numbers of a year have no gap.
    Series {
        /// The UTC year.
        year: u16,
    },
    /// Let a worker make what is missing of a payment: documents, files, mails.
    Make {
        /// The reference of the payment, like nms-01JD7Q…-01JD7Q….
        reference: PaymentReference,
    },
    /// Take an invoice back by a credit note, and issue another one with the customer's present billing details.
    Correct {
        /// Its number, like NMS-2026-000042.
        number: InvoiceNumber,
        /// Why, for the audit trail.
        #[arg(long, value_parser = super::values::sentence)]
        reason: String,
    },
    /// Show the company that sells, or name it for invoices from now on.
    Seller {
        /// A JSON file with code, name, address, country, registration, vat_numbers and contacts.
        file: Option<PathBuf>,
    },
    /// Show the taxes of all countries, with their beginnings.
    Rates {
        /// Only those of this country.
        country: Option<CountryCode>,
    },
    /// Set the taxes of a country from a moment on. Without `--tax`, the country has no tax from then on.
    Rate(RateOf),
}

#[derive(Args)]
pub struct RateOf {
    /// The country.
    pub country: CountryCode,
    /// When they begin: midnight in the country, like 2027-01-01T00:00:00+01:00.
    pub from: Timestamp,
    /// A tax with its per cent of the price without taxes, like VAT=15. Repeat it for each.
    #[arg(long = "tax")]
    pub taxes: Vec<Component>,
    /// Businesses of the country never owe the tax themselves.
    #[arg(long)]
    pub no_reverse_charge: bool,
}

/// A tax, like VAT=15.
#[derive(Clone, Debug)]
pub struct Component(pub TaxComponent);

impl std::str::FromStr for Component {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, rate) = text.split_once('=').ok_or_else(|| "a tax is written like VAT=15".to_owned())?;
        let rate: Rate = rate.parse().map_err(|error: NotARate| error.to_string())?;
        let name: TaxName = name.parse().map_err(|error: NotATaxName| error.to_string())?;
        Ok(Self(TaxComponent { name, rate }))
    }
}
