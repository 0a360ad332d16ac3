//! The head of the first page: logo, title, number, and the dates.

use super::Layout;
use crate::{
    RenderError,
    format::date,
    sheet::{Align, What},
    style::{BRAND, NUMBER, TEXT, TITLE, WIDTH},
};
use domain::{Timestamp, invoice::InvoiceKind};
use krilla::tagging::Tag;
use std::num::NonZeroU16;

const LOGO: f32 = 30.0;
const GAP: f32 = 10.0;
/// The three columns of dates.
const COLUMN: f32 = WIDTH / 3.0;

impl Layout<'_> {
    pub(super) fn head(&mut self) -> Result<(), RenderError> {
        let top = self.y;
        let area = self.sheet.area((0.0, LOGO), (top, LOGO));
        let description = self.texts.get("page", "logo")?;
        self.sheet.group(Tag::Figure(Some(description)), |sheet| sheet.mark(What::Logo { area }));
        let brand = Self::foreign("Namaskah SMS", BRAND, WIDTH)?;
        let middle = top + (LOGO - self.height(BRAND)) / 2.0;
        self.print(brand, (LOGO + GAP, WIDTH / 2.0), Align::Start, middle, Tag::P);
        let title = self.title()?;
        let level = Tag::Hn(NonZeroU16::MIN, Some(title.clone()));
        let title = vec![self.line(&title, TITLE)?];
        let middle = top + (LOGO - self.height(TITLE)) / 2.0;
        let end = (WIDTH / 2.0, WIDTH / 2.0);
        let below = self.print(title, end, Align::End, middle, level);
        let number = Self::foreign(&self.invoice.number.to_string(), NUMBER, WIDTH / 2.0)?;
        self.y = self.print(number, end, Align::End, below, Tag::P) + 14.0;
        self.rule((0.0, WIDTH), self.y);
        self.y += 14.0;
        self.dates()
    }

    fn dates(&mut self) -> Result<(), RenderError> {
        let invoice = self.invoice;
        let (issued, paid) = (invoice.issued_at, invoice.payment.at);
        let columns = match &invoice.kind {
            InvoiceKind::Invoice => vec![
                ("issued", self.date(issued)?),
                ("paid_on", self.date(paid)?),
                ("method", self.texts.get("method", super::payment::method(invoice.payment.method))?),
            ],
            InvoiceKind::CreditNote { of, .. } => {
                vec![("issued", self.date(issued)?), ("refunded_on", self.date(paid)?), ("for_invoice", of.to_string())]
            }
        };
        let (top, mut start) = (self.y, 0.0);
        for (label, value) in columns {
            let value = self.lines(&value, TEXT, COLUMN - GAP)?;
            let label = self.texts.get("label", label)?;
            let below = self.labelled(&label, value, (start, COLUMN - GAP), top)?;
            self.y = self.y.max(below);
            start += COLUMN;
        }
        self.y += 18.0;
        Ok(())
    }

    fn date(&self, at: Timestamp) -> Result<String, RenderError> {
        date(at, self.texts)
    }
}
