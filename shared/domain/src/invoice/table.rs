//! The table of taxes: which taxes a country asks for, and from when on.
//!
//! Rows are data: a stored table replaces the defaults, so that a new rate needs no deploy. A row holds until the next
//! row of its country begins. A country without a row is one where the seller charges no tax.

use super::{TaxComponent, rate::WHOLE};
use crate::{CountryCode, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The taxes of a country from a moment on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxEntry {
    /// The country.
    pub country: CountryCode,
    /// When it begins: midnight in the country.
    pub from: Timestamp,
    /// The taxes; none ends the taxation.
    pub taxes: Vec<TaxComponent>,
    /// Whether businesses of the country with a valid VAT number owe the tax themselves when a foreigner sells.
    pub reverse_charge: bool,
}

/// The taxes of all countries, sorted by country and time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<TaxEntry>", into = "Vec<TaxEntry>")]
pub struct TaxTable(Vec<TaxEntry>);

/// Why rows are not a table of taxes.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotATaxTable {
    /// Two rows begin at the same moment.
    #[error("{country} has two rows from {from}")]
    Doubled {
        /// The country of both.
        country: CountryCode,
        /// Their beginning.
        from: Timestamp,
    },
    /// The rates add up to more than 100 %, or a tax has no name or a doubled one.
    #[error("the taxes of {country} from {from} have no or doubled names, or more than 100 % together")]
    Taxes {
        /// The country.
        country: CountryCode,
        /// The beginning of the row.
        from: Timestamp,
    },
}

impl TaxTable {
    /// The table of these rows, in any order.
    pub fn new(mut rows: Vec<TaxEntry>) -> Result<Self, NotATaxTable> {
        rows.sort_by(|a, b| (&a.country, a.from).cmp(&(&b.country, b.from)));
        if let Some(row) = rows.iter().find(|row| !are_taxes(&row.taxes)) {
            return Err(NotATaxTable::Taxes { country: row.country.clone(), from: row.from });
        }
        let twins = rows.windows(2).find(|pair| pair[0].country == pair[1].country && pair[0].from == pair[1].from);
        if let Some(row) = twins.and_then(<[_]>::first) {
            return Err(NotATaxTable::Doubled { country: row.country.clone(), from: row.from });
        }
        Ok(Self(rows))
    }

    /// The table without rows: no tax anywhere.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// The rows, sorted by country and time.
    pub fn rows(&self) -> &[TaxEntry] {
        &self.0
    }

    /// The row of a country that holds at a moment.
    pub fn at(&self, country: &CountryCode, moment: Timestamp) -> Option<&TaxEntry> {
        self.0.iter().rfind(|row| row.country == *country && row.from <= moment)
    }
}

/// Whether the taxes have different names and at most 100 % together, without which a sum could be less than its taxes.
fn are_taxes(taxes: &[TaxComponent]) -> bool {
    let sum: u64 = taxes.iter().map(|tax| u64::from(tax.rate.hundredths())).sum();
    let is_named = |(at, tax): (usize, &TaxComponent)| {
        !tax.name.as_str().is_empty() && !taxes[..at].iter().any(|other| other.name == tax.name)
    };
    sum <= WHOLE.into() && taxes.iter().enumerate().all(is_named)
}

impl TryFrom<Vec<TaxEntry>> for TaxTable {
    type Error = NotATaxTable;

    fn try_from(rows: Vec<TaxEntry>) -> Result<Self, NotATaxTable> {
        Self::new(rows)
    }
}

impl From<TaxTable> for Vec<TaxEntry> {
    fn from(table: TaxTable) -> Self {
        table.0
    }
}
