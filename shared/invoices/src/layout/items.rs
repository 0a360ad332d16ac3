//! The table of lines. It goes on over as many pages as it needs, and repeats its head.

use super::{Layout, Span};
use crate::{
    RenderError,
    format::{credits, minor},
    line::Line,
    sheet::{Align, Role},
    style::{HEAD, RULE, TEXT, TINT, WIDTH},
};
use domain::invoice::{Item, Line as Sold};
use krilla::tagging::{TableHeaderScope, Tag};

/// The space at both ends of rows.
pub(super) const INSET: f32 = 10.0;
/// The space above and below the text of a row.
const PADDING: f32 = 6.0;
const HEAD_HEIGHT: f32 = 24.0;
const AMOUNT: Span = (WIDTH - INSET - 95.0, 95.0);
const QUANTITY: Span = (AMOUNT.0 - 75.0, 70.0);
const ITEM: Span = (INSET, QUANTITY.0 - INSET - 12.0);

impl Layout<'_> {
    /// Prints the table. The last row is on the page of what follows, which is so high.
    pub(super) fn items(&mut self, following: f32) -> Result<(), RenderError> {
        self.sheet.begin();
        self.sheet.begin();
        self.row_of_heads()?;
        self.sheet.end(Tag::THead);
        self.sheet.begin();
        let columns = self.columns()?;
        for (at, line) in self.invoice.lines.iter().enumerate() {
            let height = self.row_height(line)?;
            let is_last = at + 1 == self.invoice.lines.len();
            if self.is_full(height + if is_last { following } else { 0.0 }) {
                self.turn()?;
                self.repeated_heads()?;
            }
            self.row(line, height, columns)?;
        }
        self.sheet.end(Tag::TBody);
        self.sheet.end(Tag::Table.with_summary(Some(self.texts.get("label", "item")?)));
        Ok(())
    }

    fn row_of_heads(&mut self) -> Result<(), RenderError> {
        self.sheet.fill((0.0, WIDTH), (self.y, HEAD_HEIGHT), 3.0, TINT);
        let amount = self.texts.with("label", "amount", &[("currency", self.invoice.currency.as_str())])?;
        let (item, quantity) = (self.texts.get("label", "item")?, self.texts.get("label", "quantity")?);
        let top = self.y + (HEAD_HEIGHT - self.height(HEAD)) / 2.0;
        self.sheet.begin();
        for (text, span, align) in
            [(item, ITEM, Align::Start), (quantity, QUANTITY, Align::End), (amount, AMOUNT, Align::End)]
        {
            let line = vec![self.line(&text, HEAD)?];
            self.print(line, span, align, top, Tag::TH(TableHeaderScope::Column));
        }
        self.sheet.end(Tag::TR);
        self.y += HEAD_HEIGHT;
        Ok(())
    }

    /// The heads on a further page, which are read once only.
    fn repeated_heads(&mut self) -> Result<(), RenderError> {
        let role = self.sheet.set_aside(Some(Role::Decoration));
        let result = self.row_of_heads();
        self.sheet.set_aside(role);
        result
    }

    fn row_height(&self, line: &Sold) -> Result<f32, RenderError> {
        Ok(self.heights(&self.item(line)?) + 2.0 * PADDING)
    }

    fn item(&self, line: &Sold) -> Result<Vec<Line>, RenderError> {
        match &line.item {
            Item::Credits { .. } => self.lines(&self.texts.get("item", "credits")?, TEXT, ITEM.1),
            Item::Other { text } => Self::foreign(text.as_str(), TEXT, ITEM.1),
        }
    }

    /// The columns of numbers, as wide as their widest number.
    fn columns(&self) -> Result<(Span, Span), RenderError> {
        let (mut quantity, mut amount) = (0.0_f32, 0.0_f32);
        for line in &self.invoice.lines {
            let numbers = self.numbers(line)?;
            (quantity, amount) = (quantity.max(numbers.0.width), amount.max(numbers.1.width));
        }
        Ok((narrow(QUANTITY, quantity), narrow(AMOUNT, amount)))
    }

    /// Quantity and amount of a line.
    fn numbers(&self, line: &Sold) -> Result<(Line, Line), RenderError> {
        let quantity = match &line.item {
            Item::Credits { credits: amount } => credits(*amount, self.language),
            Item::Other { .. } => "1".to_owned(),
        };
        Ok((self.line(&quantity, TEXT)?, self.line(&minor(line.net, self.language), TEXT)?))
    }

    fn row(&mut self, line: &Sold, height: f32, columns: (Span, Span)) -> Result<(), RenderError> {
        let top = self.y + PADDING;
        let item = self.item(line)?;
        let (quantity, amount) = self.numbers(line)?;
        self.sheet.begin();
        self.print(item, ITEM, Align::Start, top, Tag::TD);
        self.print(vec![quantity], columns.0, Align::Right, top, Tag::TD);
        self.print(vec![amount], columns.1, Align::Right, top, Tag::TD);
        self.sheet.end(Tag::TR);
        self.y += height;
        self.sheet.fill((0.0, WIDTH), (self.y, 0.6), 0.0, RULE);
        Ok(())
    }
}

/// The end of a stretch, so wide.
pub(super) const fn narrow((start, length): Span, width: f32) -> Span {
    (start + length - width, width)
}
