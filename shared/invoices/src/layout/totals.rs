//! What follows the table: totals with taxes, and notes beside them.

use super::{
    Layout, Span,
    items::{INSET, narrow},
};
use crate::{
    RenderError,
    format::{date, rate},
    line::Line,
    sheet::Align,
    style::{NOTE, Style, TEXT, TINT, TOTAL, WIDTH},
};
use domain::{
    invoice::{InvoiceKind, Tax, TaxName, Treatment},
    payment::Minor,
};
use krilla::tagging::{TableHeaderScope, Tag};

const START: f32 = WIDTH * 0.5;
const TOTALS: f32 = WIDTH - START;
const NOTES: f32 = START - 30.0;
const ROW: f32 = 19.0;
const TOTAL_ROW: f32 = 28.0;
/// The space above.
const GAP: f32 = 10.0;
/// The space above and below the total.
const AROUND_TOTAL: f32 = 3.0;
/// The least space between a label and its amount.
const BETWEEN: f32 = 12.0;
const SPAN: Span = (START + INSET, TOTALS - 2.0 * INSET);

/// The end of the document, measured before the table is printed.
pub(super) struct End {
    rows: Vec<Row>,
    total: Row,
    due: Vec<Row>,
    notes: Vec<Vec<Line>>,
    totals_height: f32,
    notes_height: f32,
    payment_height: f32,
}

/// A row of the totals.
struct Row {
    label: Vec<Line>,
    amount: Line,
    height: f32,
}

impl End {
    /// Its height.
    pub(super) fn height(&self) -> f32 {
        GAP + self.totals_height.max(self.notes_height) + self.payment_height
    }
}

impl Layout<'_> {
    /// Measures the end of the document.
    pub(super) fn end(&self) -> Result<End, RenderError> {
        let totals = &self.invoice.totals;
        let mut rows = vec![self.measured(&self.texts.get("label", "net")?, totals.net, TEXT, ROW)?];
        for tax in &totals.taxes {
            rows.push(self.measured(&self.tax(tax)?, tax.amount, TEXT, ROW)?);
        }
        let label = if self.is_credit_note() { "total_credited" } else { "total" };
        let total = self.measured(&self.texts.get("label", label)?, totals.total, TOTAL, TOTAL_ROW)?;
        let due = if self.is_credit_note() {
            Vec::new()
        } else {
            let (paid, due) = (self.texts.get("label", "paid")?, self.texts.get("label", "due")?);
            vec![self.measured(&paid, totals.total, TEXT, ROW)?, self.measured(&due, Minor::ZERO, TEXT, ROW)?]
        };
        let notes = self.notes()?;
        let notes_height = notes.iter().map(|lines| self.heights(lines) + 6.0).sum();
        let all = rows.iter().chain(&due).chain(std::iter::once(&total));
        let totals_height = all.map(|row| row.height).sum::<f32>() + 2.0 * AROUND_TOTAL;
        let payment_height = self.payment_height()?;
        Ok(End { rows, total, due, notes, totals_height, notes_height, payment_height })
    }

    /// Prints the end of the document, on the page where it fits.
    pub(super) fn finish(&mut self, end: End) -> Result<(), RenderError> {
        let top = self.y + GAP;
        let below = top + end.totals_height.max(end.notes_height);
        let mut y = top;
        for note in end.notes {
            y = self.print(note, (INSET, NOTES), Align::Start, y + 3.0, Tag::P) + 3.0;
        }
        let amounts = end.rows.iter().chain(&end.due).chain(std::iter::once(&end.total));
        let widest = amounts.map(|row| row.amount.width).fold(0.0, f32::max);
        self.sheet.begin();
        let mut y = top;
        for row in end.rows {
            y = self.total_row(row, widest, y);
        }
        y += AROUND_TOTAL;
        self.sheet.fill((START, TOTALS), (y, end.total.height), 3.0, TINT);
        y = self.total_row(end.total, widest, y) + AROUND_TOTAL;
        for row in end.due {
            y = self.total_row(row, widest, y);
        }
        self.sheet.end(Tag::Table.with_summary(Some(self.texts.get("label", "total")?)));
        self.y = below;
        self.payment()
    }

    fn total_row(&mut self, row: Row, widest: f32, top: f32) -> f32 {
        let Row { label, amount, height } = row;
        let middle = top + (height - self.heights(&label)) / 2.0;
        self.sheet.begin();
        self.print(label, SPAN, Align::Start, middle, Tag::TH(TableHeaderScope::Row));
        self.print(vec![amount], narrow(SPAN, widest), Align::Right, middle, Tag::TD);
        self.sheet.end(Tag::TR);
        top + height
    }

    /// A row that is at least so high.
    fn measured(&self, label: &str, amount: Minor, style: Style, height: f32) -> Result<Row, RenderError> {
        let amount = self.line(&self.money(amount), style)?;
        let label = self.lines(label, style, SPAN.1 - amount.width - BETWEEN)?;
        let height = height.max(self.heights(&label) + ROW - self.height(TEXT));
        Ok(Row { label, amount, height })
    }

    /// A tax with its rate.
    fn tax(&self, tax: &Tax) -> Result<String, RenderError> {
        let vat = self.texts.get("tax", "vat")?;
        let name = if tax.name == TaxName::VAT { &*vat } else { tax.name.as_str() };
        let rate = rate(tax.rate, self.language)?;
        self.texts.with("tax", "line", &[("name", name), ("rate", &*rate)])
    }

    fn notes(&self) -> Result<Vec<Vec<Line>>, RenderError> {
        let mut notes = Vec::new();
        if let InvoiceKind::CreditNote { of, of_at } = &self.invoice.kind {
            let arguments = [("number", &*of.to_string()), ("date", &*date(*of_at, self.texts)?)];
            notes.push(self.texts.with("note", "credit_note", &arguments)?);
        }
        match self.invoice.totals.treatment {
            Treatment::Taxed => {}
            Treatment::ReverseCharge => notes.push(self.texts.get("note", "reverse_charge")?),
            Treatment::Untaxed => notes.push(self.texts.get("note", "untaxed")?),
        }
        notes.iter().map(|note| self.lines(note, NOTE, NOTES)).collect()
    }
}
