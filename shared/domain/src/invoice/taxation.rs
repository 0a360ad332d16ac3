//! Which taxes a sale has, decided by the buyer, the table and the seller's settings.

use super::{Buyer, BuyerKind, NumberCheck, TaxComponent, TaxEntry, TaxTable};
use crate::{CountryCode, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a sale has its taxes, or has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TaxTreatment)]
pub enum Treatment {
    /// The taxes of the buyer's country.
    Taxed,
    /// The buyer owes the tax, and the invoice must say so.
    ReverseCharge,
    /// The seller charges no tax in the buyer's country.
    Untaxed,
}

/// The taxes of a sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taxation {
    /// Why.
    pub treatment: Treatment,
    /// The taxes; none unless the sale is taxed.
    pub taxes: Vec<TaxComponent>,
}

/// Which VAT numbers are valid enough for reverse charge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReverseCharge {
    /// Those whose form is right, unless a register refused them.
    #[default]
    ByForm,
    /// Only those that their register confirmed.
    Confirmed,
}

/// The seller's settings about taxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaxPolicy {
    /// Whether prices for consumers contain the taxes.
    pub included_for_consumers: bool,
    /// Whether prices for businesses contain the taxes.
    pub included_for_businesses: bool,
    /// Which VAT numbers count.
    pub reverse_charge: ReverseCharge,
}

/// The rules of docs/rules.md, "Invoices and taxes".
impl Default for TaxPolicy {
    fn default() -> Self {
        let reverse_charge = ReverseCharge::default();
        Self { included_for_consumers: true, included_for_businesses: false, reverse_charge }
    }
}

impl TaxPolicy {
    /// Whether the prices for such a buyer contain the taxes.
    pub const fn includes_taxes(self, kind: BuyerKind) -> bool {
        match kind {
            BuyerKind::Consumer => self.included_for_consumers,
            BuyerKind::Business => self.included_for_businesses,
        }
    }

    /// Whether the buyer has a number of its country that is valid enough.
    fn has_number(self, buyer: &Buyer) -> bool {
        let vat = buyer
            .vat
            .as_ref()
            .filter(|vat| buyer.kind == BuyerKind::Business && Some(vat.number.country()) == buyer.country.as_ref());
        vat.is_some_and(|vat| match vat.check {
            NumberCheck::Form => self.reverse_charge == ReverseCharge::ByForm,
            NumberCheck::Confirmed { .. } => true,
            NumberCheck::Refused { .. } => false,
        })
    }
}

impl TaxTable {
    /// The taxes of a sale to this buyer. `at` is when the money came, or when a price is quoted.
    pub fn taxation(&self, seller: &CountryCode, buyer: &Buyer, policy: TaxPolicy, at: Timestamp) -> Taxation {
        let row = buyer.country.as_ref().and_then(|country| self.at(country, at));
        let owed = row.filter(|entry| !entry.taxes.is_empty());
        let is_reversed =
            |entry: &TaxEntry| entry.reverse_charge && *seller != entry.country && policy.has_number(buyer);
        match owed {
            None => Taxation { treatment: Treatment::Untaxed, taxes: Vec::new() },
            Some(entry) if is_reversed(entry) => Taxation { treatment: Treatment::ReverseCharge, taxes: Vec::new() },
            Some(entry) => Taxation { treatment: Treatment::Taxed, taxes: entry.taxes.clone() },
        }
    }
}
