//! Invoices and credit notes: numbers, parties, taxes and totals.
//!
//! An [`Invoice`] is the stored record, complete enough to be printed again years later. A [`TaxTable`] with dates
//! says which [`Taxation`] a sale has, and that turns an amount into a [`Taxed`] one, whose parts always add up.
//! Nothing here knows how an invoice looks or where it is stored.

mod billed;
mod credit_note;
mod defaults;
mod details;
mod issued;
mod number;
mod party;
mod printed;
mod rate;
mod record;
mod settings;
mod shares;
mod table;
mod taxation;
mod taxed;
#[cfg(test)]
mod tests;
mod vat_forms;
mod vat_number;

pub use billed::{Billed, BilledInvoice, BilledNote, Due};
pub use credit_note::{NewCreditNote, NotCredited};
pub use details::{BillingDetails, MOST_ADDRESS_LINES};
pub use issued::{Issued, KEPT_FOR, NewDocument, NotIssued};
pub use number::{InvoiceNumber, NotASellerCode, NotAnInvoiceNumber, SellerCode, Series};
pub use party::{Buyer, BuyerKind, NumberCheck, Seller, TaxNumber};
pub use printed::{NotPrintable, PrintedLine};
pub use rate::{NotARate, NotATaxName, Rate, TaxComponent, TaxName};
pub use record::{Charge, Invoice, InvoiceKind, Item, Line, NewInvoice, NotAnInvoice, PaymentNote};
pub use settings::{InvoicingSettings, NotASetting};
pub use table::{NotATaxTable, TaxEntry, TaxTable};
pub use taxation::{ReverseCharge, TaxPolicy, Taxation, Treatment};
pub use taxed::{Tax, Taxed};
pub use vat_number::{NotAVatNumber, VatNumber};
