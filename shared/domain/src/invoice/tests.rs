//! Tests of invoices as a whole: taxes by country and buyer, changes of rates, what a payment needs, and credit
//! notes.

mod billed;
mod credit_notes;
mod support;
mod taxes;
