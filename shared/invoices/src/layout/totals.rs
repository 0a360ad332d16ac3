//! What follows the table: totals with taxes, and notes beside them.

use super::{Layout, items::INSET};
use crate::{
    RenderError,
    format::{date, rate},
    line::Line,
    sheet::Align,
    style::{NOTE, TEXT, TINT, TOTAL, WIDTH},
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
/// The space around the totals.
const GAP: f32 = 10.0;

/// The end of the document, measured before the table is printed.
pub(super) struct End {
    rows: Vec<(Line, Line)>,
    total: (Line, Line),
    due: Vec<(Line, Line)>,
    notes: Vec<Vec<Line>>,
    totals_height: f32,
    notes_height: f32,
    payment_height: f32,
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
        let mut rows = vec![self.pair(&self.texts.get("label", "net")?, totals.net, TEXT)?];
        for tax in &totals.taxes {
            rows.push(self.pair(&self.tax(tax)?, tax.amount, TEXT)?);
        }
        let label = if self.is_credit_note() { "total_credited" } else { "total" };
        let total = self.pair(&self.texts.get("label", label)?, totals.total, TOTAL)?;
        let due = if self.is_credit_note() {
            Vec::new()
        } else {
            let (paid, due) = (self.texts.get("label", "paid")?, self.texts.get("label", "due")?);
            vec![self.pair(&paid, totals.total, TEXT)?, self.pair(&due, Minor::ZERO, TEXT)?]
        };
        let notes = self.notes()?;
        let notes_height = notes.iter().map(|lines| self.heights(lines) + 6.0).sum();
        let all = rows.iter().chain(&due).count();
        #[allow(clippy::cast_precision_loss)]
        let totals_height = ROW * all as f32 + TOTAL_ROW + 8.0;
        let payment_height = Self::payment_height();
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
        self.sheet.begin();
        let mut y = top;
        for pair in end.rows {
            y = self.total_row(pair, y, ROW);
        }
        self.sheet.fill((START, TOTALS), (y + 2.0, TOTAL_ROW), 3.0, TINT);
        y = self.total_row(end.total, y + 2.0, TOTAL_ROW) + 4.0;
        for pair in end.due {
            y = self.total_row(pair, y, ROW);
        }
        self.sheet.end(Tag::Table.with_summary(Some(self.texts.get("label", "total")?)));
        self.y = below;
        self.payment()
    }

    fn total_row(&mut self, (label, amount): (Line, Line), top: f32, height: f32) -> f32 {
        let span = (START + INSET, TOTALS - 2.0 * INSET);
        let middle = top + (height - self.height(label.style)) / 2.0;
        self.sheet.begin();
        self.print(vec![label], span, Align::Start, middle, Tag::TH(TableHeaderScope::Row));
        self.print(vec![amount], span, Align::End, middle, Tag::TD);
        self.sheet.end(Tag::TR);
        top + height
    }

    fn pair(&self, label: &str, amount: Minor, style: crate::style::Style) -> Result<(Line, Line), RenderError> {
        Ok((self.line(label, style)?, self.line(&self.money(amount), style)?))
    }

    /// A tax with its rate.
    fn tax(&self, tax: &Tax) -> Result<String, RenderError> {
        let vat = self.texts.get("tax", "vat")?;
        let name = if tax.name == TaxName::VAT { &*vat } else { tax.name.as_str() };
        let rate = rate(tax.rate, self.language);
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
