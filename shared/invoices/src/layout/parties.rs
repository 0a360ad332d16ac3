//! Seller and buyer, beside each other.

use super::{Layout, Span};
use crate::{
    RenderError, country,
    line::Line,
    sheet::Align,
    style::{LABEL, STRONG, TEXT, WIDTH},
};
use domain::{
    CountryCode,
    invoice::{PrintedLine, VatNumber},
};
use krilla::tagging::Tag;

const GAP: f32 = 20.0;
const COLUMN: f32 = (WIDTH - GAP) / 2.0;

impl Layout<'_> {
    pub(super) fn parties(&mut self) -> Result<(), RenderError> {
        let (seller, buyer) = (&self.invoice.seller, &self.invoice.buyer);
        let mut facts: Vec<_> = seller.vat_numbers.iter().map(|number| self.vat(number)).collect::<Result<_, _>>()?;
        if let Some(number) = &seller.registration {
            facts.push(self.texts.with("label", "registration", &[("number", number.as_str())])?);
        }
        let country = Some(&seller.country);
        let left = self.party((0.0, COLUMN), "seller", (&seller.name, &seller.address, country), &facts)?;
        let facts: Vec<_> = buyer.vat.iter().map(|vat| self.vat(&vat.number)).collect::<Result<_, _>>()?;
        let span = (COLUMN + GAP, COLUMN);
        let country = buyer.country.as_ref();
        let right = self.party(span, "buyer", (&buyer.name, &buyer.address, country), &facts)?;
        self.y = left.max(right) + 22.0;
        Ok(())
    }

    fn vat(&self, number: &VatNumber) -> Result<String, RenderError> {
        self.texts.with("label", "vat_number", &[("number", number.as_str())])
    }

    fn party(
        &mut self,
        span: Span,
        label: &'static str,
        (name, address, country): (&PrintedLine, &[PrintedLine], Option<&CountryCode>),
        facts: &[String],
    ) -> Result<f32, RenderError> {
        let label = vec![self.line(&self.texts.get("label", label)?, LABEL)?];
        let top = self.print(label, span, Align::Start, self.y, Tag::P);
        let name = Self::foreign(name.as_str(), STRONG, span.1)?;
        let top = self.print(name, span, Align::Start, top + 1.0, Tag::P);
        let mut lines: Vec<Line> = Vec::new();
        for line in address {
            lines.extend(Self::foreign(line.as_str(), TEXT, span.1)?);
        }
        if let Some(country) = country {
            lines.extend(self.lines(country::name(country, self.language), TEXT, span.1)?);
        }
        let mut top = self.print(lines, span, Align::Start, top, Tag::P);
        top += 3.0;
        for fact in facts {
            let lines = self.lines(fact, TEXT, span.1)?;
            top = self.print(lines, span, Align::Start, top, Tag::P);
        }
        Ok(top)
    }
}
