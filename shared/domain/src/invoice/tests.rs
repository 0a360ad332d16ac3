//! Tests of invoices as a whole: taxes by country and buyer, changes of rates, and credit notes.

mod credit_notes;
mod support;
mod taxes;
