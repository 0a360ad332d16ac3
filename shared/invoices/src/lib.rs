//! Invoices and credit notes as PDF files, in six languages.
//!
//! [`render`] turns the record of an invoice into pages: A4, with logo, parties, a table, taxes and a QR code to the
//! payment. The files are archival and accessible (PDF/A-2a and PDF/UA-1), and the same record always gives the same
//! bytes. Nothing here does I/O, reads a clock or counts taxes.

mod country;
mod error;
mod fonts;
mod format;
mod layout;
mod line;
mod logo;
mod pdf;
mod qr;
mod shape;
mod sheet;
mod style;
#[cfg(test)]
mod tests;
mod texts;

pub use error::RenderError;

use domain::{Language, invoice::Invoice};

/// The invoice as a PDF file.
pub fn render(invoice: &Invoice, language: Language) -> Result<Vec<u8>, RenderError> {
    pdf::write(layout::pages(invoice, language)?, invoice, language)
}

/// The first character of a text that no font of invoices has. Names and addresses of buyers must have none, because
/// their invoices can't be printed otherwise.
pub fn unprintable(text: &str) -> Option<char> {
    fonts::Fonts::get().map_or_else(|_| text.chars().next(), |fonts| text.chars().find(|sign| !fonts.has(*sign)))
}
