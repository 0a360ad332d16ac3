//! Where everything is on the pages.
//!
//! Positions along lines are measured from the margin where the language begins, so that one layout serves both
//! directions. Positions down the page are measured from its top.

mod foot;
mod head;
mod items;
mod parties;
mod payment;
mod totals;

use crate::{
    RenderError,
    line::Line,
    shape::Base,
    sheet::{Align, Role, Sheet},
    style::{self, BOTTOM, LABEL, RULE, Style, TOP, WIDTH},
    texts::Texts,
};
use domain::{
    Language,
    invoice::{Invoice, InvoiceKind},
    payment::{Amount, Minor},
};
use krilla::tagging::{Tag, TagKind};

/// A stretch along a line: where it begins, and how long it is.
type Span = (f32, f32);

/// The pages while they are filled.
struct Layout<'a> {
    invoice: &'a Invoice,
    language: Language,
    texts: &'static Texts,
    sheet: Sheet,
    /// Where free space begins.
    y: f32,
}

/// The pages of an invoice.
pub(crate) fn pages(invoice: &Invoice, language: Language) -> Result<Sheet, RenderError> {
    let (texts, sheet) = (Texts::of(language), Sheet::new(language.direction()));
    let mut layout = Layout { invoice, language, texts, sheet, y: TOP };
    layout.head()?;
    layout.parties()?;
    let end = layout.end()?;
    layout.items(end.height())?;
    layout.finish(end)?;
    layout.feet()?;
    Ok(layout.sheet)
}

impl Layout<'_> {
    /// A line in the document's language.
    fn line(&self, text: &str, style: Style) -> Result<Line, RenderError> {
        Line::new(text, style, Base::Document(self.language.direction()))
    }

    /// A text of the document's language as lines.
    fn lines(&self, text: &str, style: Style, width: f32) -> Result<Vec<Line>, RenderError> {
        Line::wrapped(text, style, Base::Document(self.language.direction()), width)
    }

    /// A line that others wrote, in any language.
    fn foreign(text: &str, style: Style, width: f32) -> Result<Vec<Line>, RenderError> {
        Line::wrapped(text, style, Base::Own, width)
    }

    /// An amount with its currency.
    fn money(&self, minor: Minor) -> String {
        crate::format::money(Amount { minor, currency: self.invoice.currency }, self.language)
    }

    const fn is_credit_note(&self) -> bool {
        matches!(self.invoice.kind, InvoiceKind::CreditNote { .. })
    }

    /// The height of a line of this style.
    fn height(&self, style: Style) -> f32 {
        style.size * style::leading(self.language)
    }

    /// The height of so many lines.
    fn heights(&self, lines: &[Line]) -> f32 {
        lines.iter().map(|line| self.height(line.style)).sum()
    }

    /// Prints lines one below the other, as one paragraph. Returns where the next one begins.
    fn print(&mut self, lines: Vec<Line>, span: Span, align: Align, top: f32, tag: impl Into<TagKind>) -> f32 {
        let leading = style::leading(self.language);
        self.sheet.group(tag, |sheet| {
            lines.into_iter().fold(top, |top, line| {
                let (style, height) = (line.style, line.style.size * leading);
                // The middle of a capital letter is in the middle of the line.
                sheet.text(span, align, top + height / 2.0 + style.size * 0.357, line);
                top + height
            })
        })
    }

    /// Prints a label with its value below. Returns where free space begins.
    fn labelled(&mut self, label: &str, value: Vec<Line>, span: Span, top: f32) -> Result<f32, RenderError> {
        let label = self.lines(label, LABEL, span.1)?;
        let top = self.print(label, span, Align::Start, top, Tag::P);
        Ok(self.print(value, span, Align::Start, top + 1.0, Tag::P))
    }

    /// Prints a hairline.
    fn rule(&mut self, span: Span, top: f32) {
        self.sheet.fill(span, (top, 0.6), 0.0, RULE);
    }

    /// Begins another page, whose head says what it continues.
    fn turn(&mut self) -> Result<(), RenderError> {
        self.sheet.turn();
        let number = self.invoice.number.to_string();
        let arguments = [("title", &*self.title()?), ("number", &*number)];
        let line = self.line(&self.texts.with("page", "continued", &arguments)?, style::NOTE)?;
        let baseline = TOP + 10.0;
        self.sheet.aside(Role::Header, |sheet| sheet.text((0.0, WIDTH), Align::Start, baseline, line));
        self.y = TOP + 26.0;
        Ok(())
    }

    /// Whether something so high does not fit on the page any more.
    fn is_full(&self, height: f32) -> bool {
        self.y + height > BOTTOM
    }

    fn title(&self) -> Result<String, RenderError> {
        self.texts.get("title", if self.is_credit_note() { "credit_note" } else { "invoice" })
    }
}
