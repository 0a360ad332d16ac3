//! Invoices and credit notes: numbers, parties, taxes and totals.
//!
//! An [`Invoice`] is the stored record, complete enough to be printed again years later. A [`TaxTable`] with dates
//! says which [`Taxation`] a sale has, and that turns an amount into a [`Taxed`] one, whose parts always add up.
//! Nothing here knows how an invoice looks or where it is stored.

mod credit_note;
mod defaults;
mod number;
mod party;
mod printed;
mod rate;
mod record;
mod shares;
mod table;
mod taxation;
mod taxed;
#[cfg(test)]
mod tests;
mod vat_forms;
mod vat_number;

pub use credit_note::{NewCreditNote, NotCredited};
pub use number::{InvoiceNumber, NotASellerCode, NotAnInvoiceNumber, SellerCode, Series};
pub use party::{Buyer, BuyerKind, NumberCheck, Seller, TaxNumber};
pub use printed::{NotPrintable, PrintedLine};
pub use rate::{NotARate, Rate, TaxComponent, TaxName};
pub use record::{Charge, Invoice, InvoiceKind, Item, Line, NewInvoice, NotAnInvoice, PaymentNote};
pub use table::{NotATaxTable, TaxEntry, TaxTable};
pub use taxation::{ReverseCharge, TaxPolicy, Taxation, Treatment};
pub use taxed::{Tax, Taxed};
pub use vat_number::{NotAVatNumber, VatNumber};
